import knex, { type Knex } from 'knex';
import type { Dialect, Store, StorePlace, TokenGroups } from '../store.ts';
import { noMemory, WatchedTables } from '../tableMemory.ts';
import type { TableSpec } from '../tableSpec.ts';
import { lockDatabase } from './databaseLock.ts';
import { GroupWriter } from './groupWriter.ts';
import { insertInto } from './insertInto.ts';
import { refuseNetworkFolder } from './networkFolder.ts';
import { OneDoor, refusingFull, retrying } from './oneDoor.ts';
import { countOf } from './rowsOf.ts';
import { SqliteBeside } from './sqliteBeside.ts';
import { SqliteClient, type Synchronous } from './sqliteClient.ts';
import { readSqliteTables } from './sqliteTables.ts';
import { createTableSql, quoted, type Spelling, searchTableOf, tableChanges } from './tableSql.ts';

/**
 * Opens a SQLite database: one connection that writes, up to four that only read beside it. Refuses
 * 'database.networkFolder' {folder} and 'database.inUse' {pid, host, since} while another server holds it. `synchronous` is what a
 * commit waits for; anything but 'full' loses confirmed work when the power fails, which a test of power cuts has to see.
 */
export async function openSqlite(
  place: SqlitePlace,
  { synchronous = 'full' }: { synchronous?: Synchronous } = {},
): Promise<Omit<Store, 'migrate'>> {
  refuseNetworkFolder(place.file);
  const lock = place.readOnly ? null : lockDatabase(place.file);
  const memory = new WatchedTables();
  const writer = place.readOnly ? null : new SqliteWriter(place, memory, synchronous);
  const readers = new SqliteReaders(place, memory);
  const beside = new SqliteBeside(place.file);
  const door = new OneDoor();
  const close = async (): Promise<void> => {
    await beside.close();
    await readers.close();
    await writer?.close();
    lock?.release();
  };
  try {
    // The first connection creates the file and proves the settings; readers need both.
    await (writer ? writer.open() : readers.read(async () => undefined));
  } catch (fault) {
    await close();
    throw fault;
  }
  return {
    engine: 'sqlite',
    place,
    dialect,
    write: async (work) => {
      if (!writer) throw new Error('This database is open for reading only');
      return door.enter((isInside) => refusingFull(() => retrying(() => writer.write(work, isInside), isBusy), isFull));
    },
    writing: () => door.count,
    read: (work) => readers.read(work),
    readBeside: (queries) => beside.read(queries.map((query) => query.toSQL().toNative())),
    tune: async () => {
      if (!writer) return 0;
      const due = await door.enter((isInside) => writer.write(dueAnalyses, isInside));
      for (const sql of due) await door.enter((isInside) => writer.write((tx) => tx.raw(sql), isInside));
      if (due.length > 0) await readers.renew();
      return due.length;
    },
    // A worker that only reads hears nothing of what the server writes.
    memory: place.readOnly ? noMemory : memory,
    close,
  };
}

type SqlitePlace = Extract<StorePlace, { engine: 'sqlite' }>;

const knexOn = (place: SqlitePlace, of: { readonly: boolean; watched?: WatchedTables; synchronous?: Synchronous }): Knex =>
  knex({
    client: SqliteClient,
    connection: { filename: place.file, options: { readonly: of.readonly } } as Knex.StaticConnectionConfig,
    watched: of.watched,
    synchronous: place.unguarded ? 'off' : of.synchronous,
    pool: { min: 1, max: 1 },
    useNullAsDefault: true,
  } as Knex.Config);

/** The connection that writes: one work after the other. A long import keeps it busy; whoever waits behind is served in turn. */
class SqliteWriter {
  readonly #knex: Knex;
  readonly #memory: WatchedTables;
  readonly #group: GroupWriter;

  constructor(place: SqlitePlace, memory: WatchedTables, synchronous: Synchronous) {
    this.#knex = knexOn(place, { readonly: false, watched: memory, synchronous });
    this.#memory = memory;
    this.#group = new GroupWriter(this.#knex.client as SqliteClient);
  }

