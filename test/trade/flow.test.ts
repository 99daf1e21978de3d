import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { homeFor } from '../../server/features/home/home.ts';
import { approvalSheet } from '../../server/features/trade/approvalSheet.ts';
import { customerBalance } from '../../server/features/trade/customerBalance.ts';
import { executionOf } from '../../server/features/trade/execution.ts';
import { offeredPrices } from '../../server/features/trade/offeredPrices.ts';
import { openSources } from '../../server/features/trade/openSources.ts';
import { stockOf } from '../../server/features/trade/stock.ts';
import { stockList } from '../../server/features/trade/stockList.ts';
import { stockMoves } from '../../server/features/trade/stockMoves.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { keysIn, openShop, piece, priced, type Shop, yuan } from './shop.ts';

describe.each(stores)('The way of an order, on $name', (kind) => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const definition = (type: string) => shop.office.company.catalogue.get(type);
  const sources = (who: string, type: string, query = {}) => shop.office.look(who, (work) => openSources(work, definition(type), query));
  const lines = (quantity: number, grossPrice = priced(11.3)) => ({
    lines: [
      { item: shop.pen.id, name: '钢笔', unit: '支', quantity: quantity * piece, grossPrice, taxRate: 130_000, warehouse: shop.warehouse },
    ],
  });

  test('what is open to be shipped shrinks with every delivery and is gone after the last', async () => {
    const order = await shop.order();
    await shop.ship(order, 4 * piece);
    const { rows, titles } = await sources('chen', 'stockOut', { same: { customer: shop.customer.id } });
    expect(rows).toEqual([
      expect.objectContaining({
        type: 'salesOrder',
        id: order.id,
        number: order.values.number,
        row: order.parts.lines?.[0]?.id,
        item: shop.pen.id,
        open: 6 * piece,
        limit: 10 * piece,
      }),
    ]);
    expect(titles.item?.[shop.pen.id]).toBe('钢笔');
    await shop.ship(order);
    expect((await sources('chen', 'stockOut')).rows).toEqual([]);
  });

  test('what was taken off an offer as a whole is taken off its order too, and no other offer is mixed with it', async () => {
    const { office, customer } = shop;
    const offer = (discountRate: number) => office.create('wang', 'quotation', { customer: customer.id, discountRate }, lines(10));
    const agreed = await office.step('wang', await offer(50_000), 'approve');
    const order = await office.become('wang', 'salesOrder', [{ type: 'quotation', id: agreed.id }]);
    expect(order.values).toMatchObject({ discountRate: 50_000, total: agreed.values.total });
    expect(agreed.values.total).toBe(10_735);
    const [one, other] = [await office.step('wang', await offer(50_000), 'approve'), await office.step('wang', await offer(0), 'approve')];
    const both = [one, other].map(({ id }) => ({ type: 'quotation', id }));
    await expect(office.become('wang', 'salesOrder', both)).rejects.toMatchObject({ code: 'flow.different' });
  });

  test('money can pay orders and opening debts that are still open, but no advance', async () => {
    const order = await shop.order();
    const owed = await shop.office.create('zhao', 'openingBalance', { customer: shop.customer.id, total: 500 * yuan });
    const prepaid = await shop.office.create('zhao', 'openingCredit', { customer: shop.customer.id, total: 70 * yuan });
    for (const document of [owed, prepaid]) await shop.office.step('zhao', document, 'post');
    await shop.pay(order, 13 * yuan);
    const { rows } = await sources('zhao', 'receipt', { same: { customer: shop.customer.id } });
    expect(rows.map((row) => [row.type, row.id, row.open, row.limit])).toEqual([
      ['salesOrder', order.id, 10_000, 11_300],
      ['openingBalance', owed.id, 50_000, 50_000],
    ]);
  });

  test('open rows come in pages, the oldest document first, without any twice', async () => {
    const orders = [
      await shop.order(),
      await shop.order([
        { item: shop.pen.id, quantity: piece },
        { item: shop.book.id, quantity: piece },
      ]),
      await shop.order(),
    ];
    const seen: [number, number | undefined][] = [];
    let after: string | undefined;
    do {
      const page = await sources('chen', 'stockOut', { limit: 1, after });
      seen.push(...page.rows.map((row): [number, number | undefined] => [row.id, row.item ?? undefined]));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual([
      [orders[0]?.id, shop.pen.id],
      [orders[1]?.id, shop.pen.id],
      [orders[1]?.id, shop.book.id],
      [orders[2]?.id, shop.pen.id],
    ]);
  });

  test('a salesperson is offered the own open quotations alone, and who makes no such document is refused', async () => {
    const quotation = await shop.office.step(
      'wang',
      await shop.office.create('wang', 'quotation', { customer: shop.customer.id }, lines(3)),
      'approve',
    );
    expect((await sources('wang', 'salesOrder')).rows.map((row) => row.id)).toEqual([quotation.id]);
    expect((await sources('li', 'salesOrder')).rows).toEqual([]);
    await expect(sources('wang', 'receipt')).rejects.toMatchObject({ code: 'access.denied' });
  });

  test('the approver sees every line against list, floor and cost', async () => {
    const order = await shop.office.create('wang', 'salesOrder', { customer: shop.customer.id, discountAmount: 20 * yuan }, lines(10));
    const sheet = (who: string) => shop.office.look(who, (work) => approvalSheet(work, definition('salesOrder'), order.id));
    // 113.00 less 20.00 for ten pieces is 9.30 a piece, 82.30 without tax; ten pieces cost 60.00.
    expect((await sheet('sun')).lines).toEqual([
      {
        id: order.parts.lines?.[0]?.id,
        item: shop.pen.id,
        name: '钢笔',
        listPrice: priced(12),
        discount: 225_000,
        floorPrice: priced(10),
        agreedPrice: priced(9.3),
        netAmount: 8230,
        cost: 6000,
        margin: 2230,
        marginRate: 270_960,
        below: true,
      },
    ]);
    expect((await sheet('sun')).totals).toEqual({
      grossAmount: 9300,
      netAmount: 8230,
      below: 1,
      cost: 6000,
      margin: 2230,
      marginRate: 270_960,
    });
    const manager = await sheet('zhou');
    expect(manager.credit).toEqual({ limit: 1_000_000 * yuan, used: 0, free: 1_000_000 * yuan, wanted: 9300 });
    expect(keysIn(manager)).not.toContain('cost');
    expect(keysIn(await sheet('wang'))).not.toContain('floorPrice');
    await expect(sheet('chen')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(sheet('li')).rejects.toMatchObject({ code: 'record.notFound' });
  });

  test('a document without prices has no approval sheet', async () => {
    const note = await shop.ship(await shop.order());
    await expect(shop.office.look('sun', (work) => approvalSheet(work, definition('stockOut'), note.id))).rejects.toMatchObject({
      code: 'record.notFound',
    });
  });

  test('the execution record follows an order from its quotation to the last payment', async () => {
    const quotation = await shop.office.step(
      'wang',
      await shop.office.create('wang', 'quotation', { customer: shop.customer.id }, lines(10)),
      'approve',
    );
    const order = await shop.office.step(
      'wang',
      await shop.office.become('wang', 'salesOrder', [{ type: 'quotation', id: quotation.id }]),
      'approve',
    );
    const note = await shop.ship(order, 4 * piece);
    const receipt = await shop.pay(order, 13 * yuan);
    const execution = await shop.office.look('wang', (work) => executionOf(work, definition('salesOrder'), order.id));
    const { today } = await shop.office.look('wang', async (work) => work);
    expect(execution.quotations).toEqual([
      { type: 'quotation', id: quotation.id, number: quotation.values.number, day: today, state: 'won', amount: 11_300 },
    ]);
    expect(execution.stockOuts).toEqual([
      { type: 'stockOut', id: note.id, number: note.values.number, day: today, state: 'posted', amount: 4 * piece },
    ]);
    expect(execution.receipts).toEqual([
      { type: 'receipt', id: receipt.id, number: receipt.values.number, day: today, state: 'posted', amount: 1300 },
    ]);
    expect(execution.summary).toMatchObject({ total: 11_300, received: 1300, openAmount: 10_000, shippedAmount: 4520 });
    expect(execution.summary.lines).toMatchObject([{ quantity: 10 * piece, shipped: 4 * piece, open: 6 * piece }]);
    expect(execution.track).toEqual([
      { step: 'approved', progress: 'all', first: today, at: today },
      { step: 'shipped', progress: 'part', first: today, at: null },
      { step: 'signed', progress: 'none', first: null, at: null },
      { step: 'paid', progress: 'part', first: today, at: null },
    ]);
    await expect(shop.office.look('wang', (work) => executionOf(work, definition('quotation'), quotation.id))).rejects.toMatchObject({
      code: 'record.notFound',
    });
  });

  test('a delivery that was taken back is shipped no longer', async () => {
    const order = await shop.order();
    await shop.office.step('chen', await shop.ship(order), 'takeBack', '退回');
    const { track } = await shop.office.look('wang', (work) => executionOf(work, definition('salesOrder'), order.id));
    expect(track[1]).toEqual({ step: 'shipped', progress: 'none', first: null, at: null });
  });

  test('whoever may not see sales prices does not learn whether an order is paid', async () => {
    const order = await shop.order();
    const clerks = await shop.office.look('chen', (work) => executionOf(work, definition('salesOrder'), order.id));
    expect(clerks.track.map(({ step }) => step)).toEqual(['approved', 'shipped', 'signed']);
    expect((await shop.office.read('chen', 'salesOrder', order.id)).values).not.toHaveProperty('paymentState');
    expect((await shop.office.read('wang', 'salesOrder', order.id)).values).toHaveProperty('paymentState', 'none');
  });

  test('nothing that a warehouse clerk is told holds a price, an amount or a cost', async () => {
    const order = await shop.order();
    await shop.ship(order, 4 * piece);
    await shop.pay(order, 13 * yuan);
    const answers = await shop.office.look('chen', async (work) => [
      await offeredPrices(work, { items: [shop.pen.id], customer: shop.customer.id }),
      await stockOf(work, [shop.pen.id]),
      await stockList(work, {}),
      await stockMoves(work, { item: shop.pen.id }),
      await openSources(work, definition('stockOut'), {}),
      await executionOf(work, definition('salesOrder'), order.id),
      await customerBalance(work, shop.customer.id),
      await homeFor(work),
    ]);
    const telling = /price|cost|value|total|amount|tax|list|level|floor|last$|received|credit|balance|margin|discount|figures|receivables/i;
    const told = [...keysIn(answers)].filter((key) => telling.test(key));
    // The answer's own frame, and how much of a delivery concerns the order: a quantity.
    expect(told).toEqual(['prices', 'amount']);
    expect(keysIn(answers)).toContain('lowStock');
  });
});
