import { existsSync } from 'node:fs';
import type { Definition } from '../../shared/kernel/definition.ts';
import { flushFile } from '../files.ts';
import { lockDatabase } from './engines/databaseLock.ts';
import { dropSchema, hasSchema, openPostgres, replaceSchema } from './engines/postgres.ts';
import { openPostgresWire } from './engines/postgresWire.ts';
import { openSqlite } from './engines/sqlite.ts';
import { migrate, schemaStanding } from './migrate.ts';
import type { Store, StorePlace } from './store.ts';
import { tablesOf } from './tables.ts';
import { type Ears, loneWire, type Wire } from './wire.ts';

/**
 * Opens a company's database; the caller closes it. SQLite refuses 'database.networkFolder' {folder, fileSystem} and, while
 * another server holds the database, 'database.inUse' {pid, host, since}.
 */
export async function openStore(place: StorePlace): Promise<Store> {
  const store = place.engine === 'sqlite' ? await openSqlite(place) : await openPostgres(place);
  return { ...store, migrate: (following) => migrate(store, following) };
}

/**
 * Fills an empty place that nobody uses yet and is thrown away when this fails: nothing waits for the disk before all of it is there and
 * flushed. Gives what `fill` gives.
 */
export async function fillPlace<T>(place: StorePlace, fill: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place.engine === 'sqlite' ? { ...place, unguarded: true } : place);
  let filled: T;
  try {
    filled = await fill(store);
  } finally {
    await store.close();
  }
  if (place.engine === 'sqlite') await flushFile(place.file);
  return filled;
}

/**
 * Whether a company's database is new, behind this program or up to date, told by reading alone: its files stay as they are. Refuses
 * 'database.newer' {found, known, version}.
 */
export async function standingAt(place: StorePlace): Promise<'empty' | 'older' | 'current'> {
  if (!(place.engine === 'sqlite' ? existsSync(place.file) : await hasSchema(place))) return 'empty';
  const store = await openStore(place.engine === 'sqlite' ? { ...place, readOnly: true } : place);
  try {
    return await schemaStanding(store);
  } finally {
    await store.close();
  }
}

/** Connects this process with the others that keep the same database; the caller closes it. */
export const openWire = async (place: StorePlace, ears: Ears): Promise<Wire> =>
  place.engine === 'postgres' ? openPostgresWire(place, ears) : loneWire();

/** Makes the tables of definitions that no migration knows. */
export async function createTables(store: Store, definitions: readonly Definition[]): Promise<void> {
  await store.write(async (tx) => {
    for (const table of definitions.flatMap(tablesOf)) await store.dialect.createTable(tx, table);
  });
}

/** Takes a SQLite database for this process alone until it is given back, whatever its state. Refuses 'database.inUse' {pid, host, since}. */
export const holdDatabase = (place: StorePlace): (() => void) => {
  if (place.engine === 'postgres' || !existsSync(place.file)) return () => undefined;
  const lock = lockDatabase(place.file);
  return () => lock.release();
};

/** Removes what an unfinished restore has left in a place of PostgreSQL. Folders of SQLite are the caller's matter. */
export const clearPlace = (place: StorePlace): Promise<void> =>
  place.engine === 'postgres' ? dropSchema(place.url, place.schema) : Promise.resolve();

/** Puts a company's schema in the place of another of the same database, which is kept under the name `aside`; nothing happens when it was done. */
export const replacePlace = (from: StorePlace, to: StorePlace, aside: string): Promise<void> =>
  from.engine === 'postgres' && to.engine === 'postgres'
    ? replaceSchema(from.url, { from: from.schema, to: to.schema, aside: `${to.schema}_${aside}` })
    : Promise.resolve();
