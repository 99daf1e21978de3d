import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeDraft, emptyDraft } from '../../app/renderer/documents/form/draft.ts';
import { offeredPrices } from '../../server/features/trade/offeredPrices.ts';
import { todaysPrice } from '../../shared/contracts/offeredPrice.ts';
import type { AnyRow } from '../../shared/kernel/definition.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from './shop.ts';

describe.each(stores)('Today’s prices for lines that were priced before, on $name', (kind) => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const today = async (rows: readonly Omit<AnyRow, 'id'>[], customer = shop.customer.id) => {
    const items = rows.map((row) => Number(row.item));
    const { prices } = await shop.office.look('wang', (work) => offeredPrices(work, { items, customer }));
    return rows.map((row, index) => todaysPrice(prices[Number(row.item)]!, { ...row, id: index + 1 } as AnyRow));
  };
  const line = (more: Record<string, unknown> = {}) =>
    ({ item: shop.pen.id, unit: '支', unitRatio: piece, grossPrice: priced(9), taxCode: shop.taxCode, ...more }) as Omit<AnyRow, 'id'>;

  test('the customer pays its level until it has paid something else', async () => {
    expect(await today([line()])).toEqual([{ grossPrice: priced(11.5), priceBasis: 'gross', priceSource: 'level' }]);
    await shop.order([{ item: shop.pen.id, quantity: piece, grossPrice: priced(10.8) }]);
    expect(await today([line()])).toEqual([{ grossPrice: priced(10.8), priceBasis: 'gross', priceSource: 'last' }]);
  });

  test('a copy for another customer takes that customer’s price and tax', async () => {
    const low = await shop.office.create('admin', 'taxCode', { name: '优惠 3%', rate: 30_000 });
    const other = await shop.office.create('wang', 'customer', { name: '温州新桥五金店', taxCode: low.id });
    expect(await today([line()], other.id)).toEqual([
      { grossPrice: priced(12), priceBasis: 'gross', priceSource: 'list', taxCode: low.id, taxRate: 30_000 },
    ]);
  });

  test('a larger unit costs as many times the price as it holds', async () => {
    expect(await today([line({ unit: '盒', unitRatio: 12 * piece })])).toEqual([
      { grossPrice: priced(138), priceBasis: 'gross', priceSource: 'level' },
    ]);
  });

  test('gifts, lines from an offer and prices that hold are left alone', async () => {
    const rows = [line({ gift: true }), line({ sourceType: 'quotation', source: 1 }), line({ grossPrice: priced(11.5) })];
    expect(await today(rows)).toEqual([{}, {}, {}]);
  });

  test('all lines together are one step of undo', async () => {
    const rows = [line(), line({ item: shop.book.id, unit: '本', grossPrice: priced(25) })];
    const changes = (await today(rows)).map((values, index) => ({ row: index + 1, values }));
    const parts = { lines: rows.map((row, index) => ({ ...row, id: index + 1 }) as AnyRow) };
    const opened = changeDraft(emptyDraft, { type: 'open', content: { values: {}, parts }, titles: {} }, (content) => content);
    const refreshed = changeDraft(opened, { type: 'cells', part: 'lines', changes }, (content) => content);
    expect(refreshed.now.parts.lines?.map(({ grossPrice }) => grossPrice)).toEqual([priced(11.5), priced(20)]);
    const undone = changeDraft(refreshed, { type: 'undo' }, (content) => content);
    expect(undone.now.parts.lines?.map(({ grossPrice }) => grossPrice)).toEqual([priced(9), priced(25)]);
  });
});
