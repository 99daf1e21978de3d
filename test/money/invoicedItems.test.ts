import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { exportRecords } from '../../server/features/exchange/export/exportRecords.ts';
import { settleDesk } from '../../server/features/settling/settleDesk.ts';
import { statementWorkbook } from '../../server/features/settling/statementWorkbook.ts';
import { customerStatement, statementOf } from '../../server/features/trade/customerBalance.ts';
import { payables, receivables } from '../../server/features/trade/receivables.ts';
import { statementPaper } from '../../server/features/trade/statementPaper.ts';
import { proveFlows } from '../../server/ledger/proveFlows.ts';
import { customerSide, supplierSide } from '../../shared/documents/money/sides.ts';
import { msOf } from '../../shared/kernel/days.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { readPdf } from '../printing/readPdf.ts';
import { type Buying, openBuying } from '../purchase/buying.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { keysIn, piece, yuan } from '../trade/shop.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };

describe.each(stores)('What was invoiced of an open item, on $name', (kind) => {
  let shop: Buying;
  const realNow = clock.now;

  beforeEach(async () => {
    clock.now = () => msOf('2026-03-20T02:00:00.000Z');
    shop = await openBuying(kind);
  });
  afterEach(async () => {
    clock.now = realNow;
    await expectProven(shop.office);
    await shop.office.close();
  });

  let numbers = 0;
  const nextNumber = (): string => {
    numbers += 1;
    return `${numbers}`;
  };
  const invoice = async (order: { id: number }, quantity: number, day: string): Promise<StoredRecord> => {
    const values = { invoiceKind: 'general', invoiceNumber: nextNumber(), day };
    const asked = await shop.office.become('zhao', 'salesInvoice', [{ type: 'salesOrder', id: order.id }], {
      values,
      part: 'lines',
      rows: { quantity: quantity * piece },
    });
    return shop.office.step('zhao', asked, 'issue');
  };
  const redden = async (blue: StoredRecord, quantity: number, day: string, more: Record<string, Value> = {}): Promise<StoredRecord> => {
    const values = { confirmationState: 'notNeeded', invoiceNumber: nextNumber(), day, ...more };
    const red = await shop.office.become('zhao', 'redInvoice', [{ type: 'salesInvoice', id: blue.id }], {
      values,
      part: 'lines',
      rows: { quantity: quantity * piece },
    });
    return shop.office.step('zhao', red, 'issue');
  };
  const again = async (record: StoredRecord) =>
    (await shop.office.read('zhao', record.type, record.id)) as unknown as Pick<StoredRecord, 'type' | 'id' | 'version'>;
  const desk = (who = 'zhao') => shop.office.look(who, (work) => settleDesk(work, { side: 'customer', party: shop.customer.id }));
  const onDesk = async () => (await desk()).debts.map((debt) => [debt.invoiced, debt.invoicedOn]);
  const statement = () => shop.office.look('zhao', (work) => customerStatement(work, shop.customer.id, march));

  /** The same amount and day at the desk, in the receivables, on the statement and in the order itself. */
  const everywhere = async (order: StoredRecord): Promise<[number, string | null]> => {
    const [debt] = (await desk()).debts;
    const [row] = (await shop.office.look('zhao', (work) => receivables(work, {}))).rows;
    const line = (await statement()).rows.find((one) => one.id === order.id && one.type === 'salesOrder');
    const { values } = await shop.office.read('zhao', 'salesOrder', order.id);
    const told = [debt, row, line].map((one) => [one?.invoiced, one?.invoicedOn]);
    expect(told).toEqual(Array(3).fill([values.invoicedTotal, values.lastInvoicedOn]));
    return [Number(values.invoicedTotal), values.lastInvoicedOn as string | null];
  };

  test('amount and last day follow every invoice, and an invoice that is taken back gives the earlier day back', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    await shop.ship(order, 4 * piece);
    expect(await everywhere(order)).toEqual([0, null]);
    const first = await invoice(order, 4, '2026-03-05');
    expect(await everywhere(order)).toEqual([4520, '2026-03-05']);
    await shop.ship(order);
    const second = await invoice(order, 6, '2026-03-12');
    expect(await everywhere(order)).toEqual([11_300, '2026-03-12']);
    const red = await redden(second, 2, '2026-03-15');
    expect(await everywhere(order)).toEqual([9040, '2026-03-12']);
    const rest = await redden(second, 4, '2026-03-16');
    expect(await everywhere(order)).toEqual([4520, '2026-03-05']);
    await shop.office.step('zhao', rest, 'takeBack', '开错');
    await shop.office.step('zhao', await again(red), 'void', '开错');
    expect(await everywhere(order)).toEqual([11_300, '2026-03-12']);
    await shop.office.step('zhao', await again(second), 'takeBack', '抬头错');
    expect(await everywhere(order)).toEqual([4520, '2026-03-05']);
    await shop.office.step('zhao', await again(first), 'void', '抬头错');
    expect(await everywhere(order)).toEqual([0, null]);
  });

  test('an invoice of an earlier day that is issued later leaves the last day alone', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    await invoice(order, 4, '2026-03-12');
    await invoice(order, 6, '2026-03-05');
    expect(await everywhere(order)).toEqual([11_300, '2026-03-12']);
  });

  test('a day that is not that of the last invoice is found by the proof', async () => {
    const order = await shop.order();
    await invoice(order, 4, '2026-03-05');
    const write = (day: string) =>
      shop.office.work('admin', (work) => work.tx('sales_orders').where({ id: order.id }).update({ last_invoiced_on: day }));
    await write('2026-03-06');
    const findings = await shop.office.look('admin', proveFlows);
    expect(findings).toEqual([
      {
        proof: 'flow',
        detail: `sales_orders ${order.id}: lastInvoicedOn is 2026-03-06, the last salesInvoice is of 2026-03-05`,
      },
    ]);
    await write('2026-03-05');
  });

  test('instalments of one order tell of the same invoices, which are counted once in the receivables', async () => {
    const draft = await shop.office.create(
      'wang',
      'salesOrder',
      { customer: shop.customer.id, day: '2026-03-02' },
      {
        lines: [{ item: shop.pen.id, quantity: 10 * piece, grossPrice: 11_300_000, taxCode: shop.taxCode, taxRate: 130_000 }],
        instalments: [
          { dueOn: '2026-05-01', share: 700_000 },
          { dueOn: '2026-03-10', share: 300_000 },
        ],
      },
    );
    const order = await shop.office.step('wang', draft, 'approve');
    await invoice(order, 5, '2026-03-08');
    expect(await onDesk()).toEqual([
      [5650, '2026-03-08'],
      [5650, '2026-03-08'],
    ]);
    const { rows } = await shop.office.look('zhao', (work) => receivables(work, {}));
    expect(rows).toEqual([expect.objectContaining({ open: 11_300, invoiced: 5650, invoicedOn: '2026-03-08' })]);
  });

  describe('where the customer owes by what was delivered', () => {
    let order: StoredRecord;
    beforeEach(async () => {
      const type = await shop.office.create('admin', 'orderType', { name: '按出库收款', outboundBy: 'order', receivableFrom: 'stockOut' });
      order = await shop.order(undefined, { orderType: type.id, day: '2026-03-01' });
    });

    test('the invoices of the order reach its deliveries one after the other', async () => {
      await shop.ship(order, 4 * piece);
      await shop.ship(order);
      expect(await onDesk()).toEqual([
        [0, null],
        [0, null],
      ]);
      await invoice(order, 5, '2026-03-05');
      expect(await onDesk()).toEqual([
        [4520, '2026-03-05'],
        [1130, '2026-03-05'],
      ]);
      const last = await invoice(order, 5, '2026-03-12');
      expect(await onDesk()).toEqual([
        [4520, '2026-03-05'],
        [6780, '2026-03-12'],
      ]);
      const { rows } = await shop.office.look('zhao', (work) => receivables(work, {}));
      expect(rows).toEqual([expect.objectContaining({ invoiced: 11_300, invoicedOn: '2026-03-12' })]);
      expect((await statement()).rows.map((row) => [row.type, row.invoiced, row.invoicedOn])).toEqual([
        ['stockOut', 4520, '2026-03-05'],
        ['stockOut', 6780, '2026-03-12'],
      ]);
      await redden(last, 5, '2026-03-15');
      expect(await onDesk()).toEqual([
        [4520, '2026-03-05'],
        [1130, '2026-03-05'],
      ]);
    });

    test('what is invoiced before it leaves stands at no delivery, and a delivery that is taken back frees its invoices', async () => {
      await invoice(order, 10, '2026-03-05');
      const note = await shop.ship(order, 4 * piece);
      expect(await onDesk()).toEqual([[4520, '2026-03-05']]);
      await shop.office.step('chen', note, 'takeBack', '数错');
      await shop.ship(order, 3 * piece);
      expect(await onDesk()).toEqual([[3390, '2026-03-05']]);
    });
  });

  test('goods that came back are told with their red-letter invoice, below zero', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    const note = await shop.ship(order);
    const blue = await invoice(order, 10, '2026-03-05');
    const returnReason = await shop.office.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
    const back = await shop.office.become('chen', 'salesReturn', [{ type: 'stockOut', id: note.id }], {
      values: { returnReason },
      part: 'lines',
      rows: { quantity: 2 * piece },
    });
    const credit = await shop.office.step('chen', back, 'post');
    const onCredit = async () => (await desk()).credits.map(({ id, invoiced, invoicedOn }) => [id, invoiced, invoicedOn]);
    expect(await onCredit()).toEqual([[credit.id, 0, null]]);
    const red = await redden(blue, 2, '2026-03-18', { salesReturn: credit.id });
    expect(await onCredit()).toEqual([[credit.id, -2260, '2026-03-18']]);
    const row = (await statement()).rows.find(({ type }) => type === 'salesReturn');
    expect([row?.invoiced, row?.invoicedOn]).toEqual([-2260, '2026-03-18']);
    await shop.office.step('zhao', red, 'void', '开错');
    expect(await onCredit()).toEqual([[credit.id, 0, null]]);
  });

  test('nothing is said of what nobody invoices: money of the first day, money held', async () => {
    const post = async (type: string, values: Record<string, Value>) =>
      shop.office.step('zhao', await shop.office.create('zhao', type, { customer: shop.customer.id, ...values }), 'post');
    await post('openingBalance', { total: 90 * yuan });
    await post('receipt', { amount: 20 * yuan });
    const { debts, credits } = await desk();
    expect([...debts, ...credits].map(({ invoiced, invoicedOn }) => [invoiced, invoicedOn])).toEqual([
      [null, null],
      [null, null],
    ]);
    const { rows } = await shop.office.look('zhao', (work) => receivables(work, {}));
    expect(rows).toEqual([expect.objectContaining({ invoiced: null, invoicedOn: null })]);
    expect(keysIn(await statement())).not.toContain('invoiced');
  });

  describe('what we owe', () => {
    const register = async (goods: StoredRecord, quantity: number, day: string, invoiceTotal: number) =>
      shop.office.step(
        'zhao',
        await shop.office.become('zhao', 'purchaseInvoice', [{ type: 'stockIn', id: goods.id }], {
          values: { invoiceKind: 'special', invoiceNumber: nextNumber(), invoiceTotal, day },
          part: 'lines',
          rows: { quantity: quantity * piece },
        }),
        'post',
      );
    const owed = async () => {
      const { debts } = await shop.office.look('zhao', (work) => settleDesk(work, { side: 'supplier', party: shop.supplier.id }));
      const [row] = (await shop.office.look('zhao', (work) => payables(work, {}))).rows;
      const [line] = (await shop.office.look('zhao', (work) => statementOf(work, { side: supplierSide, party: shop.supplier.id }, march)))
        .rows;
      const told = [debts[0], row, line].map((one) => [one?.invoiced, one?.invoicedOn]);
      expect(told).toEqual(Array(3).fill(told[0]));
      return told[0];
    };

    test('goods that came in tell what their supplier has invoiced and when last', async () => {
      const goods = await shop.receive(await shop.buy(undefined, { day: '2026-03-01' }));
      expect(await owed()).toEqual([0, null]);
      await register(goods, 40, '2026-03-10', 180_80);
      const later = await register(goods, 60, '2026-03-15', 271_20);
      expect(await owed()).toEqual([452_00, '2026-03-15']);
      await shop.office.step('zhao', later, 'void', '退票');
      expect(await owed()).toEqual([180_80, '2026-03-10']);
    });

    test('an order that is owed itself tells what was invoiced of the goods that came in on it', async () => {
      await shop.office.work('admin', (work) => storeSettings(work, { 'parameter.payableFrom': 'order' }));
      const order = await shop.buy(undefined, { day: '2026-03-01' });
      expect(await owed()).toEqual([0, null]);
      const goods = await shop.receive(order, 50 * piece);
      await register(goods, 40, '2026-03-10', 180_80);
      expect(await owed()).toEqual([180_80, '2026-03-10']);
    });
  });

  describe('who may not see prices', () => {
    test('is told nothing of it, at no desk, in no order and in no list', async () => {
      const order = await shop.order(undefined, { day: '2026-03-01' });
      await invoice(order, 4, '2026-03-05');
      await expect(desk('chen')).rejects.toMatchObject({ code: 'access.denied' });
      const seen = await shop.office.read('chen', 'salesOrder', order.id);
      expect(keysIn(seen.values)).not.toContain('invoicedTotal');
      expect(keysIn(seen.values)).not.toContain('lastInvoicedOn');
      const definition = shop.office.company.catalogue.get('salesOrder');
      const { rows } = await shop.office.look('chen', (work) => listRecords(work, definition, {}));
      expect(rows).toHaveLength(1);
      expect(keysIn(rows)).not.toContain('lastInvoicedOn');
      const filter = { field: 'lastInvoicedOn', is: 'equal', value: '2026-03-05' } as const;
      await expect(shop.office.look('chen', (work) => listRecords(work, definition, { filter }))).rejects.toMatchObject({
        code: 'list.unknownField',
      });
    });

    test('a position from which the field is hidden sees the open item without it', async () => {
      await invoice(await shop.order(undefined, { day: '2026-03-01' }), 4, '2026-03-05');
      expect(await onDesk()).toEqual([[4520, '2026-03-05']]);
      const id = await shop.office.id('positions', { code: 'accountant' });
      await shop.office.change('admin', await shop.office.read('admin', 'position', id), {
        parts: { fieldRights: [{ type: 'salesOrder', field: 'invoicedTotal', access: 'hidden' }] },
      });
      expect(await onDesk()).toEqual([[null, null]]);
      expect(keysIn((await statement()).rows)).not.toContain('invoiced');
    });
  });

  test('orders are found by the day of their last invoice, and the day goes into their Excel file', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    await shop.order(undefined, { day: '2026-03-02' });
    await invoice(order, 4, '2026-03-05');
    const definition = shop.office.company.catalogue.get('salesOrder');
    const query = {
      filter: { field: 'lastInvoicedOn', is: 'greater', value: '2026-03-01' },
      fields: ['number', 'invoicedTotal', 'lastInvoicedOn'],
    } as const;
    const list = await shop.office.look('wang', (work) => listRecords(work, definition, { ...query, fields: [...query.fields] }));
    expect(list.rows.map(({ id, values }) => [id, values.lastInvoicedOn])).toEqual([[order.id, '2026-03-05']]);
    const file = await exportRecords(shop.office.company, await shop.office.actor('admin'), definition, {
      query: { ...query, fields: [...query.fields] },
      format: 'xlsx',
      language: 'zh-CN',
    });
    const rows = (await rowsIn(file.path)).map((row) => row.cells.map(shown));
    expect(rows).toEqual([
      ['单号', '已开票金额', '最近开票日期'],
      [order.values.number, '45.2', '2026-03-05'],
    ]);
  });

  test('the statement in Excel and on paper has both columns', async () => {
    const order = await shop.order(undefined, { day: '2026-03-01' });
    await invoice(order, 4, '2026-03-05');
    await shop.pay(order, 50 * yuan, { day: '2026-03-10' });
    const of = { side: customerSide, party: shop.customer.id };
    const actor = await shop.office.actor('zhao');
    const { bytes } = await statementWorkbook(shop.office.company, actor, { of, language: 'zh-CN', query: march });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    const row = (at: number) => [7, 8].map((column) => book.worksheets[0]?.getRow(at).getCell(column).text);
    expect(row(1)).toEqual(['已开票金额', '最近开票日']);
    expect(row(3)[0]).toBe('45.2');
    expect(row(3)[1]).toContain('Mar 05 2026');
    expect(row(4)).toEqual(['', '']);
    const paper = await statementPaper(shop.office.company, actor, { of, query: march });
    const [page] = await readPdf(paper.bytes);
    expect(page?.width).toBeGreaterThan(Number(page?.height));
    expect(page?.text).toContain('已开票');
    expect(page?.text).toContain('45.20');
    expect(page?.text).toContain('2026-03-05');
  });

  test('a statement of whom nothing was invoiced stays upright and has no column for it', async () => {
    await shop.order(undefined, { day: '2026-03-01' });
    const of = { side: customerSide, party: shop.customer.id };
    const paper = await statementPaper(shop.office.company, await shop.office.actor('zhao'), { of, query: march });
    const [page] = await readPdf(paper.bytes);
    expect(page?.width).toBeLessThan(Number(page?.height));
    expect(page?.text).not.toContain('已开票');
  });
});
