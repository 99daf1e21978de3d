import { checkValue } from './check.ts';
import type { AnyRow, Definition, Part, Value } from './definition.ts';
import { type Fields, isDerived, isRequired } from './fields.ts';
import { type FieldRefusal, Refusal } from './refusal.ts';

export interface RecordDraft {
  values: Record<string, Value>;
  parts: Record<string, (Record<string, Value> & { id?: number })[]>;
}

export interface DraftInput {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly parts?: Readonly<Record<string, unknown>>;
}

/**
 * Checks what a client sent for a record against its definition and gives the values to store. All refusals of all fields
 * are collected before `record.invalid` is thrown. Fields that were not sent stay out of the result, except with `complete`
 * (a create), where defaults and required fields are seen to.
 */
export function checkRecord(definition: Definition, input: DraftInput, options: CheckOptions): RecordDraft {
  const refusals: FieldRefusal[] = [];
  const values = checkFields(definition.fields, input.values ?? {}, '', refusals, options);
  refusals.push(...unfilled(definition.fields, values, options).filter(({ path }) => !refusals.some((known) => known.path === path)));
  const parts: RecordDraft['parts'] = {};
  const sent = input.parts ?? {};
  for (const name of Object.keys(sent)) if (!Object.hasOwn(definition.parts, name)) refusals.push({ path: name, code: 'field.unknown' });
  for (const [name, part] of Object.entries(definition.parts)) {
    const rows = Object.hasOwn(sent, name) ? sent[name] : undefined;
    if (rows === undefined && !options.complete) continue;
    parts[name] = checkPart(name, part, rows ?? [], refusals, options);
  }
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
  return { values, parts };
}

/** The value of a field nobody filled: today's day, the main warehouse, the person who asks. */
export type DefaultsFor = (field: Fields[string]) => Value | undefined;

interface CheckOptions {
  complete: boolean;
  defaults: DefaultsFor;
  /** What a change finds: a field that some choice requires is looked at when either of the two is sent. */
  before?: Readonly<Record<string, Value>>;
  /** Nobody is asked to fill what they may not write. */
  mayFill?: (name: string) => boolean;
}

/** Fields that a choice beside them requires and that stay empty. */
function unfilled(fields: Fields, values: Readonly<Record<string, Value>>, options: CheckOptions): FieldRefusal[] {
  const after = { ...options.before, ...values };
  return Object.entries(fields).flatMap(([name, field]): FieldRefusal[] => {
    const isTouched = options.complete || [name, ...Object.keys(field.requiredWhen ?? {})].some((own) => Object.hasOwn(values, own));
    if (!field.requiredWhen || !isTouched || !isRequired(field, after)) return [];
    const isEmpty = after[name] === undefined || after[name] === null || after[name] === '';
    return isEmpty && (options.mayFill?.(name) ?? true) ? [{ path: name, code: 'field.required' }] : [];
  });
}

function checkFields(
  fields: Fields,
  sent: Readonly<Record<string, unknown>>,
  path: string,
  refusals: FieldRefusal[],
  options: CheckOptions,
) {
  const values: Record<string, Value> = {};
  for (const name of Object.keys(sent)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field || isDerived(field)) refusals.push({ path: path + name, code: 'field.unknown' });
  }
  for (const [name, field] of Object.entries(fields)) {
    if (isDerived(field)) continue;
    const wasSent = Object.hasOwn(sent, name) && sent[name] !== undefined;
    if (!wasSent && !options.complete) continue;
    const raw = wasSent ? sent[name] : (options.defaults(field) ?? null);
    const checked = checkValue(field, raw);
    if ('refusal' in checked) refusals.push({ path: path + name, ...checked.refusal });
    else values[name] = checked.value;
  }
  return values;
}

function checkPart(name: string, part: Part, sent: unknown, refusals: FieldRefusal[], options: CheckOptions) {
  if (!Array.isArray(sent)) {
    refusals.push({ path: name, code: 'field.wrongKind' });
    return [];
  }
  const rows = sent.filter((row) => !isBlank(part, row));
  if (rows.length > part.max) {
    refusals.push({ path: name, code: 'part.tooMany', facts: { max: part.max } });
    return [];
  }
  if (part.required && rows.length === 0 && options.complete) refusals.push({ path: name, code: 'part.required' });
  return rows.map((row, index) => checkRow({ name, part, row, index }, refusals, options));
}

function checkRow(of: { name: string; part: Part; row: unknown; index: number }, refusals: FieldRefusal[], options: CheckOptions) {
  const path = `${of.name}.${of.index}.`;
  if (typeof of.row !== 'object' || of.row === null || Array.isArray(of.row)) {
    refusals.push({ path: path.slice(0, -1), code: 'field.wrongKind' });
    return {};
  }
  const { id, ...fields } = of.row as AnyRow;
  // A kept row may leave fields out: they stay as they are.
  const isKept = Number.isSafeInteger(id) && id > 0;
  if (id !== undefined && id !== null && !isKept) refusals.push({ path: `${path}id`, code: 'field.notALink' });
  const values = checkFields(of.part.fields, fields, path, refusals, { ...options, complete: !isKept });
  return isKept ? { ...values, id } : values;
}

/** A row in which nothing that matters is filled is an empty last line, not a mistake. */
function isBlank(part: Part, row: unknown): boolean {
  if (!part.key || typeof row !== 'object' || row === null) return false;
  const sent = row as Record<string, unknown>;
  if (sent.id) return false;
  return part.key.every((name) => sent[name] === undefined || sent[name] === null || sent[name] === '');
}
