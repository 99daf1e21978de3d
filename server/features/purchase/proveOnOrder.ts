import { mulDiv } from '../../../shared/kernel/numbers.ts';
import type { Finding } from '../../ledger/prove.ts';
import type { Work } from '../../work.ts';

/**
 * Proves that what the books say is on order is what open purchase orders still expect: of each item for each warehouse the
 * quantity ordered less what came in of it, an order that delivered more expecting nothing.
 */
export async function proveOnOrder(work: Work): Promise<Finding[]> {
  const expected = new Map<string, number>();
  const kept = (await work
    .tx({ line: 'purchase_order_lines' })
    .join({ head: 'purchase_orders' }, 'head.id', 'line.parent')
    .whereNull('head.deleted_at')
    .whereIn('head.state', ['approved', 'completed'])
    .select('line.item', 'line.warehouse', 'line.quantity', 'line.received', 'line.unit_ratio')) as OpenLine[];
  for (const line of kept) {
    const key = `${line.item} ordered:${line.warehouse ?? 0}`;
    const inUnits = (quantity: number): number => mulDiv([quantity, line.unit_ratio ?? 1_000_000], [1_000_000]);
    const open = inUnits(line.quantity) - inUnits(Math.min(line.received ?? 0, line.quantity));
    expected.set(key, (expected.get(key) ?? 0) + open);
  }
  const rows = (await work.tx('balances').where({ ledger: 'onOrder' }).whereNot('place', 'open').select('subject', 'place', 'amount')) as {
    subject: number;
    place: string;
    amount: number;
  }[];
  const booked = new Map(rows.map((row) => [`${row.subject} ${row.place}`, row.amount]));
  const stocked = await stockKept(work);
  return [...new Set([...expected.keys(), ...booked.keys()])].flatMap((key): Finding[] => {
    const [open, amount] = [stocked(key) ? (expected.get(key) ?? 0) : 0, booked.get(key) ?? 0];
    return open === amount ? [] : [{ proof: 'onOrder', detail: `${key}: orders expect ${open}, the books say ${amount}` }];
  });
}

interface OpenLine {
  item: number;
  warehouse: number | null;
  quantity: number;
  received: number | null;
  unit_ratio: number | null;
}

/** Services are ordered too and never expected in a warehouse. */
async function stockKept(work: Work): Promise<(key: string) => boolean> {
  const rows = (await work
    .tx('items')
    .where((none) => none.where('item_type', 'service').orWhere('origin', 'intangible'))
    .select('id')) as { id: number }[];
  const none = new Set(rows.map((row) => String(row.id)));
  return (key) => !none.has(key.split(' ')[0] ?? '');
}
