import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { closingCheck } from '../../server/features/closing/checks.ts';
import { closeMonth, closingState, reopenMonths } from '../../server/features/closing/closing.ts';
import { monthSummary } from '../../server/features/closing/monthSummary.ts';
import { closingChecks } from '../../shared/contracts/closing.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { openShop, piece, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('Closing a month, on $name', (kind) => {
  let shop: Shop;
  const realNow = clock.now;
  beforeEach(async () => {
    clock.now = () => msOf('2026-04-10T02:00:00.000Z');
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  const close = (through: string) => shop.office.work('zhao', (work) => closeMonth(work, through));
  const reopen = (through: string | null, reason: string) => shop.office.work('sun', (work) => reopenMonths(work, through, reason));
  const state = () => shop.office.look('zhao', closingState);
  const found = async (through = '2026-03-31') => {
    const counts: Record<string, number> = {};
    for (const check of closingChecks) {
      const { count } = await shop.office.look('zhao', (work) => closingCheck(work, { check, through }));
      if (count > 0) counts[check] = count;
    }
    return counts;
  };

  test('the checklist counts what is not finished up to the last day and leaves out what is later', async () => {
    const order = await shop.order(undefined, { day: '2026-03-02' });
    await shop.office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], { values: { day: '2026-03-30' } });
    await shop.office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], { values: { day: '2026-04-02' } });
    await shop.office.step(
      'zhao',
      await shop.office.create('zhao', 'receipt', { customer: shop.customer.id, amount: 50 * yuan, day: '2026-03-05' }),
      'post',
    );
    expect(await found()).toEqual({ drafts: 1, uninvoicedGoods: 1, unallocatedMoney: 1 });
    const { rows } = await shop.office.look('zhao', (work) => closingCheck(work, { check: 'drafts', through: '2026-03-31' }));
    expect(rows).toEqual([{ type: 'stockOut', states: ['draft'], count: 1 }]);
    expect(await found('2026-04-30')).toMatchObject({ drafts: 2 });
  });

  test('a closed month says which it is and who closed it, and is opened again with a reason', async () => {
    const order = await shop.order(undefined, { day: '2026-03-02' });
    await close('2026-03-31');
    expect(await state()).toMatchObject({ closedThrough: '2026-03-31', by: 'zhao' });
    const note = await shop.office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], { values: { day: '2026-03-20' } });
    await expect(shop.office.step('chen', note, 'post')).rejects.toMatchObject({
      code: 'period.closed',
      facts: { day: '2026-03-20', month: '2026-03', through: '2026-03-31', by: 'zhao' },
    });
    await expect(reopen('2026-02-28', ' ')).rejects.toMatchObject({ code: 'closing.reasonMissing' });
    await reopen('2026-02-28', '三月漏记一张出库单');
    await shop.office.step('chen', note, 'post');
    const { closedThrough, history } = await state();
    expect(closedThrough).toBe('2026-02-28');
    expect(history.map(({ action, through, reason, by }) => [action, through, reason, by])).toEqual([
      ['reopen', '2026-02-28', '三月漏记一张出库单', 'sun'],
      ['close', '2026-03-31', null, 'zhao'],
    ]);
  });

  test('only whole months that are over are closed, each once, and opened backwards', async () => {
    await expect(close('2026-03-30')).rejects.toMatchObject({ code: 'closing.notMonthEnd' });
    await expect(close('2026-04-30')).rejects.toMatchObject({ code: 'closing.monthNotOver', facts: { month: '2026-04' } });
    await close('2026-03-31');
    await expect(close('2026-02-28')).rejects.toMatchObject({ code: 'closing.alreadyClosed', facts: { through: '2026-03-31' } });
    await expect(reopen('2026-03-31', '看错')).rejects.toMatchObject({ code: 'closing.notClosed' });
    await reopen(null, '从头来过');
    expect(await state()).toMatchObject({ closedThrough: null, by: null });
  });

  test('the summary tells what came and went by account and kind, and the months go on from each other', async () => {
    const order = await shop.order(undefined, { day: '2026-02-02' });
    await shop.pay(order, 60 * yuan, { day: '2026-02-05' });
    const late = await shop.pay(order, 53 * yuan, { day: '2026-03-05' });
    await shop.office.step('zhao', late, 'takeBack', '银行退票');
    const cashCategory = await shop.office.id('dictionary_entries', { dictionary: 'cashCategory', name: '房租' });
    const rent = { direction: 'expense', cashCategory, amount: 20 * yuan, day: '2026-03-31' };
    await shop.office.step('zhao', await shop.office.create('zhao', 'cashEntry', rent), 'post');
    const summary = await shop.office.look('zhao', (work) => monthSummary(work, '2026-03'));
    expect(summary.accounts[0]).toMatchObject({ opening: 6000, income: 0, expense: 2000, closing: 4000 });
    expect(summary.kinds).toEqual([{ kind: 'expense', currency: shop.cny, amount: -2000 }]);
  });

  test('the new year numbers its papers from one, and the closed year stays as it was', async () => {
    const last = await shop.order(undefined, { day: '2025-12-30' });
    await close('2025-12-31');
    const first = await shop.order(undefined, { day: '2026-01-02' });
    expect([last.values.number, first.values.number]).toEqual(['SO20251230-0001', 'SO20260102-0001']);
    expect((await shop.office.read('wang', 'salesOrder', last.id)).values.total).toBe(11_300);
  });

  describe('at the door', () => {
    let doors: Doors;
    const token: Record<string, string> = {};
    beforeEach(async () => {
      doors = await openDoors(shop.office);
      for (const who of ['wang', 'zhao']) token[who] = await doors.enter(who);
    });
    afterEach(() => doors.close());

    test('nobody without the right closes or opens anything', async () => {
      const body = { through: '2026-03-31' };
      expect((await doors.call('POST', '/api/closing', { token: token.wang, body })).status).toBe(403);
      expect((await doors.call('GET', '/api/closing', { token: token.wang })).status).toBe(403);
      const again = { through: null, reason: '想改' };
      expect((await doors.call('POST', '/api/closing/reopen', { token: token.zhao, body: again })).status).toBe(403);
    });

    test('books that do not prove are not closed', async () => {
      await shop.ship(await shop.order(undefined, { day: '2026-03-02' }), piece);
      const broken = { ledger: 'stock', subject: shop.pen.id, place: `warehouse:${shop.warehouse}` };
      const move = (amount: number) => shop.office.company.store.write((tx) => tx('balances').where(broken).increment('amount', amount));
      await move(1);
      const body = { through: '2026-03-31' };
      expect(await doors.call('POST', '/api/closing', { token: token.zhao, body })).toMatchObject({
        status: 409,
        body: { code: 'closing.checksFailed', facts: { check: 'ledgers' } },
      });
      await move(-1);
      expect(await doors.call('POST', '/api/closing', { token: token.zhao, body })).toMatchObject({
        status: 200,
        body: { closedThrough: '2026-03-31' },
      });
    });
  });
});
