import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeSettings } from '../../server/engine/settings.ts';
import { stockList } from '../../server/features/trade/stockList.ts';
import { post } from '../../server/ledger/post.ts';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { piece, priced, yuan } from '../trade/shop.ts';
import { type Buying, openBuying } from './buying.ts';

describe.each(stores)('Buying goods, on $name', (kind) => {
  let shop: Buying;
  beforeEach(async () => {
    shop = await openBuying(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const setting = (values: Record<string, string | number>) => shop.office.work('admin', (work) => storeSettings(work, values));
  const again = (record: { type: string; id: number }) => shop.office.read('sun', record.type, record.id);
  const pens = async () => (await shop.office.look('zhao', (work) => stockList(work, { search: '钢笔' }))).rows[0];

  test('an approved order is on order until the goods come in, and what came in is worth its share of the order to the cent', async () => {
    const order = await shop.buy([{ item: shop.pen.id, quantity: 3 * piece, grossPrice: priced(3.33) }], { discountAmount: 99 });
    expect(order.values).toMatchObject({ termDays: 60, total: 9 * yuan, receivedState: 'none', dueTotal: 0 });
    expect(await movesOf(shop.office, order)).toBe(`onOrder | open -> ordered:${shop.warehouse} | ${3 * piece}`);
    const first = await shop.receive(order, piece);
    const cost = first.parts.lines?.[0]?.cost;
    expect(await movesOf(shop.office, first)).toBe(
      [
        `onOrder | ordered:${shop.warehouse} -> open | ${piece}`,
        `stock | supplier -> warehouse:${shop.warehouse} | ${piece}`,
        `cost | purchases -> stock | ${cost}`,
        `payable | purchases:${shop.cny} -> stockIn:${first.id} | ${3 * yuan}`,
      ].join('\n'),
    );
    const second = await shop.receive(order, piece);
    const third = await shop.receive(order);
    const sum = (field: string) => [first, second, third].reduce((all, note) => all + Number(note.parts.lines?.[0]?.[field]), 0);
    const line = order.parts.lines?.[0];
    expect([sum('netAmount'), sum('taxAmount'), sum('grossAmount')]).toEqual([line?.netAmount, line?.taxAmount, line?.grossAmount]);
    expect(sum('cost')).toBe(order.values.netTotal);
    expect(await again(order)).toMatchObject({ state: 'completed', values: { receivedState: 'all' } });
    expect(await pens()).toMatchObject({ onHand: 103 * piece, value: 600 * yuan + Number(order.values.netTotal) });
  });

  test('a little more than ordered is taken in as far as the supplier may deliver it, and no more', async () => {
    const order = await shop.buy(undefined, { overReceipt: 50_000 });
    const offered = await shop.office.become('chen', 'stockIn', [{ type: 'purchaseOrder', id: order.id }]);
    expect(offered.parts.lines?.[0]?.quantity).toBe(100 * piece);
    await expect(shop.receive(order, 106 * piece)).rejects.toMatchObject({ code: 'flow.overQuantity', facts: { open: 105 * piece } });
    const note = await shop.receive(order, 105 * piece);
    expect(await movesOf(shop.office, note)).toContain(`onOrder | ordered:${shop.warehouse} -> open | ${100 * piece}`);
    expect(note.values.total).toBe(474.6 * yuan);
    expect(await again(order)).toMatchObject({ state: 'completed' });
  });

  test('an order that is closed early expects nothing more, and what came in is not taken out again before it is reopened', async () => {
    const order = await shop.buy();
    const note = await shop.receive(order, 40 * piece);
    const closed = await shop.office.step('sun', await again(order), 'close', '供方停产');
    expect(await movesOf(shop.office, order)).toContain(`onOrder | ordered:${shop.warehouse} -> open | ${60 * piece}`);
    await expect(shop.office.step('chen', note, 'takeBack', '数错')).rejects.toMatchObject({ code: 'order.closed' });
    await shop.office.step('sun', closed, 'reopen');
    await shop.office.step('chen', note, 'takeBack', '数错');
    expect(await again(order)).toMatchObject({ state: 'approved', values: { receivedState: 'none' } });
    expect(await pens()).toMatchObject({ onHand: 100 * piece, value: 600 * yuan });
  });

  test('where the order makes the debt, the goods add none, closing early waives the rest, and it must not be paid already', async () => {
    await setting({ 'parameter.payableFrom': 'order' });
    const order = await shop.buy();
    expect(order.values).toMatchObject({ dueTotal: 452 * yuan, openAmount: 452 * yuan });
    const note = await shop.receive(order, 50 * piece);
    expect(note.values).toMatchObject({ total: 226 * yuan, dueTotal: 0 });
    expect(await movesOf(shop.office, note)).not.toContain('payable');
    const source = { type: 'purchaseOrder', id: order.id, rows: [{ id: 1, amount: 300 * yuan }] };
    const payment = await shop.office.become('zhao', 'payment', [source], { values: { amount: 300 * yuan } });
    const paid = await shop.office.step('zhao', payment, 'post');
    await expect(shop.office.step('sun', await again(order), 'close', '不要了')).rejects.toMatchObject({
      code: 'purchase.paidMoreThanReceived',
      facts: { paid: 300 * yuan, owed: 226 * yuan },
    });
    await shop.office.step('zhao', paid, 'takeBack', '付错');
    await shop.office.step('sun', await again(order), 'close', '不要了');
    expect((await again(order)).values).toMatchObject({ waived: 226 * yuan, openAmount: 226 * yuan });
  });

  test('a buyer orders up to the limit alone and needs somebody with the right beyond it', async () => {
    await setting({ 'parameter.purchaseApprovalLimit': 400 });
    const small = await shop.draft([{ item: shop.pen.id, quantity: 10 * piece }]);
    expect((await shop.office.step('qian', small, 'approve')).state).toBe('approved');
    const large = await shop.office.step('qian', await shop.draft(), 'submit');
    await expect(shop.office.step('qian', large, 'approve')).rejects.toMatchObject({
      code: 'purchase.overLimit',
      facts: { limit: 400 * yuan, wanted: 452 * yuan },
    });
    expect((await shop.office.step('sun', large, 'approve')).state).toBe('approved');
  });

  test('goods received without an order bring their own price, and freight makes them dearer by its share', async () => {
    const lines = [
      { item: shop.pen.id, quantity: 10 * piece, warehouse: shop.warehouse, grossPrice: priced(1.13), taxRate: 130_000 },
      { item: shop.book.id, quantity: 20 * piece, warehouse: shop.warehouse, grossPrice: priced(1.13), taxRate: 130_000 },
    ];
    const values = { supplier: shop.supplier.id, freight: 10 * yuan };
    const note = await shop.office.step('qian', await shop.office.create('qian', 'stockIn', values, { lines }), 'post');
    expect(note.parts.lines?.map((line) => [line.netAmount, line.freightShare, line.cost])).toEqual([
      [10 * yuan, 333, 1333],
      [20 * yuan, 667, 2667],
    ]);
    expect(note.values).toMatchObject({ netTotal: 30 * yuan, total: 33.9 * yuan, openAmount: 33.9 * yuan, costTotal: 40 * yuan });
    const bare = await shop.office.create(
      'chen',
      'stockIn',
      { supplier: shop.supplier.id },
      {
        lines: [{ item: shop.pen.id, quantity: piece, warehouse: shop.warehouse }],
      },
    );
    await expect(shop.office.step('chen', bare, 'post')).rejects.toMatchObject({
      code: 'purchase.priceMissing',
      fields: [{ path: 'lines.0.grossPrice', code: 'purchase.priceMissing' }],
    });
  });

  test('goods in another currency are worth what the rate of the day makes of them', async () => {
    const usd = await shop.office.id('currencies', { code: 'USD' });
    const order = await shop.buy([{ item: shop.pen.id, quantity: 10 * piece, grossPrice: priced(1), taxRate: 0 }], {
      currency: usd,
      exchangeRate: 7_000_000_000,
    });
    const note = await shop.receive(order);
    expect(note.values).toMatchObject({ currency: usd, total: 10 * yuan, costTotal: 70 * yuan });
    expect(await movesOf(shop.office, note)).toContain(`payable | purchases:${usd} -> stockIn:${note.id} | ${10 * yuan}`);
  });

  test('goods go back at what they came in for, the stock keeps the rest at its average, and the debt falls', async () => {
    const note = await shop.receive(await shop.buy());
    const [reason] = [await shop.office.id('dictionary_entries', { dictionary: 'purchaseReturnReason', name: '质量问题' })];
    const back = (quantity: number) =>
      shop.office.become('qian', 'purchaseReturn', [{ type: 'stockIn', id: note.id }], {
        values: { returnReason: reason },
        part: 'lines',
        rows: { quantity },
      });
    const first = await shop.office.step('chen', await back(30 * piece), 'post');
    expect(await movesOf(shop.office, first)).toBe(
      [
        `stock | warehouse:${shop.warehouse} -> supplier | ${30 * piece}`,
        `cost | stock -> purchases | ${120 * yuan}`,
        `payable | purchaseReturn:${first.id} -> purchases:${shop.cny} | ${135.6 * yuan}`,
      ].join('\n'),
    );
    expect(first.values).toMatchObject({ total: 135.6 * yuan, creditLeft: 135.6 * yuan, returnReason: reason });
    expect(await pens()).toMatchObject({ onHand: 170 * piece, value: 880 * yuan });
    await expect(back(71 * piece).then((too) => shop.office.step('chen', too, 'post'))).rejects.toMatchObject({
      code: 'flow.overQuantity',
    });
    await expect(shop.office.step('chen', await again(note), 'takeBack', '错')).rejects.toMatchObject({ code: 'document.hasFollowers' });
    await shop.office.step('sun', first, 'takeBack', '不退了');
    expect(await pens()).toMatchObject({ onHand: 200 * piece, value: 1000 * yuan });
    const loose = await shop.office.create(
      'qian',
      'purchaseReturn',
      { supplier: shop.supplier.id, returnReason: reason },
      {
        lines: [{ item: shop.pen.id, quantity: piece, warehouse: shop.warehouse }],
      },
    );
    await expect(shop.office.step('sun', loose, 'post')).rejects.toMatchObject({ code: 'purchase.returnWithoutStockIn' });
  });

  test('the last goods that go back leave no value behind', async () => {
    const eraser = await shop.office.create('admin', 'item', { name: '橡皮', unit: '支', grossPrice: priced(1) });
    const line = { item: eraser.id, quantity: 10 * piece, taxRate: 0 };
    const dear = await shop.receive(await shop.buy([{ ...line, grossPrice: priced(2) }]));
    await shop.receive(await shop.buy([{ ...line, grossPrice: priced(4) }]));
    await shop.ship(await shop.order([{ item: eraser.id, quantity: 10 * piece, grossPrice: priced(9) }]));
    const returnReason = await shop.office.id('dictionary_entries', { dictionary: 'purchaseReturnReason', name: '多送' });
    const back = await shop.office.become('qian', 'purchaseReturn', [{ type: 'stockIn', id: dear.id }], { values: { returnReason } });
    const posted = await shop.office.step('qian', back, 'post');
    expect(await movesOf(shop.office, posted)).toContain(
      [`cost | stock -> purchases | ${20 * yuan}`, `cost | stock -> adjustment | ${10 * yuan}`].join('\n'),
    );
  });

  test('the storekeeper counts against the order and sees no price, yet the goods get theirs', async () => {
    const order = await shop.buy();
    const seen = await shop.office.read('chen', 'purchaseOrder', order.id);
    expect(seen.values).not.toHaveProperty('total');
    expect(seen.parts.lines?.[0]).toMatchObject({ quantity: 100 * piece, unit: '支' });
    for (const secret of ['price', 'grossPrice', 'netAmount', 'grossAmount', 'taxRate'])
      expect(seen.parts.lines?.[0]).not.toHaveProperty(secret);
    const note = await shop.receive(order);
    expect(note.values).toMatchObject({ total: 452 * yuan, costTotal: 400 * yuan });
    const read = await shop.office.read('chen', 'stockIn', note.id);
    for (const secret of ['wholeNet', 'wholeGross', 'cost', 'grossAmount', 'freightShare'])
      expect(read.parts.lines?.[0]).not.toHaveProperty(secret);
    for (const secret of ['total', 'dueTotal', 'costTotal', 'openAmount', 'paymentState']) expect(read.values).not.toHaveProperty(secret);
  });

  test('a receipt in a closed month is reversed by another one of today', async () => {
    const note = await shop.receive(await shop.buy());
    const reversed = await shop.office.step('sun', note, 'reverse', '串户');
    expect(reversed.state).toBe('reversed');
    expect(await pens()).toMatchObject({ onHand: 100 * piece, value: 600 * yuan });
  });

  test('no more is taken off what is on order than was ordered', async () => {
    const order = await shop.buy();
    const move = { ledger: 'onOrder', subject: shop.pen.id, from: `ordered:${shop.warehouse}`, to: 'open', amount: 101 * piece };
    const cause = { type: order.type, id: order.id, step: 'close', day: String(order.values.day) };
    await expect(shop.office.work('admin', (work) => post(work, cause, [move]))).rejects.toMatchObject({
      code: 'stock.orderMissing',
      facts: { wanted: 101 * piece, held: 100 * piece },
    });
  });
});
