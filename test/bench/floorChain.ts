import type Database from 'better-sqlite3';
import type { Express } from 'express';

type Line = { id: number; item: number; quantity: number };
type Move = (
  ledger: string,
  subject: number,
  places: { from: string; to: string },
  amount: number,
  cause: { type: string; id: number },
) => void;

const at = '2026-01-01T00:00:00.000Z';
const stamps = 'created_at, created_by, changed_at, changed_by';

/** The rows of five documents that follow each other, and of goods that leave, as bare statements: one request and one transaction each. */
export function chainRoutes(app: Express, database: Database.Database, move: Move): void {
  let serial = 0;
  const head = (table: string, more = '') =>
    database.prepare(
      `insert into ${table} (version, state, number, customer, day, owner, department, ${stamps}${more ? `, ${more}` : ''}) values (1, @state, @number, @customer, '2026-01-01', 1, 1, @at, 1, @at, 1${more ? `, @${more}` : ''})`,
    );
  const heads = {
    quotation: head('quotations'),
    salesOrder: head('sales_orders'),
    deliveryNotice: head('delivery_notices'),
    stockOut: head('stock_outs'),
    receipt: head('receipts', 'amount'),
  };
  const lineInto = (table: string) =>
    database.prepare(
      `insert into ${table} (parent, row_order, item, name, unit, quantity, source_type, source, source_row) values (@parent, @order, @item, @name, @unit, @quantity, @sourceType, @source, @sourceRow)`,
    );
  const quoted = database.prepare(
    'insert into quotation_lines (parent, row_order, item, name, unit, quantity) values (@parent, @order, @item, @name, @unit, @quantity)',
  );
  const lines = {
    salesOrder: lineInto('sales_order_lines'),
    deliveryNotice: lineInto('delivery_notice_lines'),
    stockOut: lineInto('stock_out_lines'),
  };
  const readFrom = (table: string) => database.prepare(`select * from ${table} where parent = ? order by row_order`);
  const read = {
    quotation: readFrom('quotation_lines'),
    salesOrder: readFrom('sales_order_lines'),
    deliveryNotice: readFrom('delivery_notice_lines'),
  };
  const allocation = database.prepare(
    `insert into receipt_allocations (parent, row_order, source_type, source, amount) values (?, 0, 'salesOrder', ?, ?)`,
  );
  const counted = {
    ordered: database.prepare('update quotation_lines set ordered = quantity where parent = ?'),
    released: database.prepare('update sales_order_lines set released = quantity where parent = ?'),
    shippedNotice: database.prepare('update delivery_notice_lines set shipped = quantity where parent = ?'),
    shipped: database.prepare('update sales_order_lines set shipped = quantity where parent = ?'),
    received: database.prepare('update sales_orders set received = ?, version = version + 1 where id = ?'),
  };
  const newHead = (type: keyof typeof heads, customer: number, more = {}): number =>
    Number(heads[type].run({ number: `FLOOR-C${++serial}`, customer, state: 'approved', at, ...more }).lastInsertRowid);
  const copy = (type: keyof typeof lines, parent: number, sourceType: string, source: number, rows: readonly Line[]): void => {
    for (const [order, row] of rows.entries())
      lines[type].run({ name: null, unit: null, ...row, parent, order, sourceType, source, sourceRow: row.id });
  };
  const steps = {
    quote: ({ customer, lines: rows }: { customer: number; lines: Record<string, unknown>[] }) => {
      const id = newHead('quotation', customer);
      for (const [order, row] of rows.entries()) quoted.run({ parent: id, order, ...row });
      return id;
    },
    order: ({ from, customer }: { from: number; customer: number }) => {
      const id = newHead('salesOrder', customer);
      const rows = read.quotation.all(from) as Line[];
      copy('salesOrder', id, 'quotation', from, rows);
      for (const row of rows) move('promise', row.item, { from: 'free', to: 'promised:1' }, row.quantity, { type: 'salesOrder', id });
      move('receivable', customer, { from: 'sales:1', to: `salesOrder:${id}` }, 100, { type: 'salesOrder', id });
      counted.ordered.run(from);
      return id;
    },
    notice: ({ from, customer }: { from: number; customer: number }) => {
      const id = newHead('deliveryNotice', customer);
      copy('deliveryNotice', id, 'salesOrder', from, read.salesOrder.all(from) as Line[]);
      counted.released.run(from);
      return id;
    },
    ship: ({ from, order, customer }: { from: number; order: number; customer: number }) => {
      const id = newHead('stockOut', customer);
      const rows = (from > 0 ? read.deliveryNotice.all(from) : read.salesOrder.all(order)) as Line[];
      copy('stockOut', id, from > 0 ? 'deliveryNotice' : 'salesOrder', from > 0 ? from : order, rows);
      for (const row of rows) {
        move('stock', row.item, { from: 'warehouse:1', to: 'customer' }, row.quantity, { type: 'stockOut', id });
        move('promise', row.item, { from: 'promised:1', to: 'free' }, row.quantity, { type: 'stockOut', id });
        move('cost', row.item, { from: 'stock', to: 'costOfSales' }, 1, { type: 'stockOut', id });
      }
      if (from > 0) counted.shippedNotice.run(from);
      counted.shipped.run(order);
      return id;
    },
    receive: ({ order, customer }: { order: number; customer: number }) => {
      const id = newHead('receipt', customer, { amount: 100 });
      allocation.run(id, order, 100);
      move('cash', 1, { from: 'customers', to: 'held' }, 100, { type: 'receipt', id });
      move('receivable', customer, { from: `salesOrder:${order}`, to: 'received:1' }, 100, { type: 'receipt', id });
      counted.received.run(100, order);
      return id;
    },
  };
  for (const [name, step] of Object.entries(steps)) {
    const once = database.transaction(step as (body: unknown) => number);
    app.post(`/chain/${name}`, (request, response) => {
      response.status(201).json({ id: once(request.body) });
    });
  }
}
