import { nameKey, nearNameKey } from '../../shared/kernel/companyName.ts';
import type { Definition, Value } from '../../shared/kernel/definition.ts';
import type { Field, Fields } from '../../shared/kernel/fields.ts';
import { sortKey } from '../../shared/kernel/searchTerms.ts';
import { columnOf, isSorted, sortColumnOf } from './tables.ts';

/** A row as the database knows it: snake case, flags as 0 and 1. */
export type DatabaseRow = Record<string, string | number | null>;

/** Turns the values of a table's fields into its columns and back. */
export interface Codec {
  readonly columns: readonly string[];
  /** Column by field. */
  readonly columnOf: Readonly<Record<string, string>>;
  /** The columns of all fields, or of the named ones and what is worked out from them. */
  encode(values: Readonly<Record<string, Value | undefined>>, only?: readonly string[]): DatabaseRow;
  decode(row: Readonly<DatabaseRow>): Record<string, Value>;
  /** Every field of the table: as given, else as before, else empty. */
  complete(values: Readonly<Record<string, Value | undefined>>, before?: Readonly<Record<string, Value>>): Record<string, Value>;
  /** The names of the fields that differ. */
  changed(before: Readonly<Record<string, Value>>, after: Readonly<Record<string, Value>>): string[];
}

/** The codec of a definition's own table. */
export function codecFor(definition: Definition): Codec {
  return kept(recordCodecs, definition, () => {
    const system = ['id', 'version', ...(definition.states ? ['state'] : []), ...stampColumns];
    const codec = makeCodec(definition.fields, system);
    return { ...codec, encode: (values, only) => ({ ...codec.encode(values, only), ...keyColumns(definition, values, only) }) };
  });
}

/** The codec of the table of a part. */
export function partCodecFor(definition: Definition, part: string): Codec {
  const fields = definition.parts[part]?.fields;
  if (!fields) throw new Error(`${definition.type} has no part ${part}`);
  return kept(partCodecs, fields, () => makeCodec(fields, ['id', 'parent', 'row_order']));
}

/**
 * What makes a record the same as another: `fold` must differ from every living record's, an equal `near` is worth a
 * question. Null where the definition does not ask or nothing is filled in.
 */
export function duplicateKeys(
  definition: Definition,
  values: Readonly<Record<string, Value | undefined>>,
): { fold: string | null; near: string | null } {
  const [exact] = definition.duplicates?.exact ?? [];
  const texts = (exact ?? []).map((name) => String(values[name] ?? ''));
  const near = String(values[definition.duplicates?.near ?? ''] ?? '');
  return {
    fold: texts.some((text) => text !== '') ? texts.map((text) => (text === '' ? '' : nameKey(text))).join('|') : null,
    near: near === '' ? null : nearNameKey(near),
  };
}

/** Cuts rows of so many columns into pieces that both engines take in one statement: SQLite allows 32,766 parameters. */
export function chunksOf<T>(rows: readonly T[], columns: number): T[][] {
  const size = Math.max(1, Math.min(rowsPerStatementMax, Math.floor(parametersMax / Math.max(1, columns))));
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));
}

const parametersMax = 30_000;
const rowsPerStatementMax = 1000;
const stampColumns = ['created_at', 'created_by', 'changed_at', 'changed_by', 'deleted_at', 'deleted_by'];

const recordCodecs = new WeakMap<Definition, Codec>();
const partCodecs = new WeakMap<Fields, Codec>();

function kept<K extends object>(codecs: WeakMap<K, Codec>, key: K, make: () => Codec): Codec {
  const known = codecs.get(key);
  if (known) return known;
  const made = make();
  codecs.set(key, made);
  return made;
}

function makeCodec(fields: Fields, systemColumns: readonly string[]): Codec {
  const pieces = Object.entries(fields).map(
    ([name, field]): Piece => ({ name, field, column: columnOf(name), sortColumn: isSorted(field) ? sortColumnOf(name) : null }),
  );
  return {
    columns: [...systemColumns, ...pieces.map((piece) => piece.column)],
    columnOf: Object.fromEntries(pieces.map((piece) => [piece.name, piece.column])),
    encode: (values, only) => {
      const row: DatabaseRow = {};
      for (const piece of pieces) if (!only || only.includes(piece.name)) encodeField(row, piece, values[piece.name] ?? null);
      return row;
    },
    decode: (row) => {
      const values: Record<string, Value> = {};
      for (const { name, field, column } of pieces) values[name] = field.kind === 'flag' ? row[column] === 1 : (row[column] ?? null);
      return values;
    },
    complete: (values, before) => {
      const complete: Record<string, Value> = {};
      for (const { name, field } of pieces) {
        const value = values[name] === undefined ? before?.[name] : values[name];
        complete[name] = value ?? (field.kind === 'flag' ? false : null);
      }
      return complete;
    },
    changed: (before, after) => pieces.flatMap(({ name }) => (before[name] === after[name] ? [] : [name])),
  };
}

/** A field and where its value and its place in the order lie. */
interface Piece {
  readonly name: string;
  readonly field: Field;
  readonly column: string;
  readonly sortColumn: string | null;
}

function encodeField(row: DatabaseRow, { field, column, sortColumn }: Piece, value: Value): void {
  row[column] = field.kind === 'flag' ? Number(value ?? false) : typeof value === 'boolean' ? Number(value) : value;
  if (sortColumn) row[sortColumn] = typeof value === 'string' && value !== '' ? sortKey(value) : null;
}

function keyColumns(definition: Definition, values: Readonly<Record<string, Value | undefined>>, only?: readonly string[]): DatabaseRow {
  const rule = definition.duplicates;
  if (!rule) return {};
  const concerned = [...rule.exact.flat(), ...(rule.near ? [rule.near] : [])];
  if (only && !concerned.some((name) => only.includes(name))) return {};
  const { fold, near } = duplicateKeys(definition, values);
  return { fold_key: fold, ...(rule.near ? { near_key: near } : {}) };
}
