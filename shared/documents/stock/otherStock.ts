import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, CalculationSetting, FactBag } from '../../kernel/definition.ts';
import { day, dictionary, link, money, price } from '../../kernel/fields.ts';
import { amountOf } from '../../kernel/numbers.ts';
import { baseQuantityOf } from '../commercial.ts';
import { goodsLines } from '../goods.ts';
import { lotNumbers, lotRows } from '../lots.ts';
import { reversalFields } from '../reversal.ts';
import { averageWorth } from './cost.ts';
import { bringGoodsFrom, goodsCost, goodsStates, goodsSteps, takeGoodsTo, withCostTotal } from './goods.ts';

/** The head of goods that come or go without anybody buying or selling: why, where, and who looked after it. */
const otherHead = (type: string) =>
  ({
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, default: 'main', list: true }),
    stockReason: dictionary('stockReason', { required: true, list: true }),
    keeper: link('user', { default: 'actor', list: true }),
    costTotal: money({ derived: true, in: 'base', list: true, secret: 'cost' }),
    ...reversalFields(type),
  }) as const;

/** Goods that come in without a purchase (其他入库): found, given, at the cost entered or else at the current average. */
export const otherIn = defineDocument({
  type: 'otherIn',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'OI{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['otherInNote'], include: ['keeper'] },
  fields: otherHead('otherIn'),
  parts: {
    lines: goodsLines({
      unitCost: price({ min: 0, secret: 'cost' }),
      lotNumbers,
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
    }),
    lots: lotRows({ go: 'in' }),
  },
  calculation: { name: 'otherIn', run: costEntered },
  states: goodsStates,
  steps: goodsSteps({ posts: bringGoodsFrom('adjustment', worthOf) }),
});

/** Goods that go without a sale (其他出库): given away, scrapped, a sample. */
export const otherOut = defineDocument({
  type: 'otherOut',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'OO{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['otherOutNote'], include: ['keeper'] },
  fields: otherHead('otherOut'),
  parts: { lines: goodsLines({ lotNumbers, cost: money({ derived: true, in: 'base', secret: 'cost' }) }), lots: lotRows({ go: 'out' }) },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({ posts: takeGoodsTo('adjustment') }),
});

/** A line with a unit cost is worth what was entered; another one is valued when it is posted, and knows nothing before. */
function costEntered(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const isOpen = record.state === undefined || record.state === 'draft' || record.state === 'pending';
  const lines = (record.parts.lines ?? []).map((line) => {
    if (line.unitCost === null || line.unitCost === undefined) return isOpen ? { ...line, cost: null } : line;
    const cost = amountOf({ quantity: Number(line.quantity ?? 0), price: Number(line.unitCost), currencyDigits: setting.baseDigits });
    return { ...line, cost };
  });
  return withCostTotal({ ...record, parts: { ...record.parts, lines } });
}

function worthOf(line: AnyRow, facts: FactBag): number {
  if (line.unitCost !== null && line.unitCost !== undefined) return Number(line.cost ?? 0);
  return averageWorth(facts, Number(line.item), baseQuantityOf(line));
}
