import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, Guard } from '../../kernel/definition.ts';
import { choice, day, integer, link, quantity } from '../../kernel/fields.ts';
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

/** What was ordered down to the last piece is won, whatever anybody says. */
const notOrderedInFull: Guard = {
  name: 'notOrderedInFull',
  check: (quotation) => (quotation.values.orderedState === 'all' ? { code: 'document.hasFollowers' } : null),
};

/** What we offer a customer: it promises nothing and touches no ledger. */
export const quotation = defineDocument({
  type: 'quotation',
  area: 'sales',
  visibility: { by: 'owner', through: 'customer' },
  copies: moneyCopies,
  fills: { ...moneyFills, validUntil: { from: 'day', as: 'daysAfter', parameter: 'parameter.quotationValidDays' } },
  numbering: { series: 'QT{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    ...commercialHeader,
    validUntil: day({ list: true, group: 'terms' }),
    lostReason: choice(['price', 'delivery', 'quality', 'competitor', 'noDemand', 'other'], { group: 'terms' }),
    ...commercialTotals,
    orderedState: choice(progressChoices, { derived: true, list: true }),
    revision: integer({ derived: true, group: 'revisions' }),
    revisionOf: link('quotation', { derived: true, indexed: true, group: 'revisions' }),
    revisedBy: link('quotation', { derived: true, group: 'revisions' }),
    wonBy: choice(['orders', 'hand'], { derived: true, hidden: true }),
  },
  parts: { lines: commercialLines({ ...offeredFields, ordered: quantity({ fedBy: 'salesOrder' }) }) },
  calculation: { name: 'quotation', run: calculateQuotation, reaction: dueStep },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: { editable: ['validUntil', 'remark'], look: 'active' },
    sent: { editable: ['validUntil', 'remark'], look: 'active' },
    won: { editable: ['remark'], look: 'done' },
    lost: { editable: ['lostReason', 'remark'], look: 'void' },
    expired: { editable: ['validUntil', 'remark'], look: 'void' },
    superseded: { editable: 'none', look: 'void' },
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
    withdraw: { from: ['pending', 'approved', 'sent'], to: 'draft', operation: 'change', requires: [nothingFollowed('lines.ordered')] },
    send: { from: ['approved'], to: 'sent', operation: 'change' },
    win: { from: ['approved', 'sent'], to: 'won', operation: 'change', sets: { wonBy: 'hand' } },
    lose: { from: ['approved', 'sent'], to: 'lost', operation: 'change', asksReason: true },
    expire: { from: ['approved', 'sent'], to: 'expired', operation: 'change' },
    reopen: {
      from: ['won', 'lost', 'expired'],
      to: 'approved',
      operation: 'change',
      requires: [notOrderedInFull],
      sets: { wonBy: null, lostReason: null },
    },
    // The old revision stays readable as it was sent; the new one goes through approval like any other.
    revise: {
      from: ['approved', 'sent', 'lost', 'expired'],
      to: 'superseded',
      operation: 'change',
      revisesInto: 'draft',
      requires: [nothingFollowed('lines.ordered')],
    },
    complete: { from: ['approved', 'sent'], to: 'won', operation: 'change', automatic: true, sets: { wonBy: 'orders' } },
    resume: { from: ['won'], to: 'approved', operation: 'change', automatic: true, sets: { wonBy: null } },
    void: {
      from: ['draft', 'pending', 'approved', 'sent'],
      to: 'void',
      operation: 'void',
      requires: [nothingFollowed('lines.ordered')],
      asksReason: true,
      danger: true,
    },
  },
  // One that was called won by hand is still ordered from.
  becomes: { salesOrder: { ...intoOrder('ordered'), from: ['approved', 'sent', 'won'] } },
  print: { templates: ['quotation'], include: ['customer', 'contact', 'owner'] },
});

function calculateQuotation(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = calculateCommercial(record, setting);
  const orderedState = lineProgress(priced.parts.lines ?? [], 'ordered');
  return {
    ...priced,
    values: { ...priced.values, orderedState, lostReason: record.state === 'lost' ? (record.values.lostReason ?? null) : null },
  };
}

/** An offer is won when everything in it is ordered, and open again when an order is taken back. */
function dueStep({ state, values }: AnyRecord): string | null {
  if ((state === 'approved' || state === 'sent') && values.orderedState === 'all') return 'complete';
  if (state === 'won' && values.wonBy === 'orders' && values.orderedState !== 'all') return 'resume';
  return null;
}
