import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { expectProven, movesOf, type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('goods that come back, on $name', (kind) => {
  let shop: Shop;
  let office: Office;
  let returnReason: number;

  beforeAll(async () => {
    shop = await openShop(kind);
    office = shop.office;
    returnReason = await office.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
  });
  afterEach(() => expectProven(office));
  afterAll(() => office.close());

  const takeBack = (notes: readonly { id: number }[], pieces?: number) =>
    office.become(
      'chen',
      'salesReturn',
      notes.map(({ id }) => ({ type: 'stockOut', id })),
      { values: { returnReason }, ...(pieces === undefined ? {} : { part: 'lines', rows: { quantity: pieces * piece } }) },
    );
  const lineOf = (record: { parts: StoredRecord['parts'] }) => record.parts.lines?.[0] ?? { id: 0 };

  test('goods come in at the cost they left with, and the customer has its money to its credit', async () => {
    const note = await shop.ship(await shop.order());
    const posted = await office.step('chen', await takeBack([note], 3), 'post');
    expect(lineOf(posted)).toMatchObject({ cost: 3 * 6 * yuan, grossAmount: Math.round(3 * 11.3 * yuan), netAmount: 3 * 10 * yuan });
    expect(await movesOf(office, posted)).toBe(
      [
        `stock | customer -> warehouse:${shop.warehouse} | 3000000`,
        'cost | costOfSales -> stock | 1800',
        `receivable | salesReturn:${posted.id} -> sales:${shop.cny} | 3390`,
      ].join('\n'),
    );
    const delivery = await office.read('admin', 'stockOut', note.id);
    expect(delivery.parts.lines?.[0]).toMatchObject({ returned: 3 * piece });
  });

  test('returns in parts give back what was charged to the cent, and no more than was delivered', async () => {
    const order = await shop.order([{ item: shop.pen.id, quantity: 3 * piece, grossPrice: priced(11.33) }], { discountAmount: 100 });
    const note = await shop.ship(order);
    const parts: StoredRecord[] = [];
    for (const _ of [1, 2, 3]) parts.push(await office.step('chen', await takeBack([note], 1), 'post'));
    const sum = (name: string) => parts.reduce((total, part) => total + Number(lineOf(part)[name]), 0);
    expect([sum('grossAmount'), sum('netAmount'), sum('cost')]).toEqual([order.values.total, order.values.netTotal, lineOf(note).cost]);
    await expect(takeBack([note])).rejects.toMatchObject({ code: 'flow.nothingOpen' });
  });

  test('more than was delivered is not taken back, nor a delivery that something came back from', async () => {
    const note = await shop.ship(await shop.order());
    const [one, two] = [await takeBack([note], 6), await takeBack([note], 6)];
    const posted = await office.step('chen', one, 'post');
    await expect(office.step('chen', two, 'post')).rejects.toMatchObject({ code: 'flow.overQuantity' });
    const delivery = { ...(await office.read('admin', 'stockOut', note.id)), type: 'stockOut' };
    await expect(office.step('chen', delivery, 'takeBack', '错了')).rejects.toMatchObject({ code: 'document.hasFollowers' });
    await expect(office.step('chen', delivery, 'reverse', '错了')).rejects.toMatchObject({ code: 'document.hasFollowers' });
    await office.step('chen', posted, 'takeBack', '点错');
    await office.step('chen', { ...(await office.read('admin', 'stockOut', note.id)), type: 'stockOut' }, 'takeBack', '错了');
  });

  test('several deliveries come back on one paper', async () => {
    const notes = [await shop.ship(await shop.order()), await shop.ship(await shop.order())];
    const posted = await office.step('chen', await takeBack(notes), 'post');
    expect(posted.values).toMatchObject({ total: Math.round(20 * 11.3 * yuan), costTotal: 20 * 6 * yuan });
    expect(await office.step('sun', posted, 'reverse', '已结账')).toMatchObject({ state: 'reversed' });
  });

  test('goods without their delivery are taken back by whoever has the right, at the price typed and the average cost', async () => {
    const line = { item: shop.book.id, quantity: piece, grossPrice: priced(22.6), taxRate: 130_000, warehouse: shop.warehouse };
    const draft = () => office.create('sun', 'salesReturn', { customer: shop.customer.id, returnReason }, { lines: [line] });
    await expect(office.step('chen', await draft(), 'post')).rejects.toMatchObject({ code: 'return.withoutDelivery' });
    const posted = await office.step('sun', await draft(), 'post');
    expect(lineOf(posted)).toMatchObject({ cost: 10 * yuan, grossAmount: 2260, netAmount: 2000 });
  });
});
