import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting } from '../../kernel/definition.ts';
import { choice, day, integer, quantity } from '../../kernel/fields.ts';
import {
  calculateCommercial,
  commercialHeader,
  commercialLines,
  commercialTotals,
  intoOrder,
  lineProgress,
  progressChoices,
} from '../commercial.ts';
import { hasLines, nothingFollowed, totalNotNegative, withinPriceFloor } from '../guards.ts';

/** What we offer a customer: it promises nothing and touches no ledger. */
export const quotation = defineDocument({
  type: 'quotation',
  area: 'sales',
  visibility: { by: 'owner', through: 'customer' },
  fills: { validUntil: { from: 'day', as: 'daysAfter', parameter: 'parameter.quotationValidDays' } },
  numbering: { series: 'QT{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    ...commercialHeader,
    validUntil: day({ list: true, group: 'terms' }),
    lostReason: choice(['price', 'delivery', 'quality', 'competitor', 'noDemand', 'other'], { derived: true, group: 'terms' }),
    ...commercialTotals,
    orderedState: choice(progressChoices, { derived: true, list: true }),
    revision: integer({ derived: true, hidden: true }),
  },
  parts: { lines: commercialLines({ ordered: quantity({ fedBy: 'salesOrder' }) }) },
  calculation: { name: 'quotation', run: calculateQuotation },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: { editable: ['validUntil', 'remark'], look: 'active' },
    lost: { editable: 'none', look: 'void' },
    expired: { editable: 'none', look: 'void' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines, totalNotNegative] },
    approve: {
      from: ['draft', 'pending'],
      to: 'approved',
      operation: 'approve',
      requires: [hasLines, totalNotNegative, withinPriceFloor],
      effects: ['rememberPrices'],
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending', 'approved'], to: 'draft', operation: 'change', requires: [nothingFollowed('lines.ordered')] },
    lose: { from: ['approved'], to: 'lost', operation: 'change', asksReason: true },
    expire: { from: ['approved'], to: 'expired', operation: 'change' },
    void: {
      from: ['draft', 'pending', 'approved'],
      to: 'void',
      operation: 'void',
      requires: [nothingFollowed('lines.ordered')],
      asksReason: true,
      danger: true,
    },
  },
  becomes: { salesOrder: intoOrder('ordered') },
  print: { templates: ['quotation'], include: ['customer', 'contact', 'owner'] },
});

function calculateQuotation(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = calculateCommercial(record, setting);
  return { ...priced, values: { ...priced.values, orderedState: lineProgress(priced.parts.lines ?? [], 'ordered') } };
}
