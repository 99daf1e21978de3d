import { checkRecord } from '../../../shared/kernel/checkRecord.ts';
import type { AnyRow, Definition, Value } from '../../../shared/kernel/definition.ts';
import { sumOf } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { stockless } from '../../../shared/records/item.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { storeNew } from '../../engine/createRecord.ts';
import { defaultsFor } from '../../engine/defaults.ts';
import { type Event, offerEffect } from '../../engine/effects.ts';
import { load, lock } from '../../engine/load.ts';
import { dayInOpenPeriod } from '../../engine/periods.ts';
import { takeStep } from '../../engine/takeStep.ts';
import type { Work } from '../../work.ts';
import { lotDifferences } from '../lots/lotDifferences.ts';
import { categoriesUnder } from '../trade/stockList.ts';
import { booksSince } from './countBooks.ts';
import { countedLines, linesFor } from './countLines.ts';

type Stepped = Extract<Event, { kind: 'stepped' }>;

/** What the steps of a stock-take and of its sheets do beside changing their state. */
export function offerStockCounts(): void {
  offer('startCount', startCount);
  offer('gatherSheet', gatherSheet);
  offer('finishCount', finishCount);
  offer('recount', recount);
  offer('settleCount', settleCount);
  offer('unsettleCount', unsettleCount);
}

function offer(name: string, act: (work: Work, record: StoredRecord, definition: Definition, event: Stepped) => Promise<void>): void {
  offerEffect(name, async (work, definition, event) => {
    if (event.kind === 'stepped') await act(work, await lock(work, definition, event.record.id), definition, event);
  });
}

const linesMax = 5000;

/**
 * Notes what the books hold of the chosen items, or of everything that lies in the warehouse. Refuses 'count.nothing',
 * 'part.tooMany' {max}, and 'count.overlaps' {number} when another stock-take is at some of them.
 */
async function startCount(work: Work, count: StoredRecord, definition: Definition): Promise<void> {
  const chosen = count.parts.lines ?? [];
  const lines = chosen.length > 0 ? chosen : await linesFor(work, await itemsToCount(work, count));
  if (lines.length === 0) throw new Refusal('count.nothing');
  if (lines.length > linesMax) throw new Refusal('part.tooMany', { max: linesMax });
  const items = lines.map((line) => Number(line.item));
  await refuseOverlap(work, count, items);
  const heldAt = await booksSince(work, { warehouse: Number(count.values.warehouse), from: work.now }, items);
  const noted = lines.map((line): AnyRow => ({ ...line, snapshot: heldAt(Number(line.item), work.now) }));
  await store(work, definition, count, { lines: noted, values: { round: 1, startedAt: work.now } });
}

/** Everything of which something lies there, or should: in the category and below it when one is named. */
async function itemsToCount(work: Work, count: StoredRecord): Promise<number[]> {
  const query = work
    .tx({ held: 'balances' })
    .join('items', 'items.id', 'held.subject')
    .where({ 'held.ledger': 'stock', 'held.place': `warehouse:${count.values.warehouse}` })
    .whereNot('held.amount', 0)
    .whereNull('items.deleted_at')
    .whereNotIn('items.item_type', stockless.itemType)
    .whereNotIn('items.origin', stockless.origin);
  if (count.values.category !== null) query.whereIn('items.category', await categoriesUnder(work, Number(count.values.category)));
  const rows = (await query.orderByRaw("coalesce(items.code, ''), items.id").select('items.id')) as { id: number }[];
  return rows.map((row) => row.id);
}

/** Two stock-takes of one item would post its difference twice. */
async function refuseOverlap(work: Work, count: StoredRecord, items: readonly number[]): Promise<void> {
  for (let start = 0; start < items.length; start += 1000) {
    const other = (await work
      .tx({ other: 'stock_counts' })
      .join({ line: 'stock_count_lines' }, 'line.parent', 'other.id')
      .where({ 'other.warehouse': count.values.warehouse })
      .whereIn('other.state', ['counting', 'review'])
      .whereNull('other.deleted_at')
      .whereNot('other.id', count.id)
      .whereIn('line.item', items.slice(start, start + 1000))
      .first('other.number')) as { number: string } | undefined;
    if (other) throw new Refusal('count.overlaps', { number: other.number });
  }
}

/** A sheet was handed in or taken back: the stock-take adds up anew. Refuses 'count.notCounting' {number}. */
async function gatherSheet(work: Work, sheet: StoredRecord, definition: Definition, { step }: Stepped): Promise<void> {
  const counting = work.company.catalogue.get('stockCount');
  const count = await lock(work, counting, Number(sheet.values.count));
  if (count.state !== 'counting') throw new Refusal('count.notCounting', { number: String(count.values.number) });
  const round = step === 'post' ? (count.values.round ?? 1) : null;
  await storeChange(work, definition, sheet, { ...sheet, values: { ...sheet.values, round } }, 'change');
  await store(work, counting, count, { lines: await countedLines(work, count, false), values: {} });
}

