import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assignRecords } from '../../server/access/sharing.ts';
import { writeAudit } from '../../server/engine/audit.ts';
import { storeChange } from '../../server/engine/changeRecord.ts';
import { deleteRecord } from '../../server/engine/removeRecord.ts';
import { timelineOf } from '../../server/features/relations/timeline.ts';
import type { TimelineRow } from '../../shared/contracts/relations.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('The past of a customer on $name', (kind) => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const pastFor = (who: string, query: { kinds?: string[]; after?: number; limit?: number } = {}) =>
    shop.office.look(who, (work) => timelineOf(work, work.company.catalogue.get('customer'), shop.customer.id, query));
  const told = (rows: readonly TimelineRow[]) => rows.map((row) => `${row.kind} ${row.action}`);

  test('tells in one list what was written, offered, ordered, delivered and paid, the newest first', async () => {
    const { office, customer } = shop;
    await office.change('wang', customer, { values: { city: '杭州' } });
    await office.create('wang', 'contact', { customer: customer.id, name: '陈先生' });
    const order = await shop.order();
    await shop.ship(order);
    await shop.pay(order, 50 * yuan);
    const { rows, next } = await pastFor('wang');
    expect(told(rows)).toEqual([
      'receipt step.post',
      'receipt create',
      'stockOut step.post',
      'stockOut create',
      // The first order makes a prospect a customer.
      'changes change',
      'salesOrder step.approve',
      'salesOrder create',
      'contact create',
      'changes change',
      'changes create',
    ]);
    expect(next).toBeNull();
    expect(rows.findLast(({ action }) => action === 'change')).toMatchObject({
      byName: 'wang',
      changes: [{ path: 'city', before: null, after: '杭州' }],
    });
    expect(rows.find(({ kind }) => kind === 'salesOrder')).toMatchObject({ amount: 113 * yuan, currency: shop.cny, state: 'approved' });
  });

  test('is read a page at a time, and of the kinds that were asked for', async () => {
    for (let index = 0; index < 3; index += 1) await shop.order();
    const first = await pastFor('wang', { limit: 4 });
    const second = await pastFor('wang', { limit: 4, ...(first.next ? { after: first.next } : {}) });
    expect([first.rows.length, second.rows.length, second.next]).toEqual([4, 4, null]);
    expect(told([...first.rows, ...second.rows])).toEqual(told((await pastFor('wang')).rows));
    const orders = await pastFor('wang', { kinds: ['salesOrder'] });
    expect(new Set(orders.rows.map(({ kind }) => kind))).toEqual(new Set(['salesOrder']));
    expect(orders.kinds).toEqual(expect.arrayContaining(['changes', 'assignments', 'files', 'quotation', 'stockOut', 'contact']));
  });

  test('keeps from each reader what is not theirs: the clerk sees no order sums and no receipts', async () => {
    const order = await shop.order();
    await shop.pay(order, 20 * yuan);
    const { version } = await shop.office.read('admin', 'customer', shop.customer.id);
    await shop.office.change('admin', { ...shop.customer, version }, { values: { creditLimit: 7 * yuan } });
    const clerk = await pastFor('chen');
    expect(told(clerk.rows)).toEqual([
      'changes change',
      'changes change',
      'salesOrder step.approve',
      'salesOrder create',
      'changes create',
    ]);
    expect(clerk.kinds).not.toContain('receipt');
    expect(clerk.rows[0]?.changes).toEqual([]);
    expect(clerk.rows.every(({ amount }) => amount === undefined)).toBe(true);
    await expect(pastFor('li')).rejects.toMatchObject({ code: 'record.notFound' });
  });

  test('who was given the customer by whom, and when, stands in the list of assignments with both names', async () => {
    const { office, customer } = shop;
    const li = await office.id('users', { login: 'li' });
    await office.work('admin', (work) =>
      assignRecords(
        work,
        work.company.catalogue.get('customer'),
        { ids: [customer.id], owners: [li], deal: () => li, withDocuments: false },
        { storeChange, writeAudit },
      ),
    );
    const { rows, titles } = await pastFor('sun', { kinds: ['assignments'] });
    const [assigned] = rows;
    const owner = assigned?.changes.find(({ path }) => path === 'owner');
    expect([rows.length, assigned?.byName, titles.user?.[Number(owner?.before)], titles.user?.[Number(owner?.after)]]).toEqual([
      1,
      '管理员',
      'wang',
      'li',
    ]);
  });

  test('what lies in the recycle bin has left the list', async () => {
    const draft = await shop.office.create(
      'wang',
      'quotation',
      { customer: shop.customer.id },
      { lines: [{ item: shop.pen.id, quantity: piece, grossPrice: priced(12) }] },
    );
    expect(told((await pastFor('wang', { kinds: ['quotation'] })).rows)).toEqual(['quotation create']);
    await shop.office.work('wang', (work) => deleteRecord(work, work.company.catalogue.get('quotation'), draft.id, draft.version));
    expect((await pastFor('wang', { kinds: ['quotation'] })).rows).toEqual([]);
  });
});
