import {
  assertSafe,
  type Money,
  mulDiv,
  ONE,
  type Price,
  percentOf,
  type Quantity,
  type Rate,
  SCALE,
  splitByLargestRemainder,
  sumOf,
} from './numbers.ts';

/** What a line is priced by: the price of the side that was edited last, which is the side that stays as typed. */
export interface LineInput {
  quantity: Quantity;
  basis: 'net' | 'gross';
  price: Price;
  /** Taken off this line alone: 5 % off is 50000. */
  discountRate?: Rate;
  taxRate: Rate;
  currencyDigits: number;
}

export interface LineAmounts {
  netPrice: Price;
  grossPrice: Price;
  netAmount: Money;
  tax: Money;
  grossAmount: Money;
}

/**
 * The amounts of a commercial line. The gross amount is what the customer agreed to: it is rounded once, half
 * away from zero; net is what remains without tax, rounded, and tax is their difference. The price of the
 * other side is derived to millionths and is never reckoned with, so reckoning again changes nothing.
 * Refuses 'number.tooLarge'.
 */
export function lineAmounts(line: LineInput): LineAmounts {
  const withTax = ONE + line.taxRate;
  const isNet = line.basis === 'net';
  const grossAmount = mulDiv(
    [line.quantity, line.price, 10 ** line.currencyDigits, ONE - (line.discountRate ?? 0), isNet ? withTax : ONE],
    [10 ** SCALE.quantity, 10 ** SCALE.price, ONE, ONE],
  );
  return {
    netPrice: isNet ? line.price : mulDiv([line.price, ONE], [withTax]),
    grossPrice: isNet ? mulDiv([line.price, withTax], [ONE]) : line.price,
    ...taxWithin(grossAmount, line.taxRate),
  };
}

/** A gross amount taken apart: net rounded half away from zero, tax the difference. */
export function taxWithin(grossAmount: Money, taxRate: Rate): { netAmount: Money; tax: Money; grossAmount: Money } {
  const netAmount = mulDiv([grossAmount, ONE], [ONE + taxRate]);
  return { netAmount, tax: grossAmount - netAmount, grossAmount };
}

/**
 * Money without a smaller unit is taxed once by rate for the whole document: rounded line by line, the tax of ten small lines would
 * be off by whole dollars (加值型及非加值型營業稅法第14條 rounds what is due on the sales to the dollar, 施行細則第32條之1 what lies in
 * the total). Money with cents is taxed line by line, as invoices state it there.
 */
export const isTaxedAsWhole = (currencyDigits: number): boolean => currencyDigits === 0;

/** The amounts of all lines of one document, whose money is the same. */
export function amountsOfLines(lines: readonly LineInput[]): LineAmounts[] {
  const own = lines.map(lineAmounts);
  if (!lines.some((line) => isTaxedAsWhole(line.currencyDigits))) return own;
  const net = lines.flatMap((line, index) => (line.basis === 'net' ? [{ index, taxRate: line.taxRate, netAmount: netOf(line) }] : []));
  for (const group of byRate(net)) {
    const nets = group.map(({ netAmount }) => netAmount);
    const taxes = splitByLargestRemainder(percentOf(sumOf(nets), group[0]?.taxRate ?? 0), nets);
    for (const [place, { index, netAmount }] of group.entries()) {
      const tax = taxes[place] ?? 0;
      own[index] = { ...(own[index] as LineAmounts), netAmount, tax, grossAmount: assertSafe(netAmount + tax) };
    }
  }
  return taxedAsWhole(own.map((line, index) => ({ ...line, taxRate: lines[index]?.taxRate ?? 0 }))).map(
    ({ taxRate: _given, ...line }) => line,
  );
}

const netOf = ({ quantity, price, currencyDigits, discountRate = 0 }: LineInput): Money =>
  mulDiv([quantity, price, 10 ** currencyDigits, ONE - discountRate], [10 ** SCALE.quantity, 10 ** SCALE.price, ONE]);

interface Taxed {
  readonly netAmount: Money;
  readonly tax: Money;
  readonly grossAmount: Money;
  readonly taxRate: Rate;
}

