import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../server/database/store.ts';
import { readTable } from '../../server/database/tableSpec.ts';
import { withoutIndexes } from '../../server/database/withoutIndexes.ts';
import { stores } from '../stores/stores.ts';

const tills = readTable(`table tills
  id integer, name text, held integer?, closed integer = 0
  unique tills_name_unique (name) where closed = 0
  index tills_held_id (held, id)`);
const drawers = readTable(`table drawers
  id integer, name text
  unique drawers_name_unique (name)`);

describe.each(stores)('Filling tables without their indexes, on $name', (kind) => {
  let store: Store;

  beforeEach(async () => {
    store = await kind.open();
    await store.write(async (tx) => {
      await store.dialect.createTable(tx, tills);
      await store.dialect.createTable(tx, drawers);
    });
  });
  afterEach(() => store.close());

  const indexNames = () =>
    store.read(async (tx) => (await store.dialect.readTables(tx)).flatMap((table) => table.indexes.map((index) => index.name)).sort());
  const add = (...names: string[]) => store.write(async (tx) => void (await tx('tills').insert(names.map((name) => ({ name })))));

  test('the indexes are gone meanwhile, those of other tables stay, and afterwards everything is as it was', async () => {
    const before = await store.read((tx) => store.dialect.readTables(tx));
    const meanwhile = await withoutIndexes(store, ['tills'], async () => {
      await add('门市', '仓库');
      return indexNames();
    });
    expect(meanwhile).toEqual(['drawers_name_unique']);
    expect(await store.read((tx) => store.dialect.readTables(tx))).toEqual(before);
    await expect(add('门市')).rejects.toThrow();
    expect(await store.read((tx) => tx('tills').orderBy('id').select('id', 'name'))).toEqual([
      { id: 1, name: '门市' },
      { id: 2, name: '仓库' },
    ]);
  });

  test('twins that came in meanwhile are found at the end', async () => {
    await expect(withoutIndexes(store, ['tills'], () => add('门市', '门市'))).rejects.toThrow(/tills_name_unique|tills\.name/);
  });

  test('many rows that do not all have the same columns are stored with what each has', async () => {
    await store.write(async (tx) => void (await tx('tills').insert([{ name: 'A' }, { name: 'B', held: 5 }, { held: 7, name: 'C' }])));
    expect(await store.read((tx) => tx('tills').orderBy('name').select('name', 'held', 'closed'))).toEqual([
      { name: 'A', held: null, closed: 0 },
      { name: 'B', held: 5, closed: 0 },
      { name: 'C', held: 7, closed: 0 },
    ]);
  });
});
