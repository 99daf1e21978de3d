import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, Becoming, PostingResult } from '../../kernel/definition.ts';
import { day, link, money, text } from '../../kernel/fields.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { nothingFollowed } from '../guards.ts';
import { accountInBase, advanceRows, amountsIn, paidByCashier } from './expenses.ts';

/** What is still owed of an advance goes into a claim, or back as money. */
const cleared = (part: string): Becoming => ({
  from: ['paid'],
  each: 'document',
  into: { part, field: 'amount' },
  feeds: 'cleared',
  limit: 'amount',
  head: { claimant: 'claimant', owner: 'owner', department: 'department' },
  same: ['claimant'],
  row: {},
});

const people = {
  claimant: link('user', { required: true, default: 'actor', list: true, indexed: true, search: 'text' }),
  day: day({ required: true, default: 'today', list: true, indexed: true }),
} as const;

/** Money given to somebody before it is spent (借支): owed until a claim or the money itself comes back. */
export const advance = defineDocument({
  type: 'advance',
  area: 'books',
  visibility: { by: 'owner' },
  numbering: { series: 'ADV{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['advanceVoucher'], include: ['account'] },
  fields: {
    ...people,
    purpose: text({ max: 200, list: true, search: 'text' }),
    amount: money({ required: true, min: 1, in: 'base', list: true }),
    clearBy: day({ list: true }),
    account: link('account', { list: true }),
    cleared: money({ fedBy: 'expenseClaim', in: 'base', list: true, group: 'sums' }),
    openAmount: money({ derived: true, in: 'base', list: true, group: 'sums' }),
  },
  calculation: {
    name: 'advance',
    run: (record) => {
      const cleared = Number(record.values.cleared ?? 0);
      const openAmount = record.state === 'paid' ? sumOf([Number(record.values.amount), -cleared]) : 0;
      return { ...record, values: { ...record.values, cleared, openAmount } };
    },
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: { editable: ['account', 'remark'], look: 'active' },
    paid: { editable: ['clearBy', 'remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change' },
    approve: { from: ['pending'], to: 'approved', operation: 'approve' },
    reject: { from: ['pending', 'approved'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    pay: {
      from: ['approved'],
      to: 'paid',
      operation: 'approve',
      dated: 'today',
      requires: [paidByCashier, accountInBase(() => true)],
      posts: { name: 'payAdvance', moves: payAdvance },
    },
    takeBack: {
      from: ['paid'],
      to: 'approved',
      operation: 'void',
      undoes: ['pay'],
      dated: 'today',
      requires: [nothingFollowed('cleared')],
      asksReason: true,
    },
    void: { from: ['draft', 'pending', 'approved'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
  becomes: { expenseClaim: cleared('offsets'), advanceReturn: cleared('returns') },
});

/** What is left of an advance comes back into an account. */
export const advanceReturn = defineDocument({
  type: 'advanceReturn',
  area: 'books',
  visibility: { by: 'owner' },
  numbering: { series: 'ADR{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['advanceReturnVoucher'], include: ['account'] },
  fields: {
    ...people,
    account: link('account', { required: true, default: 'main', list: true }),
    total: money({ derived: true, in: 'base', list: true }),
  },
  parts: { returns: { ...advanceRows, required: true } },
  calculation: {
    name: 'advanceReturn',
    run: (record) => ({ ...record, values: { ...record.values, total: amountsIn(record, 'returns') } }),
  },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true },
    posted: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [accountInBase(() => true)],
      posts: { name: 'takeAdvanceBack', moves: takeAdvanceBack },
      feeds: true,
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], asksReason: true },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
});

function payAdvance({ values }: AnyRecord): PostingResult {
  const amount = Number(values.amount);
  return {
    moves: [
      { ledger: 'cash', subject: Number(values.account), from: 'held', to: 'staff', amount },
      { ledger: 'advance', subject: Number(values.claimant), from: 'paid', to: 'owed', amount },
    ],
  };
}

function takeAdvanceBack(document: AnyRecord): PostingResult {
  const { account, claimant, total } = document.values;
  return {
    moves: [
      ...(Number(total) > 0 ? [{ ledger: 'cash', subject: Number(account), from: 'staff', to: 'held', amount: Number(total) }] : []),
      ...(document.parts.returns ?? []).map((row) => ({
        ledger: 'advance',
        subject: Number(claimant),
        from: 'owed',
        to: 'returned',
        amount: Number(row.amount),
        row: row.id,
      })),
    ],
  };
}
