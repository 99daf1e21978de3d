import type { Field } from '../../../../../shared/kernel/fields.ts';
import { digitsOf, evaluateSum, formatExact, type ParseProblem, SCALE } from '../../../../../shared/kernel/numbers.ts';

/** How a number of one field is typed and shown. */
export interface NumberShape {
  /** Decimal digits behind the point of what a person types. */
  readonly digits: number;
  /** So many of them may be typed. */
  readonly maxDigits: number;
  /** Digits shown even when they are zeros. */
  readonly minDigits: number;
  /** Typed and shown per hundred. */
  readonly percent: boolean;
}

export type Read = { value: number | null; problem?: undefined } | { problem: ParseProblem | 'tooSmall' | 'tooGreat'; value?: undefined };

export const isNumberField = (field: Field): boolean =>
  field.kind === 'integer' || field.kind === 'money' || field.kind === 'exchangeRate' || field.kind in SCALE;

/** The shape of a number field; money has the digits of its currency, a rate is typed as a percentage. */
export function shapeOf(field: Field, currencyDigits: number): NumberShape {
  const plain = (digits: number, minDigits = 0) => ({ digits, maxDigits: digits, minDigits, percent: false });
  if (field.kind === 'integer') return plain(0);
  if (field.kind === 'rate') return { ...plain(SCALE.rate - 2), percent: true };
  if (field.kind === 'money') return plain(currencyDigits, currencyDigits);
  const shape =
    field.kind === 'price'
      ? plain(SCALE.price, Math.min(2, currencyDigits))
      : plain(digitsOf(field.kind as 'quantity' | 'exchangeRate', currencyDigits));
  const chosen = 'decimals' in field ? field.decimals : undefined;
  return chosen === undefined ? shape : { ...shape, maxDigits: chosen, minDigits: chosen };
}

/** What was typed, as the scaled integer of the field: a number or a small sum; empty is null. Says why not, otherwise. */
export function readNumber(text: string, field: Field, currencyDigits: number): Read {
  const typed = text.trim().replace(/[%％]$/, '');
  if (typed === '') return { value: null };
  const { digits, maxDigits } = shapeOf(field, currencyDigits);
  const parsed = evaluateSum(typed, maxDigits);
  if (parsed.problem !== undefined) return { problem: parsed.problem };
  const value = parsed.value * 10 ** (digits - maxDigits);
  if (!Number.isSafeInteger(value)) return { problem: 'tooLarge' };
  const { min, max } = field as { min?: number; max?: number };
  if (min !== undefined && value < min) return { problem: 'tooSmall' };
  if (max !== undefined && value > max) return { problem: 'tooGreat' };
  return { value };
}

/** The number as it stands in a field: with thousands when nobody is typing in it. */
export function showNumber(value: number | null, shape: NumberShape, isEditing = false): string {
  if (value === null) return '';
  const text = formatExact(value, shape.digits, { group: !isEditing, trim: true, minDigits: isEditing ? 0 : shape.minDigits });
  return shape.percent && !isEditing ? `${text}%` : text;
}
