import Database from 'better-sqlite3';
import express from 'express';
import { chainRoutes } from './floorChain.ts';

/** The least a server can do: parse JSON, run the statement, answer. No session, rights, checks, audit or idempotency. */
const database = new Database(String(process.argv[2]));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
const app = express();
app.use(express.json({ limit: '4mb' }));

const insertOrder = database.prepare(
  `insert into sales_orders (version, state, number, customer, day, currency, exchange_rate, net_total, tax_total, total, owner, department, created_at, created_by, changed_at, changed_by)
   values (1, 'draft', @number, @customer, @day, 1, 1000000000, 0, 0, 0, @owner, 1, @at, 1, @at, 1)`,
);
const insertLine = database.prepare(
  `insert into sales_order_lines (parent, row_order, item, name, unit, quantity, gross_price, tax_rate, gross_amount) values (@parent, @order, @item, @name, @unit, @quantity, @grossPrice, @taxRate, 0)`,
);
let serial = 0;
const create = database.transaction((body: { customer: number; day: string; owner: number; lines: Record<string, unknown>[] }) => {
  const id = insertOrder.run({
    number: `FLOOR-${++serial}`,
    customer: body.customer,
    day: body.day,
    owner: body.owner,
    at: '2026-01-01T00:00:00.000Z',
  }).lastInsertRowid;
  for (const [order, line] of body.lines.entries()) insertLine.run({ parent: id, order, ...line });
  return Number(id);
});
app.post('/orders', (request, response) => {
  response.status(201).json({ id: create(request.body) });
});

const readOrder = database.prepare('select * from sales_orders where id = ?');
const readLines = database.prepare('select * from sales_order_lines where parent = ? order by row_order');
app.get('/orders/:id', (request, response) => {
  response.json({ order: readOrder.get(request.params.id), lines: readLines.all(request.params.id) });
});

const setState = database.prepare('update sales_orders set state = @state, version = version + 1 where id = @id');
const setShipped = database.prepare('update sales_order_lines set shipped = quantity where parent = ?');
const insertNote = database.prepare(
  `insert into stock_outs (version, state, number, customer, day, created_at, created_by, changed_at, changed_by) values (1, 'posted', @number, @customer, '2026-01-01', @at, 1, @at, 1)`,
);
const insertNoteLine = database.prepare(
  'insert into stock_out_lines (parent, row_order, source_type, source, source_row, item, warehouse, quantity) values (?, ?, ?, ?, ?, ?, ?, ?)',
);
const insertReceipt = database.prepare(
  `insert into receipts (version, state, number, customer, day, account, currency, amount, created_at, created_by, changed_at, changed_by) values (1, 'posted', @number, @customer, '2026-01-01', 1, 1, @amount, @at, 1, @at, 1)`,
);
const insertAllocation = database.prepare(
  `insert into receipt_allocations (parent, row_order, source_type, source, amount) values (?, 0, 'salesOrder', ?, ?)`,
);
const insertMove = database.prepare(
  `insert into moves (ledger, subject, from_place, to_place, amount, document_type, document_id, step, day, at, actor) values (?, ?, ?, ?, ?, ?, ?, ?, '2026-01-01', '2026-01-01T00:00:00.000Z', 1)`,
);
const addBalance = database.prepare(
  'insert into balances (ledger, subject, place, amount) values (?, ?, ?, ?) on conflict (ledger, subject, place) do update set amount = balances.amount + excluded.amount',
);
const at = '2026-01-01T00:00:00.000Z';
type Line = { id: number; item: number; quantity: number };
function move(ledger: string, subject: number, from: string, to: string, amount: number, type: string, id: number): void {
  insertMove.run(ledger, subject, from, to, amount, type, id, 'step');
  addBalance.run(ledger, subject, from, -amount);
  addBalance.run(ledger, subject, to, amount);
}
const steps: Record<string, (id: number) => number> = {
  approve: (id) => {
    const order = readOrder.get(id) as { customer: number };
    for (const line of readLines.all(id) as Line[]) move('promise', line.item, 'free', 'promised:1', line.quantity, 'salesOrder', id);
    move('receivable', order.customer, 'sales:1', `salesOrder:${id}`, 100, 'salesOrder', id);
    setState.run({ id, state: 'approved' });
    return id;
  },
  note: (id) => {
    const order = readOrder.get(id) as { customer: number };
    const note = Number(insertNote.run({ number: `FLOOR-${++serial}`, customer: order.customer, at }).lastInsertRowid);
    for (const [index, line] of (readLines.all(id) as Line[]).entries())
      insertNoteLine.run(note, index, 'salesOrder', id, line.id, line.item, 1, line.quantity);
    return note;
  },
  ship: (id) => {
    for (const line of readLines.all(id) as Line[]) {
      move('stock', line.item, 'warehouse:1', 'customer', line.quantity, 'stockOut', id);
      move('promise', line.item, 'promised:1', 'free', line.quantity, 'stockOut', id);
      move('cost', line.item, 'stock', 'costOfSales', 1, 'stockOut', id);
    }
    setShipped.run(id);
    return id;
  },
  receipt: (id) => {
    const order = readOrder.get(id) as { customer: number };
    const receipt = Number(insertReceipt.run({ number: `FLOOR-${++serial}`, customer: order.customer, amount: 100, at }).lastInsertRowid);
    insertAllocation.run(receipt, id, 100);
    return receipt;
  },
  receive: (id) => {
    const order = readOrder.get(id) as { customer: number };
    move('cash', 1, 'customers', 'held', 100, 'receipt', id);
    move('receivable', order.customer, `salesOrder:${id}`, 'received:1', 100, 'receipt', id);
    setState.run({ id, state: 'completed' });
    return id;
  },
};
const step = database.transaction((name: string, id: number) => (steps[name] ?? steps.approve)?.(id));
app.post('/orders/:id/:step', (request, response) => {
  response.json({ id: step(String(request.params.step), Number(request.params.id)) });
});

