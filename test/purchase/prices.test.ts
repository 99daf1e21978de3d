import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { purchasePrices } from '../../server/features/purchase/purchasePrices.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { piece, priced } from '../trade/shop.ts';
import { type Buying, openBuying } from './buying.ts';

describe.each(stores)('What goods cost at a supplier, on $name', (kind) => {
  let shop: Buying;
  let today: string;
  beforeEach(async () => {
    shop = await openBuying(kind);
    today = await shop.office.look('qian', async (work) => work.today);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const asks = (supplier: number, grossPrice: number, values: Record<string, string | number | boolean> = {}) =>
    shop.office.create('qian', 'supplierPrice', { supplier, item: shop.pen.id, grossPrice: priced(grossPrice), ...values });
  const pens = async (who = 'qian', supplier: number | undefined = shop.supplier.id) =>
    (await shop.office.look(who, (work) => purchasePrices(work, { items: [shop.pen.id], supplier }))).prices[shop.pen.id];

  test('the supplier asks by quantity and time; what is stopped, over or not yet begun does not count', async () => {
    await asks(shop.supplier.id, 5, { leadDays: 7 });
    await asks(shop.supplier.id, 4, { minQuantity: 100 * piece, validUntil: today });
    await asks(shop.supplier.id, 3, { validUntil: addDays(today, -1) });
    await asks(shop.supplier.id, 2, { validFrom: addDays(today, 1) });
    await asks(shop.supplier.id, 1, { stopped: true });
    expect((await pens())?.tiers?.map((tier) => [tier.grossPrice, tier.minQuantity, tier.leadDays])).toEqual([
      [priced(4), 100 * piece, null],
      [priced(5), 0, 7],
    ]);
  });

  test('the last price paid shows with its order, in the own unit of the item, and that of other suppliers beside it', async () => {
    expect((await pens())?.last).toBeUndefined();
    const order = await shop.buy([{ item: shop.pen.id, quantity: 2 * piece, unit: '盒', unitRatio: 12 * piece, grossPrice: priced(60) }]);
    expect((await pens())?.last).toMatchObject({ grossPrice: priced(5), day: today, type: 'purchaseOrder', id: order.id });
    const other = await shop.office.create('qian', 'supplier', { name: '温州笔业' });
    await asks(other.id, 4.5);
    const seen = await pens('qian', other.id);
    expect(seen?.tiers).toHaveLength(1);
    expect(seen?.others).toMatchObject([{ supplier: shop.supplier.id, supplierName: '宁波文具制造厂', grossPrice: priced(5) }]);
  });

  test('a price in another currency is told in the currency of the order', async () => {
    const usd = await shop.office.id('currencies', { code: 'USD' });
    await shop.office.work('admin', (work) => work.tx('currencies').where({ id: usd }).update({ rate: 7_000_000_000 }));
    await asks(shop.supplier.id, 1, { currency: usd });
    expect((await pens())?.tiers?.[0]?.grossPrice).toBe(priced(7));
  });

  test('nobody in sales or the warehouse asks for purchase prices', async () => {
    for (const who of ['wang', 'zhou', 'chen']) await expect(pens(who)).rejects.toMatchObject({ code: 'access.denied' });
  });
});
