import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { type LotShop, openLotShop } from './lotShop.ts';
import { piece, priced } from './shop.ts';

describe.each(stores)('A food trader with batches, on $name', (kind) => {
  let shop: LotShop;
  beforeEach(async () => {
    shop = await openLotShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const refused = (code: string) => expect.objectContaining({ code });

  test('batches come in with their goods, go out by number, and come back to where they belong', async () => {
    const { office, milk } = shop;
    const came = await shop.receive(
      [{ item: milk.id, quantity: 60 }],
      [
        { number: 'M1', quantity: 40, madeOn: '2026-10-01' },
        { number: 'm2', quantity: 20, expiresOn: '2027-03-01' },
      ],
    );
    const [first, second] = await shop.lotsOf(milk.id);
    // A shelf life of 180 days gives the first its day.
    expect(first).toMatchObject({ number: 'M1', made_on: '2026-10-01', expires_on: '2027-03-30', supplier: shop.supplier });
    expect(second).toMatchObject({ number: 'm2', made_on: null, expires_on: '2027-03-01' });
    expect(came.parts.lots?.map(({ lot, expiresOn }) => [lot, expiresOn])).toEqual([
      [first?.id, '2027-03-30'],
      [second?.id, '2027-03-01'],
    ]);
    const order = await shop.order([{ item: milk.id, quantity: 30 }]);
    const out = await shop.ship(order, [
      { number: 'Ｍ2', quantity: 20 },
      { number: 'M1', quantity: 10 },
    ]);
    expect(await movesOf(office, out)).toContain(`lots | warehouse:${shop.warehouse} -> customer | ${20 * piece}`);
    expect(out.parts.lines?.[0]?.lotNumbers).toBe('Ｍ2 2027-03-01 ×20、M1 2027-03-30 ×10');
    expect(await shop.heldOf(milk.id)).toEqual({ M1: 30, m2: 0 });
    // The customer sends 25 back: the return begins with the batches that were delivered.
    const back = await office.become(
      'chen',
      'salesReturn',
      [{ type: 'stockOut', id: out.id, rows: [{ id: out.parts.lines?.[0]?.id ?? 0, amount: 25 * piece }] }],
      {
        values: { returnReason: await office.id('dictionary_entries', { dictionary: 'returnReason' }) },
      },
    );
    expect(back.parts.lots?.map(({ number, quantity }) => [number, quantity])).toEqual([
      ['Ｍ2', 20 * piece],
      ['M1', 5 * piece],
    ]);
    await office.step('chen', back, 'post');
    expect(await shop.heldOf(milk.id)).toEqual({ M1: 35, m2: 20 });
    // What was returned already is not proposed again.
    const rest = await office.become('chen', 'salesReturn', [{ type: 'stockOut', id: out.id }], {
      values: { returnReason: await office.id('dictionary_entries', { dictionary: 'returnReason' }) },
    });
    expect(rest.parts.lots?.map(({ number, quantity }) => [number, quantity])).toEqual([['M1', 5 * piece]]);
    const taken = await office.step('chen', await shop.now(back), 'takeBack', '退错了');
    expect(taken.state).toBe('draft');
    expect(await shop.heldOf(milk.id)).toEqual({ M1: 30, m2: 0 });
  });

  test('goods whose batches are not told do not move, and neither do more batches than goods', async () => {
    const { milk, pen } = shop;
    const short = { item: '鲜奶', wanted: 10 * piece };
    await expect(shop.receive([{ item: milk.id, quantity: 10 }], [])).rejects.toMatchObject({
      code: 'lots.missing',
      facts: { ...short, given: 0 },
    });
    await expect(shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'A', quantity: 9 }])).rejects.toMatchObject({
      code: 'lots.missing',
      facts: { ...short, given: 9 * piece },
      fields: [{ path: 'lines.0.quantity', code: 'lots.missing' }],
    });
    await expect(shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'A', quantity: 11 }])).rejects.toMatchObject({
      code: 'lots.surplus',
      facts: { surplus: piece },
    });
    await expect(
      shop.receive(
        [
          { item: milk.id, quantity: 10 },
          { item: pen.id, quantity: 1 },
        ],
        [
          { number: 'A', quantity: 10 },
          { item: pen.id, number: 'A', quantity: 1 },
        ],
      ),
    ).rejects.toMatchObject({ code: 'lots.notTracked' });
    await expect(shop.note('openingStock', [{ item: milk.id, quantity: 10 }], [])).rejects.toMatchObject({
      code: 'lots.missing',
      fields: [{ path: 'lines.0.item' }],
    });
    // What was refused made no batch.
    expect(await shop.lotsOf(milk.id)).toEqual([]);
    await shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'A', quantity: 10, expiresOn: '2027-01-31' }]);
    await expect(
      shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'A', quantity: 10, expiresOn: '2027-02-28' }]),
    ).rejects.toMatchObject({
      code: 'lots.otherDays',
    });
    const order = await shop.order([{ item: milk.id, quantity: 5 }]);
    await expect(shop.ship(order, [{ number: 'B', quantity: 5 }])).rejects.toEqual(refused('lots.unknown'));
    await shop.receive([{ item: milk.id, quantity: 3 }], [{ number: 'B', quantity: 3 }]);
    await expect(shop.ship(order, [{ number: 'B', quantity: 5 }])).rejects.toMatchObject({
      code: 'lots.notHeld',
      facts: { item: 'B', wanted: 5 * piece, held: 3 * piece },
    });
  });

  test('a warehouse that may be overdrawn still holds no less than nothing of a batch', async () => {
    const { office, milk } = shop;
    const warehouse = await office.read('admin', 'warehouse', shop.warehouse);
    await office.change('admin', warehouse, { values: { negativeStock: 'allow' } });
    await shop.receive([{ item: milk.id, quantity: 3 }], [{ number: 'A', quantity: 3 }]);
    const order = await shop.order([{ item: milk.id, quantity: 5 }]);
    await expect(shop.ship(order, [{ number: 'A', quantity: 5 }])).rejects.toEqual(refused('lots.notHeld'));
  });

  test('a blocked batch is not sold and not used, and goes back to the supplier or is written off', async () => {
    const { office, milk } = shop;
    const came = await shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'A', quantity: 10 }]);
    const [lot] = await shop.lotsOf(milk.id);
    await office.change('chen', await office.read('chen', 'lot', Number(lot?.id)), { values: { blocked: true } });
    const order = await shop.order([{ item: milk.id, quantity: 5 }]);
    await expect(shop.ship(order, [{ number: 'A', quantity: 5 }])).rejects.toMatchObject({ code: 'lots.blocked', facts: { number: 'A' } });
    await expect(shop.note('requisition', [{ item: milk.id, quantity: 1 }], [{ number: 'A', quantity: 1 }])).rejects.toEqual(
      refused('lots.blocked'),
    );
    const stockReason = await office.id('dictionary_entries', { dictionary: 'stockReason' });
    await shop.note('otherOut', [{ item: milk.id, quantity: 1 }], [{ number: 'A', quantity: 1 }], { stockReason });
    const returnReason = await office.id('dictionary_entries', { dictionary: 'purchaseReturnReason' });
    const returned = await office.become(
      'chen',
      'purchaseReturn',
      [{ type: 'stockIn', id: came.id, rows: [{ id: came.parts.lines?.[0]?.id ?? 0, amount: 9 * piece }] }],
      {
        values: { returnReason },
      },
    );
    expect(returned.parts.lots?.map(({ number, quantity }) => [number, quantity])).toEqual([['A', 9 * piece]]);
    await office.step('chen', returned, 'post');
    expect(await shop.heldOf(milk.id)).toEqual({ A: 0 });
  });

  test('goods past their day leave after a warning, or not at all when the company says so', async () => {
    const { office, milk } = shop;
    await shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'OLD', quantity: 10, expiresOn: '2026-01-31' }]);
    const order = await shop.order([{ item: milk.id, quantity: 5 }]);
    const draft = await shop.shipping(order, [{ number: 'OLD', quantity: 2 }], 2);
    await expect(office.step('chen', draft, 'post')).rejects.toMatchObject({
      code: 'lots.expired',
      facts: { number: 'OLD', expiresOn: '2026-01-31', level: 'warn' },
    });
    await office.step('chen', draft, 'post', undefined, ['lots.expired']);
    await shop.parameter('parameter.expiredLots', 'block');
    const other = await shop.shipping(order, [{ number: 'OLD', quantity: 2 }], 2);
    await expect(office.step('chen', other, 'post', undefined, ['lots.expired'])).rejects.toEqual(refused('lots.expired'));
  });

  test('a batch on its way between warehouses is on its way, and what is lost of it is lost', async () => {
    const { office, milk } = shop;
    const branch = await office.create('admin', 'warehouse', { name: '冷库', code: 'CS' });
    await shop.receive(
      [{ item: milk.id, quantity: 10 }],
      [
        { number: 'A', quantity: 6 },
        { number: 'B', quantity: 4 },
      ],
    );
    const sent = await shop.note(
      'stockTransfer',
      [{ item: milk.id, quantity: 8 }],
      [
        { number: 'A', quantity: 5 },
        { number: 'B', quantity: 3 },
      ],
      { toWarehouse: branch.id },
    );
    expect(await shop.placesOf(milk.id)).toEqual({
      A: { [`warehouse:${shop.warehouse}`]: 1, [`transit:${branch.id}`]: 5 },
      B: { [`warehouse:${shop.warehouse}`]: 1, [`transit:${branch.id}`]: 3 },
    });
    const lossReason = await office.id('dictionary_entries', { dictionary: 'stockReason' });
    const arriving = await office.become('chen', 'transferIn', [{ type: 'stockTransfer', id: sent.id }], {
      part: 'lines',
      rows: { lost: 2 * piece, lossReason },
    });
    expect(arriving.parts.lots?.map(({ number, quantity }) => [number, quantity])).toEqual([
      ['A', 5 * piece],
      ['B', 3 * piece],
    ]);
    await expect(office.step('chen', arriving, 'post')).rejects.toEqual(refused('lots.missing'));
    const rows = (arriving.parts.lots ?? []).map(({ id, number }) => ({ id, lost: number === 'B' ? 2 * piece : 0 }));
    await office.step('chen', await office.change('chen', arriving, { parts: { lots: rows } }), 'post');
    expect(await shop.placesOf(milk.id)).toEqual({
      A: { [`warehouse:${shop.warehouse}`]: 1, [`warehouse:${branch.id}`]: 5 },
      B: { [`warehouse:${shop.warehouse}`]: 1, [`warehouse:${branch.id}`]: 1 },
    });
  });

  test('a batch that is lent comes back or is sold as the batch it is', async () => {
    const { office, milk, customer } = shop;
    await shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'A', quantity: 10 }]);
    const lent = await shop.note('loan', [{ item: milk.id, quantity: 6 }], [{ number: 'A', quantity: 6 }], {
      customer: customer.id,
      dueOn: '2026-12-31',
    });
    const back = await office.become('chen', 'loanReturn', [
      { type: 'loan', id: lent.id, rows: [{ id: lent.parts.lines?.[0]?.id ?? 0, amount: 2 * piece }] },
    ]);
    await office.step('chen', back, 'post');
    const sold = await office.become('admin', 'loanSale', [{ type: 'loan', id: lent.id }]);
    expect(sold.parts.lots?.map(({ number, quantity }) => [number, quantity])).toEqual([['A', 4 * piece]]);
    await office.step('admin', sold, 'post');
    expect(await shop.placesOf(milk.id)).toEqual({ A: { [`warehouse:${shop.warehouse}`]: 6 } });
  });

  test('how an item is told apart stays as it is while any of it lies anywhere, and what was moved before cannot come back untold', async () => {
    const { office, milk, pen } = shop;
    const change = async (item: StoredRecord, values: Record<string, Value>) =>
      office.change('admin', await office.read('admin', 'item', item.id), { values });
    await expect(change(pen, { tracking: 'lot' })).rejects.toEqual(refused('item.trackingFixed'));
    const order = await shop.order([{ item: milk.id, quantity: 5 }]);
    await shop.receive([{ item: milk.id, quantity: 5 }], [{ number: 'A', quantity: 5 }]);
    await expect(change(milk, { tracking: 'none' })).rejects.toEqual(refused('item.trackingFixed'));
    const out = await shop.ship(order, [{ number: 'A', quantity: 5 }]);
    await change(milk, { tracking: 'none' });
    await expect(office.step('chen', out, 'takeBack', '试')).rejects.toMatchObject({ code: 'lots.untold', facts: { item: '鲜奶' } });
    await change(milk, { tracking: 'lot' });
    await office.step('chen', out, 'takeBack', '试');
    expect(await shop.heldOf(milk.id)).toEqual({ A: 5 });
  });
});

