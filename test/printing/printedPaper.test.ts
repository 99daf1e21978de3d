import { createServer } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { closePrinting, renderPdf } from '../../server/features/printing/renderPdf.ts';
import { formatExact } from '../../shared/kernel/numbers.ts';
import type { PrintData } from '../../shared/printing/printData.ts';
import { contract } from '../../shared/printing/standard/contract.ts';
import { deliveryNoteA4, deliveryNoteContinuous } from '../../shared/printing/standard/deliveryNote.ts';
import { quotation } from '../../shared/printing/standard/quotation.ts';
import { receiptVoucher } from '../../shared/printing/standard/receiptVoucher.ts';
import { customerStatement } from '../../shared/printing/standard/statement.ts';
import { standardTemplates } from '../../shared/printing/standardTemplates.ts';
import type { PrintTemplate } from '../../shared/printing/template.ts';
import { readPdf } from './readPdf.ts';
import { commercialData, itemData, receiptData, statementData, text, yuan } from './samples.ts';

afterAll(closePrinting);

const printed = async (template: PrintTemplate, data: PrintData, language: 'zh-CN' | 'zh-TW' | 'en' = 'zh-CN') =>
  readPdf(await renderPdf(template, data, { language }));

const pointsOf = (mm: number) => (mm * 72) / 25.4;

describe('the sheet', () => {
  const papers = [
    ['241x279.4', 241, 279.4],
    ['241x139.7', 241, 139.7],
    ['241x93.1', 241, 93.1],
    ['A4', 210, 297],
    ['A5', 148, 210],
  ] as const;

  test.each(papers)('%s is printed on pages of exactly its own size, to a tenth of a millimetre', async (size, width, height) => {
    const template: PrintTemplate = { ...deliveryNoteContinuous, paper: { ...deliveryNoteContinuous.paper, size } };
    const pages = await printed(template, commercialData('stockOut', 'zh-CN', 9));
    for (const page of pages) {
      expect(Math.abs(page.width - pointsOf(width))).toBeLessThan(pointsOf(0.05));
      expect(Math.abs(page.height - pointsOf(height))).toBeLessThan(pointsOf(0.05));
    }
  });

  test('a form of the house is printed on its own sheet, and a cut sheet turns where continuous paper does not', async () => {
    const own = { widthTenthMm: 2000, heightTenthMm: 1001 };
    const upright = { ...deliveryNoteContinuous.paper, size: own, orientation: 'portrait' as const };
    const [fed] = await printed({ ...deliveryNoteContinuous, paper: upright }, commercialData('stockOut', 'zh-CN', 1));
    expect(fed?.width).toBeCloseTo(pointsOf(200), 2);
    const [turned] = await printed({ ...deliveryNoteA4, paper: { ...upright, continuous: false } }, commercialData('stockOut', 'zh-CN', 1));
    expect(turned?.width).toBeCloseTo(pointsOf(100.1), 2);
  });
});

describe('the pages', () => {
  test('every page of a long delivery note repeats its head and says which page of how many it is', async () => {
    const pages = await printed(deliveryNoteContinuous, commercialData('stockOut', 'zh-CN', 25));
    expect(pages.length).toBe(4);
    for (const [index, page] of pages.entries()) {
      expect(page.text).toContain('杭州商驿贸易有限公司');
      expect(page.text).toContain('SO20261121-0007');
      expect(page.text).toContain('商品名称');
      expect(page.text).toContain('客户签收');
      expect(page.text).toContain(`第 ${index + 1} 页 / 共 4 页`);
      expect(page.text.replaceAll('\n', '')).toContain('第二联客户︵红︶');
    }
  });

  test('what a page carries forward is what the pages before it add up to', async () => {
    const data = commercialData('stockOut', 'zh-CN', 16);
    const quantities = data.lines.map((line) => Number(line.quantity?.value) / 1_000_000);
    const sum = (from: number, to: number) => String(quantities.slice(from, to).reduce((total, one) => total + one, 0));
    const pages = await printed(deliveryNoteContinuous, data);
    expect(besides(pages[0], '本页小计')).toBe(sum(0, 7));
    expect(besides(pages[1], '承前页')).toBe(sum(0, 7));
    expect(besides(pages[1], '本页小计')).toBe(sum(7, 14));
    expect(besides(pages[2], '承前页')).toBe(sum(0, 14));
    expect(besides(pages[2], '本页小计')).toBe(sum(14, 16));
    expect(besides(pages[2], '合计')).toBe(sum(0, 16));
  });

  test('no total and no signature stands on a sheet without goods', async () => {
    for (const template of [quotation, deliveryNoteA4]) {
      for (let count = 20; count < 36; count += 1) {
        const last = (await printed(template, commercialData(template.type, 'zh-CN', count))).at(-1);
        expect(
          last?.words.some((word) => word.text === String(count)),
          `${template.name} with ${count} lines`,
        ).toBe(true);
        expect(last?.text).toContain('审核');
      }
    }
  });

  test('the parties to a contract never sign a sheet without a clause', async () => {
    for (let count = 4; count < 22; count += 1) {
      const last = (await printed(contract, commercialData('salesOrder', 'zh-CN', count))).at(-1);
      expect(last?.text, `${count} lines`).toContain('份数与生效');
      expect(last?.text).toContain('授权代表');
    }
  });

  test.each([0, 1, 2000])('a document with %i lines prints whole', async (count) => {
    const pages = await printed(quotation, commercialData('quotation', 'zh-CN', count));
    const positions = pages.flatMap((page) =>
      page.words.filter((word) => word.left < 65 && /^\d+$/.test(word.text)).map((word) => Number(word.text)),
    );
    expect(positions).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    if (count === 0) expect(pages[0]?.text).toContain('（无明细）');
    expect(pages.at(-1)?.text).toContain('客户确认');
  });

  test('a row higher than a page goes on over the next pages without losing a word', async () => {
    const data = commercialData('stockOut', 'zh-CN', 1);
    const story = Array.from({ length: 900 }, (_, index) => `第${index}句`).join('，');
    const pages = await printed(deliveryNoteContinuous, { ...data, lines: [{ ...data.lines[0], remark: text(story) }] });
    expect(pages.length).toBeGreaterThan(2);
    const all = pages.map((page) => page.text.replaceAll('\n', '')).join('');
    for (const part of ['第0句', '第449句', '第899句']) expect(all).toContain(part);
  });
});

