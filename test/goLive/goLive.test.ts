import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeSettings } from '../../server/engine/settings.ts';
import { undoImport } from '../../server/features/exchange/import/undoImport.ts';
import { openingFigures } from '../../server/features/goLive/figures.ts';
import { changeControls, goLive, reopenOpening } from '../../server/features/goLive/goLive.ts';
import { differs } from '../../shared/contracts/goLive.ts';
import { closedThroughKey } from '../../shared/contracts/parameters.ts';
import { check, commit, taken, upload } from '../exchange/importing.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { piece, priced, yuan } from '../trade/shop.ts';

/** A workbook as the old system's export leaves it: a title above the headings. */
async function book(...rows: (string | number)[][]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('导出');
  sheet.addRow(['旧系统期初表']);
  sheet.addRows(rows);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

describe.each(stores)('From the old system to the first day, on $name', { timeout: 400_000 }, (kind) => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice(kind);
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const figures = (who = 'admin') => office.look(who, openingFigures);
  const amounts = async () => Object.fromEntries((await figures()).figures.map(({ key, amount }) => [key, amount]));
  const keep = async (totals: Record<string, number | null>) => {
    const { version } = await figures();
    await office.work('admin', (work) => changeControls(work, version, totals));
  };
  const open = async () => (await figures()).figures.filter(differs).map(({ key }) => key);
  const lock = (who: string, reason?: string) => office.work(who, (work) => goLive(work, reason));

  test('a company brings everything in, finds one wrong total, undoes and repeats, and locks', async () => {
    const items = await book(
      ['商品编码', '商品名称', '单位', '含税售价', '税率'],
      ['P-1', '钢笔', '支', 12, '13%'],
      ['N-1', '笔记本', '本', 20, '13%'],
    );
    expect(await taken(office, 'admin', 'item', items)).toMatchObject({ state: 'done', result: { added: 2 } });
    const customers = await book(['客户名称'], ['苏州汇瑞机械有限公司'], ['太原北方轴承厂']);
    expect(await taken(office, 'admin', 'customer', customers)).toMatchObject({ result: { added: 2 } });
    expect(await taken(office, 'admin', 'supplier', await book(['供应商'], ['宁波恒通钢材有限公司']))).toMatchObject({
      result: { added: 1 },
    });
    const bank = await office.create('admin', 'account', { name: '工商银行' });

    const stock = await book(['商品编码', '数量', '成本单价'], ['P-1', 100, 6], ['N-1', 40, 10]);
    expect(await taken(office, 'admin', 'openingStock', stock)).toMatchObject({ state: 'done', result: { added: 1 } });
    const debts = (last: number) =>
      book(
        ['客户', '应收余额', '单据号', '日期'],
        ['苏州汇瑞机械有限公司', 1200, 'XS-1', '2026-01-05'],
        ['太原北方轴承厂', last, 'XS-2', '2026-01-06'],
      );
    const wrong = await upload(office, 'admin', 'openingBalance', await debts(8000));
    await check(office, 'admin', wrong);
    expect(await commit(office, 'admin', wrong)).toMatchObject({ state: 'done', result: { added: 2 } });
    expect(
      await taken(office, 'admin', 'openingPayable', await book(['供应商', '应付余额'], ['宁波恒通钢材有限公司', 5000])),
    ).toMatchObject({
      state: 'done',
    });
    expect(await taken(office, 'admin', 'openingCash', await book(['账户', '余额'], ['工商银行', 30_000]))).toMatchObject({
      state: 'done',
    });

    const warehouse = await office.id('warehouses', { main: 1 });
    const cny = await office.id('currencies', { main: 1 });
    expect(await amounts()).toMatchObject({
      items: 2,
      customers: 2,
      suppliers: 1,
      [`stockQuantity:${warehouse}`]: 140 * piece,
      [`stockValue:${warehouse}`]: 1000 * yuan,
      [`receivable:${cny}`]: 9200 * yuan,
      [`customerAdvance:${cny}`]: 0,
      [`payable:${cny}`]: 5000 * yuan,
      [`account:${bank.id}`]: 30_000 * yuan,
    });

    // Nobody has said what the old system says, then all but one total agree.
    await expect(lock('sun')).rejects.toMatchObject({ code: 'opening.reasonMissing' });
    const others = (await figures()).figures.filter(({ kind: of, key }) => key !== `receivable:${cny}` && of !== 'items');
    await keep(Object.fromEntries(others.map(({ key, amount }) => [key, amount])));
    await keep({ [`receivable:${cny}`]: 2000 * yuan });
    expect(await open()).toEqual([`receivable:${cny}`]);

    await undoImport(office.company, await office.actor('admin'), wrong, '金额多打了一个零');
    expect(await amounts()).toMatchObject({ [`receivable:${cny}`]: 0 });
    expect(await taken(office, 'admin', 'openingBalance', await debts(800))).toMatchObject({ state: 'done', result: { added: 2 } });
    expect(await open()).toEqual([]);

    const draft = await office.create('zhao', 'openingCash', { account: bank.id, amount: 100 });
    expect((await figures()).drafts).toEqual({ openingCash: 1 });
    await expect(lock('sun')).rejects.toMatchObject({ code: 'opening.unposted', facts: { count: 1 } });
    await office.step('zhao', draft, 'void', '多做了一张');
    await lock('sun');

    const live = await figures();
    expect(live).toMatchObject({ isLive: true, agreed: { by: 'sun', reason: null } });
    // What was agreed stays what it was, whatever is added later.
    await office.create('admin', 'account', { name: '新账户' });
    await office.create('wang', 'customer', { name: '后来的客户' });
    expect((await figures()).figures).toEqual(live.figures);
    await expect(lock('sun')).rejects.toMatchObject({ code: 'opening.locked' });
    await expect(keep({ items: 2 })).rejects.toMatchObject({ code: 'opening.locked' });
    const late = await office.create('zhao', 'openingCash', { account: bank.id, amount: 100 });
    await expect(office.step('zhao', late, 'post')).rejects.toMatchObject({ code: 'opening.locked' });
    const posted = await office.read(
      'zhao',
      'openingBalance',
      await office.id('opening_balances', { reference: 'XS-1', deleted_at: null }),
    );
    await expect(
      office.step('zhao', { type: 'openingBalance', id: posted.id, version: posted.version }, 'takeBack', '改'),
    ).rejects.toMatchObject({ code: 'opening.locked' });
    await expect(upload(office, 'admin', 'openingStock', stock)).rejects.toMatchObject({ code: 'opening.locked' });
  });

  test('a difference is passed by whoever has the right, with a reason, and no figure shows what its reader may not see', async () => {
    const taxCode = await office.id('tax_codes', { rate: 130_000 });
    const pen = await office.create('admin', 'item', { name: '钢笔', unit: '支', taxCode, grossPrice: priced(12) });
    const lines = [{ item: pen.id, quantity: 10 * piece, unitCost: priced(6) }];
    const stock = await office.step('admin', await office.create('admin', 'openingStock', {}, { lines }), 'post');
    const secret = await office.create('admin', 'account', { name: '私账', privateAccount: true });
    const reading = ['openingStock', 'openingBalance', 'openingCash'].map((type) => ({ type, operation: 'read', scope: 'all' }));
    const keeper = await office.create(
      'admin',
      'position',
      { name: '开账员' },
      { grants: reading, specialRights: [{ right: 'settings.change' }] },
    );
    const department = await office.id('departments', { name: '销售一部' });
    await office.create('admin', 'user', { login: 'qian', name: '钱开', department }, { positions: [{ held: keeper.id }] });

    const warehouse = Number(stock.values.warehouse);
    const shown = (await figures('qian')).figures.map(({ key }) => key);
    expect(shown).toContain(`stockQuantity:${warehouse}`);
    expect(shown.filter((key) => /^(stockValue|payable|supplierAdvance|items)/.test(key))).toEqual([]);
    expect(shown).not.toContain(`account:${secret.id}`);
    expect((await figures('admin')).figures.map(({ key }) => key)).toContain(`account:${secret.id}`);
    const value = { [`stockValue:${warehouse}`]: 1 };
    await expect(office.work('qian', (work) => changeControls(work, 0, value))).rejects.toMatchObject({
      code: 'record.invalid',
      fields: [{ path: `stockValue:${warehouse}`, code: 'field.unknown' }],
    });

    await office.work('qian', (work) => changeControls(work, 0, { [`stockQuantity:${warehouse}`]: 11 * piece }));
    await expect(office.work('qian', (work) => changeControls(work, 0, {}))).rejects.toMatchObject({ code: 'settings.changed' });
    const refused = await lock('qian', '急用').catch((refusal: unknown) => refusal as { code: string; facts: { titles: string[] } });
    expect(refused).toMatchObject({ code: 'opening.controlsDiffer' });
    expect(JSON.stringify(refused)).not.toContain('私账');
    await expect(lock('sun', ' ')).rejects.toMatchObject({ code: 'opening.reasonMissing' });
    await lock('sun', '老系统少记一支');
    expect((await figures()).agreed).toMatchObject({ by: 'sun', reason: '老系统少记一支' });

    // Opened again for a correction, as long as no month is closed.
    const reopen = (who: string, reason: string) => office.work(who, (work) => reopenOpening(work, reason));
    await expect(reopen('qian', '改')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(reopen('sun', '')).rejects.toMatchObject({ code: 'opening.reasonMissing' });
    await office.work('admin', (work) => storeSettings(work, { [closedThroughKey]: '2026-01-31' }));
    await expect(reopen('sun', '数量录错')).rejects.toMatchObject({ code: 'opening.periodClosed', facts: { through: '2026-01-31' } });
    await office.work('admin', (work) => storeSettings(work, { [closedThroughKey]: null }));
    await reopen('sun', '数量录错');
    expect(await figures()).toMatchObject({ isLive: false, agreed: { reason: '数量录错' } });
    await expect(reopen('sun', '再开')).rejects.toMatchObject({ code: 'opening.notLive' });
    await office.step('admin', stock, 'takeBack', '数量录错');
    expect((await figures()).drafts).toEqual({ openingStock: 1 });
  });
});
