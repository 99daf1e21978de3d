import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { type ExportRequest, exportRecords } from '../../server/features/exchange/export/exportRecords.ts';
import type { ListQuery } from '../../shared/contracts/wire.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { rowsIn, shown } from './fixtures.ts';
import { check, upload } from './importing.ts';

describe.each(stores)('A list on its way into a file, on $name', { timeout: 120_000 }, (kind) => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice(kind);
    const grade = await office.create('admin', 'dictionaryEntry', { dictionary: 'customerGrade', name: '钻石' });
    await office.create('wang', 'customer', { name: '宏远贸易', city: '杭州', grade: grade.id, creditLimit: 123_450 });
    await office.create('wang', 'customer', { name: '大华机械', city: '宁波', monthEndTerms: true });
    await office.create('li', 'customer', { name: '安平建材', city: '杭州' });
    await office.create('admin', 'customer', { name: '=1+1公司', city: '杭州' });
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const save = async (who: string, type: string, request: Partial<ExportRequest> = {}) =>
    exportRecords(office.company, await office.actor(who), office.company.catalogue.get(type), {
      query: {},
      format: 'xlsx',
      language: 'zh-CN',
      ...request,
    });
  const textsIn = async (path: string): Promise<string[][]> => (await rowsIn(path)).map((row) => row.cells.map(shown));

  test('has the columns, the filter and the order of the list, with names instead of ids and exact numbers', async () => {
    const query: ListQuery = {
      filter: { field: 'city', is: 'equal', value: '杭州' },
      sort: [{ field: 'name', direction: 'descending' }],
      fields: ['name', 'city', 'grade', 'creditLimit', 'owner', 'monthEndTerms'],
    };
    const file = await save('admin', 'customer', { query });
    const rows = await rowsIn(file.path);
    const list = await office.look('admin', (work) => listRecords(work, office.company.catalogue.get('customer'), query));
    expect(rows.slice(1).map((row) => shown(row.cells[0]))).toEqual(list.rows.map((row) => row.values.name));
    const hongyuan = rows.find((row) => shown(row.cells[0]) === '宏远贸易')?.cells ?? [];
    expect(hongyuan.map(shown)).toEqual(['宏远贸易', '杭州', '钻石', '1234.5', 'wang', '否']);
    expect(hongyuan[3]).toMatchObject({ kind: 'number' });
    expect(file).toMatchObject({ mediaType: expect.stringContaining('spreadsheetml') });
  });

  test('writes how many rows went out into the audit, and only what the person may export', async () => {
    await save('wang', 'customer').catch((refusal: unknown) => expect(refusal).toMatchObject({ code: 'access.denied' }));
    await save('zhou', 'customer');
    const mine = (await office.look('zhou', (work) => listRecords(work, office.company.catalogue.get('customer'), {}))).rows.length;
    const [deed] = (await office.look('admin', (work) => work.tx('audit').where({ action: 'export' }).orderBy('seq', 'desc').limit(1))) as {
      changes: string;
      actor: number;
    }[];
    expect(JSON.parse(deed?.changes ?? '{}')).toMatchObject({ rows: mine, format: 'xlsx' });
    expect(deed?.actor).toBe(await office.id('users', { login: 'zhou' }));
    expect(mine).toBeLessThan(4);
  });

  test('leaves out fields the person may not see, and refuses those asked for by name', async () => {
    await office.change('admin', await office.read('admin', 'position', await office.id('positions', { code: 'salesManager' })), {
      parts: { fieldRights: [{ type: 'customer', field: 'city', access: 'hidden' }] },
    });
    const file = await save('zhou', 'customer');
    expect((await textsIn(file.path)).flat()).not.toContain('杭州');
    await expect(save('zhou', 'customer', { query: { fields: ['name', 'city'] } })).rejects.toMatchObject({ code: 'list.unknownField' });
  });

  test('as CSV a formula is harmless and comes back as it was', async () => {
    const file = await save('admin', 'customer', {
      format: 'csv',
      query: { fields: ['name', 'city'], filter: { field: 'name', is: 'contains', value: '公司' } },
      headers: { name: '客户名称', city: '城市' },
    });
    // Whose it is stands in the name alone, so that nothing strange is among the rows when it comes back.
    expect(file.name).toMatch(/^客户 \d{4}-\d\d-\d\d \d\d-\d\d 管理员\.csv$/);
    const bytes = await readFile(file.path);
    expect(bytes.toString('utf8')).toBe("\ufeff客户名称,城市\r\n'=1+1公司,杭州\r\n");
    const id = await upload(office, 'admin', 'customer', bytes);
    expect((await check(office, 'admin', id)).problems[0]).toMatchObject({ kind: 'existing', title: '=1+1公司' });
  });

  test('in a workbook a formula is text, and a negative number stays a number', async () => {
    const file = await save('admin', 'customer', { query: { fields: ['name'], filter: { field: 'name', is: 'startsWith', value: '=1' } } });
    expect((await rowsIn(file.path)).at(1)?.cells[0]).toEqual({ kind: 'text', text: '=1+1公司' });
    const customer = await office.id('customers', { name: '宏远贸易' });
    const order = await office.create(
      'admin',
      'salesOrder',
      { customer, roundOff: -50 },
      {
        lines: [
          {
            item: (await office.create('admin', 'item', { name: '钢笔', spec: '黑', unit: '支', grossPrice: 11_300_000 })).id,
            quantity: 1_000_000,
            grossPrice: 1_000_000,
          },
        ],
      },
    );
    const orders = await save('admin', 'salesOrder', { query: { fields: ['number', 'roundOff', 'state'] } });
    const cells = (await rowsIn(orders.path)).at(1)?.cells ?? [];
    expect([shown(cells[0]), cells[1]]).toEqual([order.values.number, expect.objectContaining({ kind: 'number', text: '-0.5' })]);
  });
});
