import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { printItemLabels } from '../../server/features/printing/data/printItemLabels.ts';
import { loadTypefaces } from '../../server/features/printing/fonts.ts';
import { labelPapers } from '../../server/features/printing/labels.ts';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import { printRoutes } from '../../server/http/routes/print.ts';
import type { Problem } from '../../shared/contracts/wire.ts';
import { barsOf } from '../../shared/printing/barcode.ts';
import { type ReadPage, readPdf } from '../printing/readPdf.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, priced, type Shop } from '../trade/shop.ts';
import { type Door, openDoor } from './door.ts';

const mm = (points: number): number => Math.round((points * 25.4) / 72);

describe.each(stores)('Labels for goods, on $name', (kind) => {
  let shop: Shop;
  let door: Door;

  beforeEach(async () => {
    shop = await openShop(kind);
    door = await openDoor(shop.office, printRoutes);
    const pen = await shop.office.change('admin', shop.pen, { values: { barcode: '6901234567892' } });
    shop = { ...shop, pen };
  });
  afterEach(async () => {
    await door.close();
    await expectProven(shop.office);
    await shop.office.close();
  });
  afterAll(closePrinting);

  const ask = (who: string, body: object) => door.ask(who, 'POST', '/api/print/item/labels', { language: 'zh-CN', ...body });
  const printed = async (who: string, body: object): Promise<ReadPage[]> => {
    const answer = await ask(who, body);
    expect(answer.status, answer.ok ? '' : await answer.clone().text()).toBe(200);
    return readPdf(new Uint8Array(await answer.arrayBuffer()));
  };
  const refused = async (who: string, body: object): Promise<string> => ((await (await ask(who, body)).json()) as Problem).code;

  test('each label is a page of its own size, as often as it is wanted', async () => {
    for (const [template, width, height] of [
      ['label40x30', 40, 30],
      ['label50x30', 50, 30],
      ['label60x40', 60, 40],
    ] as const) {
      const pages = await printed('chen', { ids: [shop.pen.id, shop.book.id], each: 2, template });
      expect(pages.map((page) => [mm(page.width), mm(page.height)])).toEqual(Array(4).fill([width, height]));
      const texts = pages.map(({ text }) => text.replaceAll('\n', ' '));
      expect(texts[0]).toBe(texts[1]);
      for (const words of ['钢笔', '黑', '6901234567892', String(shop.pen.values.code)]) expect(texts[0]).toContain(words);
      expect(texts[2]).toContain(String(shop.book.values.code));
    }
  });

  test('an A4 sheet holds twenty-four, the next one begins a new sheet', async () => {
    const pages = await printed('chen', { ids: [shop.pen.id], each: 25, template: 'labelA4' });
    expect(pages.map((page) => [mm(page.width), mm(page.height)])).toEqual([
      [210, 297],
      [210, 297],
    ]);
    expect(pages.map((page) => page.words.filter(({ text }) => text.includes('6901234567892')).length)).toEqual([24, 1]);
    const names = pages[0]?.words.filter(({ text }) => text === '钢笔') ?? [];
    expect(new Set(names.map(({ left }) => Math.round(left))).size).toBe(3);
    expect(new Set(names.map(({ top }) => Math.round(top))).size).toBe(8);
  });

  test('as many as are in stock, and none of what is not there', async () => {
    const cap = await shop.office.create('admin', 'item', { name: '笔帽', unit: '只', grossPrice: priced(1) });
    expect(await printed('chen', { ids: [shop.book.id, cap.id], each: 'stock' })).toHaveLength(40);
    expect(await refused('chen', { ids: [cap.id], each: 'stock' })).toBe('print.noLabels');
    expect(await refused('chen', { ids: [shop.pen.id, shop.book.id], each: 1500 })).toBe('print.tooManyLabels');
  });

  test('the price stands there only when it is wanted and may be seen', async () => {
    const priceOn = async (who: string, withPrice: boolean) =>
      (await printed(who, { ids: [shop.pen.id], each: 1, withPrice }))[0]?.text.includes('12.00');
    expect(await priceOn('wang', true)).toBe(true);
    expect(await priceOn('wang', false)).toBe(false);
    expect(await priceOn('chen', true)).toBe(false);
  });

  test('the bars on paper are those of the number, wide enough to be read', async () => {
    const prints = await shop.office.work('chen', (work) =>
      printItemLabels(work, shop.office.company.catalogue.get('item'), { ids: [shop.pen.id], each: 1, template: 'label40x30' }),
    );
    const [paper] = labelPapers(prints, loadTypefaces());
    const fills = (paper?.pages[0] ?? []).flatMap((mark) => (mark.kind === 'fill' ? [mark] : []));
    const module = Math.min(...fills.map(({ width }) => width));
    const bars = fills.map(({ width }) => Math.round(width / module));
    expect(bars).toEqual(barsOf('6901234567892')?.widths.filter((_, index) => index % 2 === 0));
    expect((module * 25.4) / 72).toBeGreaterThan(0.25);
  });

  test('a long name makes the print smaller, never a second label', async () => {
    const name = '带过载保护的三相异步电动机（进口轴承，防护等级IP55，绝缘等级F）';
    const motor = await shop.office.create('admin', 'item', {
      name,
      spec: 'YE4-132S-4 5.5kW B3 380V 50Hz 1450r/min',
      unit: '台',
      grossPrice: priced(1),
    });
    const pages = await printed('chen', { ids: [motor.id], each: 1, template: 'label40x30' });
    expect(pages).toHaveLength(1);
    const text = pages[0]?.text.replaceAll('\n', '') ?? '';
    for (const words of [name, 'YE4-132S-4', String(motor.values.code)]) expect(text).toContain(words);
  });

  test('every print of labels leaves a line in the audit trail', async () => {
    await printed('chen', { ids: [shop.pen.id], each: 3 });
    const rows = (await shop.office.company.store.read((tx) =>
      tx('audit').where({ action: 'print', type: 'item', record_id: shop.pen.id }).select('changes'),
    )) as { changes: string }[];
    expect(rows.map(({ changes }) => JSON.parse(changes).copies)).toEqual([3]);
  });
});
