import type { Knex } from 'knex';

/** What the rest of the server may know of a database: which engine it is stays in engines/. */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** Runs the work in one write transaction and commits; retries only on serialization failure, deadlock or busy. */
  write<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** Runs the work on one consistent snapshot; it cannot write. */
  read<T>(work: (tx: Knex) => Promise<T>): Promise<T>;
  /** Brings the schema up to date; throws when the database is newer than the program. */
  migrate(): Promise<void>;
  /** What differs between the engines, in words of ours. */
  readonly dialect: Dialect;
  close(): Promise<void>;
}

export interface Dialect {
  /** Locks rows already selected by the query until the transaction ends (a no-op where there is one writer). */
  forUpdate(query: Knex.QueryBuilder): Knex.QueryBuilder;
  /** Replaces the search tokens of a record; an empty list removes it. */
  indexTokens(tx: Knex, table: string, id: number, tokens: readonly string[]): Promise<void>;
  /** Same for many records that are not in the index yet. */
  indexManyTokens(tx: Knex, table: string, rows: readonly { id: number; tokens: readonly string[] }[]): Promise<void>;
  /** A subquery of record ids whose tokens match: every group must be met by one of its alternatives. */
  matching(tx: Knex, table: string, groups: readonly (readonly { token: string; prefix: boolean }[])[]): Knex.QueryBuilder | Knex.Raw;
  /** Creates the search index of a table. */
  createSearchIndex(tx: Knex, table: string): Promise<void>;
  /** `order by` piece with nulls last (ascending) or first (descending), the same on both engines. */
  orderBy(column: string, direction: 'ascending' | 'descending'): string;
  /** The name of the violated unique index or constraint, or of its columns, when the error is one. */
  uniqueViolation(error: unknown): { table?: string; columns: string[] } | null;
}
