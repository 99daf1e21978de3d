import { randomUUID } from 'node:crypto';
import { demoPassword } from '../../server/features/demo/makeDemo.ts';
import type { ListAnswer, RecordAnswer } from '../../shared/contracts/wire.ts';
import { addDays, daysBetween } from '../../shared/kernel/days.ts';
import type { Once } from './measure.ts';
import type { Running } from './servers.ts';

export interface Setting {
  readonly product: Running;
  readonly floor: Running;
  readonly orders: number;
}
export interface Workload {
  readonly name: string;
  readonly count: number;
  readonly prepare: (setting: Setting) => Promise<{ product: Once; floor?: Once }>;
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>;

const tokens = new Map<string, Promise<string>>();

/** A client signed in as somebody; a failed request ends the run. */
export async function as(url: string, login: string): Promise<Call> {
  const key = `${url} ${login}`;
  if (!tokens.has(key)) {
    const signIn = ask<{ token: string }>(url, 'POST', '/api/sign-in', { company: 'demo', login, password: demoPassword });
    tokens.set(
      key,
      signIn.then((answer) => answer.token),
    );
  }
  const token = await tokens.get(key);
  return (method, path, body) => ask(url, method, path, body, token);
}

export async function ask<T>(url: string, method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}`, ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }) } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const type = answer.headers.get('content-type') ?? '';
  const content = type.includes('json') ? await answer.json() : await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(content)}`);
  return content as T;
}

export const one = 1_000_000;

async function orderMaker({ product, floor }: Setting) {
  const call = await as(product.url, 'admin');
  const list = (type: string, fields: string[], limit = 200) => call<ListAnswer>('POST', `/api/records/${type}/list`, { fields, limit });
  const items = (await list('item', ['name', 'unit', 'grossPrice'])).rows;
  const customers = (await list('customer', ['owner'])).rows;
  const input = (turn: number) => ({
    customer: customers[turn % customers.length]?.id ?? 1,
    lines: Array.from({ length: 5 }, (_, index) => {
      const item = items[(turn * 5 + index) % items.length];
      return {
        item: item?.id ?? 1,
        name: item?.values.name,
        unit: item?.values.unit,
        quantity: one,
        grossPrice: item?.values.grossPrice,
        taxRate: 130_000,
      };
    }),
  });
  const ours = (turn: number) => {
    const { customer, lines } = input(turn);
    return call<RecordAnswer>('POST', '/api/records/salesOrder', {
      values: { customer },
      parts: { lines: lines.map((line) => ({ ...line, warehouse: 1 })) },
    });
  };
  const bare = (turn: number) => ask<{ id: number }>(floor.url, 'POST', '/orders', { ...input(turn), day: '2026-01-01', owner: 1 });
  return { call, ours, bare };
}

