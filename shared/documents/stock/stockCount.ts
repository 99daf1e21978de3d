import { defineDocument } from '../../kernel/defineDocument.ts';
import type { Guard } from '../../kernel/definition.ts';
import { choice, day, instant, integer, link, money, quantity, text } from '../../kernel/fields.ts';
import { goodsFields } from '../commercial.ts';
import { fact } from '../facts.ts';
import { hasLines } from '../guards.ts';
import { onlyGoods } from './goods.ts';

/**
 * A stock-take while trade goes on (盘点). Starting it notes what the books hold; people count on sheets; what a line lacks or
 * has too much is measured against what the books held at the moment it was counted. Posting makes a note of gains and one of
 * losses. Who counts does not see what the books say.
 */
export const stockCount = defineDocument({
  type: 'stockCount',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'SC{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, default: 'main', list: true, indexed: true }),
    category: link('itemCategory', { list: true }),
    uncounted: choice(['keep', 'zero'], { required: true, default: 'keep' }),
    round: integer({ derived: true, list: true }),
    startedAt: instant({ derived: true }),
    differences: integer({ derived: true, list: true, secret: 'bookStock' }),
    missing: integer({ derived: true, list: true }),
    gainNote: link('stockGain', { derived: true }),
    lossNote: link('stockLoss', { derived: true }),
  },
  parts: {
    lines: {
      max: 5000,
      key: ['item'],
      entry: true,
      fields: {
        item: goodsFields.item,
        name: goodsFields.name,
        spec: goodsFields.spec,
        unit: goodsFields.unit,
        snapshot: quantity({ derived: true, secret: 'bookStock' }),
        moved: quantity({ derived: true, secret: 'bookStock' }),
        counted: quantity({ derived: true }),
        difference: quantity({ derived: true, secret: 'bookStock' }),
        differenceCost: money({ derived: true, in: 'base', secret: 'cost' }),
        countRound: integer({ derived: true }),
        countedAt: instant({ derived: true }),
        remark: text({ max: 200 }),
      },
    },
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    counting: { editable: ['remark'], look: 'active' },
    review: { editable: ['remark'], look: 'waiting' },
    posted: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    start: { from: ['draft'], to: 'counting', operation: 'change', requires: [onlyGoods], effects: ['startCount'] },
    finish: { from: ['counting'], to: 'review', operation: 'change', effects: ['finishCount'] },
    recount: { from: ['review'], to: 'counting', operation: 'change', effects: ['recount'] },
    post: { from: ['review'], to: 'posted', operation: 'approve', requires: [hasLines], effects: ['settleCount'] },
    takeBack: { from: ['posted'], to: 'review', operation: 'void', effects: ['unsettleCount'], asksReason: true },
    void: { from: ['draft', 'counting', 'review'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
  print: { templates: ['countList'], include: ['warehouse', 'category'] },
});

/** What one person counted in one place (盘点录入): any number of sheets add up to a stock-take. */
export const countSheet = defineDocument({
  type: 'countSheet',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'CS{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['countSheetNote'], include: [] },
  fields: {
    count: link('stockCount', { required: true, list: true, indexed: true }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    counter: link('user', { required: true, default: 'actor', list: true }),
    zone: text({ max: 80, list: true }),
    round: integer({ derived: true, list: true }),
  },
  parts: {
    lines: {
      max: 5000,
      required: true,
      key: ['item', 'quantity'],
      entry: true,
      fields: {
        ...goodsFields,
        quantity: quantity({ required: true, min: 0 }),
        lotNumber: text({ max: 60 }),
        // Counted and typed in one moment, saved perhaps an hour later: what was sold meanwhile is no difference.
        countedAt: instant({ stampedBy: 'quantity' }),
        remark: text({ max: 200 }),
      },
    },
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    posted: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    post: { from: ['draft'], to: 'posted', operation: 'change', requires: [hasLines, lotsCounted()], effects: ['gatherSheet'] },
    takeBack: { from: ['posted'], to: 'draft', operation: 'change', effects: ['gatherSheet'], asksReason: true },
    void: { from: ['draft'], to: 'void', operation: 'change', asksReason: true, danger: true },
  },
});

/** Goods that are told apart are counted lot by lot; of what is not there nothing needs to be told. */
function lotsCounted(): Guard {
  return {
    name: 'lotsCounted',
    facts: ['tracking'],
    check: ({ parts }, facts) => {
      const tracked = fact(facts, 'tracking');
      const index = (parts.lines ?? []).findIndex((line) => tracked[Number(line.item)] && Number(line.quantity) > 0 && !line.lotNumber);
      const told = { item: tracked[Number(parts.lines?.[index]?.item)]?.name ?? '' };
      return index < 0
        ? null
        : { code: 'count.lotMissing', facts: told, fields: [{ path: `lines.${index}.lotNumber`, code: 'count.lotMissing', facts: told }] };
    },
  };
}
