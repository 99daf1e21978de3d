export const selling = {};
