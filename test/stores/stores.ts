import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables, openStore } from '../../server/database/openStore.ts';
import type { Store, StorePlace } from '../../server/database/store.ts';
import { tablesFor } from '../../server/database/tables.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { newPostgresDatabase } from '../support/postgresDatabase.ts';

/** A kind of database for `describe.each(stores)`. */
export type StoreKind = {
  name: 'sqlite' | 'postgres';
  /** Opens an empty database of its own; `close` also removes it. */
  open(): Promise<Store>;
  /** Where a new empty database may be opened, and how its traces are removed. */
  newPlace(): Promise<{ place: StorePlace; remove: () => void }>;
};

let postgresUrl: Promise<string> | undefined;
let schemas = 0;

const sqlite: Omit<StoreKind, 'open'> = {
  name: 'sqlite',
  newPlace: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-store-'));
    return {
      place: { engine: 'sqlite', file: join(folder, 'company.sqlite') },
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

const postgres: Omit<StoreKind, 'open'> = {
  name: 'postgres',
  newPlace: async () => {
    postgresUrl ??= newPostgresDatabase();
    return { place: { engine: 'postgres', url: await postgresUrl, schema: `company_${++schemas}` }, remove: () => undefined };
  },
};

/** Both engines the product runs on. */
export const stores: StoreKind[] = [sqlite, postgres].map((kind) => ({
  ...kind,
  open: async () => {
    const { place, remove } = await kind.newPlace();
    const store = await openStore(place);
    return {
      ...store,
      close: async () => {
        await store.close();
        remove();
      },
    };
  },
}));

/** An open empty database with the tables of these definitions and the system's own, no migration involved. */
export async function openWith(kind: StoreKind, definitions: readonly Definition[]): Promise<Store> {
  const store = await kind.open();
  await store.write(async (tx) => {
    for (const table of tablesFor([])) await store.dialect.createTable(tx, table);
  });
  await createTables(store, definitions);
  return store;
}
