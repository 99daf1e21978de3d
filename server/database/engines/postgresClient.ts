import PostgresClient from 'knex/lib/dialects/postgres/index.js';
import pg from 'pg';
import { exactBinding, exactFromText } from './exactNumbers.ts';

/** Knex's client, with exact numbers both ways. */
export class ExactPostgresClient extends PostgresClient {
  override prepBindings(bindings: unknown[] | undefined): unknown[] {
    return (bindings ?? []).map((value) => exactBinding(value === undefined ? null : value));
  }
}

// bigint, and numeric as sums of bigint come.
const wholeNumbers: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC];

/** Gives whole numbers of every size as exact numbers, and anything else as pg does. */
export const exactTypes = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    wholeNumbers.includes(type)
      ? exactFromText
      : (pg.types.getTypeParser as (of: number, as?: string) => (text: string) => unknown)(type, format),
};
