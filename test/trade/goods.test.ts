import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { costCard } from '../../server/features/trade/costCard.ts';
import { offeredPrices } from '../../server/features/trade/offeredPrices.ts';
import { stockOf } from '../../server/features/trade/stock.ts';
import { type StockQuery, stockList } from '../../server/features/trade/stockList.ts';
import { stockMoves } from '../../server/features/trade/stockMoves.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from './shop.ts';

describe.each(stores)('Prices and stock, on $name', (kind) => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const pricesFor = (who: string, currency?: number) =>
    shop.office.look(who, (work) => offeredPrices(work, { items: [shop.pen.id], customer: shop.customer.id, currency }));

  test('a salesperson sees list, level and tax, and after a sale what the customer paid last', async () => {
    const { prices, currency } = await pricesFor('wang');
    expect(currency).toBe(shop.cny);
    expect(prices[shop.pen.id]).toEqual({
      name: '钢笔',
      code: shop.pen.values.code,
      spec: '黑',
      unit: '支',
      units: [{ unit: '盒', ratio: 12 * piece }],
      list: priced(12),
      level: { name: '批发价', grossPrice: priced(11.5) },
      taxCode: shop.taxCode,
      taxRate: 130_000,
    });
    const order = await shop.order();
    expect((await pricesFor('wang')).prices[shop.pen.id]?.last).toEqual({
      grossPrice: priced(11.3),
      price: priced(10),
      unit: '支',
      day: order.values.day,
      currency: shop.cny,
      type: 'salesOrder',
      id: order.id,
      number: order.values.number,
    });
  });

  test('the tax of the customer goes before the tax of the item', async () => {
    const lower = await shop.office.id('tax_codes', { rate: 60_000 });
    const special = await shop.office.create('wang', 'customer', { name: '农机站', taxCode: lower });
    const { prices } = await shop.office.look('wang', (work) => offeredPrices(work, { items: [shop.pen.id], customer: special.id }));
    expect(prices[shop.pen.id]).toMatchObject({ taxCode: lower, taxRate: 60_000 });
  });

  test('prices are asked for in the currency of the document', async () => {
    const usd = await shop.office.id('currencies', { code: 'USD' });
    await shop.office.work('admin', (work) => work.tx('currencies').where({ id: usd }).update({ rate: 8_000_000_000 }));
    await shop.order();
    const { prices } = await pricesFor('wang', usd);
    expect(prices[shop.pen.id]).toMatchObject({ list: priced(1.5), last: { grossPrice: 1_412_500, currency: shop.cny } });
  });

  test('the floor shows to whoever may see it, and strangers to the customer get nothing', async () => {
    expect((await pricesFor('zhou')).prices[shop.pen.id]).toMatchObject({ floor: priced(10) });
    await expect(pricesFor('li')).rejects.toMatchObject({ code: 'record.notFound' });
    expect((await shop.office.look('wang', (work) => offeredPrices(work, { items: [999_999] }))).prices).toEqual({});
  });

  test('what is on hand, promised and available agrees with the open orders at any moment', async () => {
    const stock = () => shop.office.look('chen', (work) => stockOf(work, [shop.pen.id]));
    const at = { item: shop.pen.id, warehouse: shop.warehouse, inTransit: 0, lent: 0, onOrder: 0 };
    const order = await shop.order();
    expect(await stock()).toEqual([{ ...at, onHand: 100 * piece, promised: 10 * piece, available: 90 * piece }]);
    const note = await shop.ship(order, 4 * piece);
    expect(await stock()).toEqual([{ ...at, onHand: 96 * piece, promised: 6 * piece, available: 90 * piece }]);
    await shop.office.step('chen', note, 'takeBack', '退回');
    expect(await stock()).toEqual([{ ...at, onHand: 100 * piece, promised: 10 * piece, available: 90 * piece }]);
  });

  test('the overview finds goods by word, category and warehouse and pages by code', async () => {
    const list = (query: StockQuery) => shop.office.look('chen', (work) => stockList(work, query));
    const all = await list({});
    expect(all.rows.map((row) => [row.name, row.warehouse, row.onHand])).toEqual([
      ['钢笔', shop.warehouse, 100 * piece],
      ['笔记本', shop.warehouse, 40 * piece],
    ]);
    expect(all.titles.warehouse?.[shop.warehouse]).toBe('主仓库');
    const first = await list({ limit: 1 });
    const second = await list({ limit: 1, after: first.next ?? '' });
    expect([...first.rows, ...second.rows].map((row) => row.name)).toEqual(['钢笔', '笔记本']);
    expect(second.next).toBeNull();
    expect((await list({ search: 'bjb' })).rows.map((row) => row.name)).toEqual(['笔记本']);
    expect((await list({ category: Number(shop.pen.values.category) })).rows.map((row) => row.name)).toEqual(['钢笔']);
    const empty = await shop.office.create('admin', 'warehouse', { code: '02', name: '分仓' });
    expect((await list({ warehouse: empty.id })).rows).toEqual([]);
    await expect(list({ after: 'WzFd' })).rejects.toMatchObject({ code: 'list.badCursor' });
  });

  test('goods without stock stand in the overview with nothing, services do not stand there', async () => {
    await shop.office.create('admin', 'item', { name: '橡皮', unit: '块', code: 'A0', grossPrice: priced(1) });
    await shop.office.create('admin', 'item', { name: '刻字', unit: '次', itemType: 'service', grossPrice: priced(5) });
    const all = await shop.office.look('chen', (work) => stockList(work, {}));
    expect(all.rows.map((row) => [row.name, row.warehouse, row.onHand])).toContainEqual(['橡皮', null, 0]);
    expect(all.rows.map((row) => row.name)).not.toContain('刻字');
    expect((await shop.office.look('chen', (work) => stockList(work, { held: true }))).rows.map((row) => row.name)).toEqual([
      '钢笔',
      '笔记本',
    ]);
  });

  test('value and average cost show to those who may see cost, and the warehouses of an item add up', async () => {
    const second = await shop.office.create('admin', 'warehouse', { code: '02', name: '分仓' });
    const lines = [{ item: shop.pen.id, quantity: 50 * piece, unitCost: priced(9) }];
    await shop.office.step('admin', await shop.office.create('admin', 'openingStock', { warehouse: second.id }, { lines }), 'post');
    const { rows } = await shop.office.look('zhao', (work) => stockList(work, { search: '钢笔' }));
    expect(rows.map((row) => [row.warehouse, row.value, row.averageCost])).toEqual([
      [shop.warehouse, 70_000, priced(7)],
      [second.id, 35_000, priced(7)],
    ]);
    const clerk = await shop.office.look('chen', (work) => stockList(work, { search: '钢笔' }));
    expect(clerk.rows.every((row) => !('value' in row) && !('averageCost' in row))).toBe(true);
  });

  test('the movement ledger tells before and after of every move, the newest first', async () => {
    const order = await shop.order();
    const note = await shop.ship(order, 4 * piece);
    await shop.office.step('chen', note, 'takeBack', '退回');
    const { rows, titles } = await shop.office.look('chen', (work) => stockMoves(work, { item: shop.pen.id }));
    expect(rows.map((row) => [row.type, row.step, row.before / piece, row.quantity / piece, row.after / piece])).toEqual([
      ['stockOut', 'takeBack', 96, 4, 100],
      ['stockOut', 'post', 100, -4, 96],
      ['openingStock', 'post', 0, 100, 100],
    ]);
    expect(rows[0]).toMatchObject({ number: note.values.number, isMirror: true, from: null, to: shop.warehouse });
    expect(titles.user?.[rows[0]?.user ?? 0]).toBe('chen');
    const next = await shop.office.look('chen', (work) =>
      stockMoves(work, { item: shop.pen.id, warehouse: shop.warehouse, after: rows[0]?.id, limit: 1 }),
    );
    expect(next.rows.map((row) => [row.before / piece, row.after / piece])).toEqual([[100, 96]]);
    expect(next.next).toBe(next.rows[0]?.id);
    await expect(shop.office.look('chen', (work) => stockMoves(work, { item: 999_999 }))).rejects.toMatchObject({
      code: 'record.notFound',
    });
  });

  test('the cost card explains every step of the moving average', async () => {
    const lines = [{ item: shop.pen.id, quantity: 50 * piece, unitCost: priced(9) }];
    await shop.office.step('admin', await shop.office.create('admin', 'openingStock', { warehouse: shop.warehouse }, { lines }), 'post');
    await shop.ship(await shop.order());
    const card = await shop.office.look('zhao', (work) => costCard(work, { item: shop.pen.id }));
    expect(
      card.rows.map((row) => [row.type, row.quantity / piece, row.value, row.quantityAfter / piece, row.valueAfter, row.averageAfter]),
    ).toEqual([
      ['openingStock', 100, 60_000, 100, 60_000, priced(6)],
      ['openingStock', 50, 45_000, 150, 105_000, priced(7)],
      ['stockOut', -10, -7000, 140, 98_000, priced(7)],
    ]);
    // Each step has one move of goods and one of value; the third move begins the second step.
    const first = await shop.office.look('zhao', (work) => costCard(work, { item: shop.pen.id, limit: 3 }));
    expect(first.rows).toHaveLength(1);
    const rest = await shop.office.look('zhao', (work) => costCard(work, { item: shop.pen.id, after: first.next ?? '' }));
    expect(rest.rows.at(-1)).toMatchObject({ quantityAfter: 140 * piece, valueAfter: 98_000 });
  });
});
