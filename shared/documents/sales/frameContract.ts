import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting } from '../../kernel/definition.ts';
import { choice, day, quantity, text } from '../../kernel/fields.ts';
import {
  calculateCommercial,
  commercialHeader,
  commercialLines,
  commercialTotals,
  intoOrder,
  lineProgress,
  offeredFields,
  progressChoices,
} from '../commercial.ts';
import { moneyCopies, moneyFills, rateGiven } from '../exchange.ts';
import { hasLines, nothingFollowed, totalNotNegative, withinPriceFloor } from '../guards.ts';

/** What was agreed for a longer time: orders call parts of it off; it promises nothing and touches no ledger itself. */
export const frameContract = defineDocument({
  type: 'frameContract',
  area: 'sales',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'FC{yyyy}-{serial:4}', drawnAt: 'create' },
  fills: moneyFills,
  copies: moneyCopies,
  fields: {
    ...commercialHeader,
    subject: text({ max: 100, list: true, search: 'text' }),
    signedOn: day({ group: 'terms' }),
    validFrom: day({ group: 'terms' }),
    validUntil: day({ list: true, group: 'terms' }),
    ...commercialTotals,
    calledState: choice(progressChoices, { derived: true, list: true }),
  },
  parts: { lines: commercialLines({ ...offeredFields, called: quantity({ fedBy: 'salesOrder' }) }) },
  calculation: { name: 'frameContract', run: calculateFrame },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: { editable: ['remark', 'validUntil', 'signedOn'], look: 'active' },
    closed: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines, rateGiven, totalNotNegative] },
    approve: {
      from: ['draft', 'pending'],
      to: 'approved',
      operation: 'approve',
      requires: [hasLines, rateGiven, totalNotNegative, withinPriceFloor],
      effects: ['rememberPrices'],
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
  becomes: { salesOrder: intoOrder('called') },
  print: { templates: ['contract'], include: ['customer', 'contact', 'owner'] },
});

function calculateFrame(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = calculateCommercial(record, setting);
  return { ...priced, values: { ...priced.values, calledState: lineProgress(priced.parts.lines ?? [], 'called') } };
}
