import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, FactBag, Guard, PostingResult } from '../../kernel/definition.ts';
import { choice, day, dictionary, link, money, quantity } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { baseQuantityOf, lineProgress, progressChoices } from '../commercial.ts';
import { fact } from '../facts.ts';
import { followingLines, goodsCopy, goodsLines } from '../goods.ts';
import { allRowsSourced, nothingFollowed } from '../guards.ts';
import { lotNumbers, lotRows, type Portion } from '../lots.ts';
import { reversalFields } from '../reversal.ts';
import { costTaker } from './cost.ts';
import { gathered, goodsCost, goodsStates, goodsSteps } from './goods.ts';

/**
 * Goods that go from one warehouse to another (调拨): once they have left they are on the way, and belong to no warehouse until
 * they are received there. They cost what they cost: the average is the company's.
 */
export const stockTransfer = defineDocument({
  type: 'stockTransfer',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'TR{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, default: 'main', list: true }),
    toWarehouse: link('warehouse', { required: true, list: true }),
    keeper: link('user', { default: 'actor' }),
    carrier: dictionary('carrier'),
    receivedState: choice(progressChoices, { derived: true, list: true, indexed: true }),
    ...reversalFields('stockTransfer'),
  },
  parts: { lines: goodsLines({ received: quantity({ fedBy: 'transferIn' }), lotNumbers }), lots: lotRows({ go: 'out' }) },
  calculation: {
    name: 'stockTransfer',
    run: (record) => ({
      ...record,
      values: { ...record.values, receivedState: lineProgress(record.parts.lines ?? [], 'received') },
    }),
    reaction: dueStep,
  },
  states: { ...goodsStates, posted: { editable: ['remark'], look: 'active' }, completed: { editable: ['remark'], look: 'done' } },
  steps: {
    ...goodsSteps({
      posts: { name: 'sendGoods', facts: ['mayOverdraw'], moves: sendGoods },
      requires: [twoWarehouses()],
      undoRequires: [nothingFollowed('lines.received')],
    }),
    complete: { from: ['posted'], to: 'completed', operation: 'change', automatic: true },
    resume: { from: ['completed'], to: 'posted', operation: 'change', automatic: true },
  },
  becomes: {
    transferIn: {
      from: ['posted'],
      each: { part: 'lines' },
      into: { part: 'lines', field: 'quantity' },
      feeds: 'received',
      limit: 'quantity',
      head: { warehouse: 'toWarehouse', fromWarehouse: 'warehouse' },
      same: ['toWarehouse', 'warehouse'],
      keep: ['item', 'unitRatio'],
      row: goodsCopy,
    },
  },
  print: { templates: ['transferNote'], include: ['warehouse', 'toWarehouse', 'keeper'] },
});

/** What arrived of a transfer, in whole or in part; what did not is lost, for a reason. */
export const transferIn = defineDocument({
  type: 'transferIn',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'TI{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['transferInNote'], include: ['keeper'] },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, list: true }),
    fromWarehouse: link('warehouse', { list: true }),
    keeper: link('user', { default: 'actor' }),
    costTotal: money({ derived: true, in: 'base', secret: 'cost' }),
    ...reversalFields('transferIn'),
  },
  parts: {
    lines: followingLines({
      lost: quantity({ min: 0, default: 0 }),
      lossReason: dictionary('stockReason'),
      lotNumbers,
      cost: money({ derived: true, in: 'base', secret: 'cost' }),
    }),
    lots: lotRows({ go: 'back', extra: { lost: quantity({ min: 0, default: 0 }) } }),
  },
  calculation: goodsCost,
  states: goodsStates,
  steps: goodsSteps({
    posts: { name: 'receiveTransfer', facts: ['averageCost'], moves: receiveTransfer },
    requires: [allRowsSourced, lossExplained()],
    feeds: true,
    lotPortions: arrivedAndLost,
  }),
});

/** A transfer is done when everything it sent is accounted for. */
function dueStep(transfer: AnyRecord): string | null {
  const isDone = transfer.values.receivedState === 'all';
  if (transfer.state === 'posted' && isDone) return 'complete';
  return transfer.state === 'completed' && !isDone ? 'resume' : null;
}

function twoWarehouses(): Guard {
  return {
    name: 'twoWarehouses',
    check: ({ values }) =>
      values.warehouse === values.toWarehouse
        ? { code: 'transfer.sameWarehouse', fields: [{ path: 'toWarehouse', code: 'transfer.sameWarehouse' }] }
        : null,
  };
}

function sendGoods(transfer: AnyRecord, facts: FactBag): PostingResult {
  const [from, to] = [Number(transfer.values.warehouse), Number(transfer.values.toWarehouse)];
  const { moves } = gathered(transfer, (line, amount) => ({
    cost: 0,
    moves: [
      {
        ledger: 'stock',
        subject: Number(line.item),
        from: placeOf('warehouse', from),
        to: placeOf('transit', to),
        amount,
        mayOverdraw: fact(facts, 'mayOverdraw')[from] ?? false,
      },
    ],
  }));
  return { moves };
}

/** No more is lost than was sent, and a loss has a reason. */
function lossExplained(): Guard {
  return {
    name: 'lossExplained',
    check: ({ parts }) => {
      const fields = (parts.lines ?? []).flatMap((line, index) => {
        const lost = Number(line.lost ?? 0);
        if (lost > Number(line.quantity)) return [{ path: `lines.${index}.lost`, code: 'transfer.lostTooMuch' }];
        return lost > 0 && !line.lossReason ? [{ path: `lines.${index}.lossReason`, code: 'transfer.lossWithoutReason' }] : [];
      });
      const [first] = fields;
      return first ? { code: first.code, fields } : null;
    },
  };
}

/** Of each lot some may be lost: that much goes with the goods that are lost. */
function arrivedAndLost(row: AnyRow): Portion[] {
  const lost = Math.min(Number(row.lost ?? 0), Number(row.quantity));
  return [
    { amount: Number(row.quantity) - lost, fits: ({ to }) => to !== 'adjustment' },
    { amount: lost, fits: ({ to }) => to === 'adjustment' },
  ];
}

/** What is lost on the way leaves the company's stock with what it cost. */
function receiveTransfer(arrival: AnyRecord, facts: FactBag): PostingResult {
  const warehouse = Number(arrival.values.warehouse);
  const takeCost = costTaker(facts);
  return gathered(arrival, (line, amount) => {
    const lost = baseQuantityOf(line, 'lost');
    const item = { ledger: 'stock', subject: Number(line.item), from: placeOf('transit', warehouse) } as const;
    const cost = lost > 0 ? takeCost(Number(line.item), lost) : 0;
    return {
      cost,
      moves: [
        { ...item, to: placeOf('warehouse', warehouse), amount: amount - lost },
        { ...item, to: 'adjustment', amount: lost },
        { ledger: 'cost', subject: Number(line.item), from: 'stock', to: 'adjustment', amount: cost },
      ],
    };
  });
}
