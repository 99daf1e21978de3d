import type { Knex } from 'knex';
import type { DatabaseRow } from '../codec.ts';
import { rowsOf } from './rowsOf.ts';
import { SqliteClient } from './sqliteClient.ts';
import { quoted } from './tableSql.ts';

type Row = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Stores rows that all have the columns of the first, with a text of our own: see rowsOf. `ending` says what happens to rows that
 * are there already and what is given back. The caller keeps to what a statement takes: see chunksOf.
 */
export async function insertInto(tx: Knex, table: string, rows: readonly Row[], ending = ''): Promise<DatabaseRow[]> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return [];
  const { into, places } = textsOf(table, columns);
  const valuesOf = (row: Row) => columns.map((column) => row[column] ?? null);
  const { client } = tx;
  if (!(client instanceof SqliteClient)) {
    const text = into + rows.map(() => places).join(', ') + ending;
    return rowsOf(tx, text, rows.flatMap(valuesOf));
  }
  // One short statement that stays prepared, once for each row: one with thousands of parameters costs far more to put together.
  const text = into + places + ending;
  return rows.flatMap((row) => client.rows(text, valuesOf(row)) as DatabaseRow[]);
}

/**
 * Writes some columns of rows that are there, given with their ids: on SQLite one short statement for each row; elsewhere, where
 * each statement is a way there and back, one for all of them, for which the rows are asked whole.
 */
export async function rewriteIn(tx: Knex, table: string, rows: readonly Row[], whole: () => readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id');
  if (columns.length === 0) return;
  const { client } = tx;
  if (!(client instanceof SqliteClient)) {
    const merging = columns.map((column) => `${quoted(column)} = excluded.${quoted(column)}`);
    await insertInto(tx, table, whole(), ` on conflict ("id") do update set ${merging.join(', ')}`);
    return;
  }
  const text = `update ${quoted(table)} set ${columns.map((column) => `${quoted(column)} = ?`).join(', ')} where "id" = ?`;
  for (const row of rows) client.changes(text, [...columns.map((column) => row[column] ?? null), row.id ?? null]);
}

interface Texts {
  readonly columns: readonly string[];
  readonly into: string;
  readonly places: string;
}

const texts = new Map<string, Texts>();

/** The beginning of the statement: rows of a table mostly have the columns that the last ones had. */
function textsOf(table: string, columns: readonly string[]): Texts {
  const last = texts.get(table);
  if (last && last.columns.length === columns.length && columns.every((column, index) => column === last.columns[index])) return last;
  const made = {
    columns,
    into: `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values `,
    places: `(${columns.map(() => '?').join(', ')})`,
  };
  texts.set(table, made);
  return made;
}
