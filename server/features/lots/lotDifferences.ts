import type { AnyRow } from '../../../shared/kernel/definition.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { lotKey } from '../../../shared/records/lot.ts';
import type { StoredRecord } from '../../database/rows.ts';
import type { Work } from '../../work.ts';
import { booksSince } from '../warehousing/countBooks.ts';
import { trackedAmong } from './lotFacts.ts';

/**
 * What a stock-take found of each lot beyond the books at the moment its item was counted, or missed of it (below zero). `items` are
 * those that were counted and are told apart.
 */
export async function lotDifferences(work: Work, count: StoredRecord): Promise<{ items: number[]; lots: AnyRow[] }> {
  const counted = (count.parts.lines ?? []).filter((line) => line.counted !== null && line.counted !== undefined);
  const tracked = await trackedAmong(
    work,
    counted.map((line) => Number(line.item)),
  );
  const lines = counted.filter((line) => tracked[Number(line.item)]);
  const items = lines.map((line) => Number(line.item));
  if (items.length === 0) return { items, lots: [] };
  const warehouse = Number(count.values.warehouse);
  const found = await countedLots(work, count.id, items);
  const booked = await bookedLots(work, warehouse, items);
  const heldAt = await booksSince(
    work,
    { ledger: 'lots', warehouse, from: String(count.values.startedAt) },
    booked.map(({ id }) => id),
  );
  const lots = lines.flatMap((line): AnyRow[] => {
    const names = new Map<string, { number: string; id: number | null }>();
    for (const { item, number } of found.values()) if (item === line.item) names.set(lotKey({ item, number }), { number, id: null });
    for (const { id, item, number } of booked) if (item === line.item) names.set(lotKey({ item, number }), { number, id });
    return [...names].map(([key, { number, id }]) => {
      const held = id === null ? 0 : heldAt(id, String(line.countedAt));
      return { id: 0, item: Number(line.item), number, difference: (found.get(key)?.quantity ?? 0) - held };
    });
  });
  return { items, lots: lots.filter(({ difference }) => difference !== 0) };
}

interface Counted {
  item: number;
  number: string;
  quantity: number;
  round: number;
}

/** By the key of a lot: how much of it the sheets of the last round of its item say. */
async function countedLots(work: Work, count: number, items: readonly number[]): Promise<Map<string, Counted>> {
  const rows = (await work
    .tx({ line: 'count_sheet_lines' })
    .join({ sheet: 'count_sheets' }, 'sheet.id', 'line.parent')
    .where({ 'sheet.count': count, 'sheet.state': 'posted' })
    .whereNull('sheet.deleted_at')
    .orderBy('line.id')
    .select('line.item', 'line.quantity', 'line.unit_ratio', 'sheet.round', { number: 'line.lot_number' })) as (Omit<Counted, 'number'> & {
    unit_ratio: number | null;
    number: string | null;
  })[];
  const lastRound = new Map<number, number>();
  for (const { item, round } of rows) lastRound.set(item, Math.max(round, lastRound.get(item) ?? 0));
  const found = new Map<string, Counted>();
  for (const { item, number, quantity, unit_ratio: ratio, round } of rows) {
    if (number === null || round !== lastRound.get(item) || !items.includes(item)) continue;
    const key = lotKey({ item, number });
    const before = found.get(key)?.quantity ?? 0;
    found.set(key, { item, number, round, quantity: before + mulDiv([quantity, ratio ?? 1_000_000], [1_000_000]) });
  }
  return found;
}

/** Every lot of the items that the warehouse holds or ever held. */
async function bookedLots(
  work: Work,
  warehouse: number,
  items: readonly number[],
): Promise<{ id: number; item: number; number: string }[]> {
  const found: { id: number; item: number; number: string }[] = [];
  for (let start = 0; start < items.length; start += 500) {
    const query = work
      .tx('lots')
      .join({ b: 'balances' }, 'b.subject', 'lots.id')
      .where({ 'b.ledger': 'lots', 'b.place': placeOf('warehouse', warehouse) })
      .whereIn('lots.item', items.slice(start, start + 500));
    found.push(...((await query.orderBy('lots.id').select('lots.id', 'lots.item', 'lots.number')) as typeof found));
  }
  return found;
}