describe.each(stores)('A machine trader with serial numbers, on $name', (kind) => {
  let shop: LotShop;
  beforeEach(async () => {
    shop = await openLotShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const numbers = (...all: string[]) => all.map((number) => ({ number, quantity: 1 }));

  test('each machine has a number of its own, wherever it goes', async () => {
    const { office, drill } = shop;
    const of = (rows: { number: string; quantity: number }[]) => rows.map((row) => ({ item: drill.id, ...row }));
    await shop.receive([{ item: drill.id, quantity: 3 }], of(numbers('SN-1', 'SN-2', 'SN-3')));
    const order = await shop.order([{ item: drill.id, quantity: 2 }]);
    const out = await shop.ship(order, of(numbers('SN-1', 'SN-3')));
    expect(out.parts.lines?.[0]?.lotNumbers).toBe('SN-1、SN-3');
    expect(await shop.placesOf(drill.id)).toEqual({ 'SN-1': {}, 'SN-2': { [`warehouse:${shop.warehouse}`]: 1 }, 'SN-3': {} });
    await expect(shop.receive([{ item: drill.id, quantity: 1 }], of(numbers('sn-2')))).rejects.toMatchObject({
      code: 'lots.alreadyHere',
      facts: { number: 'SN-2' },
    });
    await expect(shop.receive([{ item: drill.id, quantity: 2 }], of(numbers('SN-4', 'sn-4')))).rejects.toMatchObject({
      code: 'lots.twice',
    });
    await expect(shop.receive([{ item: drill.id, quantity: 2 }], of([{ number: 'SN-4', quantity: 2 }]))).rejects.toMatchObject({
      code: 'lots.oneEach',
    });
    // A machine that was sold comes back under its old number.
    const returnReason = await office.id('dictionary_entries', { dictionary: 'returnReason' });
    const back = await office.become(
      'chen',
      'salesReturn',
      [{ type: 'stockOut', id: out.id, rows: [{ id: out.parts.lines?.[0]?.id ?? 0, amount: piece }] }],
      { values: { returnReason } },
    );
    await office.step('chen', back, 'post');
    expect(await shop.heldOf(drill.id)).toEqual({ 'SN-1': 1, 'SN-2': 1, 'SN-3': 0 });
  });

  test('a set that is built of numbered parts has a number of its own', async () => {
    const { office, drill } = shop;
    const station = await office.create('admin', 'item', { name: '工作站', unit: '套', tracking: 'serial', grossPrice: priced(5000) });
    await shop.receive(
      [{ item: drill.id, quantity: 2 }],
      numbers('A', 'B').map((row) => ({ item: drill.id, ...row })),
    );
    const lots = [
      { item: station.id, number: 'WS-1', quantity: piece },
      { item: drill.id, number: 'A', quantity: piece },
      { item: drill.id, number: 'B', quantity: piece },
    ];
    const built = await office.create(
      'chen',
      'assembly',
      { warehouse: shop.warehouse, setItem: station.id, quantity: piece },
      { lines: [{ item: drill.id, unit: '台', quantity: 2 * piece }], lots },
    );
    await office.step('chen', built, 'post');
    expect([await shop.heldOf(drill.id), await shop.heldOf(station.id)]).toEqual([{ A: 0, B: 0 }, { 'WS-1': 1 }]);
    const broken = await office.create(
      'chen',
      'disassembly',
      { warehouse: shop.warehouse, setItem: station.id, quantity: piece },
      { lines: [{ item: drill.id, unit: '台', quantity: 2 * piece }], lots },
    );
    await office.step('chen', broken, 'post');
    expect([await shop.heldOf(drill.id), await shop.heldOf(station.id)]).toEqual([{ A: 1, B: 1 }, { 'WS-1': 0 }]);
  });
});
