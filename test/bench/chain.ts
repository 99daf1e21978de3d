import type { ListAnswer, RecordAnswer } from '../../shared/contracts/wire.ts';
import { as, ask, one, type Setting, stockUp, type Workload } from './workloads.ts';

type Call = Awaited<ReturnType<typeof as>>;

/** What is sold in the chains: five lines of what the list begins with. */
async function shopFor(call: Call) {
  const list = (type: string, fields: string[], limit: number) => call<ListAnswer>('POST', `/api/records/${type}/list`, { fields, limit });
  const items = (await list('item', ['name', 'unit', 'grossPrice'], 200)).rows;
  const customers = (await list('customer', ['owner'], 200)).rows;
  const lines = (turn: number, from = items.length) =>
    Array.from({ length: 5 }, (_, index) => {
      const item = items[(turn * 5 + index) % Math.min(from, items.length)];
      return { item: item?.id ?? 1, name: item?.values.name, unit: item?.values.unit, quantity: one, grossPrice: item?.values.grossPrice };
    });
  return { lines, customer: (turn: number) => customers[turn % customers.length]?.id ?? 1 };
}

/** Stored, and with a step taken as well in the same request: saved and approved with one key, as people do it. */
const made = (call: Call, type: string, values: object, parts: object, name?: string) =>
  call<RecordAnswer>('POST', `/api/records/${type}`, { values, parts, ...(name ? { step: { name } } : {}) });
const step = (call: Call, { type, id, version }: RecordAnswer, name: string) =>
  call<RecordAnswer>('POST', `/api/records/${type}/${id}/steps/${name}`, { version });

/** The document that another one becomes, stored and taken a step further with one key. */
const make = (call: Call, target: string, { type, id }: RecordAnswer, name: string, values: object = {}) =>
  call<RecordAnswer>('POST', `/api/records/${target}/make`, { sources: [{ type, id }], values, step: { name } });

/** A document proposed from another, stored as the form would send it: without what the server writes itself. */
async function follow(call: Call, target: string, source: RecordAnswer): Promise<RecordAnswer> {
  const body = { sources: [{ type: source.type, id: source.id }] };
  const { values, parts } = await call<Pick<RecordAnswer, 'values' | 'parts'>>('POST', `/api/records/${target}/become`, body);
  const definition = (await definitionsOf(call)).find(({ type }) => type === target);
  const kept = (row: Record<string, unknown>, fields: Fields = {}) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => fields[name] && !fields[name].derived && !fields[name].fedBy));
  const rows = Object.entries(parts).map(([name, all]) => [
    name,
    all.map((row) => kept({ ...row, warehouse: row.warehouse ?? 1 }, definition?.parts[name]?.fields)),
  ]);
  return made(call, target, kept(values, definition?.fields), Object.fromEntries(rows));
}

interface Known {
  type: string;
  fields: Fields;
  parts: Record<string, { fields: Fields }>;
}
let known: Promise<Known[]> | undefined;
const definitionsOf = (call: Call): Promise<Known[]> => {
  known ??= call<{ definitions: Known[] }>('GET', '/api/session').then(({ definitions }) => definitions);
  return known;
};
const fromWarehouse = <L>(line: L) => ({ ...line, warehouse: 1 });

type Fields = Record<string, { derived?: boolean; fedBy?: string }>;

async function prepareChain({ product, floor }: Setting) {
  const call = await as(product.url, 'admin');
  const shop = await shopFor(call);
  await stockUp(call);
  const notified = await made(
    call,
    'orderType',
    { name: `通知${Math.round(performance.now())}`, outboundBy: 'notice', receivableFrom: 'order' },
    {},
  );
  return {
    product: async (turn: number) => {
      const quotation = await made(
        call,
        'quotation',
        { customer: shop.customer(turn) },
        { lines: shop.lines(turn).map(fromWarehouse) },
        'approve',
      );
      const order = await make(call, 'salesOrder', quotation, 'approve', { orderType: notified.id });
      const notice = await make(call, 'deliveryNotice', order, 'approve');
      await make(call, 'stockOut', notice, 'post');
      const allocations = [{ sourceType: 'salesOrder', source: order.id, amount: order.values.total }];
      await made(call, 'receipt', { customer: order.values.customer, amount: order.values.total }, { allocations }, 'post');
    },
    floor: async (turn: number) => {
      const customer = shop.customer(turn);
      const post = async (name: string, body: object) => (await ask<{ id: number }>(floor.url, 'POST', `/chain/${name}`, body)).id;
      const quotation = await post('quote', { customer, lines: shop.lines(turn) });
      const order = await post('order', { from: quotation, customer });
      const notice = await post('notice', { from: order, customer });
      await post('ship', { from: notice, order, customer });
      await post('receive', { order, customer });
    },
  };
}

/** Goods of the same ten items leave at every desk: each posting waits for the stock of the one before. */
async function prepareCrowd({ product, floor }: Setting) {
  const call = await as(product.url, 'admin');
  const shop = await shopFor(call);
  await stockUp(call);
  const notes: RecordAnswer[] = [];
  const orders: number[] = [];
  // Enough for a measured run and its warm-up, for one client and for twenty.
  for (let turn = 0; turn < 1800; turn += 1) {
    const order = await made(call, 'salesOrder', { customer: shop.customer(turn) }, { lines: shop.lines(turn, 10).map(fromWarehouse) });
    if (turn % 2 === 0) notes.push(await follow(call, 'stockOut', await step(call, order, 'approve')));
    else
      orders.push(
        (
          await ask<{ id: number }>(floor.url, 'POST', '/orders', {
            customer: 1,
            day: '2026-01-01',
            owner: 1,
            lines: shop.lines(turn, 10).map((line) => ({ ...line, taxRate: 0 })),
          })
        ).id,
      );
  }
  let next = 0;
  let nextBare = 0;
  return {
    product: async () => {
      const note = notes[next++];
      if (note) await step(call, note, 'post');
    },
    floor: async () => {
      const order = orders[nextBare++];
      if (order) await ask(floor.url, 'POST', '/chain/ship', { from: 0, order, customer: 1 });
    },
  };
}

/** Documents that follow each other, and many desks at the same shelf. */
export const chainWorkloads: readonly Workload[] = [
  { name: 'quotation, order, notice, stock-out, receipt', count: 60, prepare: prepareChain },
  { name: 'post stock-outs of the same ten items', count: 400, prepare: prepareCrowd },
];
