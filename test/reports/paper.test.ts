import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePrinting, renderPdf } from '../../server/features/printing/renderPdf.ts';
import { sheetPaper } from '../../server/features/printing/sheetPaper.ts';
import { closingRoutes } from '../../server/http/routes/closing.ts';
import { reportRoutes } from '../../server/http/routes/reports.ts';
import { type Door, openDoor } from '../print-routes/door.ts';
import { type ReadPage, readPdf } from '../printing/readPdf.ts';
import { stores } from '../scenarios/office.ts';
import { openShop, piece, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('Figures on paper, on $name', { timeout: 120_000 }, (kind) => {
  let shop: Shop;
  let door: Door;

  beforeAll(async () => {
    shop = await openShop(kind);
    door = await openDoor(shop.office, [...reportRoutes, ...closingRoutes]);
    const order = await shop.order([
      { item: shop.pen.id, quantity: 10 * piece },
      { item: shop.book.id, quantity: 4 * piece },
    ]);
    await shop.ship(order);
    await shop.pay(order, 100 * yuan);
  });
  afterAll(async () => {
    await door.close();
    await shop.office.close();
    await closePrinting();
  });

  const pagesOf = async (answer: Response): Promise<ReadPage[]> => {
    expect(answer.status, answer.ok ? '' : await answer.clone().text()).toBe(200);
    return readPdf(new Uint8Array(await answer.arrayBuffer()));
  };
  const printed = async (who: string, name: string, question: object = {}, language = 'zh-CN') =>
    pagesOf(await door.ask(who, 'POST', `/api/reports/${name}/print`, { question, language }));
  const textOf = (pages: readonly ReadPage[]): string => pages.map(({ text }) => text).join('\n');
  const year = { from: '2020-01-01', to: '2199-12-31' };

  test('a report prints its title, its period, its rows and its totals, across where it is wide', async () => {
    const [page] = await printed('sun', 'salesSummary', year);
    const text = page?.text ?? '';
    for (const words of ['商品销售汇总', '2020-01-01 — 2199-12-31', '钢笔', '笔记本', '合计', '第 1 页 / 共 1 页'])
      expect(text).toContain(words);
    // 10 pens at 11.30 and 4 books at 11.30 with tax: 140.00 without.
    expect(text).toContain('140.00');
    const [narrow] = await printed('sun', 'receiptsByMethod', year, 'en');
    expect([(page?.width ?? 0) > (page?.height ?? 0), (narrow?.width ?? 0) > (narrow?.height ?? 0)]).toEqual([true, false]);
    expect(narrow?.text).toContain('Page 1 of 1');
  });

  test('who may not take a report out may not print it either', async () => {
    expect((await door.ask('chen', 'POST', '/api/reports/salesSummary/print', { question: {} })).status).not.toBe(200);
  });

  test('the book of an account prints what came and went between what it held before and after', async () => {
    const account = await shop.office.id('accounts', { main: 1 });
    const text = textOf(await pagesOf(await door.ask('zhao', 'GET', `/api/accounts/${account}/book/paper?from=2020-01-01&to=2199-12-31`)));
    for (const words of ['期初', '收款单', '100.00', '期末']) expect(text).toContain(words);
    expect((await door.ask('wang', 'GET', `/api/accounts/${account}/book/paper`)).status).toBe(403);
  });

  test('a long sheet repeats its head on every numbered page, and one that nobody leafs through goes to Excel', async () => {
    const columns = [
      { header: '商品', kind: 'text' as const, width: 24 },
      { header: '金额', kind: 'number' as const, digits: 2 },
    ];
    const sheet = (count: number) => ({
      title: '长表',
      facts: [],
      columns,
      rows: Array.from({ length: count }, (_, index) => [`第${index}行`, `${index}.50`]),
      language: 'zh-CN' as const,
    });
    const { template, data } = await shop.office.look('sun', (work) => sheetPaper(work, sheet(150)));
    const pages = await readPdf(await renderPdf(template, data, { language: 'zh-CN' }));
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      for (const words of ['长表', '商品', '金额', `第 ${index + 1} 页 / 共 ${pages.length} 页`]) expect(page.text).toContain(words);
    }
    expect(textOf(pages)).toContain('149.50');
    await expect(shop.office.look('sun', (work) => sheetPaper(work, sheet(2001)))).rejects.toMatchObject({
      code: 'print.tooManyRows',
      facts: { rows: 2001, max: 2000 },
    });
  });
});
