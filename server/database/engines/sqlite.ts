import knex, { type Knex } from 'knex';
import type { Dialect, Store, StorePlace, TokenGroups } from '../store.ts';
import type { TableSpec } from '../tableSpec.ts';
import { lockDatabase } from './databaseLock.ts';
import { refuseNetworkFolder } from './networkFolder.ts';
import { OneDoor, refusingFull, retrying } from './oneDoor.ts';
import { ExactSqliteClient } from './sqliteClient.ts';
import { readSqliteTables } from './sqliteTables.ts';
import { addColumnSql, createIndexSql, createTableSql, quoted, type Spelling, searchTableOf } from './tableSql.ts';

/**
 * Opens a SQLite database: one connection that writes, up to four that only read beside it. Refuses
 * 'database.networkFolder' {folder} and 'database.inUse' {pid, host, since} while another server holds it.
 */
export async function openSqlite(place: Extract<StorePlace, { engine: 'sqlite' }>): Promise<Omit<Store, 'migrate'>> {
  refuseNetworkFolder(place.file);
  const lock = place.readOnly ? null : lockDatabase(place.file);
  const writer = place.readOnly ? null : knexOn(place.file, false);
  const readers = knexOn(place.file, true);
  const door = new OneDoor();
  const close = async (): Promise<void> => {
    await readers.destroy();
    await writer?.destroy();
    lock?.release();
  };
  try {
    // The first connection creates the file and proves the settings; readers need both.
    await (writer ?? readers).raw('select 1');
  } catch (fault) {
    await close();
    throw fault;
  }
  return {
    engine: 'sqlite',
    dialect,
    write: async (work) => {
      if (!writer) throw new Error('This database is open for reading only');
      return door.enter(() => refusingFull(() => retrying(() => writer.transaction(work), isBusy), isFull));
    },
    read: (work) => readers.transaction(work),
    close,
  };
}

// A long import may keep the writer busy; whoever waits behind it is served in turn.
const patienceMs = 600_000;

function knexOn(file: string, readonly: boolean): Knex {
  return knex({
    client: ExactSqliteClient,
    connection: { filename: file, options: { readonly } },
    pool: { min: 1, max: readonly ? 4 : 1 },
    acquireConnectionTimeout: patienceMs,
    useNullAsDefault: true,
    // Values of people do not belong into messages of faults.
    compileSqlOnError: false,
  });
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
  indexTokens: async (tx, table, id, tokens) => {
    await tx(searchTableOf(table)).where({ rowid: id }).delete();
    if (tokens.length > 0) await tx(searchTableOf(table)).insert({ rowid: id, tokens: tokens.join(' ') });
  },
  indexManyTokens: async (tx, table, rows) => {
    for (let start = 0; start < rows.length; start += 200) {
      const some = rows.slice(start, start + 200).map(({ id, tokens }) => ({ rowid: id, tokens: tokens.join(' ') }));
      await tx(searchTableOf(table)).insert(some);
    }
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
  addColumn: async (tx, table, column) => {
    await tx.raw(addColumnSql(table, column, spelling));
  },
  createIndex: async (tx, table, index) => {
    await tx.raw(createIndexSql(table, index));
  },
  readTables: readSqliteTables,
  // There is one writer, and it is us.
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
