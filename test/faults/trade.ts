import type { StoredRecord } from '../../server/database/rows.ts';
import type { Office } from '../scenarios/office.ts';

export const piece = 1_000_000;

/** A company with goods on the shelf and somebody to sell them to. */
export interface Trade {
  readonly warehouse: number;
  readonly pen: number;
  readonly customer: number;
  /** An approved order of so many pens. */
  order(pieces?: number): Promise<StoredRecord>;
  /** A delivery note of a fresh order, not yet posted. */
  note(pieces?: number): Promise<StoredRecord>;
  /** What a client sends to make such a quotation or order. */
  draft(pieces?: number): { values: Record<string, number>; parts: { lines: Record<string, number>[] } };
}

export async function openTrade(office: Office, pieces: number): Promise<Trade> {
  const warehouse = await office.id('warehouses', { main: 1 });
  const pen = (await office.create('admin', 'item', { name: '钢笔', unit: '支', grossPrice: 11_300_000 })).id;
  const customer = (await office.create('wang', 'customer', { name: '浙江宏远贸易有限公司' })).id;
  const stock = await office.create(
    'admin',
    'openingStock',
    { warehouse },
    { lines: [{ item: pen, quantity: pieces * piece, unitCost: 6_000_000 }] },
  );
  await office.step('admin', stock, 'post');
  const draft: Trade['draft'] = (count = 1) => ({
    values: { customer },
    parts: { lines: [{ item: pen, quantity: count * piece, grossPrice: 11_300_000, taxRate: 130_000, warehouse }] },
  });
  const order: Trade['order'] = async (count) => {
    const { values, parts } = draft(count);
    return office.step('wang', await office.create('wang', 'salesOrder', values, parts), 'approve');
  };
  return {
    warehouse,
    pen,
    customer,
    draft,
    order,
    note: async (count) => office.become('chen', 'stockOut', [{ type: 'salesOrder', id: (await order(count)).id }]),
  };
}

/** How many pens lie in the warehouse, in pieces. */
export async function onHand(office: Office, { pen, warehouse }: Trade): Promise<number> {
  const rows = await office.company.store.read((tx) =>
    tx('balances')
      .where({ ledger: 'stock', subject: pen, place: `warehouse:${warehouse}` })
      .pluck('amount'),
  );
  return Number(rows[0] ?? 0) / piece;
}

/** Numbers that come the same way from the same seed, between 0 and 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
