import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { summaryOf } from '../../server/features/relations/summary.ts';
import type { SummaryFigures } from '../../shared/contracts/relations.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('The figures of a customer on $name', (kind) => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const summaryFor = (who: string, id: number) =>
    shop.office.look(who, (work) => summaryOf(work, work.company.catalogue.get('customer'), id));
  const rowOf = (figures: SummaryFigures | undefined, type: string) => figures?.rows.find((row) => row.type === type);

  test('count what took effect and what is owed; drafts do not count', async () => {
    const order = await shop.order();
    await shop.ship(order);
    await shop.pay(order, 50 * yuan);
    await shop.office.create(
      'wang',
      'salesOrder',
      { customer: shop.customer.id },
      { lines: [{ item: shop.pen.id, quantity: piece, grossPrice: priced(12) }] },
    );
    const { own, below } = await summaryFor('wang', shop.customer.id);
    expect(rowOf(own, 'salesOrder')).toMatchObject({ count: 1, field: 'customer', sums: [{ currency: shop.cny, amount: 113 * yuan }] });
    expect(rowOf(own, 'stockOut')).toMatchObject({ count: 1, sums: [{ currency: shop.cny, amount: 113 * yuan }] });
    expect(rowOf(own, 'receipt')).toMatchObject({ count: 1, sums: [{ currency: shop.cny, amount: 50 * yuan }] });
    expect(rowOf(own, 'quotation')).toMatchObject({ count: 0, lastDay: null, sums: [] });
    expect(own.balances).toEqual([{ currency: shop.cny, open: 63 * yuan, prepaid: 0 }]);
    expect(below).toBeUndefined();
  });

  test('of a parent add up its branches, as far as the reader may see them', async () => {
    const { office, customer } = shop;
    const head = await office.create('wang', 'customer', { name: '宏远集团' });
    await office.change('wang', customer, { values: { parent: head.id } });
    const hidden = await office.create('li', 'customer', { name: '宏远南方分公司' });
    await office.change('admin', hidden, { values: { parent: head.id } });
    await shop.order();
    const { own, below } = await summaryFor('wang', head.id);
    expect(rowOf(own, 'salesOrder')?.count).toBe(0);
    expect(below?.members).toBe(1);
    expect(rowOf(below, 'salesOrder')?.sums).toEqual([{ currency: shop.cny, amount: 113 * yuan }]);
    expect(below?.balances).toEqual([{ currency: shop.cny, open: 113 * yuan, prepaid: 0 }]);
    expect((await summaryFor('sun', head.id)).below?.members).toBe(2);
  });

  test('tell whoever may not see prices how many there are, and no sums', async () => {
    await shop.order();
    const { own } = await summaryFor('chen', shop.customer.id);
    expect(rowOf(own, 'salesOrder')).toMatchObject({ count: 1, sums: [] });
    expect(rowOf(own, 'receipt')).toBeUndefined();
    expect(own.balances).toBeUndefined();
  });
});
