import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { clock } from '../../server/clock.ts';
import { createTables, openStore } from '../../server/database/openStore.ts';
import type { Store, StorePlace } from '../../server/database/store.ts';
import { tablesFor } from '../../server/database/tables.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { copyOfPostgresDatabase, newPostgresDatabase, preparedPostgresDatabase } from '../support/postgresDatabase.ts';

/** A kind of database for `describe.each(stores)`. */
export type StoreKind = {
  name: 'sqlite' | 'postgres';
  /** Opens an empty database of its own; `close` also removes it. */
  open(): Promise<Store>;
  /** Opens a database like the one that `fill` makes the first time in a run somebody asks for this name. */
  openLike: ((name: string, fill: (store: Store) => Promise<void>) => Promise<Store>) | null;
  /** Where a new empty database may be opened, and how its traces are removed. */
  newPlace(): Promise<{ place: StorePlace; remove: () => void }>;
};

let postgresUrl: Promise<string> | undefined;
let schemas = 0;

const sqlite: Omit<StoreKind, 'open'> = {
  name: 'sqlite',
  openLike: async (name, fill) => {
    const like = join(inject('runFolder'), `${name}.sqlite`);
    if (!existsSync(like)) {
      const making = `${like}.${process.pid}`;
      await filledAt({ engine: 'sqlite', file: making }, fill);
      renameSync(making, like);
    }
    const { place, remove } = await sqlite.newPlace();
    if (place.engine === 'sqlite') copyFileSync(like, place.file);
    return removedWhenClosed(await openStore(place), remove);
  },
  newPlace: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-store-'));
    return {
      place: { engine: 'sqlite', file: join(folder, 'company.sqlite') },
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

const schema = 'company_1';

const postgres: Omit<StoreKind, 'open'> = {
  name: 'postgres',
  openLike: async (name, fill) => {
    const like = await preparedPostgresDatabase(name, (url) => filledAt({ engine: 'postgres', url, schema }, fill));
    const { url, drop } = await copyOfPostgresDatabase(like);
    return removedWhenClosed(await openStore({ engine: 'postgres', url, schema }), drop);
  },
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
    return removedWhenClosed(await openStore(place), remove);
  },
}));

const realNow = clock.now;

/** What all files of a run share is made under the real clock, whatever the clock of the file that asks first. */
async function filledAt(place: StorePlace, fill: (store: Store) => Promise<void>): Promise<void> {
  const askersNow = clock.now;
  clock.now = realNow;
  const store = await openStore(place);
  try {
    await fill(store);
  } finally {
    await store.close();
    clock.now = askersNow;
  }
}

const removedWhenClosed = (store: Store, remove: () => void | Promise<void>): Store => ({
  ...store,
  close: async () => {
    await store.close();
    await remove();
  },
});

/** An open empty database with the tables of these definitions and the system's own, no migration involved. */
export async function openWith(kind: StoreKind, definitions: readonly Definition[]): Promise<Store> {
  const store = await kind.open();
  await store.write(async (tx) => {
    for (const table of tablesFor([])) await store.dialect.createTable(tx, table);
  });
  await createTables(store, definitions);
  return store;
}
