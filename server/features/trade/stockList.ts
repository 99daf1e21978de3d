import type { Knex } from 'knex';
import type { StockListAnswer, StockListRow, StockRow } from '../../../shared/contracts/stock.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { mulDiv, splitByLargestRemainder } from '../../../shared/kernel/numbers.ts';
import { stockless } from '../../../shared/records/item.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import { narrowToWords } from '../../engine/list/searchWords.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { warehousesOf } from '../warehousing/warehouseLimit.ts';
import { exchangeOf } from './currencies.ts';
import { cursorFrom, readCursor } from './cursor.ts';
import { isAt, ourKinds, type Places, touches } from './moveSql.ts';
import { averageOf, isOwn, stockRows, stockValues } from './stock.ts';

export interface StockQuery {
  readonly search?: string | undefined;
  readonly warehouse?: number | undefined;
  /** This category and everything below it. */
  readonly category?: number | undefined;
  readonly itemType?: string | undefined;
  /** Only items of which something lies somewhere or is promised. */
  readonly held?: boolean | undefined;
  /** As things stood at the end of this day. */
  readonly day?: Day | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;

/**
 * The stock overview: goods by code, a row for each warehouse that holds them (one without a warehouse when none does). A page
 * ends with a whole item, so it may be a few rows longer than asked for. Value and average cost need the right to see cost.
 */
export async function stockList(work: Work, query: StockQuery): Promise<StockListAnswer> {
  const limit = Math.min(rowsMax, query.limit ?? 200);
  const items = await itemPage(work, query, limit + 1);
  const ids = items.map((item) => item.id);
  const stock = await stockRows(work, ids, query.day);
  const valued = work.actor.special.has('see.cost') ? await valuation(work, ids, stock, query.day) : null;
  const units = await itemUnits(work, ids);
  const own = await warehousesOf(work);
  const rows: StockListRow[] = [];
  let taken = 0;
  for (const item of items) {
    if (taken === limit || rows.length >= limit) break;
    taken += 1;
    const places = (stock.get(item.id) ?? []).filter(
      (row) => isOwn(row, own) && (query.warehouse === undefined || row.warehouse === query.warehouse),
    );
    // Who asks for a day asks for what lay there then; who asks for what is held gets nothing else.
    if (places.length === 0 && query.held) continue;
    const shown = places.length > 0 ? places : [nothing(item.id, query.warehouse ?? null)];
    rows.push(...shown.map((row) => ({ ...row, ...wordsOf(work, item), ...unitsIn(units, item.id), ...valued?.(row) })));
  }
  const last = items[taken - 1];
  return { rows, titles: await titlesOf(work, rows), next: last && taken < items.length ? cursorFrom([last.code ?? '', last.id]) : null };
}

const nothing = (item: number, warehouse: number | null): StockRow => ({
  item,
  warehouse,
  onHand: 0,
  promised: 0,
  available: 0,
  onOrder: 0,
  inTransit: 0,
  lent: 0,
});

interface ItemRow {
  id: number;
  code: string | null;
  name: string;
  spec: string | null;
  unit: string;
  category: number | null;
  safety_stock: number | null;
}

async function itemPage(work: Work, query: StockQuery, limit: number): Promise<ItemRow[]> {
  const definition = work.company.catalogue.get('item');
  const items = work
    .tx('items')
    .whereNull('items.deleted_at')
    // Services and rights have no stock.
    .where((kept) => kept.whereNull('items.item_type').orWhereNotIn('items.item_type', stockless.itemType))
    .where((kept) => kept.whereNull('items.origin').orWhereNotIn('items.origin', stockless.origin));
  restrict(work, definition, items, 'read');
  await narrowToWords(work, definition, items, query.search ?? '');
  if (query.category !== undefined) items.whereIn('items.category', await categoriesUnder(work, query.category));
  if (query.itemType !== undefined) items.where('items.item_type', query.itemType);
  if (query.warehouse !== undefined || query.held)
    items.whereIn('items.id', heldIn(work, await placesOf(work, query.warehouse), query.day));
  if (query.after !== undefined) {
    const [code = '', id = 0] = readCursor(query.after, ['text', 'number']);
    items.whereRaw("(coalesce(items.code, '') > ? or (coalesce(items.code, '') = ? and items.id > ?))", [code, code, id]);
  }
  return items
    .orderByRaw("coalesce(items.code, ''), items.id")
    .limit(limit)
    .select('items.id', 'items.code', 'items.name', 'items.spec', 'items.unit', 'items.category', 'items.safety_stock');
}

/** Where it has to lie or to be promised to count: in one warehouse, in those the person is limited to, anywhere. */
async function placesOf(work: Work, warehouse: number | undefined): Promise<Places> {
  const own = await warehousesOf(work);
  if (warehouse === undefined && own === null) return { kinds: [...ourKinds, 'promised', 'ordered'] };
  const asked = warehouse === undefined ? [...(own ?? [])] : [warehouse].filter((id) => own?.has(id) ?? true);
  return asked.flatMap((id) => ['warehouse', 'transit', 'promised', 'ordered'].map((kind) => placeOf(kind, id)));
}

function heldIn(work: Work, places: Places, day: Day | undefined): Knex.QueryBuilder {
  if (!('kinds' in places) && places.length === 0) return work.tx('balances').whereRaw('1 = 0').select('subject');
  if (day === undefined) {
    const at = isAt('place', places);
    const held = work.tx('balances').whereIn('ledger', ['stock', 'promise', 'onOrder']).whereNot('amount', 0);
    return held.whereRaw(at.sql, [...at.bindings]).select('subject');
  }
  const touched = touches(places);
  const moves = work.tx('moves').whereIn('ledger', ['stock', 'promise', 'onOrder']).where('day', '<=', day);
  return moves.whereRaw(touched.sql, [...touched.bindings]).select('subject');
}

/** A category with all below it. The tree of goods is small; a circle in it ends where it began. */
export async function categoriesUnder(work: Work, top: number): Promise<number[]> {
  const rows = (await work.tx('item_categories').whereNull('deleted_at').select('id', 'parent')) as { id: number; parent: number | null }[];
  const below = new Set([top]);
  for (const id of below) for (const row of rows) if (row.parent === id) below.add(row.id);
  return [...below];
}

function wordsOf(work: Work, item: ItemRow): Partial<StockListRow> {
  const definition = work.company.catalogue.get('item');
  const all = {
    code: item.code,
    name: item.name,
    spec: item.spec,
    unit: item.unit,
    category: item.category,
    safetyStock: item.safety_stock,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => isVisible(work.actor, definition, name)));
}

