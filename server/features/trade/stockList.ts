import type { Knex } from 'knex';
import type { StockListAnswer, StockListRow, StockRow } from '../../../shared/contracts/trade.ts';
import { mulDiv, splitByLargestRemainder } from '../../../shared/kernel/numbers.ts';
import { stockless } from '../../../shared/records/item.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import { narrowToWords } from '../../engine/list/searchWords.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from './currencies.ts';
import { cursorFrom, readCursor } from './cursor.ts';
import { averageOf, stockRows, stockValues } from './stock.ts';

export interface StockQuery {
  readonly search?: string | undefined;
  readonly warehouse?: number | undefined;
  /** This category and everything below it. */
  readonly category?: number | undefined;
  /** Only items of which something lies somewhere or is promised. */
  readonly held?: boolean | undefined;
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
  const stock = await stockRows(
    work,
    items.map((item) => item.id),
  );
  const valued = work.actor.special.has('see.cost')
    ? await valuation(
        work,
        items.map((item) => item.id),
        stock,
      )
    : null;
  const rows: StockListRow[] = [];
  let taken = 0;
  for (const item of items) {
    if (taken === limit || rows.length >= limit) break;
    const places = (stock.get(item.id) ?? []).filter((row) => query.warehouse === undefined || row.warehouse === query.warehouse);
    const shown =
      places.length > 0 ? places : [{ item: item.id, warehouse: query.warehouse ?? null, onHand: 0, promised: 0, available: 0 }];
    rows.push(...shown.map((row) => ({ ...row, ...wordsOf(work, item), ...valued?.(row) })));
    taken += 1;
  }
  const last = items[taken - 1];
  return { rows, titles: await titlesOf(work, rows), next: last && taken < items.length ? cursorFrom([last.code ?? '', last.id]) : null };
}

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
  if (query.warehouse !== undefined || query.held) items.whereIn('items.id', heldIn(work, query.warehouse));
  if (query.after !== undefined) {
    const [code = '', id = 0] = readCursor(query.after, ['text', 'number']);
    items.whereRaw("(coalesce(items.code, '') > ? or (coalesce(items.code, '') = ? and items.id > ?))", [code, code, id]);
  }
  return items
    .orderByRaw("coalesce(items.code, ''), items.id")
    .limit(limit)
    .select('items.id', 'items.code', 'items.name', 'items.spec', 'items.unit', 'items.category', 'items.safety_stock');
}

function heldIn(work: Work, warehouse: number | undefined): Knex.QueryBuilder {
  const held = work.tx('balances').whereIn('ledger', ['stock', 'promise']).whereNot('amount', 0).select('subject');
  if (warehouse !== undefined) return held.whereIn('place', [`warehouse:${warehouse}`, `promised:${warehouse}`]);
  return held.where((where) =>
    where.whereBetween('place', ['warehouse:', 'warehouse;']).orWhereBetween('place', ['promised:', 'promised;']),
  );
}

/** A category with all below it. The tree of goods is small; a circle in it ends where it began. */
async function categoriesUnder(work: Work, top: number): Promise<number[]> {
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
async function valuation(work: Work, items: readonly number[], stock: ReadonlyMap<number, StockRow[]>): Promise<Valued> {
  const values = await stockValues(work, items);
  const { digits } = (await exchangeOf(work)).base;
  const shares = new Map<StockRow, number>();
  for (const [item, rows] of stock) {
    const parts = shareValue(values.get(item) ?? 0, rows);
    for (const [index, row] of rows.entries()) shares.set(row, parts[index] ?? 0);
  }
  return (row) => {
    const quantity = (stock.get(row.item) ?? []).reduce((sum, one) => sum + one.onHand, 0);
    return { value: shares.get(row) ?? 0, averageCost: averageOf({ value: values.get(row.item) ?? 0, quantity, currencyDigits: digits }) };
  };
}

function shareValue(value: number, rows: readonly StockRow[]): number[] {
  const quantities = rows.map((row) => row.onHand);
  if (quantities.every((quantity) => quantity >= 0)) return splitByLargestRemainder(value, quantities);
  // Somewhere less than nothing lies, so the parts cannot be weights; each is reckoned at the average.
  const total = quantities.reduce((sum, quantity) => sum + quantity, 0);
  return quantities.map((quantity) => (total > 0 ? mulDiv([value, quantity], [total]) : 0));
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
