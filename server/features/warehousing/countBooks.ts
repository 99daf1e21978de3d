import { placeOf } from '../../../shared/kernel/ledger.ts';
import type { Work } from '../../work.ts';

interface BookRow {
  subject: number;
  amount: number;
  at: string | null;
  moved: number | null;
  to_place: string | null;
}

/** What the books held of a subject of a ledger at a moment, 10⁻⁶ of its item's unit. */
export type HeldAt = (subject: number, at: string) => number;

interface Books {
  readonly warehouse: number;
  readonly from: string;
  /** The stock of items unless said: of which lots. */
  readonly ledger?: 'stock' | 'lots';
}

/**
 * What a warehouse held of some subjects at any moment since `from`: what it holds now less what moved later. One statement reads
 * both, so that a delivery booked meanwhile is either in both or in none.
 */
export async function booksSince(work: Work, { warehouse, from, ledger = 'stock' }: Books, subjects: readonly number[]): Promise<HeldAt> {
  const place = placeOf('warehouse', warehouse);
  const rows: BookRow[] = [];
  for (let start = 0; start < subjects.length; start += 1000) {
    rows.push(...(await readBooks(work, { ledger, place, from }, subjects.slice(start, start + 1000))));
  }
  const bySubject = Map.groupBy(rows, (row) => row.subject);
  return (subject, at) => {
    const known = bySubject.get(subject) ?? [];
    return known.reduce((held, row) => held - movedAfter(row, place, at), known[0]?.amount ?? 0);
  };
}

async function readBooks(
  work: Work,
  { ledger, place, from }: { ledger: string; place: string; from: string },
  subjects: readonly number[],
): Promise<BookRow[]> {
  return work
    .tx({ b: 'balances' })
    .leftJoin({ m: 'moves' }, (join) => {
      join.on('m.subject', 'b.subject').andOnVal('m.ledger', ledger).andOnVal('m.at', '>', from);
      join.andOn((side) => side.onVal('m.from_place', place).orOnVal('m.to_place', place));
    })
    .where({ 'b.ledger': ledger, 'b.place': place })
    .whereIn('b.subject', [...subjects])
    .select('b.subject', 'b.amount', 'm.at', { moved: 'm.amount' }, 'm.to_place') as Promise<BookRow[]>;
}

function movedAfter(row: BookRow, place: string, at: string): number {
  if (row.at === null || row.moved === null || row.at <= at) return 0;
  return row.to_place === place ? row.moved : -row.moved;
}
