import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { expectProven, movesOf, type Office, openOffice, stores } from './office.ts';

const piece = 1_000_000;
const yuan = 100;

describe.each(stores)('From a quotation to the money, on $name', (kind) => {
  let office: Office;
  let pen: StoredRecord;
  let customer: StoredRecord;
  let warehouse: number;

  beforeEach(async () => {
    office = await openOffice(kind);
    warehouse = await office.id('warehouses', { main: 1 });
    const taxCode = await office.id('tax_codes', { rate: 130_000 });
    pen = await office.create('admin', 'item', {
      name: '钢笔',
      spec: '黑',
      unit: '支',
      taxCode,
      grossPrice: 11_300_000,
      floorPrice: 10_000_000,
    });
    customer = await office.create('wang', 'customer', { name: '浙江宏远贸易有限公司', creditLimit: 1_000_000 * yuan });
    const opening = await office.create(
      'admin',
      'openingStock',
      { warehouse },
      { lines: [{ item: pen.id, quantity: 100 * piece, unitCost: 6_000_000 }] },
    );
    await office.step('admin', opening, 'post');
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const quote = (quantity: number, grossPrice = 11_300_000) =>
    office.create(
      'wang',
      'quotation',
      { customer: customer.id },
      { lines: [{ item: pen.id, unit: '支', quantity: quantity * piece, grossPrice, taxRate: 130_000 }] },
    );

  test('a quotation becomes an order in parts, goods go out, money comes in, and everything agrees', async () => {
    const quotation = await office.step('wang', await quote(10), 'approve');
    expect(quotation.values).toMatchObject({ netTotal: 100 * yuan, taxTotal: 13 * yuan, total: 113 * yuan, orderedState: 'none' });

    const order = await office.become('wang', 'salesOrder', [
      { type: 'quotation', id: quotation.id, rows: [{ id: quotation.parts.lines?.[0]?.id ?? 0, amount: 6 * piece }] },
    ]);
    const approved = await office.step('wang', order, 'approve');
    expect((await office.read('wang', 'quotation', quotation.id)).values.orderedState).toBe('part');
    expect(await movesOf(office, approved)).toBe(
      ['promise | free -> promised:0 | 6000000', `receivable | sales:1 -> salesOrder:${order.id} | 6780`].join('\n'),
    );

    const note = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], {
      part: 'lines',
      rows: { warehouse, quantity: 4 * piece },
    });
    const posted = await office.step('chen', note, 'post');
    expect(await movesOf(office, posted)).toBe(
      [
        `stock | warehouse:${warehouse} -> customer | 4000000`,
        'promise | promised:0 -> free | 4000000',
        'cost | stock -> costOfSales | 2400',
      ].join('\n'),
    );
    expect((await office.read('wang', 'salesOrder', order.id)).values).toMatchObject({ deliveryState: 'part', openAmount: 6780 });

    const receipt = await office.become('zhao', 'receipt', [{ type: 'salesOrder', id: order.id }], {
      values: { amount: 100 * yuan, fee: 2 * yuan },
    });
    const received = await office.step('zhao', receipt, 'post');
    expect(received.values).toMatchObject({ arrived: 98 * yuan, allocated: 6780, prepaid: 3220 });
    expect((await office.read('wang', 'salesOrder', order.id)).values).toMatchObject({ openAmount: 0, paymentState: 'all' });
  });

  test('an order that is shipped and paid is completed, and taken up again when the note is taken back', async () => {
    const draft = await office.create(
      'wang',
      'salesOrder',
      { customer: customer.id },
      { lines: [{ item: pen.id, quantity: 5 * piece, grossPrice: 11_300_000, taxRate: 130_000, warehouse }] },
    );
    const order = await office.step('wang', draft, 'approve');
    const note = await office.step('chen', await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }]), 'post');
    await office.step(
      'zhao',
      await office.become('zhao', 'receipt', [{ type: 'salesOrder', id: order.id }], { values: { amount: 5650 } }),
      'post',
    );
    expect((await office.read('wang', 'salesOrder', order.id)).state).toBe('completed');

    await office.step('chen', note, 'takeBack', '客户改期');
    const again = await office.read('wang', 'salesOrder', order.id);
    expect(again.state).toBe('approved');
    expect(again.values.deliveryState).toBe('none');
    expect((await movesOf(office, note)).split('\n').filter((line) => line.endsWith('mirror'))).toHaveLength(3);
  });

  test('what is not there cannot be shipped, and nothing is changed by trying', async () => {
    const draft = await office.create(
      'wang',
      'salesOrder',
      { customer: customer.id },
      { lines: [{ item: pen.id, quantity: 101 * piece, grossPrice: 11_300_000, warehouse }] },
    );
    const order = await office.step('wang', draft, 'approve');
    const note = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }]);
    await expect(office.step('chen', note, 'post')).rejects.toMatchObject({
      code: 'stock.notEnough',
      facts: { item: '钢笔', wanted: 101 * piece, held: 100 * piece, short: piece },
      fields: [{ path: 'lines.0.quantity', code: 'stock.notEnough' }],
    });
    expect((await office.read('chen', 'stockOut', note.id)).state).toBe('draft');
    expect(await movesOf(office, note)).toBe('');
  });

  test('more than was ordered cannot be shipped', async () => {
    const draft = await office.create(
      'wang',
      'salesOrder',
      { customer: customer.id },
      { lines: [{ item: pen.id, quantity: 5 * piece, grossPrice: 11_300_000, warehouse }] },
    );
    const order = await office.step('wang', draft, 'approve');
    const note = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], {
      part: 'lines',
      rows: { quantity: 6 * piece },
    });
    await expect(office.step('chen', note, 'post')).rejects.toMatchObject({
      code: 'flow.overQuantity',
      fields: [{ path: 'lines.0.quantity', code: 'flow.overQuantity', facts: { open: 5 * piece, wanted: 6 * piece } }],
    });
  });

  test('a price below the floor needs somebody with the right', async () => {
    const quotation = await quote(10, 9_000_000);
    await expect(office.step('wang', quotation, 'approve')).rejects.toMatchObject({
      code: 'price.belowFloor',
      fields: [{ path: 'lines.0.grossPrice' }],
    });
    const waiting = await office.step('wang', quotation, 'submit');
    expect((await office.step('zhou', waiting, 'approve')).state).toBe('approved');
  });

  test('an order over the credit limit needs somebody with the right', async () => {
    const poor = await office.create('wang', 'customer', { name: '小店', creditLimit: 50 * yuan });
    const draft = await office.create(
      'wang',
      'salesOrder',
      { customer: poor.id },
      { lines: [{ item: pen.id, quantity: 5 * piece, grossPrice: 11_300_000 }] },
    );
    await expect(office.step('wang', draft, 'approve')).rejects.toMatchObject({
      code: 'credit.exceeded',
      facts: { limit: 5000, used: 0, wanted: 5650 },
    });
    expect((await office.step('zhou', await office.step('wang', draft, 'submit'), 'approve')).state).toBe('approved');
  });

  test('money paid in advance is settled later, and the settlement can be undone', async () => {
    const receipt = await office.create('zhao', 'receipt', { customer: customer.id, amount: 100 * yuan });
    await office.step('zhao', receipt, 'post');
    const draft = await office.create(
      'wang',
      'salesOrder',
      { customer: customer.id },
      { lines: [{ item: pen.id, quantity: 5 * piece, grossPrice: 11_300_000 }] },
    );
    const order = await office.step('wang', draft, 'approve');
    const sources = [
      { type: 'salesOrder', id: order.id },
      { type: 'receipt', id: receipt.id, rows: [{ id: 1, amount: 5650 }] },
    ];
    const settlement = await office.step('zhao', await office.become('zhao', 'settlement', sources), 'post');
    expect((await office.read('wang', 'salesOrder', order.id)).values.openAmount).toBe(0);
    expect((await office.read('zhao', 'receipt', receipt.id)).values.creditLeft).toBe(100 * yuan - 5650);
    await office.step('zhao', settlement, 'takeBack', '客户要求');
    expect((await office.read('wang', 'salesOrder', order.id)).values.openAmount).toBe(5650);
  });

  test('an order closed early gives back what it promised and what the customer would have owed', async () => {
    const draft = await office.create(
      'wang',
      'salesOrder',
      { customer: customer.id },
      { lines: [{ item: pen.id, quantity: 10 * piece, grossPrice: 11_300_000, warehouse }] },
    );
    const order = await office.step('wang', draft, 'approve');
    const note = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], {
      part: 'lines',
      rows: { quantity: 4 * piece },
    });
    await office.step('chen', note, 'post');
    const shipped = await office.read('zhou', 'salesOrder', order.id);
    const closed = await office.step('zhou', shipped, 'close', '客户取消余量');
    expect(closed).toMatchObject({ state: 'closed', values: { waived: 6780, dueTotal: 4520, openAmount: 4520 } });
    expect(await movesOf(office, order)).toContain(`salesOrder:${order.id} -> sales:1 | 6780`);
  });

  test('an order paid beyond what was shipped is not closed early, and a reopened one is owed again', async () => {
    const draft = await office.create(
      'wang',
      'salesOrder',
      { customer: customer.id },
      { lines: [{ item: pen.id, quantity: 10 * piece, grossPrice: 11_300_000, warehouse }] },
    );
    const order = await office.step('wang', draft, 'approve');
    const receipt = await office.become('zhao', 'receipt', [{ type: 'salesOrder', id: order.id }], { values: { amount: 11_300 } });
    const posted = await office.step('zhao', receipt, 'post');
    const paid = await office.read('zhou', 'salesOrder', order.id);
    await expect(office.step('zhou', paid, 'close', '取消')).rejects.toMatchObject({
      code: 'order.paidMoreThanShipped',
      facts: { received: 11_300, owed: 0 },
    });
    await office.step('zhao', posted, 'takeBack', '退款');
    const closed = await office.step('zhou', await office.read('zhou', 'salesOrder', order.id), 'close', '取消');
    expect(closed.values).toMatchObject({ dueTotal: 0, openAmount: 0 });
    const reopened = await office.step('zhou', closed, 'reopen');
    expect(reopened.values).toMatchObject({ dueTotal: 11_300, openAmount: 11_300 });
  });
});
