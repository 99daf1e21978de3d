import type { Definition } from '../../shared/kernel/definition.ts';
import { openPostgres } from './engines/postgres.ts';
import { openSqlite } from './engines/sqlite.ts';
import { migrate } from './migrate.ts';
import type { Store, StorePlace } from './store.ts';
import { tablesOf } from './tables.ts';

/**
 * Opens a company's database; the caller closes it. SQLite refuses 'database.networkFolder' {folder, fileSystem} and, while
 * another server holds the database, 'database.inUse' {pid, host, since}.
 */
export async function openStore(place: StorePlace): Promise<Store> {
  const store = place.engine === 'sqlite' ? await openSqlite(place) : await openPostgres(place);
  return { ...store, migrate: () => migrate(store) };
}

/** Makes the tables of definitions that no migration knows. */
export async function createTables(store: Store, definitions: readonly Definition[]): Promise<void> {
  await store.write(async (tx) => {
    for (const table of definitions.flatMap(tablesOf)) await store.dialect.createTable(tx, table);
  });
}
