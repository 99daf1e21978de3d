import type { Field } from '../../../../../shared/kernel/fields.ts';
import { digitsOf, evaluateSum, formatExact, type ParseProblem, SCALE } from '../../../../../shared/kernel/numbers.ts';

/** How a number of one field is typed and shown. */
export interface NumberShape {
  /** Decimal digits behind the point of what a person types. */
  readonly digits: number;
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
  if (field.kind === 'integer') return { digits: 0, minDigits: 0, percent: false };
  if (field.kind === 'rate') return { digits: SCALE.rate - 2, minDigits: 0, percent: true };
  if (field.kind === 'money') return { digits: currencyDigits, minDigits: currencyDigits, percent: false };
  if (field.kind === 'price') return { digits: SCALE.price, minDigits: Math.min(2, currencyDigits), percent: false };
  return { digits: digitsOf(field.kind as 'quantity' | 'exchangeRate', currencyDigits), minDigits: 0, percent: false };
}

/** What was typed, as the scaled integer of the field: a number or a small sum; empty is null. Says why not, otherwise. */
export function readNumber(text: string, field: Field, currencyDigits: number): Read {
  const typed = text.trim().replace(/[%％]$/, '');
  if (typed === '') return { value: null };
  const parsed = evaluateSum(typed, shapeOf(field, currencyDigits).digits);
  if (parsed.problem !== undefined) return { problem: parsed.problem };
  const { min, max } = field as { min?: number; max?: number };
  if (min !== undefined && parsed.value < min) return { problem: 'tooSmall' };
  if (max !== undefined && parsed.value > max) return { problem: 'tooGreat' };
  return { value: parsed.value };
}

/** The number as it stands in a field: with thousands when nobody is typing in it. */
export function showNumber(value: number | null, shape: NumberShape, isEditing = false): string {
  if (value === null) return '';
  const text = formatExact(value, shape.digits, { group: !isEditing, trim: true, minDigits: isEditing ? 0 : shape.minDigits });
  return shape.percent && !isEditing ? `${text}%` : text;
}
