import type { Knex } from 'knex';
import type { DatabaseRow } from '../codec.ts';
import { SqliteReader } from './sqliteClient.ts';

/**
 * Runs a query whose text is ready, for what is asked with every request: building a statement costs more than running it.
 * `?` stands for the bindings, names are in double quotes; the text has to be one that both engines read.
 */
export async function rowsOf(tx: Knex, sql: string, bindings: readonly (string | number | null)[]): Promise<DatabaseRow[]> {
  if (tx.client instanceof SqliteReader) return tx.client.rows(sql, bindings) as DatabaseRow[];
  const answer = (await tx.raw(sql, [...bindings] as Knex.RawBinding[])) as DatabaseRow[] | { rows: DatabaseRow[] };
  return Array.isArray(answer) ? answer : answer.rows;
}
