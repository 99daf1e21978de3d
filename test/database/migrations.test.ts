import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../../server/database/migrate.ts';
import type { Migration } from '../../server/database/migration.ts';
import { migrations } from '../../server/database/migrations/index.ts';
import { stepsBetween } from '../../server/database/schemaSteps.ts';
import type { Store } from '../../server/database/store.ts';
import { readTable, type TableSpec, writeTable } from '../../server/database/tableSpec.ts';
import { tablesFor } from '../../server/database/tables.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { stores } from '../stores/stores.ts';

/** Tables as text, sorted, so that a difference reads like one. */
const textOf = (tables: readonly TableSpec[]): string[] =>
  tables
    .map((table) => ({ ...table, columns: [...table.columns].sort(byName), indexes: [...table.indexes].sort(byName) }))
    .map(writeTable)
    .sort();
const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

const birds = `table birds
  id integer, name text, wings integer = 2`;
const first: Migration = {
  number: 1,
  name: 'birds',
  steps: [{ createTable: writeTable(tablesFor([]).find((t) => t.name === 'migrations')!) }, { createTable: birds }],
};

describe.each(stores)('the schema on $name', (kind) => {
  let store: Store;
  beforeEach(async () => {
    store = await kind.open();
  });
  afterEach(() => store.close());
  const tables = () => store.read((tx) => store.dialect.readTables(tx));
  const names = async () => (await tables()).map((table) => table.name).sort();

  test('a migrated empty database is what the definitions ask for', async () => {
    await store.migrate();
    expect(textOf(await tables())).toEqual(textOf(tablesFor(catalogue.definitions)));
  });

  test('migrating again changes nothing', async () => {
    await store.migrate();
    await store.migrate();
    expect(await store.read((tx) => tx('migrations').orderBy('number').pluck('number'))).toEqual(migrations.map((one) => one.number));
  });

  test('a database newer than the program is refused and left as it is', async () => {
    await store.migrate();
    await store.write(
      async (tx) => void (await tx('migrations').insert({ number: 999, name: 'future', at: '2030-01-01T00:00:00.000Z', version: '9.0.0' })),
    );
    const before = await tables();
    const known = migrations.at(-1)!.number;
    await expect(store.migrate()).rejects.toMatchObject({ code: 'database.newer', facts: { found: 999, known, version: '9.0.0' } });
    expect(await tables()).toEqual(before);
  });

  test('migrations happen all together or not at all', async () => {
    const broken: Migration = {
      number: 2,
      name: 'broken',
      steps: [{ createTable: 'table nests\n id integer, eggs integer' }, { sql: 'update nowhere set x = 1' }],
    };
    await expect(migrate(store, { migrations: [first, broken] })).rejects.toThrow(/nowhere/);
    expect(await names()).toEqual([]);
  });

  test('a later migration adds to what people have stored', async () => {
    await migrate(store, { migrations: [first] });
    await store.write(async (tx) => void (await tx('birds').insert({ name: 'swan' })));
    const wanted = readTable(`table birds
      id integer, name text, wings integer = 2, song text?, caged integer = 0
      index birds_song_id (song, id)
      unique birds_name_unique (name) where caged = 0
      searched`);
    const steps = stepsBetween([readTable(birds)], [wanted]);
    await migrate(store, { migrations: [first, { number: 2, name: 'songs', steps }] });
    expect(textOf((await tables()).filter((table) => table.name === 'birds'))).toEqual(textOf([wanted]));
    expect(await store.read((tx) => tx('birds').first())).toEqual({ id: 1, name: 'swan', wings: 2, song: null, caged: 0 });
    const back: Migration = { number: 3, name: 'quiet', steps: stepsBetween([wanted], [{ ...wanted, indexes: [] }]) };
    await migrate(store, { migrations: [first, { number: 2, name: 'songs', steps }, back] });
    expect((await tables()).find((table) => table.name === 'birds')!.indexes).toEqual([]);
  });

  test('what is only added to can neither be changed nor deleted', async () => {
    await store.migrate();
    const entry = {
      seq: 1,
      at: '2026-01-01T00:00:00.000Z',
      actor: 1,
      action: 'create',
      type: 'x',
      record_id: 1,
      previous_hash: '0',
      hash: '1',
    };
    await store.write(async (tx) => void (await tx('audit').insert(entry)));
    await expect(store.write((tx) => tx('audit').update({ actor: 2 }))).rejects.toThrow('audit can only be added to');
    await expect(store.write((tx) => tx('audit').delete())).rejects.toThrow('audit can only be added to');
    expect(await store.read((tx) => tx('audit').pluck('actor'))).toEqual([1]);
  });

  test('rows go when the record they belong to goes', async () => {
    await store.write(async (tx) => {
      await store.dialect.createTable(tx, readTable('table nests\n id integer, tree text'));
      await store.dialect.createTable(tx, readTable('table eggs\n id integer, parent integer, colour text\n rows of nests'));
      await tx('nests').insert({ tree: 'oak' });
      await tx('eggs').insert({ parent: 1, colour: 'blue' });
      await tx('nests').delete();
    });
    expect(await store.read((tx) => tx('eggs').select())).toEqual([]);
    await expect(store.write((tx) => tx('eggs').insert({ parent: 7, colour: 'lost' }))).rejects.toThrow(/foreign key/i);
  });
});

describe('the next migration', () => {
  const are = readTable(birds);

  test('is empty while nothing changed', () => expect(stepsBetween([are], [are])).toEqual([]));

  test('is left to a person where something stored would be lost or rewritten', () => {
    expect(() => stepsBetween([are], [])).toThrow('No definition asks for birds');
    expect(() => stepsBetween([are], [readTable('table birds\n id integer, name text')])).toThrow('birds.wings by hand');
    expect(() => stepsBetween([are], [readTable('table birds\n id integer, name integer, wings integer = 2')])).toThrow(
      'birds.name by hand',
    );
  });

  test('reads its tables as it wrote them', () => {
    for (const table of tablesFor(catalogue.definitions)) expect(readTable(writeTable(table))).toEqual(table);
  });
});
