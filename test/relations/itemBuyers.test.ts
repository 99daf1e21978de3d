import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { itemBuyers } from '../../server/features/relations/itemBuyers.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('Who buys an item on $name', (kind) => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const buyersFor = (who: string) => shop.office.look(who, (work) => itemBuyers(work, shop.pen.id));

  test('is told with sum, last price and day; who was only offered it stands apart, and a draft is no sale', async () => {
    const { office, pen, customer } = shop;
    await shop.order();
    await shop.order([{ item: pen.id, quantity: 2 * piece, grossPrice: priced(11) }]);
    const asking = await office.create('wang', 'customer', { name: '温州新桥五金店' });
    const lines = [{ item: pen.id, quantity: piece, unit: '支', grossPrice: priced(11.8) }];
    await office.step('wang', await office.create('wang', 'quotation', { customer: asking.id }, { lines }), 'approve');
    await office.create('wang', 'salesOrder', { customer: asking.id }, { lines });
    const { bought, offered, titles } = await buyersFor('wang');
    expect(bought).toMatchObject([
      { customer: customer.id, sums: [{ currency: shop.cny, amount: 135 * yuan }], last: { grossPrice: priced(11), type: 'salesOrder' } },
    ]);
    expect(offered).toMatchObject([{ customer: asking.id, last: { grossPrice: priced(11.8), type: 'quotation' } }]);
    expect(titles.customer?.[asking.id]).toBe('温州新桥五金店');
  });

  test('a salesperson sees own customers only, and nobody without sales prices sees any', async () => {
    await shop.order();
    expect(await buyersFor('li')).toMatchObject({ bought: [], offered: [] });
    await expect(buyersFor('chen')).rejects.toMatchObject({ code: 'access.denied' });
  });
});
