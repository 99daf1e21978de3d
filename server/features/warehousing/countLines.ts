import type { AnyRow } from '../../../shared/kernel/definition.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import type { StoredRecord } from '../../database/rows.ts';
import type { Work } from '../../work.ts';
import { insideStock, stockValues } from '../trade/stock.ts';
import { booksSince, type HeldAt } from './countBooks.ts';

/** What all sheets of a stock-take say of an item in its last round: how much, and when the last of it was counted. */
interface Tally {
  readonly quantity: number;
  readonly round: number;
  readonly at: string;
}

interface SheetRow {
  item: number;
  quantity: number;
  unit_ratio: number | null;
  counted_at: string;
  round: number;
}

/**
 * The lines of a stock-take as its posted sheets make them: counted against what the books held at the moment of counting. What
 * was found and not expected gets a line of its own. With `asZero` what nobody counted counts as nothing.
 */
export async function countedLines(work: Work, count: StoredRecord, asZero: boolean): Promise<AnyRow[]> {
  const tallies = await talliesOf(work, count.id);
  const known = count.parts.lines ?? [];
  const found = [...tallies.keys()].filter((item) => !known.some((line) => line.item === item));
  const items = [...known.map((line) => Number(line.item)), ...found];
  const startedAt = String(count.values.startedAt);
  const heldAt = await booksSince(work, { warehouse: Number(count.values.warehouse), from: startedAt }, items);
  const lines = [...known, ...(await linesFor(work, found))].map((line): AnyRow => {
    const snapshot = line.snapshot ?? heldAt(Number(line.item), startedAt);
    const tally = tallies.get(Number(line.item)) ?? (asZero ? { quantity: 0, round: Number(count.values.round), at: work.now } : null);
    return { ...line, snapshot, ...comparison({ item: Number(line.item), snapshot: Number(snapshot), tally, heldAt }) };
  });
  return withCost(work, lines);
}

function comparison(of: { item: number; snapshot: number; tally: Tally | null; heldAt: HeldAt }): Partial<AnyRow> {
  const { tally } = of;
  if (!tally) return { counted: null, countRound: null, countedAt: null, moved: null, difference: null };
  const held = of.heldAt(of.item, tally.at);
  return {
    counted: tally.quantity,
    countRound: tally.round,
    countedAt: tally.at,
    moved: held - of.snapshot,
    difference: tally.quantity - held,
  };
}

/** A later round replaces the earlier ones of an item; within a round all sheets add up. */
async function talliesOf(work: Work, count: number): Promise<Map<number, Tally>> {
  const rows = (await work
    .tx({ line: 'count_sheet_lines' })
    .join({ sheet: 'count_sheets' }, 'sheet.id', 'line.parent')
    .where({ 'sheet.count': count, 'sheet.state': 'posted' })
    .whereNull('sheet.deleted_at')
    .orderBy('line.id')
    .select('line.item', 'line.quantity', 'line.unit_ratio', 'line.counted_at', 'sheet.round')) as SheetRow[];
  const tallies = new Map<number, Tally>();
  for (const row of rows) {
    const before = tallies.get(row.item);
    if (before && before.round > row.round) continue;
    const same = before?.round === row.round ? before : null;
    const quantity = mulDiv([row.quantity, row.unit_ratio ?? 1_000_000], [1_000_000]);
    const at = same && same.at > row.counted_at ? same.at : row.counted_at;
    tallies.set(row.item, { quantity: (same?.quantity ?? 0) + quantity, round: row.round, at });
  }
  return tallies;
}

/** New lines for items, by code, with what they are called. */
export async function linesFor(work: Work, items: readonly number[]): Promise<AnyRow[]> {
  const rows: { id: number; name: string; spec: string | null; unit: string }[] = [];
  for (let start = 0; start < items.length; start += 1000) {
    const chunk = work.tx('items').whereIn('id', items.slice(start, start + 1000));
    rows.push(...(await chunk.orderByRaw("coalesce(code, ''), id").select('id', 'name', 'spec', 'unit')));
  }
  return rows.map(({ id, name, spec, unit }): AnyRow => ({ id: 0, item: id, name, spec, unit, remark: null }));
}

/** What a difference is worth at the moving average of now, for whoever reviews it. */
async function withCost(work: Work, lines: readonly AnyRow[]): Promise<AnyRow[]> {
  const items = lines.filter((line) => Number(line.difference ?? 0) !== 0).map((line) => Number(line.item));
  const values = await stockValues(work, items);
  const held = await insideStock(work, items);
  return lines.map((line) => {
    const [value, quantity] = [values.get(Number(line.item)) ?? 0, held.get(Number(line.item)) ?? 0];
    const difference = Number(line.difference ?? 0);
    const isKnown = difference !== 0 && quantity > 0 && value > 0;
    return { ...line, differenceCost: isKnown ? mulDiv([value, difference], [quantity]) : null };
  });
}
