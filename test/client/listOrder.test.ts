import { expect, test } from 'vitest';
import { keepListOrder, neighbourOf, placeInList } from '../../app/renderer/api/listOrder.ts';
import { forgetWindowMemory } from '../../app/renderer/api/windowMemory.ts';

test('a record knows its place in the list as it was shown, and the list forgets it with the session', async () => {
  keepListOrder('order', { ids: [30, 10, 20], count: 3 });
  expect(placeInList('order', 10)).toEqual({ at: 2, count: 3, hasPrevious: true, hasNext: true });
  expect(placeInList('order', 20)).toEqual({ at: 3, count: 3, hasPrevious: true, hasNext: false });
  expect([await neighbourOf('order', 10, -1), await neighbourOf('order', 10, 1), await neighbourOf('order', 20, 1)]).toEqual([
    30,
    20,
    null,
  ]);
  expect([placeInList('order', 99), await neighbourOf('order', 99, 1)]).toEqual([null, null]);
  keepListOrder('order', { ids: [30, 10], count: 300, rest: { query: {}, after: 'x' } });
  expect(placeInList('order', 10)).toEqual({ at: 2, count: 300, hasPrevious: true, hasNext: true });
  forgetWindowMemory();
  expect(placeInList('order', 10)).toBeNull();
});
