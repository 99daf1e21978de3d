import { Refusal } from './refusal.ts';

/** Minor units of a currency (fen, cents). */
export type Money = number & { readonly __kind?: 'money' };
/** Millionths of the item's unit. */
export type Quantity = number & { readonly __kind?: 'quantity' };
/** Millionths of the currency's major unit, for one unit of the item. */
export type Price = number & { readonly __kind?: 'price' };
/** Millionths of one: 13 % is 130000. */
export type Rate = number & { readonly __kind?: 'rate' };
/** Billionths of one. */
export type ExchangeRate = number & { readonly __kind?: 'exchangeRate' };

/** Decimal digits that each kind of number keeps behind the point; money has those of its currency. */
export const SCALE = { quantity: 6, price: 6, rate: 6, exchangeRate: 9 } as const;

export type NumberKind = 'money' | keyof typeof SCALE;

/** One hundred percent as a rate. */
export const ONE: Rate = 10 ** SCALE.rate;

/** Decimal digits of a kind; `currencyDigits` (2 for CNY, 0 for JPY) counts for money only. */
export function digitsOf(kind: NumberKind, currencyDigits: number): number {
  return kind === 'money' ? currencyDigits : SCALE[kind];
}

/** Gives the number back when it is an exact integer. Refuses 'number.tooLarge' otherwise. */
export function assertSafe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Refusal('number.tooLarge', { value });
  return value;
}

/** The sum of integers, exact. Refuses 'number.tooLarge'. */
export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => assertSafe(sum + number), 0);
}

/**
 * The product of the factors over the product of the divisors, exact, rounded once half away from zero.
 * All are integers. Refuses 'number.tooLarge' when a number or the result is not a safe integer.
 */
export function mulDiv(factors: readonly number[], divisors: readonly number[]): number {
  return toSafeNumber(divideRounded(productOf(factors), productOf(divisors)));
}

/** Quantity times price in minor units of a currency with `currencyDigits`. Refuses 'number.tooLarge'. */
export function amountOf(of: { quantity: Quantity; price: Price; currencyDigits: number }): Money {
  return mulDiv([of.quantity, of.price, 10 ** of.currencyDigits], [10 ** SCALE.quantity, 10 ** SCALE.price]);
}

/** The part of an amount that a rate stands for, in the amount's own unit. Refuses 'number.tooLarge'. */
export function percentOf(amount: number, rate: Rate): number {
  return mulDiv([amount, rate], [ONE]);
}

/**
 * Parts of a total in proportion to weights (integers, none negative), which add up to the total exactly.
 * What rounding leaves goes to the largest remainders, the earlier part first. When every weight is zero
 * the parts are as even as they can be.
 */
export function splitByLargestRemainder(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0 || weights.some((weight) => weight < 0)) {
    throw new RangeError('a split needs weights, none of them negative');
  }
  const sign = total < 0 ? -1 : 1;
  const whole = BigInt(Math.abs(assertSafe(total)));
  const shares = weights.every((weight) => weight === 0) ? weights.map(() => 1n) : weights.map((weight) => BigInt(assertSafe(weight)));
  const sum = shares.reduce((all, share) => all + share, 0n);
  const parts = shares.map((share, index) => ({
    index,
    floor: (whole * share) / sum,
    remainder: (whole * share) % sum,
  }));
  let left = Number(whole - parts.reduce((all, part) => all + part.floor, 0n));
  const result = parts.map((part) => Number(part.floor));
  for (const part of parts.toSorted((a, b) => compare(b.remainder, a.remainder) || a.index - b.index)) {
    if (left === 0) break;
    result[part.index] = (result[part.index] ?? 0) + 1;
    left -= 1;
  }
  return result.map((part) => (part === 0 ? 0 : sign * part));
}

export type ParseProblem = 'notANumber' | 'tooManyDigits' | 'tooLarge';
export type Parsed = { value: number; problem?: undefined } | { value?: undefined; problem: ParseProblem };

/** As parseNumber, for callers who need no reason: null when the text is not such a number. */
export function parseExact(text: string, digits: number): number | null {
  return parseNumber(text, digits).value ?? null;
}

/**
 * A number as people type it, as an integer with `digits` decimal digits: '1,234.5', '-3', '.5', full-width
 * digits and signs, '。' for the decimal point. Never an exponent or hex. Commas must stand between
 * thousands, so that '1,5' is not read as fifteen. Zeros at the end of the fraction never count as too many.
 */
export function parseNumber(text: string, digits: number): Parsed {
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?$/.exec(halfWidth(text).trim());
  const [, sign = '', grouped = '', fraction = ''] = match ?? [];
  if (match === null || grouped + fraction === '') return { problem: 'notANumber' };
  const whole = grouped.replaceAll(',', '').replace(/^0+/, '');
  const decimals = withoutTrailingZeros(fraction);
  if (decimals.length > digits) return { problem: 'tooManyDigits' };
  if (whole.length + digits > 17) return { problem: 'tooLarge' };
  const value = BigInt(whole + decimals.padEnd(digits, '0'));
  return safeOrTooLarge(sign === '-' ? -value : value);
}

