import type { PlanAnswer, PlanRow } from '../../../shared/contracts/purchase.ts';
import type { ItemPrices } from '../../../shared/contracts/trade.ts';
import { addDays } from '../../../shared/kernel/days.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { stockless } from '../../../shared/records/item.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessMay, restrict } from '../../access/visibility.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { narrowToWords } from '../../engine/list/searchWords.ts';
import type { Work } from '../../work.ts';
import { stockRows } from '../trade/stock.ts';
import { categoriesUnder } from '../trade/stockList.ts';
import { purchasePrices } from './purchasePrices.ts';

export interface PlanQuery {
  readonly search?: string | undefined;
  readonly category?: number | undefined;
  readonly warehouse?: number | undefined;
  /** So many months of sales are looked back at, and so many months of them are wanted in stock. */
  readonly monthsBack?: number | undefined;
  readonly monthsAhead?: number | undefined;
  /** Items of which nothing is short too. */
  readonly all?: boolean | undefined;
}

const rowsMax = 500;
const itemsMax = 20_000;
const daysOfMonth = 30;

/**
 * What should be bought: of each item the smallest stock, what is promised to customers and what will be sold, less what lies there
 * and what is on order; with the supplier that asks least, or was paid last. Refuses 'access.denied' without the rights of a buyer.
 */
export async function purchasePlan(work: Work, query: PlanQuery): Promise<PlanAnswer> {
  refuseUnlessRight(work.actor, 'see.purchasePrice');
  refuseUnlessMay(work, work.company.catalogue.get('purchaseOrder'), 'create');
  const items = await itemsFor(work, query);
  const ids = items.map((item) => item.id);
  const stock = await stockOf(work, ids, query.warehouse);
  const sold = await soldOf(work, query);
  const wanted = items.map((item) => wantedOf(item, stock.get(item.id), sold.get(item.id) ?? 0, query));
  const short = wanted.filter((row) => query.all || row.suggested > 0);
  const rows = short.slice(0, rowsMax);
  const { prices } = await purchasePrices(work, { items: rows.map((row) => row.item) });
  return { rows: rows.map((row) => ({ ...row, ...proposalFor(row, prices[row.item]) })), hasMore: short.length > rowsMax };
}

export interface PlanOrder {
  readonly item: number;
  readonly supplier: number;
  readonly quantity: number;
  readonly warehouse?: number | null | undefined;
  /** With tax per own unit; what the supplier asks when left out. */
  readonly grossPrice?: number | null | undefined;
}

/** One purchase order for each supplier, all or none, in the caller's transaction. Refuses 'plan.nothingChosen' and what a new order refuses. */
export async function orderPlanned(work: Work, wanted: readonly PlanOrder[]): Promise<StoredRecord[]> {
  const chosen = wanted.filter(({ quantity }) => quantity > 0);
  if (chosen.length === 0) throw new Refusal('plan.nothingChosen');
  const definition = work.company.catalogue.get('purchaseOrder');
  const orders: StoredRecord[] = [];
  for (const [supplier, rows] of Map.groupBy(chosen, (one) => one.supplier)) {
    const { prices } = await purchasePrices(work, { supplier, items: [...new Set(rows.map((row) => row.item))] });
    const lines = rows.map((row) => {
      const known = prices[row.item];
      return {
        item: row.item,
        quantity: row.quantity,
        warehouse: row.warehouse ?? null,
        name: known?.name ?? null,
        spec: known?.spec ?? null,
        unit: known?.unit ?? null,
        taxCode: known?.taxCode ?? null,
        taxRate: known?.taxRate ?? 0,
        grossPrice: row.grossPrice ?? askedFor(known, row.quantity) ?? 0,
      };
    });
    orders.push(await createRecord(work, definition, { values: { supplier }, parts: { lines } }));
  }
  return orders;
}

interface ItemRow {
  id: number;
  code: string | null;
  name: string;
  spec: string | null;
  unit: string;
  safety_stock: number | null;
  main_warehouse: number | null;
}

