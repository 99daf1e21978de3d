import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { settleDesk, settleNow } from '../../server/features/settling/settleDesk.ts';
import { payables, receivables } from '../../server/features/trade/receivables.ts';
import type { SettleInput } from '../../shared/contracts/settling.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('The settlement desk, on $name', (kind) => {
  let shop: Shop;
  let supplier: StoredRecord;

  beforeEach(async () => {
    shop = await openShop(kind);
    supplier = await shop.office.create('admin', 'supplier', { name: '宁波联合塑胶厂', customer: shop.customer.id, buyer: null });
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const posted = async (type: string, values: Record<string, Value>) =>
    shop.office.step('zhao', await shop.office.create('zhao', type, values), 'post');
  const desk = (side: 'customer' | 'supplier' = 'customer', who = 'zhao') =>
    shop.office.look(who, (work) => settleDesk(work, { side, party: side === 'customer' ? shop.customer.id : supplier.id }));
  const settle = (input: Partial<SettleInput>, who = 'zhao') =>
    shop.office.work(who, (work) =>
      settleNow(work, {
        side: 'customer',
        party: shop.customer.id,
        currency: shop.cny,
        against: 'credits',
        debts: [],
        credits: [],
        ...input,
      }),
    );

  test('shows what is open with the day it falls due, each instalment of a plan by itself', async () => {
    const plain = await shop.order(undefined, { day: '2026-03-01', termDays: 30 });
    const draft = await shop.office.create(
      'wang',
      'salesOrder',
      { customer: shop.customer.id, day: '2026-03-02' },
      {
        lines: [{ item: shop.pen.id, quantity: 10_000_000, grossPrice: 11_300_000 }],
        instalments: [
          { dueOn: '2026-05-01', share: 700_000 },
          { dueOn: '2026-03-10', share: 300_000 },
        ],
      },
    );
    const planned = await shop.office.step('wang', draft, 'approve');
    await shop.pay(planned, 40 * yuan);
    const receipt = await posted('receipt', { customer: shop.customer.id, amount: 50 * yuan, bankReference: '流水 88' });
    const { debts, credits, other } = await desk();
    expect(debts.map((debt) => [debt.id, debt.period, debt.dueOn, debt.total, debt.open])).toEqual([
      [plain.id, null, '2026-03-31', 11_300, 11_300],
      [planned.id, 2, '2026-05-01', 7910, 7300],
    ]);
    expect(credits).toEqual([
      expect.objectContaining({ type: 'receipt', id: receipt.id, number: receipt.values.number, total: 5000, left: 5000, note: '流水 88' }),
    ]);
    expect(other).toMatchObject({ party: supplier.id, name: '宁波联合塑胶厂', debts: [] });
  });

  test('a plan that does not come to the total is refused', async () => {
    const draft = await shop.office.create(
      'wang',
      'salesOrder',
      { customer: shop.customer.id },
      {
        lines: [{ item: shop.pen.id, quantity: 10_000_000, grossPrice: 11_300_000 }],
        instalments: [{ dueOn: '2026-05-01', amount: 100 * yuan }],
      },
    );
    await expect(shop.office.step('wang', draft, 'approve')).rejects.toMatchObject({
      code: 'money.planNotTotal',
      facts: { planned: 10_000, total: 11_300 },
    });
  });

  test('one key writes the settlement and takes it through, and undoing it opens everything again', async () => {
    const order = await shop.order();
    const receipt = await posted('receipt', { customer: shop.customer.id, amount: 200 * yuan });
    const done = await settle({
      debts: [{ type: 'salesOrder', id: order.id, amount: 113 * yuan }],
      credits: [{ type: 'receipt', id: receipt.id, amount: 113 * yuan }],
    });
    expect(done).toMatchObject({ type: 'settlement', state: 'posted' });
    expect((await desk()).debts).toEqual([]);
    expect((await desk()).credits[0]?.left).toBe(87 * yuan);
    await shop.office.step('zhao', { type: 'settlement', id: done.id, version: done.version }, 'takeBack', '客户更正');
    expect((await desk()).debts[0]?.open).toBe(113 * yuan);
  });

  test('instalments of one order become one row, and a refused row leaves nothing behind', async () => {
    const order = await shop.order();
    const receipt = await posted('receipt', { customer: shop.customer.id, amount: 113 * yuan });
    const part = { type: 'salesOrder', id: order.id };
    const credits = [{ type: 'receipt', id: receipt.id, amount: 113 * yuan }];
    await expect(settle({ debts: [{ ...part, amount: 114 * yuan }], credits })).rejects.toMatchObject({ code: 'money.unbalanced' });
    await expect(settle({})).rejects.toMatchObject({ code: 'settle.nothing' });
    const kept = await shop.office.look('zhao', (work) => work.tx('settlements').select('id'));
    expect(kept).toEqual([]);
    const done = await settle({
      debts: [
        { ...part, amount: 50 * yuan },
        { ...part, amount: 63 * yuan },
      ],
      credits,
    });
    expect(done.parts.allocations).toHaveLength(1);
  });

  test('both sides of one company are netted from either side', async () => {
    const order = await shop.order();
    const owed = await posted('openingPayable', { supplier: supplier.id, total: 40 * yuan });
    const seen = await desk('supplier');
    expect(seen.debts.map((debt) => [debt.type, debt.open])).toEqual([['openingPayable', 4000]]);
    expect(seen.other).toMatchObject({ party: shop.customer.id, debts: [{ id: order.id }] });
    await settle({
      side: 'supplier',
      party: supplier.id,
      against: 'otherSide',
      other: shop.customer.id,
      debts: [{ type: 'openingPayable', id: owed.id, amount: 40 * yuan }],
      credits: [{ type: 'salesOrder', id: order.id, amount: 40 * yuan }],
    });
    expect((await desk('supplier')).debts).toEqual([]);
    expect((await desk()).debts[0]?.open).toBe(73 * yuan);
  });

  test('who may not see amounts, and whose customer it is not, is turned away', async () => {
    await shop.order();
    await expect(desk('customer', 'chen')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(desk('supplier', 'wang')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(desk('customer', 'li')).rejects.toMatchObject({ code: 'record.notFound' });
    // The own salesperson sees the open orders and nothing of what we owe the same company.
    expect(await desk('customer', 'wang')).toMatchObject({ debts: [{ open: 113 * yuan }], other: null });
    await expect(settle({ debts: [{ type: 'salesOrder', id: 1, amount: 1 }] }, 'wang')).rejects.toMatchObject({ code: 'access.denied' });
  });

  test('receivables and payables are aged by the instalment', async () => {
    const today = await shop.office.look('zhao', async (work) => work.today);
    await posted('openingPayable', { supplier: supplier.id, total: 40 * yuan, dueOn: '2020-01-01' });
    await posted('openingBalance', { customer: shop.customer.id, total: 90 * yuan, day: '2020-01-01', dueOn: today });
    const owed = await shop.office.look('zhao', (work) => payables(work, {}));
    expect(owed.rows).toEqual([
      expect.objectContaining({ supplier: supplier.id, open: 4000, overdue: 4000, buckets: [0, 0, 0, 4000], prepaid: 0 }),
    ]);
    const owing = await shop.office.look('zhao', (work) => receivables(work, {}));
    expect(owing.rows).toEqual([expect.objectContaining({ customer: shop.customer.id, open: 9000, overdue: 0 })]);
    await expect(shop.office.look('wang', (work) => payables(work, {}))).rejects.toMatchObject({ code: 'access.denied' });
  });
});
