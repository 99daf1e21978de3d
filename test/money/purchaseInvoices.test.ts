import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { type Buying, openBuying } from '../purchase/buying.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { piece, yuan } from '../trade/shop.ts';

describe.each(stores)('Suppliers’ invoices, on $name', (kind) => {
  let shop: Buying;
  beforeEach(async () => {
    shop = await openBuying(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const register = async (goods: StoredRecord, quantity: number, values: Record<string, string | number | null>) =>
    shop.office.become('zhao', 'purchaseInvoice', [{ type: 'stockIn', id: goods.id }], {
      values: { invoiceKind: 'special', ...values },
      part: 'lines',
      rows: { quantity },
    });
  const goodsNow = async (goods: StoredRecord) => (await shop.office.read('zhao', 'stockIn', goods.id)).values;

  test('goods that came in wait for their invoices, which come in parts and say what is deducted when', async () => {
    const goods = await shop.receive(await shop.buy());
    expect(await goodsNow(goods)).toMatchObject({ invoiceState: 'none', invoicedTotal: 0 });
    const first = await register(goods, 40 * piece, { invoiceNumber: '00000001', invoiceTotal: 180_80, invoiceTax: 20_80 });
    expect(first.values).toMatchObject({ total: 180_80, taxTotal: 20_80, difference: 0 });
    const posted = await shop.office.step('zhao', first, 'post');
    expect(await goodsNow(goods)).toMatchObject({ invoiceState: 'part', invoicedTotal: 180_80 });
    await shop.office.step('zhao', await register(goods, 60 * piece, { invoiceNumber: '00000002', invoiceTotal: 271_20 }), 'post');
    expect(await goodsNow(goods)).toMatchObject({ invoiceState: 'all', invoicedTotal: 452 * yuan });
    const certified = await shop.office.change('zhao', posted, { values: { certState: 'certified', certPeriod: '2026-12-01' } });
    expect(certified).toMatchObject({ state: 'posted', values: { certState: 'certified' } });
    const open = (await shop.office.read('zhao', 'stockIn', goods.id)) as unknown as StoredRecord;
    await expect(shop.office.step('chen', open, 'takeBack', '退')).rejects.toMatchObject({ code: 'document.hasFollowers' });
  });

  test('an invoice that differs from the goods by more than is put up with is refused, and so is one without its total', async () => {
    const goods = await shop.receive(await shop.buy());
    const near = await register(goods, 100 * piece, { invoiceNumber: 'A1', invoiceTotal: 452 * yuan + 101 });
    await expect(shop.office.step('zhao', near, 'post')).rejects.toMatchObject({
      code: 'invoice.differsFromStockIn',
      facts: { limit: 100, difference: 101 },
    });
    const bare = await register(goods, 100 * piece, { invoiceNumber: 'A2' });
    await expect(shop.office.step('zhao', bare, 'post')).rejects.toMatchObject({ code: 'invoice.amountMissing' });
    const mended = await shop.office.change('zhao', near, { values: { invoiceTotal: 452 * yuan + 100 } });
    expect((await shop.office.step('zhao', mended, 'post')).values.difference).toBe(100);
    const again = await register(await shop.receive(await shop.buy()), piece, {
      invoiceNumber: 'A3',
      invoiceTotal: 452,
      invoiceKind: null,
    });
    await expect(shop.office.step('zhao', again, 'post')).rejects.toMatchObject({ code: 'invoice.kindMissing' });
  });

  test('no more is invoiced than came in, nothing without goods, and no number twice', async () => {
    const goods = await shop.receive(await shop.buy());
    await shop.office.step('zhao', await register(goods, 90 * piece, { invoiceNumber: 'B1', invoiceTotal: 406_80 }), 'post');
    const more = await register(goods, 20 * piece, { invoiceNumber: 'B2', invoiceTotal: 45_20 });
    await expect(shop.office.step('zhao', more, 'post')).rejects.toMatchObject({ code: 'flow.overQuantity' });
    await expect(register(goods, piece, { invoiceNumber: 'B1', invoiceTotal: 452 })).rejects.toMatchObject({ code: 'record.duplicate' });
    const alone = await shop.office.create(
      'zhao',
      'purchaseInvoice',
      { supplier: shop.supplier.id, invoiceKind: 'general', invoiceNumber: 'B3', invoiceTotal: 452 },
      { lines: [{ item: shop.pen.id, quantity: piece, grossPrice: 4_520_000 }] },
    );
    await expect(shop.office.step('zhao', alone, 'post')).rejects.toMatchObject({ code: 'invoice.withoutStockIn' });
  });

  test('sales knows nothing of suppliers’ invoices', async () => {
    const goods = await shop.receive(await shop.buy());
    const invoice = await register(goods, piece, { invoiceNumber: 'C1', invoiceTotal: 452 });
    await expect(shop.office.read('wang', 'purchaseInvoice', invoice.id)).rejects.toMatchObject({ code: 'record.notFound' });
    expect((await shop.office.read('qian', 'purchaseInvoice', invoice.id)).values.total).toBe(452);
  });
});
