import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { creditHistory } from '../../server/features/settling/creditHistory.ts';
import { batchFile, batchProgress, cancelBatch, startBatch } from '../../server/features/settling/statementBatch.ts';
import { statementWorkbook } from '../../server/features/settling/statementWorkbook.ts';
import { customerStatement, statementOf } from '../../server/features/trade/customerBalance.ts';
import { statementPaper } from '../../server/features/trade/statementPaper.ts';
import { customerSide, supplierSide } from '../../shared/documents/money/sides.ts';
import { msOf } from '../../shared/kernel/days.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('Statements of account, on $name', (kind) => {
  let shop: Shop;
  let supplier: StoredRecord;
  const realNow = clock.now;
  const march = { from: '2026-03-01', to: '2026-03-31' };

  beforeEach(async () => {
    clock.now = () => msOf('2026-03-20T02:00:00.000Z');
    shop = await openShop(kind);
    supplier = await shop.office.create('admin', 'supplier', { name: '宁波联合塑胶厂' });
  });
  afterEach(async () => {
    clock.now = realNow;
    await expectProven(shop.office);
    await shop.office.close();
  });

  const posted = async (type: string, values: Record<string, Value>, parts = {}) =>
    shop.office.step('zhao', await shop.office.create('zhao', type, values, parts), 'post');

  test('a statement tells by kind what the period came to, and lists the goods when asked', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    await shop.pay(order, 50 * yuan, { day: '2026-03-05', roundOff: 3 * yuan });
    const query = { ...march, goods: true };
    const statement = await shop.office.look('wang', (work) => customerStatement(work, shop.customer.id, query));
    expect(statement.kinds).toEqual({ sales: 11_300, received: -5000, discount: -300 });
    expect(statement.closing).toBe(6000);
    expect(statement.rows[0]?.goods).toEqual([expect.objectContaining({ quantity: 10 * piece, grossAmount: 11_300, unit: '支' })]);
    const { bytes, fileName } = await statementPaper(shop.office.company, await shop.office.actor('wang'), {
      of: { side: customerSide, party: shop.customer.id },
      query,
    });
    expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-');
    expect(fileName).toContain('浙江宏远');
  });

  test('a supplier has a statement too, and salespeople do not see it', async () => {
    await posted('openingPayable', { supplier: supplier.id, total: 90 * yuan, day: '2026-03-01' });
    await posted('payment', { supplier: supplier.id, amount: 30 * yuan, day: '2026-03-10' });
    const of = { side: supplierSide, party: supplier.id };
    const statement = await shop.office.look('zhao', (work) => statementOf(work, of, march));
    expect(statement).toMatchObject({ opening: 0, debit: 9000, credit: 3000, closing: 6000, kinds: { opening: 9000, paid: -3000 } });
    await expect(shop.office.look('wang', (work) => statementOf(work, of, march))).rejects.toMatchObject({ code: 'access.denied' });
    const file = await statementWorkbook(shop.office.company, await shop.office.actor('zhao'), { of, language: 'zh-CN', query: march });
    expect(file.bytes.subarray(0, 2).toString()).toBe('PK');
    expect(file.fileName).toBe('对账单 宁波联合塑胶厂 2026-03-01—2026-03-31.xlsx');
  });

  test('the statements of a month come as one archive, and one may stop on the way', async () => {
    await shop.order(undefined, { day: '2026-03-01' });
    const [company, actor] = [shop.office.company, await shop.office.actor('zhao')];
    const begun = await startBatch(company, actor, { side: 'customer', ...march });
    expect(begun).toMatchObject({ state: 'running', total: 1 });
    await expect.poll(() => batchProgress(company, actor, begun.id).state, { timeout: 20_000 }).toBe('done');
    expect(
      readFileSync(batchFile(company, actor, begun.id))
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const second = await startBatch(company, actor, { side: 'customer', ...march });
    expect(cancelBatch(company, actor, second.id).state).toBe('cancelled');
    expect(() => batchFile(company, actor, second.id)).toThrow(expect.objectContaining({ code: 'record.notFound' }));
    const other = await shop.office.actor('sun');
    expect(() => batchProgress(company, other, begun.id)).toThrow(expect.objectContaining({ code: 'statement.batchGone' }));
    await expect(startBatch(company, actor, { side: 'supplier', ...march })).rejects.toMatchObject({ code: 'settle.nothing' });
    await expect(startBatch(company, await shop.office.actor('wang'), { side: 'customer', ...march })).rejects.toMatchObject({
      code: 'access.denied',
    });
  });

  test('what a customer has confirmed is locked for those days until somebody with the right opens it again', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    const values = { customer: shop.customer.id, through: '2026-03-10', confirmedBy: '王会计' };
    const draft = await shop.office.create('zhao', 'customerConfirmation', values);
    const confirmed = await shop.office.step('zhao', draft, 'confirm');
    expect(confirmed.values.balance).toBe(11_300);
    await expect(shop.pay(order, 50 * yuan, { day: '2026-03-10' })).rejects.toMatchObject({
      code: 'ledger.locked',
      facts: { through: '2026-03-10' },
    });
    await shop.pay(order, 50 * yuan, { day: '2026-03-11' });
    await expect(shop.office.step('zhao', confirmed, 'reopen', '少记一笔')).rejects.toMatchObject({ code: 'statement.reopenDenied' });
    const opened = await shop.office.step('sun', confirmed, 'reopen', '少记一笔');
    expect(opened).toMatchObject({ state: 'reopened', values: { reason: '少记一笔' } });
    await shop.pay(order, 13 * yuan, { day: '2026-03-10' });
  });

  test('an earlier confirmation holds again when the later one is opened', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    const confirm = async (through: string) =>
      shop.office.step(
        'zhao',
        await shop.office.create('zhao', 'customerConfirmation', { customer: shop.customer.id, through }),
        'confirm',
      );
    await confirm('2026-03-05');
    const later = await confirm('2026-03-15');
    await shop.office.step('sun', later, 'reopen', '客户改口');
    await expect(shop.pay(order, yuan, { day: '2026-03-05' })).rejects.toMatchObject({ code: 'ledger.locked' });
    await shop.pay(order, yuan, { day: '2026-03-06' });
  });

  test('credit is decided by how fast and how late a customer has paid', async () => {
    const quick = await shop.order(undefined, { day: '2026-01-01', termDays: 10 });
    await shop.pay(quick, 113 * yuan, { day: '2026-01-11' });
    const slow = await shop.order(undefined, { day: '2026-01-01', termDays: 10 });
    await shop.pay(slow, 113 * yuan, { day: '2026-02-10' });
    await shop.order(undefined, { day: '2026-03-01', termDays: 9 });
    const history = await shop.office.look('wang', (work) => creditHistory(work, shop.customer.id));
    expect(history).toEqual({
      credit: { limit: 1_000_000 * yuan, used: 11_300, free: 1_000_000 * yuan - 11_300 },
      // Paid after 10 and 40 days; due on the 11th, so the second came 30 days late.
      paid: 22_600,
      averageDays: 25,
      latestDays: 30,
      lateShare: 500_000,
      open: 11_300,
      overdue: 11_300,
      overdueDays: 10,
    });
    await expect(shop.office.look('chen', (work) => creditHistory(work, shop.customer.id))).rejects.toMatchObject({
      code: 'access.denied',
    });
  });
});
