/** What is wrong with a code that carries its own proof. */
export type CodeProblem = 'badLength' | 'badCharacter' | 'badCheckDigit';

/**
 * What is wrong with a tax number, or null. Spaces and hyphens between its parts are overlooked.
 * 18 characters: unified social credit code with its check character (GB 32100-2015), or the number of a person's
 * identity card (GB 11643-1999), under which sole traders are registered. 15 or 20: the older tax registration
 * numbers, which carry no proof. 8: Taiwan's 統一編號, by its form only, because numbers in use break the published sum.
 */
export function taxNumberProblem(text: string): CodeProblem | null {
  if (text.length > LENGTH_MAX) return 'badLength';
  const code = bare(text).toUpperCase();
  if (!/^[0-9A-Z]*$/.test(code)) return 'badCharacter';
  if (code.length === 8) return /^\d+$/.test(code) ? null : 'badCharacter';
  if (code.length === 15 || code.length === 20) return null;
  if (code.length !== 18) return 'badLength';
  return isIdentityNumber(code) ? null : creditCodeProblem(code);
}

/** Why a text is no mobile number. */
export type MobileProblem = 'badLength' | 'badCharacter' | 'badPrefix';

/**
 * What is wrong with a mobile number, or null. Known are the mainland's (1, then 3 to 9, 11 digits, with or without
 * +86), Taiwan's (09, 10 digits) and any number that names its country ('+', 8 to 15 digits, ITU-T E.164).
 */
export function mobileProblem(text: string): MobileProblem | null {
  if (text.length > LENGTH_MAX) return 'badLength';
  const number = bare(text).replace(/^(\+|00)86/, '');
  if (!/^\+?\d*$/.test(number)) return 'badCharacter';
  if (number.startsWith('+')) return number.length >= 9 && number.length <= 16 ? null : 'badLength';
  if (number.startsWith('09') && number.length === 10) return null;
  if (number.length !== 11) return 'badLength';
  return /^1[3-9]/.test(number) ? null : 'badPrefix';
}

/** What is wrong with a barcode of the GS1 family (EAN-8, UPC-A, EAN-13, carton code of 14), or null. */
export function barcodeProblem(text: string): CodeProblem | null {
  if (text.length > LENGTH_MAX) return 'badLength';
  const code = bare(text);
  if (!/^\d*$/.test(code)) return 'badCharacter';
  if (![8, 12, 13, 14].includes(code.length)) return 'badLength';
  // GS1 General Specifications, 7.9: weights 3 and 1 by turns, starting beside the check digit.
  const sum = [...code].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0 ? null : 'badCheckDigit';
}

/** Longer than any code with its separators: what is longer is not looked at further. */
const LENGTH_MAX = 64;

const CREDIT_CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

function creditCodeProblem(code: string): CodeProblem | null {
  const values = [...code].map((character) => CREDIT_CODE_CHARACTERS.indexOf(character));
  if (values.includes(-1)) return 'badCharacter';
  const sum = CREDIT_CODE_WEIGHTS.reduce((total, weight, index) => total + weight * (values[index] ?? 0), 0);
  return values[17] === (31 - (sum % 31)) % 31 ? null : 'badCheckDigit';
}

const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function isIdentityNumber(code: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(code)) return false;
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, index) => total + weight * Number(code[index]), 0);
  return '10X98765432'[sum % 11] === code[17];
}

/** Half-width and without the spaces and hyphens that people put between the parts of a number. */
function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200B\uFEFF-]/g, '');
}
