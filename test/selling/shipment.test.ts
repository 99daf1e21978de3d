import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { ordersToShip } from '../../server/features/home/lists.ts';
import { deliveryQuality, inTransit, onLoan } from '../../server/features/selling/transit.ts';
import { executionOf } from '../../server/features/trade/execution.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { expectProven, type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, type Shop } from '../trade/shop.ts';

describe.each(stores)('goods on their way, on $name', (kind) => {
  let shop: Shop;
  let office: Office;
  let today: string;
  let carrier: number;

  beforeAll(async () => {
    shop = await openShop(kind);
    office = shop.office;
    today = await office.look('admin', async (work) => work.today);
    carrier = await office.id('dictionary_entries', { dictionary: 'carrier', name: '顺丰速运' });
    const entry = { ...(await office.read('admin', 'dictionaryEntry', carrier)), type: 'dictionaryEntry' };
    await office.change('admin', entry, { values: { queryAddress: 'https://carrier.example/track?no={number}', arrivalDays: 2 } });
  });
  afterEach(() => expectProven(office));
  afterAll(() => office.close());

  const sent = async (order: { id: number }, values: Record<string, string | number>): Promise<StoredRecord> => {
    const draft = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], { values });
    return office.step('chen', draft, 'post');
  };
  const execution = (order: { id: number }, who = 'wang') =>
    office.look(who, (work) => executionOf(work, office.company.catalogue.get('salesOrder'), order.id));

  test('what nobody has signed for stands in the list with its age and its carrier’s page, until somebody has', async () => {
    const order = await shop.order(undefined, { day: addDays(today, -9) });
    const note = await sent(order, { carrier, parcelNumber: 'SF 1/2', day: addDays(today, -5) });
    const open = await office.look('wang', (work) => inTransit(work, {}));
    expect(open.rows).toMatchObject([
      {
        id: note.id,
        ageDays: 5,
        expectedOn: addDays(today, -3),
        trackAt: 'https://carrier.example/track?no=SF%201%2F2',
        carrier: '顺丰速运',
      },
    ]);
    expect((await office.look('li', (work) => inTransit(work, {}))).rows).toEqual([]);
    expect((await execution(order)).track).toContainEqual({ step: 'signed', progress: 'none', first: null, at: null });
    await office.change('chen', note, { values: { signedOn: addDays(today, -2), signedBy: '李师傅' } });
    expect((await office.look('wang', (work) => inTransit(work, {}))).rows).toEqual([]);
    const seen = await execution(order);
    expect(seen.track).toContainEqual({ step: 'signed', progress: 'all', first: addDays(today, -2), at: addDays(today, -2) });
    expect(seen.shipments).toMatchObject([
      { number: note.values.number, carrier: '顺丰速运', signedBy: '李师傅', lines: [{ name: null, quantity: 10 * piece }] },
    ]);
  });

  test('a parcel is found by its number, also the second of a delivery', async () => {
    const note = await sent(await shop.order(), { carrier });
    await office.change('chen', note, { parts: { parcels: [{ carrier, number: 'YT5500017', boxCount: 2 }] } });
    const rows = await office.company.store.read((tx) => tx('stock_out_parcels').where({ number: 'YT5500017' }).select('parent'));
    expect(rows).toEqual([{ parent: note.id }]);
  });

  test('a carrier is as good as the share of its deliveries that were signed in time', async () => {
    const from = addDays(today, -40);
    for (const [shipped, signed] of [
      [-40, -39],
      [-39, -30],
      [-38, null],
    ] as const) {
      const order = await shop.order([{ item: shop.pen.id, quantity: piece }], { day: addDays(today, -41) });
      const note = await sent(order, { carrier, day: addDays(today, shipped) });
      if (signed !== null) await office.change('chen', note, { values: { signedOn: addDays(today, signed) } });
    }
    const quality = await office.look('wang', (work) => deliveryQuality(work, { from, to: addDays(today, -35), by: 'carrier' }));
    expect(quality.rows).toEqual([
      { id: carrier, name: '顺丰速运', shipped: 3, signed: 2, onTime: 1, share: 333_333, averageDays: 5 * piece },
    ]);
    const byRegion = await office.look('wang', (work) => deliveryQuality(work, { from, to: addDays(today, -35), by: 'region' }));
    expect(byRegion.rows).toMatchObject([{ id: null, shipped: 3 }]);
  });

  test('an order tells of everything that followed: notices, deliveries, what came back and what was paid', async () => {
    const type = await office.create('admin', 'orderType', { name: '见单出库', outboundBy: 'notice', receivableFrom: 'stockOut' });
    const order = await shop.order([{ item: shop.pen.id, quantity: 5 * piece }], { orderType: type.id });
    const notice = await office.step(
      'zhou',
      await office.become('wang', 'deliveryNotice', [{ type: 'salesOrder', id: order.id }]),
      'approve',
      '老客户',
    );
    expect((await office.look('chen', ordersToShip))?.rows).toMatchObject([{ type: 'deliveryNotice', id: notice.id }]);
    const note = await office.step('chen', await office.become('chen', 'stockOut', [{ type: 'deliveryNotice', id: notice.id }]), 'post');
    const returnReason = await office.id('dictionary_entries', { dictionary: 'returnReason', name: '多发' });
    const back = await office.become('chen', 'salesReturn', [{ type: 'stockOut', id: note.id }], {
      values: { returnReason },
      part: 'lines',
      rows: { quantity: piece },
    });
    const returned = await office.step('chen', back, 'post');
    const paid = await office.become('zhao', 'receipt', [{ type: 'stockOut', id: note.id, rows: [{ id: 1, amount: 1000 }] }], {
      values: { amount: 1000 },
    });
    await office.step('zhao', paid, 'post');
    const seen = await execution(order);
    expect(seen).toMatchObject({
      notices: [{ id: notice.id, amount: 5 * piece }],
      stockOuts: [{ id: note.id, amount: 5 * piece }],
      returns: [{ id: returned.id, amount: 1130 }],
      receipts: [{ amount: 1000 }],
      refunds: [],
    });
    expect(JSON.stringify(await execution(order, 'chen'))).not.toMatch(/1130|"total"|"received"/);
  });

  test('what came back is set against what the customer owes', async () => {
    const order = await shop.order();
    const note = await shop.ship(order);
    const returnReason = await office.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
    const rows = { part: 'lines', rows: { quantity: 2 * piece } };
    const back = await office.become('chen', 'salesReturn', [{ type: 'stockOut', id: note.id }], { values: { returnReason }, ...rows });
    const returned = await office.step('chen', back, 'post');
    const credits = [{ sourceType: 'salesReturn', source: returned.id, amount: 2260 }];
    const allocations = [{ sourceType: 'salesOrder', source: order.id, amount: 2260 }];
    const settlement = await office.create('zhao', 'settlement', { customer: shop.customer.id }, { allocations, credits });
    await office.step('zhao', settlement, 'post');
    expect((await office.read('zhao', 'salesReturn', returned.id)).values).toMatchObject({ creditUsed: 2260, creditLeft: 0 });
    expect((await office.read('zhao', 'salesOrder', order.id)).values).toMatchObject({ openAmount: 11_300 - 2260 });
    await expect(
      office.step('chen', { ...(await office.read('admin', 'salesReturn', returned.id)), type: 'salesReturn' }, 'takeBack', '错'),
    ).rejects.toMatchObject({ code: 'document.hasFollowers' });
  });

  test('what is lent stands in the list of loans until it is settled', async () => {
    const values = { customer: shop.customer.id, warehouse: shop.warehouse, dueOn: addDays(today, -1), day: addDays(today, -20) };
    const lines = [{ item: shop.pen.id, quantity: 3 * piece, unit: '支' }];
    const loan = await office.step('chen', await office.create('wang', 'loan', values, { lines }), 'post');
    const open = () => office.look('wang', (work) => onLoan(work, {}));
    expect((await open()).rows).toMatchObject([{ loan: loan.id, left: 3 * piece, ageDays: 20, dueOn: addDays(today, -1) }]);
    const back = await office.become('chen', 'loanReturn', [{ type: 'loan', id: loan.id }], { values: { warehouse: shop.warehouse } });
    await office.step('chen', back, 'post');
    expect((await open()).rows).toEqual([]);
  });
});
