import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { offeredPrices } from '../../server/features/trade/offeredPrices.ts';
import type { AnyRow, Value } from '../../shared/kernel/definition.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from './shop.ts';

describe.each(stores)('Prices of lines that come without one, on $name', (kind) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop(kind);
    const lines = [{ item: shop.pen.id, grossPrice: priced(10.5), minQuantity: 24 * piece }];
    const promotion = await shop.office.create('zhou', 'promotion', { subject: '满两打', validUntil: '2099-12-31' }, { lines });
    await shop.office.step('zhou', promotion, 'approve');
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const order = (line: Record<string, Value>, type = 'salesOrder') =>
    shop.office.create('wang', type, { customer: shop.customer.id }, { lines: [{ item: shop.pen.id, ...line }] });
  const saysOf = (record: StoredRecord) => {
    const { grossPrice, priceSource, unitRatio = 0 }: Partial<AnyRow> = record.parts.lines?.[0] ?? {};
    return [Number(grossPrice) / 1_000_000, priceSource, Number(unitRatio) / piece];
  };
  const changed = (record: StoredRecord, line: Record<string, Value>) =>
    shop.office.change('wang', record, { parts: { lines: [{ id: record.parts.lines?.[0]?.id ?? 0, ...line }] } });

  test('a program’s order has the price the form would show, and the promotion from its quantity on', async () => {
    expect(saysOf(await order({ quantity: 23 * piece }))).toEqual([11.5, 'level', 1]);
    expect(saysOf(await order({ quantity: 24 * piece }))).toEqual([10.5, 'promotion', 1]);
    expect(saysOf(await order({ quantity: 24 * piece }, 'quotation'))).toEqual([10.5, 'promotion', 1]);
    // Two boxes of a dozen are two dozen.
    expect(saysOf(await order({ quantity: 2 * piece, unit: '盒' }))).toEqual([126, 'promotion', 12]);
    expect(saysOf(await order({ quantity: piece, unit: '盒' }))).toEqual([138, 'level', 12]);
  });

  test('what the line leaves open comes from the item: name, unit and tax', async () => {
    const made = await order({ quantity: 24 * piece });
    expect(made.parts.lines?.[0]).toMatchObject({ name: '钢笔', spec: '黑', unit: '支', taxCode: shop.taxCode, taxRate: 130_000 });
    expect(made.values).toMatchObject({ total: 25_200, netTotal: 22_301, taxTotal: 2_899 });
  });

  test('a price that was typed stays, a gift has none, and an order from an offer keeps what was agreed', async () => {
    expect(saysOf(await order({ quantity: 24 * piece, grossPrice: priced(11) }))).toEqual([11, null, 1]);
    expect((await order({ quantity: 24 * piece, gift: true })).values.total).toBe(0);
    const offer = await shop.office.step('wang', await order({ quantity: 23 * piece }, 'quotation'), 'approve');
    const ordered = await shop.office.become('wang', 'salesOrder', [{ type: 'quotation', id: offer.id }]);
    expect(saysOf(ordered)).toEqual([11.5, 'level', 1]);
  });

  test('a price that came from somewhere follows its quantity into the promotion and out of it', async () => {
    const few = await order({ quantity: 20 * piece });
    const many = await changed(few, { quantity: 30 * piece });
    expect(saysOf(many)).toEqual([10.5, 'promotion', 1]);
    expect(saysOf(await changed(many, { quantity: 5 * piece }))).toEqual([11.5, 'level', 1]);
    const typed = await order({ quantity: 20 * piece, grossPrice: priced(11) });
    expect(saysOf(await changed(typed, { quantity: 30 * piece }))).toEqual([11, null, 1]);
  });

  test('whoever may see no sales price fills in none', async () => {
    const { prices } = await shop.office.look('chen', (work) => offeredPrices(work, { items: [shop.pen.id] }));
    expect(prices[shop.pen.id]?.promotions).toBeUndefined();
  });
});

describe.each(stores)('Orders in foreign money, on $name', (kind) => {
  let shop: Shop;
  let usd: number;
  beforeEach(async () => {
    shop = await openShop(kind);
    usd = await shop.office.id('currencies', { code: 'USD' });
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const rateIs = async (rate: number | null) =>
    shop.office.change('admin', await shop.office.read('admin', 'currency', usd), { values: { rate } });
  const order = (values: Record<string, Value>, line: Record<string, Value> = { grossPrice: priced(2) }) =>
    shop.office.create(
      'wang',
      'salesOrder',
      { customer: shop.customer.id, ...values },
      { lines: [{ item: shop.pen.id, quantity: 10 * piece, ...line }] },
    );

  test('take the rate the currency has that day, and are worth that much in the company’s own', async () => {
    await rateIs(7_100_000_000);
    const made = await order({ currency: usd });
    expect(made.values).toMatchObject({ exchangeRate: 7_100_000_000, inOwnCurrency: false, total: 2_000, baseTotal: 14_200 });
    await rateIs(7_200_000_000);
    expect((await order({ currency: usd })).values.exchangeRate).toBe(7_200_000_000);
    expect((await shop.office.step('wang', made, 'approve')).values.exchangeRate).toBe(7_100_000_000);
  });

  test('without a rate are written and not approved; a rate that was typed counts', async () => {
    const unknown = await order({ currency: usd });
    expect(unknown.values.exchangeRate).toBeNull();
    await expect(shop.office.step('wang', unknown, 'approve')).rejects.toMatchObject({
      code: 'money.rateMissing',
      fields: [{ path: 'exchangeRate' }],
    });
    await expect(shop.office.step('wang', unknown, 'submit')).rejects.toMatchObject({ code: 'money.rateMissing' });
    const said = await shop.office.change('wang', unknown, { values: { exchangeRate: 7_000_000_000 } });
    expect((await shop.office.step('wang', said, 'approve')).values).toMatchObject({ exchangeRate: 7_000_000_000, baseTotal: 14_000 });
  });

  test('that become orders in the company’s own take its rate, and a typed rate stays', async () => {
    await rateIs(7_100_000_000);
    const made = await order({ currency: usd });
    const own = await shop.office.change('wang', made, { values: { currency: shop.cny } });
    expect(own.values).toMatchObject({ exchangeRate: 1_000_000_000, inOwnCurrency: true, baseTotal: 2_000 });
    const typed = await order({ currency: usd, exchangeRate: 6_900_000_000 });
    await rateIs(7_300_000_000);
    expect((await shop.office.change('wang', typed, { values: { remark: '改备注' } })).values.exchangeRate).toBe(6_900_000_000);
  });

  test('are offered no price while nobody knows the rate', async () => {
    const asked = async () =>
      (await shop.office.look('wang', (work) => offeredPrices(work, { items: [shop.pen.id], customer: shop.customer.id, currency: usd })))
        .prices[shop.pen.id];
    expect([(await asked())?.list, (await asked())?.level]).toEqual([null, undefined]);
    await rateIs(4_000_000_000);
    expect([(await asked())?.list, (await asked())?.level?.grossPrice]).toEqual([priced(3), priced(2.875)]);
  });

  test('of a supplier are refused without a rate as well', async () => {
    const supplier = await shop.office.create('admin', 'supplier', { name: '宁波文具制造厂' });
    const made = await shop.office.create(
      'admin',
      'purchaseOrder',
      { supplier: supplier.id, currency: usd },
      { lines: [{ item: shop.pen.id, quantity: piece, grossPrice: priced(1) }] },
    );
    await expect(shop.office.step('admin', made, 'approve')).rejects.toMatchObject({ code: 'money.rateMissing' });
  });
});
