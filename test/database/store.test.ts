import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import type { Store } from '../../server/database/store.ts';
import { readTable } from '../../server/database/tableSpec.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { stores } from '../stores/stores.ts';

const tills = readTable(`table tills
  id integer, name text, held integer?, closed integer = 0
  unique tills_name_unique (name) where closed = 0`);

describe.each(stores)('$name keeps its promises', (kind) => {
  let store: Store;

  beforeAll(async () => {
    store = await kind.open();
    await store.write((tx) => store.dialect.createTable(tx, tills));
  });
  afterAll(() => store.close());
  afterEach(() => store.write(async (tx) => void (await tx('tills').delete())));

  test('what is written is there for whoever reads afterwards', async () => {
    await store.write(async (tx) => void (await tx('tills').insert({ name: '门市', held: 100 })));
    expect(await store.read((tx) => tx('tills').select('name', 'held', 'closed'))).toEqual([{ name: '门市', held: 100, closed: 0 }]);
  });

  test('work that fails leaves nothing behind and tells why', async () => {
    const work = store.write(async (tx) => {
      await tx('tills').insert({ name: 'A' });
      throw new Refusal('till.closed');
    });
    await expect(work).rejects.toMatchObject({ code: 'till.closed' });
    expect(await store.read((tx) => tx('tills').select())).toEqual([]);
  });

  test('a reader cannot write', async () => {
    await expect(store.read((tx) => tx('tills').insert({ name: 'A' }))).rejects.toThrow(/read-?only/i);
  });

  test('a reader sees one moment, whatever is written meanwhile', async () => {
    const seen = await store.read(async (tx) => {
      const before = await tx('tills').select('id');
      await store.write(async (writing) => void (await writing('tills').insert({ name: 'later' })));
      return [before.length, (await tx('tills').select('id')).length];
    });
    expect(seen).toEqual([0, 0]);
  });

  test('a write inside a write is refused at once instead of waiting for itself', async () => {
    const work = store.write(async (tx) => {
      await tx('tills').insert({ name: 'outer' });
      await store.write(async (inner) => void (await inner('tills').insert({ name: 'inner' })));
    });
    await expect(work).rejects.toThrow('A write began inside another write');
    expect(await store.read((tx) => tx('tills').select())).toEqual([]);
  });

  test('a transaction cannot be used once it is over', async () => {
    const escaped = await store.write(async (tx) => () => tx('tills').insert({ name: 'late' }));
    await expect(escaped()).rejects.toThrow(/already complete|is over/);
  });

  test('the largest exact numbers come back exactly, alone and in sums', async () => {
    const large = Number.MAX_SAFE_INTEGER;
    await store.write(
      async (tx) =>
        void (await tx('tills').insert([
          { name: 'A', held: large },
          { name: 'B', held: -large },
          { name: 'C', held: large },
        ])),
    );
    expect(await store.read((tx) => tx('tills').orderBy('name').pluck('held'))).toEqual([large, -large, large]);
    expect(await store.read((tx) => tx('tills').sum({ sum: 'held' }).count({ count: '*' }).first())).toEqual({ sum: large, count: 3 });
  });

  test('numbers beyond the exact ones are never rounded in silence', async () => {
    const large = Number.MAX_SAFE_INTEGER;
    await store.write(
      async (tx) =>
        void (await tx('tills').insert([
          { name: 'A', held: large },
          { name: 'B', held: 1 },
        ])),
    );
    await expect(store.read((tx) => tx('tills').sum({ sum: 'held' }).first())).rejects.toThrow(RangeError);
    await store.write(
      async (tx) =>
        void (await tx('tills')
          .where({ name: 'A' })
          .update({ held: tx.raw('held + 1') })),
    );
    await expect(store.read((tx) => tx('tills').where({ name: 'A' }).first('held'))).rejects.toThrow(RangeError);
    for (const wrong of [0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(store.write((tx) => tx('tills').insert({ name: 'C', held: wrong }))).rejects.toThrow(RangeError);
    }
  });

  test('adding to a large number in SQL stays exact', async () => {
    await store.write(async (tx) => void (await tx('tills').insert({ name: 'A', held: 9_007_199_254_740_000 })));
    await store.write(async (tx) => void (await tx('tills').update({ held: tx.raw('held - ?', [9_007_199_254_739_999]) })));
    expect(await store.read((tx) => tx('tills').pluck('held'))).toEqual([1]);
  });

  test('two tills of one name are told apart from every other fault', async () => {
    const twice = store.write(async (tx) => void (await tx('tills').insert([{ name: 'A' }, { name: 'A' }])));
    const fault = await twice.catch((caught: unknown) => caught);
    expect(store.dialect.uniqueViolation(fault)).toEqual({ table: 'tills', columns: ['name'] });
    expect(store.dialect.uniqueViolation(new Error('else'))).toBeNull();
    await store.write(
      async (tx) =>
        void (await tx('tills').insert([
          { name: 'A', closed: 1 },
          { name: 'A', closed: 1 },
        ])),
    );
  });

  test('text sorts by its bytes and what is missing comes last, or first when sorted backwards', async () => {
    await store.write(
      async (tx) => void (await tx('tills').insert(['b', 'B', 'a', '~', '中'].map((name, held) => ({ name, held: held || null })))),
    );
    const by = (column: string, direction: 'ascending' | 'descending') =>
      store.read((tx) =>
        tx('tills')
          .orderByRaw(`${store.dialect.orderBy(column, direction)}, id`)
          .pluck('name'),
      );
    expect(await by('name', 'ascending')).toEqual(['B', 'a', 'b', '~', '中']);
    expect(await by('held', 'ascending')).toEqual(['B', 'a', '~', '中', 'b']);
    expect(await by('held', 'descending')).toEqual(['b', '中', '~', 'a', 'B']);
  });

  test('a fault never repeats the values of people', async () => {
    const fault = await store.write((tx) => tx('tills').insert({ name: 'secret name', wrong: 1 })).catch((caught: Error) => caught);
    expect((fault as Error).message).not.toContain('secret name');
  });

  test('many writers at once all get their turn', async () => {
    await store.write(async (tx) => void (await tx('tills').insert({ name: 'A', held: 0 })));
    const add = () =>
      store.write(async (tx) => {
        const row = (await store.dialect.forUpdate(tx('tills').where({ name: 'A' }).first())) as { held: number };
        await tx('tills').update({ held: row.held + 1 });
      });
    await Promise.all(Array.from({ length: 25 }, add));
    expect(await store.read((tx) => tx('tills').pluck('held'))).toEqual([25]);
  });
});

describe.each(stores)('$name finds words', (kind) => {
  let store: Store;

  beforeAll(async () => {
    store = await kind.open();
    await store.write(async (tx) => {
      await store.dialect.createTable(tx, { ...tills, searched: true });
      await store.dialect.indexManyTokens(tx, 'tills', [
        { id: 1, tokens: ['w12', 'izjhy', '宏远'] },
        { id: 2, tokens: ['w13', '宏远'] },
        { id: 3, tokens: [] },
      ]);
    });
  });
  afterAll(() => store.close());

  const found = (...groups: { token: string; prefix: boolean }[][]) =>
    store.read((tx) =>
      tx
        .from(store.dialect.matching(tx, 'tills', groups).as('hits'))
        .orderBy('id')
        .pluck('id'),
    );
  const word = (token: string, prefix = false) => ({ token, prefix });

  test('every group must be met by one of its words', async () => {
    expect(await found([word('宏远')])).toEqual([1, 2]);
    expect(await found([word('宏远')], [word('w12'), word('w99')])).toEqual([1]);
    expect(await found([word('w1', true), word('izj', true)])).toEqual([1, 2]);
    expect(await found([word('w1')])).toEqual([]);
  });

  test('quotes and signs are only letters', async () => {
    expect(await found([word(`"'\\ OR * : &`)])).toEqual([]);
  });

  test('a record that changed is found by its new words only', async () => {
    await store.write((tx) => store.dialect.indexTokens(tx, 'tills', 2, ['w77']));
    expect(await found([word('宏远')])).toEqual([1]);
    expect(await found([word('w77')])).toEqual([2]);
    await store.write((tx) => store.dialect.indexTokens(tx, 'tills', 2, []));
    expect(await found([word('w77')])).toEqual([]);
  });
});

test('work that outlives a store finds it closed', async () => {
  for (const kind of stores) {
    const { place, remove } = await kind.newPlace();
    const store = await openStore(place);
    await store.close();
    await expect(store.read((tx) => tx.raw('select 1'))).rejects.toThrow();
    remove();
  }
});
