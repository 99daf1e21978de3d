import { expect, test } from 'vitest';
import { filledByFetch, registerFetchFilling } from '../../app/renderer/documents/become/fetchFilling.ts';

registerFetchFilling({ type: 'receipt', part: 'allocations', field: 'amount', sums: 'amount' });

const fetch = (amount: number | null, before: number[], fetched: number[]) =>
  filledByFetch({
    type: 'receipt',
    part: 'allocations',
    values: { amount },
    before: before.map((one, index) => ({ id: index + 1, amount: one })),
    fetched: fetched.map((one) => ({ amount: one })),
  });

test('orders fetched into an empty receipt say how much it is', () => {
  expect(fetch(null, [], [1_200, 800])).toEqual({ amount: 2_000 });
});

test('fetching more raises an amount that came from fetching', () => {
  expect(fetch(2_000, [1_200, 800], [500])).toEqual({ amount: 2_500 });
});

test('an amount that somebody typed stays', () => {
  expect(fetch(5_000, [1_200], [500])).toEqual({});
  expect(filledByFetch({ type: 'stockOut', part: 'lines', values: {}, before: [], fetched: [] })).toEqual({});
});
