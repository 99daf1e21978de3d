import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import type { Store } from '../../server/database/store.ts';
import { stores } from '../stores/stores.ts';

const sqlite = stores.filter(({ name }) => name === 'sqlite');

describe.each(sqlite)('Writes that wait share one commit, on $name', ({ newPlace }) => {
  let store: Store;
  let file: string;
  let remove: () => void;
  let isClosed: boolean;
  beforeEach(async () => {
    // A group ends when the first of it has waited long enough: here no time passes.
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const made = await newPlace();
    remove = made.remove;
    store = await openStore(made.place);
    isClosed = false;
    file = made.place.engine === 'sqlite' ? made.place.file : '';
    await store.write((tx) => tx.raw('create table tills (id integer primary key, name text unique)'));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    if (!isClosed) await store.close();
    remove();
  });

  const open = (id: number, name = `till ${id}`) => store.write((tx) => tx('tills').insert({ id, name }));
  const ids = () => store.read((tx) => tx('tills').orderBy('id').pluck('id'));
  /** What another connection sees: only what is committed. */
  const committed = (): number => {
    const beside = new Database(file, { readonly: true });
    try {
      return (beside.prepare('select count(*) as count from tills').get() as { count: number }).count;
    } finally {
      beside.close();
    }
  };

  test('nobody hears that a work is done before it is committed, and those that waited are committed together', async () => {
    const seenWhenTold: number[] = [];
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((id) => open(id).then(() => seenWhenTold.push(committed()))));
    expect(seenWhenTold.every((count, index) => count > index)).toBe(true);
    // The first that was told saw what the others had written as well.
    expect(seenWhenTold[0]).toBeGreaterThan(1);
  });

  test('a work that fails is undone alone, wherever in the row it stands', async () => {
    const fail = (id: number) =>
      store.write(async (tx) => {
        await tx('tills').insert({ id, name: `broken ${id}` });
        throw new Error(`till ${id} fell down`);
      });
    const done = await Promise.allSettled([fail(1), open(2), fail(3), open(4), fail(5), open(6)]);
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect(done[2]).toMatchObject({ reason: { message: 'till 3 fell down' } });
    expect(await ids()).toEqual([2, 4, 6]);
  });

  test('two that want the same name are told apart though they share a commit', async () => {
    const done = await Promise.allSettled([open(1, 'front'), open(2, 'front'), open(3, 'back')]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const fault = (done[1] as PromiseRejectedResult).reason as unknown;
    expect(store.dialect.uniqueViolation(fault)).toEqual({ table: 'tills', columns: ['name'] });
    expect(await ids()).toEqual([1, 3]);
  });

  test('when the engine drops the whole transaction, each work is done again by itself', async () => {
    let tried = 0;
    // As SQLite does on a full disk: what the others had written goes with it.
    const dropped = () =>
      store.write(async (tx) => {
        tried += 1;
        await tx.raw('rollback');
        throw new Error('no room');
      });
    const done = await Promise.allSettled([open(1), open(2), dropped(), open(3)]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await ids()).toEqual([1, 2, 3]);
    expect(tried).toBe(2);
  });

  test('a work belongs to whoever asked for it, also when another one has begun it', async () => {
    const inside = store.write(() => store.write((tx) => tx('tills').insert({ id: 9, name: 'inner' })));
    const done = await Promise.allSettled([open(1), inside, open(2)]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await ids()).toEqual([1, 2]);
  });

  test('closing waits for those that have been taken', async () => {
    const all = [1, 2, 3].map((id) => open(id));
    const closed = store.close();
    isClosed = true;
    await expect(Promise.all(all)).resolves.toHaveLength(3);
    await closed;
    await expect(open(4)).rejects.toThrow();
    expect(committed()).toBe(3);
  });
});