  async open(): Promise<void> {
    await (this.#knex.client as SqliteClient).acquireConnection();
  }

  /** Only whoever stands inside the write may use its transaction. */
  write<T>(work: (tx: Knex.Transaction) => Promise<T>, isInside: () => boolean): Promise<T> {
    const tx = this.#knex as Knex.Transaction;
    const run = () => {
      this.#memory.begins(tx);
      return work(tx);
    };
    return this.#group.write(run, isInside);
  }

  async close(): Promise<void> {
    await this.#group.close();
    // Closing would copy into the database what a failed flush may have left nowhere but in memory; the next opening reads the disk.
    if (!this.#group.isBroken) await this.#knex.destroy();
  }
}

// So many rows of an index tell enough; all of them would take minutes where there are millions.
const analysisRows = 1000;

/** What SQLite would analyze now: tables that have grown or shrunk tenfold since, or were never looked at. */
async function dueAnalyses(tx: Knex): Promise<string[]> {
  await tx.raw(`pragma analysis_limit = ${analysisRows}`);
  // 0x01 tells instead of doing, 0x02 stands for analyzing, 0x10000 for all tables and not only those asked lately.
  const rows = (await tx.raw('pragma optimize(0x10003)')) as Record<string, string>[];
  return rows.flatMap((row) => Object.values(row)).filter((sql) => /^analyze\b/i.test(sql));
}

const readersMax = 4;

/** The connections that only read: each serves one reading at a time, whoever finds none free waits in turn. */
class SqliteReaders {
  readonly #all: Knex[] = [];
  readonly #free: Knex[] = [];
  readonly #stale = new Set<Knex>();
  readonly #waiting: ((reader: Knex) => void)[] = [];
  readonly #place: SqlitePlace;
  readonly #memory: WatchedTables;
  #isClosed = false;

  constructor(place: SqlitePlace, memory: WatchedTables) {
    this.#place = place;
    this.#memory = memory;
  }

  async read<T>(work: (tx: Knex) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new Error('The database was closed');
    const reader = this.#free.pop() ?? this.#open() ?? (await new Promise<Knex>((resolve) => this.#waiting.push(resolve)));
    try {
      this.#memory.begins(reader);
      return await (reader.client as SqliteClient).reading(() => work(reader));
    } finally {
      await this.#release(reader);
    }
  }

  async #release(reader: Knex): Promise<void> {
    if (this.#stale.has(reader)) await this.#retire(reader);
    const free = this.#all.includes(reader) ? reader : undefined;
    const next = this.#waiting.shift();
    const given = next ? (free ?? this.#open()) : undefined;
    if (next && given) next(given);
    else if (next) this.#waiting.unshift(next);
    else if (free) this.#free.push(free);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const reader of this.#all) await reader.destroy();
  }

  /** Opens every connection anew, each as soon as it is free: statistics are read when a connection opens. */
  async renew(): Promise<void> {
    for (const reader of [...this.#all]) this.#stale.add(reader);
    for (const reader of this.#free.splice(0)) await this.#retire(reader);
  }

  async #retire(reader: Knex): Promise<void> {
    this.#stale.delete(reader);
    this.#all.splice(this.#all.indexOf(reader), 1);
    await reader.destroy();
  }

  #open(): Knex | undefined {
    if (this.#all.length >= readersMax) return undefined;
    const reader = knexOn(this.#place, { readonly: true });
    this.#all.push(reader);
    return reader;
  }
}

const codeOf = (fault: unknown): string => String((fault as { code?: unknown } | null)?.code);

const isBusy = (fault: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(fault));

const isFull = (fault: unknown): boolean => codeOf(fault) === 'SQLITE_FULL';

const spelling: Spelling = {
  types: { integer: 'integer', text: 'text' },
  counter: 'integer not null primary key autoincrement',
  ending: ' strict',
};

const dialect: Dialect = {
  forUpdate: (query) => query,
  forUpdateText: '',
  indexTokens: async (tx, table, id, tokens) => {
    await countOf(tx, `delete from ${quoted(searchTableOf(table))} where "rowid" = ?`, [id]);
    if (tokens.length > 0) await insertInto(tx, searchTableOf(table), [{ rowid: id, tokens: tokens.join(' ') }]);
  },
  indexManyTokens: async (tx, table, rows) => {
    const filled = rows.filter(({ tokens }) => tokens.length > 0);
    const entries = filled.map(({ id, tokens }) => ({ rowid: id, tokens: tokens.join(' ') }));
    await insertInto(tx, searchTableOf(table), entries);
  },
  matching: (tx, table, groups) =>
    tx(searchTableOf(table))
      .whereRaw('?? match ?', [searchTableOf(table), matchText(groups)])
      .select('rowid as id'),
  createSearchIndex: async (tx, table) => {
    // Only "which record has this token" is asked, so neither the text nor positions are kept. Every token carries its kind
    // in front, so that the prefixes of 2 and 3 serve the first and second letter that a person types.
    await tx.raw(
      `create virtual table ${quoted(searchTableOf(table))} using fts5(tokens, content='', contentless_delete=1, detail=none, prefix='2 3', ` +
        `tokenize="unicode61 remove_diacritics 0 categories 'L* N* S* M* Co'")`,
    );
  },
  orderBy: (column, direction) => (direction === 'ascending' ? `${column} asc nulls last` : `${column} desc nulls first`),
  uniqueViolation: (error) => {
    const names = /UNIQUE constraint failed: (.+)$/.exec(error instanceof Error ? error.message : '')?.[1]?.split(', ');
    if (!names) return null;
    return { table: names[0]?.split('.')[0], columns: names.map((name) => name.split('.')[1] ?? name) };
  },
  createTable: async (tx, table) => {
    for (const sql of [...createTableSql(table, spelling), ...guards(table)]) await tx.raw(sql);
    if (table.searched) await dialect.createSearchIndex(tx, table.name);
  },
  ...tableChanges(spelling),
  readTables: readSqliteTables,
  sizeBytes: async (tx) => {
    const [row] = (await tx.raw('select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()')) as {
      bytes: number;
    }[];
    return row?.bytes ?? 0;
  },
  integrity: async (tx) => {
    const pages = (await tx.raw('pragma integrity_check(20)')) as { integrity_check: string }[];
    const links = (await tx.raw('select "table", "rowid", "parent" from pragma_foreign_key_check limit 20')) as Record<string, unknown>[];
    return [
      ...pages.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...links.map((row) => `${row.table} ${row.rowid} points to a missing row of ${row.parent}`),
    ];
  },
  lastGiven: async (tx, { name }) => {
    const [row] = (await tx.raw('select seq from sqlite_sequence where name = ?', [name])) as { seq: number }[];
    return row?.seq ?? 0;
  },
  goOnAfter: async (tx, { name }, last) => {
    await tx.raw('delete from sqlite_sequence where name = ?', [name]);
    await tx.raw('insert into sqlite_sequence (name, seq) values (?, ?)', [name, last]);
  },
  // There is one writer, and it is us.
  // Nobody else writes a SQLite database.
  tell: async () => undefined,
  holdSchema: async () => undefined,
};

function guards(table: TableSpec): string[] {
  if (!table.appendOnly) return [];
  return ['update', 'delete'].map(
    (deed) =>
      `create trigger ${quoted(`${table.name}_no_${deed}`)} before ${deed} on ${quoted(table.name)} ` +
      `begin select raise(abort, '${table.name} can only be added to'); end`,
  );
}

function matchText(groups: TokenGroups): string {
  const one = (of: TokenGroups[number][number]): string => `"${of.token.replaceAll('"', '""')}"${of.prefix ? ' *' : ''}`;
  return groups.map((group) => `(${group.map(one).join(' OR ')})`).join(' AND ');
}
