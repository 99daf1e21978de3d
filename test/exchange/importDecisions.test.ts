import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { cancelImport } from '../../server/features/exchange/import/cancelImport.ts';
import { checkImport } from '../../server/features/exchange/import/checkImport.ts';
import { commitImport } from '../../server/features/exchange/import/commitImport.ts';
import { filesOf } from '../../server/features/exchange/import/importFiles.ts';
import { importRows } from '../../server/features/exchange/import/importStatus.ts';
import { importTemplate } from '../../server/features/exchange/import/importTemplate.ts';
import { rejectedRows } from '../../server/features/exchange/import/rejectedRows.ts';
import { undoImport } from '../../server/features/exchange/import/undoImport.ts';
import { expectProven, movesOf, type Office, openOffice, stores } from '../scenarios/office.ts';
import { aFile, rowsIn, shown } from './fixtures.ts';
import { check, commit, countOf, sample, sheetOf, status, taken, upload } from './importing.ts';

describe.each(stores)('What people decide about an import, on $name', { timeout: 120_000 }, (kind) => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice(kind);
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const customers = async () =>
    (
      await office.look('admin', (work) =>
        listRecords(work, office.company.catalogue.get('customer'), { sort: [{ field: 'id', direction: 'ascending' }] }),
      )
    ).rows;
  const undo = async (id: number) => undoImport(office.company, await office.actor('admin'), id, '导错了');

  test('a near duplicate is left out, taken, or fills what is empty in the earlier row', async () => {
    const bytes = await sheetOf(
      ['客户名称', '城市', '联系人', '手机'],
      ['宏远贸易有限公司', '', '王芳', '13907183598'],
      ['宏远贸易公司', '杭州', '李强', '13907183599'],
      ['宏远 贸易（有限公司）', '宁波', '王芳', '13907183600'],
      ['大华机械厂', '', '', ''],
      ['大华机械', '上海', '', ''],
    );
    const id = await upload(office, 'admin', 'customer', bytes);
    expect(await check(office, 'admin', id)).toMatchObject({
      counts: { rows: 5, clean: 2, nearDuplicate: 3 },
      waiting: { nearDuplicate: 3 },
    });
    const done = await commit(office, 'admin', id, { decisions: { all: 'skip', rows: { 3: 'mergeInto', 6: 'take' } } });
    expect(done.result).toMatchObject({ added: 3, merged: 1, rejected: 1, companions: { contact: 2 } });
    expect((await customers()).map(({ values }) => [values.name, values.city])).toEqual([
      ['宏远贸易有限公司', '杭州'],
      ['大华机械厂', null],
      ['大华机械', '上海'],
    ]);
    const reasons = await rejected(id, 'zh-CN');
    expect(reasons).toHaveLength(1);
    expect(reasons[0]?.slice(0, 3)).toEqual(['宏远 贸易（有限公司）', '宁波', '王芳']);
  });

  test('a row that bears the name of an earlier one is told as the same, with the choices that can work and no other', async () => {
    const bytes = await sheetOf(
      ['客户名称', '手机', '城市'],
      ['宏远贸易有限公司', '13907183598', ''],
      ['宏远贸易(有限公司)', '13907183599', '杭州'],
      ['宏 远 贸易有限公司', '13907183600', ''],
      ['宏远贸易', '13907183601', ''],
      ['大华机械厂', '123', ''],
      ['大华·机械厂', '13907183602', ''],
    );
    const id = await upload(office, 'admin', 'customer', bytes);
    const checked = await check(office, 'admin', id);
    expect(checked).toMatchObject({
      counts: { rows: 6, clean: 1, nearDuplicate: 4, badMobile: 1 },
      waiting: { nearDuplicate: 4 },
      choices: { nearDuplicate: { take: 2, mergeInto: 3 } },
    });
    const matches = new Map(checked.problems.map((row) => [row.row, row.match]));
    expect(matches.get(3)).toEqual({ row: 2, likeness: 'exact' });
    expect(matches.get(4)).toEqual({ row: 2, likeness: 'exact' });
    expect(matches.get(5)).toEqual({ row: 2, likeness: 'near' });
    // Its twin is refused itself, so the name is free but there is nothing to merge into.
    expect(matches.get(7)).toEqual({ row: 6, likeness: 'near', changeable: false });

    const impossible = commit(office, 'admin', id, { decisions: { all: 'skip', rows: { 3: 'take', 7: 'mergeInto' } } });
    await expect(impossible).rejects.toMatchObject({ code: 'import.undecided', facts: { count: 2 } });
    const done = await commit(office, 'admin', id, { decisions: { all: 'take', rows: { 3: 'mergeInto' } } });
    expect(done.result).toMatchObject({ added: 3, merged: 1, rejected: 2 });
    expect((await customers()).map(({ values }) => [values.name, values.city])).toEqual([
      ['宏远贸易有限公司', '杭州'],
      ['宏远贸易', null],
      ['大华·机械厂', null],
    ]);
  });

  test('goods of one name and spec under another code are one article: merged or left out, never a second one', async () => {
    await office.create('admin', 'item', { code: 'P1', name: '钢笔', spec: '黑', unit: '支', grossPrice: 11_300_000 });
    const bytes = await sheetOf(['商品编码', '商品名称', '规格', '单位', '售价'], ['P9', '钢笔', '黑', '支', 12.5]);
    const id = await upload(office, 'admin', 'item', bytes);
    expect(await check(office, 'admin', id)).toMatchObject({
      counts: { rows: 1, clean: 0, sameNameSpecOtherCode: 1 },
      choices: { sameNameSpecOtherCode: { take: 0, mergeInto: 1 } },
    });
    const done = await commit(office, 'admin', id, { decisions: { all: 'mergeInto' } });
    expect(done.result).toMatchObject({ added: 0, merged: 1, rejected: 0 });
    expect(await countOf(office, 'items')).toBe(1);
  });

  test('a row like a customer of the company fills its gaps, and undoing the import empties them again', async () => {
    const known = await office.create('admin', 'customer', { name: '宏远贸易有限公司', city: '杭州' });
    const bytes = await sheetOf(
      ['客户名称', '城市', '地址', '联系人', '手机'],
      ['宏远贸易公司', '宁波', '人民路1号', '王芳', '13907183598'],
    );
    const id = await upload(office, 'admin', 'customer', bytes);
    const checked = await check(office, 'admin', id);
    expect(checked.problems[0]).toMatchObject({
      kind: 'nearDuplicate',
      match: { id: known.id, title: '宏远贸易有限公司', likeness: 'near', changeable: true },
    });
    expect((await commit(office, 'admin', id, { decisions: { all: 'mergeInto' } })).result).toMatchObject({
      added: 0,
      merged: 1,
      companions: { contact: 1 },
    });
    expect((await office.read('admin', 'customer', known.id)).values).toMatchObject({
      name: '宏远贸易有限公司',
      city: '杭州',
      address: '人民路1号',
    });
    await undo(id);
    expect((await office.read('admin', 'customer', known.id)).values).toMatchObject({ city: '杭州', address: null });
    expect(await countOf(office, 'contacts')).toBe(0);
  });

  test('items the company has are updated when the person says so', async () => {
    const pen = await office.create('admin', 'item', {
      code: 'P1',
      name: '钢笔',
      spec: '黑',
      unit: '支',
      grossPrice: 11_300_000,
      remark: '留着',
    });
    const bytes = await sheetOf(
      ['商品编码', '商品名称', '规格', '单位', '售价', '价格:VIP'],
      ['P1', '钢笔', '黑', '支', 12.5, 11],
      ['P2', '铅笔', 'HB', '支', 1.2, 1],
    );
    const id = await upload(office, 'admin', 'item', bytes);
    expect((await check(office, 'admin', id)).counts).toEqual({ rows: 2, clean: 1, existing: 1 });
    expect((await commit(office, 'admin', id, { existing: 'update' })).result).toMatchObject({ added: 1, updated: 1 });
    expect((await office.read('admin', 'item', pen.id)).values).toMatchObject({ grossPrice: 12_500_000, remark: '留着', spec: '黑' });
    const pencil = await office.read('admin', 'item', await office.id('items', { code: 'P2' }));
    const level = await office.id('dictionary_entries', { dictionary: 'priceLevel', name: 'VIP' });
    expect(pencil.parts.prices).toEqual([expect.objectContaining({ level, grossPrice: 1_000_000 })]);
  });

  test('numbers written as text are read exactly and shown as understood, and what is no number stops its row', async () => {
    const bytes = await sheetOf(
      ['客户名称', '信用额度', '手机', '账期'],
      ['甲公司', '1,234.5', '１３９０７１８３５９８', '３０'],
      ['乙公司', '1e3', '', ''],
      ['丙公司', '12.345', '', ''],
      ['丁公司', '', '', '三十'],
    );
    const id = await upload(office, 'admin', 'customer', bytes);
    const { counts, problems } = await check(office, 'admin', id);
    expect(counts).toEqual({ rows: 4, clean: 1, badCredit: 2, badValue: 1 });
    expect(
      problems.flatMap(({ row, problems: wrong, remarks }) =>
        [...wrong, ...remarks].map(({ header, code, facts, text }) => [row, header, code, text, facts.value]),
      ),
    ).toEqual([
      [2, '信用额度', 'import.readAs', '1,234.5', '1234.5'],
      [2, '手机', 'import.readAs', '１３９０７１８３５９８', '13907183598'],
      [2, '账期', 'import.readAs', '３０', '30'],
      [3, '信用额度', 'import.notANumber', '1e3', undefined],
      [4, '信用额度', 'import.tooManyDigits', '12.345', undefined],
      [5, '账期', 'import.notANumber', '三十', undefined],
    ]);
    await commit(office, 'admin', id);
    expect((await customers()).map(({ values }) => [values.creditLimit, values.termDays])).toEqual([[123_450, 30]]);
  });

  test('a name that looks like a formula comes in as text only when a person takes it, and goes out as text', async () => {
    const formula = '=HYPERLINK("http://example.invalid","点我")';
    const id = await upload(office, 'admin', 'customer', await sheetOf(['客户名称', '城市'], [formula, '杭州'], ['+cmd|calc', '宁波']));
    const checked = await check(office, 'admin', id);
    expect(checked).toMatchObject({ counts: { rows: 2, clean: 0, formulaText: 2 }, waiting: { formulaText: 2 } });
    await commit(office, 'admin', id, { decisions: { rows: { 2: 'take', 3: 'skip' } } });
    expect((await customers()).map(({ values }) => values.name)).toEqual([formula]);
    const cells = (await rejectedCells(id, 'en')).at(1)?.cells ?? [];
    expect(cells[0]).toEqual({ kind: 'text', text: '+cmd|calc' });
  });

  test('cancelling before or during the commit leaves nothing', async () => {
    const bytes = await sample('customers-zh-TW.xlsx');
    const first = await upload(office, 'admin', 'customer', bytes);
    await cancelImport(office.company, await office.actor('admin'), first);
    expect((await status(office, 'admin', first)).state).toBe('cancelled');

    const second = await upload(office, 'admin', 'customer', bytes);
    await check(office, 'admin', second);
    const job = await commitImport(office.company, await office.actor('admin'), second, { decisions: {}, existing: 'skip' });
    while (job.progress.done <= 200) await new Promise((resolve) => setImmediate(resolve));
    await cancelImport(office.company, await office.actor('admin'), second);
    expect((await status(office, 'admin', second)).state).toBe('cancelled');
    expect([await countOf(office, 'customers'), await countOf(office, 'contacts')]).toEqual([0, 0]);
    await expect(readFile(filesOf(office.company, second).upload)).rejects.toThrow('ENOENT');
    expect((await taken(office, 'admin', 'customer', bytes)).state).toBe('done');
    await expect(cancelImport(office.company, await office.actor('admin'), second + 1)).rejects.toMatchObject({ code: 'import.tooLate' });
  });

  test('undoing takes opening stock out of the books, throws everything away and frees the names', async () => {
    await office.create('admin', 'warehouse', { name: '二号仓' });
    const bytes = await sheetOf(
      ['商品编码', '商品名称', '规格', '单位', '类别', '售价', '期初数量', '期初成本', '仓库'],
      ['A1', '轴承', 'X', '只', '轴承类', 4, 10, 2.5, '二号仓'],
      ['A2', '油封', 'Y', '只', '轴承类', 2, 5, 1, '二号仓'],
    );
    const done = await taken(office, 'admin', 'item', bytes);
    expect(done.result).toMatchObject({ added: 2, companions: { itemCategory: 1, openingStock: 1 } });
    const opening = await office.id('opening_stocks', { state: 'posted' });
    await undo(done.id);
    expect((await status(office, 'admin', done.id)).state).toBe('undone');
    expect(await movesOf(office, { type: 'openingStock', id: opening })).toContain('mirror');
    for (const table of ['items', 'opening_stocks', 'item_categories']) expect(await countOf(office, table)).toBe(0);
    const again = await taken(office, 'admin', 'item', bytes);
    expect([again.problem, again.result?.added]).toEqual([undefined, 2]);
    await expect(undo(done.id)).rejects.toMatchObject({ code: 'import.notNow' });
  });

  test('an import whose records were changed or used since is not undone, and says which', async () => {
    const changed = await taken(office, 'admin', 'customer', await sheetOf(['客户名称'], ['甲公司'], ['乙公司']));
    const record = (await customers())[0] ?? { id: 0, version: 0 };
    await office.change('admin', { type: 'customer', ...record }, { values: { city: '杭州' } });
    await expect(undo(changed.id)).rejects.toMatchObject({
      code: 'import.usedSince',
      facts: { count: 1, titles: ['甲公司'] },
      records: [{ type: 'customer', id: record.id }],
    });

    const used = await taken(office, 'admin', 'customer', await sheetOf(['客户名称'], ['丙公司']));
    await office
      .create('admin', 'quotation', { customer: await office.id('customers', { name: '丙公司' }) }, { lines: [] })
      .catch(() => undefined);
    await office.create('admin', 'contact', { customer: await office.id('customers', { name: '丙公司' }), name: '王芳' });
    await expect(undo(used.id)).rejects.toMatchObject({ code: 'import.usedSince', facts: { titles: ['丙公司'] } });
  });

  test('a name taken since the check stops the whole commit, and checking again shows it', async () => {
    const id = await upload(office, 'admin', 'customer', await sheetOf(['客户名称'], ['甲公司'], ['乙公司']));
    await check(office, 'admin', id);
    await office.create('admin', 'customer', { name: '乙公司' });
    expect(await commit(office, 'admin', id)).toMatchObject({
      state: 'failed',
      problem: { code: 'import.changedSince', facts: { count: 1 } },
    });
    expect(await countOf(office, 'customers')).toBe(1);
    expect((await check(office, 'admin', id)).counts).toEqual({ rows: 2, clean: 1, existing: 1 });
  });

  test('numbers drawn by the import pass by the codes that are typed or taken', async () => {
    await office.create('admin', 'customer', { name: '旧客户', code: 'C000003' });
    const { result } = await taken(
      office,
      'admin',
      'customer',
      await sheetOf(['客户编号', '客户名称'], ['C000002', '甲公司'], ['', '乙公司'], ['', '丙公司'], ['', '丁公司'], ['C000002', '戊公司']),
    );
    expect(result).toMatchObject({ added: 4, rejected: 1 });
    expect((await customers()).map(({ values }) => values.code)).toEqual(['C000003', 'C000002', 'C000001', 'C000004', 'C000005']);
  });

  test('a salesperson imports only what is theirs to write, and only their own imports', async () => {
    await expect(upload(office, 'chen', 'customer', await sheetOf(['客户名称'], ['甲公司']))).rejects.toMatchObject({
      code: 'access.denied',
    });
    const id = await upload(office, 'wang', 'customer', await sheetOf(['客户名称', '负责人', '城市'], ['甲公司', 'li', '杭州']));
    await check(office, 'wang', id);
    await commit(office, 'wang', id);
    expect((await customers())[0]?.values).toMatchObject({ owner: await office.id('users', { login: 'wang' }), city: '杭州' });
    expect((await status(office, 'wang', id)).columns[1]).toMatchObject({ header: '负责人', field: null, hint: 'import.fieldDenied' });
    await expect(status(office, 'li', id)).rejects.toMatchObject({ code: 'import.notFound' });
  });

  test('a mapping must name the record, name no field twice and only fields there are', async () => {
    const id = await upload(office, 'admin', 'customer', await sheetOf(['客户名称', '城市'], ['甲公司', '杭州']));
    const actor = await office.actor('admin');
    const begin = (mapping: Record<string, string | null>) => checkImport(office.company, actor, id, { mapping });
    await expect(begin({ 0: null })).rejects.toMatchObject({ code: 'import.nameMissing' });
    await expect(begin({ 1: 'name' })).rejects.toMatchObject({ code: 'import.columnTwice' });
    await expect(begin({ 1: 'constructor' })).rejects.toMatchObject({ code: 'import.unknownTarget' });
    await expect(upload(office, 'admin', 'quotation', await sheetOf(['客户名称'], ['甲公司']))).rejects.toMatchObject({
      code: 'import.notImportable',
    });
    await expect(upload(office, 'admin', 'nothing', Buffer.from('a'))).rejects.toMatchObject({ code: 'record.unknownType' });
    await expect(commit(office, 'admin', id)).rejects.toMatchObject({ code: 'import.notNow' });
    const first = await begin({});
    await expect(begin({})).rejects.toMatchObject({ code: 'import.busy' });
    await first.finished;
  });

  test('a heading that was mapped by hand is remembered for the next file', async () => {
    const bytes = () => sheetOf(['客户名称', '驻地'], ['甲公司', '杭州']);
    const id = await upload(office, 'admin', 'customer', await bytes());
    await check(office, 'admin', id, { mapping: { 1: 'city' } });
    await commit(office, 'admin', id);
    const next = await upload(office, 'admin', 'customer', await bytes());
    expect((await status(office, 'admin', next)).columns[1]).toMatchObject({ header: '驻地', field: 'city' });
  });

  test('the template can be filled in and imported in each language', async () => {
    for (const language of ['zh-CN', 'zh-TW', 'en'] as const) {
      const template = await importTemplate(office.company, await office.actor('admin'), 'customer', language);
      const id = await upload(office, 'admin', 'customer', template.bytes);
      const read = await status(office, 'admin', id);
      expect(read.columns.filter(({ field }) => field === null)).toEqual([]);
      expect((await check(office, 'admin', id)).counts).toEqual({ rows: 1, clean: 1 });
    }
  });

  test('rows without an owner go to nobody when the options say so, and lists that are missing may stop their rows', async () => {
    const id = await upload(office, 'admin', 'customer', await sheetOf(['客户名称', '客户等级'], ['甲公司', '钻石'], ['乙公司', '']));
    const checked = await check(office, 'admin', id, { options: { ownerless: 'nobody', createMissing: false } });
    expect(checked).toMatchObject({ counts: { rows: 2, clean: 1, badValue: 1 }, missing: [] });
    await commit(office, 'admin', id);
    expect((await customers()).map(({ values }) => [values.name, values.owner, values.department])).toEqual([['乙公司', null, null]]);
  });

  async function rejectedCells(id: number, language: 'zh-CN' | 'en') {
    const path = await aFile('rejected.xlsx', await rejectedRows(office.company, await office.actor('admin'), id, language));
    return rowsIn(path);
  }

  async function rejected(id: number, language: 'zh-CN' | 'en'): Promise<string[][]> {
    return (await rejectedCells(id, language)).slice(1).map((row) => row.cells.map(shown));
  }

  test('the rows left out come back as they were, with the reason behind them', async () => {
    const bytes = await sheetOf(['客户名称', '税号', '信用额度'], ['甲公司', '12', 5], ['', '', 7], ['乙公司', '', 8]);
    const { id } = await taken(office, 'admin', 'customer', bytes);
    const rows = await rejected(id, 'zh-CN');
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['甲公司', '12', '5'],
      ['', '', '7'],
    ]);
    expect(rows[0]?.[3]).toContain('税号');
    expect(rows[1]?.[3]).not.toBe('');
  });
});

test('what people say while importing is said of every list, also of one nobody wrote a plan for', async () => {
  const kind = stores[0];
  if (!kind) return;
  const office = await openOffice(kind);
  const customer = await office.create('admin', 'customer', { name: '宏远贸易有限公司' });
  const { result } = await taken(
    office,
    'admin',
    'contact',
    await sheetOf(
      ['customer', 'name', 'mobile', 'main'],
      ['宏远贸易有限公司', '王芳', '13907183598', '是'],
      ['没有的公司', '李强', '', ''],
    ),
  );
  expect(result).toMatchObject({ added: 1, rejected: 1 });
  const id = await office.id('contacts', { name: '王芳' });
  expect((await office.read('admin', 'contact', id)).values).toMatchObject({ customer: customer.id, main: true });
  expect((await importRows(office.company, await office.actor('admin'), 1, { kind: 'badValue' })).rows[0]?.problems[0]).toMatchObject({
    code: 'import.unknownValue',
    text: '没有的公司',
  });
  await office.close();
});
