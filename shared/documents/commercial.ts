import { amountsOfLines, documentTotals, isTaxedAsWhole, type LineAmounts, type LineInput } from '../kernel/amounts.ts';
import type { AnyRecord, AnyRow, Becoming, CalculationSetting, Part } from '../kernel/definition.ts';
import { choice, day, flag, integer, link, money, price, quantity, rate, type Secret, type Suggestion, text } from '../kernel/fields.ts';
import { mulDiv, percentOf } from '../kernel/numbers.ts';
import { invoiceKinds } from '../records/invoiceKinds.ts';
import { inOwnMoney, moneyFields, rateOf } from './exchange.ts';

/** Where a customer receives goods: one of its delivery addresses with who takes them there, else its own address. */
const deliveryAddresses: Suggestion = {
  link: 'customer',
  part: 'addresses',
  takes: { deliveryAddress: 'address', recipient: 'recipient', recipientPhone: 'phone' },
  prefers: { field: 'purpose', is: 'delivery' },
  record: { deliveryAddress: 'address', recipientPhone: 'phone' },
};

/** Where the goods go, and who takes them there. */
export const deliveryFields = <const G extends string>(group: G) =>
  ({
    deliveryAddress: text({ max: 300, group, suggest: deliveryAddresses }),
    recipient: text({ max: 80, group }),
    recipientPhone: text({ max: 60, secret: 'contact', group }),
  }) as const;

/** The title an invoice is made out to, from those the customer keeps. */
export const billingFields = {
  billingTitle: text({
    max: 200,
    group: 'terms',
    suggest: {
      link: 'customer',
      part: 'billingTitles',
      takes: { billingTitle: 'title', billingTaxNumber: 'taxNumber' },
    },
  }),
  billingTaxNumber: text({ max: 30, format: 'taxNumber', group: 'terms' }),
  invoiceKind: choice(invoiceKinds, { group: 'terms' }),
} as const;

/** In which money, and when it is due. */
export const moneyTerms = {
  ...moneyFields,
  termDays: integer({ min: 0, max: 720, group: 'terms' }),
  monthEndTerms: flag({ group: 'terms' }),
} as const;

/** The head of every document that offers or sells: to whom, in which money, on which terms. */
export const commercialHeader = {
  customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
  contact: link('contact'),
  day: day({ required: true, default: 'today', list: true, indexed: true }),
  ...moneyTerms,
  ...deliveryFields('terms'),
  customerReference: text({ max: 60, search: 'code', group: 'terms' }),
  deliverBy: day({ list: true, group: 'terms' }),
} as const;

/** The sums of a commercial document, all in its own currency, for whoever may see prices of this side of the trade. The gross total is what was agreed. */
export const totalsFor = <const S extends Secret>(secret: S) =>
  ({
    discountRate: rate({ min: 0, max: 1_000_000, default: 0, secret, group: 'sums' }),
    discountAmount: money({ min: 0, default: 0, secret, group: 'sums' }),
    roundOff: money({ default: 0, secret, group: 'sums' }),
    netTotal: money({ derived: true, secret, group: 'sums' }),
    taxTotal: money({ derived: true, secret, group: 'sums' }),
    total: money({ derived: true, list: true, secret, group: 'sums' }),
    baseTotal: money({ derived: true, in: 'base', hidden: true, secret, group: 'sums' }),
  }) as const;

export const commercialTotals = totalsFor('salesPrice');

/** What of an item, and how much. */
export const goodsFields = {
  item: link('item', { required: true, indexed: true }),
  name: text({ max: 200 }),
  spec: text({ max: 200 }),
  unit: text({ max: 20 }),
  unitRatio: quantity({ default: 1_000_000, min: 1, hidden: true, ratio: true }),
  quantity: quantity({ required: true, min: 1 }),
} as const;

