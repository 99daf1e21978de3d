import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listNotices } from '../../server/features/notices/notices.ts';
import { stockOf } from '../../server/features/trade/stock.ts';
import { type StockQuery, stockList } from '../../server/features/trade/stockList.ts';
import { type MovesQuery, stockMoves } from '../../server/features/trade/stockMoves.ts';
import { exportMoves } from '../../server/features/warehousing/exportMoves.ts';
import { stockLimits } from '../../server/features/warehousing/stockLimits.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, type Shop, yuan } from './shop.ts';

describe.each(stores)('Whoever looks after stock, on $name', (kind) => {
  let shop: Shop;
  let branch: number;
  let scrapped: number;
  beforeEach(async () => {
    shop = await openShop(kind);
    branch = (await shop.office.create('admin', 'warehouse', { name: '分库', code: 'B' })).id;
    scrapped = await shop.office.id('dictionary_entries', { dictionary: 'stockReason', name: '报废' });
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const out = async (who: string, quantity: number, values: Record<string, string | number> = {}) =>
    shop.office.step(
      who,
      await shop.office.create(
        who,
        'otherOut',
        { warehouse: shop.warehouse, stockReason: scrapped, ...values },
        { lines: [{ item: shop.pen.id, quantity }] },
      ),
      'post',
    );
  const sentToBranch = async (quantity: number) =>
    shop.office.step(
      'admin',
      await shop.office.create(
        'admin',
        'stockTransfer',
        { warehouse: shop.warehouse, toWarehouse: branch },
        { lines: [{ item: shop.pen.id, quantity }] },
      ),
      'post',
    );
  const limitedTo = async (login: string, warehouse: number) => {
    const id = await shop.office.id('users', { login });
    const user = await shop.office.read('admin', 'user', id);
    await shop.office.change('admin', { type: 'user', id, version: user.version }, { parts: { warehouses: [{ warehouse }] } });
  };
  const withLimits = async (limits: Record<string, number>[]) => {
    const item = await shop.office.read('admin', 'item', shop.pen.id);
    await shop.office.change(
      'admin',
      { type: 'item', id: shop.pen.id, version: item.version },
      { values: { safetyStock: null }, parts: { stockLimits: limits } },
    );
  };
  const list = (who: string, query: StockQuery) => shop.office.look(who, (work) => stockList(work, query));
  const moves = (who: string, query: MovesQuery) => shop.office.look(who, (work) => stockMoves(work, query));

  test('the people named at a limit hear once that it was crossed, and again only after there was enough', async () => {
    const [buyer, sales] = [await shop.office.id('users', { login: 'zhao' }), await shop.office.id('users', { login: 'wang' })];
    await withLimits([{ minimum: 95 * piece, maximum: 150 * piece, notify: buyer, alsoNotify: sales }]);
    const heard = async (who: string) => (await shop.office.look(who, (work) => listNotices(work, {}))).rows;
    await shop.order([{ item: shop.pen.id, quantity: 5 * piece }]);
    expect(await heard('zhao')).toEqual([]);
    const low = await shop.order([{ item: shop.pen.id, quantity: piece }]);
    expect(await heard('zhao')).toMatchObject([
      { code: 'notice.lowStock', type: 'item', record: shop.pen.id, facts: { available: 94 * piece, minimum: 95 * piece } },
    ]);
    expect(await heard('wang')).toHaveLength(1);
    await out('chen', piece);
    expect(await heard('zhao')).toHaveLength(1);
    await shop.office.step('wang', low, 'void', '不要了');
    await shop.office.step(
      'admin',
      await shop.office.create(
        'admin',
        'otherIn',
        { warehouse: shop.warehouse, stockReason: scrapped },
        { lines: [{ item: shop.pen.id, quantity: piece }] },
      ),
      'post',
    );
    await out('chen', 3 * piece);
    expect(await heard('zhao')).toHaveLength(2);
  });

  test('a limit of one warehouse is about what lies there', async () => {
    await withLimits([{ warehouse: shop.warehouse, minimum: 90 * piece, notify: await shop.office.id('users', { login: 'chen' }) }]);
    await sentToBranch(20 * piece);
    const [notice] = (await shop.office.look('chen', (work) => listNotices(work, {}))).rows;
    expect(notice).toMatchObject({ code: 'notice.lowStockAt', facts: { warehouse: '主仓库', available: 80 * piece } });
    expect((await shop.office.look('chen', (work) => stockLimits(work, {}))).rows).toMatchObject([
      { item: shop.pen.id, warehouse: shop.warehouse, minimum: 90 * piece, available: 80 * piece, onOrder: 0, suggested: 100 * piece },
    ]);
  });

  test('the list says what lies outside its limits and how much to order', async () => {
    await withLimits([{ minimum: 120 * piece, maximum: 300 * piece }]);
    const limits = (side: 'below' | 'above') => shop.office.look('chen', (work) => stockLimits(work, { side }));
    expect((await limits('below')).rows).toMatchObject([
      { item: shop.pen.id, warehouse: null, available: 100 * piece, suggested: 200 * piece, units: [{ unit: '盒', ratio: 12 * piece }] },
    ]);
    await withLimits([{ maximum: 99 * piece }]);
    expect((await limits('below')).rows).toEqual([]);
    expect((await limits('above')).rows).toMatchObject([{ item: shop.pen.id, maximum: 99 * piece, suggested: 0 }]);
  });

  test('stock of an earlier day is what lay there then, with what it was worth', async () => {
    await out('admin', 10 * piece, { day: '2099-01-10' });
    await out('admin', 5 * piece, { day: '2099-02-10' });
    const pens = async (day?: string) =>
      (await list('zhao', { search: '钢笔', ...(day ? { day } : {}) })).rows.map((row) => [row.onHand, row.value]);
    expect(await pens()).toEqual([[85 * piece, 510 * yuan]]);
    expect(await pens('2099-01-31')).toEqual([[90 * piece, 540 * yuan]]);
    expect(await pens('2099-01-09')).toEqual([[100 * piece, 600 * yuan]]);
    expect((await list('zhao', { day: '2000-01-01', held: true })).rows).toEqual([]);
    expect(await pens('2000-01-01')).toEqual([[0, 0]]);
  });

  test('the movement ledger of a period tells before and after whatever is left out, and goes into a workbook', async () => {
    await out('admin', 10 * piece, { day: '2099-01-10' });
    await sentToBranch(20 * piece);
    await out('admin', 5 * piece, { day: '2099-02-10' });
    const february = await moves('chen', { warehouse: shop.warehouse, from: '2099-02-01', to: '2099-02-28' });
    expect(february.rows).toMatchObject([
      { item: shop.pen.id, before: 70 * piece, quantity: -5 * piece, after: 65 * piece, fromKind: 'warehouse', toKind: 'adjustment' },
    ]);
    const transfers = await moves('chen', { type: 'stockTransfer' });
    expect(transfers.rows).toMatchObject([
      { fromKind: 'warehouse', to: branch, toKind: 'transit', amount: 20 * piece, before: 90 * piece, quantity: 0, after: 90 * piece },
    ]);
    const admin = await shop.office.actor('admin');
    const file = await exportMoves(shop.office.company, admin, { item: shop.pen.id }, 'zh-CN');
    const path = join(shop.office.company.folder, file.name);
    await writeFile(path, file.bytes);
    const rows = (await rowsIn(path)).map((row) => row.cells.map(shown));
    expect(rows[0]).toEqual(expect.arrayContaining(['单据', '变动前', '变动', '变动后']));
    expect(rows).toHaveLength(5);
    expect(rows[1]).toEqual(expect.arrayContaining(['钢笔', '主仓库', '其他', '90', '-5', '85']));
    const refused = exportMoves(shop.office.company, await shop.office.actor('wang'), {}, 'zh-CN');
    await expect(refused).rejects.toMatchObject({ code: 'access.denied' });
  });

  test('whoever is limited to a warehouse sees its stock and moves goods there alone', async () => {
    await sentToBranch(20 * piece);
    await limitedTo('chen', branch);
    expect((await list('chen', { held: true })).rows.map((row) => [row.warehouse, row.inTransit])).toEqual([[branch, 20 * piece]]);
    expect(await shop.office.look('chen', (work) => stockOf(work, [shop.book.id]))).toEqual([]);
    expect((await moves('chen', {})).rows).toEqual([]);
    expect((await moves('chen', { warehouse: shop.warehouse })).rows).toEqual([]);
    await expect(out('chen', piece)).rejects.toMatchObject({ code: 'stock.otherWarehouse', facts: { warehouse: '主仓库' } });
    const sent = await shop.office.id('stock_transfers', { to_warehouse: branch });
    const arrived = await shop.office.become('chen', 'transferIn', [{ type: 'stockTransfer', id: sent }]);
    await shop.office.step('chen', arrived, 'post');
    expect((await moves('chen', {})).rows).toMatchObject([{ to: branch, before: 0, after: 20 * piece }]);
    await limitedTo('chen', shop.warehouse);
    await expect(shop.office.step('chen', { ...arrived, version: 2 }, 'takeBack', '错')).rejects.toMatchObject({
      code: 'stock.otherWarehouse',
    });
  });
});
