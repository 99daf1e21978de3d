import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { type Buying, openBuying } from '../purchase/buying.ts';
import { expectProven, movesOf, type Office, stores } from '../scenarios/office.ts';
import { piece, priced } from './shop.ts';

describe.each(stores)('tax in money without cents, on $name', (kind) => {
  let shop: Buying;
  let office: Office;
  let yen: { currency: number; exchangeRate: number };

  beforeAll(async () => {
    shop = await openBuying(kind);
    office = shop.office;
    const jpy = await office.create('admin', 'currency', { code: 'XJP', name: '试用日元', digits: 0, rate: 48_000_000 });
    yen = { currency: jpy.id, exchangeRate: 48_000_000 };
  });
  afterEach(() => expectProven(office));
  afterAll(() => office.close());

  /** Small things for 10 with 5 % tax in it: one alone has no tax that could be rounded up, three together have 1.43. */
  const smallThings = (count: number, more: Record<string, number> = {}) =>
    Array.from({ length: count }, () => ({ item: shop.book.id, quantity: piece, grossPrice: priced(10), taxRate: 50_000, ...more }));
  const sumsOf = ({ values: { netTotal, taxTotal, total } }: Pick<StoredRecord, 'values'>) => [netTotal, taxTotal, total];
  const amountsOf = (rows: StoredRecord['parts'][string] = []) =>
    rows.map(({ netAmount, taxAmount, grossAmount }) => [netAmount, taxAmount, grossAmount]);
  const apart = (record: Pick<StoredRecord, 'parts'>) => {
    const lines = record.parts.lines ?? [];
    return { shares: lines.filter((line) => line.source), own: lines.filter((line) => !line.source) };
  };
  const taxIn = (rows: StoredRecord['parts'][string]) => rows.reduce((sum, row) => sum + Number(row.taxAmount), 0);

  test('samples that are charged are taxed once, and that is what the customer owes', async () => {
    const values = { customer: shop.customer.id, warehouse: shop.warehouse, charge: 'charged', ...yen };
    const posted = await office.step('sun', await office.create('sun', 'sampleNote', values, { lines: smallThings(20) }), 'post');
    expect(sumsOf(posted)).toEqual([190, 10, 200]);
    expect(await movesOf(office, posted)).toContain(`receivable | sales:${yen.currency} -> sampleNote:${posted.id} | 200`);
  });

  test('what is taken back with and without its delivery: each delivered piece for what it was charged, the others taxed together', async () => {
    const order = await shop.order(smallThings(3), yen);
    expect(sumsOf(order)).toEqual([29, 1, 30]);
    const note = await shop.ship(order);
    const returnReason = await office.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
    const source = [{ type: 'stockOut', id: note.id }];
    const draft = await office.become('sun', 'salesReturn', source, { values: { returnReason, ...yen } });
    const kept = (draft.parts.lines ?? []).map(({ id }) => ({ id }));
    const mixed = await office.change('sun', draft, { parts: { lines: [...kept, ...smallThings(6, { warehouse: shop.warehouse })] } });
    const posted = await office.step('sun', mixed, 'post');
    expect(amountsOf(apart(posted).shares)).toEqual(amountsOf(note.parts.lines));
    // 60 ÷ 1.05 is 57.14.
    expect(taxIn(apart(posted).own)).toBe(3);
    expect(sumsOf(posted)).toEqual([86, 4, 90]);
    expect(await movesOf(office, posted)).toContain(`receivable | salesReturn:${posted.id} -> sales:${yen.currency} | 90`);
    const settled = await office.change('sun', posted, { values: { remark: '已通知客户' } });
    expect(amountsOf(settled.parts.lines)).toEqual(amountsOf(posted.parts.lines));
  });

  test('what comes in with and without an order: each ordered piece for what was agreed, the others taxed together', async () => {
    const order = await shop.buy(smallThings(3), yen);
    const draft = await office.become('sun', 'stockIn', [{ type: 'purchaseOrder', id: order.id }]);
    const kept = (draft.parts.lines ?? []).map(({ id }) => ({ id }));
    const mixed = await office.change('sun', draft, { parts: { lines: [...kept, ...smallThings(6, { warehouse: shop.warehouse })] } });
    const posted = await office.step('sun', mixed, 'post');
    expect(amountsOf(apart(posted).shares)).toEqual(amountsOf(order.parts.lines));
    expect(taxIn(apart(posted).own)).toBe(3);
    expect(sumsOf(posted)).toEqual([86, 4, 90]);

    const invoice = await office.become('sun', 'purchaseInvoice', [{ type: 'stockIn', id: posted.id }]);
    expect([amountsOf(invoice.parts.lines), sumsOf(invoice)]).toEqual([amountsOf(posted.parts.lines), sumsOf(posted)]);
    const returnReason = await office.id('dictionary_entries', { dictionary: 'purchaseReturnReason' });
    const back = await office.become('sun', 'purchaseReturn', [{ type: 'stockIn', id: posted.id }], { values: { returnReason } });
    const returned = await office.step('sun', back, 'post');
    expect([amountsOf(returned.parts.lines), sumsOf(returned)]).toEqual([amountsOf(posted.parts.lines), sumsOf(posted)]);
  });
});
