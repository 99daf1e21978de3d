import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import type { Store } from '../../server/database/store.ts';
import { stores } from '../stores/stores.ts';

const nameOf = async (store: Store, id: number): Promise<string> =>
  store.memory.recall<string>(['shops'], id) ??
  (await store.read(async (tx) => {
    const row = (await tx('shops').where({ id }).first('name')) as { name: string };
    store.memory.keep(tx, ['shops'], id, row.name);
    return row.name;
  }));

describe.each(stores)('what is remembered of tables, on $name', ({ name, newPlace }) => {
  let store: Store;
  let remove: () => void;
  beforeAll(async () => {
    const made = await newPlace();
    remove = made.remove;
    store = await openStore(made.place);
    await store.write(async (tx) => {
      await tx.raw('create table shops (id integer primary key, name text)');
      await tx.raw('create table others (id integer primary key)');
    });
  });
  afterAll(async () => {
    await store.close();
    remove();
  });
  beforeEach(async () => {
    await store.write(async (tx) => {
      await tx('shops').delete();
      await tx('shops').insert([
        { id: 1, name: '宏远五金' },
        { id: 2, name: '辉明阀门' },
      ]);
    });
  });

  test('a name is read once by the server that alone writes, and every time where others write too', async () => {
    await nameOf(store, 1);
    expect(store.memory.recall(['shops'], 1)).toBe(name === 'sqlite' ? '宏远五金' : undefined);
    await store.write((tx) => tx('others').insert({ id: Math.floor(Math.random() * 1e9) }));
    expect(await nameOf(store, 1)).toBe('宏远五金');
  });

  test('whoever renames is seen by the next reader', async () => {
    await nameOf(store, 1);
    await store.write((tx) => tx('shops').where({ id: 1 }).update({ name: '宏达五金' }));
    expect(store.memory.recall(['shops'], 1)).toBeUndefined();
    expect(await nameOf(store, 1)).toBe('宏达五金');
  });

  test('a renaming that is rolled back, by whatever statement, leaves the old name', async () => {
    await nameOf(store, 1);
    const failed = store.write(async (tx) => {
      await tx.raw("with x as (select 1) update shops set name = 'neu' where id = 1");
      expect(await tx('shops').where({ id: 1 }).first('name')).toEqual({ name: 'neu' });
      store.memory.keep(tx, ['shops'], 1, 'neu');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await nameOf(store, 1)).toBe('宏远五金');
  });

  test('what an older snapshot read is not kept over what was written meanwhile', async () => {
    await store.read(async (tx) => {
      const row = (await tx('shops').where({ id: 2 }).first('name')) as { name: string };
      await store.write((other) => other('shops').where({ id: 2 }).update({ name: '辉煌阀门' }));
      store.memory.keep(tx, ['shops'], 2, row.name);
    });
    expect(await nameOf(store, 2)).toBe('辉煌阀门');
  });

  test('counting anew how the data is spread disturbs neither readers nor what they find', async () => {
    await store.write((tx) => tx('others').insert(Array.from({ length: 3000 }, (_, index) => ({ id: 2_000_000_000 + index }))));
    let go: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (go = resolve));
    const reading = store.read(async (tx) => {
      const before = await tx('shops').count({ count: '*' });
      await waiting;
      return [before, await tx('shops').count({ count: '*' })];
    });
    await store.tune();
    go();
    const [before, after] = await reading;
    expect(after).toEqual(before);
    const many = Array.from({ length: 12 }, (_, index) => nameOf(store, 1 + (index % 2)));
    expect(new Set(await Promise.all(many))).toEqual(new Set(['宏远五金', '辉明阀门']));
  });
});
