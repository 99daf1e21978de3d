import type { Database, Statement } from 'better-sqlite3';
import BetterSqliteClient from 'knex/lib/dialects/better-sqlite3/index.js';
import type { WatchedTables } from '../tableMemory.ts';
import type { GroupTarget } from './groupWriter.ts';
import { exact, insertRows, type RowsQuery, runRows, storable } from './sqliteRows.ts';

/** Knex's client, with durable connections, exact numbers and prepared statements that are kept. */
class ExactSqliteClient extends BetterSqliteClient {
  /** Hears of every statement that writes. */
  protected get watched(): WatchedTables | undefined {
    return (this.config as { watched?: WatchedTables }).watched;
  }

  override async acquireRawConnection(): Promise<Database> {
    const connection = (await super.acquireRawConnection()) as Database;
    try {
      settle(connection, (this.config as { synchronous?: Synchronous }).synchronous ?? 'full');
      return connection;
    } catch (fault) {
      connection.close();
      throw fault;
    }
  }

  override queryCompiler(builder: unknown, formatter?: unknown) {
    const compiler = super.queryCompiler(builder, formatter);
    const insertOne = compiler.insert.bind(compiler);
    const isMany = (): boolean => Array.isArray(compiler.single.insert) && compiler.single.insert.length > 1;
    compiler.insert = () => (isMany() ? (insertRows(compiler) ?? insertMany(compiler)) : insertOne());
    return compiler;
  }
}

/**
 * One connection, held as long as the client lives. Its transactions are plain statements without the ceremony of Knex's (a
 * connection out of a pool, a client and a builder made anew for each), and its queries run where they are asked: SQLite has
 * answered by the time Knex would have found the connection.
 */
export class SqliteClient extends ExactSqliteClient implements GroupTarget {
  #connection: Promise<Database> | null = null;
  #settled: Database | null = null;
  #open: { readonly connection: Database; readonly stays: () => boolean } | null = null;

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

  /** Runs the work on one snapshot that it cannot change. Whoever asks when it is over is at fault. */
  async reading<T>(work: () => Promise<T>): Promise<T> {
    const connection = await this.#ready();
    statementFor(connection, 'begin').statement.run();
    try {
      return await this.#during(connection, work, () => true);
    } finally {
      this.end();
    }
  }

  /** A write that first reads must not find at its end that somebody else has written meanwhile. */
  async begin(): Promise<void> {
    statementFor(await this.#ready(), 'begin immediate').statement.run();
  }

  /** See GroupTarget. Whoever asks when `stays` says no holds on to a transaction that is somebody else's by now: that is a fault. */
  async within<T>(work: () => Promise<T>, { isFirst, stays }: { isFirst: boolean; stays: () => boolean }): Promise<T> {
    const connection = await this.acquireConnection();
    if (!isFirst) statementFor(connection, 'savepoint work').statement.run();
    try {
      const result = await this.#during(connection, work, stays);
      if (!isFirst) statementFor(connection, 'release work').statement.run();
      return result;
    } catch (fault) {
      if (isFirst) this.#rollBack(connection);
      else this.#undo(connection);
      throw fault;
    }
  }

  /** What shared memory finds no room for is a full disk and no broken one. */
  isDiskFault(fault: unknown): boolean {
    return /^SQLITE_IOERR(?!_SHMSIZE)/.test(String((fault as { code?: unknown } | null)?.code));
  }

  isOpen(): boolean {
    return this.#settled?.inTransaction ?? false;
  }

  commit(): void {
    if (this.#settled) statementFor(this.#settled, 'commit').statement.run();
  }

  end(): void {
    if (this.#settled) this.#rollBack(this.#settled);
    this.watched?.ends();
  }

  async #ready(): Promise<Database> {
    const connection = await this.acquireConnection();
    this.#settled = connection;
    // A commit that failed (a full disk) may have left its transaction open.
    this.#rollBack(connection);
    return connection;
  }

  async #during<T>(connection: Database, work: () => Promise<T>, stays: () => boolean): Promise<T> {
    this.#open = { connection, stays };
    try {
      return await work();
    } finally {
      this.#open = null;
    }
  }

  /** Where the engine has rolled back the whole transaction, there is nothing left to go back to. */
  #undo(connection: Database): void {
    if (!connection.inTransaction) return;
    try {
      for (const deed of ['rollback to work', 'release work']) statementFor(connection, deed).statement.run();
    } catch {
      this.#rollBack(connection);
    }
  }

