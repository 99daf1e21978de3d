import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { type Buying, openBuying } from '../purchase/buying.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { piece, yuan } from '../trade/shop.ts';
import { ask, askDocuments, offered, written } from './asking.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };

describe.each(stores)('What was bought and spent, on $name', { timeout: 120_000 }, (kind) => {
  let shop: Buying;
  const realNow = clock.now;

  beforeEach(async () => {
    clock.now = () => msOf('2026-03-20T02:00:00.000Z');
    shop = await openBuying(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  test('purchases are told apart by supplier and item, and what is still to come by its day', async () => {
    // A hundred pens at 4.52 with tax are 400.00 net; forty of them came.
    const order = await shop.buy(undefined, { deliverBy: '2026-04-15' });
    await shop.receive(order, 40 * piece);
    const bought = await ask(shop.office, 'sun', 'purchaseSummary', march);
    expect(written(bought)).toEqual([`宁波文具制造厂 | 钢笔 | ${40 * piece} | 16000 | 16000`]);
    const coming = await ask(shop.office, 'qian', 'unreceived');
    expect(written(coming)).toEqual([
      `钢笔 | ${order.values.number} | 宁波文具制造厂 | ${100 * piece} | ${40 * piece} | ${60 * piece} | 2026-04-15`,
    ]);
    const documents = await askDocuments(shop.office, 'sun', 'purchaseSummary', { ...march, measure: 'purchases', keys: {} });
    expect(documents.rows).toMatchObject([{ type: 'stockIn', party: '宁波文具制造厂', figure: 16_000 }]);
    expect((await offered(shop.office, 'wang')).map((report) => report.name)).not.toContain('purchaseSummary');
  });

  test('expenses stand beside what those who had them sold', async () => {
    const travel = await shop.office.id('dictionary_entries', { dictionary: 'expenseCategory', name: '差旅费' });
    await shop.ship(await shop.order());
    const lines = [{ category: travel, amount: 25 * yuan, taxAmount: 0, customer: shop.customer.id }];
    const claim = await shop.office.create('wang', 'expenseClaim', {}, { lines });
    expect((await ask(shop.office, 'sun', 'expenses', march)).rows).toEqual([]);
    await shop.office.step('zhou', await shop.office.step('wang', claim, 'submit'), 'approve');
    const answer = await ask(shop.office, 'sun', 'expenses', march);
    expect(written(answer)).toEqual([`wang | 差旅费 | ${25 * yuan} | ${100 * yuan} | 250000`]);
    // Sales stand beside every kind of expense again: they have no total here.
    expect(answer.totals).toEqual({ spent: 25 * yuan });
    expect(answer.drillable).toEqual(['spent']);
    const byCustomer = await ask(shop.office, 'sun', 'expenses', { ...march, groupBy: ['customer'] });
    expect(written(byCustomer)).toEqual([`浙江宏远贸易有限公司 | ${25 * yuan} | ${100 * yuan} | 250000`]);
  });
});
