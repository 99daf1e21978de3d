import type { AnyRecord, AnyRow, CalculationSetting, Part } from '../../kernel/definition.ts';
import { integer, link, money, price, text } from '../../kernel/fields.ts';
import { lineAmounts, mulDiv } from '../../kernel/numbers.ts';
import { goodsFields, sourced } from '../commercial.ts';
import type { Share, SharedAmounts } from '../shares.ts';

/** The goods of a paper that follows an order: what, how much, out of or into which warehouse. */
export const goodsLines = <const E extends Part['fields']>(extra: E): Part => ({
  max: 2000,
  required: true,
  key: ['item', 'quantity'],
  entry: true,
  fields: {
    ...sourced,
    sourceNumber: text({ max: 40, derived: true }),
    ...goodsFields,
    customerCode: text({ max: 60 }),
    warehouse: link('warehouse', { required: true, default: 'main' }),
    remark: text({ max: 200 }),
    ...extra,
  },
});

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

/** What a row comes to at the gross price typed on it, in the document's currency and at its rate. */
export function estimated(record: AnyRecord, line: AnyRow, setting: CalculationSetting): AnyRow {
  const { netAmount, tax, grossAmount } = lineAmounts({
    quantity: Number(line.quantity ?? 0),
    basis: 'gross',
    price: Number(line.grossPrice ?? 0),
    discountRate: 0,
    taxRate: Number(line.taxRate ?? 0),
    currencyDigits: setting.currencyDigits,
  });
  const baseNetAmount = mulDiv(
    [netAmount, Number(record.values.exchangeRate ?? 1_000_000_000), 10 ** setting.baseDigits],
    [1_000_000_000, 10 ** setting.currencyDigits],
  );
  return { ...line, netAmount, taxAmount: tax, grossAmount, baseNetAmount };
}

/** Amount of money for one unit, 10⁻⁶ of the major unit. */
const effectivePrice = (line: AnyRow, amount: number, currencyDigits: number): number =>
  mulDiv([amount, 10 ** (12 - currencyDigits)], [Number(line.quantity)]);

export const deliveredPrice = { grossPrice: price({ derived: true, secret: 'salesPrice' }) } as const;

/** Target row field ← own row field, wherever goods go on from one paper to the next. */
export const goodsCopy = {
  item: 'item',
  name: 'name',
  spec: 'spec',
  unit: 'unit',
  unitRatio: 'unitRatio',
  customerCode: 'customerCode',
  warehouse: 'warehouse',
  remark: 'remark',
} as const;
export const goodsKept = ['item', 'unitRatio'] as const;

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
