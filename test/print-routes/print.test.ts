import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { printNamesOf } from '../../server/features/printing/data/templateChecks.ts';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import { fileRoutes } from '../../server/http/routes/files.ts';
import { printRoutes } from '../../server/http/routes/print.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { Problem } from '../../shared/contracts/wire.ts';
import { checkTemplate } from '../../shared/printing/checkTemplate.ts';
import { contract } from '../../shared/printing/standard/contract.ts';
import { quotation as standardQuotation } from '../../shared/printing/standard/quotation.ts';
import { standardTemplates, standardTemplatesFor } from '../../shared/printing/standardTemplates.ts';
import { png } from '../files/samples.ts';
import { readPdf } from '../printing/readPdf.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Door, openDoor } from './door.ts';
import { makeSale, type Sale } from './sale.ts';

describe.each(stores)('Documents on paper, on $name', (kind) => {
  let office: Office;
  let door: Door;
  let sale: Sale;

  beforeAll(async () => {
    office = await openOffice(kind);
    door = await openDoor(office, [...printRoutes, ...fileRoutes]);
    sale = await makeSale(office);
  });

  afterAll(async () => {
    await door?.close();
    await office?.close();
    await closePrinting();
  });

  const paper = async (who: string, path: string): Promise<string> => {
    const answer = await door.ask(who, 'GET', `/api/print/${path}`);
    expect(answer.status, answer.ok ? '' : await answer.clone().text()).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const pages = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    return pages
      .map((page) => page.text)
      .join('\n')
      .replaceAll('\n', ' ');
  };

  test('a quotation carries letterhead, customer, lines, sums, terms and who quoted and approved it', async () => {
    const text = await paper('wang', `quotation/${sale.quotation.id}`);
    for (const words of [
      '上海远航商贸有限公司',
      '浙江宏远机电设备有限公司',
      '王建国',
      '13805712233',
      '深沟球轴承（进口）',
      '三相异步电动机',
      '6204-2RS',
      'P000001',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain('¥26,835.00');
    expect(text).toContain('人民币贰万陆仟捌佰叁拾伍元整');
    expect(text).toContain('月结 30 天');
    expect(text).toContain('wang');
    expect(text).toContain('zhou');
    expect(text).not.toContain('未审核');
  });

  test('the order prints as the contract, in the language that is asked for', async () => {
    const chinese = await paper('wang', `salesOrder/${sale.order.id}?language=zh-CN`);
    expect(chinese).toContain('销 售 合 同');
    expect(chinese).toContain('PO-88231');
    expect(chinese).toContain('1219 0876 5410 101');
    const english = await paper('wang', `salesOrder/${sale.order.id}?language=en`);
    expect(english).toContain('SALES CONTRACT');
    expect(english).toContain('30 days from end of month');
  });

  test('without a language asked for the paper speaks the language of the customer', async () => {
    const customer = await office.read('wang', 'customer', Number(sale.order.values.customer));
    const changed = await office.change('wang', customer, { values: { language: 'zh-TW' } });
    expect(await paper('wang', `salesOrder/${sale.order.id}`)).toContain('銷 售 合 約');
    await office.change('wang', changed, { values: { language: null } });
  });

  test('the clerk who may see no prices prints a delivery note without prices and telephone numbers', async () => {
    const note = await paper('chen', `stockOut/${sale.note.id}`);
    expect(note).toContain('送 货 单');
    expect(note).toContain(String(sale.order.values.number));
    expect(note).toContain('宁波市鄞州区百丈东路 199 号 2 号库');
    for (const secret of ['18.50', '185.00', '26,835.00', '13805712233']) expect(note).not.toContain(secret);
  });

  test('the contract itself loses its price columns and sums for somebody who may print it but see no prices', async () => {
    const seller = await office.read('admin', 'position', await office.id('positions', { code: 'salesperson' }));
    const withoutPrices = seller.parts.specialRights?.filter((row) => row.right !== 'see.salesPrice') ?? [];
    const changed = await office.change('admin', seller, {
      parts: { specialRights: withoutPrices.map(({ id, right }) => ({ id, right: String(right) })) },
    });
    const text = await paper('wang', `salesOrder/${sale.order.id}`);
    await office.change('admin', changed, {
      parts: { specialRights: [...withoutPrices.map(({ id }) => ({ id })), { right: 'see.salesPrice' }] },
    });
    expect(text).toContain('深沟球轴承（进口）');
    for (const secret of ['含税单价', '合计金额', '价税合计', '18.50', '26,835.00', '人民币', '13%']) expect(text).not.toContain(secret);
  });

  test('a receipt spells the whole amount and says what it pays', async () => {
    const text = await paper('zhao', `receipt/${sale.receipt.id}`);
    expect(text).toContain('人民币伍万元整');
    expect(text).toContain(String(sale.order.values.number));
    expect(text).toContain('首期货款');
    expect(text).toContain('¥23,165.00');
  });

  test('a document that nobody has approved carries a watermark, and one that is void says so', async () => {
    const input = { customer: Number(sale.order.values.customer) };
    const lines = [{ item: Number(sale.order.parts.lines?.[0]?.item), quantity: 1_000_000, grossPrice: 20_000_000, taxRate: 130_000 }];
    const draft = await office.create('wang', 'salesOrder', input, { lines });
    expect(await paper('wang', `salesOrder/${draft.id}`)).toContain('未审核');
    await office.step('zhou', draft, 'void', '客户取消');
    expect(await paper('wang', `salesOrder/${draft.id}`)).toContain('作废');
  });

  test('several documents are one PDF: each on its own sheet, only the draft with a watermark, and every one counted', async () => {
    const lines = [{ item: Number(sale.order.parts.lines?.[0]?.item), quantity: 1_000_000, grossPrice: 20_000_000, taxRate: 130_000 }];
    const draft = await office.create('wang', 'salesOrder', { customer: Number(sale.order.values.customer) }, { lines });
    const stack = (ids: number[]) => door.ask('wang', 'POST', '/api/print/salesOrder/batch', { ids });
    const answer = await stack([sale.order.id, draft.id]);
    expect(answer.status, answer.ok ? '' : await answer.clone().text()).toBe(200);
    const pages = (await readPdf(new Uint8Array(await answer.arrayBuffer()))).map(({ text }) => text.replaceAll('\n', ' '));
    const of = (number: unknown) => pages.filter((text) => text.includes(String(number)));
    expect(of(sale.order.values.number).length + of(draft.values.number).length).toBe(pages.length);
    expect(of(draft.values.number).every((text) => text.includes('未审核'))).toBe(true);
    expect(of(sale.order.values.number).some((text) => text.includes('未审核'))).toBe(false);
    const counted = await office.company.store.read((tx) =>
      tx('audit').where({ action: 'print', type: 'salesOrder', record_id: draft.id }),
    );
    expect(counted).toHaveLength(1);
    expect((await stack(Array.from({ length: 51 }, (_, at) => at + 1))).status).toBe(400);
    expect((await stack([draft.id, 999_999])).status).toBe(404);
  });

  test('the second print says that it is one, trying another language at the same sitting is none, and every one is audited', async () => {
    const lines = [{ item: Number(sale.order.parts.lines?.[0]?.item), quantity: 1_000_000, grossPrice: 20_000_000, taxRate: 130_000 }];
    const order = await office.create('wang', 'salesOrder', { customer: Number(sale.order.values.customer) }, { lines });
    const printed = (query = '') => paper('wang', `salesOrder/${order.id}${query}`);
    const real = clock.now;
    const start = real();
    const passMinutes = (minutes: number) => {
      clock.now = () => start + minutes * 60_000;
    };
    try {
      passMinutes(0);
      expect(await printed()).not.toMatch(/第 \d 次打印/);
      passMinutes(1);
      expect(await printed('?language=en')).not.toContain('Print no.');
      passMinutes(60);
      expect(await printed()).toContain('第 2 次打印');
      passMinutes(61);
      expect(await paper('zhou', `salesOrder/${order.id}`)).toContain('第 3 次打印');
    } finally {
      clock.now = real;
    }
    const deeds = (await office.company.store.read((tx) =>
      tx('audit').where({ type: 'salesOrder', record_id: order.id, action: 'print' }).orderBy('seq').select('changes'),
    )) as { changes: string }[];
    expect(deeds.map(({ changes }) => JSON.parse(changes))).toEqual(
      ['zh-CN', 'en', 'zh-CN', 'zh-CN'].map((language) => ({ template: 'contract', language })),
    );
  });

  test('somebody else’s order cannot be printed, and neither can an unknown template', async () => {
    expect((await door.json<Problem>('li', 'GET', `/api/print/salesOrder/${sale.order.id}`)).body.code).toBe('record.notFound');
    expect((await door.json<Problem>('chen', 'GET', `/api/print/salesOrder/${sale.order.id}`)).body.code).toBe('access.denied');
    const none = await door.json<Problem>('wang', 'GET', `/api/print/salesOrder/${sale.order.id}?template=deliveryNote`);
    expect(none).toMatchObject({ status: 404, body: { code: 'print.noTemplate' } });
  });

  test('a company copies a standard template, changes it, makes it the main one, and it is what prints', async () => {
    const layout = {
      ...standardQuotation,
      blocks: [...standardQuotation.blocks, { kind: 'text', text: '本公司自己的话：{{customer.name}}' }],
    };
    const own = await office.create('admin', 'printTemplate', {
      name: '我们的报价单',
      documentType: 'quotation',
      main: true,
      layout: JSON.stringify(layout),
    });
    const { body } = await door.json<{ rows: { id?: number; name?: string; title: string; main: boolean }[] }>(
      'wang',
      'GET',
      '/api/print/quotation/templates',
    );
    expect(body.rows.map(({ id, name, title, main }) => [id ?? name, title, main])).toEqual([
      [own.id, '我们的报价单', true],
      ['quotation', '标准报价单', false],
    ]);
    expect(await paper('wang', `quotation/${sale.quotation.id}`)).toContain('本公司自己的话：浙江宏远机电设备有限公司');
    expect(await paper('wang', `quotation/${sale.quotation.id}?template=quotation`)).not.toContain('本公司自己的话');
    await office.change('admin', own, { values: { stopped: true } });
    expect(await paper('wang', `quotation/${sale.quotation.id}`)).not.toContain('本公司自己的话');
  });

  test('a layout with an unknown name, a layout that is none and a type that does not print are refused when they are stored', async () => {
    const store = (documentType: string, layout: string) => office.create('admin', 'printTemplate', { name: '坏', documentType, layout });
    const wrong = { ...standardQuotation, blocks: [{ kind: 'text', text: '{{customer.secret}}' }] };
    await expect(store('quotation', JSON.stringify(wrong))).rejects.toMatchObject({
      code: 'print.templateInvalid',
      fields: [{ path: 'layout.blocks.0.text', code: 'print.unknownMergeField' }],
    });
    await expect(store('quotation', 'eval(1)')).rejects.toMatchObject({ code: 'print.templateInvalid', fields: [{ path: 'layout' }] });
    await expect(store('salesOrder', JSON.stringify({ ...contract, type: 'quotation' }))).rejects.toMatchObject({
      fields: [{ path: 'layout.type' }],
    });
    await expect(store('openingStock', '{}')).rejects.toMatchObject({ fields: [{ path: 'documentType', code: 'field.notAChoice' }] });
  });

  test('a layout is tried with made-up data or a real document, always marked as a sample, and only by who may change templates', async () => {
    const tried = async (body: object) => {
      const answer = await door.ask('admin', 'POST', '/api/print/preview', {
        layout: standardQuotation,
        documentType: 'quotation',
        ...body,
      });
      const [page] = await readPdf(new Uint8Array(await answer.arrayBuffer()));
      return (page?.text ?? '').replaceAll('\n', ' ');
    };
    const made = await tried({});
    expect(made).toContain('样张');
    expect(made).toContain('AB20260101-0001');
    const real = await tried({ id: sale.quotation.id });
    expect(real).toContain('样张');
    expect(real).toContain('浙江宏远机电设备有限公司');
    const refused = await door.json<Problem>('admin', 'POST', '/api/print/preview', { layout: { blocks: 1 }, documentType: 'quotation' });
    expect(refused.body.code).toBe('print.templateInvalid');
    expect((await door.json<Problem>('wang', 'POST', '/api/print/preview', { layout: {}, documentType: 'quotation' })).body.code).toBe(
      'access.denied',
    );
  });

  test('the names a template may use are listed with their labels in the language of the reader', async () => {
    const { body } = await door.json<{ merge: { name: string; label: string }[]; lines: { name: string; label: string }[] }>(
      'admin',
      'GET',
      '/api/print/salesOrder/fields?language=zh-TW',
    );
    expect(body.merge).toContainEqual({ name: 'total.grossAmount', label: '含稅總計', kind: 'money' });
    expect(body.merge).toContainEqual({ name: 'customer.contactPhone', label: '聯絡電話', kind: 'text' });
    expect(body.lines.map(({ name }) => name)).toEqual(expect.arrayContaining(['position', 'itemCode', 'name', 'spec', 'grossPrice']));
  });

  test('the logo of the company stands on the paper, and one that is lost stops no print', async () => {
    const upload = await door.ask('admin', 'POST', '/api/files', png(40, 20), { 'x-file-name': 'logo.png' });
    const { id } = (await upload.json()) as { id: number };
    const bytesOf = async () =>
      (await (await door.ask('wang', 'GET', `/api/print/quotation/${sale.quotation.id}`)).arrayBuffer()).byteLength;
    const without = await bytesOf();
    await office.work('admin', (work) => storeSettings(work, { 'company.logo': id }));
    expect(await bytesOf()).not.toBe(without);
    await office.work('admin', (work) => storeSettings(work, { 'company.logo': 999_999 }));
    expect(await paper('wang', `quotation/${sale.quotation.id}`)).toContain('上海远航商贸有限公司');
  });
});

describe('The templates a definition names', () => {
  test.each(catalogue.definitions.filter(({ print }) => print).map((definition) => [definition.type, definition] as const))(
    'stand ready for %s, and those made for it use only names it has',
    (_type, definition) => {
      expect(standardTemplates.map(({ name }) => name)).toEqual(expect.arrayContaining([...(definition.print?.templates ?? [])]));
      const names = printNamesOf(definition, catalogue);
      for (const template of standardTemplatesFor(definition.type)) expect(checkTemplate(template, names)).toEqual([]);
    },
  );
});
