import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, CalculationSetting, FactBag, Guard, Move, PostingResult } from '../../kernel/definition.ts';
import { choice, day, link, money, quantity, rate, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { assertSafe, mulDiv, sumOf } from '../../kernel/numbers.ts';
import { outboundWays, receivableWays } from '../../records/orderType.ts';
import {
  baseQuantityOf,
  billingFields,
  calculateCommercial,
  commercialHeader,
  commercialLines,
  commercialTotals,
  lineProgress,
  offeredFields,
  progressChoices,
  progressOf,
  sourced,
} from '../commercial.ts';
import { creditGuards } from '../credit.ts';
import { deliveryCopy, deliveryHeadCopy } from '../delivery/goods.ts';
import { moneyCopies, moneyFills, rateGiven } from '../exchange.ts';
import { fact } from '../facts.ts';
import { goodsKept } from '../goods.ts';
import { hasLines, nothingFollowed, totalNotNegative, withinPriceFloor } from '../guards.ts';
import { instalmentsPart, instalmentsSumUp, withInstalments } from '../money/instalments.ts';
import { intoInvoices, invoicedFields, invoicedSums, withInvoiced } from '../money/invoiced.ts';
import { asDebt } from '../money/settling.ts';
import { customerSide } from '../money/sides.ts';
import { goodsToBuy } from '../purchase/terms.ts';

/** Closing early would leave more paid than is owed: the money must be set free first. */
const paidWithinShipped: Guard = {
  name: 'paidWithinShipped',
  check: (order) => {
    if (owesByDelivery(order)) return null;
    const received = Number(order.values.received ?? 0);
    const owed = Number(order.values.total) - unshippedAmount(order);
    return received <= owed ? null : { code: 'order.paidMoreThanShipped', facts: { received, owed } };
  },
};

/** What is released to the warehouse is shipped or taken back before an order is closed. */
const releasedIsShipped: Guard = {
  name: 'releasedIsShipped',
  check: (order) => {
    const open = (order.parts.lines ?? []).filter((line) => Number(line.released ?? 0) > Number(line.shipped ?? 0));
    return open.length === 0 ? null : { code: 'order.releasedNotShipped', facts: { count: open.length } };
  },
};

/** Whether the customer owes by what was shipped, and not by the order. */
const owesByDelivery = (order: AnyRecord): boolean => order.values.receivableFrom === 'stockOut';

/** What a customer has ordered and we have promised: it promises stock, makes the receivable and prints as the contract. */
export const salesOrder = defineDocument({
  type: 'salesOrder',
  area: 'sales',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'SO{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    ...commercialHeader,
    orderType: link('orderType', { required: true, default: 'main', group: 'terms' }),
    ...billingFields,
    signedOn: day({ group: 'terms' }),
    signedAt: text({ max: 100, group: 'terms' }),
    ...commercialTotals,
    received: money({ fedBy: 'receipt', list: true, secret: 'salesPrice', group: 'sums' }),
    waived: money({ derived: true, hidden: true, secret: 'salesPrice' }),
    dueTotal: money({ derived: true, hidden: true, secret: 'salesPrice' }),
    openAmount: money({ derived: true, list: true, secret: 'salesPrice', group: 'sums' }),
    deliveryState: choice(progressChoices, { derived: true, list: true, indexed: true }),
    ...invoicedSums,
    paymentState: choice(progressChoices, { derived: true, list: true, indexed: true, secret: 'salesPrice' }),
    outboundBy: choice(outboundWays, { derived: true, group: 'terms' }),
    receivableFrom: choice(receivableWays, { derived: true, group: 'terms', secret: 'salesPrice' }),
    depositRate: rate({ derived: true, secret: 'salesPrice', group: 'terms' }),
  },
  fills: { ...moneyFills, invoiceKind: { from: 'customer', as: 'linked', field: 'invoiceKind' } },
  copies: {
    ...moneyCopies,
    outboundBy: { link: 'orderType', field: 'outboundBy' },
    receivableFrom: { link: 'orderType', field: 'receivableFrom' },
    depositRate: { link: 'orderType', field: 'depositRate' },
  },
  parts: {
    lines: commercialLines({
      ...offeredFields,
      ...sourced,
      released: quantity({ fedBy: 'deliveryNotice' }),
      shipped: quantity({ fedBy: 'stockOut' }),
      purchased: quantity({ fedBy: 'purchaseOrder', secret: 'purchasePrice' }),
      ...invoicedFields,
    }),
    instalments: instalmentsPart('salesPrice'),
  },
  calculation: { name: 'salesOrder', run: calculateSalesOrder, reaction: dueStep },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: {
      editable: [
        'deliverBy',
        'remark',
        'deliveryAddress',
        'recipient',
        'recipientPhone',
        'billingTitle',
        'billingTaxNumber',
        'invoiceKind',
        'signedOn',
        'signedAt',
      ],
      look: 'active',
    },
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
      requires: [hasLines, rateGiven, totalNotNegative, instalmentsSumUp, withinPriceFloor, ...creditGuards('order')],
      posts: { name: 'promiseStock', facts: ['stockKept'], moves: promiseStock },
      feeds: true,
      effects: ['rememberPrices'],
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    takeBack: {
      from: ['approved'],
      to: 'draft',
      operation: 'approve',
      undoes: ['approve'],
      requires: [nothingFollowed('lines.released', 'lines.shipped', 'lines.invoiced', 'received')],
      asksReason: true,
    },
    close: {
      from: ['approved'],
      to: 'closed',
      operation: 'approve',
      asksReason: true,
      dated: 'today',
      requires: [releasedIsShipped, paidWithinShipped],
      posts: { name: 'releaseRemainder', facts: ['stockKept'], moves: releaseRemainder },
    },
    reopen: {
      from: ['closed'],
      to: 'approved',
      operation: 'approve',
      undoes: ['close'],
      dated: 'today',
      sets: { waived: 0 },
    },
    complete: { from: ['approved'], to: 'completed', operation: 'change', automatic: true },
    resume: { from: ['completed'], to: 'approved', operation: 'change', automatic: true },
    void: {
      from: ['draft', 'pending', 'approved'],
      to: 'void',
      operation: 'void',
      undoes: ['approve'],
      requires: [nothingFollowed('lines.released', 'lines.shipped', 'lines.invoiced', 'received')],
      asksReason: true,
      danger: true,
    },
  },
  becomes: {
    stockOut: {
      from: ['approved'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'shipped',
      limit: 'quantity',
      head: deliveryHeadCopy,
      same: ['customer'],
      when: { outboundBy: ['order'] },
      keep: goodsKept,
      row: deliveryCopy,
    },
    ...intoInvoices,
    deliveryNotice: {
      from: ['approved'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'released',
      limit: 'quantity',
      head: { ...deliveryHeadCopy, shipOn: 'deliverBy' },
      same: ['customer'],
      when: { outboundBy: ['notice'] },
      keep: goodsKept,
      row: deliveryCopy,
    },
    purchaseOrder: {
      from: ['approved', 'completed'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'purchased',
      limit: 'quantity',
      // A customer who takes less after all leaves us with the goods, and with an order to the supplier that stands.
      mayShrink: true,
      head: { deliverBy: 'deliverBy' },
      same: [],
      keep: goodsKept,
      row: goodsToBuy,
    },
    ...asDebt(customerSide, { from: ['approved', 'completed', 'closed'], when: { receivableFrom: ['order'] } }),
  },
  print: { templates: ['contract'], include: ['customer', 'contact', 'owner'] },
});

function calculateSalesOrder(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const priced = calculateCommercial(record, setting);
  const lines = priced.parts.lines ?? [];
  const received = Number(priced.values.received ?? 0);
  const waived = Number(priced.values.waived ?? 0);
  const dueTotal = owesByDelivery(priced) ? 0 : assertSafe(Number(priced.values.total) - waived);
  const planned = withInstalments(priced, { total: Number(priced.values.total), due: dueTotal, settled: received });
  return withInvoiced({
    ...planned,
    values: {
      ...priced.values,
      received,
      waived,
      dueTotal,
      openAmount: assertSafe(dueTotal - received),
      deliveryState: lineProgress(lines, 'shipped'),
      paymentState: paymentOf(priced, received, dueTotal),
    },
  });
}

/** What is owed by delivery is paid there; the order itself has nothing to say of it. */
function paymentOf(order: AnyRecord, received: number, dueTotal: number): (typeof progressChoices)[number] | null {
  if (owesByDelivery(order)) return null;
  return dueTotal === 0 ? 'all' : progressOf(received, dueTotal);
}

/** An order is done when everything is shipped and paid, and is taken up again when one of them is undone. */
function dueStep(order: AnyRecord): string | null {
  const isDone = order.values.deliveryState === 'all' && (owesByDelivery(order) || order.values.paymentState === 'all');
  if (order.state === 'approved' && isDone) return 'complete';
  if (order.state === 'completed' && !isDone) return 'resume';
  return null;
}

function promiseStock(order: AnyRecord, facts: FactBag): PostingResult {
  const kept = fact(facts, 'stockKept');
  const promised = (order.parts.lines ?? [])
    .filter((line) => kept[Number(line.item)])
    .map((line) => promiseMove(line, baseQuantityOf(line)));
  return { moves: [...promised.filter(({ amount }) => amount > 0), ...receivableMoves(order, Number(order.values.total))] };
}

function promiseMove(line: AnyRow, amount: number): Move {
  return {
    ledger: 'promise',
    subject: Number(line.item),
    from: 'free',
    to: placeOf('promised', Number(line.warehouse ?? 0)),
    amount,
    row: line.id,
  };
}

function receivableMoves(order: AnyRecord, amount: number): Move[] {
  if (amount === 0 || owesByDelivery(order)) return [];
  const sales = placeOf('sales', Number(order.values.currency));
  return [{ ledger: 'receivable', subject: Number(order.values.customer), from: sales, to: placeOf('salesOrder', order.id), amount }];
}

/** Closing early gives back what was promised and not shipped, and the customer no longer owes it. */
function releaseRemainder(order: AnyRecord, facts: FactBag): PostingResult {
  const kept = fact(facts, 'stockKept');
  const open = (order.parts.lines ?? []).filter((line) => Number(line.quantity) > Number(line.shipped ?? 0));
  const released = open
    .filter((line) => kept[Number(line.item)])
    .map((line) => {
      const { from, to, ...rest } = promiseMove(
        line,
        baseQuantityOf({ ...line, rest: Number(line.quantity) - Number(line.shipped ?? 0) }, 'rest'),
      );
      return { ...rest, from: to, to: from };
    });
  const unshipped = unshippedAmount(order);
  const owed = receivableMoves(order, unshipped).map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from }));
  return { moves: [...released.filter(({ amount }) => amount > 0), ...owed], values: { waived: owesByDelivery(order) ? 0 : unshipped } };
}

/** What the lines not yet shipped were worth to the customer, each rounded once. */
function unshippedAmount(order: AnyRecord): number {
  const open = (order.parts.lines ?? []).filter((line) => Number(line.quantity) > Number(line.shipped ?? 0));
  return sumOf(
    open.map((line) => mulDiv([Number(line.grossAmount), Number(line.quantity) - Number(line.shipped ?? 0)], [Number(line.quantity)])),
  );
}