/** Nobody counts any more; what nobody counted counts as nothing when the stock-take says so. */
async function finishCount(work: Work, count: StoredRecord, definition: Definition): Promise<void> {
  await store(work, definition, count, { lines: await countedLines(work, count, count.values.uncounted === 'zero'), values: {} });
}

/** Another round: what is counted now replaces what was counted of the same items before. */
async function recount(work: Work, count: StoredRecord, definition: Definition): Promise<void> {
  const values = { round: Number(count.values.round ?? 1) + 1 };
  await store(work, definition, count, { lines: await countedLines(work, count, false), values });
}

async function store(
  work: Work,
  definition: Definition,
  count: StoredRecord,
  change: { lines: AnyRow[]; values: Record<string, Value> },
): Promise<void> {
  const differences = change.lines.filter((line) => Number(line.difference ?? 0) !== 0).length;
  const missing = change.lines.filter((line) => line.counted === null || line.counted === undefined).length;
  const values = { ...count.values, ...change.values, differences, missing };
  await storeChange(work, definition, count, { ...count, values, parts: { ...count.parts, lines: change.lines } }, 'change');
}

/** What was found and what is missing become two notes that move it, with its cost. */
async function settleCount(work: Work, count: StoredRecord, definition: Definition, event: Stepped): Promise<void> {
  const { lines, lots } = await differencesOf(work, count);
  const gainNote = await noteOf(work, count, { type: 'stockGain', lines: lines.filter(isMore), lots: lots.filter(isMore), event });
  const lossNote = await noteOf(work, count, { type: 'stockLoss', lines: lines.filter(isLess), lots: lots.filter(isLess), event });
  await storeChange(work, definition, count, { ...count, values: { ...count.values, gainNote, lossNote } }, 'change');
}

const isMore = (row: AnyRow): boolean => Number(row.difference) > 0;
const isLess = (row: AnyRow): boolean => Number(row.difference) < 0;

/** Where lots are told apart, one may be missing and another too much although the item as a whole is right: each way has a line of its own. */
async function differencesOf(work: Work, count: StoredRecord): Promise<{ lines: AnyRow[]; lots: AnyRow[] }> {
  const { items, lots } = await lotDifferences(work, count);
  const lines = (count.parts.lines ?? []).flatMap((line) => {
    if (!items.includes(Number(line.item))) return [line];
    return [isMore, isLess].map((isSo): AnyRow => {
      const rows = lots.filter((lot) => lot.item === line.item && isSo(lot));
      return { ...line, difference: sumOf(rows.map((lot) => Number(lot.difference))) };
    });
  });
  return { lines: lines.filter((line) => Number(line.difference ?? 0) !== 0), lots };
}

interface Note {
  readonly type: string;
  readonly lines: readonly AnyRow[];
  readonly lots: readonly AnyRow[];
  readonly event: Stepped;
}

async function noteOf(work: Work, count: StoredRecord, { type, lines, lots, event }: Note): Promise<number | null> {
  if (lines.length === 0) return null;
  const definition = work.company.catalogue.get(type);
  const day = await dayInOpenPeriod(work, String(count.values.day));
  const rows = lines.map(({ item, name, spec, unit, difference, remark }) => ({
    item,
    name,
    spec,
    unit,
    quantity: Math.abs(Number(difference)),
    remark,
  }));
  const told = lots.map(({ item, number, difference }) => ({ item, number, quantity: Math.abs(Number(difference)) }));
  const input = { values: { day, warehouse: count.values.warehouse }, parts: { lines: rows, lots: told } };
  const draft = checkRecord(definition, input, { complete: true, defaults: await defaultsFor(work, definition, input) });
  const note = await storeNew(work, definition, { ...draft, values: { ...draft.values, count: count.id } }, []);
  await takeStep(work, definition, note.id, 'post', { version: note.version, confirmed: event.confirmed });
  return note.id;
}

/** Takes both notes back and voids them; what somebody took back already stays as it is. */
async function unsettleCount(work: Work, count: StoredRecord, definition: Definition, event: Stepped): Promise<void> {
  for (const [type, id] of [
    ['stockGain', count.values.gainNote],
    ['stockLoss', count.values.lossNote],
  ] as const) {
    if (typeof id === 'number') await dropNote(work, work.company.catalogue.get(type), id, event.reason);
  }
  await storeChange(work, definition, count, { ...count, values: { ...count.values, gainNote: null, lossNote: null } }, 'change');
}

async function dropNote(work: Work, definition: Definition, id: number, reason: string | undefined): Promise<void> {
  let note = await load(work, definition, id);
  for (const [state, step] of [
    ['posted', 'takeBack'],
    ['draft', 'void'],
  ] as const) {
    if (note.state === state) note = await takeStep(work, definition, id, step, { version: note.version, reason });
  }
}