/**
 * The decimal text of an integer that has `digits` decimal digits. `group` puts commas between thousands;
 * `trim` drops zeros at the end of the fraction, but keeps `minDigits` of them (default 0).
 */
export function formatExact(value: number, digits: number, options: { group?: boolean; minDigits?: number; trim?: boolean } = {}): string {
  const text = String(Math.abs(assertSafe(value))).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const full = text.slice(text.length - digits);
  const fraction = (options.trim ? withoutTrailingZeros(full) : full).padEnd(options.minDigits ?? 0, '0');
  const shown = options.group ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${value < 0 ? '-' : ''}${shown}${fraction === '' ? '' : `.${fraction}`}`;
}

/**
 * Small arithmetic typed into an amount field ('12*3+5', '=（1,200－50）×0.87'): + - * / and parentheses, at most
 * 100 characters. Reckoned exactly, then rounded once half away from zero to `digits` decimals. A text that
 * is one number is read as parseNumber reads it, so that its digits are never rounded away unseen.
 */
export function evaluateSum(text: string, digits: number): Parsed {
  if (text.length > 100) return { problem: 'notANumber' };
  const plain = parseNumber(text, digits);
  if (plain.problem !== 'notANumber') return plain;
  const tokens =
    halfWidth(text)
      .replaceAll('×', '*')
      .replaceAll('÷', '/')
      .match(/[\d.,]+|\S/g) ?? [];
  if (tokens[0] === '=') tokens.shift();
  const result = readTerms(tokens);
  if (result === null || tokens.length > 0) return { problem: 'notANumber' };
  return safeOrTooLarge(divideRounded(result.top * 10n ** BigInt(digits), result.bottom));
}

interface Fraction {
  top: bigint;
  bottom: bigint;
}

/** Takes products joined by + and - off the front of the tokens; null when they make no sense. */
function readTerms(tokens: string[]): Fraction | null {
  let sum = readFactors(tokens);
  while (sum !== null && (tokens[0] === '+' || tokens[0] === '-')) {
    const sign = tokens.shift() === '+' ? 1n : -1n;
    const next = readFactors(tokens);
    sum = next && { top: sum.top * next.bottom + sign * next.top * sum.bottom, bottom: sum.bottom * next.bottom };
  }
  return sum;
}

function readFactors(tokens: string[]): Fraction | null {
  let product = readOne(tokens);
  while (product !== null && (tokens[0] === '*' || tokens[0] === '/')) {
    const isTimes = tokens.shift() === '*';
    const next = readOne(tokens);
    if (next === null || (!isTimes && next.top === 0n)) return null;
    product = isTimes
      ? { top: product.top * next.top, bottom: product.bottom * next.bottom }
      : { top: product.top * next.bottom, bottom: product.bottom * next.top };
  }
  return product;
}

function readOne(tokens: string[]): Fraction | null {
  const token = tokens.shift() ?? '';
  if (token === '-' || token === '+') {
    const signed = readOne(tokens);
    return signed && { ...signed, top: token === '-' ? -signed.top : signed.top };
  }
  if (token === '(') {
    const inner = readTerms(tokens);
    return tokens.shift() === ')' ? inner : null;
  }
  const match = /^(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?$/.exec(token);
  const [, whole = '', fraction = ''] = match ?? [];
  if (whole + fraction === '') return null;
  return { top: BigInt(whole.replaceAll(',', '') + fraction), bottom: 10n ** BigInt(fraction.length) };
}

/** Full-width digits and signs, and the Chinese full stop, as their plain twins. */
function halfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[。．]/g, '.')
    .replace(/[−﹣–]/g, '-')
    .replaceAll('\u3000', ' ');
}

/** Quotient rounded half away from zero; the divisor is not zero. */
function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [top, bottom] = [magnitude(dividend), magnitude(divisor)];
  const rounded = (2n * top + bottom) / (2n * bottom);
  return negative ? -rounded : rounded;
}

/** The value when it is a safe integer, else the problem 'tooLarge'. */
function safeOrTooLarge(value: bigint): Parsed {
  const result = Number(value);
  return Number.isSafeInteger(result) ? { value: result } : { problem: 'tooLarge' };
}

function withoutTrailingZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end -= 1;
  return fraction.slice(0, end);
}

function productOf(numbers: readonly number[]): bigint {
  return numbers.reduce((product, number) => product * BigInt(assertSafe(number)), 1n);
}

function toSafeNumber(value: bigint): number {
  const { value: result } = safeOrTooLarge(value);
  if (result === undefined) throw new Refusal('number.tooLarge', { value: String(value) });
  return result;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
