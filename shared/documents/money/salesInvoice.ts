import { defineDocument } from '../../kernel/defineDocument.ts';
import { choice, day, dictionary, link, money, quantity, type Suggestion, text } from '../../kernel/fields.ts';
import { invoiceKinds } from '../../records/invoiceKinds.ts';
import { moneyCopies, moneyFields, moneyFills, rateGiven } from '../exchange.ts';
import { hasLines, nothingFollowed } from '../guards.ts';
import {
  calculateInvoice,
  fixShares,
  invoiceLineFields,
  invoiceNumberGiven,
  invoiceRowCopy,
  taxAdjustedLittle,
  taxNumberGiven,
} from './invoiceLines.ts';

const titles: Suggestion = {
  link: 'customer',
  part: 'billingTitles',
  takes: {
    billingTitle: 'title',
    billingTaxNumber: 'taxNumber',
    billingAddress: 'address',
    billingPhone: 'phone',
    billingBank: 'bank',
    billingBankAccount: 'bankAccount',
  },
};

/** To whom an invoice is made out, as the tax office wants it: title, tax number, address and phone, bank and account. */
export const invoiceHead = {
  customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
  day: day({ required: true, default: 'today', list: true, indexed: true }),
  invoiceKind: choice(invoiceKinds, { list: true, indexed: true }),
  invoiceCode: text({ max: 20, search: 'code' }),
  invoiceNumber: text({ max: 30, list: true, search: 'code' }),
  billingTitle: text({ max: 200, list: true, search: 'text', group: 'billing', suggest: titles }),
  billingTaxNumber: text({ max: 30, format: 'taxNumber', search: 'code', group: 'billing' }),
  billingAddress: text({ max: 300, group: 'billing' }),
  billingPhone: text({ max: 60, secret: 'contact', group: 'billing' }),
  billingBank: text({ max: 120, secret: 'bank', group: 'billing' }),
  billingBankAccount: text({ max: 60, secret: 'bank', group: 'billing' }),
  ...moneyFields,
} as const;

export const invoiceSums = {
  taxAdjustment: money({ default: 0, secret: 'salesPrice', group: 'sums' }),
  netTotal: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
  taxTotal: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
  total: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
  baseTotal: money({ derived: true, in: 'base', hidden: true, secret: 'salesPrice', group: 'sums' }),
} as const;

/**
 * What a customer is billed with towards the tax office: asked for by sales, issued by finance over orders or deliveries, in as many
 * parts as wanted. It counts what is invoiced and leaves the debt where it is. A void one keeps its number for good.
 */
export const salesInvoice = defineDocument({
  type: 'salesInvoice',
  area: 'books',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'INV{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['salesInvoiceList'], include: ['customer'] },
  duplicates: { exact: [['invoiceCode', 'invoiceNumber']] },
  copies: moneyCopies,
  fills: {
    ...moneyFills,
    invoiceKind: { from: 'customer', as: 'linked', field: 'invoiceKind' },
    billingTitle: { from: 'customer', as: 'linked', field: 'name' },
    billingTaxNumber: { from: 'customer', as: 'linked', field: 'taxNumber' },
    billingAddress: { from: 'customer', as: 'linked', field: 'address' },
    billingPhone: { from: 'customer', as: 'linked', field: 'phone' },
    billingBank: { from: 'customer', as: 'linked', field: 'bank' },
    billingBankAccount: { from: 'customer', as: 'linked', field: 'bankAccount' },
  },
  fields: {
    ...invoiceHead,
    ...invoiceSums,
    sentOn: day({ group: 'delivery' }),
    carrier: dictionary('carrier', { list: true, group: 'delivery' }),
    parcelNumber: text({ max: 80, list: true, search: 'code', group: 'delivery' }),
  },
  parts: {
    lines: {
      max: 2000,
      required: true,
      key: ['item', 'quantity'],
      entry: true,
      fields: { ...invoiceLineFields('salesPrice'), reddened: quantity({ fedBy: 'redInvoice' }) },
    },
  },
  calculation: { name: 'salesInvoice', run: calculateInvoice },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    issued: { editable: ['sentOn', 'carrier', 'parcelNumber', 'remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines, rateGiven] },
    issue: {
      from: ['draft', 'pending'],
      to: 'issued',
      operation: 'approve',
      requires: [hasLines, rateGiven, invoiceNumberGiven, taxNumberGiven, taxAdjustedLittle],
      posts: fixShares('invoicedNow'),
      feeds: true,
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    takeBack: {
      from: ['issued'],
      to: 'draft',
      operation: 'void',
      undoes: ['issue'],
      requires: [nothingFollowed('lines.reddened')],
      asksReason: true,
    },
    void: {
      from: ['draft', 'pending', 'issued'],
      to: 'void',
      operation: 'void',
      undoes: ['issue'],
      requires: [nothingFollowed('lines.reddened')],
      asksReason: true,
      danger: true,
    },
  },
  becomes: {
    redInvoice: {
      from: ['issued'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'reddened',
      limit: 'quantity',
      passes: true,
      head: {
        customer: 'customer',
        invoiceKind: 'invoiceKind',
        blueCode: 'invoiceCode',
        blueNumber: 'invoiceNumber',
        blueDay: 'day',
        billingTitle: 'billingTitle',
        billingTaxNumber: 'billingTaxNumber',
        billingAddress: 'billingAddress',
        billingPhone: 'billingPhone',
        billingBank: 'billingBank',
        billingBankAccount: 'billingBankAccount',
        currency: 'currency',
        exchangeRate: 'exchangeRate',
        taxAdjustment: 'taxAdjustment',
        owner: 'owner',
        department: 'department',
      },
      same: ['customer', 'currency', 'invoiceCode', 'invoiceNumber'],
      keep: ['item', 'unitRatio'],
      row: invoiceRowCopy('reddened'),
    },
  },
});
