import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, Guard } from '../../kernel/definition.ts';
import { choice, day, link, money, text } from '../../kernel/fields.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { invoiceKinds } from '../../records/invoiceKinds.ts';
import { moneyCopies, moneyFields, moneyFills, rateGiven } from '../exchange.ts';
import { fact } from '../facts.ts';
import { hasLines } from '../guards.ts';
import { calculateInvoice, fixShares, invoiceLineFields, invoiceNumberGiven } from './invoiceLines.ts';

/**
 * An invoice that a supplier sent (进项发票), matched to the goods that came in: what the paper says may differ from them by no more
 * than the company puts up with. Whether its tax may be deducted, and in which month, is noted later.
 */
export const purchaseInvoice = defineDocument({
  type: 'purchaseInvoice',
  area: 'purchase',
  visibility: { by: 'company' },
  numbering: { series: 'PI{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['purchaseInvoiceList'], include: ['supplier'] },
  duplicates: { exact: [['invoiceCode', 'invoiceNumber']] },
  fills: moneyFills,
  copies: moneyCopies,
  fields: {
    supplier: link('supplier', { required: true, list: true, indexed: true, search: 'text' }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    receivedOn: day({ default: 'today' }),
    invoiceKind: choice(invoiceKinds, { list: true, indexed: true }),
    invoiceCode: text({ max: 20, search: 'code' }),
    invoiceNumber: text({ max: 30, list: true, search: 'code' }),
    certState: choice(['received', 'certified', 'notDeductible'], { required: true, default: 'received', list: true, indexed: true }),
    certPeriod: day({ list: true, indexed: true }),
    ...moneyFields,
    invoiceTotal: money({ min: 0, list: true, secret: 'purchasePrice', group: 'sums' }),
    invoiceTax: money({ min: 0, list: true, secret: 'purchasePrice', group: 'sums' }),
    netTotal: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
    taxTotal: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
    total: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
    baseTotal: money({ derived: true, in: 'base', hidden: true, secret: 'purchasePrice', group: 'sums' }),
    difference: money({ derived: true, list: true, secret: 'purchasePrice', group: 'sums' }),
  },
  parts: {
    lines: { max: 2000, required: true, key: ['item', 'quantity'], entry: true, fields: invoiceLineFields('purchasePrice') },
  },
  calculation: { name: 'purchaseInvoice', run: compared },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    posted: { editable: ['certState', 'certPeriod', 'remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [hasLines, rateGiven, invoiceNumberGiven, comesFromGoods(), agreesWithGoods()],
      posts: fixShares('invoiced'),
      feeds: true,
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], asksReason: true },
    void: { from: ['draft', 'posted'], to: 'void', operation: 'void', undoes: ['post'], asksReason: true, danger: true },
  },
});

function compared(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const counted = calculateInvoice(record, setting);
  const { invoiceTotal, total } = counted.values;
  const difference = typeof invoiceTotal === 'number' ? sumOf([invoiceTotal, -Number(total)]) : null;
  return { ...counted, values: { ...counted.values, difference } };
}

function comesFromGoods(): Guard {
  return {
    name: 'comesFromGoods',
    check: (document) => {
      const missing = (document.parts.lines ?? []).findIndex((line) => !line.source);
      if (missing < 0) return null;
      return { code: 'invoice.withoutStockIn', fields: [{ path: `lines.${missing}.item`, code: 'invoice.withoutStockIn' }] };
    },
  };
}

function agreesWithGoods(): Guard {
  return {
    name: 'agreesWithGoods',
    facts: ['invoiceTolerance'],
    check: ({ values }, facts) => {
      const path = 'invoiceTotal';
      if (typeof values.invoiceTotal !== 'number')
        return { code: 'invoice.amountMissing', fields: [{ path, code: 'invoice.amountMissing' }] };
      const [limit, difference] = [fact(facts, 'invoiceTolerance'), Number(values.difference)];
      if (Math.abs(difference) <= limit) return null;
      const code = 'invoice.differsFromStockIn';
      return { code, facts: { limit, difference }, fields: [{ path, code, facts: { limit, difference } }] };
    },
  };
}
