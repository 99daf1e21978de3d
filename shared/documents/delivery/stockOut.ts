import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, FactBag, Move, PostingResult } from '../../kernel/definition.ts';
import { day, dictionary, link, money, quantity, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { mulDiv, sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf, deliveryFields, sourced } from '../commercial.ts';
import { fact } from '../facts.ts';
import { allRowsSourced, hasLines } from '../guards.ts';
import { reversalFields, reversalStates, reverseStep } from '../reversal.ts';

/** Goods that leave a warehouse for a customer. It prints as the delivery note and knows no sales price. */
export const stockOut = defineDocument({
  type: 'stockOut',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'OUT{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    contact: link('contact'),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    keeper: link('user', { default: 'actor', list: true }),
    ...deliveryFields('delivery'),
    deliveryMethod: dictionary('deliveryMethod', { group: 'delivery' }),
    carrier: dictionary('carrier', { group: 'delivery' }),
    parcelNumber: text({ max: 80, search: 'code', group: 'delivery' }),
    costTotal: money({ derived: true, in: 'base', secret: 'cost' }),
    ...reversalFields('stockOut'),
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
        item: link('item', { required: true, indexed: true }),
        name: text({ max: 200 }),
        spec: text({ max: 200 }),
        unit: text({ max: 20 }),
        unitRatio: quantity({ default: 1_000_000, min: 1, hidden: true }),
        warehouse: link('warehouse', { required: true, default: 'main' }),
        quantity: quantity({ required: true, min: 1 }),
        promisedAt: link('warehouse', { hidden: true }),
        cost: money({ derived: true, in: 'base', secret: 'cost' }),
        remark: text({ max: 200 }),
      },
    },
  },
  calculation: {
    name: 'stockOut',
    run: (record) => ({
      ...record,
      values: { ...record.values, costTotal: sumOf((record.parts.lines ?? []).map((line) => Number(line.cost ?? 0))) },
    }),
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    posted: { editable: ['deliveryMethod', 'carrier', 'parcelNumber', 'remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
    ...reversalStates,
  },
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [hasLines, allRowsSourced],
      posts: { name: 'shipGoods', facts: ['stockKept', 'averageCost', 'mayOverdraw'], moves: shipGoods },
      feeds: true,
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], asksReason: true },
    reverse: reverseStep,
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
  print: { templates: ['deliveryNote', 'deliveryNoteA4'], include: ['customer', 'contact', 'owner'] },
});

/** Quantity leaves the warehouse, the promise is kept, and the goods take their moving-average cost with them. */
function shipGoods(note: AnyRecord, facts: FactBag): PostingResult {
  const kept = fact(facts, 'stockKept');
  const overdraw = fact(facts, 'mayOverdraw');
  const left = new Map(Object.entries(fact(facts, 'averageCost')).map(([item, stock]) => [Number(item), { ...stock }]));
  const moves: Move[] = [];
  const rows: { part: string; id: number; values: Record<string, number> }[] = [];
  for (const line of note.parts.lines ?? []) {
    const item = Number(line.item);
    if (!kept[item]) continue;
    const amount = baseQuantityOf(line);
    if (amount === 0) continue;
    const warehouse = Number(line.warehouse);
    const cost = takeCost(left.get(item), amount);
    moves.push(
      {
        ledger: 'stock',
        subject: item,
        from: placeOf('warehouse', warehouse),
        to: 'customer',
        amount,
        row: line.id,
        mayOverdraw: overdraw[warehouse] ?? false,
      },
      { ledger: 'promise', subject: item, from: placeOf('promised', Number(line.promisedAt ?? 0)), to: 'free', amount, row: line.id },
    );
    if (cost > 0) moves.push({ ledger: 'cost', subject: item, from: 'stock', to: 'costOfSales', amount: cost, row: line.id });
    rows.push({ part: 'lines', id: line.id, values: { cost } });
  }
  return { moves, rows };
}

/** Moving average: the last piece takes whatever value is left, so that no value stays behind without goods. */
function takeCost(stock: { quantity: number; value: number } | undefined, amount: number): number {
  if (!stock || stock.quantity <= 0 || stock.value <= 0) return 0;
  const cost = amount >= stock.quantity ? stock.value : mulDiv([stock.value, amount], [stock.quantity]);
  stock.quantity -= amount;
  stock.value -= cost;
  return cost;
}
