import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, CalculationSetting, FactBag, Guard, Move, PostingResult } from '../../kernel/definition.ts';
import { choice, day, money, quantity, rate, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { assertSafe, mulDiv, ONE, sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf, calculateCommercial, commercialLines, lineProgress, progressChoices, sourced, totalsFor } from '../commercial.ts';
import { moneyCopies, moneyFills, rateGiven } from '../exchange.ts';
import { fact } from '../facts.ts';
import { hasLines, nothingFollowed, totalNotNegative } from '../guards.ts';
import { instalmentsPart, instalmentsSumUp, withInstalments } from '../money/instalments.ts';
import { asDebt, debtFields, debtValues } from '../money/settling.ts';
import { supplierSide } from '../money/sides.ts';
import { withinPurchaseLimit } from './guards.ts';
import { goodsRowCopy, pricesRowCopy, purchaseHeader, shareOf, supplierHeadCopy, supplierTerms } from './terms.ts';

/** When the debt to the supplier begins: with the approved order or with the goods. */
export const payableChoices = ['order', 'stockIn'] as const;

/** What we have ordered from a supplier: it counts as on order, prints as the purchase contract, and the goods come in against it. */
export const purchaseOrder = defineDocument({
  type: 'purchaseOrder',
  area: 'purchase',
  visibility: { by: 'owner' },
  numbering: { series: 'PO{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  copies: moneyCopies,
  fills: { ...moneyFills, ...supplierTerms, overReceipt: { from: 'supplier', as: 'linked', field: 'overReceipt' } },
  fields: {
    ...purchaseHeader,
    overReceipt: rate({ min: 0, max: ONE, group: 'terms' }),
    signedOn: day({ group: 'terms' }),
    signedAt: text({ max: 100, group: 'terms' }),
    ...totalsFor('purchasePrice'),
    payableFrom: choice(payableChoices, { derived: true, hidden: true }),
    waived: money({ derived: true, hidden: true, secret: 'purchasePrice' }),
    ...debtFields(supplierSide, 'purchasePrice'),
    receivedState: choice(progressChoices, { derived: true, list: true, indexed: true }),
  },
  parts: {
    lines: commercialLines(
      { ...sourced, receivable: quantity({ derived: true, hidden: true }), received: quantity({ fedBy: 'stockIn' }) },
      'purchasePrice',
    ),
    instalments: instalmentsPart('purchasePrice'),
  },
  calculation: { name: 'purchaseOrder', run: calculatePurchaseOrder, reaction: dueStep },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: { editable: ['deliverBy', 'supplierReference', 'remark', 'signedOn', 'signedAt'], look: 'active' },
    completed: { editable: ['remark'], look: 'done' },
    closed: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines, rateGiven, totalNotNegative, instalmentsSumUp] },
    approve: {
      from: ['draft', 'pending'],
      to: 'approved',
      operation: 'approve',
      requires: [hasLines, rateGiven, totalNotNegative, instalmentsSumUp, withinPurchaseLimit],
      posts: { name: 'orderGoods', facts: ['stockKept', 'payableFrom'], moves: orderGoods },
      feeds: true,
      effects: ['rememberPurchasePrices'],
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    takeBack: {
      from: ['approved'],
      to: 'draft',
      operation: 'approve',
      undoes: ['approve'],
      requires: [nothingFollowed('lines.received', 'paid')],
      asksReason: true,
    },
    close: {
      from: ['approved'],
      to: 'closed',
      operation: 'approve',
      asksReason: true,
      dated: 'today',
      requires: [paidWithinReceived()],
      posts: { name: 'orderNoMore', facts: ['stockKept'], moves: orderNoMore },
    },
    reopen: { from: ['closed'], to: 'approved', operation: 'approve', undoes: ['close'], dated: 'today', sets: { waived: 0 } },
    complete: { from: ['approved'], to: 'completed', operation: 'change', automatic: true },
    resume: { from: ['completed'], to: 'approved', operation: 'change', automatic: true },
    void: {
      from: ['draft', 'pending', 'approved'],
      to: 'void',
      operation: 'void',
      undoes: ['approve'],
      requires: [nothingFollowed('lines.received', 'paid')],
      asksReason: true,
      danger: true,
    },
  },
  becomes: {
    stockIn: {
      from: ['approved', 'completed'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'received',
      limit: 'receivable',
      offers: 'quantity',
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
      },
    },
    ...asDebt(supplierSide, { from: ['approved', 'completed', 'closed'], when: { payableFrom: ['order'] } }),
  },
  print: { templates: ['purchaseContract'], include: ['supplier', 'owner'] },
});

