import { defineRecord } from '../kernel/defineRecord.ts';
import type { Value } from '../kernel/definition.ts';
import { day, flag, link, note, text } from '../kernel/fields.ts';

/** How closely the pieces of an item are told apart: not at all, by the batch they were made in, or each by a number of its own. */
export const trackings = ['none', 'lot', 'serial'] as const;
export type Tracking = Exclude<(typeof trackings)[number], 'none'>;

/** A serial number stands for one piece of the item, in millionths of its own unit. */
export const onePiece = 1_000_000;

/**
 * A batch (批次) of an item, or one piece of it with a serial number (序列号). The documents it comes in with make it; nobody else
 * does. A blocked one is not sold: it may go back to the supplier or be written off.
 */
export const lot = defineRecord({
  type: 'lot',
  area: 'stock',
  title: 'number',
  visibility: { by: 'company' },
  operations: ['read', 'change', 'export'],
  sort: [{ field: 'expiresOn', direction: 'ascending' }],
  fields: {
    number: text({ max: 60, required: true, fixed: true, list: true, search: 'code', indexed: true }),
    item: link('item', { required: true, fixed: true, list: true, indexed: true, search: 'text' }),
    madeOn: day({ list: true }),
    expiresOn: day({ list: true, indexed: true }),
    supplier: link('supplier', { list: true }),
    blocked: flag({ list: true }),
    key: text({ max: 100, unique: true, derived: true, hidden: true }),
    warnedOn: day({ derived: true, hidden: true }),
    remark: note({ max: 500 }),
  },
  calculation: { name: 'lot', run: (record) => ({ ...record, values: { ...record.values, key: lotKey(record.values) } }) },
});

/** One number of one item, however its letters were typed: `ａ-1` is `A-1`, and neither is `A1`. */
export const lotKey = ({ item, number }: Readonly<Record<string, Value>>): string =>
  `${item} ${String(number ?? '')
    .normalize('NFKC')
    .trim()
    .toUpperCase()}`;
