import { isDay } from './days.ts';
import type { Value } from './definition.ts';
import type { Field } from './fields.ts';
import type { FieldRefusal } from './refusal.ts';
import { barcodeProblem, mobileProblem, taxNumberProblem } from './validators.ts';

export type Checked = { readonly value: Value } | { readonly refusal: Omit<FieldRefusal, 'path'> };

/**
 * Takes what came over the wire for a field and gives the value to store: text trimmed and cleaned, numbers exact
 * integers in the kind's scale, null where it is empty. A wrong value gives a refusal `field.*` with the limits as facts.
 */
export function checkValue(field: Field, raw: unknown): Checked {
  if (raw === undefined || raw === null || raw === '') return checkEmpty(field);
  switch (field.kind) {
    case 'text':
    case 'note':
      return checkText(field, raw);
    case 'flag':
      return typeof raw === 'boolean' ? { value: raw } : refuse('field.wrongKind');
    case 'choice':
      return typeof raw === 'string' && field.choices.includes(raw) ? { value: raw } : refuse('field.notAChoice');
    case 'day':
      return typeof raw === 'string' && isDay(raw) ? { value: raw } : refuse('field.notADay');
    case 'instant':
      return typeof raw === 'string' && instantForm.test(raw) ? { value: raw } : refuse('field.notADay');
    case 'link':
    case 'dictionary':
    case 'file':
    case 'picture':
      return Number.isSafeInteger(raw) && Number(raw) > 0 ? { value: Number(raw) } : refuse('field.notALink');
    default:
      return checkNumber(field, raw);
  }
}

const refuse = (code: string, facts?: FieldRefusal['facts']): Checked => ({ refusal: facts ? { code, facts } : { code } });

function checkEmpty(field: Field): Checked {
  if (field.kind === 'flag') return { value: false };
  return field.required ? refuse('field.required') : { value: null };
}

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
const emailForm = /^[^\s@]{1,64}@[^\s@]{1,250}$/;
// Control characters never belong in a name; in a note, line breaks and tabs do.
const controlInText = /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
const controlInNote = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

function checkText(field: Extract<Field, { kind: 'text' | 'note' }>, raw: unknown): Checked {
  if (typeof raw !== 'string') return refuse('field.wrongKind');
  if (raw.length > field.max * 2 + 100) return refuse('field.tooLong', { max: field.max });
  if (!raw.isWellFormed()) return refuse('field.badText');
  const value = (field.kind === 'note' ? raw.replace(controlInNote, '') : raw.replace(controlInText, ' ')).trim();
  if (value === '') return checkEmpty(field);
  if (value.length > field.max) return refuse('field.tooLong', { max: field.max });
  const problem = field.kind === 'text' && field.format ? formatProblem(field.format, value) : null;
  return problem ? refuse(problem) : { value };
}

function formatProblem(format: NonNullable<Extract<Field, { kind: 'text' }>['format']>, value: string): string | null {
  switch (format) {
    case 'mobile':
      return mobileProblem(value) ? 'field.badMobile' : null;
    case 'taxNumber':
      return taxNumberProblem(value) ? 'field.badTaxNumber' : null;
    case 'barcode':
      return barcodeProblem(value) ? 'field.badBarcode' : null;
    case 'email':
      return emailForm.test(value) ? null : 'field.badEmail';
    case 'code':
      return /\s/.test(value) ? 'field.badCode' : null;
  }
}

function checkNumber(field: Extract<Field, { min?: number }>, raw: unknown): Checked {
  if (typeof raw !== 'number') return refuse('field.wrongKind');
  if (!Number.isSafeInteger(raw)) return refuse('field.notExact');
  if (field.min !== undefined && raw < field.min) return refuse('field.tooSmall', { min: field.min });
  if (field.max !== undefined && raw > field.max) return refuse('field.tooLarge', { max: field.max });
  return { value: raw };
}
