import { placeOf } from '../../../shared/kernel/ledger.ts';
import type { Work } from '../../work.ts';

interface BookRow {
  subject: number;
  amount: number;
  at: string | null;
  moved: number | null;
  to_place: string | null;
}

/** What the books held of an item at a moment, 10⁻⁶ of its unit. */
export type HeldAt = (item: number, at: string) => number;

/**
 * What a warehouse held of some items at any moment since `from`: what it holds now less what moved later. One statement reads
 * both, so that a delivery booked meanwhile is either in both or in none.
 */
export async function booksSince(work: Work, of: { warehouse: number; items: readonly number[]; from: string }): Promise<HeldAt> {
  const place = placeOf('warehouse', of.warehouse);
  const rows: BookRow[] = [];
  for (let start = 0; start < of.items.length; start += 1000) {
    rows.push(...(await readBooks(work, place, of.items.slice(start, start + 1000), of.from)));
  }
  const byItem = Map.groupBy(rows, (row) => row.subject);
  return (item, at) => {
    const known = byItem.get(item) ?? [];
    return known.reduce((held, row) => held - movedAfter(row, place, at), known[0]?.amount ?? 0);
  };
}

async function readBooks(work: Work, place: string, items: readonly number[], from: string): Promise<BookRow[]> {
  return work
    .tx({ b: 'balances' })
    .leftJoin({ m: 'moves' }, (join) => {
      join.on('m.subject', 'b.subject').andOnVal('m.ledger', 'stock').andOnVal('m.at', '>', from);
      join.andOn((side) => side.onVal('m.from_place', place).orOnVal('m.to_place', place));
    })
    .where({ 'b.ledger': 'stock', 'b.place': place })
    .whereIn('b.subject', [...items])
    .select('b.subject', 'b.amount', 'm.at', { moved: 'm.amount' }, 'm.to_place') as Promise<BookRow[]>;
}

function movedAfter(row: BookRow, place: string, at: string): number {
  if (row.at === null || row.moved === null || row.at <= at) return 0;
  return row.to_place === place ? row.moved : -row.moved;
}
