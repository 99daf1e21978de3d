import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportVouchers } from '../../server/features/vouchers/exportVouchers.ts';
import { makeVouchers } from '../../server/features/vouchers/makeVouchers.ts';
import { accountRules, changeAccountRules } from '../../server/features/vouchers/rules.ts';
import type { Voucher } from '../../shared/contracts/vouchers.ts';
import { type Buying, openBuying } from '../purchase/buying.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { yuan } from '../trade/shop.ts';

describe.each(stores)('Vouchers, on $name', (kind) => {
  let shop: Buying;
  beforeEach(async () => {
    shop = await openBuying(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const march = { from: '2026-03-01', to: '2026-03-31' };
  const vouchers = (query: object = {}) => shop.office.look('zhao', (work) => makeVouchers(work, { ...march, span: 'document', ...query }));
  const written = ({ type, entries }: Voucher) => [
    type,
    ...entries.map(({ code, debit, credit, auxiliary }) => `${code} ${debit > 0 ? debit : -credit}${auxiliary ? ` ${auxiliary}` : ''}`),
  ];

  test('a sale, its delivery and its payment become what an accountant would write', async () => {
    const order = await shop.order(undefined, { day: '2026-03-02' });
    const ship = await shop.office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], { values: { day: '2026-03-03' } });
    await shop.office.step('chen', ship, 'post');
    await shop.pay(order, 113 * yuan, { day: '2026-03-05', fee: 2 * yuan });
    const { vouchers: made, debit, credit } = await vouchers();
    expect(made.map(written)).toEqual([
      ['salesOrder', '1122 11300 浙江宏远贸易有限公司', '22210106 -1300', '6001 -10000'],
      ['stockOut', '6401 6000', '1405 -6000'],
      ['receipt', '1002 11100 基本户', '6603 200', '1122 -11300 浙江宏远贸易有限公司'],
    ]);
    expect(made.map(({ number, day }) => [number, day])).toEqual([
      [1, '2026-03-02'],
      [2, '2026-03-03'],
      [3, '2026-03-05'],
    ]);
    expect(debit).toBe(credit);
  });

  test('goods that come in are stock, input tax and a debt, and what is taken back cancels in the month', async () => {
    const order = await shop.buy(undefined, { day: '2026-03-02' });
    const goods = await shop.office.become('chen', 'stockIn', [{ type: 'purchaseOrder', id: order.id }], { values: { day: '2026-03-04' } });
    const posted = await shop.office.step('chen', goods, 'post');
    const { vouchers: made } = await vouchers();
    expect(made.filter(({ type }) => type === 'stockIn').map(written)).toEqual([
      ['stockIn', '1405 40000', '22210101 5200', '2202 -45200 宁波文具制造厂'],
    ]);
    await shop.office.step('chen', posted, 'takeBack', '数量点错');
    expect((await vouchers({ span: 'month' })).vouchers.map(({ type }) => type)).not.toContain('stockIn');
  });

  test('a month is one voucher for each kind of document, and every voucher balances', async () => {
    for (const day of ['2026-03-02', '2026-03-09', '2026-03-20']) {
      const order = await shop.order(undefined, { day });
      await shop.pay(order, 50 * yuan, { day });
    }
    const { vouchers: made } = await vouchers({ span: 'month' });
    expect(made.map(({ type, day, documents, title }) => [type, day, documents, title])).toEqual([
      ['salesOrder', '2026-03-31', 3, null],
      ['receipt', '2026-03-31', 3, null],
    ]);
    for (const { entries } of made) {
      const sum = (side: 'debit' | 'credit') => entries.reduce((all, entry) => all + entry[side], 0);
      expect(sum('debit')).toBe(sum('credit'));
    }
    expect((await vouchers({ span: 'day' })).vouchers).toHaveLength(6);
  });

  test('foreign money stands in the company’s own at the rate of its document', async () => {
    const usd = await shop.office.id('currencies', { code: 'USD' });
    await shop.order(undefined, { day: '2026-03-02', currency: usd, exchangeRate: 7_100_000_000 });
    const [sale] = (await vouchers()).vouchers;
    expect(sale && written(sale)).toEqual(['salesOrder', '1122 80230 浙江宏远贸易有限公司', '22210106 -9230', '6001 -71000']);
  });

  test('the company’s own account codes are used, and a rule without a code is refused', async () => {
    await shop.order(undefined, { day: '2026-03-02' });
    const { version, rules } = await shop.office.look('zhao', accountRules);
    const own = rules.map((rule) => (rule.code === '1122' ? { ...rule, code: '112201', name: '应收货款' } : rule));
    await shop.office.work('zhao', (work) => changeAccountRules(work, version, own));
    expect((await vouchers()).vouchers[0]?.entries[0]).toMatchObject({ code: '112201', name: '应收货款' });
    await expect(shop.office.work('zhao', (work) => changeAccountRules(work, version, own))).rejects.toMatchObject({
      code: 'settings.changed',
    });
    const empty = own.map((rule) => ({ ...rule, code: '' }));
    await expect(shop.office.work('zhao', (work) => changeAccountRules(work, version + 1, empty))).rejects.toMatchObject({
      code: 'record.invalid',
    });
  });

  test('the workbook has the columns of the program that reads it and says who took it out', async () => {
    await shop.pay(await shop.order(undefined, { day: '2026-03-02' }), 20 * yuan, { day: '2026-03-02' });
    const query = { ...march, span: 'document', layout: 'kingdee', language: 'zh-CN' } as const;
    const { bytes } = await shop.office.work('zhao', (work) => exportVouchers(work, query));
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-vouchers-'));
    const file = join(folder, 'vouchers.xlsx');
    writeFileSync(file, bytes);
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(file);
    rmSync(folder, { recursive: true });
    const [sheet] = book.worksheets;
    const row = (at: number) => ((sheet?.getRow(at).values ?? []) as unknown[]).slice(1);
    expect(row(1).slice(0, 8)).toEqual(['凭证日期', '会计期间', '凭证字', '凭证号', '分录号', '摘要', '科目代码', '科目名称']);
    expect(row(2)[6]).toBe('1122');
    const sum = (column: number) =>
      Array.from({ length: (sheet?.rowCount ?? 1) - 1 }, (_, at) => Number(row(at + 2)[column] ?? 0)).reduce((a, b) => a + b, 0);
    expect(sum(9)).toBeCloseTo(133, 6);
    expect(sum(10)).toBeCloseTo(133, 6);
    const noted = await shop.office.company.store.read((tx) => tx('audit').where({ action: 'export', type: 'voucher' }));
    expect(noted).toHaveLength(1);
  });
});
