import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { answerFor } from '../../server/engine/answers.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { accountBalances } from '../../server/features/trade/accountBook.ts';
import { stockOf } from '../../server/features/trade/stock.ts';
import { closedThroughKey } from '../../shared/contracts/parameters.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, type Shop, yuan } from './shop.ts';

describe.each(stores)('Closed periods, on $name', (kind) => {
  let shop: Shop;
  const realNow = clock.now;

  beforeEach(async () => {
    clock.now = () => msOf('2026-04-08T02:00:00.000Z');
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  const closeMarch = () => shop.office.work('admin', (work) => storeSettings(work, { [closedThroughKey]: '2026-03-31' }));
  const onHand = async () => (await shop.office.look('chen', (work) => stockOf(work, [shop.pen.id])))[0]?.onHand;
  const offered = (who: string, type: string, record: StoredRecord) =>
    shop.office.look(who, async (work) => (await answerFor(work, work.company.catalogue.get(type), record)).steps);
  const shipInMarch = async () => {
    const order = await shop.order(undefined, { day: '2026-03-10' });
    const source = { type: 'salesOrder', id: order.id, rows: [{ id: order.parts.lines?.[0]?.id ?? 0, amount: 4 * piece }] };
    const note = await shop.office.become('chen', 'stockOut', [source], { values: { day: '2026-03-12' } });
    return { order, note };
  };

  test('nothing is posted or taken back in a month that is closed, and the screen does not offer it', async () => {
    const { order, note } = await shipInMarch();
    const posted = await shop.office.step('chen', note, 'post');
    expect(await offered('chen', 'stockOut', posted)).toEqual(['takeBack', 'reverse']);
    await closeMarch();
    expect(await offered('chen', 'stockOut', posted)).toEqual(['reverse']);
    const refused = { code: 'period.closed', facts: { day: '2026-03-12', through: '2026-03-31' } };
    await expect(shop.office.step('chen', posted, 'takeBack', '客户退回')).rejects.toMatchObject(refused);
    const late = await shop.office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], {
      values: { day: '2026-03-31' },
    });
    await expect(shop.office.step('chen', late, 'post')).rejects.toMatchObject({ code: 'period.closed' });
    expect(await onHand()).toBe(96 * piece);
  });

  test('a delivery of a closed month is reversed by a document of today; both stay and know each other', async () => {
    const { order, note } = await shipInMarch();
    const posted = await shop.office.step('chen', note, 'post');
    await closeMarch();
    const reversed = await shop.office.step('chen', posted, 'reverse', '客户退回');
    expect(reversed.state).toBe('reversed');
    const reversal = await shop.office.look('chen', async (work) => {
      const [row] = (await work.tx('stock_outs').where({ reversal_of: posted.id })) as Record<string, unknown>[];
      return row;
    });
    expect(reversal).toMatchObject({ id: reversed.values.reversedBy, state: 'reversal', day: '2026-04-08', reason: '客户退回' });
    expect(reversal?.number).not.toBe(posted.values.number);
    const moves = await shop.office.look(
      'chen',
      (work) =>
        work
          .tx('moves')
          .where({ ledger: 'stock', document_type: 'stockOut' })
          .orderBy('id')
          .select('document_id', 'day', 'amount') as Promise<unknown[]>,
    );
    expect(moves).toEqual([
      { document_id: posted.id, day: '2026-03-12', amount: 4 * piece },
      { document_id: reversal?.id, day: '2026-04-08', amount: 4 * piece },
    ]);
    expect(await onHand()).toBe(100 * piece);
    // The order is open for the whole again.
    const again = await shop.office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }]);
    expect(again.parts.lines?.[0]?.quantity).toBe(10 * piece);
    await expect(shop.office.step('chen', reversed, 'takeBack', '再来')).rejects.toMatchObject({ code: 'step.notNow' });
  });

  test('money of a closed month goes back today, and the order is owed again', async () => {
    const order = await shop.order(undefined, { day: '2026-03-10' });
    const receipt = await shop.pay(order, 60 * yuan, { day: '2026-03-15' });
    await closeMarch();
    await expect(shop.office.step('zhao', receipt, 'takeBack', '付错公司')).rejects.toMatchObject({ code: 'period.closed' });
    await shop.office.step('zhao', receipt, 'reverse', '付错公司');
    const balances = await shop.office.look('zhao', (work) => accountBalances(work));
    expect(balances.map((row) => row.balance)).toEqual(balances.map(() => 0));
    const [paid] = await shop.office.look('zhao', (work) => work.tx('sales_orders').where({ id: order.id }).select('received'));
    expect(paid).toEqual({ received: 0 });
  });

  test('what is left of an order of a closed month is cancelled today', async () => {
    const { order, note } = await shipInMarch();
    await shop.office.step('chen', note, 'post');
    const paid = await shop.pay(order, 4 * 1130, { day: '2026-03-20' });
    expect(paid.state).toBe('posted');
    const before = await shop.order(undefined, { day: '2026-03-11' });
    await closeMarch();
    const untouched = await shop.order(undefined, { day: '2026-03-11' }).catch((refusal: unknown) => refusal);
    expect(untouched).toMatchObject({ code: 'period.closed' });
    const now = await shop.office.read('wang', 'salesOrder', order.id);
    await expect(shop.office.step('admin', before, 'takeBack', '不要了')).rejects.toMatchObject({ code: 'period.closed' });
    const closed = await shop.office.step('admin', now, 'close', '余下不要了');
    expect(closed.state).toBe('closed');
    const days = await shop.office.look('admin', (work) => work.tx('moves').where({ step: 'close' }).distinct('day').select('day'));
    expect(days).toEqual([{ day: '2026-04-08' }]);
  });
});