describe('long words and large amounts', () => {
  test('a name of 200 characters wraps inside its column and nothing is lost', async () => {
    const name = '加长型不锈钢内六角圆柱头螺栓组合件'.repeat(12).slice(0, 200);
    const data = commercialData('quotation', 'zh-CN', 3);
    const lines = [{ ...data.lines[0], name: text(name) }, ...data.lines.slice(1)];
    const [page] = await printed(quotation, { ...data, lines, customer: { ...data.customer, name: text(name) } });
    const shown = page?.words
      .filter((word) => word.text.length > 1 && name.includes(word.text))
      .map((word) => word.text)
      .join('');
    expect(shown).toBe(name + name);
    for (const word of page?.words ?? []) expect(word.right).toBeLessThan(pointsOf(210 - 15.9));
  });

  test('an amount of the largest size stands whole on one line inside the paper', async () => {
    const data = commercialData('quotation', 'zh-CN', 3);
    const huge = yuan(900_719_925_474_099);
    const [page] = await printed(quotation, { ...data, lines: [{ ...data.lines[0], grossAmount: huge }], totals: { grossAmount: huge } });
    const figures = page?.words.filter((word) => word.text.includes('9,007,199,254,740.99')) ?? [];
    expect(figures.length).toBe(2);
    for (const figure of figures) expect(figure.right).toBeLessThanOrEqual(pointsOf(210 - 16) + 0.1);
  });

  test('lines that need more width than the paper has are printed smaller, with every figure whole', async () => {
    const wide = {
      ...deliveryNoteContinuous,
      blocks: deliveryNoteContinuous.blocks.map((block) =>
        block.kind === 'table' ? { ...block, columns: [...block.columns, ...amounts(14)] } : block,
      ),
    };
    const data = commercialData('stockOut', 'zh-CN', 2);
    const lines = data.lines.map((line) => ({
      ...line,
      ...Object.fromEntries(amounts(14).map(({ field }, index) => [field, yuan(123_456_789 + index)])),
    }));
    const [page] = await printed(wide, { ...data, lines, lineFields: [...data.lineFields, ...amounts(14).map(({ field }) => field)] });
    for (let index = 0; index < 14; index += 1) expect(page?.text).toContain(formatExact(123_456_789 + index, 2, { group: true }));
  });

  test('a word without any place to break is broken where the column ends', async () => {
    const data = commercialData('stockOut', 'en', 1);
    const code = 'ABCDEFGHIJ'.repeat(20);
    const [page] = await printed(deliveryNoteA4, { ...data, lines: [{ ...data.lines[0], name: text(code) }] }, 'en');
    expect(page?.text.replaceAll('\n', '')).toContain(code);
  });
});

