import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, State, Step } from '../../kernel/definition.ts';
import { day, integer, link, quantity, text } from '../../kernel/fields.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { deliveryFields, goodsFields, sourced } from '../commercial.ts';
import { allRowsSourced, hasLines } from '../guards.ts';

const states = {
  draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
  packed: { editable: ['marks', 'remark'], look: 'done' },
  void: { editable: 'none', look: 'void' },
} as const satisfies Readonly<Record<string, State>>;

const steps = {
  pack: { from: ['draft'], to: 'packed', operation: 'approve', requires: [hasLines, allRowsSourced], feeds: true },
  takeBack: { from: ['packed'], to: 'draft', operation: 'void', undoes: ['pack'], asksReason: true },
  void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
} as const satisfies Readonly<Record<string, Step>>;

/** What of a delivery lies in which box, how heavy each is and what is written on it. Weights in kilograms, 10⁻⁶. */
export const packingList = defineDocument({
  type: 'packingList',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'PL{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    contact: link('contact'),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    marks: text({ max: 300, list: true }),
    ...deliveryFields('delivery'),
    boxCount: integer({ derived: true, list: true }),
    netWeight: quantity({ derived: true }),
    grossWeight: quantity({ derived: true, list: true }),
  },
  parts: {
    lines: {
      max: 2000,
      required: true,
      key: ['item', 'quantity'],
      entry: true,
      fields: {
        ...sourced,
        sourceNumber: text({ max: 40, derived: true }),
        boxNumber: text({ max: 40 }),
        ...goodsFields,
        netWeight: quantity({ min: 0 }),
        grossWeight: quantity({ min: 0 }),
        measures: text({ max: 60 }),
        marks: text({ max: 200 }),
      },
    },
  },
  calculation: { name: 'packingList', run: withWeights },
  states,
  steps,
  print: { templates: ['packingList'], include: ['customer', 'contact', 'owner'] },
});

function withWeights(record: AnyRecord): AnyRecord {
  const lines = record.parts.lines ?? [];
  const sum = (name: string): number => sumOf(lines.map((line) => Number(line[name] ?? 0)));
  const boxCount = new Set(lines.map((line) => line.boxNumber).filter(Boolean)).size;
  return { ...record, values: { ...record.values, boxCount, netWeight: sum('netWeight'), grossWeight: sum('grossWeight') } };
}
