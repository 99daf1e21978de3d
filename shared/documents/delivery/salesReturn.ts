import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, CalculationSetting, FactBag, Guard, Move, PostingResult, Value } from '../../kernel/definition.ts';
import { day, dictionary, link, money, price, rate } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf, pricedApart } from '../commercial.ts';
import { moneyCopies, moneyFields, moneyFills, rateGiven } from '../exchange.ts';
import { fact } from '../facts.ts';
import { hasLines, nothingFollowed } from '../guards.ts';
import { lotNumbers, lotRows, withLots } from '../lots.ts';
import { asCredit, creditValues } from '../money/settling.ts';
import { customerSide } from '../money/sides.ts';
import { postedStates, postedSteps } from '../posted.ts';
import { reversalFields } from '../reversal.ts';
import { dealShares } from '../shares.ts';
import { averageWorth } from '../stock/cost.ts';
import { atTypedPrices, deliveryLines, orderedFields, worthFields, worthOf } from './goods.ts';

/** Goods are taken back against the delivery they came with; without one only by whoever has the right. */
const broughtByDelivery: Guard = {
  name: 'broughtByDelivery',
  override: 'return.withoutDelivery',
  check: (document) => {
    const missing = (document.parts.lines ?? []).findIndex((line) => !line.source);
    return missing < 0
      ? null
      : { code: 'return.withoutDelivery', fields: [{ path: `lines.${missing}.item`, code: 'return.withoutDelivery' }] };
  },
};

/** Goods that a customer sends back: stock again at the cost they left with, and a credit of what the customer was charged for them. */
export const salesReturn = defineDocument({
  type: 'salesReturn',
  area: 'delivery',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'SR{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fills: moneyFills,
  copies: moneyCopies,
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    contact: link('contact'),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    returnReason: dictionary('returnReason', { required: true, list: true }),
    keeper: link('user', { default: 'actor' }),
    ...moneyFields,
    costTotal: money({ derived: true, in: 'base', secret: 'cost' }),
    netTotal: money({ derived: true, secret: 'salesPrice', group: 'sums' }),
    taxTotal: money({ derived: true, secret: 'salesPrice', group: 'sums' }),
    total: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
    creditUsed: money({ fedBy: 'settlement', hidden: true, secret: 'salesPrice' }),
    creditLeft: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
    ...reversalFields('salesReturn'),
  },
  parts: {
    lines: deliveryLines({
      ...orderedFields,
      grossPrice: price({ min: 0, secret: 'salesPrice' }),
      taxRate: rate({ min: 0, max: 1_000_000, default: 0, secret: 'salesPrice' }),
      ...worthFields,
      lotNumbers,
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
    }),
    lots: { ...lotRows({ go: 'in', byWarehouse: true }), proposedBy: 'lots' },
  },
  calculation: { name: 'salesReturn', run: calculateReturn },
  states: postedStates(['remark']),
  steps: postedSteps({
    requires: [hasLines, rateGiven, broughtByDelivery],
    posts: withLots({ name: 'takeGoodsBack', facts: ['stockKept', 'averageCost', 'deliveryShares'], moves: takeGoodsBack }),
    undoRequires: [nothingFollowed('creditUsed')],
  }),
  becomes: asCredit(customerSide, { from: ['posted'], limit: 'total' }),
  print: { templates: ['returnNote'], include: ['customer', 'contact', 'owner'] },
});

function calculateReturn(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const reckoned = (rows: readonly AnyRow[]): AnyRow[] => atTypedPrices(record, rows, setting);
  const lines = pricedApart(record.parts.lines ?? [], (line) => !line.source, {
    own: reckoned,
    // What was posted against a delivery has its exact share of it; before that the price says about what it will be.
    shares: record.state === undefined || record.state === 'draft' ? reckoned : (rows) => rows,
  });
  const sum = (name: string): number => sumOf(lines.map((line) => Number(line[name] ?? 0)));
  const sums = { costTotal: sum('cost'), netTotal: sum('netAmount'), taxTotal: sum('taxAmount'), total: sum('grossAmount') };
  const credit = creditValues(record.values, record.state === 'posted' ? sums.total : 0);
  return { ...record, values: { ...record.values, ...sums, ...credit }, parts: { ...record.parts, lines } };
}

/** The goods come in at the cost they left with, and what was charged for them is the customer's again. */
function takeGoodsBack(document: AnyRecord, facts: FactBag): PostingResult {
  const shares = fact(facts, 'deliveryShares');
  const lines = document.parts.lines ?? [];
  const dealt = dealShares(lines, shares);
  const moves: Move[] = [];
  const rows: { part: string; id: number; values: Record<string, Value> }[] = [];
  let credit = 0;
  for (const line of lines) {
    const share = shares[line.id];
    const own = dealt.get(line.id);
    const isKept = fact(facts, 'stockKept')[Number(line.item)] === true;
    const cost = isKept ? (own?.cost ?? averageWorth(facts, Number(line.item), baseQuantityOf(line))) : 0;
    credit += own ? own.grossAmount : Number(line.grossAmount ?? 0);
    if (isKept) moves.push(...goodsMoves(line, cost));
    rows.push({
      part: 'lines',
      id: line.id,
      values: {
        cost,
        ...(share && own ? { order: share.row.order ?? null, orderRow: share.row.orderRow ?? null, ...worthOf(line, share, own) } : {}),
      },
    });
  }
  return { moves: [...moves, ...creditMoves(document, credit)], rows };
}

function goodsMoves(line: AnyRow, cost: number): Move[] {
  const amount = baseQuantityOf(line);
  if (amount === 0) return [];
  const goods = { subject: Number(line.item), amount, row: line.id };
  return [
    { ledger: 'stock', ...goods, from: 'customer', to: placeOf('warehouse', Number(line.warehouse)) },
    ...(cost > 0 ? [{ ledger: 'cost', ...goods, from: 'costOfSales', to: 'stock', amount: cost }] : []),
  ];
}

/** A credit lies at the return below zero until it is set against what the customer owes, or paid out. */
function creditMoves(document: AnyRecord, amount: number): Move[] {
  if (amount === 0) return [];
  const to = placeOf('sales', Number(document.values.currency));
  return [{ ledger: 'receivable', subject: Number(document.values.customer), from: placeOf('salesReturn', document.id), to, amount }];
}
