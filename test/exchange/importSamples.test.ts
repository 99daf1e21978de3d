import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { importHistory, importRows } from '../../server/features/exchange/import/importStatus.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { check, commit, countOf, sample, status, taken, upload } from './importing.ts';

const expected = JSON.parse(await readFile(join(import.meta.dirname, '..', 'data', 'expected.json'), 'utf8')) as Record<
  string,
  Record<string, number>
>;

describe.each(stores)('The sample workbooks, on $name', { timeout: 120_000 }, (kind) => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice(kind);
    for (const name of ['二号仓', '太原办事处仓']) await office.create('admin', 'warehouse', { name });
    for (const login of ['zhang.wei', 'wang.lei'])
      await office.create('admin', 'user', { login, name: login, department: await office.id('departments', { name: '销售一部' }) });
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  test('customers are judged as they were made, and the clean ones come in with contact, grade and owner', async () => {
    const id = await upload(office, 'admin', 'customer', await sample('customers.xlsx'), '../../客户.xlsx');
    const read = await status(office, 'admin', id);
    expect(read).toMatchObject({ state: 'read', name: '../../客户.xlsx' });
    expect(read.columns.filter((column) => column.field === null)).toEqual([]);

    const checked = await check(office, 'admin', id);
    expect(checked.counts).toEqual(expected.customers);
    expect(checked).toMatchObject({ state: 'checked', waiting: { nearDuplicate: 90, formulaText: 2 } });
    expect(checked.choices.formulaText).toEqual({ take: 2, mergeInto: 0 });
    expect(checked.choices.nearDuplicate).toMatchObject({ mergeInto: 90 });
    expect(checked.missing).toContainEqual({ type: 'dictionaryEntry', dictionary: 'trade', name: '信息技术', rows: 244 });
    expect(await countOf(office, 'customers')).toBe(0);

    await expect(commit(office, 'admin', id)).rejects.toMatchObject({ code: 'import.undecided', facts: { count: 92 } });
    office.announced.length = 0;
    const done = await commit(office, 'admin', id, { decisions: { all: 'skip' } });
    expect(done).toMatchObject({ state: 'done', result: { added: 3000, rejected: 266, companions: { contact: 3000 } } });
    expect(await countOf(office, 'customers')).toBe(3000);
    expect(await countOf(office, 'contacts', { main: 1 })).toBe(3000);
    // Once for each person who got some, not once for each customer.
    expect(office.announced.filter(({ type }) => type === 'customer').length).toBeLessThan(10);

    const owner = await office.id('users', { login: 'zhang.wei' });
    const department = await office.id('departments', { name: '销售一部' });
    const list = await office.look('admin', (work) =>
      listRecords(work, office.company.catalogue.get('customer'), {
        search: '菱王广告',
        fields: ['code', 'name', 'grade', 'owner', 'department', 'creditLimit', 'city', 'taxNumber'],
      }),
    );
    const found = list.rows[0]?.values ?? {};
    expect(found).toMatchObject({
      name: '杭州菱王广告传媒有限公司',
      owner,
      department,
      creditLimit: 0,
      city: '杭州',
      taxNumber: '91330100TJP3WT5AFM',
    });
    expect(found.code).toMatch(/^C\d{6}$/);
    expect(list.titles.dictionaryEntry?.[Number(found.grade)]).toBe('C');
    const contact = await office.look('admin', (work) =>
      listRecords(work, office.company.catalogue.get('contact'), { search: '13894808672' }),
    );
    expect(contact.rows[0]?.values).toMatchObject({ name: '张文博', mobile: '13894808672', main: true, responsible: owner });
  });

  test('every row with a fault says in which column and why, and the preview pages through them', async () => {
    const id = await upload(office, 'admin', 'customer', await sample('customers.xlsx'));
    await check(office, 'admin', id);
    const actor = await office.actor('admin');
    const credit = await importRows(office.company, actor, id, { kind: 'badCredit' });
    expect(credit.rows.map((row) => row.problems.map(({ header, code, text }) => [header, code, text]))).toEqual(
      expect.arrayContaining([
        [['信用额度', 'import.notANumber', '1e99']],
        [['信用额度', 'import.notANumber', '十万']],
        [['信用额度', 'field.tooSmall', '-1']],
      ]),
    );
    const first = await importRows(office.company, actor, id, { kind: 'nearDuplicate', limit: 60 });
    const second = await importRows(office.company, actor, id, { kind: 'nearDuplicate', limit: 60, after: first.next ?? 0 });
    expect([first.rows.length, second.rows.length, second.next]).toEqual([60, 30, null]);
    expect(new Set([...first.rows, ...second.rows].map(({ match }) => match?.likeness))).toEqual(new Set(['exact', 'near']));
    expect(first.rows.every(({ match }) => typeof match?.row === 'number')).toBe(true);
    const owners = await importRows(office.company, actor, id, { kind: 'remarks' });
    expect(owners.rows[0]?.remarks[0]).toMatchObject({ header: '负责人', code: 'import.unknownOwner', text: 'li.na' });
  });

  test('products are judged as they were made and bring their opening stock, one posted document for each warehouse', async () => {
    const id = await upload(office, 'admin', 'item', await sample('products.xlsx'));
    const checked = await check(office, 'admin', id);
    expect(checked.counts).toEqual(expected.products);
    const done = await commit(office, 'admin', id, { decisions: { kinds: { sameNameSpecOtherCode: 'skip' } } });
    expect(done.result).toMatchObject({ added: 1500, rejected: 100, companions: { itemCategory: 7, openingStock: 3 } });
    expect(await countOf(office, 'opening_stocks', { state: 'posted' })).toBe(3);

    const list = await office.look('admin', (work) =>
      listRecords(work, office.company.catalogue.get('item'), {
        search: 'YY00382',
        fields: ['name', 'spec', 'unit', 'grossPrice', 'floorPrice', 'safetyStock', 'taxCode', 'barcode'],
      }),
    );
    expect(list.rows[0]?.values).toMatchObject({
      name: '齿轮泵',
      spec: '258×203A',
      unit: '台',
      grossPrice: 4_685_170_000,
      floorPrice: 4_216_650_000,
      barcode: '6980406224047',
    });
    const item = list.rows[0]?.id ?? 0;
    const place = `warehouse:${await office.id('warehouses', { name: '太原办事处仓' })}`;
    const balance = await office.look('admin', (work) =>
      work.tx('balances').where({ ledger: 'stock', subject: item, place }).first('amount'),
    );
    expect(balance).toEqual({ amount: 172_670_000 });
  });

  test("Taiwan's workbook maps by its own headings and comes in whole", async () => {
    const id = await upload(office, 'admin', 'customer', await sample('customers-zh-TW.xlsx'));
    const read = await status(office, 'admin', id);
    expect(read.columns.map((column) => column.field)).toEqual([
      'name',
      'shortName',
      'grade',
      'trade',
      'province',
      'city',
      'address',
      'contact.name',
      'contact.jobTitle',
      'contact.mobile',
      'phone',
      'email',
      'taxNumber',
      'bank',
      'bankAccount',
      'source',
      'creditLimit',
      'owner',
      'remark',
    ]);
    expect((await check(office, 'admin', id)).counts).toEqual({ rows: 200, clean: 200 });
    expect((await commit(office, 'admin', id)).result).toMatchObject({ added: 200, rejected: 0 });
  });

  test('the same file a second time finds every customer there already', async () => {
    const bytes = await sample('customers-zh-TW.xlsx');
    await taken(office, 'admin', 'customer', bytes);
    const id = await upload(office, 'admin', 'customer', bytes);
    const again = await check(office, 'admin', id);
    expect(again.counts).toEqual({ rows: 200, clean: 0, existing: 200 });
    expect((await commit(office, 'admin', id, { existing: 'skip' })).result).toMatchObject({ added: 0, rejected: 200 });
    expect(await countOf(office, 'customers')).toBe(200);
    const history = await importHistory(office.company, await office.actor('admin'));
    expect(history.map(({ state, counts }) => [state, counts.rows])).toEqual([
      ['done', 200],
      ['done', 200],
    ]);
  });
});