/** At which price. Either price may be typed; `priceBasis` remembers which was meant. */
export const pricesFor = <const S extends Secret>(secret: S) =>
  ({
    price: price({ min: 0, secret, enteredWhen: { field: 'priceBasis', is: 'net' } }),
    grossPrice: price({ min: 0, secret, enteredWhen: { field: 'priceBasis', is: 'gross' } }),
    priceBasis: choice(['net', 'gross'], { default: 'gross', hidden: true }),
    discount: rate({ min: 0, max: 1_000_000, default: 0, secret }),
    taxCode: link('taxCode'),
    taxRate: rate({ min: 0, max: 1_000_000, default: 0, secret }),
    netAmount: money({ derived: true, secret }),
    taxAmount: money({ derived: true, secret }),
    grossAmount: money({ derived: true, secret }),
    gift: flag(),
  }) as const;

/** One line: what, how much, at which price, out of or into which warehouse. */
export const lineFieldsFor = <const S extends Secret>(secret: S) =>
  ({ ...goodsFields, ...pricesFor(secret), warehouse: link('warehouse'), remark: text({ max: 200 }) }) as const;

/** Where a price may come from when a line is written, the first that there is; empty when somebody typed another one. */
export const priceSources = ['agreed', 'promotion', 'last', 'priceBook', 'level', 'list'] as const;

/** What a line that is offered to a customer says besides: how the customer calls the item, and where the price came from. */
export const offeredFields = {
  customerCode: text({ max: 60 }),
  priceSource: choice(priceSources, { secret: 'salesPrice' }),
} as const;

/** Where a row came from, when another document became this one. */
export const sourced = {
  sourceType: text({ max: 60, hidden: true }),
  source: integer({ min: 1, hidden: true, indexed: true }),
  sourceRow: integer({ min: 1, hidden: true, indexed: true }),
} as const;

export const commercialLines = <const E extends Part['fields']>(extra: E, secret: Secret = 'salesPrice'): Part => ({
  max: 2000,
  required: true,
  key: ['item', 'quantity'],
  entry: true,
  fields: { ...lineFieldsFor(secret), ...extra },
});

/** Quantity of a line in the item's base unit, 10⁻⁶. */
export const baseQuantityOf = (line: AnyRow, quantityField = 'quantity'): number =>
  mulDiv([Number(line[quantityField] ?? 0), Number(line.unitRatio ?? 1_000_000)], [1_000_000]);

/** Prices, amounts, taxes and totals of a commercial document; see amounts.ts for where it rounds. */
export function calculateCommercial(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = priceLines(record.parts.lines ?? [], setting);
  const before = priced.reduce((sum, line) => sum + Number(line.grossAmount), 0);
  const totals = documentTotals(
    priced.map((line) => ({
      grossAmount: Number(line.grossAmount),
      netAmount: Number(line.netAmount),
      taxRate: Number(line.taxRate ?? 0),
    })),
    {
      documentDiscount: percentOf(before, Number(record.values.discountRate ?? 0)) + Number(record.values.discountAmount ?? 0),
      roundOff: Number(record.values.roundOff ?? 0),
      isTaxedAsWhole: isTaxedAsWhole(setting.currencyDigits),
    },
  );
  const lines = priced.map((line, index) => {
    const settled = totals.lines[index];
    return settled ? { ...line, netAmount: settled.netAmount, taxAmount: settled.tax, grossAmount: settled.grossAmount } : line;
  });
  const baseTotal = inOwnMoney(totals.grossAmount, rateOf(record), setting);
  const values = { ...record.values, netTotal: totals.netAmount, taxTotal: totals.tax, total: totals.grossAmount, baseTotal };
  return { ...record, values, parts: { ...record.parts, lines } };
}

/** Lines of one document with both prices and their amounts, before anything is taken off the whole document. */
export function priceLines(lines: readonly AnyRow[], setting: CalculationSetting): AnyRow[] {
  const amounts = amountsOfLines(lines.map((line) => pricingOf(line, setting)));
  return lines.map((line, index) => pricedAs(line, amounts[index] as LineAmounts));
}