function calculatePurchaseOrder(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = calculateCommercial(record, setting);
  const tolerance = assertSafe(ONE + Number(priced.values.overReceipt ?? 0));
  const lines = (priced.parts.lines ?? []).map((line) => ({ ...line, receivable: mulDiv([Number(line.quantity ?? 0), tolerance], [ONE]) }));
  const waived = Number(priced.values.waived ?? 0);
  const dueTotal = priced.values.payableFrom === 'order' ? assertSafe(Number(priced.values.total) - waived) : 0;
  const debt = debtValues(supplierSide, priced.values, dueTotal);
  // Where the goods make the debt, the order is neither paid nor unpaid.
  const paymentState = priced.values.payableFrom === 'order' ? (debt.paymentState ?? null) : null;
  const values = { ...priced.values, waived, ...debt, paymentState, receivedState: lineProgress(lines, 'received') };
  const plan = { total: Number(priced.values.total), due: dueTotal, settled: Number(priced.values.paid ?? 0) };
  return withInstalments({ ...priced, values, parts: { ...priced.parts, lines } }, plan);
}

/** An order is done when everything has come in, and is taken up again when some of it goes back to the truck. */
function dueStep(order: AnyRecord): string | null {
  const isDone = order.values.receivedState === 'all';
  if (order.state === 'approved' && isDone) return 'complete';
  return order.state === 'completed' && !isDone ? 'resume' : null;
}

function orderGoods(order: AnyRecord, facts: FactBag): PostingResult {
  const kept = fact(facts, 'stockKept');
  const payableFrom = fact(facts, 'payableFrom');
  const ordered = (order.parts.lines ?? [])
    .filter((line) => kept[Number(line.item)])
    .map((line) => orderedMove(line, baseQuantityOf(line)));
  const owed = payableFrom === 'order' ? payableMoves(order, Number(order.values.total)) : [];
  return { moves: [...ordered.filter(({ amount }) => amount > 0), ...owed], values: { payableFrom } };
}

function orderedMove(line: AnyRow, amount: number): Move {
  const place = placeOf('ordered', Number(line.warehouse ?? 0));
  return { ledger: 'onOrder', subject: Number(line.item), from: 'open', to: place, amount, row: line.id };
}

function payableMoves(order: AnyRecord, amount: number): Move[] {
  if (amount === 0) return [];
  const from = placeOf('purchases', Number(order.values.currency));
  return [{ ledger: 'payable', subject: Number(order.values.supplier), from, to: placeOf('purchaseOrder', order.id), amount }];
}

/** Closing early: the rest is no longer expected, and where the order made the debt, no longer owed. */
function orderNoMore(order: AnyRecord, facts: FactBag): PostingResult {
  const kept = fact(facts, 'stockKept');
  const open = openLines(order).filter((line) => kept[Number(line.item)]);
  const released = open.map((line) => backwards(orderedMove(line, baseQuantityOf(line) - baseQuantityOf(line, 'received'))));
  const waived = order.values.payableFrom === 'order' ? missingAmount(order) : 0;
  return { moves: [...released.filter(({ amount }) => amount > 0), ...payableMoves(order, waived).map(backwards)], values: { waived } };
}

const backwards = (move: Move): Move => ({ ...move, from: move.to, to: move.from });

const openLines = (order: AnyRecord): AnyRow[] =>
  (order.parts.lines ?? []).filter((line) => Number(line.quantity) > Number(line.received ?? 0));

/** What the pieces that never came would have cost, each line rounded as its receipts were. */
const missingAmount = (order: AnyRecord): number =>
  sumOf(
    openLines(order).map((line) => Number(line.grossAmount) - shareOf(line.grossAmount, Number(line.received ?? 0), Number(line.quantity))),
  );

/** Closing early would leave more paid than is owed: the money must be set free first. */
function paidWithinReceived(): Guard {
  return {
    name: 'paidWithinReceived',
    check: (order) => {
      const paid = Number(order.values.paid ?? 0);
      const owed = Number(order.values.dueTotal) - (order.values.payableFrom === 'order' ? missingAmount(order) : 0);
      return paid <= owed ? null : { code: 'purchase.paidMoreThanReceived', facts: { paid, owed } };
    },
  };
}
