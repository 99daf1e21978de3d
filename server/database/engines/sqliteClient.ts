import type { Database, Statement } from 'better-sqlite3';
import BetterSqliteClient from 'knex/lib/dialects/better-sqlite3/index.js';
import { exactBinding, exactFromDouble } from './exactNumbers.ts';

/** Knex's client, with durable connections, exact numbers, prepared statements that are kept, and writes that begin at once. */
export class ExactSqliteClient extends BetterSqliteClient {
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
    const bindings = (query.bindings ?? []).map(storable);
    const statement = statementFor(connection, query.sql);
    if (statement.reader) {
      query.response = statement.all(bindings).map(exact);
      return query;
    }
    const result = statement.run(bindings);
    query.response = result;
    query.context = { lastID: result.lastInsertRowid, changes: result.changes };
    return query;
  }

  override queryCompiler(builder: unknown, formatter?: unknown) {
    const compiler = super.queryCompiler(builder, formatter);
    const insertOne = compiler.insert.bind(compiler);
    const isMany = (): boolean => Array.isArray(compiler.single.insert) && compiler.single.insert.length > 1;
    compiler.insert = () => (isMany() ? insertMany(compiler) : insertOne());
    return compiler;
  }

  override transaction(container: unknown, config: unknown, outerTx: unknown) {
    const transaction = super.transaction(container, config, outerTx);
    transaction.begin = (connection) => {
      // A commit that failed (a full disk) may have left its transaction open.
      const database = connection as Database;
      if (database.inTransaction) database.exec('rollback');
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

type Query = { sql: string; bindings?: unknown[]; response?: unknown; context?: unknown };

const busyTimeoutMs = 2000;
const cacheKiB = 32_768;

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
  connection.pragma(`cache_size = -${cacheKiB}`);
  connection.pragma('temp_store = MEMORY');
  const wanted = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 };
  for (const [name, value] of Object.entries(wanted)) {
    const found = connection.pragma(name, { simple: true });
    if (found !== value) throw new Error(`SQLite runs with ${name} = ${found} instead of ${value}`);
  }
}

const statementsMax = 400;
const statements = new WeakMap<Database, Map<string, Statement>>();

/** Preparing costs more than running a small query, so the statements used last stay prepared. */
function statementFor(connection: Database, sql: string): Statement {
  const known = statements.get(connection) ?? new Map<string, Statement>();
  statements.set(connection, known);
  if (/^\s*(create|alter|drop|pragma)\b/i.test(sql)) {
    known.clear();
    return connection.prepare(sql);
  }
  const statement = known.get(sql) ?? connection.prepare(sql);
  known.delete(sql);
  known.set(sql, statement);
  if (known.size > statementsMax) known.delete(known.keys().next().value ?? '');
  return statement;
}

/** Numbers beyond 32 bits would be bound as doubles and make sums inexact. */
function storable(value: unknown): unknown {
  const exactValue = exactBinding(value);
  return typeof exactValue === 'number' && exactValue !== (exactValue | 0) ? BigInt(exactValue) : exactValue;
}

function exact(row: unknown): unknown {
  const cells = row as Record<string, unknown>;
  for (const name in cells) {
    const value = cells[name];
    if (typeof value === 'number') exactFromDouble(value);
  }
  return row;
}
