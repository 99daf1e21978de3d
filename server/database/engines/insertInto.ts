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
  const into = `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values `;
  const places = `(${columns.map(() => '?').join(', ')})`;
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
