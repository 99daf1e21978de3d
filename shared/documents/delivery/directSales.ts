import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, CalculationSetting, FactBag, Move, PostingResult } from '../../kernel/definition.ts';
import { choice, day, link, money, price, rate, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { deliveryFields, moneyTerms } from '../commercial.ts';
import { creditGuards } from '../credit.ts';
import { inOwnMoney, moneyCopies, moneyFills, rateGiven, rateOf } from '../exchange.ts';
import { fact } from '../facts.ts';
import { followingLines, goodsLines } from '../goods.ts';
import { allRowsSourced, nothingFollowed, withinPriceFloor } from '../guards.ts';
import { lotNumbers, lotRows, sellableLots } from '../lots.ts';
import { asDebt, debtFields, debtValues } from '../money/settling.ts';
import { customerSide } from '../money/sides.ts';
import { costTaker } from '../stock/cost.ts';
import { gathered, goodsStates, goodsSteps } from '../stock/goods.ts';
import { atTypedPrices, worthFields } from './goods.ts';
import { leaveFor, loanHead } from './loans.ts';

const pricedLines = {
  grossPrice: price({ min: 0, secret: 'salesPrice' }),
  taxCode: link('taxCode'),
  taxRate: rate({ min: 0, max: 1_000_000, default: 0, secret: 'salesPrice' }),
  ...worthFields,
  cost: money({ derived: true, in: 'base', secret: 'cost' }),
} as const;

const pricedTotals = {
  ...moneyTerms,
  costTotal: money({ derived: true, in: 'base', secret: 'cost' }),
  netTotal: money({ derived: true, secret: 'salesPrice', group: 'sums' }),
  taxTotal: money({ derived: true, secret: 'salesPrice', group: 'sums' }),
  total: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
  baseTotal: money({ derived: true, in: 'base', hidden: true, secret: 'salesPrice' }),
  ...debtFields(customerSide, 'salesPrice'),
} as const;

/** Goods that leave without an order so that a customer can try them, free or paid for; somebody asks about them on a day. */
export const sampleNote = defineDocument({
  type: 'sampleNote',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'SP{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    ...loanHead('sampleNote'),
    warehouse: link('warehouse', { required: true, default: 'main' }),
    charge: choice(['free', 'charged'], { required: true, default: 'free', list: true }),
    followUpOn: day({ list: true, indexed: true }),
    outcome: text({ max: 200, list: true }),
    ...deliveryFields('delivery'),
    ...pricedTotals,
  },
  fills: moneyFills,
  copies: moneyCopies,
  parts: { lines: goodsLines({ lotNumbers, ...pricedLines }), lots: lotRows({ go: 'out' }) },
  calculation: { name: 'sampleNote', run: (record, setting) => calculateSale(record, setting, record.values.charge === 'charged') },
  states: { ...goodsStates, posted: { editable: ['followUpOn', 'outcome', 'remark'], look: 'done' } },
  steps: goodsSteps({
    posts: { name: 'giveSamples', facts: ['averageCost', 'mayOverdraw'], moves: giveSamples },
    requires: [rateGiven, ...creditGuards('order'), ...sellableLots],
    undoRequires: [nothingFollowed('received')],
  }),
  becomes: asDebt(customerSide, { from: ['posted'], when: { charge: ['charged'] } }),
  print: { templates: ['sampleNote'], include: ['customer', 'contact', 'owner', 'warehouse'] },
});

/** Goods on loan that the customer keeps and pays for. */
export const loanSale = defineDocument({
  type: 'loanSale',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'LS{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['loanSaleNote'], include: ['customer', 'contact', 'owner'] },
  fields: { ...loanHead('loanSale'), ...pricedTotals },
  fills: moneyFills,
  copies: moneyCopies,
  parts: { lines: followingLines({ lotNumbers, ...pricedLines }), lots: lotRows({ go: 'back' }) },
  calculation: { name: 'loanSale', run: (record, setting) => calculateSale(record, setting, true) },
  states: goodsStates,
  steps: goodsSteps({
    posts: { name: 'sellLoan', facts: ['averageCost'], moves: sellLoan },
    requires: [allRowsSourced, rateGiven, withinPriceFloor, ...creditGuards('order'), ...sellableLots],
    undoRequires: [nothingFollowed('received')],
    feeds: true,
  }),
  becomes: asDebt(customerSide, { from: ['posted'] }),
});

function calculateSale(record: AnyRecord, setting: CalculationSetting, isCharged: boolean): AnyRecord {
  const rows = record.parts.lines ?? [];
  const lines = isCharged ? atTypedPrices(record, rows, setting) : rows.map((line): AnyRow => ({ ...line, ...nothingCharged }));
  const sum = (name: string): number => sumOf(lines.map((line) => Number(line[name] ?? 0)));
  const total = sum('grossAmount');
  const baseTotal = inOwnMoney(total, rateOf(record), setting);
  const sums = { costTotal: sum('cost'), netTotal: sum('netAmount'), taxTotal: sum('taxAmount'), total, baseTotal };
  const debt = debtValues(customerSide, record.values, record.state === 'posted' ? total : 0);
  return { ...record, values: { ...record.values, ...sums, ...debt }, parts: { ...record.parts, lines } };
}

const nothingCharged = { netAmount: 0, taxAmount: 0, grossAmount: 0, baseNetAmount: 0 };

/** The goods leave; what is free is used up by us, what is charged costs like any sale. */
function giveSamples(document: AnyRecord, facts: FactBag): PostingResult {
  const warehouse = Number(document.values.warehouse);
  const takeCost = costTaker(facts);
  const isCharged = document.values.charge === 'charged';
  const given = gathered(document, (line, amount) => {
    const subject = Number(line.item);
    const cost = takeCost(subject, amount);
    const mayOverdraw = fact(facts, 'mayOverdraw')[warehouse] ?? false;
    return {
      cost,
      moves: [
        { ledger: 'stock', subject, from: placeOf('warehouse', warehouse), to: 'customer', amount, mayOverdraw },
        { ledger: 'cost', subject, from: 'stock', to: isCharged ? 'costOfSales' : 'use', amount: cost },
      ],
    };
  });
  return { ...given, moves: [...given.moves, ...debtMoves(document)] };
}

function sellLoan(document: AnyRecord, facts: FactBag): PostingResult {
  const sold = leaveFor(document, facts, { goods: 'customer', cost: 'costOfSales' });
  return { ...sold, moves: [...sold.moves, ...debtMoves(document)] };
}

function debtMoves(document: AnyRecord): Move[] {
  const amount = Number(document.values.total ?? 0);
  if (amount === 0) return [];
  const from = placeOf('sales', Number(document.values.currency));
  const to = placeOf(document.type, document.id);
  return [{ ledger: 'receivable', subject: Number(document.values.customer), from, to, amount }];
}
