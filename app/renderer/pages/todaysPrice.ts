import type { ItemPrices } from '../../../shared/contracts/trade.ts';
import type { AnyRow } from '../../../shared/kernel/definition.ts';
import { mulDiv, ONE } from '../../../shared/kernel/numbers.ts';
import type { RowValues } from '../documents/form/draft.ts';

/**
 * The gross price of one unit of a line by the rule that also fills new lines: as this customer last paid it in that unit, else by
 * its level, else the list price, both of which are for the item's own unit. In 10⁻⁶; undefined where none is known.
 */
export function grossPriceFor(known: ItemPrices, line: { unit: unknown; unitRatio: unknown }): number | undefined {
  const unit = line.unit ?? known.unit;
  if (known.last && (known.last.unit ?? known.unit) === unit) return known.last.grossPrice;
  const own = known.level?.grossPrice ?? known.list ?? undefined;
  return own === undefined ? undefined : mulDiv([own, Number(line.unitRatio ?? ONE)], [ONE]);
}

/**
 * What is different in a line at today's prices: price and tax, or nothing. Gifts have no price, and what was agreed in an offer
 * stays as agreed.
 */
export function todaysPrice(known: ItemPrices, row: AnyRow): RowValues {
  if (row.gift === true || row.sourceType) return {};
  const gross = grossPriceFor(known, { unit: row.unit, unitRatio: row.unitRatio });
  const tax = known.taxCode && known.taxCode !== row.taxCode ? { taxCode: known.taxCode, taxRate: known.taxRate ?? 0 } : {};
  return { ...(gross === undefined || gross === row.grossPrice ? {} : { grossPrice: gross, priceBasis: 'gross' }), ...tax };
}
