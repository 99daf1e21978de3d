import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, Becoming } from '../../kernel/definition.ts';
import { choice, day, link, quantity, text } from '../../kernel/fields.ts';
import { goodsFields, lineProgress, progressChoices, sourced } from '../commercial.ts';
import { hasLines } from '../guards.ts';
import { goodsRowCopy } from './terms.ts';

const lineCopy = { ...goodsRowCopy, warehouse: 'warehouse', remark: 'remark' } as const;
const headCopy = { deliverBy: 'deliverBy', owner: 'owner', department: 'department' } as const;

/** The same question to everybody, however often: what was answered or ordered is counted, never used up. */
const asked = (feeds: string): Becoming => ({
  from: ['sent'],
  each: { part: 'lines' },
  into: { part: 'lines', field: 'quantity' },
  feeds,
  limit: 'quantity',
  unlimited: true,
  head: headCopy,
  same: [],
  keep: ['item', 'unitRatio'],
  row: lineCopy,
});

/** What we ask several suppliers for (询价单): sending it makes a quotation to fill in for each of them. */
export const inquiry = defineDocument({
  type: 'inquiry',
  area: 'purchase',
  visibility: { by: 'owner' },
  numbering: { series: 'RQ{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    subject: text({ max: 100, list: true, search: 'text' }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    replyBy: day({ list: true }),
    deliverBy: day(),
    orderedState: choice(progressChoices, { derived: true, list: true }),
  },
  parts: {
    lines: {
      max: 500,
      required: true,
      key: ['item', 'quantity'],
      entry: true,
      fields: {
        ...sourced,
        ...goodsFields,
        warehouse: link('warehouse'),
        offered: quantity({ fedBy: 'supplierQuotation', hidden: true }),
        ordered: quantity({ fedBy: 'purchaseOrder' }),
        remark: text({ max: 200 }),
      },
    },
    suppliers: {
      max: 30,
      key: ['supplier'],
      fields: { supplier: link('supplier', { required: true }), remark: text({ max: 200 }) },
    },
  },
  calculation: {
    name: 'inquiry',
    run: (record: AnyRecord) => ({
      ...record,
      values: { ...record.values, orderedState: lineProgress(record.parts.lines ?? [], 'ordered') },
    }),
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    sent: { editable: ['replyBy', 'remark'], look: 'active' },
    closed: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    send: { from: ['draft'], to: 'sent', operation: 'change', requires: [hasLines, asksSomebody()], effects: ['askSuppliers'] },
    withdraw: { from: ['sent'], to: 'draft', operation: 'change' },
    close: { from: ['sent'], to: 'closed', operation: 'change' },
    reopen: { from: ['closed'], to: 'sent', operation: 'change' },
    void: { from: ['draft', 'sent'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
  becomes: { supplierQuotation: asked('offered'), purchaseOrder: asked('ordered') },
  print: { templates: ['inquirySheet'], include: ['owner'] },
});

function asksSomebody() {
  return {
    name: 'asksSomebody',
    check: (document: AnyRecord) => ((document.parts.suppliers ?? []).length > 0 ? null : { code: 'inquiry.noSuppliers' }),
  };
}
