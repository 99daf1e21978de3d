/**
 * A number of a workbook as plain decimal text: what the person typed.
 * Up to 15 significant digits are taken as they stand (Excel keeps no more). Longer ones are the shadow of a binary fraction when they
 * round to a much shorter number (2887.8799999999997 was 2887.88); otherwise they are kept as they stand.
 * Gives null where the text is not a number.
 */
export function decimalText(text: string): string | null {
  if (PLAIN.test(text) && text.length <= EXACT_DIGITS) return text;
  const match = NUMBER.exec(text.trim());
  if (match === null) return null;
  const exact = plainFrom(match);
  if (exact === null || significantDigits(exact) <= EXACT_DIGITS) return exact;
  const rounded = plainText(Number(text).toPrecision(EXACT_DIGITS));
  return rounded !== null && significantDigits(rounded) <= SHORT_DIGITS ? rounded : exact;
}

const PLAIN = /^(?:0|-?(?:0\.\d*[1-9]|[1-9]\d*(?:\.\d*[1-9])?))$/;
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const EXACT_DIGITS = 15;
const SHORT_DIGITS = 13;
// The range of the floats a workbook is made of.
const EXPONENT_MAX = 400;

function plainText(text: string): string | null {
  const match = NUMBER.exec(text);
  return match === null ? null : plainFrom(match);
}

function plainFrom([, sign = '', whole = '', fraction = '', power = '0']: RegExpExecArray): string | null {
  if (whole === '' && fraction === '') return null;
  const exponent = Number(power);
  if (Math.abs(exponent) > EXPONENT_MAX) return null;
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const cut = Math.max(point, 1);
  const integer = padded.slice(0, cut).replace(/^0+(?=\d)/, '');
  const decimals = trimZeros(padded.slice(cut));
  const plain = decimals === '' ? integer : `${integer}.${decimals}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
}

function trimZeros(decimals: string): string {
  let end = decimals.length;
  while (end > 0 && decimals[end - 1] === '0') end -= 1;
  return decimals.slice(0, end);
}

function significantDigits(plain: string): number {
  const digits = plain.replace(/[-.]/g, '').replace(/^0+/, '');
  return plain.includes('.') ? digits.length : digits.replace(/0+$/, '').length;
}
