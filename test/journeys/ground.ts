import { randomUUID } from 'node:crypto';
import type { ListAnswer, RecordAnswer } from '../../shared/contracts/wire.ts';
import type { Api, Reply } from '../support/server.ts';

/** The API as one person's client calls it. */
export type Desk = (method: string, path: string, body?: unknown) => Promise<Reply>;

/** Lays the ground that a journey begins on, through the same doors as the screens use. Money in fen, prices and quantities in 10⁻⁶. */
export const ground = (boss: Desk) => ({
  /** A customer of somebody, in the department of that person. */
  async customer(of: { name: string; owner: string }): Promise<RecordAnswer> {
    const [owner] = await rowsOf(boss, 'user', { field: 'login', is: 'equal', value: of.owner });
    if (!owner) throw new Error(`nobody is called ${of.owner}`);
    const department = owner.values.department ?? null;
    return created(boss, 'customer', { values: { name: of.name, owner: owner.id, department, creditLimit: 100_000_000 } });
  },

  async item(of: {
    code: string;
    name: string;
    spec?: string;
    barcode?: string;
    grossPrice: number;
    floorPrice?: number;
  }): Promise<RecordAnswer> {
    const [tax] = await rowsOf(boss, 'taxCode', { field: 'rate', is: 'equal', value: 130_000 });
    return created(boss, 'item', { values: { unit: 'pc', taxCode: tax?.id ?? null, ...of } });
  },

  /** Puts pieces of the items into the first warehouse. */
  async stocked(items: readonly RecordAnswer[], pieces: number): Promise<void> {
    const [warehouse] = await rowsOf(boss, 'warehouse', { field: 'main', is: 'equal', value: true });
    const lines = items.map(({ id }) => ({ item: id, quantity: pieces * 1_000_000, unitCost: 6_000_000 }));
    const stock = await created(boss, 'openingStock', { values: { warehouse: warehouse?.id ?? null }, parts: { lines } });
    await step(boss, stock, 'post');
  },

  /** An order that the customer agreed to and that may be delivered and paid. */
  async order(of: {
    customer: RecordAnswer;
    lines: readonly { item: RecordAnswer; pieces: number; grossPrice: number }[];
    values?: Readonly<Record<string, string | number>>;
  }): Promise<RecordAnswer> {
    const [warehouse] = await rowsOf(boss, 'warehouse', { field: 'main', is: 'equal', value: true });
    const lines = of.lines.map(({ item, pieces, grossPrice }) => ({
      item: item.id,
      name: item.values.name ?? null,
      unit: 'pc',
      quantity: pieces * 1_000_000,
      grossPrice,
      priceBasis: 'gross',
      taxRate: 130_000,
      warehouse: warehouse?.id ?? null,
    }));
    const { owner, department } = of.customer.values;
    const values = { customer: of.customer.id, owner: owner ?? null, department: department ?? null, ...of.values };
    return step(boss, await created(boss, 'salesOrder', { values, parts: { lines } }), 'approve');
  },
});

export async function created(desk: Desk, type: string, body: unknown): Promise<RecordAnswer> {
  return (await desk('POST', `/api/records/${type}`, body)).body as unknown as RecordAnswer;
}

export async function step(desk: Desk, { type, id, version }: RecordAnswer, name: string): Promise<RecordAnswer> {
  return (await desk('POST', `/api/records/${type}/${id}/steps/${name}`, { version })).body as unknown as RecordAnswer;
}

export async function rowsOf(desk: Desk, type: string, filter?: unknown): Promise<ListAnswer['rows']> {
  const { body } = await desk('POST', `/api/records/${type}/list`, { ...(filter ? { filter } : {}), limit: 200 });
  return (body as unknown as ListAnswer).rows;
}

/** The API of a running server, as the client of one session calls it; a "no" fails the test. */
export function deskOf(server: Api, token: string): Desk {
  return async (method, path, sent) => {
    const reply = await server.call(method, path, { token, key: newKey(), ...(sent === undefined ? {} : { body: sent }) });
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${reply.text}`);
    return reply;
  };
}

/** A key for something that is created once. */
export const newKey = (): string => randomUUID();
