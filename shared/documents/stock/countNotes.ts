import { defineDocument } from '../../kernel/defineDocument.ts';
import { day, link, money } from '../../kernel/fields.ts';
import { goodsLines } from '../goods.ts';
import { lotNumbers, lotRows } from '../lots.ts';
import { reversalFields } from '../reversal.ts';
import { bringGoodsFrom, goodsCost, goodsStates, goodsSteps, takeGoodsTo } from './goods.ts';

const noteFields = (type: string) =>
  ({
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, list: true }),
    count: link('stockCount', { derived: true, list: true, indexed: true }),
    costTotal: money({ derived: true, in: 'base', list: true, secret: 'cost' }),
    ...reversalFields(type),
  }) as const;

const lines = goodsLines({ lotNumbers, cost: money({ derived: true, in: 'base', secret: 'cost' }) });

/** Nobody writes such a note: a stock-take makes it. */
const operations = ['read', 'change', 'approve', 'void', 'print', 'export'] as const;

/** What a stock-take found beyond the books (盘盈), at the moving average. */
export const stockGain = defineDocument({
  type: 'stockGain',
  area: 'stock',
  operations,
  visibility: { by: 'company' },
  numbering: { series: 'SG{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['stockGainNote'], include: [] },
  fields: noteFields('stockGain'),
  parts: { lines, lots: lotRows({ go: 'in' }) },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({ posts: bringGoodsFrom('count') }),
});

/** What a stock-take missed (盘亏), at the moving average. */
export const stockLoss = defineDocument({
  type: 'stockLoss',
  area: 'stock',
  operations,
  visibility: { by: 'company' },
  numbering: { series: 'SL{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['stockLossNote'], include: [] },
  fields: noteFields('stockLoss'),
  parts: { lines, lots: lotRows({ go: 'out' }) },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({ posts: takeGoodsTo('count') }),
});
