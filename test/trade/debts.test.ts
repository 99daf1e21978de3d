import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { accountBalances, accountBook } from '../../server/features/trade/accountBook.ts';
import { customerBalance, customerStatement, type StatementQuery } from '../../server/features/trade/customerBalance.ts';
import { receivables } from '../../server/features/trade/receivables.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from './shop.ts';

describe.each(stores)('What customers owe, on $name', (kind) => {
  let shop: Shop;
  const realNow = clock.now;

  beforeEach(async () => {
    clock.now = () => msOf('2026-03-20T02:00:00.000Z');
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  const statement = (query: StatementQuery = {}) => shop.office.look('wang', (work) => customerStatement(work, shop.customer.id, query));
  const written = (rows: Awaited<ReturnType<typeof statement>>['rows']) =>
    rows.map((row) => `${row.day} ${row.type}.${row.step} ${row.debit} ${row.credit} ${row.balance}`);

  test('a sale shipped and paid in two parts shows one debt and two payments', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    await shop.ship(order, 4 * piece);
    await shop.pay(order, 60 * yuan, { day: '2026-03-05' });
    await shop.ship(order);
    await shop.pay(order, 53 * yuan, { day: '2026-03-15' });
    const { opening, closing, rows, debit, credit } = await statement({ from: '2026-03-01', to: '2026-03-31' });
    expect({ opening, closing, debit, credit }).toEqual({ opening: 0, closing: 0, debit: 11_300, credit: 11_300 });
    expect(written(rows)).toEqual([
      '2026-03-01 salesOrder.approve 11300 0 11300',
      '2026-03-05 receipt.post 0 6000 5300',
      '2026-03-15 receipt.post 0 5300 0',
    ]);
    expect(rows[0]?.number).toBe(order.values.number);
  });

  test('what was taken back stands on its own side with the sign turned', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    const receipt = await shop.pay(order, 60 * yuan, { day: '2026-03-05' });
    await shop.office.step('zhao', receipt, 'takeBack', '付错公司');
    const { closing, rows, debit, credit } = await statement();
    expect({ closing, debit, credit }).toEqual({ closing: 11_300, debit: 11_300, credit: 0 });
    expect(rows.map((row) => [row.step, row.debit, row.credit, row.isMirror])).toEqual([
      ['approve', 11_300, 0, false],
      ['post', 0, 6000, false],
      ['takeBack', 0, -6000, true],
    ]);
  });

  test('an advance counts when it comes, and setting it against an order changes nothing for the customer', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    const advance = await shop.office.step(
      'zhao',
      await shop.office.create('zhao', 'receipt', { customer: shop.customer.id, amount: 50 * yuan, day: '2026-03-02' }),
      'post',
    );
    const before = await shop.office.look('wang', (work) => customerBalance(work, shop.customer.id));
    expect(before.balances).toEqual([{ currency: shop.cny, open: 11_300, prepaid: 5000, balance: 6300 }]);
    const sources = [
      { type: 'salesOrder', id: order.id, rows: [{ id: 1, amount: 50 * yuan }] },
      { type: 'receipt', id: advance.id },
    ];
    await shop.office.step('zhao', await shop.office.become('zhao', 'settlement', sources, { values: { day: '2026-03-03' } }), 'post');
    const after = await shop.office.look('wang', (work) => customerBalance(work, shop.customer.id));
    expect(after.balances).toEqual([{ currency: shop.cny, open: 6300, prepaid: 0, balance: 6300 }]);
    expect(after.credit).toEqual({ limit: 1_000_000 * yuan, used: 6300, free: 1_000_000 * yuan - 6300 });
    expect(written((await statement()).rows)).toEqual([
      '2026-03-01 salesOrder.approve 11300 0 11300',
      '2026-03-02 receipt.post 0 5000 6300',
    ]);
  });

  test('a long statement comes in pages that carry the balance on', async () => {
    for (const day of ['2026-03-01', '2026-03-02', '2026-03-02', '2026-03-04']) await shop.order(undefined, { day });
    const first = await statement({ from: '2026-03-02', to: '2026-03-31', limit: 2 });
    expect([first.opening, first.carried, first.closing]).toEqual([11_300, 11_300, 45_200]);
    expect(first.rows.map((row) => row.balance)).toEqual([22_600, 33_900]);
    const second = await statement({ from: '2026-03-02', to: '2026-03-31', limit: 2, after: first.next ?? '' });
    expect([second.opening, second.carried, second.next]).toEqual([11_300, 33_900, null]);
    expect(second.rows.map((row) => row.balance)).toEqual([45_200]);
  });

  test('receivables tell who owes what and for how long it has been overdue', async () => {
    await shop.order(undefined, { day: '2026-03-10', termDays: 30 });
    await shop.order(undefined, { day: '2026-01-10', termDays: 30 });
    const late = await shop.order(undefined, { day: '2025-11-10', termDays: 30 });
    await shop.pay(late, 13 * yuan);
    const { rows, titles } = await shop.office.look('wang', (work) => receivables(work, {}));
    expect(rows).toEqual([
      {
        customer: shop.customer.id,
        name: '浙江宏远贸易有限公司',
        owner: shop.customer.values.owner,
        currency: shop.cny,
        // Due on 9 February and 10 December; on 20 March that is 39 and 100 days.
        open: 32_600,
        prepaid: 0,
        overdue: 21_300,
        overdueDays: 100,
        buckets: [0, 11_300, 0, 10_000],
        invoiced: 0,
        invoicedOn: null,
      },
    ]);
    expect(titles.user?.[Number(shop.customer.values.owner)]).toBe('wang');
    expect((await shop.office.look('wang', (work) => receivables(work, { search: '宏远' }))).rows).toHaveLength(1);
    expect((await shop.office.look('wang', (work) => receivables(work, { search: '没有' }))).rows).toHaveLength(0);
  });

  test('receivables page by customer and stay with those one may see', async () => {
    const other = await shop.office.create('wang', 'customer', { name: '安徽广达有限公司' });
    const lines = [{ item: shop.pen.id, quantity: piece, grossPrice: priced(11.3) }];
    await shop.office.step('wang', await shop.office.create('wang', 'salesOrder', { customer: other.id }, { lines }), 'approve');
    await shop.order();
    const first = await shop.office.look('wang', (work) => receivables(work, { limit: 1 }));
    const second = await shop.office.look('wang', (work) => receivables(work, { limit: 1, after: first.next ?? '' }));
    expect([...first.rows, ...second.rows].map((row) => row.name)).toEqual(['安徽广达有限公司', '浙江宏远贸易有限公司']);
    expect(second.next).toBeNull();
    expect((await shop.office.look('li', (work) => receivables(work, {}))).rows).toEqual([]);
  });

  test('a stranger to a customer and one who may see no prices get no figures', async () => {
    await expect(shop.office.look('li', (work) => customerStatement(work, shop.customer.id, {}))).rejects.toMatchObject({
      code: 'record.notFound',
    });
    await expect(shop.office.look('wang', (work) => customerStatement(work, 999_999, {}))).rejects.toMatchObject({
      code: 'record.notFound',
    });
    await expect(shop.office.look('chen', (work) => customerStatement(work, shop.customer.id, {}))).rejects.toMatchObject({
      code: 'access.denied',
    });
    await expect(shop.office.look('chen', (work) => receivables(work, {}))).rejects.toMatchObject({ code: 'access.denied' });
    expect(await shop.office.look('chen', (work) => customerBalance(work, shop.customer.id))).toEqual({});
  });

  test('the bank book shows what came in, what the bank kept and what lies there', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    const receipt = await shop.pay(order, 60 * yuan, { day: '2026-03-05', fee: 2 * yuan });
    const account = Number(receipt.values.account);
    const book = await shop.office.look('zhao', (work) => accountBook(work, account, { from: '2026-03-01', to: '2026-03-31' }));
    expect([book.opening, book.closing]).toEqual([0, 5800]);
    expect(book.rows.map((row) => [row.number, row.debit, row.credit, row.balance])).toEqual([[receipt.values.number, 6000, 200, 5800]]);
    const balances = await shop.office.look('zhao', accountBalances);
    expect(balances.find((row) => row.account === account)?.balance).toBe(5800);
    expect(balances.filter((row) => row.balance !== 0)).toHaveLength(1);
    await expect(shop.office.look('chen', accountBalances)).rejects.toMatchObject({ code: 'access.denied' });
    await expect(shop.office.look('chen', (work) => accountBook(work, account, {}))).rejects.toMatchObject({ code: 'record.notFound' });
  });

  test('a period that ends before it begins and a cursor of one’s own making are refused', async () => {
    await expect(statement({ from: '2026-03-02', to: '2026-03-01' })).rejects.toMatchObject({ code: 'record.invalid' });
    await expect(statement({ after: 'bm90IG91cnM' })).rejects.toMatchObject({ code: 'list.badCursor' });
  });
});
