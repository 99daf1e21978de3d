import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import { readPdf } from '../printing/readPdf.ts';
import { stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { keysIn, piece, priced } from '../trade/shop.ts';
import { type Buying, openBuying } from './buying.ts';

const purchaseTypes = [
  'supplier',
  'supplierPrice',
  'inquiry',
  'supplierQuotation',
  'purchaseContract',
  'purchaseOrder',
  'stockIn',
  'purchaseReturn',
];
const prices = [
  'price',
  'grossPrice',
  'netAmount',
  'taxAmount',
  'grossAmount',
  'total',
  'netTotal',
  'baseTotal',
  'dueTotal',
  'openAmount',
  'costTotal',
];

describe.each(stores)('Who sees what of buying and selling, on $name', (kind) => {
  let shop: Buying;
  let doors: Doors;
  let sale: StoredRecord;
  let order: StoredRecord;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    shop = await openBuying(kind);
    const { office } = shop;
    sale = await shop.order();
    const made = await office.become('qian', 'purchaseOrder', [{ type: 'salesOrder', id: sale.id }], {
      values: { supplier: shop.supplier.id },
      part: 'lines',
      rows: { grossPrice: priced(4.52) },
    });
    order = await office.step('sun', made, 'approve');
    await shop.receive(order, 4 * piece);
    doors = await openDoors(office);
    for (const who of ['wang', 'zhou', 'qian', 'chen', 'sun']) tokens[who] = await doors.enter(who);
  });
  afterAll(async () => {
    await doors.close();
    await shop.office.close();
    await closePrinting();
  });

  const paper = async (who: string, path: string) => {
    const answer = await fetch(doors.url + path, { headers: { authorization: `Bearer ${tokens[who]}` } });
    expect([path, answer.status]).toEqual([path, 200]);
    return (await readPdf(new Uint8Array(await answer.arrayBuffer()))).map((page) => page.text).join('\n');
  };
  const ask = async (who: string, method: string, path: string, body?: unknown) => doors.call(method, path, { token: tokens[who], body });

  test.each(['wang', 'zhou'])('%s of sales comes to nothing of purchasing by any door', async (who) => {
    const session = await ask(who, 'GET', '/api/session');
    const told = JSON.stringify(session.body);
    for (const type of purchaseTypes) {
      expect([type, told.includes(`"type":"${type}"`)]).toEqual([type, false]);
      const answers = [
        await ask(who, 'POST', `/api/records/${type}/list`, {}),
        await ask(who, 'POST', `/api/pick/${type}`, { text: '宁波', limit: 10 }),
        await ask(who, 'GET', `/api/records/${type}/1`),
        await ask(who, 'POST', `/api/records/${type}/export`, { fields: ['id'] }),
        await ask(who, 'GET', `/api/print/${type}/1`),
        await ask(who, 'POST', `/api/records/${type}`, { values: {} }),
      ];
      // Refused, or an empty answer: never a name, a number or a row.
      for (const { status, body } of answers) {
        const rows = (body as { rows?: unknown[] }).rows ?? [];
        expect([type, status >= 400 || rows.length === 0, /宁波|PO20|IN20/.test(JSON.stringify(body))]).toEqual([type, true, false]);
      }
    }
    for (const path of [
      `/api/purchase/prices?items=${shop.pen.id}`,
      `/api/purchase/margin/${sale.id}`,
      '/api/purchase/plan',
      `/api/purchase/execution/purchaseOrder/${order.id}`,
      '/api/purchase/inquiries/1/comparison',
      '/api/payables',
    ]) {
      expect([path, (await ask(who, 'GET', path)).status]).toEqual([path, expect.toSatisfy((code: number) => code >= 403)]);
    }
  });

  test('the sale for which goods were bought tells the salesperson nothing of it', async () => {
    const read = await ask('wang', 'GET', `/api/records/salesOrder/${sale.id}`);
    expect(keysIn(read.body).has('purchased')).toBe(false);
    const doorsOfSale = [
      `/api/records/salesOrder/${sale.id}`,
      `/api/orders/${sale.id}/execution`,
      `/api/timeline/customer/${shop.customer.id}`,
    ];
    for (const path of doorsOfSale)
      expect([path, JSON.stringify((await ask('wang', 'GET', path)).body).includes('purchaseOrder":')]).toEqual([path, false]);
    const moves = await ask('wang', 'GET', `/api/stock/moves?item=${shop.pen.id}`);
    expect(JSON.stringify(moves.body)).not.toContain('IN20');
  });

  test('a buyer knows what was sold and how much is missing, not to whom nor for how much', async () => {
    const read = await ask('qian', 'GET', `/api/records/salesOrder/${sale.id}`);
    expect(read.status).toBe(200);
    const keys = keysIn(read.body);
    for (const secret of [...prices, 'customer', 'recipient', 'deliveryAddress', 'paymentState', 'received', 'discount', 'taxRate'])
      expect([secret, keys.has(secret)]).toEqual([secret, false]);
    expect(JSON.stringify(read.body)).not.toContain('宏远');
    const list = await ask('qian', 'POST', '/api/records/salesOrder/list', {});
    expect(list.status).toBe(200);
    expect(JSON.stringify(list.body)).not.toContain('宏远');
    expect(
      (await ask('qian', 'POST', '/api/records/salesOrder/list', { filter: { field: 'customer', is: 'equal', value: shop.customer.id } }))
        .status,
    ).toBe(400);
    const sources = await ask('qian', 'GET', '/api/records/purchaseOrder/sources');
    expect([sources.status, JSON.stringify(sources.body).includes('宏远')]).toEqual([200, false]);
    for (const type of ['customer', 'contact', 'quotation', 'frameContract', 'receipt', 'stockOut']) {
      expect([type, (await ask('qian', 'POST', `/api/records/${type}/list`, {})).status]).toEqual([type, 404]);
    }
    const known = await ask('qian', 'GET', `/api/prices?items=${shop.pen.id}`);
    for (const secret of ['list', 'level', 'floor', 'last']) expect([secret, keysIn(known.body).has(secret)]).toEqual([secret, false]);
    for (const path of [`/api/print/salesOrder/${sale.id}`, '/api/receivables', `/api/customers/${shop.customer.id}/balance`]) {
      expect([path, (await ask('qian', 'GET', path)).status]).toEqual([path, expect.toSatisfy((code: number) => code >= 403)]);
    }
  });

  test('the storekeeper sees quantities of an order and no price, on the screen and on paper', async () => {
    for (const path of [`/api/records/purchaseOrder/${order.id}`, `/api/purchase/execution/purchaseOrder/${order.id}`]) {
      const { status, body } = await ask('chen', 'GET', path);
      expect(status).toBe(200);
      const keys = keysIn(body);
      for (const secret of prices) expect([path, secret, keys.has(secret)]).toEqual([path, secret, false]);
    }
    const note = await paper('chen', '/api/print/stockIn/1');
    expect(note).toContain('宁波文具制造厂');
    expect(note).not.toMatch(/4\.52|4\.00|18\.08|16\.00/);
    expect((await ask('chen', 'GET', `/api/purchase/prices?items=${shop.pen.id}`)).status).toBe(403);
  });

  test('the papers of purchasing say what they should in three languages', async () => {
    const words = { 'zh-CN': ['采 购 合 同', '大写'], 'zh-TW': ['採 購 合 約', '大寫'], en: ['PURCHASE ORDER', 'Amount in words'] };
    for (const [language, expected] of Object.entries(words)) {
      const text = await paper('qian', `/api/print/purchaseOrder/${order.id}?language=${language}`);
      for (const word of ['宁波文具制造厂', '45.20', ...expected]) expect(text).toContain(word);
    }
  });
});
