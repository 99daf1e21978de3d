import type { Knex } from 'knex';
import type { DatabaseRow } from '../codec.ts';
import { SqliteClient } from './sqliteClient.ts';

export type Bindings = readonly (string | number | boolean | null)[];

/** As many question marks as there are values, for a list of them. */
export const marksOf = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/**
 * Runs a statement whose text is ready, for what is done with every request: building a statement costs more than running it.
 * Gives the rows of a query, or what a writing statement returns. `?` stands for the bindings, names are in double quotes; the
 * text has to be one that both engines read.
 */
export async function rowsOf(tx: Knex, sql: string, bindings: Bindings): Promise<DatabaseRow[]> {
  if (tx.client instanceof SqliteClient) return tx.client.rows(sql, bindings) as DatabaseRow[];
  const answer = (await tx.raw(sql, [...bindings] as Knex.RawBinding[])) as DatabaseRow[] | { rows: DatabaseRow[] };
  return Array.isArray(answer) ? answer : answer.rows;
}

/** Runs a writing statement whose text is ready, and gives how many rows it wrote. */
export async function countOf(tx: Knex, sql: string, bindings: Bindings): Promise<number> {
  if (tx.client instanceof SqliteClient) return tx.client.changes(sql, bindings);
  const answer = (await tx.raw(sql, [...bindings] as Knex.RawBinding[])) as { rowCount: number };
  return answer.rowCount;
}
