import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { exportReport } from '../../server/features/reports/exportReport.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, type Shop, yuan } from '../trade/shop.ts';
import { ask, askDocuments, offered, written } from './asking.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };

describe.each(stores)('What came in and went out, on $name', { timeout: 120_000 }, (kind) => {
  let shop: Shop;
  const realNow = clock.now;

  beforeEach(async () => {
    clock.now = () => msOf('2026-03-20T02:00:00.000Z');
    shop = await openShop(kind);
    const order = await shop.order();
    const cheque = await shop.office.create('admin', 'paymentMethod', { name: '支票付款' });
    await shop.pay(order, 60 * yuan, { fee: 2 * yuan, day: '2026-03-02' });
    await shop.pay(order, 20 * yuan, { paymentMethod: cheque.id, day: '2026-03-03' });
    const wrong = await shop.pay(order, 10 * yuan, { day: '2026-03-04' });
    await shop.office.step('zhao', wrong, 'takeBack', '记错了');
    const reversed = await shop.pay(order, 5 * yuan, { day: '2026-03-05' });
    await shop.office.step('zhao', reversed, 'reverse', '退回');
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  test('receipts are told apart by the way customers paid, and reversed ones come to nothing', async () => {
    const answer = await ask(shop.office, 'zhao', 'receiptsByMethod', march);
    const cheque = answer.rows.find((row) => answer.labels.paymentMethod?.[String(row.keys[0])]?.title === '支票付款');
    expect(cheque?.figures).toEqual({ receipts: 1, received: 20 * yuan, fees: 0 });
    expect(answer.totals).toEqual({ receipts: 2, received: 80 * yuan, fees: 2 * yuan });
    const documents = await askDocuments(shop.office, 'zhao', 'receiptsByMethod', { ...march, measure: 'received', keys: {} });
    expect(documents.total).toBe(80 * yuan);
    expect(documents.rows.map((row) => row.figure).sort((a, b) => a - b)).toEqual([-5 * yuan, 5 * yuan, 20 * yuan, 60 * yuan]);
  });

  test('money is told apart by where it came from and where it went', async () => {
    const answer = await ask(shop.office, 'zhao', 'incomeAndExpense', march);
    expect(answer.rows.map(({ keys, figures }) => [keys[0], figures.income, figures.expense])).toEqual([
      ['customers', 80 * yuan, 0],
      ['fees', 0, 2 * yuan],
    ]);
    expect(answer.totals).toEqual({ income: 80 * yuan, expense: 2 * yuan, surplus: 78 * yuan });
    expect(answer.labels.purpose?.fees).toEqual({ title: 'fees' });
  });

  test('an account holds at the end what it held before and what came and went', async () => {
    const answer = await ask(shop.office, 'zhao', 'accountBalances', { from: '2026-03-03', to: '2026-03-03' });
    const figures = answer.rows.map((row) => row.figures).filter((row) => row.held !== 0);
    expect(figures).toEqual([{ heldBefore: 58 * yuan, income: 20 * yuan, expense: 0, held: 78 * yuan }]);
    await expect(ask(shop.office, 'chen', 'accountBalances')).rejects.toMatchObject({ code: 'report.unknown' });
  });

  test('a workbook holds what the screen shows, in the words of whoever asks, and its going out is noted', async () => {
    const question = { ...march, sort: { by: 'received', direction: 'descending' } as const };
    const wanted = { name: 'receiptsByMethod', question, language: 'zh-CN' } as const;
    const file = await exportReport(shop.office.company, await shop.office.actor('zhao'), wanted);
    const rows = (await rowsIn(file.path)).map((row) => row.cells.map(shown));
    expect(rows[0]).toEqual(['收款方式', '收款单数', '收款金额', '手续费']);
    expect(rows[2]).toEqual(['支票付款', '1', '20', '0']);
    expect(rows.at(-1)).toEqual(['合计', '2', '80', '2']);
    expect(file.name).toBe('收款方式统计.xlsx');
    const [deed] = (await shop.office.look('admin', (work) => work.tx('audit').where({ action: 'export' }))) as {
      changes: string;
      type: string;
    }[];
    expect(deed?.type).toBe('receipt');
    expect(JSON.parse(deed?.changes ?? '{}')).toMatchObject({ report: 'receiptsByMethod', rows: 2 });
  });

  test('who may not take documents out may not take their figures out', async () => {
    const wanted = { name: 'salesSummary', question: {}, language: 'en' } as const;
    await expect(exportReport(shop.office.company, await shop.office.actor('wang'), wanted)).rejects.toMatchObject({
      code: 'access.denied',
    });
    const info = (await offered(shop.office, 'zhao')).find((report) => report.name === 'receiptsByMethod');
    expect(info).toMatchObject({ mayExport: true, area: 'money', groupBy: ['paymentMethod'] });
    expect(written(await ask(shop.office, 'wang', 'receiptsByMethod', march), ['received'])).toHaveLength(2);
  });
});
