import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { deleteRecord, purgeRecord } from '../../server/engine/removeRecord.ts';
import { recordUpload } from '../../server/features/files/storeFile.ts';
import { exportGaps } from '../../server/features/gaps/exportGaps.ts';
import { numberGaps } from '../../server/features/gaps/numberGaps.ts';
import { goLive } from '../../server/features/goLive/goLive.ts';
import { homeFor } from '../../server/features/home/home.ts';
import { waitingByType } from '../../server/features/home/lists.ts';
import { listNotices, readNotices } from '../../server/features/notices/notices.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import { changeNumbering, readNumbering } from '../../server/features/settings/numberRules.ts';
import { changeView, createView, deleteView, listViews } from '../../server/features/views/savedViews.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from './shop.ts';

describe.each(stores)('At the desk, on $name', (kind) => {
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

  const definition = (type: string) => shop.office.company.catalogue.get(type);
  const home = (who: string) => shop.office.look(who, homeFor);
  const lines = (grossPrice = priced(11.3)) => ({
    lines: [{ item: shop.pen.id, unit: '支', quantity: 10 * piece, grossPrice, taxRate: 130_000, warehouse: shop.warehouse }],
  });

  test('home shows each person what is theirs to do', async () => {
    const quotation = await shop.office.create('wang', 'quotation', { customer: shop.customer.id }, lines());
    const cheap = await shop.office.create('wang', 'quotation', { customer: shop.customer.id }, lines(priced(9)));
    await shop.office.step('wang', cheap, 'submit');
    const order = await shop.order(undefined, { day: '2026-02-01', termDays: 15, deliverBy: '2026-03-25' });
    await shop.ship(order, 6 * piece);

    const salesperson = await home('wang');
    expect(salesperson.quotations).toMatchObject({ count: 2 });
    expect(salesperson.quotations?.rows[1]).toEqual({
      type: 'quotation',
      id: quotation.id,
      title: quotation.values.number,
      day: '2026-03-20',
      state: 'draft',
      customer: '浙江宏远贸易有限公司',
      total: 11_300,
      currency: shop.cny,
    });
    expect(salesperson.receivables?.rows).toMatchObject([{ id: order.id, day: '2026-02-16', overdueDays: 32, total: 11_300 }]);
    expect(Object.keys(salesperson).sort()).toEqual(['quotations', 'receivables', 'toShip']);

    expect((await home('zhou')).approvals).toMatchObject({ count: 1, rows: [{ type: 'quotation', id: cheap.id, state: 'pending' }] });
    expect([await shop.office.look('zhou', waitingByType), await shop.office.look('wang', waitingByType)]).toEqual([{ quotation: 1 }, {}]);
    expect((await home('li')).toShip).toEqual({ count: 0, countMax: 1000, rows: [] });

    const clerk = await home('chen');
    expect(clerk.toShip).toMatchObject({ count: 1, rows: [{ id: order.id, day: '2026-03-25' }] });
    // 94 pens lie there, four of them promised, and 95 should be free.
    expect(clerk.lowStock).toEqual({
      count: 1,
      countMax: 1000,
      rows: [{ type: 'item', id: shop.pen.id, title: '钢笔', day: null, available: 90 * piece, safetyStock: 95 * piece, unit: '支' }],
    });
  });

  test('figures compare this month with the last, in the company’s own currency', async () => {
    await shop.order(undefined, { day: '2026-02-10' });
    await shop.order(undefined, { day: '2026-01-31' });
    await shop.order(undefined, { day: '2026-03-01' });
    const today = await shop.order();
    await shop.pay(today, 13 * yuan);
    expect((await home('zhao')).figures).toEqual({
      currency: shop.cny,
      sales: { today: 11_300, month: 22_600, lastMonth: 11_300 },
      receipts: { today: 1300, month: 1300, lastMonth: 0 },
    });
  });

  test('settings change with the version that was seen, and every wrong value is named', async () => {
    const before = await shop.office.look('chen', readSettings);
    expect(before.values).toMatchObject({ 'company.name': '远航商贸', 'parameter.quotationValidDays': 30 });
    const change = async (version: number, values: Record<string, string | number | boolean | null>) => {
      await shop.office.work('admin', (work) => changeSettings(work, version, values));
      return shop.office.look('chen', readSettings);
    };
    const after = await change(before.version, { 'company.address': ' 上海市中山路1号 ', 'parameter.quotationValidDays': 14 });
    expect(after.values).toMatchObject({ 'company.address': '上海市中山路1号', 'parameter.quotationValidDays': 14 });
    await expect(change(before.version, { 'company.phone': '1' })).rejects.toMatchObject({ code: 'settings.changed' });
    const wrong = {
      'parameter.priceDecimals': 7,
      'company.logo': 999,
      'company.name': ' ',
      language: 'fr',
      live: true,
      'parameter.lowStockNotices': 1,
    };
    await expect(change(after.version, wrong)).rejects.toMatchObject({
      code: 'record.invalid',
      fields: [
        { path: 'parameter.priceDecimals', code: 'field.tooLarge' },
        { path: 'company.logo', code: 'field.unknownLink' },
        { path: 'company.name', code: 'field.required' },
        { path: 'language', code: 'field.notAChoice' },
        { path: 'live', code: 'field.unknown' },
        { path: 'parameter.lowStockNotices', code: 'field.wrongKind' },
      ],
    });
    expect((await shop.office.look('chen', readSettings)).version).toBe(after.version);

    // A picture of somebody else's that nothing in sight refers to might show what was kept from the one who names it.
    const picture = (who: string) =>
      shop.office.work(who, (work) =>
        recordUpload(work, { hash: '0'.repeat(64), name: 'logo.png', size: 1, mediaType: 'image/png', width: 1, height: 1 }),
      );
    await expect(change(after.version, { 'company.logo': (await picture('wang')).id })).rejects.toMatchObject({
      fields: [{ code: 'field.unknownLink' }],
    });
    const own = (await picture('admin')).id;
    expect((await change(after.version, { 'company.logo': own })).values['company.logo']).toBe(own);
  });

  test('another number series counts from the next document on', async () => {
    const before = await shop.office.look('admin', readNumbering);
    expect(before.rows.find((row) => row.type === 'salesOrder')).toMatchObject({
      series: 'SO{yyyy}{mm}{dd}-{serial:4}',
      next: 'SO20260320-0001',
    });
    const change = async (version: number, series: Record<string, string | null>) => {
      await shop.office.work('admin', (work) => changeNumbering(work, version, series));
      return shop.office.look('admin', readNumbering);
    };
    const after = await change(before.version, { salesOrder: 'HT{yy}{mm}-{serial:3}' });
    expect(after.rows.find((row) => row.type === 'salesOrder')?.next).toBe('HT2603-001');
    expect((await shop.order()).values.number).toBe('HT2603-001');
    expect((await shop.office.look('admin', readNumbering)).rows.find((row) => row.type === 'salesOrder')?.next).toBe('HT2603-002');
    await expect(change(after.version, { salesOrder: 'HT' })).rejects.toMatchObject({ code: 'number.badSeries' });
    await expect(change(after.version, { contact: '{serial:3}' })).rejects.toMatchObject({ code: 'record.notFound' });
    await expect(change(before.version, { salesOrder: null })).rejects.toMatchObject({ code: 'settings.changed' });
    const back = await change(after.version, { salesOrder: null });
    expect(back.rows.find((row) => row.type === 'salesOrder')?.series).toBe('SO{yyyy}{mm}{dd}-{serial:4}');
  });

  test('going live waits for every opening document and locks the figures for good', async () => {
    const draft = await shop.office.create('zhao', 'openingBalance', { customer: shop.customer.id, total: 500 * yuan });
    const lock = () => shop.office.work('admin', (work) => goLive(work, '没有旧系统'));
    await expect(lock()).rejects.toMatchObject({ code: 'opening.unposted', facts: { count: 1 } });
    await shop.office.step('zhao', draft, 'post');
    await lock();
    const late = await shop.office.create('zhao', 'openingBalance', { customer: shop.customer.id, total: 100 });
    await expect(shop.office.step('zhao', late, 'post')).rejects.toMatchObject({ code: 'opening.locked' });
    await expect(lock()).rejects.toMatchObject({ code: 'opening.locked' });
  });

  test('a view is one’s own until it is shared, and stays one’s own to change', async () => {
    const views = (who: string) => shop.office.look(who, (work) => listViews(work, definition('customer')));
    const mine = await shop.office.work('wang', (work) =>
      createView(work, definition('customer'), {
        name: '华东A类',
        shared: false,
        content: { filter: { field: 'grade', is: 'equal', value: 1 } },
      }),
    );
    expect(await views('wang')).toEqual([mine]);
    expect(await views('zhou')).toEqual([]);
    const of = { type: 'customer', id: mine.id };
    const shared = await shop.office.work('wang', (work) => changeView(work, { ...of, version: 1 }, { shared: true }));
    expect(await views('zhou')).toEqual([{ ...shared, mine: false }]);
    await expect(shop.office.work('zhou', (work) => changeView(work, { ...of, version: 2 }, { name: 'x' }))).rejects.toMatchObject({
      code: 'record.notFound',
    });
    await expect(shop.office.work('zhou', (work) => deleteView(work, of))).rejects.toMatchObject({ code: 'record.notFound' });
    await expect(shop.office.work('wang', (work) => changeView(work, { ...of, version: 1 }, { name: 'x' }))).rejects.toMatchObject({
      code: 'record.stale',
    });
    await shop.office.work('wang', (work) => deleteView(work, of));
    expect(await views('wang')).toEqual([]);
  });

  test('a view is small, and nobody keeps hundreds of them for one list', async () => {
    const create = (content: unknown) =>
      shop.office.work('wang', (work) => createView(work, definition('item'), { name: '大', shared: false, content }));
    await expect(create({ columns: '宽'.repeat(7000) })).rejects.toMatchObject({ code: 'view.tooLarge' });
    const row = {
      user: (await shop.office.actor('wang')).userId,
      type: 'item',
      name: 'v',
      shared: 0,
      content: '{}',
      version: 1,
      created_at: '',
      changed_at: '',
    };
    await shop.office.work('wang', (work) => work.tx('saved_views').insert(Array.from({ length: 200 }, () => row)));
    await expect(create({})).rejects.toMatchObject({ code: 'view.tooMany' });
  });

  test('notices come to those they are meant for and stay unread until read', async () => {
    const [wang, li] = [(await shop.office.actor('wang')).userId, (await shop.office.actor('li')).userId];
    const row = (user: number) => ({
      user,
      at: '2026-03-20T02:00:00.000Z',
      code: 'notice.assigned',
      facts: '{"by":"zhou","count":2}',
      type: 'customer',
      record_id: 7,
      read_at: null,
    });
    await shop.office.work('zhou', (work) => work.tx('notices').insert([wang, wang, wang, li].map(row)));
    const seen = (query = {}) => shop.office.look('wang', (work) => listNotices(work, query));
    const first = await seen({ limit: 2 });
    expect(first).toMatchObject({
      unread: 3,
      rows: [{ code: 'notice.assigned', facts: { by: 'zhou', count: 2 }, type: 'customer', record: 7, readAt: null }, {}],
    });
    expect((await seen({ limit: 2, after: first.next })).rows).toHaveLength(1);
    const others = (await shop.office.look('li', (work) => listNotices(work, {}))).rows[0]?.id ?? 0;
    await shop.office.work('wang', (work) => readNotices(work, { ids: [first.rows[0]?.id ?? 0, others] }));
    expect((await seen()).unread).toBe(2);
    expect((await shop.office.look('li', (work) => listNotices(work, {}))).unread).toBe(1);
    await shop.office.work('wang', (work) => readNotices(work, { upTo: first.rows[0]?.id ?? 0 }));
    expect((await seen()).unread).toBe(0);
  });

  test('numbers that are missing, void or deleted are told for each period', async () => {
    const made = [];
    for (let count = 0; count < 5; count += 1)
      made.push(await shop.office.create('sun', 'salesOrder', { customer: shop.customer.id }, lines()));
    const [, second, third, fourth] = made;
    if (!second || !third || !fourth) throw new Error('five orders were made');
    await shop.office.step('sun', second, 'void', '重复');
    for (const order of [third, fourth])
      await shop.office.work('sun', (work) => deleteRecord(work, definition('salesOrder'), order.id, order.version));
    await shop.office.work('sun', (work) => purgeRecord(work, definition('salesOrder'), fourth.id));
    const { rows, next } = await shop.office.look('zhao', (work) => numberGaps(work, definition('salesOrder'), {}));
    expect(next).toBeNull();
    expect(rows).toEqual([
      {
        period: 'SO20260320-#',
        last: 5,
        missing: ['SO20260320-0004'],
        void: [{ id: second.id, number: 'SO20260320-0002' }],
        deleted: [{ id: third.id, number: 'SO20260320-0003' }],
        skipped: [],
      },
    ]);
    const file = join(shop.office.company.folder, 'gaps.xlsx');
    const { bytes } = await shop.office.look('zhao', (work) => exportGaps(work, definition('salesOrder'), {}, 'zh-TW'));
    await writeFile(file, bytes);
    expect((await rowsIn(file)).map((row) => row.cells.map(shown))).toEqual([
      [expect.any(String), '狀況', '編號序列', '已用到'],
      ['SO20260320-0004', '斷號', 'SO20260320-…', '5'],
      ['SO20260320-0002', '已作廢', 'SO20260320-…', '5'],
      ['SO20260320-0003', '在資源回收筒', 'SO20260320-…', '5'],
    ]);
    const between = async (from: string, to: string) =>
      (await shop.office.look('zhao', (work) => numberGaps(work, definition('salesOrder'), { from, to }))).rows.map(({ period }) => period);
    expect(await between('2026-03-01', '2026-03-31')).toEqual(['SO20260320-#']);
    expect(await between('2026-04-01', '2026-04-30')).toEqual([]);
    await expect(shop.office.look('zhao', (work) => numberGaps(work, definition('contact'), {}))).rejects.toMatchObject({
      code: 'record.notFound',
    });
  });
});
