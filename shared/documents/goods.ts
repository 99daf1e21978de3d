import type { Part } from '../kernel/definition.ts';
import { link, text } from '../kernel/fields.ts';
import { goodsFields, sourced } from './commercial.ts';

interface GoodsRows {
  /** What a row says before its goods: where it came from, which box it lies in. */
  readonly before?: Part['fields'];
  readonly max?: number;
}

/** Lines of goods with what the document adds to them: which item, in which unit, how much. */
export const goodsLines = <const E extends Part['fields']>(extra: E, { before = {}, max = 2000 }: GoodsRows = {}): Part => ({
  max,
  required: true,
  key: ['item', 'quantity'],
  entry: true,
  fields: { ...before, ...goodsFields, ...extra, remark: text({ max: 200 }) },
});

/** Where a row came from, and the number of that paper for whoever reads it. */
const followed = { ...sourced, sourceNumber: text({ max: 40, derived: true }) } as const;

/** Lines of goods that follow other papers. */
export const followingLines = <const E extends Part['fields']>(extra: E): Part => goodsLines(extra, { before: followed });

/** Lines that follow other papers and say each for itself into or out of which warehouse its goods go. */
export const warehouseLines = <const E extends Part['fields']>(extra: E): Part =>
  followingLines({ warehouse: link('warehouse', { required: true, default: 'main' }), ...extra });

/** Row field of a follower ← row field of its source, for lines of goods. */
export const goodsCopy = { item: 'item', name: 'name', spec: 'spec', unit: 'unit', unitRatio: 'unitRatio', remark: 'remark' } as const;
/** What of it stays as it was. */
export const goodsKept = ['item', 'unitRatio'] as const;