/** Goods that are bought: what we make ourselves, services and stopped goods are not planned. */
async function itemsFor(work: Work, query: PlanQuery): Promise<ItemRow[]> {
  const items = work
    .tx('items')
    .whereNull('items.deleted_at')
    .where('items.stopped', 0)
    .where((kept) => kept.whereNull('items.item_type').orWhereNotIn('items.item_type', stockless.itemType))
    .where((kept) => kept.whereNull('items.origin').orWhereNotIn('items.origin', [...stockless.origin, 'made']));
  restrict(work, work.company.catalogue.get('item'), items, 'read');
  await narrowToWords(work, work.company.catalogue.get('item'), items, query.search ?? '');
  if (query.category !== undefined) items.whereIn('items.category', await categoriesUnder(work, query.category));
  return items
    .orderByRaw("coalesce(items.code, ''), items.id")
    .limit(itemsMax)
    .select('items.id', 'items.code', 'items.name', 'items.spec', 'items.unit', 'items.safety_stock', 'items.main_warehouse');
}

type Held = Pick<PlanRow, 'onHand' | 'promised' | 'onOrder'>;

async function stockOf(work: Work, items: readonly number[], warehouse: number | undefined): Promise<Map<number, Held>> {
  const held = new Map<number, Held>();
  for (const [item, rows] of await stockRows(work, items)) {
    const counted = rows.filter((row) => warehouse === undefined || row.warehouse === warehouse);
    const sum = (of: (row: (typeof rows)[number]) => number): number => counted.reduce((all, row) => all + of(row), 0);
    held.set(item, {
      onHand: sum((row) => row.onHand + row.inTransit),
      promised: sum((row) => row.promised),
      onOrder: sum((row) => row.onOrder),
    });
  }
  return held;
}

/** What left for customers in the months looked back at, less what came back. */
async function soldOf(work: Work, { monthsBack = 3, warehouse }: PlanQuery): Promise<Map<number, number>> {
  const since = addDays(work.today, -monthsBack * daysOfMonth);
  const sold = async (from: string, to: string): Promise<{ subject: number; amount: number }[]> => {
    const moves = work
      .tx('moves')
      .where({ ledger: 'stock', [to]: 'customer' })
      .where('day', '>=', since);
    if (warehouse !== undefined) moves.where({ [from]: `warehouse:${warehouse}` });
    return moves.groupBy('subject').select('subject', work.tx.raw('sum(amount) as amount'));
  };
  const sums = new Map<number, number>();
  for (const row of await sold('from_place', 'to_place')) sums.set(row.subject, Number(row.amount));
  for (const row of await sold('to_place', 'from_place')) sums.set(row.subject, (sums.get(row.subject) ?? 0) - Number(row.amount));
  return sums;
}

function wantedOf(item: ItemRow, held: Held | undefined, sold: number, query: PlanQuery): PlanRow {
  const { onHand, promised, onOrder } = held ?? { onHand: 0, promised: 0, onOrder: 0 };
  const safetyStock = item.safety_stock ?? 0;
  const forecast = wholeUnits(mulDiv([Math.max(0, sold), query.monthsAhead ?? 1], [query.monthsBack ?? 3]));
  return {
    item: item.id,
    code: item.code,
    name: item.name,
    spec: item.spec,
    unit: item.unit,
    warehouse: query.warehouse ?? item.main_warehouse,
    onHand,
    promised,
    onOrder,
    safetyStock,
    forecast,
    suggested: Math.max(0, safetyStock + promised + forecast - onHand - onOrder),
    supplier: null,
    supplierName: null,
    grossPrice: null,
    leadDays: null,
  };
}

/** A guess has no fractions: it is rounded up to whole units. */
const wholeUnits = (quantity: number): number => Math.ceil(quantity / 1_000_000) * 1_000_000;

type Proposed = Pick<PlanRow, 'supplier' | 'supplierName' | 'grossPrice' | 'leadDays'>;

/** The supplier that asks least for as many, else the one paid last. */
function proposalFor(row: PlanRow, known: ItemPrices | undefined): Partial<Proposed> {
  const others = known?.others ?? [];
  const asked = others.find((other) => 'minQuantity' in other && other.minQuantity <= Math.max(row.suggested, 1));
  const found = asked ?? others.find((other) => 'day' in other);
  if (!found) return {};
  return {
    supplier: found.supplier,
    supplierName: found.supplierName,
    grossPrice: found.grossPrice,
    leadDays: 'leadDays' in found ? found.leadDays : null,
  };
}

const askedFor = (known: ItemPrices | undefined, quantity: number): number | undefined =>
  (known?.tiers?.find((tier) => tier.minQuantity <= quantity) ?? known?.last)?.grossPrice;
