import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { openStore } from '../../server/database/openStore.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { transact } from '../../server/engine/transact.ts';
import { paperMark } from '../../server/features/handOuts/marks.ts';
import { noteExport, noteExported } from '../../server/features/handOuts/noteExport.ts';
import { sheetPaper } from '../../server/features/printing/sheetPaper.ts';
import type { HandOutsAnswer } from '../../shared/contracts/handOuts.ts';
import { refusalOf } from '../access/office.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

describe.each(stores)('what leaves the house, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let admin: string;
  let zhou: string;
  const realNow = clock.now;
  const list = async (query = ''): Promise<HandOutsAnswer['rows']> =>
    (await doors.call('GET', `/api/hand-outs${query}`, { token: admin })).body.rows as unknown as HandOutsAnswer['rows'];
  const fetchFile = async (path: string, token: string, body?: unknown) =>
    fetch(doors.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const exported = (token: string) => fetchFile('/api/records/customer/export', token, { query: {}, format: 'xlsx', language: 'zh-CN' });
  const set = (values: Record<string, number | boolean>) => office.work('admin', (work) => storeSettings(work, values));

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    [admin, zhou] = [await doors.enter('admin'), await doors.enter('zhou')];
    const department = await office.id('departments', { name: '销售一部' });
    const owner = await office.id('users', { login: 'wang' });
    for (const name of ['安达', '百合', '辰星']) await office.create('admin', 'customer', { name, owner, department });
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('a workbook says in its properties and at the foot of its pages who took it out and when', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await (await exported(zhou)).arrayBuffer());
    const foot = book.worksheets[0]?.headerFooter.oddFooter ?? '';
    expect(book.creator).toBe('zhou');
    expect(foot).toMatch(/远航商贸 · zhou · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d · .*127\.0\.0\.1/);
    expect((book as unknown as { description: string }).description).toBe(foot.replace('&L', ''));
    expect(book.worksheets[0]?.rowCount).toBe(4);
  });

  test('every export and print stands in one place, by person, kind and day, and as a workbook', async () => {
    const [line] = await list();
    expect(line).toMatchObject({ actorName: 'zhou', kind: 'export', type: 'customer', rows: 3, format: 'xlsx', address: '127.0.0.1' });
    const item = await office.create('admin', 'item', { name: '钢笔', unit: '支', grossPrice: 11_300_000 });
    const printed = await fetchFile('/api/print/item/labels', admin, { ids: [item.id], each: 2 });
    expect(printed.status).toBe(200);
    expect((await list('?kind=print'))[0]).toMatchObject({ type: 'item', title: '钢笔', rows: 2 });
    const customer = await office.id('customers', { name: '安达' });
    const quotation = await office.create(
      'admin',
      'quotation',
      { customer },
      { lines: [{ item: item.id, quantity: 1_000_000, grossPrice: 1_000_000 }] },
    );
    expect((await fetchFile(`/api/print/quotation/${quotation.id}`, admin)).status).toBe(200);
    expect((await list('?kind=print'))[0]).toMatchObject({ kind: 'print', type: 'quotation', record: quotation.id, rows: 1 });
    const id = await office.id('users', { login: 'zhou' });
    expect((await list(`?person=${id}`)).every(({ actorName }) => actorName === 'zhou')).toBe(true);
    expect(await list('?to=2020-01-01')).toEqual([]);
    const file = await fetchFile('/api/hand-outs/workbook?language=en', admin);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await file.arrayBuffer());
    expect(book.worksheets[0]?.getRow(1).values).toContain('Rows');
    expect((await list())[0]).toMatchObject({ of: 'handOuts', actorName: '管理员' });
    expect((await doors.call('GET', '/api/hand-outs', { token: zhou })).body.code).toBe('access.denied');
  });

  test('more rows than a person may take out in a day are refused, and the administrators are told once', async () => {
    await set({ 'parameter.exportRowsPerDay': 7 });
    expect((await exported(zhou)).status).toBe(200);
    for (let time = 0; time < 2; time += 1) {
      const refused = await exported(zhou);
      expect(refused.status).toBe(409);
      expect(await refused.json()).toMatchObject({ code: 'export.dayLimit', facts: { rows: 3, used: 6, most: 7 } });
    }
    const notices = await office.company.store.read((tx) => tx('notices').where({ code: 'notice.exportLimit' }));
    expect(notices).toHaveLength(1);
    expect(JSON.parse(String(notices[0]?.facts))).toEqual({ by: 'zhou', rows: 3, used: 6, most: 7 });
    // Whoever could lift the limit is not held by it.
    expect((await exported(admin)).status).toBe(200);
    await set({ 'parameter.exportRowsPerDay': 0 });
    expect((await exported(zhou)).status).toBe(200);
  });

  test('the number of rows in a day holds to the row, also where two processes write at once, and begins anew at midnight', async () => {
    const { place } = office.company.store;
    // SQLite has but one process.
    const elsewhere = kind.name === 'postgres' ? await openStore(place) : null;
    const li = await office.actor('li');
    const more = (rows: number) => ({ type: 'customer', changes: { rows } });
    try {
      await set({ 'parameter.exportRowsPerDay': 10 });
      const [counted, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const first = transact(office.company, li, async (work) => {
        await noteExport(work, more(6));
        counted.resolve();
        await held.promise;
      });
      await counted.promise;
      const other = { ...office.company, store: elsewhere ?? office.company.store };
      const second = refusalOf(noteExported(other, li, more(6)));
      setTimeout(held.resolve, 200);
      await first;
      expect(await second).toEqual({ code: 'export.dayLimit', facts: { rows: 6, used: 6, most: 10 } });
      // What was refused is not counted.
      await noteExported(office.company, li, more(4));
      expect((await refusalOf(noteExported(office.company, li, more(1)))).facts).toMatchObject({ used: 10 });
      clock.now = () => realNow() + 24 * 3_600_000;
      await noteExported(office.company, li, more(10));
    } finally {
      clock.now = realNow;
      await elsewhere?.close();
      await set({ 'parameter.exportRowsPerDay': 0 });
    }
  });

  test('paper says who printed it where the company wants that: lists do, what partners receive does when it is set', async () => {
    const sheet = { title: '清单', facts: [], columns: [], rows: [], language: 'zh-CN' } as const;
    const marks = () =>
      office.look('zhou', async (work) => [
        (await sheetPaper(work, sheet)).mark !== undefined,
        (await paperMark(work, 'zh-CN', 'partner')) !== undefined,
      ]);
    expect(await marks()).toEqual([true, false]);
    await set({ 'parameter.markSheets': false, 'parameter.markPartnerPapers': true });
    expect(await marks()).toEqual([false, true]);
  });
});