  /** What cannot be rolled back now (a full disk) is rolled back before the next transaction; the reason it failed is what counts. */
  #rollBack(connection: Database): void {
    try {
      if (connection.inTransaction) statementFor(connection, 'rollback').statement.run();
    } catch (fault) {
      if (!connection.inTransaction) throw fault;
    }
  }

  /** What a statement gives back, at once and without Knex; only inside of a transaction. */
  rows(sql: string, bindings: readonly unknown[]): unknown[] {
    const { statement } = this.#prepared(sql);
    if (statement.reader) return statement.all(bindings.map(storable)).map(exact);
    statement.run(bindings.map(storable));
    return [];
  }

  /** How many rows a statement changed, at once and without Knex. */
  changes(sql: string, bindings: readonly unknown[]): number {
    return this.#prepared(sql).statement.run(bindings.map(storable)).changes;
  }

  /** Runs what somebody built with Knex. */
  override runner(builder: { toSQL(): Query | Query[] }): { run: () => Promise<unknown> } {
    return {
      run: async () => {
        const queries = builder.toSQL();
        if (!Array.isArray(queries)) return this.#answer(queries);
        const answers = queries.map((query) => this.#answer(query));
        return answers.length === 1 ? answers[0] : answers;
      },
    };
  }

  #answer(query: Query): unknown {
    try {
      const { statement } = this.#prepared(query.sql);
      if (query.rows) return this.processResponse(runRows(statement, query, query.rows), this);
      const bindings = (query.bindings ?? []).map(storable);
      if (statement.reader) query.response = statement.all(bindings).map(exact);
      else {
        const result = statement.run(bindings);
        query.response = result;
        query.context = { lastID: result.lastInsertRowid, changes: result.changes };
      }
      return this.processResponse(query, this);
    } catch (fault) {
      // The statement without its values: those of people do not belong into messages.
      if (fault instanceof Error) fault.message = `${query.sql} - ${fault.message}`;
      throw fault;
    }
  }

  #prepared(sql: string): Prepared {
    if (!this.#open?.stays()) throw new Error('The transaction is over');
    const prepared = statementFor(this.#open.connection, sql);
    if (prepared.writes !== undefined) this.watched?.writes(prepared.writes);
    return prepared;
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
/** What a commit waits for: 'full' until the disk has it. With 'off' no journal is kept either, and what fails is not undone. */
export type Synchronous = 'full' | 'normal' | 'off';
const synchronousLevels = { full: 2, normal: 1, off: 0 };
const cacheKiB = { reading: 12_288, writing: 24_576 };

/**
 * better-sqlite3 is built to run WAL with synchronous=NORMAL, which loses confirmed work when the power fails. What we ask
 * for is read back: a setting that did not take is a fault at start, not a loss later.
 */
function settle(connection: Database, synchronous: Synchronous): void {
  connection.pragma(`busy_timeout = ${busyTimeoutMs}`);
  const isGuarded = synchronous !== 'off';
  if (!connection.readonly) connection.pragma(`journal_mode = ${isGuarded ? 'WAL' : 'OFF'}`);
  connection.pragma(`synchronous = ${synchronous}`);
  connection.pragma('foreign_keys = ON');
  connection.pragma('recursive_triggers = ON');
  connection.pragma(`cache_size = -${connection.readonly ? cacheKiB.reading : cacheKiB.writing}`);
  // What is filled at once is sorted at once: that may be more than memory has room for.
  connection.pragma(`temp_store = ${isGuarded ? 'MEMORY' : 'FILE'}`);
  const wanted = { ...(isGuarded ? { journal_mode: 'wal' } : {}), synchronous: synchronousLevels[synchronous], foreign_keys: 1 };
  for (const [name, value] of Object.entries(wanted)) {
    const found = connection.pragma(name, { simple: true });
    if (found !== value) throw new Error(`SQLite runs with ${name} = ${found} instead of ${value}`);
  }
}

interface Prepared {
  readonly statement: Statement;
  /** The table it writes, null when it cannot be told which; left out where it writes nothing. */
  readonly writes?: string | null;
}

/** What is prepared on a connection: what was used lately, and what was used before that. */
interface Statements {
  young: Map<string, Prepared>;
  old: Map<string, Prepared>;
}

const youngMax = 300;
const statements = new WeakMap<Database, Statements>();

/** Preparing costs more than running a small query, so the statements used last stay prepared. */
function statementFor(connection: Database, sql: string): Prepared {
  const known = statements.get(connection) ?? { young: new Map(), old: new Map() };
  const ready = known.young.get(sql);
  if (ready) return ready;
  const prepared = known.old.get(sql) ?? prepare(connection, sql);
  if (/^\s*(create|alter|drop|pragma)\b/i.test(sql)) {
    statements.delete(connection);
    return prepared;
  }
  if (known.young.size >= youngMax) {
    known.old = known.young;
    known.young = new Map();
  }
  known.young.set(sql, prepared);
  statements.set(connection, known);
  return prepared;
}

function prepare(connection: Database, sql: string): Prepared {
  const statement = connection.prepare(sql);
  if (/^\s*(select|begin|commit|end|savepoint|release|rollback|pragma|explain)\b/i.test(sql)) return { statement };
  const table = /^\s*(?:insert(?:\s+or\s+\w+)?\s+into|replace\s+into|update(?:\s+or\s+\w+)?|delete\s+from)\s+[`"]?(\w+)/i.exec(sql)?.[1];
  return { statement, writes: table ?? null };
}
