import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stockList } from '../../server/features/trade/stockList.ts';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from './shop.ts';

describe.each(stores)('Goods between two warehouses, on $name', (kind) => {
  let shop: Shop;
  let branch: number;
  let lossReason: number;
  beforeEach(async () => {
    shop = await openShop(kind);
    branch = (await shop.office.create('admin', 'warehouse', { name: '分库', code: 'B' })).id;
    lossReason = await shop.office.id('dictionary_entries', { dictionary: 'stockReason', name: '运输损耗' });
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const transfer = (quantity: number, values: Record<string, number> = {}, line: Record<string, string | number> = {}) =>
    shop.office.create(
      'chen',
      'stockTransfer',
      { warehouse: shop.warehouse, toWarehouse: branch, ...values },
      { lines: [{ item: shop.pen.id, quantity, ...line }] },
    );
  const arrival = (sent: { id: number }, rows: Record<string, number> = {}) =>
    shop.office.become('chen', 'transferIn', [{ type: 'stockTransfer', id: sent.id }], { part: 'lines', rows });
  const pens = async () =>
    (await shop.office.look('zhao', (work) => stockList(work, { search: '钢笔' }))).rows.map((row) => ({
      warehouse: row.warehouse,
      onHand: row.onHand,
      inTransit: row.inTransit,
      value: row.value,
    }));

  test('what was sent is on the way until it is received, and keeps its worth all the time', async () => {
    const sent = await shop.office.step('chen', await transfer(30 * piece), 'post');
    expect(await movesOf(shop.office, sent)).toBe(`stock | warehouse:${shop.warehouse} -> transit:${branch} | ${30 * piece}`);
    expect(await pens()).toEqual([
      { warehouse: shop.warehouse, onHand: 70 * piece, inTransit: 0, value: 420 * yuan },
      { warehouse: branch, onHand: 0, inTransit: 30 * piece, value: 180 * yuan },
    ]);
    const part = await shop.office.step('chen', await arrival(sent, { quantity: 10 * piece }), 'post');
    expect((await shop.office.read('chen', 'stockTransfer', sent.id)).values.receivedState).toBe('part');
    const rest = await shop.office.step('chen', await arrival(sent), 'post');
    expect(rest.parts.lines?.[0]?.quantity).toBe(20 * piece);
    const done = await shop.office.read('chen', 'stockTransfer', sent.id);
    expect([done.state, done.values.receivedState]).toEqual(['completed', 'all']);
    expect(await pens()).toEqual([
      { warehouse: shop.warehouse, onHand: 70 * piece, inTransit: 0, value: 420 * yuan },
      { warehouse: branch, onHand: 30 * piece, inTransit: 0, value: 180 * yuan },
    ]);
    await shop.office.step('chen', part, 'takeBack', '点错');
    expect((await shop.office.read('chen', 'stockTransfer', sent.id)).state).toBe('posted');
    expect((await pens())[1]).toMatchObject({ onHand: 20 * piece, inTransit: 10 * piece });
  });

  test('what did not arrive is lost for a reason, with what it cost', async () => {
    const sent = await shop.office.step('chen', await transfer(10 * piece), 'post');
    const arrived = await arrival(sent, { lost: 2 * piece });
    await expect(shop.office.step('chen', arrived, 'post')).rejects.toMatchObject({
      code: 'transfer.lossWithoutReason',
      fields: [{ path: 'lines.0.lossReason' }],
    });
    const lines = [{ id: arrived.parts.lines?.[0]?.id ?? 0, lossReason }];
    const explained = await shop.office.change('chen', arrived, { parts: { lines } });
    const posted = await shop.office.step('chen', explained, 'post');
    expect(await movesOf(shop.office, posted)).toBe(
      [
        `stock | transit:${branch} -> warehouse:${branch} | ${8 * piece}`,
        `stock | transit:${branch} -> adjustment | ${2 * piece}`,
        `cost | stock -> adjustment | ${12 * yuan}`,
      ].join('\n'),
    );
    expect((await shop.office.read('chen', 'stockTransfer', sent.id)).state).toBe('completed');
    expect(posted.values.costTotal).toBe(12 * yuan);
  });

  test('no more is received or lost than was sent, and nothing travels to where it is', async () => {
    const sent = await shop.office.step('chen', await transfer(5 * piece), 'post');
    await expect(shop.office.step('chen', await arrival(sent, { quantity: 6 * piece }), 'post')).rejects.toMatchObject({
      code: 'flow.overQuantity',
    });
    await expect(shop.office.step('chen', await arrival(sent, { lost: 6 * piece, lossReason }), 'post')).rejects.toMatchObject({
      code: 'transfer.lostTooMuch',
    });
    const round = await transfer(piece, { toWarehouse: shop.warehouse });
    await expect(shop.office.step('chen', round, 'post')).rejects.toMatchObject({ code: 'transfer.sameWarehouse' });
    await expect(shop.office.step('chen', await transfer(101 * piece), 'post')).rejects.toMatchObject({ code: 'stock.notEnough' });
  });

  test('a transfer of which something arrived is not taken back; one on the way is, as a whole', async () => {
    const sent = await shop.office.step('chen', await transfer(12 * piece), 'post');
    const part = await shop.office.step('chen', await arrival(sent, { quantity: 4 * piece }), 'post');
    const now = await shop.office.read('chen', 'stockTransfer', sent.id);
    await expect(shop.office.step('chen', { ...sent, version: now.version }, 'takeBack', '不调了')).rejects.toMatchObject({
      code: 'document.hasFollowers',
    });
    await shop.office.step('chen', part, 'takeBack', '退回');
    const free = await shop.office.read('chen', 'stockTransfer', sent.id);
    await shop.office.step('chen', { ...sent, version: free.version }, 'takeBack', '不调了');
    expect(await pens()).toEqual([{ warehouse: shop.warehouse, onHand: 100 * piece, inTransit: 0, value: 600 * yuan }]);
  });

  test('boxes are sent and received as boxes; the stock moves by pieces', async () => {
    const sent = await shop.office.step('chen', await transfer(2 * piece, {}, { unit: '盒', unitRatio: 12 * piece }), 'post');
    await shop.office.step('chen', await arrival(sent), 'post');
    expect((await pens())[1]).toMatchObject({ warehouse: branch, onHand: 24 * piece });
  });

  test('opposite transfers from many hands at once never lock each other out', async () => {
    const lines = [
      { item: shop.pen.id, quantity: piece },
      { item: shop.book.id, quantity: piece },
    ];
    await shop.office.step(
      'admin',
      await shop.office.create(
        'admin',
        'openingStock',
        { warehouse: branch },
        { lines: lines.map((line) => ({ ...line, quantity: 40 * piece, unitCost: priced(6) })) },
      ),
      'post',
    );
    const there = { warehouse: shop.warehouse, toWarehouse: branch };
    const back = { warehouse: branch, toWarehouse: shop.warehouse };
    const drafts = [];
    for (let pair = 0; pair < 10; pair += 1) {
      drafts.push(await shop.office.create('chen', 'stockTransfer', there, { lines }));
      drafts.push(await shop.office.create('chen', 'stockTransfer', back, { lines: lines.toReversed() }));
    }
    await Promise.all(drafts.map((draft) => shop.office.step('chen', draft, 'post')));
    const here = (await pens()).find((row) => row.warehouse === shop.warehouse);
    expect(here).toMatchObject({ onHand: 90 * piece, inTransit: 10 * piece });
  });

  test('a clerk without the right to confirm hands the transfer in, and it waits', async () => {
    const waiting = await shop.office.step('chen', await transfer(3 * piece), 'submit');
    expect(waiting.state).toBe('pending');
    expect(await pens()).toMatchObject([{ onHand: 100 * piece }]);
    const sent = await shop.office.step('admin', waiting, 'post');
    expect(sent.state).toBe('posted');
    await expect(shop.office.read('wang', 'stockTransfer', sent.id)).rejects.toMatchObject({ code: 'record.notFound' });
  });
});
