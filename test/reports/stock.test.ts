import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from '../trade/shop.ts';
import { ask, askDocuments, offered, written } from './asking.ts';

describe.each(stores)('What lay where, on $name', { timeout: 120_000 }, (kind) => {
  let shop: Shop;
  let second: number;
  const realNow = clock.now;

  /** The first of January: 100 pens at 6.00 and 40 notebooks at 10.00; ten pens more at 9.00 in a second warehouse. */
  beforeEach(async () => {
    clock.now = () => msOf('2026-01-01T02:00:00.000Z');
    shop = await openShop(kind);
    second = (await shop.office.create('admin', 'warehouse', { code: 'W2', name: '二号仓' })).id;
    const lines = [{ item: shop.pen.id, quantity: 10 * piece, unitCost: priced(9) }];
    await shop.office.step('admin', await shop.office.create('admin', 'openingStock', { warehouse: second }, { lines }), 'post');
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  /** Some pens leave on a day. */
  const sell = async (day: string, quantity: number, warehouse = shop.warehouse) => {
    clock.now = () => msOf(`${day}T02:00:00.000Z`);
    const order = await shop.order([{ item: shop.pen.id, quantity: quantity * piece, ...{ warehouse } }]);
    return shop.ship(order);
  };
  const main = (): Promise<number> => shop.office.id('warehouses', { main: 1 });

  test('stock and its value as of any day are what all moves until then add up to, whichever way they are counted', async () => {
    await sell('2026-02-10', 20);
    await sell('2026-03-10', 11, second).catch(() => undefined);
    await sell('2026-03-10', 5, second);
    await sell('2026-12-10', 30);
    const nameOfMain = String((await shop.office.look('sun', (work) => work.tx('warehouses').where({ main: 1 }).first('name'))).name);
    const at = async (to: string) =>
      written(
        await ask(shop.office, 'sun', 'stockAtDay', {
          to,
          filters: { item: [shop.pen.id] },
          sort: { by: 'quantity', direction: 'descending' },
        }),
      );
    expect(await at('2025-12-31')).toEqual([]);
    // 110 pens are worth 690.00: by quantity 627.27 lie in the main warehouse.
    expect(await at('2026-01-31')).toEqual([`钢笔 | ${nameOfMain} | ${100 * piece} | 62727`, `钢笔 | 二号仓 | ${10 * piece} | 6273`]);
    expect(await at('2026-02-10')).toEqual([`钢笔 | ${nameOfMain} | ${80 * piece} | 50182`, `钢笔 | 二号仓 | ${10 * piece} | 6273`]);
    expect(await at('2026-11-30')).toEqual([`钢笔 | ${nameOfMain} | ${80 * piece} | 50183`, `钢笔 | 二号仓 | ${5 * piece} | 3136`]);
    expect(await at('2026-12-10')).toEqual([`钢笔 | ${nameOfMain} | ${50 * piece} | 31365`, `钢笔 | 二号仓 | ${5 * piece} | 3136`]);
    const documents = await askDocuments(shop.office, 'sun', 'stockAtDay', {
      to: '2026-11-30',
      measure: 'quantity',
      keys: { item: shop.pen.id, warehouse: `warehouse:${second}` },
    });
    expect(documents.total).toBe(5 * piece);
    expect(documents.rows.map((row) => [row.type, row.figure])).toEqual([
      ['stockOut', -5 * piece],
      ['openingStock', 10 * piece],
    ]);
    await expect(
      askDocuments(shop.office, 'sun', 'stockValue', { measure: 'value', keys: { warehouse: `warehouse:${second}`, colour: null } }),
    ).rejects.toMatchObject({ code: 'report.unknownAxis' });
  });

  test('the value of the stock by warehouse and branch adds up to the books', async () => {
    await sell('2026-02-10', 20);
    const answer = await ask(shop.office, 'zhao', 'stockValue', { groupBy: ['warehouse'] });
    const books = await shop.office.look('zhao', (work) =>
      work.tx('balances').where({ ledger: 'cost', place: 'stock' }).sum({ value: 'amount' }).first(),
    );
    expect(answer.totals.value).toBe(Number(books?.value));
    expect(answer.rows.reduce((sum, row) => sum + Number(row.figures.value), 0)).toBe(answer.totals.value);
    const one = await ask(shop.office, 'zhao', 'stockValue', { groupBy: ['itemBranch'], filters: { warehouse: [second] } });
    const part = answer.rows.find((row) => row.keys[0] === `warehouse:${second}`);
    expect(one.totals.value).toBe(part?.figures.value);
    expect((await ask(shop.office, 'chen', 'stockValue')).measures).toEqual(['quantity']);
    expect((await offered(shop.office, 'chen')).find((report) => report.name === 'stockValue')?.measures).toEqual({
      quantity: { kind: 'quantity' },
    });
  });

  test('what was taken back has never left: opening, in, out and closing of a period, and how long it lasts', async () => {
    await sell('2026-02-10', 20);
    const wrong = await sell('2026-02-12', 30);
    await shop.office.step('chen', wrong, 'takeBack', '数错了');
    const answer = await ask(shop.office, 'sun', 'stockTurnover', {
      from: '2026-02-01',
      to: '2026-02-28',
      filters: { item: [shop.pen.id] },
    });
    expect(answer.rows[0]?.figures).toMatchObject({
      opening: 110 * piece,
      incoming: 0,
      outgoing: 20 * piece,
      closing: 90 * piece,
      value: 56_455,
      outgoingValue: 12_545,
      // 125.45 went out of a mean of 627.275.
      turnover: 199_992,
      daysOfCover: 126,
      lastOut: '2026-02-10',
    });
    const january = await ask(shop.office, 'sun', 'stockTurnover', {
      from: '2026-01-01',
      to: '2026-01-31',
      filters: { item: [shop.pen.id] },
    });
    expect(january.rows[0]?.figures).toMatchObject({
      opening: 0,
      incoming: 110 * piece,
      outgoing: 0,
      closing: 110 * piece,
      daysOfCover: null,
    });
    const slow = await ask(shop.office, 'sun', 'slowMovers', { from: '2026-02-01', to: '2026-02-28' });
    expect(written(slow, ['lastOut'])).toEqual(['钢笔 | 2026-02-10', '笔记本 | –']);
  });

  test('the matrix of items and warehouses says where one could help another out', async () => {
    await shop.order([{ item: shop.pen.id, quantity: 12 * piece, ...{ warehouse: second } }]);
    const answer = await ask(shop.office, 'chen', 'stockMatrix', {});
    expect(answer.pivot?.columns).toEqual([`warehouse:${await main()}`, `warehouse:${second}`].sort());
    const pen = answer.rows.find((row) => row.keys[0] === shop.pen.id);
    const book = answer.rows.find((row) => row.keys[0] === shop.book.id);
    expect([pen?.cells, pen?.figures.available, pen?.uneven]).toEqual([[100 * piece, -2 * piece], 98 * piece, true]);
    expect([book?.cells, book?.uneven]).toEqual([[40 * piece, null], undefined]);
    expect(answer.pivot?.totals).toEqual([140 * piece, -2 * piece]);
    expect(answer.labels.warehouse?.[`warehouse:${second}`]).toMatchObject({ title: '二号仓', type: 'warehouse', id: second });
  });
});