/** The same lines, where net and tax of each rate are what they are of the sum of its gross amounts. Large lines take the difference. */
function taxedAsWhole<L extends Taxed>(lines: readonly L[]): L[] {
  const settled = [...lines];
  for (const group of byRate(lines.map((line, index) => ({ ...line, index })))) {
    const whole = taxWithin(sumOf(group.map(({ grossAmount }) => grossAmount)), group[0]?.taxRate ?? 0);
    const missing = splitByLargestRemainder(
      sumOf([whole.netAmount, ...group.map(({ netAmount }) => -netAmount)]),
      group.map(({ grossAmount }) => Math.abs(grossAmount)),
    );
    for (const [place, { index, netAmount, grossAmount }] of group.entries()) {
      const net = netAmount + (missing[place] ?? 0);
      settled[index] = { ...(lines[index] as L), netAmount: net, tax: grossAmount - net };
    }
  }
  return settled;
}

function byRate<L extends { readonly taxRate: Rate }>(lines: readonly L[]): L[][] {
  return [...Map.groupBy(lines, ({ taxRate }) => taxRate).values()];
}

export interface DocumentLine {
  /** The line's own gross amount, before anything is taken off the whole document. */
  grossAmount: Money;
  /** What of it is net, where that is settled; it stays when nothing is taken off the line. */
  netAmount?: Money;
  taxRate: Rate;
}

export interface DocumentTotals {
  /** The lines in their order; `discount` is the share of the document's discount and round-off each one bears. */
  lines: { netAmount: Money; tax: Money; grossAmount: Money; discount: Money }[];
  netAmount: Money;
  tax: Money;
  grossAmount: Money;
  discount: Money;
}

/**
 * Spreads what is taken off the whole document over its lines and takes the tax of each line anew, so that
 * every total is the sum of its lines. The discount goes by gross amount and largest remainder; the round-off
 * (the tail nobody pays) goes to the last line that can bear it whole, so that all others stay as printed.
 * Both are gross amounts. Lines that run against the document (a return among sales) bear nothing.
 */
export function documentTotals(
  lines: readonly DocumentLine[],
  off: { documentDiscount?: Money; roundOff?: Money; isTaxedAsWhole?: boolean } = {},
): DocumentTotals {
  const before = lines.map((line) => line.grossAmount);
  const discounts = spread(off.documentDiscount ?? 0, before);
  const tails = roundOffs(
    off.roundOff ?? 0,
    before.map((gross, index) => gross - (discounts[index] ?? 0)),
  );
  const single = lines.map((line, index) => ({
    ...withoutShare(line, (discounts[index] ?? 0) + (tails[index] ?? 0)),
    taxRate: line.taxRate,
  }));
  const settled = (off.isTaxedAsWhole ? taxedAsWhole(single) : single).map(({ taxRate: _given, ...line }) => line);
  const total = (of: (line: (typeof settled)[number]) => Money) => assertSafe(settled.reduce((sum, line) => sum + of(line), 0));
  return {
    lines: settled,
    netAmount: total((line) => line.netAmount),
    tax: total((line) => line.tax),
    grossAmount: total((line) => line.grossAmount),
    discount: total((line) => line.discount),
  };
}

function withoutShare(line: DocumentLine, discount: Money) {
  const grossAmount = line.grossAmount - discount;
  const isSettled = line.netAmount !== undefined && discount === 0;
  const { netAmount } = isSettled ? { netAmount: line.netAmount ?? 0 } : taxWithin(grossAmount, line.taxRate);
  return { netAmount, tax: grossAmount - netAmount, grossAmount, discount };
}

function spread(amount: Money, over: readonly Money[]): Money[] {
  if (over.length === 0 || amount === 0) return over.map(() => 0);
  const direction = Math.sign(over.reduce((sum, gross) => sum + gross, 0)) || 1;
  return splitByLargestRemainder(
    amount,
    over.map((gross) => Math.max(0, gross * direction)),
  );
}

function roundOffs(amount: Money, over: readonly Money[]): Money[] {
  const bearer = over.findLastIndex((gross) => Math.sign(gross) === Math.sign(amount) && Math.abs(gross) >= Math.abs(amount));
  return bearer < 0 ? spread(amount, over) : over.map((_, index) => (index === bearer ? amount : 0));
}
