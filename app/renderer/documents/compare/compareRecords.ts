import type { DefinitionAnswer, RecordAnswer, WireField, WireRow } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';

type Content = Pick<RecordAnswer, 'values' | 'parts'>;

/** How two records of one type differ: fields of the head, and row by row in each part. */
export interface Comparison {
  readonly head: readonly HeadDifference[];
  readonly parts: Readonly<Record<string, PartComparison>>;
}
export interface HeadDifference {
  readonly field: string;
  readonly before: Value;
  readonly after: Value;
}
export interface PartComparison {
  /** What a reader needs to see of each row: what it is known by, and whatever is different somewhere. */
  readonly columns: readonly string[];
  readonly rows: readonly RowComparison[];
}
export interface RowComparison {
  readonly before: WireRow | null;
  readonly after: WireRow | null;
  readonly changed: ReadonlySet<string>;
}

/**
 * Compares two records. Rows belong together when what the part is first known by (the item of a line) is the same; of several
 * such rows the first belongs to the first. Fields that are bookkeeping between the two, and hidden ones, are left out.
 */
export function compareRecords(
  definition: Pick<DefinitionAnswer, 'fields' | 'parts' | 'title' | 'type'>,
  before: Content,
  after: Content,
): Comparison {
  const head = shownFields(definition.fields)
    .filter(([name, field]) => name !== definition.title && !(field.kind === 'link' && field.to === definition.type))
    .map(([field]): HeadDifference => ({ field, before: before.values[field] ?? null, after: after.values[field] ?? null }))
    .filter((one) => plain(one.before) !== plain(one.after));
  const parts = Object.entries(definition.parts).map(([name, part]) => [
    name,
    compareRows(part, before.parts[name] ?? [], after.parts[name] ?? []),
  ]);
  return { head, parts: Object.fromEntries(parts) };
}

function compareRows(part: DefinitionAnswer['parts'][string], before: readonly WireRow[], after: readonly WireRow[]): PartComparison {
  const fields = shownFields(part.fields).map(([name]) => name);
  const keys = (part.key ?? []).filter((name) => fields.includes(name));
  const known = keys[0] ?? fields[0] ?? '';
  const left = [...before];
  const rows = after.map((row): RowComparison => {
    const at = left.findIndex((one) => plain(one[known]) === plain(row[known]));
    if (at < 0) return { before: null, after: row, changed: new Set() };
    const [old] = left.splice(at, 1);
    return { before: old ?? null, after: row, changed: new Set(fields.filter((name) => plain(old?.[name]) !== plain(row[name]))) };
  });
  const gone = left.map((row): RowComparison => ({ before: row, after: null, changed: new Set() }));
  const all = [...rows, ...gone];
  const telling = new Set([...keys, ...all.flatMap((row) => [...row.changed]), ...alwaysShown.filter((name) => fields.includes(name))]);
  return { columns: fields.filter((name) => telling.has(name)), rows: all };
}

// A price list is compared by its prices, even where none of them moved.
const alwaysShown = ['quantity', 'grossPrice', 'grossAmount'];

const shownFields = (fields: Readonly<Record<string, WireField>>): [string, WireField][] =>
  Object.entries(fields).filter(([, field]) => field.hidden !== true);

/** An empty text, a flag nobody set and nothing at all are the same to a person. */
const plain = (value: Value | undefined): Value => (value === undefined || value === '' || value === false ? null : value);
