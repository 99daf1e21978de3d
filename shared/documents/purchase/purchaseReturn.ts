import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, FactBag, Move, PostingResult, Value } from '../../kernel/definition.ts';
import { day, dictionary, link, money, quantity } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf, pricesFor } from '../commercial.ts';
import { moneyCopies, moneyFields, moneyFills, rateGiven } from '../exchange.ts';
import { fact } from '../facts.ts';
import { warehouseLines } from '../goods.ts';
import { hasLines, nothingFollowed } from '../guards.ts';
import { lotNumbers, lotRows, withLots } from '../lots.ts';
import { asCredit, creditFields, creditValues } from '../money/settling.ts';
import { supplierSide } from '../money/sides.ts';
import { postedStates, postedSteps } from '../posted.ts';
import { reversalFields } from '../reversal.ts';
import { returnsWhatCameIn } from './guards.ts';
import { agreedPrices, shareBetween, shareOf, supplierFields } from './terms.ts';

/** Goods that go back to the supplier (采购退货), against what came in: at the same price, and the debt falls by as much. */
export const purchaseReturn = defineDocument({
  type: 'purchaseReturn',
  area: 'purchase',
  visibility: { by: 'owner' },
  numbering: { series: 'PR{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fills: moneyFills,
  copies: moneyCopies,
  fields: {
    ...supplierFields,
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    returnReason: dictionary('purchaseReturnReason', { required: true, list: true }),
    keeper: link('user', { default: 'actor', list: true }),
    ...moneyFields,
    netTotal: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
    taxTotal: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
    total: money({ derived: true, list: true, secret: 'purchasePrice', group: 'sums' }),
    costTotal: money({ derived: true, in: 'base', secret: 'cost', group: 'sums' }),
    ...creditFields(supplierSide, 'purchasePrice'),
    ...reversalFields('purchaseReturn'),
  },
  parts: {
    lines: warehouseLines({
      ...pricesFor('purchasePrice'),
      // The whole line that came in, of which these goods are a part.
      wholeQuantity: quantity({ hidden: true }),
      wholeNet: money({ hidden: true, secret: 'purchasePrice' }),
      wholeGross: money({ hidden: true, secret: 'purchasePrice' }),
      wholeCost: money({ hidden: true, in: 'base', secret: 'cost' }),
      lotNumbers,
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
    }),
    lots: lotRows({ go: 'back', byWarehouse: true }),
  },
  calculation: { name: 'purchaseReturn', run: calculateReturn },
  states: postedStates(['remark']),
  steps: postedSteps({
    requires: [hasLines, rateGiven, returnsWhatCameIn],
    posts: withLots({ name: 'returnGoods', facts: ['stockKept', 'averageCost', 'mayOverdraw', 'sources'], moves: returnGoods }),
    undoRequires: [nothingFollowed('creditUsed')],
  }),
  becomes: asCredit(supplierSide, { from: ['posted'], limit: 'total' }),
  print: { templates: ['purchaseReturnNote'], include: ['supplier', 'keeper'] },
});

/** A preview while it is being written; what posting worked out to the cent stands afterwards. */
function calculateReturn(record: AnyRecord): AnyRecord {
  const rows = record.parts.lines ?? [];
  const lines = record.state === undefined || record.state === 'draft' ? rows.map(previewed) : rows;
  const sum = (name: string): number => sumOf(lines.map((line) => Number(line[name] ?? 0)));
  const totals = { netTotal: sum('netAmount'), taxTotal: sum('taxAmount'), total: sum('grossAmount'), costTotal: sum('cost') };
  const credit = creditValues(record.values, record.state === 'posted' ? totals.total : 0);
  return { ...record, values: { ...record.values, ...totals, ...credit }, parts: { ...record.parts, lines } };
}

function previewed(line: AnyRow): AnyRow {
  const whole = Number(line.wholeQuantity ?? 0);
  const share = (amount: Value | undefined): number => shareOf(amount, Math.min(Number(line.quantity ?? 0), whole), whole);
  const [netAmount, grossAmount] = [share(line.wholeNet), share(line.wholeGross)];
  return { ...line, netAmount, taxAmount: grossAmount - netAmount, grossAmount, cost: share(line.wholeCost) };
}

/** Goods leave the way they came: out of the warehouse, at what they came in for, and off what the supplier is owed. */
function returnGoods(note: AnyRecord, facts: FactBag): PostingResult {
  const kept = fact(facts, 'stockKept');
  const overdraw = fact(facts, 'mayOverdraw');
  const left = new Map(Object.entries(fact(facts, 'averageCost')).map(([item, stock]) => [Number(item), { ...stock }]));
  const lines = settledLines(note, facts);
  const moves = lines
    .filter((line) => kept[Number(line.item)] && baseQuantityOf(line) > 0)
    .flatMap((line) => [
      leavingMove(line, overdraw[Number(line.warehouse)] ?? false),
      ...valueMoves(line, left.get(Number(line.item)) ?? { quantity: 0, value: 0 }),
    ]);
  const rows = lines.map(({ id, netAmount = 0, taxAmount = 0, grossAmount = 0, cost = 0, ...line }) => ({
    part: 'lines',
    id,
    values: { ...agreedPrices({ id, ...line }), netAmount, taxAmount, grossAmount, cost },
  }));
  return { moves: [...moves, ...creditMoves(note, sumOf(lines.map((line) => Number(line.grossAmount ?? 0))))], rows };
}

const leavingMove = (line: AnyRow, mayOverdraw: boolean): Move => ({
  ledger: 'stock',
  subject: Number(line.item),
  from: placeOf('warehouse', Number(line.warehouse)),
  to: 'supplier',
  amount: baseQuantityOf(line),
  row: line.id,
  mayOverdraw,
});

/** The value that came in goes out; what stock lacks of it, or keeps without goods, is an adjustment. */
function valueMoves(line: AnyRow, stock: { quantity: number; value: number }): Move[] {
  const cost = Number(line.cost ?? 0);
  const move = (from: string, to: string, amount: number): Move[] =>
    amount > 0 ? [{ ledger: 'cost', subject: Number(line.item), from, to, amount, row: line.id }] : [];
  stock.quantity -= baseQuantityOf(line);
  const rest = stock.value - cost;
  stock.value = stock.quantity > 0 ? Math.max(0, rest) : 0;
  const missing = move('adjustment', 'stock', -Math.min(0, rest));
  const stranded = move('stock', 'adjustment', Math.max(0, rest) - stock.value);
  return [...missing, ...move('stock', 'purchases', cost), ...stranded];
}

function creditMoves(note: AnyRecord, amount: number): Move[] {
  if (amount <= 0) return [];
  const to = placeOf('purchases', Number(note.values.currency));
  return [{ ledger: 'payable', subject: Number(note.values.supplier), from: placeOf('purchaseReturn', note.id), to, amount }];
}

/** Every line with its exact share of what came in; lines of one row take their shares one after the other. */
function settledLines(note: AnyRecord, facts: FactBag): AnyRow[] {
  const sources = fact(facts, 'sources');
  const returned = new Map<number, number>();
  return (note.parts.lines ?? []).map((line): AnyRow => {
    const row = sources[`lines.${line.id}`]?.row;
    if (!row) return line;
    const before = returned.get(row.id) ?? Number(row.returned ?? 0);
    const after = before + Number(line.quantity ?? 0);
    returned.set(row.id, after);
    const share = (amount: Value | undefined) => shareBetween(amount, { before, after, whole: Number(row.quantity ?? 0) });
    const [netAmount, grossAmount] = [share(row.netAmount), share(row.grossAmount)];
    return { ...line, ...agreedPrices(row), netAmount, taxAmount: grossAmount - netAmount, grossAmount, cost: share(row.cost) };
  });
}
