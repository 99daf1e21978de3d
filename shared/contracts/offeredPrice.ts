import type { priceSources } from '../documents/commercial.ts';
import type { AnyRow, Value } from '../kernel/definition.ts';
import { mulDiv, ONE } from '../kernel/numbers.ts';
import type { ItemPrices, PromotionPrice, SupplierTier } from './trade.ts';

/** Some values of a line. */
type RowValues = Record<string, Value>;

/** A gross price of one unit of a line in 10⁻⁶, and where it comes from; what a supplier asks is no source of a sale. */
export interface Offered {
  readonly grossPrice: number;
  readonly source: PriceSource | null;
}
type PriceSource = (typeof priceSources)[number];

/**
 * The price of one unit of a line by the rule that fills new lines, in the form while somebody types and on the server where no price came along: as agreed with the customer, else by a promotion that is
 * cheaper than usual, else as usual. Undefined where none is known.
 */
export function offeredPrice(known: ItemPrices, line: PricedLine): Offered | undefined {
  if (known.tiers) {
    const asked = askedPriceFor(known, known.tiers, line);
    return asked === undefined ? undefined : { grossPrice: asked, source: null };
  }
  if (known.agreed) return { grossPrice: perUnit(known.agreed.grossPrice, line), source: 'agreed' };
  const usual = usualPrice(known, line);
  const promoted = promotedPrices(known, line)
    .filter(({ isReached }) => isReached)
    .map(({ grossPrice }) => grossPrice);
  const cheapest = Math.min(...promoted);
  return promoted.length > 0 && cheapest < (usual?.grossPrice ?? Number.POSITIVE_INFINITY)
    ? { grossPrice: cheapest, source: 'promotion' }
    : usual;
}

/**
 * As this customer last paid it in that unit, unless a price book came into force since; else by the book, by the customer's level,
 * at the list price: all of these for the item's own unit.
 */
function usualPrice(known: ItemPrices, line: PricedLine): Offered | undefined {
  const { last, book } = known;
  const isSameUnit = last !== undefined && (last.unit ?? known.unit) === (line.unit ?? known.unit);
  if (last && isSameUnit && !(book && book.from > last.day)) return { grossPrice: last.grossPrice, source: 'last' };
  return bookedPrice(known, line);
}

function bookedPrice({ book, level, list }: ItemPrices, line: PricedLine): Offered | undefined {
  if (book) return { grossPrice: perUnit(book.grossPrice, line), source: 'priceBook' };
  if (level) return { grossPrice: perUnit(level.grossPrice, line), source: 'level' };
  return typeof list === 'number' ? { grossPrice: perUnit(list, line), source: 'list' } : undefined;
}

/** What each promotion makes of the price of one unit of the line, and whether the line's quantity reaches it. */
export function promotedPrices(
  known: ItemPrices,
  line: PricedLine,
): { promotion: PromotionPrice; grossPrice: number; isReached: boolean }[] {
  const wanted = mulDiv([Number(line.quantity ?? 0), Number(line.unitRatio ?? ONE)], [ONE]);
  const booked = bookedPrice(known, line)?.grossPrice;
  return (known.promotions ?? []).flatMap((promotion) => {
    const { grossPrice, discount, minQuantity } = promotion;
    const isReached = wanted >= (minQuantity ?? 0);
    if (grossPrice !== null) return [{ promotion, grossPrice: perUnit(grossPrice, line), isReached }];
    if (booked === undefined || discount === null) return [];
    return [{ promotion, grossPrice: mulDiv([booked, ONE - discount], [ONE]), isReached }];
  });
}

/** Of what the supplier asks the cheapest that the quantity reaches, else what it was last paid. A line without quantity begins small. */
function askedPriceFor(known: ItemPrices, tiers: readonly SupplierTier[], line: PricedLine): number | undefined {
  const wanted = mulDiv([Number(line.quantity ?? 0), Number(line.unitRatio ?? ONE)], [ONE]);
  const reached = tiers.filter((tier) => tier.minQuantity <= wanted);
  const smallest = wanted === 0 ? tiers.toSorted((a, b) => a.minQuantity - b.minQuantity)[0] : undefined;
  const own = (reached[0] ?? smallest)?.grossPrice ?? known.last?.grossPrice;
  return own === undefined ? undefined : perUnit(own, line);
}

/** The price of one unit of a line, from that of the item's own unit. */
export const perUnit = (own: number, line: PricedLine): number => mulDiv([own, Number(line.unitRatio ?? ONE)], [ONE]);

/** A line with `unit`, `unitRatio` and `quantity`. */
type PricedLine = Readonly<Record<string, unknown>>;

/**
 * What is different in a line at today's prices: price and tax, or nothing. Gifts have no price, and what was agreed in an offer
 * stays as agreed.
 */
export function todaysPrice(known: ItemPrices, row: AnyRow): RowValues {
  if (row.gift === true || row.sourceType) return {};
  const offered = offeredPrice(known, row);
  const tax: RowValues = known.taxCode && known.taxCode !== row.taxCode ? { taxCode: known.taxCode, taxRate: known.taxRate ?? 0 } : {};
  return { ...(offered === undefined || offered.grossPrice === row.grossPrice ? {} : pricedBy(offered)), ...tax };
}

/** Name, unit and tax as the item has them, the customer's own code for it, and the price that is offered for one of the item's own unit. */
export function filledFrom(known: ItemPrices, row: Readonly<Record<string, Value>>): RowValues {
  const offered = offeredPrice(known, { unit: known.unit, unitRatio: ONE, quantity: row.quantity });
  return {
    name: known.name,
    spec: known.spec ?? null,
    unit: known.unit,
    unitRatio: ONE,
    ...(known.taxCode ? { taxCode: known.taxCode } : {}),
    ...(known.taxRate === undefined ? {} : { taxRate: known.taxRate }),
    ...(known.customerCode === undefined ? {} : { customerCode: known.customerCode }),
    ...(offered === undefined ? {} : pricedBy(offered)),
  };
}

/** A promotion may begin with a quantity: a price that comes from somewhere follows it, one that was typed stays. */
export function repricedFor(known: ItemPrices, row: AnyRow): RowValues {
  if (row.sourceType || row.gift || !row.priceSource || !known.promotions) return {};
  const offered = offeredPrice(known, row);
  return offered === undefined || offered.grossPrice === row.grossPrice ? {} : pricedBy(offered);
}

/** The values of a line that say its price and where it comes from. */
export const pricedBy = ({ grossPrice, source }: Offered): RowValues => ({
  grossPrice,
  priceBasis: 'gross',
  ...(source === null ? {} : { priceSource: source }),
});
