import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readNumber, shapeOf, showNumber } from '../../app/renderer/documents/form/inputs/numberText.ts';
import { fieldText } from '../../app/renderer/ui/format.ts';
import { printDocument } from '../../server/features/printing/data/printDocument.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import { sessionAnswer } from '../../server/http/routes/sessionAnswer.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import type { Field } from '../../shared/kernel/fields.ts';
import { cellText } from '../../shared/printing/printFormat.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, type Shop } from './shop.ts';

describe.each(stores)('decimals of prices and quantities, on $name', (kind) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop(kind);
  });
  afterEach(() => expectProven(shop.office));
  afterAll(() => shop.office.close());

  const set = async (values: Record<string, Value>) => {
    const { version } = await shop.office.look('admin', readSettings);
    await shop.office.work('admin', (work) => changeSettings(work, version, values));
    return (await shop.office.look('admin', readSettings)).values;
  };
  const order = (line: Record<string, Value>) =>
    shop.office.create(
      'wang',
      'salesOrder',
      { customer: shop.customer.id },
      { lines: [{ item: shop.pen.id, unit: '支', quantity: 1_000_000, grossPrice: 11_300_000, taxRate: 130_000, ...line }] },
    );
  const printed = async (id: number) =>
    (await shop.office.work('wang', (work) => printDocument(work, work.company.catalogue.get('salesOrder'), id, { language: 'zh-CN' })))
      .data;
  const tooMany = (path: string, max: number) => ({
    code: 'record.invalid',
    fields: [{ path, code: 'field.tooManyDecimals', facts: { max } }],
  });

  test('every type with prices or quantities can be set, from none to six', async () => {
    const values = await set({ 'parameter.decimals.salesOrder.price': 2, 'parameter.decimals.salesOrder.quantity': 0 });
    expect(values).toMatchObject({
      'parameter.decimals.salesOrder.price': 2,
      'parameter.decimals.quotation.price': null,
      'parameter.decimals.item.price': null,
    });
    const refused = set({
      'parameter.decimals.salesOrder.price': 7,
      'parameter.decimals.customer.price': 2,
      'parameter.decimals.item.price': 1.5,
    });
    await expect(refused).rejects.toMatchObject({
      fields: [
        { path: 'parameter.decimals.salesOrder.price', code: 'field.tooLarge' },
        { path: 'parameter.decimals.customer.price', code: 'field.unknown' },
        { path: 'parameter.decimals.item.price', code: 'field.wrongKind' },
      ],
    });
  });

  test('more than that is refused at its field and never rounded; the price worked out from the other has what it needs', async () => {
    await expect(order({ grossPrice: 11_305_000 })).rejects.toMatchObject(tooMany('lines.0.grossPrice', 2));
    await expect(order({ quantity: 1_500_000 })).rejects.toMatchObject(tooMany('lines.0.quantity', 0));
    await expect(order({ price: 8_849_558, priceBasis: 'net' })).rejects.toMatchObject(tooMany('lines.0.price', 2));
    const made = await order({ grossPrice: 10_000_000 });
    expect(made.parts.lines?.[0]).toMatchObject({ grossPrice: 10_000_000, price: 8_849_558 });
    const [line] = made.parts.lines ?? [];
    const again = { id: line!.id, grossPrice: 10_000_000, price: 8_849_558, priceBasis: 'gross', quantity: 2_000_000 };
    expect((await shop.office.change('wang', made, { version: 1, parts: { lines: [again] } })).parts.lines?.[0]?.quantity).toBe(2_000_000);
    const quotation = await shop.office.create(
      'wang',
      'quotation',
      { customer: shop.customer.id },
      { lines: [{ item: shop.pen.id, quantity: 1_250_000, grossPrice: 11_305_000 }] },
    );
    expect(quotation.parts.lines?.[0]).toMatchObject({ quantity: 1_250_000, grossPrice: 11_305_000 });
  });

  test('what was stored before stays as it is until somebody types it anew', async () => {
    await set({ 'parameter.decimals.quotation.price': null });
    const made = await shop.office.create(
      'wang',
      'quotation',
      { customer: shop.customer.id },
      { lines: [{ item: shop.pen.id, quantity: 1_000_000, grossPrice: 11_305_000 }] },
    );
    await set({ 'parameter.decimals.quotation.price': 2 });
    const [line] = made.parts.lines ?? [];
    const kept = await shop.office.change('wang', made, {
      version: 1,
      parts: { lines: [{ id: line!.id, grossPrice: 11_305_000, quantity: 3_000_000 }] },
    });
    expect(kept.parts.lines?.[0]).toMatchObject({ quantity: 3_000_000, grossPrice: 11_305_000 });
    const changed = shop.office.change('wang', kept, { version: 2, parts: { lines: [{ id: line!.id, grossPrice: 11_306_000 }] } });
    await expect(changed).rejects.toMatchObject(tooMany('lines.0.grossPrice', 2));
  });

  test('screens and paper show as many', async () => {
    await set({ 'parameter.decimals.salesOrder.price': 3, 'parameter.decimals.salesOrder.quantity': 1 });
    const session = await sessionAnswer(shop.office.company, await shop.office.actor('wang'));
    const fields = session.definitions.find(({ type }) => type === 'salesOrder')?.parts.lines?.fields as Record<string, Field>;
    expect(fields).toMatchObject({ grossPrice: { decimals: 3 }, quantity: { decimals: 1 } });
    expect(fields.unitRatio).not.toHaveProperty('decimals');
    const said = { language: 'zh-CN', timeZone: 'Asia/Shanghai', digits: 2, choiceLabel: String, yes: '', no: '' } as const;
    expect(fieldText(fields.grossPrice!, 11_300_000, said)).toBe('11.300');
    expect(showNumber(11_300_000, shapeOf(fields.grossPrice!, 2))).toBe('11.300');
    expect(readNumber('11.305', fields.grossPrice!, 2)).toEqual({ value: 11_305_000 });
    expect(readNumber('11.3055', fields.grossPrice!, 2)).toEqual({ problem: 'tooManyDigits' });
    expect(readNumber('2.5', fields.quantity!, 2)).toEqual({ value: 2_500_000 });
    const made = await order({ grossPrice: 11_305_000, quantity: 2_500_000 });
    const paper = await printed(made.id);
    const texts = Object.values(paper.lines[0] ?? {}).map(cellText);
    expect(texts).toEqual(expect.arrayContaining(['2.5', '11.305']));
    const even = await order({ grossPrice: 11_000_000, quantity: 2_000_000 });
    const plain = await printed(even.id);
    expect(Object.values(plain.lines[0] ?? {}).map(cellText)).toEqual(expect.arrayContaining(['2.0', '11.000']));
  });
});