chainRoutes(app, database, (ledger, subject, { from, to }, amount, { type, id }) => move(ledger, subject, from, to, amount, type, id));

const listAll = database.prepare('select * from customers where grade = ? and deleted_at is null order by name_sort, id limit 50');
const countAll = database.prepare('select count(*) as count from customers where grade = ? and deleted_at is null');
const listOwn = database.prepare(
  'select * from customers where owner = ? and grade = ? and deleted_at is null order by name_sort, id limit 50',
);
const countOwn = database.prepare('select count(*) as count from customers where owner = ? and grade = ? and deleted_at is null');
app.get('/customers', (request, response) => {
  const { owner, grade } = request.query;
  const bindings = owner ? [owner, grade] : [grade];
  response.json({ rows: (owner ? listOwn : listAll).all(...bindings), count: (owner ? countOwn : countAll).get(...bindings) });
});

database.exec('create index floor_mnemonic on customers (mnemonic)');
const pickPrefix = database.prepare(
  'select id, code, name, city from customers where mnemonic >= ? and mnemonic < ? and deleted_at is null limit 20',
);
const pickTokens = database.prepare(
  'select c.id, c.code, c.name, c.city from customers_search s join customers c on c.id = s.rowid where customers_search match ? and c.deleted_at is null limit 20',
);
app.get('/pick', (request, response) => {
  const text = String(request.query.text);
  response.json({ rows: request.query.prefix ? pickPrefix.all(text, `${text}\uffff`) : pickTokens.all(text) });
});

const stock = database.prepare(
  `select subject, place, amount from balances where ledger in ('stock', 'promise') and subject in (select value from json_each(?))`,
);
app.post('/stock', (request, response) => {
  response.json({ rows: stock.all(JSON.stringify(request.body.items)) });
});

const daysOfMoves = database.prepare('select min(day) as first, max(day) as last from moves');
app.get('/days', (_request, response) => {
  const { first, last } = daysOfMoves.get() as { first: string; last: string };
  response.json([first, last]);
});
const inWarehouse = (column: string): string => `(${column} >= 'warehouse:' and ${column} < 'warehouse;')`;
const stockAt = database.prepare(
  `select subject, place, sum(amount) as amount from (
     select subject, to_place as place, amount from moves where ledger = 'stock' and day <= @day and ${inWarehouse('to_place')}
     union all
     select subject, from_place, -amount from moves where ledger = 'stock' and day <= @day and ${inWarehouse('from_place')}
   ) group by subject, place having sum(amount) <> 0`,
);
app.post('/stock-at', (request, response) => {
  response.json({ rows: stockAt.all({ day: request.body.day }).slice(0, 200) });
});
const sales = database.prepare(
  `select l.item, sum(l.quantity) as quantity, sum(l.base_net_amount) as net, sum(l.cost) as cost
   from stock_outs h join stock_out_lines l on l.parent = h.id
   where h.state = 'posted' and h.deleted_at is null and h.day between @from and @to group by l.item order by net desc`,
);
app.post('/sales', (request, response) => {
  response.json({ rows: sales.all({ from: request.body.from, to: request.body.to }).slice(0, 200) });
});

const server = app.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on('SIGTERM', () => process.exit(0));
