export const warehousing = {};
