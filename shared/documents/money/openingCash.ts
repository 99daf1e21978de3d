import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, Guard, PostingResult } from '../../kernel/definition.ts';
import { day, link, money } from '../../kernel/fields.ts';
import { beforeGoLive } from '../guards.ts';

/** What an account held on the first day; below zero where the bank had lent it. In the account's own currency. */
export const openingCash = defineDocument({
  type: 'openingCash',
  area: 'money',
  visibility: { by: 'company' },
  numbering: { series: 'OA{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  copies: { currency: { link: 'account', field: 'currency' } },
  fields: {
    account: link('account', { required: true, default: 'main', list: true, indexed: true }),
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    currency: link('currency', { derived: true, list: true }),
    amount: money({ required: true, list: true }),
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
      requires: [beforeGoLive, holdsSomething()],
      posts: { name: 'openCash', moves: openCash },
    },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], requires: [beforeGoLive], asksReason: true },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  },
});

function holdsSomething(): Guard {
  return {
    name: 'holdsSomething',
    check: (document) =>
      Number(document.values.amount) === 0 ? { code: 'money.nothingHeld', fields: [{ path: 'amount', code: 'money.nothingHeld' }] } : null,
  };
}

function openCash({ values }: AnyRecord): PostingResult {
  const amount = Number(values.amount);
  const [from, to] = amount > 0 ? ['opening', 'held'] : ['held', 'opening'];
  // A ledger move is never below zero: an overdraft leaves the account towards the opening.
  return { moves: [{ ledger: 'cash', subject: Number(values.account), from, to, amount: Math.abs(amount) }] };
}
