import type { Statement } from 'better-sqlite3';
import type BetterSqliteClient from 'knex/lib/dialects/better-sqlite3/index.js';
import { exactBinding, exactFromDouble } from './exactNumbers.ts';
import { quoted } from './tableSql.ts';

type InsertCompiler = ReturnType<InstanceType<typeof BetterSqliteClient>['queryCompiler']>;

/** A query of Knex; with `rows`, its statement runs once for each of them. */
export interface RowsQuery {
  sql: string;
  rows?: unknown[][];
  response?: unknown;
  context?: unknown;
}

/**
 * Many plain rows run one after the other through one short statement that stays prepared: a statement with thousands of
 * parameters costs far more to put together than to run. Null where the rows are not all alike or hold more than values.
 */
export function insertRows(compiler: InsertCompiler): { sql: string; returning?: unknown; rows: unknown[][] } | null {
  const { insert, onConflict, returning } = compiler.single;
  const records = insert as readonly Readonly<Record<string, unknown>>[];
  const columns = Object.keys(records[0] ?? {});
  if (onConflict || compiler.with() !== '' || columns.length === 0) return null;
  const rows: unknown[][] = [];
  for (const record of records) {
    const row = columns.map((column) => record[column] ?? null);
    if (Object.keys(record).length !== columns.length || row.some((value) => typeof value === 'object' && value !== null)) return null;
    rows.push(row);
  }
  const sql = `insert into ${compiler.tableName} (${columns.map(quoted).join(', ')}) values (${columns.map(() => '?').join(', ')})`;
  return { sql: returning ? `${sql} ${compiler._returning(returning)}` : sql, returning, rows };
}

/**
 * Runs a statement for each row; the answer has what each gave back, in their order. A row that cannot be stored leaves
 * those before it: the transaction is what is all or nothing.
 */
export function runRows<Q extends RowsQuery>(statement: Statement, query: Q, rows: readonly unknown[][]): Q {
  if (statement.reader) {
    query.response = rows.map((row) => exact(statement.get(row.map(storable))));
    return query;
  }
  let last: number | bigint = 0;
  for (const row of rows) last = statement.run(row.map(storable)).lastInsertRowid;
  query.context = { lastID: last, changes: rows.length };
  return query;
}

/** A value as it is bound: numbers beyond 32 bits would be bound as doubles and make sums inexact. */
export function storable(value: unknown): unknown {
  const exactValue = exactBinding(value);
  return typeof exactValue === 'number' && exactValue !== (exactValue | 0) ? BigInt(exactValue) : exactValue;
}

/** A row that was read, all its numbers exact. */
export function exact(row: unknown): unknown {
  const cells = row as Record<string, unknown>;
  for (const name in cells) {
    const value = cells[name];
    if (typeof value === 'number') exactFromDouble(value);
  }
  return row;
}
