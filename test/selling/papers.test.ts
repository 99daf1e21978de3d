import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import { printRoutes } from '../../server/http/routes/print.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { type Door, openDoor } from '../print-routes/door.ts';
import { readPdf } from '../printing/readPdf.ts';
import { type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from '../trade/shop.ts';

describe.each(stores)('papers that go with goods, on $name', (kind) => {
  let shop: Shop;
  let office: Office;
  let door: Door;
  let today: string;

  beforeAll(async () => {
    shop = await openShop(kind);
    office = shop.office;
    door = await openDoor(office, [...printRoutes]);
    today = await office.look('admin', async (work) => work.today);
  });
  afterAll(async () => {
    await door.close();
    await office.close();
    await closePrinting();
  });

  const paper = async (who: string, path: string): Promise<string> => {
    const answer = await door.ask(who, 'GET', `/api/print/${path}`);
    expect(answer.status, answer.ok ? '' : await answer.clone().text()).toBe(200);
    const pages = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    return pages
      .map((page) => page.text)
      .join('\n')
      .replaceAll('\n', ' ');
  };

  test('a delivery note prints with prices or without, by template, by who prints and by what the customer wants', async () => {
    const note = await shop.ship(await shop.order());
    const plain = await paper('wang', `stockOut/${note.id}?template=deliveryNoteA4`);
    expect(plain).toContain('送 货 单');
    expect(plain).not.toContain('113.00');
    expect(await paper('wang', `stockOut/${note.id}?template=deliveryNotePriced`)).toContain('113.00');
    expect(await paper('chen', `stockOut/${note.id}?template=deliveryNotePriced`)).not.toContain('113.00');
    const customer = { ...(await office.read('wang', 'customer', shop.customer.id)), type: 'customer' };
    await office.change('wang', customer, { values: { plainDelivery: true } });
    const stripped = await paper('sun', `stockOut/${note.id}?template=deliveryNotePriced`);
    expect(stripped).not.toContain('113.00');
    expect(stripped).not.toContain('11.30');
    expect(await paper('wang', `salesOrder/${note.parts.lines?.[0]?.order}`)).toContain('113.00');
  });

  test('returns, notices, loans, samples and packing lists print with what they are about', async () => {
    const note = await shop.ship(await shop.order());
    const returnReason = await office.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
    const back = await office.become('chen', 'salesReturn', [{ type: 'stockOut', id: note.id }], { values: { returnReason } });
    const returned = await office.step('chen', back, 'post');
    expect(await paper('sun', `salesReturn/${returned.id}`)).toMatch(/销 售 退 货 单.*质量问题.*113\.00/);
    expect(await paper('chen', `salesReturn/${returned.id}`)).not.toContain('113.00');
    const rows = { boxNumber: 'A-7', grossWeight: 12 * piece, marks: 'HY NINGBO' };
    const second = await shop.ship(await shop.order());
    const packed = await office.become('chen', 'packingList', [{ type: 'stockOut', id: second.id }], { part: 'lines', rows });
    expect(await paper('chen', `packingList/${packed.id}`)).toMatch(/装 箱 单.*A-7.*HY NINGBO/);
    const goods = { lines: [{ item: shop.pen.id, name: '钢笔', quantity: 2 * piece, unit: '支', grossPrice: priced(11.3) }] };
    const lines = { lines: goods.lines.map(({ grossPrice: _price, ...line }) => line) };
    const loan = await office.create('wang', 'loan', { customer: shop.customer.id, dueOn: addDays(today, 9) }, lines);
    expect(await paper('chen', `loan/${loan.id}`)).toContain('借 出 单');
    const sample = await office.create('wang', 'sampleNote', { customer: shop.customer.id, charge: 'charged' }, goods);
    expect(await paper('wang', `sampleNote/${sample.id}`)).toMatch(/样 品 单.*收费.*22\.60/);
    const type = await office.create('admin', 'orderType', { name: '先单后货', outboundBy: 'notice' });
    const order = await shop.order(undefined, { orderType: type.id });
    const notice = await office.become('wang', 'deliveryNotice', [{ type: 'salesOrder', id: order.id }]);
    expect(await paper('wang', `deliveryNotice/${notice.id}`)).toContain('发 货 通 知 单');
  });
});
