import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, Guard, Move, Part, PostingResult } from '../../kernel/definition.ts';
import { day, link, money, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { assertSafe, sumOf } from '../../kernel/numbers.ts';
import { sourced } from '../commercial.ts';
import { fact } from '../facts.ts';
import { reversalFields, reversalStates, reverseStep } from '../reversal.ts';

/** Which documents the money pays, and how much of each. */
const allocations: Part = {
  max: 500,
  key: ['source', 'amount'],
  entry: true,
  fields: {
    ...sourced,
    sourceNumber: text({ max: 40, derived: true }),
    sourceTotal: money({ derived: true }),
    sourceOpen: money({ derived: true }),
    amount: money({ required: true, min: 1 }),
    remark: text({ max: 200 }),
  },
};

/** Money from a customer: paid over several orders, in parts or in advance, into one account, less the bank's fee. */
export const receipt = defineDocument({
  type: 'receipt',
  area: 'money',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'RC{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    account: link('account', { required: true, default: 'main', list: true }),
    paymentMethod: link('paymentMethod', { default: 'main', list: true }),
    currency: link('currency', { required: true, default: 'main' }),
    amount: money({ required: true, min: 1, list: true }),
    fee: money({ min: 0, default: 0 }),
    roundOff: money({ min: 0, default: 0 }),
    arrived: money({ derived: true }),
    allocated: money({ derived: true, list: true }),
    prepaid: money({ derived: true, list: true }),
    bankReference: text({ max: 80, search: 'code' }),
    ...reversalFields('receipt'),
  },
  parts: { allocations },
  calculation: { name: 'receipt', run: calculateReceipt },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    posted: { editable: ['bankReference', 'remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
    ...reversalStates,
  },
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [allocatedWithinAmount(), feeWithinAmount()],
      posts: { name: 'takeMoney', moves: takeMoney },
      feeds: true,
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], asksReason: true },
    reverse: reverseStep,
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
  print: { templates: ['receiptVoucher'], include: ['customer', 'account', 'owner'] },
});

/** Money received in advance is set against orders later; undoing it gives both back. */
export const settlement = defineDocument({
  type: 'settlement',
  area: 'money',
  visibility: { by: 'owner', through: 'customer' },
  numbering: { series: 'ST{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  fields: {
    customer: link('customer', { required: true, list: true, indexed: true, search: 'text' }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    currency: link('currency', { required: true, default: 'main' }),
    allocated: money({ derived: true, list: true }),
    ...reversalFields('settlement'),
  },
  parts: { allocations: { ...allocations, required: true } },
  calculation: {
    name: 'settlement',
    run: (record) => ({ ...record, values: { ...record.values, allocated: sumAllocated(record) } }),
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    posted: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
    ...reversalStates,
  },
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [withinPrepaid()],
      posts: { name: 'settlePrepaid', moves: settlePrepaid },
      feeds: true,
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], asksReason: true },
    reverse: reverseStep,
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
});

function sumAllocated(record: AnyRecord): number {
  return sumOf((record.parts.allocations ?? []).map((row) => Number(row.amount ?? 0)));
}

function calculateReceipt(record: AnyRecord): AnyRecord {
  const amount = Number(record.values.amount ?? 0);
  const allocated = sumAllocated(record);
  // The tail the company waives is credited like money, so that the order closes, and booked as discount.
  const prepaid = sumOf([amount, Number(record.values.roundOff ?? 0), -allocated]);
  const values = { ...record.values, arrived: assertSafe(amount - Number(record.values.fee ?? 0)), allocated, prepaid };
  return { ...record, values };
}

function allocatedWithinAmount(): Guard {
  return {
    name: 'allocatedWithinAmount',
    check: (document) =>
      Number(document.values.prepaid) >= 0
        ? null
        : { code: 'money.overAllocated', facts: { amount: Number(document.values.amount), allocated: Number(document.values.allocated) } },
  };
}

function feeWithinAmount(): Guard {
  return {
    name: 'feeWithinAmount',
    check: (document) =>
      Number(document.values.arrived) >= 0 ? null : { code: 'money.feeTooHigh', fields: [{ path: 'fee', code: 'money.feeTooHigh' }] },
  };
}

function withinPrepaid(): Guard {
  return {
    name: 'withinPrepaid',
    facts: ['prepaid'],
    check: (document, facts) => {
      const prepaid = fact(facts, 'prepaid');
      const wanted = Number(document.values.allocated);
      return wanted <= prepaid ? null : { code: 'money.prepaidTooLittle', facts: { prepaid, wanted } };
    },
  };
}

/** The customer is credited with the whole amount; the account receives it and pays the fee. */
function takeMoney(document: AnyRecord): PostingResult {
  const { customer, account, currency, amount, fee, prepaid, roundOff } = document.values;
  const cash: Move[] = [{ ledger: 'cash', subject: Number(account), from: 'customers', to: 'held', amount: Number(amount) }];
  if (Number(fee) > 0) cash.push({ ledger: 'cash', subject: Number(account), from: 'held', to: 'fees', amount: Number(fee) });
  const received = placeOf('received', Number(currency));
  const owed = allocationMoves(document, received);
  if (Number(prepaid) > 0) {
    owed.push({
      ledger: 'receivable',
      subject: Number(customer),
      from: placeOf('prepaid', Number(currency)),
      to: received,
      amount: Number(prepaid),
    });
  }
  if (Number(roundOff) > 0) {
    owed.push({
      ledger: 'receivable',
      subject: Number(customer),
      from: received,
      to: placeOf('discount', Number(currency)),
      amount: Number(roundOff),
    });
  }
  return { moves: [...cash, ...owed] };
}

function settlePrepaid(document: AnyRecord): PostingResult {
  return { moves: allocationMoves(document, placeOf('prepaid', Number(document.values.currency))) };
}

function allocationMoves(document: AnyRecord, to: string): Move[] {
  return (document.parts.allocations ?? []).map((row) => ({
    ledger: 'receivable',
    subject: Number(document.values.customer),
    from: placeOf(String(row.sourceType), Number(row.source)),
    to,
    amount: Number(row.amount),
    row: row.id,
  }));
}
