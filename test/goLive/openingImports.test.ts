import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importRows } from '../../server/features/exchange/import/importStatus.ts';
import { undoImport } from '../../server/features/exchange/import/undoImport.ts';
import { goLive } from '../../server/features/goLive/goLive.ts';
import { check, commit, countOf, sheetOf, taken, upload } from '../exchange/importing.ts';
import { expectProven, movesOf, type Office, openOffice, stores } from '../scenarios/office.ts';
import { priced, yuan } from '../trade/shop.ts';

describe.each(stores)('Opening figures from workbooks, on $name', { timeout: 400_000 }, (kind) => {
  let office: Office;
  let customer: number;

  beforeEach(async () => {
    office = await openOffice(kind);
    customer = (await office.create('wang', 'customer', { name: '苏州汇瑞机械有限公司', shortName: '汇瑞' })).id;
    await office.create('wang', 'customer', { name: '太原北方轴承厂' });
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const undo = async (id: number) => undoImport(office.company, await office.actor('admin'), id, '核对不符');
  const rowsOf = async (id: number, wanted?: string) =>
    (await importRows(office.company, await office.actor('admin'), id, { kind: wanted })).rows;

  test('what customers owe comes in a document for each row; what they paid in advance stands below zero or on the other side', async () => {
    const file = await sheetOf(
      ['客户名称', '应收余额', '预收余额', '日期', '单据号'],
      ['苏州汇瑞机械有限公司', 1200.5, '', '2026-01-05', 'XS-1'],
      ['汇瑞', 800, '', '2026-02-01', 'XS-2'],
      ['太原北方轴承厂', -300, '', '2026-02-01', ''],
      ['太原北方轴承厂', '', '50', '2026-02-02', ''],
      ['太原北方轴承厂', 0, '', '2026-02-02', ''],
    );
    // Bringing the opening figures in is the accountant's work.
    const done = await taken(office, 'zhao', 'openingBalance', file);
    expect(done).toMatchObject({
      state: 'done',
      counts: { rows: 5, clean: 4, nothing: 1 },
      result: { added: 2, rejected: 1, companions: { openingCredit: 2 } },
    });
    const id = await office.id('opening_balances', { reference: 'XS-1' });
    const first = await office.read('zhao', 'openingBalance', id);
    expect(first).toMatchObject({ state: 'posted', values: { customer, total: 120_050, day: '2026-01-05', openAmount: 120_050 } });
    // Whoever answers for the customer answers for what it owes.
    expect(first.values.owner).toBe(await office.id('users', { login: 'wang' }));
    expect(await movesOf(office, { type: 'openingBalance', id })).toBe(
      `receivable | opening:${first.values.currency} -> openingBalance:${id} | 120050`,
    );
    expect(await countOf(office, 'opening_credits', { total: 300 * yuan })).toBe(1);
    expect(await countOf(office, 'opening_credits', { total: 50 * yuan })).toBe(1);
  });

  test('every row is tried before anything is stored, and says what would stop it', async () => {
    const whole = await office.create('admin', 'currency', { code: 'XTS', name: '测试币', digits: 0, rate: 2_000_000_000 });
    const file = await sheetOf(
      ['客户', '余额', '预收款', '币种', '汇率', '日期', '业务员'],
      ['苏州汇瑞机械有限公司', '1000', '', '', '', '2026-01-05', ''],
      ['不存在的公司', '1000', '', '', '', '2026-01-05', ''],
      ['苏州汇瑞机械有限公司', '1000', '200', '', '', '2026-01-06', ''],
      ['苏州汇瑞机械有限公司', '一千', '', '', '', '2026-01-07', ''],
      ['苏州汇瑞机械有限公司', '1000', '', '', '7.2', '2026-01-08', ''],
      ['苏州汇瑞机械有限公司', '9.5', '', 'XTS', '', '2026-01-08', ''],
      ['苏州汇瑞机械有限公司', '900', '', 'XTS', '', '2026-01-08', 'li'],
    );
    const id = await upload(office, 'admin', 'openingBalance', file);
    const checked = await check(office, 'admin', id);
    expect(checked.counts).toMatchObject({ rows: 7, clean: 2, unknownRecord: 1, badValue: 4 });
    expect((await rowsOf(id)).filter(({ problems }) => problems.length > 0).map(({ row, problems }) => [row, problems[0]?.code])).toEqual([
      [3, 'import.unknownValue'],
      [4, 'import.bothSides'],
      [5, 'import.notANumber'],
      [6, 'money.rateOfOwnCurrency'],
      [7, 'import.tooManyDigits'],
    ]);
    expect(await countOf(office, 'opening_balances')).toBe(0);
    expect(await commit(office, 'admin', id)).toMatchObject({ state: 'done', result: { added: 2, rejected: 5 } });
    // A currency without decimals is read without them, and the person named in the row answers for it.
    expect(
      await countOf(office, 'opening_balances', { total: 900, currency: whole.id, owner: await office.id('users', { login: 'li' }) }),
    ).toBe(1);
  });

  test('the same customer and document number waits for a person, in the file and against what is there', async () => {
    const file = await sheetOf(
      ['客户', '欠款', '日期', '单号'],
      ['苏州汇瑞机械有限公司', 100, '2026-01-05', 'A1'],
      ['苏州汇瑞机械有限公司', 200, '2026-01-06', 'A1'],
      ['苏州汇瑞机械有限公司', 200, '2026-01-06', 'A1'],
    );
    const id = await upload(office, 'admin', 'openingBalance', file);
    const checked = await check(office, 'admin', id);
    expect(checked).toMatchObject({ counts: { clean: 1, sameOpening: 1, exactDuplicate: 1 }, waiting: { sameOpening: 1 } });
    expect(checked.choices.sameOpening).toEqual({ take: 1, mergeInto: 0 });
    expect(await commit(office, 'admin', id, { decisions: { all: 'take' } })).toMatchObject({ result: { added: 2, rejected: 1 } });

    const again = await upload(office, 'admin', 'openingBalance', file);
    expect((await check(office, 'admin', again)).counts).toMatchObject({ sameOpening: 2, exactDuplicate: 1 });
    const [first] = await rowsOf(again, 'sameOpening');
    expect(first?.match).toMatchObject({ title: expect.stringMatching(/^OB/), likeness: 'near', changeable: false });

    // Taken back, the figures may come again.
    await undo(id);
    expect(await countOf(office, 'opening_balances')).toBe(0);
    expect((await check(office, 'admin', again)).counts).toMatchObject({ clean: 1, sameOpening: 1 });
  });

  test('stock of items that are there comes in one document for each warehouse', async () => {
    const taxCode = await office.id('tax_codes', { rate: 130_000 });
    const item = (values: Record<string, string>) =>
      office.create('admin', 'item', { unit: '个', taxCode, grossPrice: priced(9), ...values });
    const pen = await item({ code: 'P-1', name: '钢笔', barcode: '6901234567892' });
    await item({ code: 'N-1', name: '笔记本', spec: 'A4' });
    await item({ code: 'N-2', name: '笔记本', spec: 'A5' });
    const second = await office.create('admin', 'warehouse', { name: '二号仓' });
    const file = await sheetOf(
      ['仓库', '商品名称', '商品编码', '数量', '成本'],
      ['', '钢笔', 'P-1', 10, 6.5],
      ['', '笔记本', 'N-2', 5, 10],
      ['二号仓', '钢笔', '6901234567892', 2.5, 6],
      ['三号仓', '钢笔', 'P-1', 1, 6],
      ['二号仓', '笔记本', '笔记本', 1, 6],
      ['二号仓', '笔记本', 'N-1', 0, 6],
    );
    const id = await upload(office, 'admin', 'openingStock', file);
    const checked = await check(office, 'admin', id);
    expect(checked.counts).toEqual({ rows: 6, clean: 3, unknownWarehouse: 1, badValue: 1, nothing: 1 });
    expect((await rowsOf(id, 'badValue'))[0]?.problems).toMatchObject([{ code: 'import.ambiguous', facts: { value: '笔记本' } }]);
    expect(await commit(office, 'admin', id)).toMatchObject({ state: 'done', result: { added: 2, rejected: 3 } });
    const document = await office.id('opening_stocks', { warehouse: second.id });
    expect(await movesOf(office, { type: 'openingStock', id: document })).toBe(
      `stock | opening -> warehouse:${second.id} | 2500000\ncost | opening -> stock | 1500`,
    );
    expect((await office.read('admin', 'openingStock', document)).parts.lines).toMatchObject([{ item: pen.id, value: 1500 }]);

    const more = await sheetOf(['商品', '数量'], ['P-1', 3], ['N-1', 4]);
    const again = await upload(office, 'admin', 'openingStock', more);
    expect((await check(office, 'admin', again)).counts).toMatchObject({ clean: 1, sameOpening: 1 });
    await undo(id);
    expect((await check(office, 'admin', again)).counts).toMatchObject({ clean: 2 });
  });

  test('accounts open with what they held, an overdraft below zero, each in its own currency', async () => {
    const yen = await office.create('admin', 'currency', { code: 'XTS', name: '测试币', digits: 0, rate: 50_000_000 });
    const bank = await office.create('admin', 'account', { name: '工商银行', bankAccount: '6222 0001' });
    const foreign = await office.create('admin', 'account', { name: '外币户', currency: yen.id });
    const file = await sheetOf(['账户', '余额'], ['6222 0001', -1500.25], ['外币户', 80_000]);
    const done = await taken(office, 'admin', 'openingCash', file);
    expect(done).toMatchObject({ state: 'done', result: { added: 2 } });
    const overdraft = await office.id('opening_cashes', { account: bank.id });
    expect(await movesOf(office, { type: 'openingCash', id: overdraft })).toBe('cash | held -> opening | 150025');
    expect(await countOf(office, 'opening_cashes', { account: foreign.id, currency: yen.id, amount: 80_000 })).toBe(1);

    const nothing = await office.create('zhao', 'openingCash', { account: bank.id, amount: 0 });
    await expect(office.step('zhao', nothing, 'post')).rejects.toMatchObject({ code: 'money.nothingHeld' });
  });

  test('suppliers come with their contact, and then with what they are owed', async () => {
    const suppliers = await sheetOf(
      ['供应商名称', '联系人', '手机'],
      ['宁波恒通钢材有限公司', '陈立新', '13907183598'],
      ['无联系人厂', '', ''],
    );
    expect(await taken(office, 'admin', 'supplier', suppliers)).toMatchObject({ state: 'done', result: { added: 2 } });
    const supplier = await office.id('suppliers', { name: '宁波恒通钢材有限公司' });
    expect((await office.read('admin', 'supplier', supplier)).parts.contacts).toMatchObject([{ name: '陈立新', mobile: '13907183598' }]);
    const file = await sheetOf(['供应商', '应付款'], ['宁波恒通钢材有限公司', 36_000], ['无联系人厂', -200]);
    expect(await taken(office, 'admin', 'openingPayable', file)).toMatchObject({
      state: 'done',
      result: { added: 1, companions: { openingSupplierCredit: 1 } },
    });
  });

  test('only who may enter opening figures imports them, and nobody once the company is live', async () => {
    const file = await sheetOf(['客户', '欠款'], ['苏州汇瑞机械有限公司', 100]);
    await expect(upload(office, 'zhou', 'openingBalance', file)).rejects.toMatchObject({ code: 'access.denied' });
    const waiting = await upload(office, 'admin', 'openingBalance', file);
    await check(office, 'admin', waiting);
    const id = await upload(office, 'admin', 'openingBalance', file);
    await check(office, 'admin', id);
    await commit(office, 'admin', id);
    await office.work('admin', (work) => goLive(work, '试用'));
    await expect(upload(office, 'admin', 'openingBalance', file)).rejects.toMatchObject({ code: 'opening.locked' });
    await expect(commit(office, 'admin', waiting, { decisions: { all: 'take' } })).rejects.toMatchObject({ code: 'opening.locked' });
    await expect(undo(id)).rejects.toMatchObject({ code: 'opening.locked' });
  });
});