export const workloads: readonly Workload[] = [
  {
    name: 'create an order of five lines',
    count: 200,
    prepare: async (setting) => {
      const { ours, bare } = await orderMaker(setting);
      return { product: async (turn) => void (await ours(turn)), floor: async (turn) => void (await bare(turn)) };
    },
  },
  {
    name: 'approve, ship and receive an order',
    count: 60,
    prepare: async (setting) => {
      const { call, ours, bare } = await orderMaker(setting);
      await stockUp(call);
      const made = await Promise.all(Array.from({ length: 150 }, (_, turn) => ours(turn)));
      const madeBare = await Promise.all(Array.from({ length: 150 }, (_, turn) => bare(turn)));
      let next = 0;
      let nextBare = 0;
      return {
        product: async () => {
          const order = made[next++ % made.length] as RecordAnswer;
          if (order.state === 'draft') await sell(call, order);
          order.state = 'done';
        },
        floor: async () => {
          const { id } = madeBare[nextBare++ % madeBare.length] as { id: number };
          for (const step of ['approve', 'note', 'ship', 'receipt', 'receive'])
            await ask(setting.floor.url, 'POST', `/orders/${id}/${step}`, {});
        },
      };
    },
  },
  {
    name: 'read an order with its lines',
    count: 500,
    prepare: async ({ product, floor, orders }) => {
      const call = await as(product.url, 'admin');
      const id = (turn: number) => 1 + ((turn * 7919) % orders);
      return {
        product: async (turn) => void (await call('GET', `/api/records/salesOrder/${id(turn)}`)),
        floor: async (turn) => void (await ask(floor.url, 'GET', `/orders/${id(turn)}`)),
      };
    },
  },
  ...(['admin', 'zhang.wei'] as const).map(
    (login): Workload => ({
      name: `list 50 customers by name, filter and total, ${login === 'admin' ? 'owner' : 'own scope'}`,
      count: 100,
      prepare: async ({ product, floor }) => {
        const call = await as(product.url, login);
        const { user } = await call<{ user: { id: number } }>('GET', '/api/session');
        const grades = (
          await call<ListAnswer>('POST', '/api/records/dictionaryEntry/list', {
            filter: { field: 'dictionary', is: 'equal', value: 'customerGrade' },
          })
        ).rows;
        const grade = (turn: number) => grades[turn % grades.length]?.id;
        const body = (turn: number) => ({
          filter: { field: 'grade', is: 'equal', value: grade(turn) },
          sort: [{ field: 'name', direction: 'ascending' }],
          limit: 50,
          totals: true,
        });
        const own = login === 'admin' ? '' : `&owner=${user.id}`;
        return {
          product: async (turn) => void (await call('POST', '/api/records/customer/list', body(turn))),
          floor: async (turn) => void (await ask(floor.url, 'GET', `/customers?grade=${grade(turn)}${own}`)),
        };
      },
    }),
  ),
  {
    name: 'pick a customer by pinyin initials',
    count: 200,
    prepare: async ({ product, floor }) => {
      const call = await as(product.url, 'admin');
      const rows = (await call<ListAnswer>('POST', '/api/records/customer/list', { fields: ['mnemonic'], limit: 100 })).rows;
      const text = (turn: number) => String(rows[turn % rows.length]?.values.mnemonic ?? '').slice(0, 5);
      return {
        product: async (turn) => void (await call('POST', '/api/pick/customer', { text: text(turn).toLowerCase() })),
        floor: async (turn) => void (await ask(floor.url, 'GET', `/pick?prefix=1&text=${encodeURIComponent(text(turn))}`)),
      };
    },
  },
  {
    name: 'pick a customer by part of the name',
    count: 200,
    prepare: async ({ product, floor }) => {
      const call = await as(product.url, 'admin');
      const rows = (await call<ListAnswer>('POST', '/api/records/customer/list', { fields: ['name'], limit: 100 })).rows;
      const text = (turn: number) => String(rows[turn % rows.length]?.values.name ?? '').slice(2, 5);
      const match = (turn: number) =>
        [...text(turn)]
          .slice(0, -1)
          .map((character, index) => `"${character}${text(turn)[index + 1]}"`)
          .join(' AND ');
      return {
        product: async (turn) => void (await call('POST', '/api/pick/customer', { text: text(turn) })),
        floor: async (turn) => void (await ask(floor.url, 'GET', `/pick?text=${encodeURIComponent(match(turn))}`)),
      };
    },
  },
  {
    name: 'stock of 2,000 items by warehouse',
    count: 20,
    prepare: async ({ product, floor }) => {
      const call = await as(product.url, 'admin');
      const items = Array.from({ length: 2000 }, (_, index) => index + 1);
      // A request names at most 500 items.
      const pages = [0, 500, 1000, 1500].map((start) => items.slice(start, start + 500).join(','));
      return {
        product: async () => {
          for (const page of pages) await call('GET', `/api/stock?items=${page}`);
        },
        floor: async () => void (await ask(floor.url, 'POST', '/stock', { items })),
      };
    },
  },
  {
    name: 'stock as of a day in the middle',
    count: 20,
    prepare: async ({ product, floor }) => {
      const call = await as(product.url, 'admin');
      const [first = '', last = ''] = await daysOfMoves(floor.url);
      const day = dayBetween(first, last);
      return {
        product: async () => void (await call('POST', '/api/reports/stockAtDay', { to: day, limit: 200 })),
        floor: async () => void (await ask(floor.url, 'POST', '/stock-at', { day })),
      };
    },
  },
  {
    name: 'product sales of a year',
    count: 20,
    prepare: async ({ product, floor }) => {
      const call = await as(product.url, 'admin');
      const [, to = ''] = await daysOfMoves(floor.url);
      const from = `${Number(to.slice(0, 4)) - 1}${to.slice(4)}`;
      return {
        product: async () => void (await call('POST', '/api/reports/salesSummary', { from, to, limit: 200 })),
        floor: async () => void (await ask(floor.url, 'POST', '/sales', { from, to })),
      };
    },
  },
  {
    name: 'PDF of a quotation',
    count: 20,
    prepare: async ({ product }) => {
      const call = await as(product.url, 'admin');
      const rows = (await call<ListAnswer>('POST', '/api/records/quotation/list', { fields: ['number'], limit: 20 })).rows;
      return { product: async (turn) => void (await call('GET', `/api/print/quotation/${rows[turn % rows.length]?.id}?language=zh-CN`)) };
    },
  },
];

/** The first and the last day on which something moved. */
const daysOfMoves = (url: string): Promise<string[]> => ask<string[]>(url, 'GET', '/days');

/** A day in the middle: the farthest from both ends, and so the dearest. */
const dayBetween = (first: string, last: string): string => addDays(first, Math.floor(daysBetween(first, last) / 2));

/** Enough of everything that is sold here, so that no run ends at an empty shelf. */
export async function stockUp(call: Call): Promise<void> {
  const items = (await call<ListAnswer>('POST', '/api/records/item/list', { fields: ['name'], limit: 200 })).rows;
  const lines = items.map((item) => ({ item: item.id, quantity: 100_000 * one, unitCost: 5 * one }));
  const opening = await call<RecordAnswer>('POST', '/api/records/openingStock', { values: { warehouse: 1 }, parts: { lines } });
  await call('POST', `/api/records/openingStock/${opening.id}/steps/post`, { version: opening.version });
}

/** What the office does with an order: approve, note, post, receipt, post. */
async function sell(call: Call, order: RecordAnswer): Promise<void> {
  const approved = await call<RecordAnswer>('POST', `/api/records/salesOrder/${order.id}/steps/approve`, { version: order.version });
  const lines = (approved.parts.lines ?? []).map((line) => ({
    sourceType: 'salesOrder',
    source: order.id,
    sourceRow: line.id,
    item: line.item,
    name: line.name,
    unit: line.unit,
    unitRatio: line.unitRatio,
    warehouse: line.warehouse,
    quantity: line.quantity,
  }));
  const note = await call<RecordAnswer>('POST', '/api/records/stockOut', { values: { customer: order.values.customer }, parts: { lines } });
  await call('POST', `/api/records/stockOut/${note.id}/steps/post`, { version: note.version });
  const allocations = [{ sourceType: 'salesOrder', source: order.id, amount: approved.values.total }];
  const receipt = await call<RecordAnswer>('POST', '/api/records/receipt', {
    values: { customer: order.values.customer, amount: approved.values.total },
    parts: { allocations },
  });
  await call('POST', `/api/records/receipt/${receipt.id}/steps/post`, { version: receipt.version });
}
