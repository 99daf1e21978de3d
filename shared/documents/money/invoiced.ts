import type { AnyRecord, AnyRow, Becoming } from '../../kernel/definition.ts';
import { choice, day, money, quantity } from '../../kernel/fields.ts';
import { mulDiv, sumOf } from '../../kernel/numbers.ts';
import { progressChoices, progressOf } from '../commercial.ts';
import { invoiceRowCopy } from './invoiceLines.ts';

/** How much of a line is invoiced: what blue invoices took, what red ones gave back, and what is left of it. */
export const invoicedFields = {
  invoiced: quantity({ fedBy: 'salesInvoice' }),
  reddened: quantity({ fedBy: 'redInvoice', hidden: true }),
  invoicedNow: quantity({ derived: true, hidden: true }),
  invoiceable: quantity({ derived: true, hidden: true }),
} as const;

export const invoicedSums = {
  invoicedTotal: money({ derived: true, secret: 'salesPrice', group: 'sums' }),
  invoiceState: choice(progressChoices, { derived: true, list: true, indexed: true }),
  lastInvoicedOn: day({ derived: true, indexed: true, secret: 'salesPrice' }),
} as const;

/** The same for goods that came in: suppliers' invoices take of them, and nothing is given back. */
export const invoicedBySupplier = { invoiced: quantity({ fedBy: 'purchaseInvoice' }) } as const;
export const supplierInvoiceSums = {
  invoicedTotal: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
  invoiceState: choice(progressChoices, { derived: true, list: true, indexed: true }),
  lastInvoicedOn: day({ derived: true, secret: 'purchasePrice' }),
} as const;

/** How goods that came in become a supplier's invoice. */
export const intoPurchaseInvoice = {
  purchaseInvoice: {
    from: ['posted'],
    each: { part: 'lines' },
    into: { part: 'lines', field: 'quantity' },
    same: ['supplier', 'currency'],
    head: { supplier: 'supplier', currency: 'currency', exchangeRate: 'exchangeRate', owner: 'owner', department: 'department' },
    keep: ['item', 'unitRatio'],
    feeds: 'invoiced',
    limit: 'quantity',
    dates: { field: 'lastInvoicedOn', of: 'purchaseInvoice' },
    row: invoiceRowCopy('invoiced'),
  },
} as const satisfies Readonly<Record<string, Becoming>>;

/** What the invoices over a document's lines come to, and how far they have come. */
export function invoicedSumsOf(lines: readonly AnyRow[]): { invoicedTotal: number; invoiceState: (typeof progressChoices)[number] } {
  const isAll = lines.length > 0 && lines.every((line) => nowOf(line) >= Number(line.quantity));
  const isSome = lines.some((line) => nowOf(line) > 0);
  return { invoicedTotal: sumOf(lines.map(invoicedAmountOf)), invoiceState: progressOf(isSome ? 1 : 0, isAll ? 1 : 2) };
}

/** The same figures of a document whose lines have a quantity and a gross amount. */
export function withInvoiced(record: AnyRecord): AnyRecord {
  const lines = (record.parts.lines ?? []).map((line): AnyRow => {
    return { ...line, invoicedNow: nowOf(line), invoiceable: sumOf([Number(line.quantity ?? 0), Number(line.reddened ?? 0)]) };
  });
  const values = { ...record.values, ...invoicedSumsOf(lines) };
  return { ...record, values, parts: { ...record.parts, lines } };
}

const nowOf = (line: AnyRow): number =>
  Math.min(Number(line.quantity ?? 0), Math.max(0, sumOf([Number(line.invoiced ?? 0), -Number(line.reddened ?? 0)])));

/** A line's share of its amount, as the invoices over it together have it. */
function invoicedAmountOf(line: AnyRow): number {
  const whole = Number(line.quantity ?? 0);
  return whole > 0 ? mulDiv([Number(line.grossAmount ?? 0), nowOf(line)], [whole]) : 0;
}

/** A blue invoice stands as long as red ones have not taken back all of it. */
const dates = { field: 'lastInvoicedOn', of: 'salesInvoice', gone: 'reddened' } as const;

const way = {
  from: ['approved', 'completed', 'closed'],
  each: { part: 'lines' },
  into: { part: 'lines', field: 'quantity' },
  same: ['customer', 'currency'],
  dates,
} as const;

/** How an order becomes an invoice. A red one comes from the blue one, which passes on here what it took back. */
export const intoInvoices = {
  salesInvoice: {
    ...way,
    head: {
      customer: 'customer',
      invoiceKind: 'invoiceKind',
      billingTitle: 'billingTitle',
      billingTaxNumber: 'billingTaxNumber',
      currency: 'currency',
      exchangeRate: 'exchangeRate',
      owner: 'owner',
      department: 'department',
    },
    keep: ['item', 'unitRatio'],
    feeds: 'invoiced',
    limit: 'invoiceable',
    row: invoiceRowCopy('invoicedNow'),
  },
  redInvoice: {
    ...way,
    head: { customer: 'customer', currency: 'currency' },
    feeds: 'reddened',
    limit: 'invoiced',
    when: { currency: [] },
    row: {},
  },
} as const satisfies Readonly<Record<string, Becoming>>;
