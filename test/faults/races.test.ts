import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { listenTo } from '../../server/engine/effects.ts';
import { lock } from '../../server/engine/load.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { expectProven, movesOf, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors, type Reply } from '../support/server.ts';
import { onHand, openTrade, piece, randomFrom, type Trade } from './trade.ts';

const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const codes = (replies: Reply[]) => replies.map(({ status, body }) => (status < 300 ? 'done' : body.code)).sort();

// The last refusal of a make-believe rule: some documents fail after their number was drawn.
listenTo('quotation', async (_work, _definition, { kind, record }) => {
  if (kind === 'stored' && record.values.remark === 'must fail') throw new Refusal('document.noLines');
});

describe.each(stores)('many at once on $name', { timeout: 120_000 }, (kind) => {
  let office: Office;
  let doors: Doors;
  let trade: Trade;
  const token: Record<string, string> = {};

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    trade = await openTrade(office, 1000);
    for (const who of ['wang', 'chen', 'zhao', 'sun', 'admin']) token[who] = await doors.enter(who);
  });
  afterEach(() => expectProven(office));
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  const post = (who: string, path: string, body: unknown, key?: string) =>
    doors.call('POST', path, { token: token[who], body, ...(key ? { key } : {}) });
  const patch = (who: string, type: string, id: number, body: unknown) =>
    doors.call('PATCH', `/api/records/${type}/${id}`, { token: token[who], body });

  test('two people save the same customer two hundred times: one wins each time, the other sees what is there now', async () => {
    const { id } = await office.create('wang', 'customer', { name: '两个人改的客户' });
    for (const round of times(200)) {
      const version = round + 1;
      const replies = await Promise.all(
        ['wang', 'sun'].map((who) => patch(who, 'customer', id, { version, values: { remark: `${who} ${round}` } })),
      );
      expect(codes(replies)).toEqual(['done', 'record.stale']);
      const [won, lost] = [...replies].sort((a, b) => a.status - b.status);
      expect(lost).toMatchObject({
        status: 409,
        body: { current: { id, version: version + 1, values: { remark: (won?.body.values as { remark: string } | undefined)?.remark } } },
      });
    }
    expect((await office.read('wang', 'customer', id)).version).toBe(201);
  });

  test('an order that is edited while it is approved is posted as it is stored', async () => {
    const outcomes = new Set<string>();
    const random = randomFrom(24);
    for (const _ of times(30)) {
      const made = (await post('wang', '/api/records/salesOrder', trade.draft(1))).body as unknown as {
        id: number;
        parts: { lines: { id: number }[] };
      };
      const lines = [{ id: made.parts.lines[0]?.id, quantity: 2 * piece }];
      const deeds = [
        () => patch('wang', 'salesOrder', made.id, { version: 1, parts: { lines } }),
        () => post('wang', `/api/records/salesOrder/${made.id}/steps/approve`, { version: 1 }),
        () => doors.call('DELETE', `/api/records/salesOrder/${made.id}?version=1`, { token: token.wang }),
      ];
      const replies = await Promise.all(deeds.map(async (deed) => sleep(random() * 6).then(deed)));
      const done = replies.filter(({ status }) => status < 300);
      expect(done).toHaveLength(1);
      expect(
        replies
          .filter(({ status }) => status >= 300)
          .every(({ body }) => ['record.stale', 'record.notFound', 'record.locked'].includes(body.code)),
      ).toBe(true);
      const moves = await movesOf(office, { type: 'salesOrder', id: made.id });
      const stored = await doors.call('GET', `/api/records/salesOrder/${made.id}`, { token: token.wang });
      const state = stored.status === 404 ? 'deleted' : String(stored.body.state);
      outcomes.add(state);
      expect(moves).toBe(
        state === 'approved'
          ? `promise | free -> promised:${trade.warehouse} | ${piece}\nreceivable | sales:1 -> salesOrder:${made.id} | 1130`
          : '',
      );
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });

  test('one request sent many times at once makes one order and gives one answer', async () => {
    const body = trade.draft(3);
    const replies = await Promise.all(times(8).map(() => post('wang', '/api/records/salesOrder', body, 'order-once-00001')));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies.map(({ status }) => status)).toEqual(times(8).map(() => 201));
    const again = await post('wang', '/api/records/salesOrder', body, 'order-once-00001');
    expect(again.text).toBe(replies[0]?.text);
    const id = Number(again.body.id);
    const approve = () => post('wang', `/api/records/salesOrder/${id}/steps/approve`, { version: 1 }, 'approve-once-01');
    const approved = await Promise.all([approve(), approve(), approve()]);
    expect(new Set(approved.map(({ text }) => text)).size).toBe(1);
    expect(approved[0]).toMatchObject({ status: 200, body: { state: 'approved', version: 2 } });
  });

  test('the same key for something else is refused, and somebody else’s key is nobody’s business', async () => {
    const key = 'one-key-two-uses';
    const first = await post('wang', '/api/records/customer', { values: { name: '第一次' } }, key);
    expect(first.status).toBe(201);
    expect(await post('wang', '/api/records/customer', { values: { name: '第二次' } }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency.otherBody' },
    });
    expect(await post('wang', '/api/records/quotation', { values: { name: '第一次' } }, key)).toMatchObject({ status: 422 });
    const others = await post('sun', '/api/records/customer', { values: { name: '另一个人的' } }, key);
    expect([others.status, others.body.id === first.body.id]).toEqual([201, false]);
  });

  test('a refused request may be sent again with its key', async () => {
    const key = 'refused-then-done';
    const draft = (name: string) => ({ values: { name } });
    await post('wang', '/api/records/customer', draft('重名客户'));
    expect((await post('wang', '/api/records/customer', draft('重名客户'), key)).body.code).toBe('record.duplicate');
    expect((await post('wang', '/api/records/customer', draft('不重名客户'), key)).status).toBe(201);
  });

  test('thirty people ship the last piece: one does, the others hear how much is there', async () => {
    const last = await office.create('admin', 'item', { name: '最后一件', unit: '件', grossPrice: 11_300_000 });
    const opening = await office.create(
      'admin',
      'openingStock',
      { warehouse: trade.warehouse },
      { lines: [{ item: last.id, quantity: piece, unitCost: 6_000_000 }] },
    );
    await office.step('admin', opening, 'post');
    const notes: number[] = [];
    for (const _ of times(30)) {
      const order = await office.create(
        'wang',
        'salesOrder',
        { customer: trade.customer },
        { lines: [{ item: last.id, quantity: piece, grossPrice: 1_000_000, warehouse: trade.warehouse }] },
      );
      notes.push(
        (await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: (await office.step('wang', order, 'approve')).id }])).id,
      );
    }
    const replies = await Promise.all(notes.map((id) => post('chen', `/api/records/stockOut/${id}/steps/post`, { version: 1 })));
    expect(codes(replies)).toEqual(['done', ...times(29).map(() => 'stock.notEnough')]);
    expect(replies.find(({ status }) => status === 409)?.body.facts).toMatchObject({
      item: '最后一件',
      wanted: piece,
      held: 0,
      short: piece,
    });
  });

  test('ten goods with seven left each: exactly what is there is sold', async () => {
    const goods: number[] = [];
    for (const index of times(10))
      goods.push((await office.create('admin', 'item', { name: `货 ${index}`, unit: '件', grossPrice: 11_300_000 })).id);
    const opening = await office.create(
      'admin',
      'openingStock',
      { warehouse: trade.warehouse },
      { lines: goods.map((item) => ({ item, quantity: 7 * piece, unitCost: 1_000_000 })) },
    );
    await office.step('admin', opening, 'post');
    const random = randomFrom(28);
    const notes: number[] = [];
    for (const _ of times(25)) {
      const chosen = [...goods].sort(() => random() - 0.5).slice(0, 4);
      const lines = chosen.map((item) => ({ item, quantity: piece, grossPrice: 1_000_000, warehouse: trade.warehouse }));
      const order = await office.step(
        'wang',
        await office.create('wang', 'salesOrder', { customer: trade.customer }, { lines }),
        'approve',
      );
      notes.push((await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }])).id);
    }
    const replies = await Promise.all(notes.map((id) => post('chen', `/api/records/stockOut/${id}/steps/post`, { version: 1 })));
    const sold = replies.filter(({ status }) => status === 200).length * 4;
    const left = await office.company.store.read((tx) =>
      tx('balances')
        .where({ ledger: 'stock', place: `warehouse:${trade.warehouse}` })
        .whereIn('subject', goods)
        .pluck('amount'),
    );
    expect(left.reduce((sum: number, amount: number) => sum + amount, 0)).toBe((70 - sold) * piece);
    expect(codes(replies).filter((code) => code !== 'done' && code !== 'stock.notEnough')).toEqual([]);
  });

  test('an order paid by many at once is never paid twice', async () => {
    const order = await trade.order(2);
    const receipts: number[] = [];
    for (const _ of times(6))
      receipts.push((await office.become('zhao', 'receipt', [{ type: 'salesOrder', id: order.id }], { values: { amount: 2260 } })).id);
    const replies = await Promise.all(receipts.map((id) => post('zhao', `/api/records/receipt/${id}/steps/post`, { version: 1 })));
    expect(codes(replies)).toEqual(['done', ...times(5).map(() => 'flow.overQuantity')]);
    expect((await office.read('sun', 'salesOrder', order.id)).values).toMatchObject({ received: 2260, openAmount: 0 });
  });

  test('goods that are named in opposite orders make nobody wait for ever', async () => {
    const [a, b] = [
      await office.create('admin', 'item', { name: '甲货', unit: '件', grossPrice: 11_300_000 }),
      await office.create('admin', 'item', { name: '乙货', unit: '件', grossPrice: 11_300_000 }),
    ];
    const opening = await office.create(
      'admin',
      'openingStock',
      { warehouse: trade.warehouse },
      { lines: [a, b].map(({ id }) => ({ item: id, quantity: 100 * piece, unitCost: 1_000_000 })) },
    );
    await office.step('admin', opening, 'post');
    const notes: number[] = [];
    for (const index of times(20)) {
      const items = index % 2 ? [a.id, b.id] : [b.id, a.id];
      const lines = items.map((item) => ({ item, quantity: piece, grossPrice: 1_000_000, warehouse: trade.warehouse }));
      const order = await office.step(
        'wang',
        await office.create('wang', 'salesOrder', { customer: trade.customer }, { lines }),
        'approve',
      );
      notes.push((await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }])).id);
    }
    const replies = await Promise.all(notes.map((id) => post('chen', `/api/records/stockOut/${id}/steps/post`, { version: 1 })));
    expect(codes(replies)).toEqual(times(20).map(() => 'done'));
  });

  test('two works that lock crosswise both end well', async () => {
    const [one, other] = [
      await office.create('wang', 'customer', { name: '交叉一' }),
      await office.create('wang', 'customer', { name: '交叉二' }),
    ];
    const customer = catalogue.get('customer');
    // One writer at a time never meets another; only where writers run side by side do they have to meet halfway.
    const meeting = kind.name === 'postgres' ? barrier(2) : async () => undefined;
    let attempts = 0;
    const both = (first: number, second: number) =>
      office.work('sun', async (work) => {
        attempts += 1;
        await lock(work, customer, first);
        await meeting();
        await lock(work, customer, second);
        return 'done';
      });
    expect(await Promise.all([both(one.id, other.id), both(other.id, one.id)])).toEqual(['done', 'done']);
    expect(attempts).toBe(kind.name === 'postgres' ? 3 : 2);
  });

  describe('numbers', () => {
    const now = clock.now;
    let nowMs = 0;
    beforeEach(() => {
      nowMs = msOf('2026-11-30T15:59:00.000Z');
      clock.now = () => nowMs;
      return () => {
        clock.now = now;
      };
    });

    test('a hundred documents at once over three series, a third of them failing, while the month turns', async () => {
      const before = await serials();
      let ended = 0;
      const oneMoreEnded = () => {
        ended += 1;
        if (ended === 40) nowMs = msOf('2026-11-30T16:00:01.000Z');
      };
      const replies = await Promise.allSettled(times(100).map((index) => make(index).finally(oneMoreEnded)));
      const failed = replies.filter(({ status }) => status === 'rejected').length;
      expect(failed).toBeGreaterThan(20);
      const drawn = (await serials()).filter((number) => !before.includes(number));
      expect(drawn).toHaveLength(100 - failed);
      const bySeries = Map.groupBy(drawn, (number) => number.slice(0, -5));
      expect([...bySeries.keys()].map((series) => series.slice(-8)).sort()).toEqual([
        '20261130',
        '20261130',
        '20261130',
        '20261201',
        '20261201',
        '20261201',
      ]);
      for (const numbers of bySeries.values())
        expect(numbers.map((number) => Number(number.slice(-4))).sort((a, b) => a - b)).toEqual(
          times(numbers.length).map((index) => index + 1),
        );
    });

    test('a document bears the date of its own day, not of the day it was typed', async () => {
      const { values, parts } = trade.draft();
      const made = await office.create('wang', 'quotation', { ...values, day: '2026-02-28' }, parts);
      expect(made.values.number).toBe('QT20260228-0001');
    });

    function make(index: number): Promise<unknown> {
      const { values, parts } = trade.draft();
      if (index % 3 === 0) return office.create('wang', 'quotation', { ...values, ...(index % 2 ? {} : { remark: 'must fail' }) }, parts);
      if (index % 3 === 1) return office.create('wang', 'salesOrder', { ...values, ...(index % 4 ? {} : { contact: 999_999 }) }, parts);
      return office.create('zhao', 'receipt', { customer: trade.customer, amount: index % 5 ? 100 : 0 });
    }

    const serials = () =>
      office.company.store.read(
        async (tx) =>
          (
            await Promise.all(
              ['quotations', 'sales_orders', 'receipts'].map((table) =>
                tx(table).whereIn('day', ['2026-11-30', '2026-12-01']).pluck('number'),
              ),
            )
          ).flat() as string[],
      );
  });

  test('after all that the shelf holds what the notes have left on it', async () => {
    const note = await trade.note(10);
    const before = await onHand(office, trade);
    await office.step('chen', note, 'post');
    expect(await onHand(office, trade)).toBe(before - 10);
  });
});

/** Whoever comes waits until all are there; whoever comes again goes on. */
function barrier(count: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  return () => {
    arrived += 1;
    if (arrived >= count) open();
    return all;
  };
}
