import { filledFrom, repricedFor } from '../../../shared/contracts/offeredPrice.ts';
import type { ItemPrices } from '../../../shared/contracts/trade.ts';
import type { AnyRecord, AnyRow, Value } from '../../../shared/kernel/definition.ts';
import { mulDiv, ONE } from '../../../shared/kernel/numbers.ts';
import { offerCompletion } from '../../engine/completions.ts';
import type { Work } from '../../work.ts';
import { offeredPrices } from './offeredPrices.ts';

/**
 * Lines that are offered to a customer have the price the form would fill in, whichever way they come: a new line without a price
 * takes the one that is offered, and one that came from somewhere follows its quantity into a promotion and out of it. Whoever may
 * see no price fills in none.
 */
export function offerLinePrices(): void {
  offerCompletion(async (work, definition, record, before) => {
    const parts = { ...record.parts };
    for (const [name, { fields }] of Object.entries(definition.parts)) {
      if (!('priceSource' in fields)) continue;
      const old = new Map((before?.parts[name] ?? []).map((row) => [row.id, row]));
      parts[name] = await pricedRows(work, record, { rows: parts[name] ?? [], old });
    }
    return { ...record, parts };
  });
}

async function pricedRows(
  work: Work,
  { values }: AnyRecord,
  { rows, old }: { rows: readonly AnyRow[]; old: ReadonlyMap<number, AnyRow> },
): Promise<AnyRow[]> {
  const isAsking = (row: AnyRow): boolean => lacksPrice(row, old) || hasOtherQuantity(row, old.get(row.id));
  const items = [...new Set(rows.filter(isAsking).map((row) => Number(row.item)))];
  if (items.length === 0 || typeof values.customer !== 'number') return [...rows];
  const { prices } = await offeredPrices(work, { items, customer: values.customer, currency: Number(values.currency) });
  return rows.map((row): AnyRow => {
    const known = prices[Number(row.item)];
    if (!known || !isAsking(row)) return row;
    return { ...row, ...(lacksPrice(row, old) ? withPrice(known, row) : repricedFor(known, row)) };
  });
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined;

/** A new line of an item that is no gift, came from no offer and says no price. */
const lacksPrice = (row: AnyRow, old: ReadonlyMap<number, AnyRow>): boolean =>
  !old.has(row.id) && Boolean(row.item) && !row.gift && !row.sourceType && isEmpty(row.price) && isEmpty(row.grossPrice);

/** More or fewer of them, in the same unit, at the price it had. */
const hasOtherQuantity = (row: AnyRow, was: AnyRow | undefined): boolean =>
  was !== undefined &&
  Boolean(row.priceSource) &&
  row.quantity !== was.quantity &&
  ['item', 'unitRatio', 'price', 'grossPrice', 'priceSource'].every((name) => row[name] === was[name]);

/** What the line leaves empty as the form would fill it; in a larger unit it costs as many times more. */
function withPrice(known: ItemPrices, row: AnyRow): Record<string, Value> {
  const ratio = Number(row.unitRatio ?? ONE);
  const { grossPrice, priceBasis, priceSource, ...rest } = filledFrom(known, {
    quantity: mulDiv([Number(row.quantity ?? 0), ratio], [ONE]),
  });
  const priced = typeof grossPrice === 'number' ? { grossPrice: mulDiv([grossPrice, ratio], [ONE]), priceBasis, priceSource } : {};
  const isTaxed = !isEmpty(row.taxCode) || Number(row.taxRate ?? 0) > 0;
  const open = Object.entries(rest).filter(([name]) => (name === 'taxRate' || name === 'taxCode' ? !isTaxed : isEmpty(row[name])));
  return { ...Object.fromEntries(open), ...(priced as Record<string, Value>) };
}
