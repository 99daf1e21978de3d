import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRow, FactBag } from '../../kernel/definition.ts';
import { day, link, money, quantity, text } from '../../kernel/fields.ts';
import { fact } from '../facts.ts';
import { followingLines, goodsCopy, goodsLines } from '../goods.ts';
import { allRowsSourced, nothingFollowed } from '../guards.ts';
import { lotNumbers, lotRows, usableLots } from '../lots.ts';
import { reversalFields } from '../reversal.ts';
import { portionOf } from '../shares.ts';
import { bringGoodsFrom, goodsCost, goodsStates, goodsSteps, takeGoodsTo } from './goods.ts';

const requisitionHead = (type: string) =>
  ({
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, default: 'main', list: true }),
    forDepartment: link('department', { required: true, default: 'actorDepartment', list: true, indexed: true }),
    forPerson: link('user', { default: 'actor', list: true }),
    keeper: link('user'),
    costTotal: money({ derived: true, in: 'base', list: true, secret: 'cost' }),
    ...reversalFields(type),
  }) as const;

/** Goods that a department takes for its own use (领料); it bears what they cost. */
export const requisition = defineDocument({
  type: 'requisition',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'MR{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: { ...requisitionHead('requisition'), purpose: text({ max: 200, list: true }) },
  parts: {
    lines: goodsLines({
      returned: quantity({ fedBy: 'requisitionReturn' }),
      lotNumbers,
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
    }),
    lots: lotRows({ go: 'out' }),
  },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({ posts: takeGoodsTo('use'), requires: usableLots, undoRequires: [nothingFollowed('lines.returned')] }),
  becomes: {
    requisitionReturn: {
      from: ['posted'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'returned',
      limit: 'quantity',
      head: { warehouse: 'warehouse', forDepartment: 'forDepartment', forPerson: 'forPerson' },
      same: ['forDepartment'],
      keep: ['item', 'unitRatio'],
      row: goodsCopy,
    },
  },
  print: { templates: ['requisitionNote'], include: ['warehouse', 'forDepartment', 'forPerson', 'keeper'] },
});

/** What a department did not need and brings back (退料), at the cost at which it was taken. */
export const requisitionReturn = defineDocument({
  type: 'requisitionReturn',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'RR{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['requisitionReturnNote'], include: ['keeper'] },
  fields: requisitionHead('requisitionReturn'),
  parts: {
    lines: followingLines({ lotNumbers, cost: money({ derived: true, in: 'base', secret: 'cost' }) }),
    lots: lotRows({ go: 'back' }),
  },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({
    posts: bringGoodsFrom('use', costTaken, ['sources', 'costReturned']),
    requires: [allRowsSourced],
    feeds: true,
  }),
});

/** Its share of what the line cost when it was taken, counted from the beginning; what comes back last brings whatever cost is left. */
function costTaken(line: AnyRow, facts: FactBag): number {
  const taken = fact(facts, 'sources')[`lines.${line.id}`]?.row;
  if (!taken) return 0;
  const before = fact(facts, 'costReturned')[`lines.${line.id}`] ?? { cost: 0, quantity: 0, earlier: 0 };
  const portion = (quantity: number): number => portionOf(Number(taken.cost ?? 0), before.quantity + quantity, Number(taken.quantity));
  const known = before.earlier > 0 ? Math.max(before.cost, portion(before.earlier)) : before.cost;
  return Math.max(0, portion(before.earlier + Number(line.quantity)) - known);
}
