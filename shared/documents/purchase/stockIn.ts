import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, CalculationSetting, FactBag, Move, PostingResult, Value } from '../../kernel/definition.ts';
import { choice, day, link, money, quantity, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { mulDiv, splitByLargestRemainder, sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf, moneyTerms, pricedApart, priceLines, pricesFor } from '../commercial.ts';
import { inOwnMoney, moneyCopies, moneyFills, rateGiven, rateOf } from '../exchange.ts';
import { fact } from '../facts.ts';
import { warehouseLines } from '../goods.ts';
import { hasLines, nothingFollowed, ordersNotClosed } from '../guards.ts';
import { lotNumbers, lotRows, withLots } from '../lots.ts';
import { intoPurchaseInvoice, invoicedBySupplier, invoicedSumsOf, supplierInvoiceSums } from '../money/invoiced.ts';
import { asDebt, debtFields, debtValues } from '../money/settling.ts';
import { supplierSide } from '../money/sides.ts';
import { postedStates, postedSteps } from '../posted.ts';
import { reversalFields } from '../reversal.ts';
import { directLinesPriced } from './guards.ts';
import {
  agreedPrices,
  goodsRowCopy,
  pricesRowCopy,
  shareBetween,
  shareOf,
  supplierFields,
  supplierHeadCopy,
  supplierTerms,
} from './terms.ts';

/** Goods that come in from a supplier, against its orders or without one. The storekeeper counts and sees no price. */
export const stockIn = defineDocument({
  type: 'stockIn',
  area: 'purchase',
  visibility: { by: 'owner' },
  numbering: { series: 'IN{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fills: { ...moneyFills, ...supplierTerms },
  copies: moneyCopies,
  fields: {
    ...supplierFields,
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    keeper: link('user', { default: 'actor', list: true }),
    deliveryNote: text({ max: 80, search: 'code', list: true }),
    ...moneyTerms,
    freight: money({ in: 'base', min: 0, secret: 'purchasePrice', group: 'sums' }),
    freightBy: choice(['amount', 'quantity'], { default: 'amount', group: 'sums' }),
    netTotal: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
    taxTotal: money({ derived: true, secret: 'purchasePrice', group: 'sums' }),
    total: money({ derived: true, list: true, secret: 'purchasePrice', group: 'sums' }),
    ...debtFields(supplierSide, 'purchasePrice'),
    ...supplierInvoiceSums,
    costTotal: money({ derived: true, in: 'base', secret: 'cost', group: 'sums' }),
    ...reversalFields('stockIn'),
  },
  parts: {
    lines: warehouseLines({
      ...pricesFor('purchasePrice'),
      // The whole line of the order, of which these goods are a part: their amounts are its share, to the cent.
      wholeQuantity: quantity({ hidden: true }),
      wholeNet: money({ hidden: true, secret: 'purchasePrice' }),
      wholeGross: money({ hidden: true, secret: 'purchasePrice' }),
      freightShare: money({ derived: true, in: 'base', secret: 'purchasePrice' }),
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
      returned: quantity({ fedBy: 'purchaseReturn' }),
      lotNumbers,
      ...invoicedBySupplier,
    }),
    lots: lotRows({ go: 'in', byWarehouse: true }),
  },
  calculation: { name: 'stockIn', run: calculateStockIn },
  states: postedStates(['deliveryNote', 'remark']),
  steps: postedSteps({
    requires: [hasLines, rateGiven, directLinesPriced],
    posts: withLots({ name: 'receiveGoods', facts: ['stockKept', 'sources', 'currencyDigits', 'averageCost'], moves: receiveGoods }),
    undoRequires: [nothingFollowed('lines.returned', 'lines.invoiced', 'paid'), ordersNotClosed],
  }),
  becomes: {
    purchaseReturn: {
      from: ['posted'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'returned',
      limit: 'quantity',
      head: supplierHeadCopy,
      same: ['supplier', 'currency'],
      keep: ['item', 'unitRatio'],
      row: {
        ...goodsRowCopy,
        ...pricesRowCopy,
        warehouse: 'warehouse',
        wholeQuantity: 'quantity',
        wholeNet: 'netAmount',
        wholeGross: 'grossAmount',
        wholeCost: 'cost',
      },
    },
    ...asDebt(supplierSide, { from: ['posted'] }),
    ...intoPurchaseInvoice,
  },
  print: { templates: ['stockInNote'], include: ['supplier', 'keeper'] },
});

/** While it is being counted, amounts are a preview; what posting worked out to the cent stands afterwards. */
function calculateStockIn(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const isSettled = record.state !== undefined && record.state !== 'draft';
  const rows = record.parts.lines ?? [];
  const lines = isSettled ? rows : costed(record, amountsOf(rows, setting), setting);
  const sum = (name: string): number => sumOf(lines.map((line) => Number(line[name] ?? 0)));
  const totals = { netTotal: sum('netAmount'), taxTotal: sum('taxAmount'), total: sum('grossAmount'), costTotal: sum('cost') };
  const debt = debtValues(supplierSide, record.values, isSettled ? Number(record.values.dueTotal ?? 0) : totals.total);
  return { ...record, values: { ...record.values, ...totals, ...debt, ...invoicedSumsOf(lines) }, parts: { ...record.parts, lines } };
}

function amountsOf(lines: readonly AnyRow[], setting: CalculationSetting): AnyRow[] {
  const isDirect = (line: AnyRow): boolean => !line.source || Number(line.wholeQuantity ?? 0) <= 0;
  return pricedApart(lines, isDirect, { own: (rows) => priceLines(rows, setting), shares: (rows) => rows.map(previewed) });
}

function previewed(line: AnyRow): AnyRow {
  const whole = Number(line.wholeQuantity);
  // More than twice as many as ordered are never taken in.
  const quantity = Math.min(Number(line.quantity ?? 0), 2 * whole);
  const netAmount = shareOf(line.wholeNet, quantity, whole);
  const grossAmount = shareOf(line.wholeGross, quantity, whole);
  return { ...line, netAmount, taxAmount: grossAmount - netAmount, grossAmount };
}

interface Digits {
  readonly currencyDigits: number;
  readonly baseDigits: number;
}

/** Net amounts in the company's own currency, and the freight on top of them: the parts add up to the whole. */
function costed(note: AnyRecord, lines: readonly AnyRow[], digits: Digits): AnyRow[] {
  if (lines.length === 0) return [];
  const nets = lines.map((line) => Number(line.netAmount ?? 0));
  const inBase = inOwnMoney(sumOf(nets), rateOf(note), digits);
  const values = splitByLargestRemainder(inBase, nets);
  const weights = note.values.freightBy === 'quantity' ? lines.map(piecesOf) : nets;
  const freight = splitByLargestRemainder(Number(note.values.freight ?? 0), weights);
  return lines.map((line, index) => ({
    ...line,
    freightShare: freight[index] ?? 0,
    cost: (values[index] ?? 0) + (freight[index] ?? 0),
  }));
}

/** Thousandths of the item's own unit are exact enough to spread a bill by. */
const piecesOf = (line: AnyRow): number => mulDiv([Number(line.quantity ?? 0), Number(line.unitRatio ?? 1_000_000)], [1_000_000_000]);

/** Goods arrive, are expected no longer, are worth what they cost, and are owed to the supplier unless the order made the debt. */
function receiveGoods(note: AnyRecord, facts: FactBag): PostingResult {
  const kept = fact(facts, 'stockKept');
  const settled = settledLines(note, facts);
  const goods = costed(
    note,
    settled.map(({ line }) => line).filter((line) => kept[Number(line.item)]),
    fact(facts, 'currencyDigits'),
  );
  const costs = new Map(goods.map((line) => [line.id, line]));
  const dueTotal = sumOf(settled.map(({ owed }) => owed));
  const moves = [...settled.flatMap(({ released }) => released ?? []).filter((move) => kept[move.subject]), ...goods.flatMap(arrivalOf)];
  const rows = settled.map(({ line }) => ({
    part: 'lines',
    id: line.id,
    values: { ...settledValues(line), freightShare: costs.get(line.id)?.freightShare ?? 0, cost: costs.get(line.id)?.cost ?? 0 },
  }));
  return { moves: [...moves, ...owedMoves(note, dueTotal)], rows, values: { dueTotal } };
}

function settledValues(line: AnyRow): Record<string, Value> {
  const { netAmount = 0, taxAmount = 0, grossAmount = 0 } = line;
  return { ...agreedPrices(line), netAmount, taxAmount, grossAmount } as Record<string, Value>;
}

function arrivalOf(line: AnyRow): Move[] {
  const subject = Number(line.item);
  const place = placeOf('warehouse', Number(line.warehouse));
  const cost = Number(line.cost);
  const value: Move[] = cost > 0 ? [{ ledger: 'cost', subject, from: 'purchases', to: 'stock', amount: cost, row: line.id }] : [];
  const amount = baseQuantityOf(line);
  return amount > 0 ? [{ ledger: 'stock', subject, from: 'supplier', to: place, amount, row: line.id }, ...value] : [];
}

function owedMoves(note: AnyRecord, amount: number): Move[] {
  if (amount <= 0) return [];
  const from = placeOf('purchases', Number(note.values.currency));
  return [{ ledger: 'payable', subject: Number(note.values.supplier), from, to: placeOf('stockIn', note.id), amount }];
}

interface Settled {
  readonly line: AnyRow;
  /** What this line adds to the debt to the supplier. */
  readonly owed: number;
  /** What is expected no longer. */
  readonly released?: Move;
}

/** Every line with its exact amounts; lines of one row of an order take their shares one after the other. */
function settledLines(note: AnyRecord, facts: FactBag): Settled[] {
  const sources = fact(facts, 'sources');
  const received = new Map<number, number>();
  return (note.parts.lines ?? []).map((line): Settled => {
    const source = sources[`lines.${line.id}`];
    if (!source?.row) return { line, owed: Number(line.grossAmount ?? 0) };
    const before = received.get(source.row.id) ?? Number(source.row.received ?? 0);
    const after = before + Number(line.quantity ?? 0);
    received.set(source.row.id, after);
    return shareOfOrder(line, { head: source.head, row: source.row, before, after });
  });
}

interface OrderShare {
  readonly head: Readonly<Record<string, Value>>;
  readonly row: AnyRow;
  readonly before: number;
  readonly after: number;
}

function shareOfOrder(line: AnyRow, { head, row, before, after }: OrderShare): Settled {
  const whole = Number(row.quantity ?? 0);
  const within = { before: Math.min(before, whole), after: Math.min(after, whole), whole };
  const netAmount = shareBetween(row.netAmount, { before, after, whole });
  const grossAmount = shareBetween(row.grossAmount, { before, after, whole });
  const ordered = shareBetween(row.grossAmount, within);
  const amount = baseQuantityOf({ ...row, upTo: within.after }, 'upTo') - baseQuantityOf({ ...row, upTo: within.before }, 'upTo');
  const place = placeOf('ordered', Number(row.warehouse ?? 0));
  return {
    line: { ...line, ...agreedPrices(row), netAmount, taxAmount: grossAmount - netAmount, grossAmount },
    // What the order promised is owed already where orders make the debt; more than ordered never is.
    owed: head.payableFrom === 'order' ? grossAmount - ordered : grossAmount,
    ...(amount > 0 ? { released: { ledger: 'onOrder', subject: Number(line.item), from: place, to: 'open', amount, row: line.id } } : {}),
  };
}
