import type { RecordDraft } from './checkRecord.ts';
import type { AnyRow, Definition, Value } from './definition.ts';
import { type Field, type Fields, isDerived } from './fields.ts';
import { SCALE } from './numbers.ts';
import type { FieldRefusal } from './refusal.ts';

/** How many decimals a company wants of unit prices and of quantities in one type of record; null leaves them free. */
export interface DecimalLimits {
  readonly price: number | null;
  readonly quantity: number | null;
}

/** The most that are stored. */
export const decimalsMax = SCALE.price;

/** Which of the two a field is bound by; null for every other field, and for ratios, which are no amounts. */
export function boundBy(field: Field): keyof DecimalLimits | null {
  if (field.kind !== 'price' && field.kind !== 'quantity') return null;
  return field.ratio ? null : field.kind;
}

/** What the company can limit in a type: prices, quantities, both or nothing. */
export function boundKinds(definition: { readonly fields: Fields; readonly parts: Readonly<Record<string, { readonly fields: Fields }>> }) {
  const all = [definition.fields, ...Object.values(definition.parts).map((part) => part.fields)].flatMap((fields) => Object.values(fields));
  const kinds = new Set(all.filter((field) => !isDerived(field) && !field.hidden).map(boundBy));
  return (['price', 'quantity'] as const).filter((kind) => kinds.has(kind));
}

/** The fields with the decimals that a person types and sees. */
export function withDecimals(fields: Fields, limits: DecimalLimits): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]): [string, Field] => {
      const kind = boundBy(field);
      const decimals = kind === null ? null : limits[kind];
      return [name, decimals === null ? field : ({ ...field, decimals } as Field)];
    }),
  );
}

/**
 * What in a draft has more decimals than the company wants, as 'field.tooManyDecimals' {max} at each place. What stands there
 * already is left alone, and so is a price that is worked out from the other one. `before` is the record as it was.
 */
export function tooManyDecimals(
  definition: Definition,
  draft: RecordDraft,
  limits: DecimalLimits,
  before?: Pick<RecordDraft, 'values'> & { readonly parts: Readonly<Record<string, readonly AnyRow[]>> },
): FieldRefusal[] {
  if (limits.price === null && limits.quantity === null) return [];
  const own = tooFine(definition.fields, draft.values, { path: '', limits, before: before?.values });
  const inParts = Object.entries(draft.parts).flatMap(([part, rows]) => {
    const known = new Map((before?.parts[part] ?? []).map((row) => [row.id, row]));
    const fields = definition.parts[part]?.fields ?? {};
    return rows.flatMap((row, index) => tooFine(fields, row, { path: `${part}.${index}.`, limits, before: known.get(row.id ?? 0) }));
  });
  return [...own, ...inParts];
}

interface Place {
  readonly path: string;
  readonly limits: DecimalLimits;
  readonly before: Readonly<Record<string, Value>> | undefined;
}

function tooFine(fields: Fields, values: Readonly<Record<string, Value | undefined>>, { path, limits, before }: Place): FieldRefusal[] {
  return Object.entries(fields).flatMap(([name, field]): FieldRefusal[] => {
    const kind = boundBy(field);
    const max = kind === null ? null : limits[kind];
    const value = values[name];
    if (max === null || field.hidden || typeof value !== 'number' || value === before?.[name]) return [];
    if (!isEntered(field, { ...before, ...values }) || value % 10 ** (decimalsMax - max) === 0) return [];
    return [{ path: path + name, code: 'field.tooManyDecimals', facts: { max } }];
  });
}

/** A field beside it may say that this number was worked out and not typed. */
function isEntered(field: Field, beside: Readonly<Record<string, Value | undefined>>): boolean {
  const when = 'enteredWhen' in field ? field.enteredWhen : undefined;
  const said = when ? beside[when.field] : undefined;
  return !when || said === undefined || said === null || said === when.is;
}
