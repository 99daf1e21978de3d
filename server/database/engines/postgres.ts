import knex, { type Knex } from 'knex';
import type { DatabaseRow } from '../codec.ts';
import type { Dialect, Store, StorePlace, TokenGroups } from '../store.ts';
import { noMemory } from '../tableMemory.ts';
import type { TableSpec } from '../tableSpec.ts';
import { OneDoor, refusingFull, retrying } from './oneDoor.ts';
import { ExactPostgresClient, exactTypes } from './postgresClient.ts';
import { readPostgresTables } from './postgresTables.ts';
import { channelPrefix } from './postgresWire.ts';
import { createTableSql, quoted, type Spelling, searchTableOf, tableChanges } from './tableSql.ts';

/** Opens one company's schema in a PostgreSQL database and makes the schema when it is missing. Several servers may share it. */
export async function openPostgres(place: Extract<StorePlace, { engine: 'postgres' }>): Promise<Omit<Store, 'migrate'>> {
  const writer = knexOn(place);
  // Reads have connections of their own: a read inside a write must never wait for the write's connection.
  const reader = knexOn(place);
  const door = new OneDoor();
  const close = async (): Promise<void> => {
    await reader.destroy();
    await writer.destroy();
  };
  try {
    await writer.transaction(async (tx) => {
      await tx.raw('select pg_advisory_xact_lock(?)', [schemaLock]);
      await tx.raw(`create schema if not exists ${quoted(place.schema)}`);
    });
  } catch (fault) {
    await close();
    throw fault;
  }
  return {
    engine: 'postgres',
    place,
    dialect,
    write: (work) =>
      door.enter(() =>
        refusingFull(() => retrying(() => writer.transaction(work, { isolationLevel: 'read committed' }), isTransient), isFull),
      ),
    writing: () => door.count,
    read: (work) => reader.transaction(work, { isolationLevel: 'repeatable read', readOnly: true }),
    // The queries belong to a reading that is under way and wait for the server, not for us.
    readBeside: async (queries) => {
      const answers: DatabaseRow[][] = [];
      for (const query of queries) answers.push((await query) as DatabaseRow[]);
      return answers;
    },
    // PostgreSQL does this by itself within minutes; after a large load nobody wants to wait for it.
    tune: async () => {
      const tables = await reader.transaction((tx) => readPostgresTables(tx));
      for (const { name } of tables) await door.enter(() => writer.transaction((tx) => tx.raw(`analyze ${quoted(name)}`)));
      return tables.length;
    },
    // Several servers may share the database.
    memory: noMemory,
    close,
  };
}

/** Removes a schema with everything in it, if it is there. */
export const dropSchema = (url: string, schema: string): Promise<void> =>
  once(url, async (tx) => {
    await tx.raw(`drop schema if exists ${quoted(schema)} cascade`);
  });

/** Whether the schema is there. Makes nothing. */
export const hasSchema = ({ url, schema }: Extract<StorePlace, { engine: 'postgres' }>): Promise<boolean> =>
  once(url, (tx) => isThere(tx, schema));

const isThere = async (tx: Knex.Transaction, schema: string): Promise<boolean> =>
  ((await tx.raw('select 1 from pg_namespace where nspname = ?', [schema])) as { rows: unknown[] }).rows.length > 0;

/** Renames `from` to `to`, and what was called `to` before to `aside`, both or neither; does nothing when there is no `from`. */
export const replaceSchema = (url: string, { from, to, aside }: { from: string; to: string; aside: string }): Promise<void> =>
  once(url, async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [schemaLock]);
    if (!(await isThere(tx, from))) return;
    if (await isThere(tx, to)) await tx.raw(`alter schema ${quoted(to)} rename to ${quoted(aside)}`);
    await tx.raw(`alter schema ${quoted(from)} rename to ${quoted(to)}`);
  });

async function once<T>(url: string, work: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
  const database = knexOn({ url, schema: 'public' });
  try {
    return await database.transaction(work);
  } finally {
    await database.destroy();
  }
}

const connectionsMax = 10;
// Any number will do, as long as every server of ours uses the same.
const schemaLock = 7_234_501;

function knexOn(place: { url: string; schema: string }): Knex {
  return knex({
    client: ExactPostgresClient,
    connection: { connectionString: place.url, types: exactTypes } as Knex.PgConnectionConfig,
    searchPath: [place.schema],
    pool: { min: 0, max: connectionsMax },
    // Values of people do not belong into messages of faults.
    compileSqlOnError: false,
  });
}

const codeOf = (fault: unknown): unknown => (fault as { code?: unknown } | null)?.code;

// 53100 is disk_full.
const isFull = (fault: unknown): boolean => codeOf(fault) === '53100';

const isTransient = (fault: unknown): boolean => codeOf(fault) === '40001' || codeOf(fault) === '40P01';

// "C" compares bytes, as SQLite does: both engines put text into one order, and prefixes use the index.
const spelling: Spelling = {
  types: { integer: 'bigint', text: 'text collate "C"' },
  counter: 'bigint generated by default as identity primary key',
  ending: '',
};

