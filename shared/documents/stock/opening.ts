import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, PostingResult } from '../../kernel/definition.ts';
import { day, link, money, price, quantity, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { amountOf, sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf, goodsFields } from '../commercial.ts';
import { beforeGoLive, hasLines } from '../guards.ts';
import { lotNumbers, lotRows, lotsTold, withLots } from '../lots.ts';
import { onlyGoods } from './goods.ts';

const openingStates = {
  draft: { editable: 'all', look: 'draft', deletable: true },
  posted: { editable: ['remark'], look: 'done' },
  void: { editable: 'none', look: 'void' },
} as const;

/** What lies in a warehouse on the first day, and what it cost. */
export const openingStock = defineDocument({
  type: 'openingStock',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'OS{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, default: 'main', list: true }),
    valueTotal: money({ derived: true, in: 'base', list: true, secret: 'cost' }),
  },
  parts: {
    lines: {
      max: 5000,
      required: true,
      key: ['item', 'quantity'],
      entry: true,
      fields: {
        item: link('item', { required: true }),
        unit: goodsFields.unit,
        unitRatio: goodsFields.unitRatio,
        quantity: quantity({ required: true, min: 1 }),
        unitCost: price({ min: 0, default: 0, secret: 'cost' }),
        lotNumbers,
        value: money({ derived: true, in: 'base', secret: 'cost' }),
        remark: text({ max: 200 }),
      },
    },
    lots: lotRows({ go: 'in' }),
  },
  calculation: { name: 'openingStock', run: valueStock },
  states: openingStates,
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [hasLines, onlyGoods, beforeGoLive, lotsTold],
      posts: withLots({ name: 'openStock', moves: openStock }),
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], requires: [beforeGoLive], asksReason: true },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
});

function valueStock(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const lines = (record.parts.lines ?? []).map((line) => ({
    ...line,
    value: amountOf({ quantity: Number(line.quantity ?? 0), price: Number(line.unitCost ?? 0), currencyDigits: setting.baseDigits }),
  }));
  return { ...record, parts: { ...record.parts, lines }, values: { ...record.values, valueTotal: sumOf(lines.map((line) => line.value)) } };
}

function openStock(document: AnyRecord): PostingResult {
  const place = placeOf('warehouse', Number(document.values.warehouse));
  const moves = (document.parts.lines ?? []).flatMap((line) => [
    { ledger: 'stock', subject: Number(line.item), from: 'opening', to: place, amount: baseQuantityOf(line), row: line.id },
    ...(Number(line.value) > 0
      ? [{ ledger: 'cost', subject: Number(line.item), from: 'opening', to: 'stock', amount: Number(line.value), row: line.id }]
      : []),
  ]);
  return { moves: moves.filter(({ amount }) => amount > 0) };
}
