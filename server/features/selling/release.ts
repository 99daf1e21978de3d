import type { Handling } from '../../../shared/documents/creditRules.ts';
import type { DepositFacts, FreeStock, ReleaseFacts, ReleaseRules } from '../../../shared/documents/delivery/releaseFacts.ts';
import type { AnyRecord } from '../../../shared/kernel/definition.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { keepsStock } from '../../../shared/records/item.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { type Position, positionsOf } from '../trade/credit.ts';
import { stockRows } from '../trade/stock.ts';

/** What a delivery notice is measured by: what its orders were paid, and what lies free in the warehouses it names. */
export async function releaseFactsOf(work: Work, notice: AnyRecord): Promise<ReleaseFacts> {
  const lines = notice.parts.lines ?? [];
  const orders = [...new Set(lines.filter((line) => line.sourceType === 'salesOrder').map((line) => Number(line.source)))];
  const positions = await positionsOf(work, Number(notice.values.customer));
  const deposits = await depositsOf(work, orders, () => positions);
  const wanted = lines.map((line) => ({
    item: Number(line.item),
    warehouse: Number(line.warehouse ?? 0),
    quantity: mulDiv([Number(line.quantity ?? 0), Number(line.unitRatio ?? 1_000_000)], [1_000_000]),
  }));
  return { deposits: [...deposits.values()], stock: shortOf(wanted, await shelvesOf(work, wanted)), rules: await releaseRulesOf(work) };
}

export async function releaseRulesOf(work: Work): Promise<ReleaseRules> {
  return {
    deposit: await parameterOf<Handling>(work, 'parameter.release.deposit'),
    stock: await parameterOf<Handling>(work, 'parameter.release.stock'),
  };
}

/** What must be paid of each order before it is released, and what was: on the order, on its deliveries, and in advance. */
export async function depositsOf(
  work: Work,
  orders: readonly number[],
  positionsFor: (customer: number) => ReadonlyMap<number, Position> | undefined,
): Promise<Map<number, DepositFacts & { readonly prepaid: number }>> {
  const found = new Map<number, DepositFacts & { readonly prepaid: number }>();
  for (let start = 0; start < orders.length; start += 500) {
    const ids = orders.slice(start, start + 500);
    const onDeliveries = await paidOnDeliveries(work, ids);
    const rows = (await work
      .tx('sales_orders')
      .whereIn('id', ids)
      .select('id', 'number', 'customer', 'currency', 'total', 'received', { rate: 'deposit_rate' })) as {
      id: number;
      number: string;
      customer: number;
      currency: number;
      total: number | null;
      received: number | null;
      rate: number | null;
    }[];
    for (const row of rows) {
      const prepaid = positionsFor(row.customer)?.get(row.currency)?.prepaid ?? 0;
      const needed = mulDiv([row.total ?? 0, row.rate ?? 0], [1_000_000]);
      const paid = (row.received ?? 0) + (onDeliveries.get(row.id) ?? 0) + prepaid;
      found.set(row.id, { number: row.number, needed, paid, prepaid });
    }
  }
  return found;
}

/** Where the debt comes with the goods, the money is on the deliveries: each counts for the orders it delivered in proportion. */
async function paidOnDeliveries(work: Work, orders: readonly number[]): Promise<Map<number, number>> {
  const rows = (await work
    .tx({ line: 'stock_out_lines' })
    .join({ note: 'stock_outs' }, 'note.id', 'line.parent')
    .whereIn('line.order', [...orders])
    .where({ 'note.state': 'posted', 'note.receivable_from': 'stockOut' })
    .whereNull('note.deleted_at')
    .groupBy('line.order', 'note.id', 'note.total', 'note.received')
    .select({ order: 'line.order' }, 'note.total', 'note.received')
    .sum({ amount: 'line.gross_amount' })) as { order: number; total: number | null; received: number | null; amount: number }[];
  const paid = new Map<number, number>();
  for (const row of rows) {
    const share = row.total ? mulDiv([row.received ?? 0, row.amount], [row.total]) : 0;
    paid.set(row.order, (paid.get(row.order) ?? 0) + share);
  }
  return paid;
}

export interface Wanted {
  readonly item: number;
  /** 0 where none was chosen. */
  readonly warehouse: number;
  /** In the item's base unit, 10⁻⁶. */
  readonly quantity: number;
}

/** What lies on the shelves and is not released to anybody: by `item:warehouse`. Goods that are not kept in stock do not stand there. */
export interface Shelves {
  readonly free: ReadonlyMap<string, number>;
  readonly codes: ReadonlyMap<number, string>;
}

export async function shelvesOf(work: Work, wanted: readonly Pick<Wanted, 'item'>[]): Promise<Shelves> {
  const items = [...new Set(wanted.map(({ item }) => item))];
  const free = new Map<string, number>();
  for (const row of [...(await stockRows(work, items)).values()].flat()) free.set(`${row.item}:${row.warehouse ?? 0}`, row.onHand);
  const codes = new Map<number, string>();
  for (let start = 0; start < items.length; start += 500) {
    const ids = items.slice(start, start + 500);
    for (const row of await releasedOf(work, ids)) {
      const key = `${row.item}:${row.warehouse ?? 0}`;
      free.set(key, (free.get(key) ?? 0) - mulDiv([row.quantity - (row.shipped ?? 0), row.ratio ?? 1_000_000], [1_000_000]));
    }
    const rows = (await work.tx('items').whereIn('id', ids).select('id', 'code', 'name', 'item_type', 'origin')) as ItemRow[];
    for (const row of rows) if (keepsStock({ itemType: row.item_type, origin: row.origin })) codes.set(row.id, row.code ?? row.name);
  }
  return { free, codes };
}

interface ItemRow {
  readonly id: number;
  readonly code: string | null;
  readonly name: string;
  readonly item_type: string;
  readonly origin: string;
}

/** Released and not shipped yet. */
const releasedOf = async (work: Work, items: readonly number[]) =>
  (await work
    .tx({ line: 'delivery_notice_lines' })
    .join({ head: 'delivery_notices' }, 'head.id', 'line.parent')
    .whereIn('line.item', [...items])
    .where('head.state', 'approved')
    .whereNull('head.deleted_at')
    .select('line.item', 'line.warehouse', 'line.quantity', 'line.shipped', { ratio: 'line.unit_ratio' })) as {
    item: number;
    warehouse: number | null;
    quantity: number;
    shipped: number | null;
    ratio: number | null;
  }[];

/** Each kind of goods in each warehouse once, with what is wanted of it in all. */
export function shortOf(wanted: readonly Wanted[], shelves: Shelves): FreeStock[] {
  return [...Map.groupBy(wanted, ({ item, warehouse }) => `${item}:${warehouse}`)].flatMap(([key, group]) => {
    const item = shelves.codes.get(group[0]?.item ?? 0);
    if (item === undefined) return [];
    return [{ item, wanted: group.reduce((sum, { quantity }) => sum + quantity, 0), free: shelves.free.get(key) ?? 0 }];
  });
}