describe('what is said', () => {
  test.each([
    [0, '人民币零元整', 'ZERO YUAN ONLY'],
    [1, '壹分', 'FEN ONLY'],
    [1_000_500, '人民币壹万零伍元整', 'TEN THOUSAND'],
    [10_000_000_000, '人民币壹亿元整', 'ONE HUNDRED MILLION YUAN ONLY'],
  ])('%i fen is written out in Chinese and in English', async (fen, chinese, english) => {
    const data = { ...receiptData('zh-CN', 1), totals: { grossAmount: yuan(fen) } };
    expect((await printed(receiptVoucher, data))[0]?.text).toContain(chinese);
    expect((await printed(receiptVoucher, data, 'en'))[0]?.text).toContain(english);
  });

  test('a print in one language carries no words of another', async () => {
    for (const template of standardTemplates) {
      const data =
        { receipt: receiptData, customerStatement: statementData, item: itemData }[template.type] ??
        ((language: 'en', count: number) => commercialData(template.type, language, count));
      const english = await printed(template, data('en', 3), 'en');
      expect(
        english
          .map((page) => page.text)
          .join('')
          .match(/\p{Script=Han}+/u),
        template.name,
      ).toBeNull();
    }
    const [taiwan] = await printed(contract, commercialData('salesOrder', 'zh-TW', 3), 'zh-TW');
    expect(taiwan?.text).not.toMatch(/合同|账号|单价|电话|数量|规格/);
    expect(taiwan?.text).toContain('銷 售 合 約');
  });

  test('the language of the template goes before the language that was asked for', async () => {
    const [page] = await printed({ ...quotation, language: 'en' }, commercialData('quotation', 'en', 1), 'zh-CN');
    expect(page?.text).toContain('QUOTATION');
  });

  test('an unfilled place in a contract becomes a line to fill in by hand', async () => {
    const data = commercialData('salesOrder', 'zh-CN', 1);
    const { deliveryAddress: _left, ...fields } = data.fields;
    const [page] = await printed(contract, { ...data, fields });
    expect(page?.text).toContain('交货地点：________');
    expect(page?.text).toContain('浙江宏远机电设备有限公司');
    expect(page?.text).toContain('91330108MA2B0K1X3P');
  });

  test('a statement shows opening, movements and closing', async () => {
    const [page] = await printed(customerStatement, statementData('zh-CN', 4));
    for (const shown of ['期初余额', '¥12,500.00', '应收增加', 'CK20261108-0001', '期末余额', '人民币'])
      expect(page?.text).toContain(shown);
  });

  test('a reprint says so at its foot, and an unapproved document across every page', async () => {
    const data = { ...commercialData('stockOut', 'zh-CN', 20), watermark: '未审批' };
    const pages = await readPdf(await renderPdf(deliveryNoteContinuous, data, { language: 'zh-CN', mark: '第 2 次打印' }));
    for (const page of pages) {
      expect(page.text).toContain('第 2 次打印');
      expect(page.text).toContain('未审批');
    }
  });
});

describe('what may not be seen', () => {
  test('the delivery note shows no price even when the data carries prices', async () => {
    const data = commercialData('stockOut', 'zh-CN', 3);
    for (const template of [deliveryNoteA4, deliveryNoteContinuous]) {
      const shown = (await printed(template, data)).map((page) => page.text).join('\n');
      expect(shown).not.toMatch(/单价|金额|¥|18\.50|141\.95/);
    }
  });

  test('columns and totals of fields the reader may not see vanish from a priced template', async () => {
    const data = commercialData('quotation', 'zh-CN', 3);
    const hidden = new Set(['grossPrice', 'grossAmount', 'taxRate']);
    const lines = data.lines.map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => !hidden.has(name))));
    const lineFields = data.lineFields.filter((name) => !hidden.has(name));
    const [page] = await printed(quotation, { ...data, lines, lineFields, totals: {} });
    expect(page?.text).not.toMatch(/单价|金额|大写|税|¥/);
    expect(page?.text).toContain('数量');
  });

  test('markup, addresses and merge fields inside values are printed as the text they are', async () => {
    let visits = 0;
    const server = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/logo.png`;
    const data = commercialData('quotation', 'zh-CN', 1);
    const hostile = `<img src=${url} onerror=alert(1)> file:///etc/passwd {{people.maker}}`;
    const [page] = await printed(quotation, {
      ...data,
      fields: { ...data.fields, remark: text(hostile) },
      customer: { ...data.customer, name: text(hostile) },
    });
    await new Promise((resolve) => server.close(resolve));
    expect(page?.text.replaceAll('\n', '')).toContain('<img src=');
    expect(page?.text.replaceAll('\n', '')).toContain('{{people.maker}}');
    expect(visits).toBe(0);
  });

  test('a character that the face does not have shows as 〓, never as an empty box', async () => {
    const data = commercialData('quotation', 'zh-CN', 1);
    const [page] = await printed(quotation, { ...data, customer: { name: text('𠮷野\u202e家\u0007公司😀龘') } });
    expect(page?.text).toContain('〓野家公司〓龘');
  });
});

const amounts = (count: number) => Array.from({ length: count }, (_, index) => ({ field: `amount${index}`, label: 'A' }));

/** What stands in the first figure to the right of a label. */
function besides(page: Awaited<ReturnType<typeof readPdf>>[number] | undefined, label: string): string | undefined {
  const at = page?.words.find((word) => word.text === label);
  if (at === undefined) return undefined;
  const right = page?.words.filter((word) => word.left > at.right && Math.abs(word.bottom - at.bottom) < 2);
  return right?.toSorted((a, b) => a.left - b.left)[0]?.text;
}
