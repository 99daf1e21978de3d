import type { RecordDraft } from '../../../../shared/kernel/checkRecord.ts';
import type { AnyRow, Definition, Value } from '../../../../shared/kernel/definition.ts';
import { sortKey } from '../../../../shared/kernel/searchTerms.ts';
import { codecFor, type DatabaseRow, duplicateKeys } from '../../../database/codec.ts';
import { columnOf, isSearched, isSorted, sortColumnOf } from '../../../database/tables.ts';
import { tokensOf } from '../../../engine/store.ts';

/** What costs time about a record and needs no transaction: Chinese sort keys, folded names, search tokens. */
export interface WorkedOut {
  /** Sort keys of the sorted fields, in the order of the definition. */
  readonly sorts: readonly (string | null)[];
  readonly fold: string | null;
  readonly near: string | null;
  /** With a space between them. */
  readonly tokens: string;
}

export function workOut(definition: Definition, { values, parts }: RecordDraft): WorkedOut {
  const rows = Object.fromEntries(
    Object.entries(parts).map(([part, drafts]) => [part, drafts.map((draft): AnyRow => ({ ...draft, id: 0 }))]),
  );
  return {
    sorts: shapeOf(definition).sorted.map((field) => knownSortKey(values[field])),
    ...duplicateKeys(definition, values),
    tokens: isSearched(definition) ? tokensOf(definition, { values, parts: rows }).join(' ') : '',
  };
}

/** The parts of a draft that workOut looks at: all that has to travel to a thread. */
export function looked(definition: Definition, { values, parts }: RecordDraft): RecordDraft {
  const { looked: fields } = shapeOf(definition);
  const searched = Object.entries(parts).filter(([part]) =>
    Object.values(definition.parts[part]?.fields ?? {}).some((field) => field.search),
  );
  return { values: Object.fromEntries(fields.map((field) => [field, values[field] ?? null])), parts: Object.fromEntries(searched) };
}

/** The columns of a record whose costly ones are worked out: the same as the codec gives. */
export function columnsFrom(definition: Definition, values: Readonly<Record<string, Value>>, worked: WorkedOut): DatabaseRow {
  const { plain, sorted, keyed } = shapeOf(definition);
  const columns = codecFor(definition).encode(values, plain);
  for (const field of keyed) columns[columnOf(field)] = (values[field] ?? null) as string | number | null;
  for (const [at, field] of sorted.entries()) {
    columns[columnOf(field)] = (values[field] ?? null) as string | null;
    columns[sortColumnOf(field)] = worked.sorts[at] ?? null;
  }
  if (definition.duplicates) columns.fold_key = worked.fold;
  if (definition.duplicates?.near) columns.near_key = worked.near;
  return columns;
}

interface Shape {
  readonly sorted: readonly string[];
  /** Fields that make up the folded keys, besides the sorted ones. */
  readonly keyed: readonly string[];
  readonly plain: readonly string[];
  readonly looked: readonly string[];
}

const shapes = new WeakMap<Definition, Shape>();

function shapeOf(definition: Definition): Shape {
  const known = shapes.get(definition);
  if (known) return known;
  const names = Object.keys(definition.fields);
  const keys = [...(definition.duplicates?.exact.flat() ?? []), definition.duplicates?.near ?? ''];
  const isSortedField = (name: string): boolean => {
    const field = definition.fields[name];
    return field !== undefined && isSorted(field);
  };
  const sorted = names.filter(isSortedField);
  const keyed = names.filter((name) => keys.includes(name) && !isSortedField(name));
  const shape = {
    sorted,
    keyed,
    plain: names.filter((name) => !sorted.includes(name) && !keyed.includes(name)),
    looked: names.filter((name) => sorted.includes(name) || keyed.includes(name) || definition.fields[name]?.search),
  };
  shapes.set(definition, shape);
  return shape;
}

// Contacts share few names; a sort key costs more than a thousand lookups.
const sortKeys = new Map<string, string>();
const sortKeysMax = 20_000;

function knownSortKey(value: Value | undefined): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const known = sortKeys.get(value);
  if (known !== undefined) return known;
  if (sortKeys.size >= sortKeysMax) sortKeys.clear();
  const key = sortKey(value);
  sortKeys.set(value, key);
  return key;
}
