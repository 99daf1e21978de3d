import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { listNotices, readNotices } from '../../server/features/notices/notices.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineDocument } from '../../shared/kernel/defineDocument.ts';
import { text } from '../../shared/kernel/fields.ts';
import { openTrade, type Trade } from '../faults/trade.ts';
import { expectProven, type Office, openOffice, people, stores } from './office.ts';

/** A request that may be sent back without a word. */
const request = defineDocument({
  type: 'request',
  area: 'sales',
  visibility: { by: 'owner' },
  numbering: { series: 'RQ{serial:4}', drawnAt: 'create' },
  fields: { wish: text({ max: 80, required: true }) },
  parts: {},
  states: {
    draft: { editable: 'all', look: 'draft' },
    asked: { editable: 'none', look: 'waiting' },
    granted: { editable: 'none', look: 'done' },
  },
  steps: {
    ask: { from: ['draft'], to: 'asked', operation: 'change' },
    grant: { from: ['asked'], to: 'granted', operation: 'approve' },
    returnIt: { from: ['asked'], to: 'draft', operation: 'approve' },
  },
});

describe.each(stores)('documents that wait for somebody, on $name', (kind) => {
  let office: Office;
  let trade: Trade;

  beforeAll(async () => {
    office = await openOffice(kind, new Catalogue([...catalogue.definitions, request], catalogue.ledgers));
    trade = await openTrade(office, 100);
  });
  afterEach(async () => {
    for (const who of ['admin', ...people]) await office.work(who, (work) => readNotices(work, { upTo: Number.MAX_SAFE_INTEGER }));
    await expectProven(office);
  });
  afterAll(() => office.close());

  const handIn = async (who = 'wang') => {
    const { values, parts } = trade.draft();
    const customer = who === 'wang' ? trade.customer : (await office.create(who, 'customer', { name: `${who}的客户` })).id;
    return office.step(who, await office.create(who, 'salesOrder', { ...values, customer }, parts), 'submit');
  };
  const unread = async (who: string) => (await office.look(who, (work) => listNotices(work, {}))).rows.filter((row) => row.readAt === null);
  const told = async () => {
    const all = await Promise.all(['admin', ...people].map(async (who) => [who, (await unread(who)).map(({ code }) => code)] as const));
    return Object.fromEntries(all.filter(([, codes]) => codes.length > 0));
  };

  test('whoever may approve it hears of it, and nobody else', async () => {
    const order = await handIn();
    expect(await told()).toEqual({ admin: ['notice.handedIn'], zhou: ['notice.handedIn'], sun: ['notice.handedIn'] });
    expect(await unread('zhou')).toMatchObject([
      { type: 'salesOrder', record: order.id, facts: { type: 'salesOrder', title: order.values.number, by: 'wang' } },
    ]);
    await handIn('li');
    expect((await unread('zhou')).length).toBe(1);
    expect((await unread('sun')).length).toBe(2);
  });

  test('who handed it in hears that it was approved, and the others need not look any more', async () => {
    const order = await handIn();
    await office.step('zhou', order, 'approve');
    expect(await told()).toEqual({ wang: ['notice.approved'] });
    expect(await unread('wang')).toMatchObject([{ record: order.id, facts: { by: 'zhou', title: order.values.number } }]);
  });

  test('who handed it in hears that it was sent back, and why', async () => {
    const order = await handIn();
    await office.step('sun', order, 'reject', '交期太紧');
    expect(await told()).toEqual({ wang: ['notice.sentBackBecause'] });
    expect(await unread('wang')).toMatchObject([{ facts: { by: 'sun', reason: '交期太紧' } }]);
  });

  test('who takes it back, or approves what never waited, tells nobody', async () => {
    await office.step('wang', await handIn(), 'withdraw');
    const { values, parts } = trade.draft();
    await office.step('zhou', await office.create('wang', 'salesOrder', values, parts), 'approve');
    expect(await told()).toEqual({});
  });

  test('a type of the company’s own is told of in the same way, also when nothing was said', async () => {
    const wish = await office.create('admin', 'request', { wish: '一张桌子', owner: await office.id('users', { login: 'wang' }) });
    const asked = await office.step('admin', wish, 'ask');
    const owner = await office.id('positions', { administrator: 1 });
    const boss = await office.create(
      'admin',
      'user',
      {
        login: `boss-${kind.name}`,
        name: '老板',
        department: await office.id('departments', { kind_of_unit: 'company' }),
      },
      { positions: [{ held: owner }] },
    );
    expect(boss.id).toBeGreaterThan(0);
    await office.step(`boss-${kind.name}`, asked, 'returnIt');
    expect(await told()).toEqual({ admin: ['notice.sentBack'] });
  });
});
