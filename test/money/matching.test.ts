import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillCredits, type MatchMethod, match } from '../../shared/documents/money/matching.ts';

const debts = [
  { key: 'a', number: 'SO20260301-0001', open: 100 },
  { key: 'b', number: 'SO20260301-0002', open: 250 },
  { key: 'c', number: 'SO20260301-00021', open: 60 },
];
const credit = (key: string, left: number, note = '') => ({ key, left, note });
const shown = (method: MatchMethod, ...credits: ReturnType<typeof credit>[]) => {
  const found = match(debts, credits, method);
  return { debts: Object.fromEntries(found.debts), credits: Object.fromEntries(found.credits) };
};

describe('Money finds its debts', () => {
  test('first in, first out: the earliest due is paid first, the last one in part', () => {
    expect(shown('firstInFirstOut', credit('x', 120), credit('y', 50))).toEqual({ debts: { a: 100, b: 70 }, credits: { x: 120, y: 50 } });
  });

  test('more money than debts stays where it is', () => {
    expect(shown('firstInFirstOut', credit('x', 400), credit('y', 50))).toEqual({
      debts: { a: 100, b: 250, c: 60 },
      credits: { x: 400, y: 10 },
    });
  });

  test('exact amounts: each debt is paid by money of its own size, once', () => {
    expect(shown('exact', credit('x', 60), credit('y', 60), credit('z', 251))).toEqual({ debts: { c: 60 }, credits: { x: 60 } });
  });

  test('by number: money pays the documents that are named on it, whole numbers alone', () => {
    expect(shown('byNumber', credit('x', 90, '货款 so20260301-0002,谢谢'))).toEqual({ debts: { b: 90 }, credits: { x: 90 } });
    expect(shown('byNumber', credit('x', 90, '货款'))).toEqual({ debts: {}, credits: {} });
  });

  test('a sum is filled from the oldest money', () => {
    expect([...fillCredits([credit('x', 30), credit('y', 50)], 60)]).toEqual([
      ['x', 30],
      ['y', 30],
    ]);
    expect([...fillCredits([credit('x', 30)], 60)]).toEqual([['x', 30]]);
  });

  test('whatever the rule, both sides come to the same and nothing is used beyond what is there', () => {
    const amount = fc.integer({ min: 0, max: 500 });
    const method = fc.constantFrom<MatchMethod>('exact', 'firstInFirstOut', 'byNumber');
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), fc.array(amount, { maxLength: 8 }), method, (opens, lefts, way) => {
        const owed = opens.map((open, index) => ({ key: `d${index}`, number: `N${index}`, open }));
        const held = lefts.map((left, index) => ({ key: `c${index}`, left, note: `N${index} N${index + 1}` }));
        const found = match(owed, held, way);
        const sum = (map: ReadonlyMap<string, number>) => [...map.values()].reduce((all, each) => all + each, 0);
        expect(sum(found.debts)).toBe(sum(found.credits));
        for (const debt of owed) expect(found.debts.get(debt.key) ?? 0).toBeLessThanOrEqual(debt.open);
        for (const one of held) expect(found.credits.get(one.key) ?? 0).toBeLessThanOrEqual(one.left);
      }),
    );
  });
});
