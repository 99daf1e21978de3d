import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { numberGaps } from '../../server/features/gaps/numberGaps.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from '../trade/shop.ts';

describe.each(stores)('Invoices, on $name', (kind) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const ask = (order: StoredRecord, quantity: number, values: Record<string, string | number> = {}) =>
    shop.office.become('wang', 'salesInvoice', [{ type: 'salesOrder', id: order.id }], {
      values: { invoiceKind: 'general', ...values },
      part: 'lines',
      rows: { quantity },
    });
  const issue = async (order: StoredRecord, quantity: number, invoiceNumber: string, values: Record<string, string | number> = {}) =>
    shop.office.step('zhao', await ask(order, quantity, { invoiceNumber, ...values }), 'issue');
  const orderNow = (order: StoredRecord) => shop.office.read('wang', 'salesOrder', order.id);

  test('an order is invoiced in three parts that are the order to the cent, and it knows how much is left', async () => {
    // 33.33 off a hundred makes thirds that no cent divides.
    const order = await shop.order([{ item: shop.pen.id, quantity: 3 * piece, grossPrice: 33_340_000 }], { discountAmount: 2 });
    expect(order.values.total).toBe(10_000);
    const parts: StoredRecord[] = [];
    for (const number of ['00000001', '00000002', '00000003']) parts.push(await issue(order, piece, number));
    expect(parts.map((one) => one.values.total)).toEqual([3333, 3334, 3333]);
    const sum = (field: string) => parts.reduce((all, one) => all + Number(one.values[field]), 0);
    expect([sum('total'), sum('netTotal'), sum('taxTotal')]).toEqual([order.values.total, order.values.netTotal, order.values.taxTotal]);
    expect((await orderNow(order)).values).toMatchObject({ invoicedTotal: 10_000, invoiceState: 'all' });
    expect(await movesOf(shop.office, parts[0] as StoredRecord)).toBe('');
  });

  test('sales asks, finance issues, and the number flows back to the order', async () => {
    const order = await shop.order();
    const asked = await shop.office.step('wang', await ask(order, 4 * piece), 'submit');
    await expect(shop.office.step('wang', asked, 'issue')).rejects.toMatchObject({ code: 'access.denied' });
    await expect(shop.office.step('zhao', asked, 'issue')).rejects.toMatchObject({ code: 'invoice.numberMissing' });
    const back = await shop.office.step('zhao', asked, 'reject', '先补发票号码');
    const numbered = await shop.office.change('zhao', back, { values: { invoiceNumber: '25442000000012345678' } });
    const issued = await shop.office.step('zhao', numbered, 'issue');
    expect(issued.values).toMatchObject({ total: 4520, billingTitle: '浙江宏远贸易有限公司' });
    const { related, values, parts } = await orderNow(order);
    expect(values).toMatchObject({ invoicedTotal: 4520, invoiceState: 'part' });
    expect(parts.lines?.[0]).toMatchObject({ invoiced: 4 * piece });
    expect(related).toContainEqual({
      type: 'salesInvoice',
      id: issued.id,
      title: issued.values.number,
      state: 'issued',
      direction: 'after',
    });
  });

  test('no more is invoiced than was ordered, and an invoiced order is not taken back', async () => {
    const order = await shop.order();
    await issue(order, 8 * piece, 'A1');
    const tooMuch = await ask(order, 3 * piece, { invoiceNumber: 'A2' });
    await expect(shop.office.step('zhao', tooMuch, 'issue')).rejects.toMatchObject({
      code: 'flow.overQuantity',
      facts: { open: 2 * piece, wanted: 3 * piece },
    });
    const now = (await orderNow(order)) as unknown as StoredRecord;
    await expect(shop.office.step('wang', now, 'takeBack', '客户改单')).rejects.toMatchObject({ code: 'document.hasFollowers' });
  });

  test('a number is used once for good: a void invoice keeps it', async () => {
    const order = await shop.order();
    const wrong = await issue(order, 5 * piece, '00012345');
    const gone = await shop.office.step('zhao', wrong, 'void', '抬头开错');
    expect(gone).toMatchObject({ state: 'void', values: { invoiceNumber: '00012345' } });
    expect((await orderNow(order)).values).toMatchObject({ invoicedTotal: 0, invoiceState: 'none' });
    await expect(ask(order, 5 * piece, { invoiceNumber: '00012345' })).rejects.toMatchObject({ code: 'record.duplicate' });
    await issue(order, 5 * piece, '00012345', { invoiceCode: '4400194130' });
  });

  test('the gap check goes through the invoice book, and says what became of void and red numbers', async () => {
    const order = await shop.order();
    const paper = { invoiceKind: 'general', invoiceCode: '4400194130' };
    for (const number of ['00000011', '00000012', '00000015', '00009000']) await issue(order, piece, number, paper);
    await shop.office.step('zhao', await issue(order, piece, '00000013', paper), 'void', '打错');
    await issue(order, piece, '26312000000000000101', { invoiceKind: 'electronicGeneral' });
    await issue(order, piece, '26312000000000000109', { invoiceKind: 'electronicGeneral' });
    const gaps = (span: { from?: string; to?: string }) =>
      shop.office.look('zhao', (work) => numberGaps(work, work.company.catalogue.get('salesInvoice'), { series: 'issued', ...span }));
    const { rows } = await gaps({});
    expect(rows.map(({ period, last, missing, void: gone }) => [period, last, missing, gone.map(({ number }) => number)])).toEqual([
      ['general|4400194130 #', 9000, ['00000014'], ['00000013']],
    ]);
    const today = await shop.office.look('zhao', async (work) => work.today);
    expect((await gaps({ from: today, to: today })).rows).toEqual(rows);
    expect((await gaps({ from: '2020-01-01', to: '2020-12-31' })).rows).toEqual([]);
  });

  test('the tax follows the paper by a few cents and the gross amount stays', async () => {
    const order = await shop.order();
    const off = await ask(order, 10 * piece, { invoiceNumber: 'T1', taxAdjustment: -2 });
    expect(off.values).toMatchObject({ total: 11_300, taxTotal: 1298, netTotal: 10_002 });
    await shop.office.step('zhao', off, 'issue');
    const other = await ask(await shop.order(), 10 * piece, { invoiceNumber: 'T2', taxAdjustment: 6 });
    await expect(shop.office.step('zhao', other, 'issue')).rejects.toMatchObject({
      code: 'invoice.taxAdjustedTooFar',
      facts: { limit: 5, adjusted: 6 },
    });
    const { version } = await shop.office.look('admin', readSettings);
    await shop.office.work('admin', (work) => changeSettings(work, version, { 'parameter.taxAdjustmentMax': 10 }));
    await shop.office.step('zhao', other, 'issue');
  });

  test('an invoice that may be deducted names the buyer’s tax number', async () => {
    const order = await shop.order();
    const values = { invoiceKind: 'electronicSpecial', invoiceNumber: 'S1' };
    const nameless = await ask(order, piece, values);
    await expect(shop.office.step('zhao', nameless, 'issue')).rejects.toMatchObject({
      code: 'invoice.taxNumberMissing',
      fields: [{ path: 'billingTaxNumber' }],
    });
  });

  describe('red-letter', () => {
    const redOf = (invoice: StoredRecord, quantity: number, values: Record<string, string | number> = {}) =>
      shop.office.become('zhao', 'redInvoice', [{ type: 'salesInvoice', id: invoice.id }], {
        values: { confirmationState: 'confirmed', confirmationNumber: 'QR-1', ...values },
        part: 'lines',
        rows: { quantity },
      });

    test('a part is taken back, the order can be invoiced again, and both papers know each other', async () => {
      const order = await shop.order();
      const blue = await issue(order, 10 * piece, 'B1');
      const red = await shop.office.step('zhao', await redOf(blue, 4 * piece, { invoiceNumber: 'R1' }), 'issue');
      expect(red.values).toMatchObject({ total: 4520, netTotal: 4000, taxTotal: 520, blueNumber: 'B1', invoiceKind: 'general' });
      expect((await orderNow(order)).values).toMatchObject({ invoicedTotal: 6780, invoiceState: 'part' });
      const chain = await shop.office.read('wang', 'redInvoice', red.id);
      expect(chain.related).toContainEqual(expect.objectContaining({ type: 'salesInvoice', id: blue.id, direction: 'before' }));
      expect((await shop.office.read('wang', 'salesInvoice', blue.id)).related).toContainEqual(
        expect.objectContaining({ type: 'redInvoice', id: red.id, direction: 'after' }),
      );
      const again = await issue(order, 4 * piece, 'B2');
      expect(again.values.total).toBe(4520);
      expect((await orderNow(order)).values).toMatchObject({ invoicedTotal: 11_300, invoiceState: 'all' });
    });

    test('red ones together never exceed the blue one, which then cannot be undone', async () => {
      const order = await shop.order();
      const blue = await issue(order, 6 * piece, 'B1');
      await shop.office.step('zhao', await redOf(blue, 5 * piece, { invoiceNumber: 'R1' }), 'issue');
      const more = await redOf(blue, 2 * piece, { invoiceNumber: 'R2' });
      await expect(shop.office.step('zhao', more, 'issue')).rejects.toMatchObject({ code: 'flow.overQuantity' });
      const now = (await shop.office.read('zhao', 'salesInvoice', blue.id)) as unknown as StoredRecord;
      await expect(shop.office.step('zhao', now, 'void', '作废')).rejects.toMatchObject({ code: 'document.hasFollowers' });
    });

    test('it waits for its confirmation and does not come from nowhere', async () => {
      const blue = await issue(await shop.order(), 6 * piece, 'B1');
      const open = await redOf(blue, piece, { confirmationState: 'applied', invoiceNumber: 'R1' });
      await expect(shop.office.step('zhao', open, 'issue')).rejects.toMatchObject({ code: 'invoice.redNotConfirmed' });
      const bare = await redOf(blue, piece, { confirmationState: 'confirmed', confirmationNumber: '', invoiceNumber: 'R2' });
      await expect(shop.office.step('zhao', bare, 'issue')).rejects.toMatchObject({ code: 'invoice.confirmationMissing' });
      const alone = await shop.office.create(
        'zhao',
        'redInvoice',
        { customer: shop.customer.id, confirmationState: 'notNeeded', invoiceNumber: 'R3' },
        { lines: [{ item: shop.pen.id, quantity: piece, grossPrice: priced(1) }] },
      );
      await expect(shop.office.step('zhao', alone, 'issue')).rejects.toMatchObject({ code: 'invoice.redWithoutBlue' });
    });

    test('nobody makes one from the order itself', async () => {
      const order = await shop.order();
      await issue(order, piece, 'B1');
      const wish = shop.office.become('zhao', 'redInvoice', [{ type: 'salesOrder', id: order.id }]);
      await expect(wish).rejects.toMatchObject({ code: 'flow.otherWay' });
    });
  });

  test('who may not see sales prices sees no amounts of an invoice', async () => {
    const invoice = await issue(await shop.order(), piece, 'P1');
    await expect(shop.office.read('chen', 'salesInvoice', invoice.id)).rejects.toMatchObject({ code: 'record.notFound' });
    expect((await shop.office.read('zhou', 'salesInvoice', invoice.id)).values.total).toBe(1130);
    await expect(shop.office.read('li', 'salesInvoice', invoice.id)).rejects.toMatchObject({ code: 'record.notFound' });
  });
});
