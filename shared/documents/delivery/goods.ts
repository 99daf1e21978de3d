import { amountsOfLines, type LineAmounts } from '../../kernel/amounts.ts';
import type { AnyRecord, AnyRow, CalculationSetting, Part } from '../../kernel/definition.ts';
import { integer, link, money, price, text } from '../../kernel/fields.ts';
import { mulDiv } from '../../kernel/numbers.ts';
import { inOwnMoney, rateOf } from '../exchange.ts';
import { goodsCopy, warehouseLines } from '../goods.ts';
import type { Share, SharedAmounts } from '../shares.ts';

/** The goods of a paper that follows an order, as the customer calls them too. */
export const deliveryLines = <const E extends Part['fields']>(extra: E): Part =>
  warehouseLines({ customerCode: text({ max: 60 }), ...extra });

/** The line of the order that a row delivers, through however many papers it came. */
export const orderedFields = {
  order: link('salesOrder', { derived: true, hidden: true, indexed: true }),
  orderRow: integer({ derived: true, hidden: true, indexed: true }),
} as const;

/** What the goods of a row are worth to the customer, in the order's currency: its share of what was agreed for the line. */
export const worthFields = {
  netAmount: money({ derived: true, secret: 'salesPrice' }),
  taxAmount: money({ derived: true, secret: 'salesPrice' }),
  grossAmount: money({ derived: true, secret: 'salesPrice' }),
  baseNetAmount: money({ derived: true, in: 'base', hidden: true, secret: 'salesPrice' }),
} as const;

/** The same as values of a row; the price is what is left of it after all discounts. */
export function worthOf(line: AnyRow, of: Share, own: SharedAmounts) {
  return {
    grossPrice: effectivePrice(line, own.grossAmount, of.currencyDigits),
    netAmount: own.netAmount,
    taxAmount: own.grossAmount - own.netAmount,
    grossAmount: own.grossAmount,
    baseNetAmount: own.baseNetAmount,
  };
}

/** What rows come to together at the gross prices typed on them, in the document's currency and at its rate. */
export function atTypedPrices(record: AnyRecord, lines: readonly AnyRow[], setting: CalculationSetting): AnyRow[] {
  const amounts = amountsOfLines(
    lines.map((line) => ({
      quantity: Number(line.quantity ?? 0),
      basis: 'gross',
      price: Number(line.grossPrice ?? 0),
      taxRate: Number(line.taxRate ?? 0),
      currencyDigits: setting.currencyDigits,
    })),
  );
  return lines.map((line, index) => {
    const { netAmount, tax, grossAmount } = amounts[index] as LineAmounts;
    const baseNetAmount = inOwnMoney(netAmount, rateOf(record), setting);
    return { ...line, netAmount, taxAmount: tax, grossAmount, baseNetAmount };
  });
}

/** Amount of money for one unit, 10⁻⁶ of the major unit. */
const effectivePrice = (line: AnyRow, amount: number, currencyDigits: number): number =>
  mulDiv([amount, 10 ** (12 - currencyDigits)], [Number(line.quantity)]);

export const deliveredPrice = { grossPrice: price({ derived: true, secret: 'salesPrice' }) } as const;

/** Target row field ← own row field, wherever goods for a customer go on from one paper to the next. */
export const deliveryCopy = { ...goodsCopy, customerCode: 'customerCode', warehouse: 'warehouse' } as const;

/** Target head field ← own head field, wherever goods go to a customer. */
export const deliveryHeadCopy = {
  customer: 'customer',
  contact: 'contact',
  deliveryAddress: 'deliveryAddress',
  recipient: 'recipient',
  recipientPhone: 'recipientPhone',
  owner: 'owner',
  department: 'department',
} as const;
