import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, FactBag, Guard, Move, PostingResult } from '../../kernel/definition.ts';
import { day, link, money, text } from '../../kernel/fields.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { fact } from '../facts.ts';
import { hasLines } from '../guards.ts';
import { reversalFields, reversalStates, reverseStep } from '../reversal.ts';

/**
 * Changes what the stock of an item is worth without moving any (成本调整): a freight bill that came late, goods that lost
 * their value. The moving average follows from the value; somebody with the right approves it.
 */
export const costAdjustment = defineDocument({
  type: 'costAdjustment',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'CA{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    amountTotal: money({ derived: true, in: 'base', list: true, secret: 'cost' }),
    ...reversalFields('costAdjustment'),
  },
  parts: {
    lines: {
      max: 2000,
      required: true,
      key: ['item', 'amount'],
      entry: true,
      fields: {
        item: link('item', { required: true }),
        amount: money({ required: true, in: 'base', secret: 'cost' }),
        valueBefore: money({ derived: true, in: 'base', secret: 'cost' }),
        valueAfter: money({ derived: true, in: 'base', secret: 'cost' }),
        remark: text({ max: 200 }),
      },
    },
  },
  calculation: {
    name: 'costAdjustment',
    run: (record) => ({
      ...record,
      values: { ...record.values, amountTotal: sumOf((record.parts.lines ?? []).map((line) => Number(line.amount ?? 0))) },
    }),
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    pending: { editable: 'none', look: 'waiting' },
    posted: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
    ...reversalStates,
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines] },
    post: {
      from: ['draft', 'pending'],
      to: 'posted',
      operation: 'approve',
      requires: [hasLines, stockIsHeld()],
      posts: { name: 'adjustCost', facts: ['averageCost'], moves: adjustCost },
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], asksReason: true },
    reverse: reverseStep,
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
});

/** Value belongs to goods: without any there is nothing to adjust, and goods are never worth less than nothing. */
function stockIsHeld(): Guard {
  return {
    name: 'stockIsHeld',
    facts: ['averageCost'],
    check: (document, facts) => {
      const held = fact(facts, 'averageCost');
      const worth = new Map<number, number>();
      const fields = (document.parts.lines ?? []).flatMap((line, index) => {
        const item = Number(line.item);
        const stock = held[item] ?? { quantity: 0, value: 0 };
        const value = (worth.get(item) ?? stock.value) + Number(line.amount);
        worth.set(item, value);
        if (stock.quantity <= 0) return [{ path: `lines.${index}.item`, code: 'cost.nothingHeld' }];
        return value < 0 ? [{ path: `lines.${index}.amount`, code: 'cost.belowZero' }] : [];
      });
      const [first] = fields;
      return first ? { code: first.code, facts: { count: fields.length }, fields } : null;
    },
  };
}

function adjustCost(document: AnyRecord, facts: FactBag): PostingResult {
  const held = new Map(Object.entries(fact(facts, 'averageCost')).map(([item, { value }]) => [Number(item), value]));
  const moves: Move[] = [];
  const rows: { part: string; id: number; values: Record<string, number> }[] = [];
  for (const line of document.parts.lines ?? []) {
    const item = Number(line.item);
    const amount = Number(line.amount);
    const before = held.get(item) ?? 0;
    held.set(item, before + amount);
    rows.push({ part: 'lines', id: line.id, values: { valueBefore: before, valueAfter: before + amount } });
    if (amount === 0) continue;
    const [from, to] = amount > 0 ? ['adjustment', 'stock'] : ['stock', 'adjustment'];
    moves.push({ ledger: 'cost', subject: item, from, to, amount: Math.abs(amount), row: line.id });
  }
  return { moves, rows };
}
