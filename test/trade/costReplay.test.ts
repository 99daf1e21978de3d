import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import { type CostedPosting, type CostedRow, costsInOrder } from '../../shared/documents/costReplay.ts';
import { valuations } from '../../shared/documents/valuations.ts';

const row = (key: string, quantity: number, more: Partial<CostedRow> = {}): CostedRow => ({
  key,
  item: 1,
  quantity,
  as: 'average',
  ...more,
});
const bought = (key: string, quantity: number, own: number): CostedRow => row(key, quantity, { as: 'own', own });
const postings = (...rows: readonly [string, ...CostedRow[]][]): CostedPosting[] =>
  rows.map(([day, ...all], order) => ({ day, order, rows: all }));
const values = (all: readonly CostedPosting[]) =>
  Object.fromEntries([...costsInOrder(new Map(), all)].map(([key, { value, adjustment }]) => [key, value + adjustment]));

describe('Cost in the order of days', () => {
  test('goods take the average of what had come by their day, whenever they were entered', () => {
    const all = postings(['2026-03-01', bought('in', 10, 1000)], ['2026-03-09', row('out', -5)], ['2026-03-05', bought('late', 10, 2000)]);
    expect(values(all)).toEqual({ in: 1000, late: 2000, out: -750 });
  });

  test('what was posted first on a day counts first', () => {
    const all = postings(['2026-03-01', bought('in', 10, 1000)], ['2026-03-01', row('out', -5)], ['2026-03-01', bought('more', 10, 2000)]);
    expect(values(all)).toMatchObject({ out: -500 });
  });

  test('goods that left before they came wait for them, and others of the item wait behind them', () => {
    const all = postings(
      ['2026-03-01', row('early', -5)],
      ['2026-03-02', bought('few', 3, 300)],
      ['2026-03-03', row('second', -1)],
      ['2026-03-04', bought('enough', 5, 1300)],
    );
    expect(values(all)).toEqual({ few: 300, enough: 1300, early: -1000, second: -200 });
  });

  test('what comes back brings what it left with, in parts that add up', () => {
    const source = { key: 'out', whole: 3, cost: 0, before: { quantity: 0, value: 0 } };
    const all = postings(
      ['2026-03-01', bought('in', 3, 1000)],
      ['2026-03-02', row('out', -3)],
      ['2026-03-03', row('one', 1, { as: 'source', source: { ...source, quantity: 1 } })],
      ['2026-03-04', row('two', 2, { as: 'source', source: { ...source, quantity: 2 } })],
    );
    expect(values(all)).toEqual({ in: 1000, out: -1000, one: 333, two: 667 });
  });

  test('a set costs what its parts cost, and pieces share what the set cost', () => {
    const all = postings(
      ['2026-03-01', bought('in', 4, 1000)],
      ['2026-03-02', row('part', -1), row('set', 1, { item: 2, as: { part: 1 } })],
      ['2026-03-03', row('broken', -1, { item: 2 }), row('a', 1, { item: 3, as: { part: 1 } }), row('b', 1, { item: 4, as: { part: 4 } })],
    );
    expect(values(all)).toEqual({ in: 1000, part: -250, set: 250, broken: -250, a: 50, b: 200 });
  });

  test('a supplier that takes dear goods back leaves none that are worth less than nothing', () => {
    const all = postings(
      ['2026-03-01', bought('cheap', 10, 100), bought('dear', 10, 1000)],
      ['2026-03-02', row('out', -10)],
      ['2026-03-03', row('back', -10, { as: 'own', own: -1000 })],
    );
    const costs = costsInOrder(new Map(), all);
    expect(costs.get('back')).toEqual({ value: -1000, adjustment: 450, after: 0 });
  });

  test('what is made costs what went into it, whichever of them is named first', () => {
    const all = postings(
      ['2026-03-01', bought('in', 4, 1000)],
      ['2026-03-02', row('set', 1, { item: 2, as: { part: 1 } }), row('part', -2)],
    );
    expect(values(all)).toMatchObject({ part: -500, set: 500 });
  });

  test('documents that wait for each other in a circle go as soon as there is enough for all, and what comes later leaves them alone', () => {
    const all = postings(
      ['2026-03-01', bought('in', 4, 1000)],
      ['2026-03-02', row('part', -6), row('set', 3, { item: 2, as: { part: 1 } })],
      ['2026-03-03', row('broken', -1, { item: 2 }), row('pieces', 2, { as: { part: 1 } })],
    );
    // Two of the six pieces come from breaking what the six were made into.
    const known = values(all);
    expect(known).toMatchObject({ part: -1000, set: 1000, broken: -333 });
    const later = { day: '2026-03-09', order: 9, rows: [bought('later', 9, 9000)] };
    expect(values([...all, later])).toEqual({ ...known, later: 9000 });
  });

  test('while nothing is short, the next document of the last day changes no cost before it', () => {
    interface Posting {
      readonly kind: 'in' | 'out' | 'make' | 'break' | 'find';
      readonly item: number;
      readonly other: number;
      readonly quantity: number;
      readonly worth: number;
      readonly day: number;
    }
    const anyPosting = fc.record<Posting>({
      kind: fc.constantFrom('in', 'out', 'make', 'break', 'find'),
      item: fc.integer({ min: 1, max: 3 }),
      other: fc.integer({ min: 1, max: 3 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      worth: fc.integer({ min: 0, max: 5000 }),
      day: fc.integer({ min: 1, max: 4 }),
    });
    const rowsOf = ({ kind, item, other, quantity, worth }: Posting, at: number): CostedRow[] => {
      const moved = row(`a${at}`, kind === 'in' || kind === 'find' ? quantity : -quantity, { item });
      if (kind === 'in') return [{ ...moved, as: 'own', own: worth }];
      if (kind !== 'make' && kind !== 'break') return [moved];
      const made = [other, (other % 3) + 1].slice(0, kind === 'make' ? 1 : 2);
      return [moved, ...made.map((one, part) => row(`b${at}.${part}`, quantity, { item: one, as: { part: part + 1 } }))];
    };
    let settled = 0;
    fc.assert(
      fc.property(fc.array(anyPosting, { minLength: 2, maxLength: 14 }), anyPosting, (drawn, last) => {
        const before = drawn.map((one, order) => ({ day: `2026-03-0${one.day}`, order, rows: rowsOf(one, order) }));
        const held = new Map<number, number>();
        for (const { item, quantity } of before.flatMap(({ rows }) => rows)) held.set(item, (held.get(item) ?? 0) + quantity);
        fc.pre([...held.values()].every((quantity) => quantity >= 0));
        settled += 1;
        const next = { day: '2026-03-09', order: drawn.length, rows: rowsOf(last, drawn.length) };
        const known = values(before);
        expect(values([...before, next])).toMatchObject(known);
      }),
      { numRuns: 2000 },
    );
    expect(settled).toBeGreaterThan(200);
  });

  test('value is never lost, never without goods, and never below nothing, in whatever order papers come', () => {
    const anyRow = fc.record({
      quantity: fc.integer({ min: -9, max: 9 }),
      own: fc.integer({ min: 0, max: 5000 }),
      day: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (drawn) => {
        const all = drawn.map(({ quantity, own, day }, order): CostedPosting => {
          const as = quantity > 0 && own % 3 > 0 ? 'own' : 'average';
          return { day: `2026-03-0${day}`, order, rows: [row(`r${order}`, quantity || 1, { as, own })] };
        });
        const costs = [...costsInOrder(new Map(), all).values()];
        const total = costs.reduce((sum, { value, adjustment }) => sum + value + adjustment, 0);
        const held = all.reduce((sum, { rows }) => sum + (rows[0]?.quantity ?? 0), 0);
        expect(costs).toHaveLength(all.length);
        expect(total).toBe(costs.length > 0 ? total : 0);
        expect(costs.every(({ after }) => after >= 0)).toBe(true);
        if (held <= 0) expect(total).toBe(0);
        // Asked again, nothing is found to be corrected.
        expect(
          [...costsInOrder(new Map(), all.toReversed()).values()].reduce((sum, { value, adjustment }) => sum + value + adjustment, 0),
        ).toBe(total);
      }),
    );
  });
});

test('every document whose posting asks what goods cost says how they are valued', () => {
  const asking = catalogue.definitions.filter(({ steps }) =>
    Object.values(steps ?? {}).some((step) => step.posts?.facts?.includes('averageCost') || step.posts?.facts?.includes('costReturned')),
  );
  // What is lent stays ours at the value it has.
  expect(asking.map(({ type }) => type).filter((type) => !valuations[type])).toEqual(['loan']);
});
