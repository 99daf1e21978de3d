import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, Becoming, FactBag, Move, Posting, PostingResult } from '../../kernel/definition.ts';
import { choice, day, link, money, quantity, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { baseQuantityOf, deliveryFields, lineProgress, progressChoices } from '../commercial.ts';
import { fact } from '../facts.ts';
import { followingLines, goodsCopy, goodsLines } from '../goods.ts';
import { allRowsSourced, nothingFollowed } from '../guards.ts';
import { lotNumbers, lotRows, sellableLots } from '../lots.ts';
import { reversalFields } from '../reversal.ts';
import { averageWorth, costTaker } from '../stock/cost.ts';
import { gathered, goodsStates, goodsSteps, withCostTotal } from '../stock/goods.ts';

/** Where goods lie that a customer has on loan: they are ours until they are sold, given away or lost. */
export const lentPlace = (document: AnyRecord): string => placeOf('lent', Number(document.values.customer));

export const loanHead = (type: string) =>
  ({
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    contact: link('contact'),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    ...reversalFields(type),
  }) as const;

/** How goods on loan go on; every way counts what was taken of the loan in one field. */
const loanBecoming = (row: Readonly<Record<string, string>> = {}): Becoming => ({
  from: ['posted'],
  each: { part: 'lines' },
  into: { part: 'lines', field: 'quantity' },
  feeds: 'settled',
  limit: 'quantity',
  head: { customer: 'customer', contact: 'contact', owner: 'owner', department: 'department' },
  same: ['customer'],
  keep: ['item', 'unitRatio'],
  row: { ...goodsCopy, ...row },
});

const worthFields = { cost: money({ derived: true, in: 'base', secret: 'cost' }) } as const;
const costTotal = money({ derived: true, in: 'base', secret: 'cost' });

/** Goods lent to a customer until a day: they lie at the customer's and stay ours. */
export const loan = defineDocument({
  type: 'loan',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'LN{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    ...loanHead('loan'),
    warehouse: link('warehouse', { required: true, default: 'main', list: true }),
    dueOn: day({ required: true, list: true, indexed: true }),
    purpose: text({ max: 200, list: true }),
    ...deliveryFields('delivery'),
    settledState: choice(progressChoices, { derived: true, list: true, indexed: true }),
    costTotal,
  },
  parts: { lines: goodsLines({ settled: quantity({ fedBy: 'loanReturn' }), lotNumbers, ...worthFields }), lots: lotRows({ go: 'out' }) },
  calculation: {
    name: 'loan',
    run: (record) => {
      const summed = withCostTotal(record);
      return { ...summed, values: { ...summed.values, settledState: lineProgress(summed.parts.lines ?? [], 'settled') } };
    },
  },
  states: { ...goodsStates, posted: { editable: ['dueOn', 'remark'], look: 'active' } },
  steps: goodsSteps({
    posts: { name: 'lendGoods', facts: ['averageCost', 'mayOverdraw'], moves: lendGoods },
    requires: sellableLots,
    undoRequires: [nothingFollowed('lines.settled')],
  }),
  becomes: { loanReturn: loanBecoming(), loanSale: loanBecoming(), loanWriteOff: loanBecoming() },
  print: { templates: ['loanNote'], include: ['customer', 'contact', 'owner', 'warehouse'] },
});

const returnLines = followingLines({ lotNumbers });
const returnLots = lotRows({ go: 'back' });

/** Goods on loan that come back, all or some. */
export const loanReturn = defineDocument({
  type: 'loanReturn',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'LR{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: { ...loanHead('loanReturn'), warehouse: link('warehouse', { required: true, default: 'main', list: true }) },
  parts: { lines: returnLines, lots: returnLots },
  states: goodsStates,
  steps: goodsSteps({ posts: { name: 'takeLoanBack', moves: takeLoanBack }, requires: [allRowsSourced], feeds: true }),
  print: { templates: ['loanReturnNote'], include: ['customer', 'contact', 'owner', 'warehouse'] },
});

export const writeOffKinds = ['gift', 'lost', 'damaged'] as const;

/** Goods on loan that do not come back: given to the customer, lost or broken. They are ours no longer. */
export const loanWriteOff = defineDocument({
  type: 'loanWriteOff',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'LW{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['loanWriteOffNote'], include: ['customer'] },
  fields: { ...loanHead('loanWriteOff'), writeOffKind: choice(writeOffKinds, { required: true, list: true }), costTotal },
  parts: { lines: followingLines({ lotNumbers, ...worthFields }), lots: returnLots },
  calculation: { name: 'loanWriteOff', run: withCostTotal },
  states: goodsStates,
  steps: goodsSteps({
    posts: {
      name: 'writeOffLoan',
      facts: ['averageCost'],
      moves: (document, facts) => leaveFor(document, facts, writeOffPlaces(document)),
    },
    requires: [allRowsSourced],
    feeds: true,
  }),
});

/** A gift goes to the customer and is used up by us; what is lost is missing from the stock. */
const writeOffPlaces = ({ values }: AnyRecord): Places =>
  values.writeOffKind === 'gift' ? { goods: 'customer', cost: 'use' } : { goods: 'adjustment', cost: 'adjustment' };

interface Places {
  readonly goods: string;
  readonly cost: string;
}

/** Goods on loan leave us for good, and their moving-average cost with them. */
export function leaveFor(document: AnyRecord, facts: FactBag, to: Places): PostingResult {
  const takeCost = costTaker(facts);
  return gathered(document, (line, amount) => {
    const cost = takeCost(Number(line.item), amount);
    const subject = Number(line.item);
    return {
      cost,
      moves: [
        { ledger: 'stock', subject, from: lentPlace(document), to: to.goods, amount },
        { ledger: 'cost', subject, from: 'stock', to: to.cost, amount: cost },
      ],
    };
  });
}

/** The goods change their place and stay ours; the paper keeps what they were worth. */
function lendGoods(document: AnyRecord, facts: FactBag): PostingResult {
  const warehouse = Number(document.values.warehouse);
  const mayOverdraw = fact(facts, 'mayOverdraw')[warehouse] ?? false;
  return gathered(document, (line, amount) => ({
    cost: averageWorth(facts, Number(line.item), amount),
    moves: [
      { ledger: 'stock', subject: Number(line.item), from: placeOf('warehouse', warehouse), to: lentPlace(document), amount, mayOverdraw },
    ],
  }));
}

function takeLoanBack(document: AnyRecord): ReturnType<Posting['moves']> {
  const to = placeOf('warehouse', Number(document.values.warehouse));
  const moved = (line: AnyRow): Move => ({
    ledger: 'stock',
    subject: Number(line.item),
    from: lentPlace(document),
    to,
    amount: baseQuantityOf(line),
    row: line.id,
  });
  return { moves: (document.parts.lines ?? []).map(moved).filter(({ amount }) => amount > 0) };
}
