import type { FilterOperator } from '../../../shared/contracts/wire.ts';
import { isDay } from '../../../shared/kernel/days.ts';
import type { Field } from '../../../shared/kernel/fields.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { FieldPlace } from './fieldPlaces.ts';

const textLengthMax = 200;
const valuesMax = 1000;
const daysMax = 100_000;

const presence: readonly FilterOperator[] = ['empty', 'filled'];
const identity: readonly FilterOperator[] = ['equal', 'notEqual', 'in', ...presence];
const order: readonly FilterOperator[] = [...identity, 'less', 'lessOrEqual', 'greater', 'greaterOrEqual', 'between'];
const distances: readonly FilterOperator[] = ['olderThan', 'comesRoundWithin'];
const wording: readonly FilterOperator[] = ['contains', 'startsWith'];

/** What can be asked of a field of this kind. */
export function operatorsOf(field: Field): readonly FilterOperator[] {
  switch (field.kind) {
    case 'text':
      return [...order, ...wording];
    case 'note':
      return [...wording, ...presence];
    case 'choice':
      return identity;
    case 'flag':
      return ['equal', 'notEqual'];
    case 'link':
    case 'dictionary':
      return [...identity, 'under'];
    case 'file':
    case 'picture':
      return presence;
    case 'integer':
      return [...order, 'under'];
    case 'day':
      return [...order, ...distances];
    default:
      return order;
  }
}

/** One value as the column holds it. Refuses 'list.badValue' {field} when it does not fit the field's kind. */
export function bindingFor(place: FieldPlace, value: unknown): string | number {
  const binding = fitting(place.field, value);
  if (binding === undefined) throw new Refusal('list.badValue', { field: place.path });
  return binding;
}

/** So many days. Refuses 'list.badValue' {field} for anything else. */
export function daysFor(place: FieldPlace, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > daysMax)
    throw new Refusal('list.badValue', { field: place.path });
  return value;
}

/** A list of values, exactly `count` of them when given. */
export function bindingsFor(place: FieldPlace, value: unknown, count?: number): (string | number)[] {
  if (!Array.isArray(value) || value.length > valuesMax || (count !== undefined && value.length !== count)) {
    throw new Refusal('list.badValue', { field: place.path });
  }
  return value.map((one) => bindingFor(place, one));
}

/** Text to be found literally: wildcards of LIKE lose their meaning, Latin capitals their size. */
export function patternFor(place: FieldPlace, value: unknown): string {
  if (typeof value !== 'string') throw new Refusal('list.badValue', { field: place.path });
  refuseBadText(value);
  return value.replace(/[!%_]/g, '!$&').replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Refuses 'list.badText' for text that no database keeps as it is (NUL, half a character) or that nobody types (over 200 characters). */
export function refuseBadText(text: string): void {
  if (text.length > textLengthMax || text.includes('\0') || !text.isWellFormed())
    throw new Refusal('list.badText', { lengthMax: textLengthMax });
}

function fitting(field: Field, value: unknown): string | number | undefined {
  if (typeof value === 'string') {
    refuseBadText(value);
    return fittingText(field, value);
  }
  if (typeof value === 'boolean') return field.kind === 'flag' ? Number(value) : undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return isNumeric(field) ? value : undefined;
  return undefined;
}

function fittingText(field: Field, value: string): string | undefined {
  if (field.kind === 'text' || field.kind === 'note') return value;
  if (field.kind === 'day') return isDay(value) ? value : undefined;
  if (field.kind === 'instant') return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(value) ? value : undefined;
  return field.kind === 'choice' && field.choices.includes(value) ? value : undefined;
}

const isNumeric = (field: Field): boolean => !['text', 'note', 'day', 'instant', 'choice', 'flag'].includes(field.kind);
