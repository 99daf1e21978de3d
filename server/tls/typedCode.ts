import { randomInt } from 'node:crypto';

// No 0/O and 1/I: the code is read from a screen and typed on another machine.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Ten characters that nobody guesses. */
export const newTypedCode = (): string => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
