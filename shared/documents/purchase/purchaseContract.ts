import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting } from '../../kernel/definition.ts';
import { choice, day, quantity, text } from '../../kernel/fields.ts';
import { calculateCommercial, commercialLines, lineProgress, progressChoices, totalsFor } from '../commercial.ts';
import { moneyCopies, moneyFills, rateGiven } from '../exchange.ts';
import { hasLines, nothingFollowed, totalNotNegative } from '../guards.ts';
import { instalmentsPart, instalmentsSumUp, withInstalments } from '../money/instalments.ts';
import { withinPurchaseLimit } from './guards.ts';
import { goodsRowCopy, pricesRowCopy, purchaseHeader, supplierHeadCopy, supplierTerms } from './terms.ts';

/** What was agreed with a supplier for a longer time (采购合同): orders call parts of it off; it expects nothing and owes nothing itself. */
export const purchaseContract = defineDocument({
  type: 'purchaseContract',
  area: 'purchase',
  visibility: { by: 'owner' },
  numbering: { series: 'PC{yyyy}-{serial:4}', drawnAt: 'create' },
  fills: { ...moneyFills, ...supplierTerms },
  copies: moneyCopies,
  fields: {
    ...purchaseHeader,
    subject: text({ max: 100, list: true, search: 'text' }),
    signedOn: day({ group: 'terms' }),
    signedAt: text({ max: 100, group: 'terms' }),
    validFrom: day({ group: 'terms' }),
    validUntil: day({ list: true, group: 'terms' }),
    ...totalsFor('purchasePrice'),
    calledState: choice(progressChoices, { derived: true, list: true }),
  },
  parts: {
    lines: commercialLines({ called: quantity({ fedBy: 'purchaseOrder' }) }, 'purchasePrice'),
    instalments: instalmentsPart('purchasePrice'),
  },
  calculation: { name: 'purchaseContract', run: calculateContract },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: { editable: ['remark', 'validUntil', 'signedOn'], look: 'active' },
    closed: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines, rateGiven, totalNotNegative, instalmentsSumUp] },
    approve: {
      from: ['draft', 'pending'],
      to: 'approved',
      operation: 'approve',
      requires: [hasLines, rateGiven, totalNotNegative, instalmentsSumUp, withinPurchaseLimit],
      effects: ['rememberPurchasePrices'],
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending', 'approved'], to: 'draft', operation: 'change', requires: [nothingFollowed('lines.called')] },
    close: { from: ['approved'], to: 'closed', operation: 'approve', asksReason: true },
    void: {
      from: ['draft', 'pending', 'approved'],
      to: 'void',
      operation: 'void',
      requires: [nothingFollowed('lines.called')],
      asksReason: true,
      danger: true,
    },
  },
  becomes: {
    purchaseOrder: {
      from: ['approved'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'called',
      limit: 'quantity',
      head: { ...supplierHeadCopy, termDays: 'termDays', monthEndTerms: 'monthEndTerms', deliverBy: 'deliverBy' },
      same: ['supplier', 'currency'],
      keep: ['item', 'unitRatio'],
      row: { ...goodsRowCopy, ...pricesRowCopy, warehouse: 'warehouse', remark: 'remark' },
    },
  },
  print: { templates: ['purchaseFrame'], include: ['supplier', 'owner'] },
});

/** The plan says when how much will be due; the orders called off owe it and know what was paid. */
function calculateContract(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = calculateCommercial(record, setting);
  const planned = withInstalments(priced, { total: Number(priced.values.total), due: 0, settled: 0 });
  return { ...planned, values: { ...planned.values, calledState: lineProgress(priced.parts.lines ?? [], 'called') } };
}