type Valued = (row: StockRow) => { value: number; averageCost: number | null };

/** Value is kept for an item as a whole; its warehouses share it by quantity, so that the rows add up to the books. */
async function valuation(
  work: Work,
  items: readonly number[],
  stock: ReadonlyMap<number, StockRow[]>,
  day: Day | undefined,
): Promise<Valued> {
  const values = await stockValues(work, items, day);
  const { digits } = (await exchangeOf(work)).base;
  const shares = new Map<StockRow, number>();
  for (const [item, rows] of stock) {
    const parts = shareValue(values.get(item) ?? 0, rows);
    for (const [index, row] of rows.entries()) shares.set(row, parts[index] ?? 0);
  }
  return (row) => {
    const quantity = (stock.get(row.item) ?? []).reduce((sum, one) => sum + oursIn(one), 0);
    return { value: shares.get(row) ?? 0, averageCost: averageOf({ value: values.get(row.item) ?? 0, quantity, currencyDigits: digits }) };
  };
}

/** Goods on the way and goods lent are still worth what they are worth. */
const oursIn = (row: StockRow): number => row.onHand + row.inTransit + row.lent;

function shareValue(value: number, rows: readonly StockRow[]): number[] {
  const quantities = rows.map(oursIn);
  if (quantities.every((quantity) => quantity >= 0)) return splitByLargestRemainder(value, quantities);
  // Somewhere less than nothing lies, so the parts cannot be weights; each is reckoned at the average.
  const total = quantities.reduce((sum, quantity) => sum + quantity, 0);
  return quantities.map((quantity) => (total > 0 ? mulDiv([value, quantity], [total]) : 0));
}

type Units = ReadonlyMap<number, { unit: string; ratio: number }[]>;

/** The further units of items, the largest first. */
export async function itemUnits(work: Work, items: readonly number[]): Promise<Units> {
  const rows = (await work
    .tx('item_units')
    .whereIn('parent', [...items])
    .orderBy('ratio', 'desc')
    .orderBy('id')
    .select('parent', 'unit', 'ratio')) as {
    parent: number;
    unit: string;
    ratio: number;
  }[];
  return new Map(
    [...Map.groupBy(rows, (row) => row.parent)].map(([item, known]) => [item, known.map(({ unit, ratio }) => ({ unit, ratio }))]),
  );
}

function unitsIn(units: Units, item: number): Partial<StockListRow> {
  const known = units.get(item);
  return known ? { units: known } : {};
}

function titlesOf(work: Work, rows: readonly StockListRow[]) {
  const idsIn = (pick: (row: StockListRow) => number | null | undefined): Set<number> =>
    new Set(rows.map(pick).filter((id) => typeof id === 'number'));
  return titlesFor(
    work,
    new Map([
      ['warehouse', idsIn((row) => row.warehouse)],
      ['itemCategory', idsIn((row) => row.category)],
    ]),
  );
}
