/**
 * The one place where numbers pass between us and a database: both engines hold whole numbers of 64 bits, and JavaScript
 * knows only those up to 2⁵³ exactly. Whatever is not exact stops here.
 */

/** A number that an engine gives as text (PostgreSQL's bigint and sums). Throws RangeError when it is not an exact whole number. */
export function exactFromText(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database holds ${text}, which is not an exact whole number`);
  return value;
}

/** A number that an engine gives as a double: above 2⁵³ − 1 it may have been rounded. Throws RangeError. */
export function exactFromDouble(value: number): number {
  if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER)
    throw new RangeError(`The database holds ${value}, which is not exact`);
  return value;
}

/** What may be stored: text, null and exact whole numbers; truth as 1 and 0. Throws RangeError for other numbers. */
export function exactBinding(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`${value} is not an exact whole number and cannot be stored`);
  return value;
}
