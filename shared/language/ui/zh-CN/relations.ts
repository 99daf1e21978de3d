export const relations = {};
