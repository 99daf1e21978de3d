import { daysBetween } from '../../kernel/days.ts';
import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, FactBag, Guard, GuardRefusal, Move, PostingResult } from '../../kernel/definition.ts';
import { day, dictionary, link, money, text } from '../../kernel/fields.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { fact } from '../facts.ts';
import { hasLines } from '../guards.ts';
import { accountInBase, advanceRows, amountsIn, paidByCashier } from './expenses.ts';

/** What somebody laid out for the company: approved, set off against advances, and the rest paid out of an account. */
export const expenseClaim = defineDocument({
  type: 'expenseClaim',
  area: 'books',
  visibility: { by: 'owner' },
  numbering: { series: 'EXP{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['expenseVoucher'], include: ['account'] },
  fields: {
    claimant: link('user', { required: true, default: 'actor', list: true, indexed: true, search: 'text' }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    purpose: text({ max: 200, list: true, search: 'text' }),
    account: link('account', { list: true }),
    total: money({ derived: true, in: 'base', list: true, group: 'sums' }),
    taxTotal: money({ derived: true, in: 'base', group: 'sums' }),
    offset: money({ derived: true, in: 'base', list: true, group: 'sums' }),
    payable: money({ derived: true, in: 'base', list: true, group: 'sums' }),
  },
  parts: {
    lines: {
      max: 200,
      required: true,
      key: ['category', 'amount'],
      entry: true,
      fields: {
        category: dictionary('expenseCategory', { required: true }),
        receiptDay: day({ required: true, default: 'today' }),
        description: text({ max: 200 }),
        amount: money({ required: true, min: 1, in: 'base' }),
        taxAmount: money({ min: 0, default: 0, in: 'base' }),
        customer: link('customer', { indexed: true }),
        order: link('salesOrder', { indexed: true }),
      },
    },
    offsets: advanceRows,
  },
  calculation: { name: 'expenseClaim', run: calculateClaim },
  states: {
    draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
    pending: { editable: 'none', look: 'waiting', watermark: true },
    approved: { editable: ['account', 'remark'], look: 'active' },
    paid: { editable: ['remark'], look: 'done' },
    void: { editable: 'none', look: 'void' },
  },
  steps: {
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines, offsetWithinTotal(), receiptsAccepted()] },
    approve: { from: ['pending'], to: 'approved', operation: 'approve', notOwn: ['claimant'], requires: [hasLines, receiptsFresh()] },
    reject: { from: ['pending', 'approved'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    pay: {
      from: ['approved'],
      to: 'paid',
      operation: 'approve',
      dated: 'today',
      requires: [paidByCashier, offsetWithinTotal(), accountInBase((claim) => Number(claim.values.payable) > 0)],
      posts: { name: 'payClaim', moves: payClaim },
      feeds: true,
    },
    takeBack: { from: ['paid'], to: 'approved', operation: 'void', undoes: ['pay'], dated: 'today', asksReason: true },
    void: { from: ['draft', 'pending', 'approved'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
});

function calculateClaim(record: AnyRecord): AnyRecord {
  const total = amountsIn(record, 'lines');
  const offset = amountsIn(record, 'offsets');
  const values = { ...record.values, total, taxTotal: amountsIn(record, 'lines', 'taxAmount'), offset, payable: sumOf([total, -offset]) };
  return { ...record, values };
}

function offsetWithinTotal(): Guard {
  return {
    name: 'offsetWithinTotal',
    check: (claim) =>
      Number(claim.values.payable) >= 0
        ? null
        : { code: 'expense.offsetTooHigh', facts: { total: Number(claim.values.total), offset: Number(claim.values.offset) } },
  };
}

/** Receipts that are too old by the company's rule, where it says that they are not taken at all. */
function receiptsAccepted(): Guard {
  return {
    name: 'receiptsAccepted',
    facts: ['expenseRule'],
    check: (claim, facts) => (fact(facts, 'expenseRule').late === 'refuse' ? oldReceipts(claim, facts) : null),
  };
}

/** Receipts that are too old by the company's rule need somebody with the right to say yes. */
function receiptsFresh(): Guard {
  return {
    name: 'receiptsFresh',
    facts: ['expenseRule'],
    override: 'expense.late',
    asksReason: true,
    check: (claim, facts) => {
      const refusal = oldReceipts(claim, facts);
      return refusal && { ...refusal, level: fact(facts, 'expenseRule').late === 'refuse' ? 'block' : 'approve' };
    },
  };
}

function oldReceipts(claim: AnyRecord, facts: FactBag): GuardRefusal | null {
  const { days } = fact(facts, 'expenseRule');
  if (days === 0) return null;
  const code = 'expense.receiptTooOld';
  const old = (claim.parts.lines ?? []).flatMap((line, index) => {
    const age = daysBetween(String(line.receiptDay), String(claim.values.day));
    return age > days ? [{ path: `lines.${index}.receiptDay`, code, facts: { days, count: 1 } }] : [];
  });
  return old.length === 0 ? null : { code, facts: { days, count: old.length }, fields: old };
}

/** What was advanced is settled by the claim, and only the rest leaves the account. */
function payClaim(claim: AnyRecord): PostingResult {
  const { claimant, account, payable } = claim.values;
  const offsets = (claim.parts.offsets ?? []).map(
    (row): Move => ({ ledger: 'advance', subject: Number(claimant), from: 'owed', to: 'claimed', amount: Number(row.amount), row: row.id }),
  );
  const paid: Move[] =
    Number(payable) > 0 ? [{ ledger: 'cash', subject: Number(account), from: 'held', to: 'staff', amount: Number(payable) }] : [];
  return { moves: [...offsets, ...paid] };
}
