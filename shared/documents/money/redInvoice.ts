import { defineDocument } from '../../kernel/defineDocument.ts';
import type { Guard } from '../../kernel/definition.ts';
import { choice, day, link, text } from '../../kernel/fields.ts';
import { moneyCopies, moneyFills, rateGiven } from '../exchange.ts';
import { hasLines } from '../guards.ts';
import { calculateInvoice, fixShares, invoiceLineFields, invoiceNumberGiven, taxAdjustedLittle } from './invoiceLines.ts';
import { invoiceHead, invoiceSums } from './salesInvoice.ts';

/** A red invoice comes from the blue one it takes back. */
const comesFromInvoice: Guard = {
  name: 'comesFromInvoice',
  check: (document) => {
    const missing = (document.parts.lines ?? []).findIndex((line) => !line.source);
    if (missing < 0) return null;
    return { code: 'invoice.redWithoutBlue', fields: [{ path: `lines.${missing}.item`, code: 'invoice.redWithoutBlue' }] };
  },
};

/** Where the tax office wants a confirmation first (红字发票信息确认单), there is one. */
const isConfirmed: Guard = {
  name: 'isConfirmed',
  check: (document) => {
    const { confirmationState, confirmationNumber } = document.values;
    const isOpen = confirmationState === 'applied' || confirmationState === 'refused';
    if (isOpen) return { code: 'invoice.redNotConfirmed', fields: [{ path: 'confirmationState', code: 'invoice.redNotConfirmed' }] };
    if (confirmationState === 'confirmed' && String(confirmationNumber ?? '').trim() === '')
      return { code: 'invoice.confirmationMissing', fields: [{ path: 'confirmationNumber', code: 'invoice.confirmationMissing' }] };
    return null;
  },
};

/**
 * Takes back a part or the whole of an issued invoice (红字发票). Amounts stand as on the blue one and count the other way; together
 * with earlier red ones they never exceed it.
 */
export const redInvoice = defineDocument({
  type: 'redInvoice',
  area: 'books',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'RED{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['redInvoiceList'], include: ['customer'] },
  duplicates: { exact: [['invoiceCode', 'invoiceNumber']] },
  fills: moneyFills,
  copies: moneyCopies,
  fields: {
    ...invoiceHead,
    redReason: choice(['returned', 'discount', 'mistake', 'stopped'], { required: true, default: 'returned', list: true }),
    confirmationState: choice(['notNeeded', 'applied', 'confirmed', 'refused'], { required: true, default: 'applied', list: true }),
    confirmationNumber: text({ max: 40, list: true, search: 'code' }),
    blueCode: text({ max: 20, group: 'blue' }),
    blueNumber: text({ max: 30, list: true, search: 'code', group: 'blue' }),
    blueDay: day({ group: 'blue' }),
    // Goods that came back are the usual reason.
    salesReturn: link('salesReturn', { indexed: true, group: 'blue' }),
    ...invoiceSums,
  },
  parts: {
    lines: { max: 2000, required: true, key: ['item', 'quantity'], entry: true, fields: invoiceLineFields('salesPrice') },
  },
  calculation: { name: 'redInvoice', run: (record, setting) => calculateInvoice(record, setting) },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    issued: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    issue: {
      from: ['draft'],
      to: 'issued',
      operation: 'approve',
      requires: [hasLines, rateGiven, comesFromInvoice, isConfirmed, invoiceNumberGiven, taxAdjustedLittle],
      posts: fixShares('reddened'),
      feeds: true,
    },
    takeBack: { from: ['issued'], to: 'draft', operation: 'void', undoes: ['issue'], asksReason: true },
    void: { from: ['draft', 'issued'], to: 'void', operation: 'void', undoes: ['issue'], asksReason: true, danger: true },
  },
});
