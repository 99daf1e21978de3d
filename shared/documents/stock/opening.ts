import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, PostingResult } from '../../kernel/definition.ts';
import { choice, day, link, money, price, quantity, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { amountOf, assertSafe, sumOf } from '../../kernel/numbers.ts';
import { progressChoices, progressOf } from '../commercial.ts';
import { beforeGoLive, hasLines, nothingFollowed } from '../guards.ts';

const openingStates = {
  draft: { editable: 'all', look: 'draft', deletable: true },
  posted: { editable: ['remark'], look: 'done' },
  void: { editable: 'none', look: 'void' },
} as const;

/** What lies in a warehouse on the first day, and what it cost. */
export const openingStock = defineDocument({
  type: 'openingStock',
  area: 'stock',
  visibility: { by: 'company' },
  numbering: { series: 'OS{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    warehouse: link('warehouse', { required: true, default: 'main', list: true }),
    valueTotal: money({ derived: true, in: 'base', list: true, secret: 'cost' }),
  },
  parts: {
    lines: {
      max: 5000,
      required: true,
      key: ['item', 'quantity'],
      entry: true,
      fields: {
        item: link('item', { required: true }),
        quantity: quantity({ required: true, min: 1 }),
        unitCost: price({ min: 0, default: 0, secret: 'cost' }),
        value: money({ derived: true, in: 'base', secret: 'cost' }),
        remark: text({ max: 200 }),
      },
    },
  },
  calculation: { name: 'openingStock', run: valueStock },
  states: openingStates,
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [hasLines, beforeGoLive],
      posts: { name: 'openStock', moves: openStock },
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], requires: [beforeGoLive], asksReason: true },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
});

/** What a customer owed (or had paid in advance) on the first day. */
export const openingBalance = defineDocument({
  type: 'openingBalance',
  area: 'money',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'OB{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    currency: link('currency', { required: true, default: 'main' }),
    side: choice(['owed', 'prepaid'], { required: true, default: 'owed', list: true }),
    total: money({ required: true, min: 1, list: true }),
    reference: text({ max: 80, search: 'code', list: true }),
    received: money({ fedBy: 'receipt', list: true }),
    dueTotal: money({ derived: true, hidden: true }),
    openAmount: money({ derived: true, list: true }),
    paymentState: choice(progressChoices, { derived: true, list: true, indexed: true, secret: 'salesPrice' }),
  },
  calculation: {
    name: 'openingBalance',
    run: (record) => {
      // What a customer had paid in advance is not paid again.
      const dueTotal = record.values.side === 'owed' ? Number(record.values.total ?? 0) : 0;
      const received = Number(record.values.received ?? 0);
      const openAmount = assertSafe(dueTotal - received);
      const paymentState = openAmount === 0 ? 'all' : progressOf(received, dueTotal);
      return { ...record, values: { ...record.values, received, dueTotal, openAmount, paymentState } };
    },
  },
  states: openingStates,
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [beforeGoLive],
      posts: { name: 'openBalance', moves: openBalance },
    },
    takeBack: {
      from: ['posted'],
      to: 'draft',
      operation: 'void',
      undoes: ['post'],
      requires: [beforeGoLive, nothingFollowed('received')],
      asksReason: true,
    },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
  becomes: {
    receipt: {
      from: ['posted'],
      each: 'document',
      into: { part: 'allocations', field: 'amount' },
      feeds: 'received',
      limit: 'dueTotal',
      head: { customer: 'customer', currency: 'currency', owner: 'owner', department: 'department' },
      same: ['customer', 'currency'],
      row: {},
    },
    settlement: {
      from: ['posted'],
      each: 'document',
      into: { part: 'allocations', field: 'amount' },
      feeds: 'received',
      limit: 'dueTotal',
      head: { customer: 'customer', currency: 'currency', owner: 'owner', department: 'department' },
      same: ['customer', 'currency'],
      row: {},
    },
  },
});

function valueStock(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const lines = (record.parts.lines ?? []).map((line) => ({
    ...line,
    value: amountOf({ quantity: Number(line.quantity ?? 0), price: Number(line.unitCost ?? 0), currencyDigits: setting.baseDigits }),
  }));
  return { ...record, parts: { ...record.parts, lines }, values: { ...record.values, valueTotal: sumOf(lines.map((line) => line.value)) } };
}

function openStock(document: AnyRecord): PostingResult {
  const place = placeOf('warehouse', Number(document.values.warehouse));
  const moves = (document.parts.lines ?? []).flatMap((line) => [
    { ledger: 'stock', subject: Number(line.item), from: 'opening', to: place, amount: Number(line.quantity), row: line.id },
    ...(Number(line.value) > 0
      ? [{ ledger: 'cost', subject: Number(line.item), from: 'opening', to: 'stock', amount: Number(line.value), row: line.id }]
      : []),
  ]);
  return { moves };
}

function openBalance(document: AnyRecord): PostingResult {
  const { customer, currency, total, side } = document.values;
  const opening = placeOf('opening', Number(currency));
  const subject = { ledger: 'receivable', subject: Number(customer), amount: Number(total) };
  if (side === 'prepaid') return { moves: [{ ...subject, from: placeOf('prepaid', Number(currency)), to: opening }] };
  return { moves: [{ ...subject, from: opening, to: placeOf('openingBalance', document.id) }] };
}
