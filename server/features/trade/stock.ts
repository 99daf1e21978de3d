import type { StockRow } from '../../../shared/contracts/stock.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { visibleIds } from '../../access/visibility.ts';
import { type Balance, balancesOf, balancesOn, idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';
import { warehousesOf } from '../warehousing/warehouseLimit.ts';

/** What lies in each warehouse, what of it is promised to customers and what is left, in millionths of the item's unit. */
export async function stockOf(work: Work, items: readonly number[]): Promise<StockRow[]> {
  const visible = await visibleIds(work, work.company.catalogue.get('item'), items);
  const own = await warehousesOf(work);
  return [...(await stockRows(work, [...visible])).values()].flat().filter((row) => isOwn(row, own));
}

/** Stock in no warehouse (lent, or promised from anywhere) is everybody's to see. */
export const isOwn = (row: StockRow, own: ReadonlySet<number> | null): boolean =>
  own === null || row.warehouse === null || own.has(row.warehouse);

/** The same by item, for items known to be visible, now or at the end of a day; an item without stock has no rows. */
export async function stockRows(work: Work, items: readonly number[], day?: Day): Promise<Map<number, StockRow[]>> {
  const balances = (ledger: string) => (day === undefined ? balancesOf(work, ledger, items) : balancesOn(work, ledger, items, day));
  const rows = new Map<string, StockRow>();
  for (const ledger of ['stock', 'promise', 'onOrder']) for (const balance of await balances(ledger)) addTo(rows, balance);
  const filled = [...rows.values()].filter((row) =>
    [row.onHand, row.promised, row.onOrder, row.inTransit, row.lent].some((amount) => amount !== 0),
  );
  filled.sort((a, b) => a.item - b.item || (a.warehouse ?? 0) - (b.warehouse ?? 0));
  return Map.groupBy(filled, (row) => row.item);
}

/** What each kind of place is to whoever looks at stock, and whether its id is a warehouse. */
const placeKinds: Readonly<
  Record<string, { readonly column: 'onHand' | 'promised' | 'onOrder' | 'inTransit' | 'lent'; readonly at: boolean }>
> = {
  warehouse: { column: 'onHand', at: true },
  transit: { column: 'inTransit', at: true },
  lent: { column: 'lent', at: false },
  promised: { column: 'promised', at: true },
  ordered: { column: 'onOrder', at: true },
};

function addTo(rows: Map<string, StockRow>, balance: Balance): void {
  const kind = placeKinds[kindOfPlace(balance.place)];
  if (!kind) return;
  const warehouse = (kind.at && idOfPlace(balance.place)) || null;
  const key = `${balance.subject}:${warehouse}`;
  const row = rows.get(key) ?? {
    item: balance.subject,
    warehouse,
    onHand: 0,
    promised: 0,
    available: 0,
    onOrder: 0,
    inTransit: 0,
    lent: 0,
  };
  row[kind.column] += balance.amount;
  row.available = row.onHand - row.promised;
  rows.set(key, row);
}

/** Value of the stock by item over all places that are ours, in minor units of the company's currency; now or at the end of a day. */
export async function stockValues(work: Work, items: readonly number[], day?: Day): Promise<Map<number, number>> {
  const balances = await (day === undefined ? balancesOf(work, 'cost', items) : balancesOn(work, 'cost', items, day));
  return new Map(balances.filter((balance) => balance.place === 'stock').map((balance) => [balance.subject, balance.amount]));
}

/** By item: what is ours of it in all places together (warehouses, on the way, lent), 10⁻⁶ of its unit. */
export async function insideStock(work: Work, items: readonly number[]): Promise<Map<number, number>> {
  const sums = new Map<number, number>();
  for (const balance of await balancesOf(work, 'stock', items)) {
    if (isInside(work, balance)) sums.set(balance.subject, (sums.get(balance.subject) ?? 0) + balance.amount);
  }
  return sums;
}

/** What lies in a warehouse, on the way or at a customer's on loan is ours; the outside world is not. */
export const isInside = (work: Work, { ledger, place }: Balance): boolean =>
  !work.company.catalogue.ledger(ledger).outside.includes(kindOfPlace(place));

/** The moving average: what one unit is worth, 10⁻⁶ of the company's currency; null without stock. */
export function averageOf(of: { value: number; quantity: number; currencyDigits: number }): number | null {
  return of.quantity > 0 ? mulDiv([of.value, 10 ** (12 - of.currencyDigits)], [of.quantity]) : null;
}
