export const version = '9.1.0';
