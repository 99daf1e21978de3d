import type { Database, Statement } from 'better-sqlite3';
import BetterSqliteClient from 'knex/lib/dialects/better-sqlite3/index.js';
import type { WatchedTables } from '../tableMemory.ts';
import { exact, insertRows, type RowsQuery, runRows, storable } from './sqliteRows.ts';

/** Knex's client, with durable connections, exact numbers, prepared statements that are kept, and writes that begin at once. */
export class ExactSqliteClient extends BetterSqliteClient {
  /** Hears of every statement that writes. Not private: the client of a transaction is an object that only inherits. */
  protected get watched(): WatchedTables | undefined {
    return (this.config as { watched?: WatchedTables }).watched;
  }

  override async acquireRawConnection(): Promise<Database> {
    const connection = (await super.acquireRawConnection()) as Database;
    try {
      settle(connection);
      return connection;
    } catch (fault) {
      connection.close();
      throw fault;
    }
  }

  override async _query(connection: Database, query: Query): Promise<Query> {
    const { statement, deed } = statementFor(connection, query.sql);
    if (deed.writes !== undefined) this.watched?.writes(deed.writes);
    if (query.rows) return runRows(statement, query, query.rows);
    const bindings = (query.bindings ?? []).map(storable);
    if (statement.reader) {
      query.response = statement.all(bindings).map(exact);
      return query;
    }
    const result = statement.run(bindings);
    if (deed.ends) this.watched?.ends();
    query.response = result;
    query.context = { lastID: result.lastInsertRowid, changes: result.changes };
    return query;
  }

  override queryCompiler(builder: unknown, formatter?: unknown) {
    const compiler = super.queryCompiler(builder, formatter);
    const insertOne = compiler.insert.bind(compiler);
    const isMany = (): boolean => Array.isArray(compiler.single.insert) && compiler.single.insert.length > 1;
    compiler.insert = () => (isMany() ? (insertRows(compiler) ?? insertMany(compiler)) : insertOne());
    return compiler;
  }

  override transaction(container: unknown, config: unknown, outerTx: unknown) {
    const transaction = super.transaction(container, config, outerTx);
    transaction.begin = (connection) => {
      // A commit that failed (a full disk) may have left its transaction open.
      const database = connection as Database;
      if (database.inTransaction) {
        database.exec('rollback');
        this.watched?.ends();
      }
      // A write that first reads must not find at its end that somebody else has written meanwhile.
      return transaction.query(connection, database.readonly ? 'begin' : 'begin immediate');
    };
    return transaction;
  }
}

type InsertCompiler = ReturnType<ExactSqliteClient['queryCompiler']>;

/** Knex strings rows together as selects, of which SQLite takes 500; as values it takes as many as there are parameters for. */
function insertMany(compiler: InsertCompiler): { sql: string; returning?: unknown } {
  const { insert: rows, onConflict, ignore, merge, returning } = compiler.single;
  const pieces = [`${compiler.with()}insert into ${compiler.tableName} ${compiler._insertBody(rows)}`];
  if (onConflict && ignore) pieces.push(compiler._ignore(onConflict));
  if (onConflict && merge) pieces.push(compiler._merge(merge.updates, onConflict, rows), ` ${compiler.where() ?? ''}`);
  if (returning) pieces.push(compiler._returning(returning));
  return { sql: pieces.join(''), returning };
}

type Query = RowsQuery & { bindings?: unknown[] };

const busyTimeoutMs = 2000;
const cacheKiB = { reading: 12_288, writing: 24_576 };

/**
 * better-sqlite3 is built to run WAL with synchronous=NORMAL, which loses confirmed work when the power fails. What we ask
 * for is read back: a setting that did not take is a fault at start, not a loss later.
 */
function settle(connection: Database): void {
  connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
  if (!connection.readonly) connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('recursive_triggers = ON');
  connection.pragma(`cache_size = -${connection.readonly ? cacheKiB.reading : cacheKiB.writing}`);
  connection.pragma('temp_store = MEMORY');
  const wanted = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 };
  for (const [name, value] of Object.entries(wanted)) {
    const found = connection.pragma(name, { simple: true });
    if (found !== value) throw new Error(`SQLite runs with ${name} = ${found} instead of ${value}`);
  }
}

interface Prepared {
  readonly statement: Statement;
  readonly deed: Deed;
}

const statementsMax = 400;
const statements = new WeakMap<Database, Map<string, Prepared>>();

/** Preparing costs more than running a small query, so the statements used last stay prepared. */
function statementFor(connection: Database, sql: string): Prepared {
  const known = statements.get(connection) ?? new Map<string, Prepared>();
  statements.set(connection, known);
  if (/^\s*(create|alter|drop|pragma)\b/i.test(sql)) {
    known.clear();
    return { statement: connection.prepare(sql), deed: deedOf(sql) };
  }
  const prepared = known.get(sql) ?? { statement: connection.prepare(sql), deed: deedOf(sql) };
  known.delete(sql);
  known.set(sql, prepared);
  if (known.size > statementsMax) known.delete(known.keys().next().value ?? '');
  return prepared;
}

/** What a statement does to what others remember: the table it writes (null: any), or that it ends a transaction. */
interface Deed {
  readonly writes?: string | null;
  readonly ends: boolean;
}

function deedOf(sql: string): Deed {
  const ends = /^\s*(commit|rollback|end)\b/i.test(sql) && !/^\s*rollback\s+(transaction\s+)?to\b/i.test(sql);
  if (ends || /^\s*(select|begin|savepoint|release|rollback|pragma|explain)\b/i.test(sql)) return { ends };
  const table = /^\s*(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+[`"]?(\w+)/i.exec(sql)?.[1];
  return { ends, writes: table ?? null };
}

/**
 * One connection for reading, held as long as the client lives. Its readings are transactions without the ceremony of
 * Knex's: a connection out of a pool, a client and a builder made anew for each.
 */
export class SqliteReader extends ExactSqliteClient {
  #connection: Promise<Database> | null = null;
  #reading: Database | null = null;

  override acquireConnection(): Promise<Database> {
    this.#connection ??= super.acquireConnection() as Promise<Database>;
    return this.#connection;
  }

  override releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  override async destroy(): Promise<void> {
    const connection = this.#connection;
    if (connection) await super.releaseConnection(await connection);
    await super.destroy();
  }

  /** The rows of a query, at once and without Knex; only inside of a reading. */
  rows(sql: string, bindings: readonly unknown[]): unknown[] {
    if (!this.#reading) throw new Error('The reading is over');
    return statementFor(this.#reading, sql).statement.all(bindings.map(storable)).map(exact);
  }

  /** Runs the reading on one snapshot. */
  async reading<T>(run: () => Promise<T>): Promise<T> {
    const connection = await this.acquireConnection();
    statementFor(connection, 'begin').statement.run();
    this.#reading = connection;
    try {
      return await run();
    } finally {
      this.#reading = null;
      if (connection.inTransaction) statementFor(connection, 'rollback').statement.run();
    }
  }
}
