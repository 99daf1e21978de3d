import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord } from '../../kernel/definition.ts';
import { choice, day, link, quantity } from '../../kernel/fields.ts';
import { deliveryFields, lineProgress, progressChoices } from '../commercial.ts';
import { goodsKept } from '../goods.ts';
import { allRowsSourced, hasLines, nothingFollowed } from '../guards.ts';
import { deliveryCopy, deliveryHeadCopy, deliveryLines } from './goods.ts';
import { releaseGuards } from './releaseRules.ts';

/**
 * So much of an order may leave: sales releases, the warehouse ships. One notice may be shipped in several goes, up to what it
 * releases, and one order may have several notices.
 */
export const deliveryNotice = defineDocument({
  type: 'deliveryNotice',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'DN{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    contact: link('contact'),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    shipOn: day({ list: true, indexed: true }),
    ...deliveryFields('delivery'),
    shippedState: choice(progressChoices, { derived: true, list: true, indexed: true }),
  },
  parts: { lines: deliveryLines({ shipped: quantity({ fedBy: 'stockOut' }) }) },
  calculation: { name: 'deliveryNotice', run: calculateNotice, reaction: dueStep },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true, internal: true },
    pending: { editable: 'none', look: 'waiting', watermark: true, internal: true },
    approved: { editable: ['shipOn', 'deliveryAddress', 'recipient', 'recipientPhone', 'remark'], look: 'active' },
    completed: { editable: ['remark'], look: 'done' },
    closed: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines, allRowsSourced] },
    approve: {
      from: ['draft', 'pending'],
      to: 'approved',
      operation: 'approve',
      requires: [hasLines, allRowsSourced, ...releaseGuards],
      feeds: true,
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    takeBack: {
      from: ['approved'],
      to: 'draft',
      operation: 'approve',
      undoes: ['approve'],
      requires: [nothingFollowed('lines.shipped')],
      asksReason: true,
    },
    close: {
      from: ['approved'],
      to: 'closed',
      operation: 'approve',
      asksReason: true,
      cutsTo: { part: 'lines', field: 'quantity', used: 'shipped' },
    },
    complete: { from: ['approved'], to: 'completed', operation: 'change', automatic: true },
    resume: { from: ['completed'], to: 'approved', operation: 'change', automatic: true },
    void: {
      from: ['draft', 'pending', 'approved'],
      to: 'void',
      operation: 'void',
      undoes: ['approve'],
      requires: [nothingFollowed('lines.shipped')],
      asksReason: true,
      danger: true,
    },
  },
  becomes: {
    stockOut: {
      from: ['approved'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'shipped',
      limit: 'quantity',
      passes: true,
      head: deliveryHeadCopy,
      same: ['customer'],
      keep: goodsKept,
      row: deliveryCopy,
    },
  },
  print: { templates: ['releaseNote'], include: ['customer', 'contact', 'owner'] },
});

function calculateNotice(record: AnyRecord): AnyRecord {
  return { ...record, values: { ...record.values, shippedState: lineProgress(record.parts.lines ?? [], 'shipped') } };
}

/** A notice is done when all it released has left, and is taken up again when some of it comes back. */
function dueStep(notice: AnyRecord): string | null {
  const isDone = notice.values.shippedState === 'all';
  if (notice.state === 'approved' && isDone) return 'complete';
  if (notice.state === 'completed' && !isDone) return 'resume';
  return null;
}
