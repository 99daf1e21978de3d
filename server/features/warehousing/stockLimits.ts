import type { Knex } from 'knex';
import type { StockLimitRow, StockLimitsAnswer } from '../../../shared/contracts/stock.ts';
import { restrict } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { cursorFrom, readCursor } from '../trade/cursor.ts';
import { itemUnits } from '../trade/stockList.ts';
import { warehousesOf } from './warehouseLimit.ts';

export interface LimitsQuery {
  /** Items with too little, or those with too much. */
  readonly side?: 'below' | 'above' | undefined;
  readonly warehouse?: number | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;

/**
 * Items of which less is available than should be (or more lies there than may), by code: in one warehouse where the limit is
 * that warehouse's, over all of them else. With how much to order so that there is enough again.
 */
export async function stockLimits(work: Work, query: LimitsQuery): Promise<StockLimitsAnswer> {
  const limit = Math.min(rowsMax, query.limit ?? 200);
  const found = limitsPassed(work, query.side ?? 'below');
  if (query.warehouse !== undefined) found.where('limits.warehouse', query.warehouse);
  const own = await warehousesOf(work);
  if (own) found.where((where) => where.whereNull('limits.warehouse').orWhereIn('limits.warehouse', [...own]));
  if (query.after !== undefined) {
    const [code = '', id = 0, warehouse = 0] = readCursor(query.after, ['text', 'number', 'number']);
    found.whereRaw("(coalesce(items.code, ''), items.id, coalesce(limits.warehouse, 0)) > (?, ?, ?)", [code, id, warehouse]);
  }
  const rows = (await found
    .orderByRaw("coalesce(items.code, ''), items.id, coalesce(limits.warehouse, 0)")
    .limit(limit + 1)
    .select('items.id', 'items.code', 'items.name', 'items.spec', 'items.unit', 'limits.*')) as LimitRow[];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const units = await itemUnits(work, [...new Set(shown.map((row) => row.id))]);
  return {
    rows: shown.map((row) => ({ ...rowOf(row), units: units.get(row.id) ?? [] })),
    titles: await titlesFor(work, new Map([['warehouse', new Set(shown.flatMap((row) => row.warehouse ?? []))]])),
    next: last && rows.length > limit ? cursorFrom([last.code ?? '', last.id, last.warehouse ?? 0]) : null,
  };
}

interface LimitRow {
  id: number;
  code: string | null;
  name: string;
  spec: string | null;
  unit: string;
  warehouse: number | null;
  minimum: number | null;
  maximum: number | null;
  available: number;
  on_order: number;
}

function rowOf(row: LimitRow): Omit<StockLimitRow, 'units'> {
  const wanted = row.maximum ?? (row.minimum ?? 0) * 2;
  return {
    item: row.id,
    code: row.code,
    name: row.name,
    spec: row.spec,
    unit: row.unit,
    warehouse: row.warehouse,
    minimum: row.minimum,
    maximum: row.maximum,
    available: row.available,
    onOrder: row.on_order,
    suggested: Math.max(0, wanted - row.available - row.on_order),
  };
}

/** Items that are sold and lie outside one of their limits, joined as `items` and `limits`; what is outside is what is available there. */
export function limitsPassed(work: Work, side: 'below' | 'above'): Knex.QueryBuilder {
  const limits = work.tx.unionAll([everywhere(work), byWarehouse(work)]).as('limits');
  const query = work.tx.from(limits).join('items', 'items.id', 'limits.item');
  query.whereNull('items.deleted_at').where('items.stopped', 0);
  query.whereRaw(side === 'below' ? 'limits.available < limits.minimum' : 'limits.available > limits.maximum');
  restrict(work, work.company.catalogue.get('item'), query, 'read');
  return query;
}

/** Limits over all warehouses: those in the item's list without a warehouse, else its safety stock. */
function everywhere(work: Work): Knex.QueryBuilder {
  const own = work.tx('item_stock_limits').whereNull('warehouse').groupBy('parent');
  const listed = own.select({ item: 'parent' }).max({ minimum: 'minimum', maximum: 'maximum' }).as('listed');
  return work
    .tx('items')
    .leftJoin(listed, 'listed.item', 'items.id')
    .leftJoin(sums(work, 'available'), 'available.subject', 'items.id')
    .leftJoin(sums(work, 'ordered'), 'ordered.subject', 'items.id')
    .where((where) => where.where('items.safety_stock', '>', 0).orWhereNotNull('listed.item'))
    .select(
      { item: 'items.id' },
      work.tx.raw('null as warehouse'),
      work.tx.raw('coalesce(listed.minimum, items.safety_stock) as minimum'),
      'listed.maximum',
      work.tx.raw('coalesce(available.amount, 0) as available'),
      work.tx.raw('coalesce(ordered.amount, 0) as on_order'),
    );
}

/** By item over all warehouses: what lies there and is not promised, or what is ordered. */
function sums(work: Work, of: 'available' | 'ordered'): Knex.QueryBuilder {
  const query = work.tx('balances').groupBy('subject').select('subject');
  if (of === 'ordered')
    return query.where({ ledger: 'onOrder' }).whereBetween('place', ['ordered:', 'ordered;']).sum({ amount: 'amount' }).as(of);
  query.where((where) =>
    where
      .where((held) => held.where({ ledger: 'stock' }).whereBetween('place', ['warehouse:', 'warehouse;']))
      .orWhere((held) => held.where({ ledger: 'promise' }).whereBetween('place', ['promised:', 'promised;'])),
  );
  return query.select(work.tx.raw("sum(case when ledger = 'stock' then amount else -amount end) as amount")).as(of);
}

/** Limits of single warehouses; there are few of them, so that each is looked up by itself. */
function byWarehouse(work: Work): Knex.QueryBuilder {
  const at = (ledger: string, kind: string) =>
    work.tx.raw('coalesce((select amount from balances where ledger = ? and subject = listed.item and place = ? || listed.warehouse), 0)', [
      ledger,
      `${kind}:`,
    ]);
  const own = work.tx('item_stock_limits').whereNotNull('warehouse').groupBy('parent', 'warehouse');
  const listed = own.select({ item: 'parent' }, 'warehouse').max({ minimum: 'minimum', maximum: 'maximum' }).as('listed');
  return work.tx
    .from(listed)
    .select(
      'listed.item',
      'listed.warehouse',
      'listed.minimum',
      'listed.maximum',
      work.tx.raw('? - ? as available', [at('stock', 'warehouse'), at('promise', 'promised')]),
      work.tx.raw('? as on_order', [at('onOrder', 'ordered')]),
    );
}