const dialect: Dialect = {
  forUpdate: (query) => query.forUpdate(),
  forUpdateText: ' for update',
  indexTokens: async (tx, table, id, tokens) => {
    await tx(searchTableOf(table)).where({ id }).delete();
    if (tokens.length > 0) await indexRows(tx, table, [{ id, tokens }]);
  },
  indexManyTokens: async (tx, table, rows) => {
    for (let start = 0; start < rows.length; start += 500) await indexRows(tx, table, rows.slice(start, start + 500));
  },
  matching: (tx, table, groups) =>
    tx(searchTableOf(table))
      .whereRaw('tokens @@ ?::tsquery', [matchText(groups)])
      .select('id'),
  createSearchIndex: async (tx, table) => {
    const search = searchTableOf(table);
    await tx.raw(`create table ${quoted(search)} ("id" bigint primary key, "tokens" tsvector not null)`);
    await tx.raw(`create index ${quoted(`${search}_tokens`)} on ${quoted(search)} using gin ("tokens")`);
  },
  orderBy: (column, direction) => (direction === 'ascending' ? `${column} asc nulls last` : `${column} desc nulls first`),
  uniqueViolation: (error) => {
    if (codeOf(error) !== '23505') return null;
    const { table, detail = '' } = error as { table?: string; detail?: string };
    const columns = /^Key \(([^)]*)\)/.exec(detail)?.[1] ?? '';
    return { table, columns: columns.split(', ').map((name) => name.replaceAll('"', '')) };
  },
  createTable: async (tx, table) => {
    for (const sql of [...createTableSql(table, spelling), ...guards(table)]) await tx.raw(sql);
    if (table.searched) await dialect.createSearchIndex(tx, table.name);
  },
  ...tableChanges(spelling),
  readTables: readPostgresTables,
  sizeBytes: async (tx) => {
    const { rows } = (await tx.raw(
      `select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = current_schema() and c.relkind = 'r'`,
    )) as { rows: { bytes: number }[] };
    return rows[0]?.bytes ?? 0;
  },
  integrity: async (tx) => {
    const { rows } = (await tx.raw(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = current_schema() and not (i.indisvalid and i.indisready) order by c.relname limit 20`,
    )) as { rows: { name: string }[] };
    const broken = (await tx.raw(
      'select coalesce(checksum_failures, 0) as count from pg_stat_database where datname = current_database()',
    )) as { rows: { count: number }[] };
    const failures = Number(broken.rows[0]?.count ?? 0);
    return [...rows.map(({ name }) => `index ${name} is not valid`), ...(failures > 0 ? [`${failures} pages with wrong checksums`] : [])];
  },
  lastGiven: async (tx, table) => {
    const sequence = await sequenceOf(tx, table);
    const { rows } = (await tx.raw(`select last_value as last, is_called from ${sequence}`)) as {
      rows: { last: number; is_called: boolean }[];
    };
    return rows[0]?.is_called ? rows[0].last : 0;
  },
  goOnAfter: async (tx, table, last) => {
    // A sequence knows no 0: before the first number it stands at 1 and was not called.
    await tx.raw('select setval(?::regclass, ?, ?)', [await sequenceOf(tx, table), Math.max(1, last), last > 0]);
  },
  tell: async (tx, word) => {
    await tx.raw('select pg_notify(? || current_schema(), ?)', [channelPrefix, word]);
  },
  holdSchema: async (tx) => {
    await tx.raw('select pg_advisory_xact_lock(?)', [schemaLock]);
  },
};

async function sequenceOf(tx: Knex, table: TableSpec): Promise<string> {
  const { rows } = (await tx.raw('select pg_get_serial_sequence(?, ?) as name', [quoted(table.name), table.primaryKey[0] ?? 'id'])) as {
    rows: { name: string }[];
  };
  if (!rows[0]) throw new Error(`${table.name} does not count up`);
  return rows[0].name;
}

function guards(table: TableSpec): string[] {
  if (!table.appendOnly) return [];
  const refuse = quoted(`${table.name}_refuse`);
  const trigger = (name: string, when: string, each: string): string =>
    `create trigger ${quoted(`${table.name}_${name}`)} before ${when} on ${quoted(table.name)} for each ${each} execute function ${refuse}()`;
  return [
    `create function ${refuse}() returns trigger language plpgsql as $$ begin raise exception '${table.name} can only be added to'; end $$`,
    trigger('no_change', 'update or delete', 'row'),
    trigger('no_truncate', 'truncate', 'statement'),
  ];
}

async function indexRows(tx: Knex, table: string, rows: readonly { id: number; tokens: readonly string[] }[]): Promise<void> {
  const filled = rows.filter((row) => row.tokens.length > 0);
  if (filled.length === 0) return;
  const places = filled.map(() => '(?::bigint, array_to_tsvector(?::text[]))').join(', ');
  await tx.raw(
    `insert into ${quoted(searchTableOf(table))} ("id", "tokens") values ${places}`,
    filled.flatMap((row) => [row.id, [...row.tokens]]),
  );
}

function matchText(groups: TokenGroups): string {
  const one = (of: TokenGroups[number][number]): string =>
    `'${of.token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${of.prefix ? ':*' : ''}`;
  return groups.map((group) => `(${group.map(one).join(' | ')})`).join(' & ');
}