type Rows = (lines: readonly AnyRow[]) => readonly AnyRow[];

/**
 * Every line of a document in its place, where some are priced here and others take their share of another document: what is priced
 * here is taxed together, and never with what was settled elsewhere.
 */
export function pricedApart(lines: readonly AnyRow[], isOwn: (line: AnyRow) => boolean, by: { own: Rows; shares: Rows }): AnyRow[] {
  const own = [...by.own(lines.filter(isOwn))];
  const shares = [...by.shares(lines.filter((line) => !isOwn(line)))];
  return lines.map((line) => (isOwn(line) ? own.shift() : shares.shift()) as AnyRow);
}

const basisOf = (line: AnyRow): 'net' | 'gross' => (line.priceBasis === 'net' ? 'net' : 'gross');

function pricingOf(line: AnyRow, { currencyDigits }: CalculationSetting): LineInput {
  const basis = basisOf(line);
  return {
    quantity: Number(line.quantity ?? 0),
    basis,
    price: line.gift ? 0 : Number((basis === 'net' ? line.price : line.grossPrice) ?? 0),
    discountRate: Number(line.discount ?? 0),
    taxRate: Number(line.taxRate ?? 0),
    currencyDigits,
  };
}

const pricedAs = (line: AnyRow, { netPrice, grossPrice, netAmount, tax, grossAmount }: LineAmounts): AnyRow => ({
  ...line,
  priceBasis: basisOf(line),
  price: netPrice,
  grossPrice,
  netAmount,
  taxAmount: tax,
  grossAmount,
});

/** How far something has come: nothing, part of it, all of it. */
export const progressChoices = ['none', 'part', 'all'] as const;
export function progressOf(done: number, wanted: number): (typeof progressChoices)[number] {
  if (done <= 0) return 'none';
  return done >= wanted ? 'all' : 'part';
}

/** Target head field ← own head field, for every document that follows a commercial one. */
const commercialHeadCopy = {
  customer: 'customer',
  contact: 'contact',
  currency: 'currency',
  exchangeRate: 'exchangeRate',
  termDays: 'termDays',
  monthEndTerms: 'monthEndTerms',
  deliveryAddress: 'deliveryAddress',
  recipient: 'recipient',
  recipientPhone: 'recipientPhone',
  customerReference: 'customerReference',
  deliverBy: 'deliverBy',
  owner: 'owner',
  department: 'department',
} as const;

export const commercialRowCopy = {
  item: 'item',
  name: 'name',
  spec: 'spec',
  unit: 'unit',
  unitRatio: 'unitRatio',
  price: 'price',
  grossPrice: 'grossPrice',
  priceBasis: 'priceBasis',
  discount: 'discount',
  taxCode: 'taxCode',
  taxRate: 'taxRate',
  gift: 'gift',
  warehouse: 'warehouse',
  remark: 'remark',
} as const;

/** How an offer becomes an order: line by line, as much as is still open, at the prices agreed. `feeds` counts what was taken. */
export const intoOrder = (feeds: string): Becoming => ({
  from: ['approved'],
  each: { part: 'lines' },
  into: { part: 'lines', field: 'quantity' },
  feeds,
  limit: 'quantity',
  head: { ...commercialHeadCopy, discountRate: 'discountRate' },
  // What is taken off the whole was agreed for all of its lines: offers with another discount go into an order of their own.
  same: ['customer', 'currency', 'discountRate'],
  row: { ...commercialRowCopy, customerCode: 'customerCode', priceSource: 'priceSource' },
  keep: ['item', 'unitRatio'],
});

/** How far the lines have come by a field that is fed. */
export function lineProgress(lines: readonly AnyRow[], fed: string): (typeof progressChoices)[number] {
  const isAll = lines.every((line) => Number(line[fed] ?? 0) >= Number(line.quantity));
  const isSome = lines.some((line) => Number(line[fed] ?? 0) > 0);
  return progressOf(isSome ? 1 : 0, isAll ? 1 : 2);
}
