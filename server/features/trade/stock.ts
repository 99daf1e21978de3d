import type { StockRow } from '../../../shared/contracts/trade.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { visibleIds } from '../../access/visibility.ts';
import { type Balance, balancesOf, idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';

/** What lies in each warehouse, what of it is promised to customers and what is left, in millionths of the item's unit. */
export async function stockOf(work: Work, items: readonly number[]): Promise<StockRow[]> {
  const visible = await visibleIds(work, work.company.catalogue.get('item'), items);
  return [...(await stockRows(work, [...visible])).values()].flat();
}

/** The same by item, for items known to be visible; an item without stock has no rows. */
export async function stockRows(work: Work, items: readonly number[]): Promise<Map<number, StockRow[]>> {
  const held = (await balancesOf(work, 'stock', items)).filter((balance) => kindOfPlace(balance.place) === 'warehouse');
  const promised = (await balancesOf(work, 'promise', items)).filter((balance) => kindOfPlace(balance.place) === 'promised');
  const rows = new Map<string, StockRow>();
  for (const balance of held) addTo(rows, balance, { onHand: balance.amount, promised: 0 });
  for (const balance of promised) addTo(rows, balance, { onHand: 0, promised: balance.amount });
  const filled = [...rows.values()].filter((row) => row.onHand !== 0 || row.promised !== 0);
  filled.sort((a, b) => a.item - b.item || (a.warehouse ?? 0) - (b.warehouse ?? 0));
  return Map.groupBy(filled, (row) => row.item);
}

function addTo(rows: Map<string, StockRow>, balance: Balance, more: { onHand: number; promised: number }): void {
  const warehouse = idOfPlace(balance.place) || null;
  const key = `${balance.subject}:${warehouse}`;
  const row = rows.get(key) ?? { item: balance.subject, warehouse, onHand: 0, promised: 0, available: 0 };
  row.onHand += more.onHand;
  row.promised += more.promised;
  row.available = row.onHand - row.promised;
  rows.set(key, row);
}

/** Value of the stock by item over all warehouses, in minor units of the company's currency. */
export async function stockValues(work: Work, items: readonly number[]): Promise<Map<number, number>> {
  const balances = await balancesOf(work, 'cost', items);
  return new Map(balances.filter((balance) => balance.place === 'stock').map((balance) => [balance.subject, balance.amount]));
}

/** The moving average: what one unit is worth, 10⁻⁶ of the company's currency; null without stock. */
export function averageOf(of: { value: number; quantity: number; currencyDigits: number }): number | null {
  return of.quantity > 0 ? mulDiv([of.value, 10 ** (12 - of.currencyDigits)], [of.quantity]) : null;
}
