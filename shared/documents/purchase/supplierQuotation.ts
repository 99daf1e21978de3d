import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, Guard } from '../../kernel/definition.ts';
import { choice, day, integer, quantity } from '../../kernel/fields.ts';
import { calculateCommercial, commercialLines, lineProgress, progressChoices, sourced, totalsFor } from '../commercial.ts';
import { moneyCopies, moneyFills, rateGiven } from '../exchange.ts';
import { hasLines, nothingFollowed } from '../guards.ts';
import { goodsRowCopy, pricesRowCopy, purchaseHeader, supplierHeadCopy, supplierTerms } from './terms.ts';

/** What a supplier answers to an inquiry: its prices, how fast, and from how many on. It binds us to nothing. */
export const supplierQuotation = defineDocument({
  type: 'supplierQuotation',
  area: 'purchase',
  visibility: { by: 'owner' },
  numbering: { series: 'SQ{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fills: { ...moneyFills, ...supplierTerms },
  copies: moneyCopies,
  fields: {
    ...purchaseHeader,
    validUntil: day({ list: true, group: 'terms' }),
    ...totalsFor('purchasePrice'),
    orderedState: choice(progressChoices, { derived: true, list: true }),
  },
  parts: {
    lines: commercialLines(
      {
        ...sourced,
        minQuantity: quantity({ min: 0 }),
        leadDays: integer({ min: 0, max: 720 }),
        ordered: quantity({ fedBy: 'purchaseOrder' }),
      },
      'purchasePrice',
    ),
  },
  calculation: { name: 'supplierQuotation', run: calculateQuotation },
  states: {
    draft: { editable: 'all', look: 'waiting', deletable: true },
    answered: { editable: ['validUntil', 'supplierReference', 'remark'], look: 'active' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    answer: { from: ['draft'], to: 'answered', operation: 'change', requires: [hasLines, rateGiven, somethingPriced()], feeds: true },
    takeBack: {
      from: ['answered'],
      to: 'draft',
      operation: 'change',
      undoes: ['answer'],
      requires: [nothingFollowed('lines.ordered')],
    },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
  becomes: {
    purchaseOrder: {
      from: ['answered'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'ordered',
      limit: 'quantity',
      head: { ...supplierHeadCopy, termDays: 'termDays', monthEndTerms: 'monthEndTerms', deliverBy: 'deliverBy' },
      same: ['supplier', 'currency'],
      keep: ['item', 'unitRatio'],
      row: { ...goodsRowCopy, ...pricesRowCopy, warehouse: 'warehouse', remark: 'remark' },
      passes: true,
    },
  },
  print: { templates: ['supplierInquirySheet'], include: ['supplier', 'owner'] },
});

function calculateQuotation(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = calculateCommercial(record, setting);
  return { ...priced, values: { ...priced.values, orderedState: lineProgress(priced.parts.lines ?? [], 'ordered') } };
}

/** An answer without a single price is none. */
function somethingPriced(): Guard {
  return {
    name: 'somethingPriced',
    check: (document) =>
      (document.parts.lines ?? []).some((line) => Number(line.grossAmount ?? 0) > 0) ? null : { code: 'inquiry.noPrices' },
  };
}
