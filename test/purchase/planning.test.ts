import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { purchaseExecution } from '../../server/features/purchase/execution.ts';
import { marginOf } from '../../server/features/purchase/margin.ts';
import { orderPlanned, type PlanQuery, purchasePlan } from '../../server/features/purchase/plan.ts';
import { proveOnOrder } from '../../server/features/purchase/proveOnOrder.ts';
import { stockOf } from '../../server/features/trade/stock.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { piece, priced, yuan } from '../trade/shop.ts';
import { type Buying, openBuying } from './buying.ts';

describe.each(stores)('Planning what to buy, on $name', (kind) => {
  let shop: Buying;
  beforeEach(async () => {
    shop = await openBuying(kind);
  });
  afterEach(async () => {
    expect(await shop.office.look('admin', proveOnOrder)).toEqual([]);
    await expectProven(shop.office);
    await shop.office.close();
  });

  const plan = async (query: PlanQuery = {}) => (await shop.office.look('qian', (work) => purchasePlan(work, query))).rows;
  const pens = async (query: PlanQuery = {}) => (await plan({ ...query, all: true })).find((row) => row.item === shop.pen.id);
  const stock = async () => (await shop.office.look('chen', (work) => stockOf(work, [shop.pen.id])))[0];

  test('on hand, promised, on order and available agree with the open documents at any moment', async () => {
    const sale = await shop.order();
    const order = await shop.buy();
    expect(await stock()).toMatchObject({ onHand: 100 * piece, promised: 10 * piece, onOrder: 100 * piece, available: 90 * piece });
    const note = await shop.receive(order, 30 * piece);
    await shop.ship(sale, 4 * piece);
    expect(await stock()).toMatchObject({ onHand: 126 * piece, promised: 6 * piece, onOrder: 70 * piece, available: 120 * piece });
    expect(await shop.office.look('admin', proveOnOrder)).toEqual([]);
    await shop.office.step('chen', note, 'takeBack', '错');
    expect(await stock()).toMatchObject({ onHand: 96 * piece, onOrder: 100 * piece });
    const open = await shop.office.read('sun', 'purchaseOrder', order.id);
    await shop.office.step('sun', open, 'close', '不要了');
    expect(await stock()).toMatchObject({ onOrder: 0 });
  });

  test('the plan wants the smallest stock, what is promised and what will be sold, less what lies there and comes in', async () => {
    expect(await pens()).toMatchObject({ safetyStock: 95 * piece, onHand: 100 * piece, forecast: 0, suggested: 0 });
    await shop.ship(await shop.order([{ item: shop.pen.id, quantity: 30 * piece }]));
    await shop.order([{ item: shop.pen.id, quantity: 10 * piece }]);
    expect(await pens()).toMatchObject({ onHand: 70 * piece, promised: 10 * piece, forecast: 10 * piece, suggested: 45 * piece });
    expect(await pens({ monthsBack: 1, monthsAhead: 2 })).toMatchObject({ forecast: 60 * piece, suggested: 95 * piece });
    await shop.buy([{ item: shop.pen.id, quantity: 40 * piece }]);
    expect(await pens()).toMatchObject({ onOrder: 40 * piece, suggested: 5 * piece });
    expect((await plan()).map((row) => row.item)).toEqual([shop.pen.id]);
  });

  test('the cheapest supplier is proposed, and the plan becomes one order for each supplier, all or none', async () => {
    const other = await shop.office.create('qian', 'supplier', { name: '温州笔业', leadDays: 3 });
    await shop.buy([{ item: shop.pen.id, quantity: piece }]);
    await shop.office.create('qian', 'supplierPrice', { supplier: other.id, item: shop.pen.id, grossPrice: priced(4), leadDays: 9 });
    await shop.ship(await shop.order([{ item: shop.pen.id, quantity: 50 * piece }]));
    expect(await pens()).toMatchObject({ supplier: other.id, supplierName: '温州笔业', grossPrice: priced(4), leadDays: 9 });
    const order = (lines: Parameters<typeof orderPlanned>[1]) => shop.office.work('qian', (work) => orderPlanned(work, lines));
    const made = await order([
      { item: shop.pen.id, supplier: other.id, quantity: 60 * piece, warehouse: shop.warehouse },
      { item: shop.book.id, supplier: shop.supplier.id, quantity: 20 * piece, grossPrice: priced(9) },
    ]);
    expect(made.map((one) => [one.values.supplier, one.values.total])).toEqual([
      [other.id, 240 * yuan],
      [shop.supplier.id, 180 * yuan],
    ]);
    expect(made[1]?.values.termDays).toBe(60);
    await expect(order([])).rejects.toMatchObject({ code: 'plan.nothingChosen' });
    const before = await shop.office.id('purchase_orders', { number: String(made[1]?.values.number) });
    await expect(
      order([
        { item: shop.pen.id, supplier: other.id, quantity: piece },
        { item: shop.pen.id, supplier: 999_999, quantity: piece },
      ]),
    ).rejects.toMatchObject({ code: 'record.notFound' });
    expect(await shop.office.read('qian', 'purchaseOrder', before)).toBeTruthy();
    await expect(shop.office.id('purchase_orders', { id: before + 1 })).rejects.toThrow();
  });

  test('goods are bought for a sale, no more than it needs, and the margin is for who sees both prices', async () => {
    const sale = await shop.order([{ item: shop.pen.id, quantity: 10 * piece, grossPrice: priced(11.3) }]);
    const source = { type: 'salesOrder', id: sale.id };
    const proposal = await shop.office.become('qian', 'purchaseOrder', [source], {
      values: { supplier: shop.supplier.id },
      part: 'lines',
      rows: { grossPrice: priced(6.78), taxRate: 130_000 },
    });
    expect(proposal.parts.lines?.[0]).toMatchObject({ quantity: 10 * piece, grossAmount: 67.8 * yuan });
    await shop.office.step('sun', proposal, 'approve');
    const margin = await shop.office.look('sun', (work) => marginOf(work, sale.id));
    expect(margin.totals).toEqual({ sold: 100 * yuan, bought: 60 * yuan, margin: 40 * yuan, marginRate: 400_000 });
    await expect(shop.office.become('qian', 'purchaseOrder', [source], { values: { supplier: shop.supplier.id } })).rejects.toMatchObject({
      code: 'flow.nothingOpen',
    });
    for (const who of ['wang', 'qian']) {
      await expect(shop.office.look(who, (work) => marginOf(work, sale.id))).rejects.toMatchObject({ code: 'access.denied' });
    }
  });

  test('a customer who takes less after the goods were bought gets the smaller order; what was bought stands, and no more is', async () => {
    const sale = await shop.order([{ item: shop.pen.id, quantity: 8 * piece, grossPrice: priced(11.3) }]);
    const buying = { values: { supplier: shop.supplier.id }, part: 'lines', rows: { grossPrice: priced(6.78), taxRate: 130_000 } };
    const buy = () => shop.office.become('qian', 'purchaseOrder', [{ type: 'salesOrder', id: sale.id }], buying);
    const bought = await shop.office.step('sun', await buy(), 'approve');
    const approved = await shop.office.read('wang', 'salesOrder', sale.id);
    const draft = await shop.office.step('sun', { type: 'salesOrder', id: sale.id, version: approved.version }, 'takeBack', '客户减少数量');
    const [line] = draft.parts.lines ?? [];
    const less = await shop.office.change('wang', draft, { parts: { lines: [{ id: line?.id ?? 0, quantity: 5 * piece }] } });
    await shop.office.step('wang', less, 'approve');
    const after = await shop.office.read('sun', 'salesOrder', sale.id);
    expect(after.parts.lines?.[0]).toMatchObject({ quantity: 5 * piece, purchased: 8 * piece });
    await expect(buy()).rejects.toMatchObject({ code: 'flow.nothingOpen' });
    await expectProven(shop.office);
    await shop.office.step('sun', bought, 'takeBack', '供应商同意减少');
    expect((await shop.office.read('sun', 'salesOrder', sale.id)).parts.lines?.[0]).toMatchObject({ purchased: 0 });
    expect((await buy()).parts.lines?.[0]).toMatchObject({ quantity: 5 * piece });
  });

  test('a contract is called off by orders, has a plan of payments, and shows how far it has come', async () => {
    const lines = [{ item: shop.pen.id, quantity: 100 * piece, grossPrice: priced(4.52), taxRate: 130_000, warehouse: shop.warehouse }];
    const draft = await shop.office.create(
      'qian',
      'purchaseContract',
      { supplier: shop.supplier.id, subject: '年度供货' },
      {
        lines,
        instalments: [
          { dueOn: '2027-01-31', share: 300_000 },
          { dueOn: '2027-06-30', share: 700_000 },
        ],
      },
    );
    expect(draft.parts.instalments?.map((row) => row.amount)).toEqual([135.6 * yuan, 31_640]);
    const contract = await shop.office.step('sun', draft, 'approve');
    const call = await shop.office.become('qian', 'purchaseOrder', [{ type: 'purchaseContract', id: contract.id }], {
      part: 'lines',
      rows: { quantity: 40 * piece },
    });
    const order = await shop.office.step('sun', call, 'approve');
    const note = await shop.receive(order);
    const of = (who: string, record: { type: string; id: number }) =>
      shop.office.look(who, (work) => purchaseExecution(work, shop.office.company.catalogue.get(record.type), record.id));
    const whole = await of('qian', contract);
    expect(whole.documents).toMatchObject([{ type: 'purchaseOrder', id: order.id, holds: 'goods', amount: 40 * piece }]);
    expect(whole.track).toMatchObject([
      { step: 'approved', progress: 'all' },
      { step: 'called', progress: 'part' },
    ]);
    const one = await of('qian', order);
    expect(one).toMatchObject({ total: 180.8 * yuan, receivedAmount: 180.8 * yuan });
    expect(one.documents.map((document) => [document.type, document.id, document.holds])).toEqual([
      ['purchaseContract', contract.id, 'origin'],
      ['stockIn', note.id, 'goods'],
    ]);
    expect(one.track).toMatchObject([{ step: 'approved' }, { step: 'received', progress: 'all' }]);
    expect(await of('chen', order)).not.toHaveProperty('total');
    await expect(of('wang', order)).rejects.toMatchObject({ code: 'record.notFound' });
  });
});
