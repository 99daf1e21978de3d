import type { Knex } from 'knex';
import type { DatabaseRow } from './codec.ts';
import type { Following } from './migration.ts';
import type { TableMemory } from './tableMemory.ts';
import type { ColumnSpec, IndexSpec, TableSpec } from './tableSpec.ts';

/** What the rest of the server may know of a database: which engine it is stays in engines/. */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** Where it lies, for workers that open it beside. */
  readonly place: StorePlace;
  /**
   * Runs the work in one write transaction and commits; retries only on serialization failure, deadlock or busy. Throws
   * when called inside another write: the inner one could never begin, or would outlive the outer one's rollback. Refuses
   * 'database.full' when the disk has no room left; nothing of the work is kept. A write that the disk failed throws, and nobody knows
   * whether it is kept; all later ones are refused with 'database.diskFault' until the database is opened anew.
   */
  write<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
  /** How many writes are under way in this process or wait for their turn. */
  writing(): number;
  /** Runs the work on one consistent snapshot; it cannot write. */
  read<T>(work: (tx: Knex) => Promise<T>): Promise<T>;
  /** The rows of queries that may take long, all on one snapshot, while everybody else is served: for sums over years. */
  readBeside(queries: readonly Knex.QueryBuilder[]): Promise<DatabaseRow[][]>;
  /** Brings the schema up to date, all of it or nothing. Refuses 'database.newer' {found, known, version} when the database is newer than the program. */
  migrate(following?: Following): Promise<void>;
  /**
   * Lets the engine count again how its data is spread, so that it goes the short way to few rows among many. Table by table,
   * so that others come between; nothing happens where nothing has changed much. Gives how many tables were looked at.
   */
  tune(): Promise<number>;
  /** What differs between the engines, in words of ours. */
  readonly dialect: Dialect;
  /** Keeps what is asked again and again, as long as nobody can have changed it. */
  readonly memory: TableMemory;
  close(): Promise<void>;
}

/**
 * Where a company's database lies. Workers open SQLite `readOnly` beside the server that holds it. An `unguarded` one waits for no disk
 * and undoes nothing: only for a database that is thrown away when anything goes wrong while it is filled.
 */
export type StorePlace =
  | { readonly engine: 'sqlite'; readonly file: string; readonly readOnly?: boolean; readonly unguarded?: boolean }
  | { readonly engine: 'postgres'; readonly url: string; readonly schema: string };

/** Words to look for: every group must be met by one of its alternatives. */
export type TokenGroups = readonly (readonly { readonly token: string; readonly prefix: boolean }[])[];

export interface Dialect {
  /** Locks rows already selected by the query until the transaction ends (a no-op where there is one writer). */
  forUpdate(query: Knex.QueryBuilder): Knex.QueryBuilder;
  /** The same at the end of a text. */
  readonly forUpdateText: string;
  /** Replaces the search tokens of a record; an empty list removes it. */
  indexTokens(tx: Knex, table: string, id: number, tokens: readonly string[]): Promise<void>;
  /** Same for many records that are not in the index yet. */
  indexManyTokens(tx: Knex, table: string, rows: readonly { id: number; tokens: readonly string[] }[]): Promise<void>;
  /** A subquery of ids of the table's records whose tokens match: every group must be met by one of its alternatives. */
  matching(tx: Knex, table: string, groups: TokenGroups): Knex.QueryBuilder;
  /** Creates the search index of a table. */
  createSearchIndex(tx: Knex, table: string): Promise<void>;
  /** `order by` piece with nulls last (ascending) or first (descending), the same on both engines. */
  orderBy(column: string, direction: 'ascending' | 'descending'): string;
  /** The table and columns of the violated unique index, when the error is one. */
  uniqueViolation(error: unknown): { table?: string; columns: string[] } | null;
  createTable(tx: Knex, table: TableSpec): Promise<void>;
  addColumn(tx: Knex, table: string, column: ColumnSpec): Promise<void>;
  createIndex(tx: Knex, table: string, index: IndexSpec): Promise<void>;
  dropIndex(tx: Knex, index: IndexSpec): Promise<void>;
  /** The last number that a table which counts up has given; 0 before the first. */
  lastGiven(tx: Knex, table: TableSpec): Promise<number>;
  /** Lets such a table go on behind this number. */
  goOnAfter(tx: Knex, table: TableSpec, last: number): Promise<void>;
  /** How much room the database takes, in bytes. */
  sizeBytes(tx: Knex): Promise<number>;
  /** What the engine finds wrong with its own files: pages, indexes, links between rows. Reads all of it; empty is the proof. */
  integrity(tx: Knex): Promise<string[]>;
  /** Tells the other processes that keep this database a word (see Wire), when the transaction commits and not otherwise. */
  tell(tx: Knex, word: string): Promise<void>;
  /** Waits until no other process changes the schema, and keeps others waiting until the transaction ends. */
  holdSchema(tx: Knex): Promise<void>;
  /** The tables that are there, as they are. */
  readTables(tx: Knex): Promise<TableSpec[]>;
}
