import { expect, test } from 'vitest';
import { pourInvoices } from '../../server/features/settling/pourInvoices.ts';

const delivered = (...quantities: [quantity: number, returned?: number][]) =>
  quantities.map(([quantity, returned = 0], at) => ({ line: at + 1, quantity, returned }));
const march = (day: number, quantity: number) => ({ day: `2026-03-0${day}`, quantity });

test('one invoice may reach two deliveries and two invoices one', () => {
  const reached = pourInvoices(delivered([4], [6]), [march(1, 3), march(2, 4), march(3, 3)]);
  expect([...reached]).toEqual([
    [1, { quantity: 4, day: '2026-03-02' }],
    [2, { quantity: 6, day: '2026-03-03' }],
  ]);
});

test('goods that came back are billed last: who bills what was kept bills each delivery as it is', () => {
  const kept = pourInvoices(delivered([10, 2], [10]), [march(1, 8), march(2, 10)]);
  expect([...kept.values()].map(({ quantity }) => quantity)).toEqual([8, 10]);
  const all = pourInvoices(delivered([10, 2]), [march(1, 10)]);
  expect(all.get(1)).toEqual({ quantity: 10, day: '2026-03-01' });
});

test('what is billed ahead of any delivery reaches none, and a delivery that nothing reaches is not named', () => {
  expect(pourInvoices(delivered([4]), [march(1, 9), march(2, 1)]).get(1)).toEqual({ quantity: 4, day: '2026-03-01' });
  expect(pourInvoices(delivered([4], [6]), [march(1, 4)]).has(2)).toBe(false);
  expect(pourInvoices([], [march(1, 4)]).size).toBe(0);
});
