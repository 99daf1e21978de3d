import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, FactBag, Guard, GuardRefusal, Move, PostingResult } from '../../kernel/definition.ts';
import { choice, day, dictionary, exchangeRate, link, money, price, text } from '../../kernel/fields.ts';
import { mulDiv } from '../../kernel/numbers.ts';
import { fact } from '../facts.ts';
import { reversalFields, reversalStates, reverseStep } from '../reversal.ts';

const rateOfOne = 1_000_000_000;

const states = {
  draft: { editable: 'all', look: 'draft', deletable: true },
  posted: { editable: ['remark'], look: 'done' },
  void: { editable: 'none', look: 'void' },
  ...reversalStates,
} as const;

const takeBack = { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], asksReason: true } as const;
const voidStep = { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true } as const;

/** Money that goes from one account of the company to another, less the bank's fee, and exchanged where they hold different money. */
export const cashTransfer = defineDocument({
  type: 'cashTransfer',
  area: 'books',
  visibility: { by: 'company' },
  numbering: { series: 'CT{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['cashTransferVoucher'], include: [] },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    fromAccount: link('account', { required: true, default: 'main', list: true }),
    toAccount: link('account', { required: true, list: true }),
    amount: money({ required: true, min: 1, list: true }),
    fee: money({ min: 0, default: 0, list: true }),
    exchangeRate: exchangeRate({ required: true, default: rateOfOne, min: 1, list: true }),
    arrived: price({ derived: true, list: true }),
    currency: link('currency', { derived: true }),
    targetCurrency: link('currency', { derived: true }),
    bankReference: text({ max: 80, search: 'code' }),
    ...reversalFields('cashTransfer'),
  },
  copies: {
    currency: { link: 'fromAccount', field: 'currency' },
    targetCurrency: { link: 'toAccount', field: 'currency' },
  },
  calculation: {
    name: 'cashTransfer',
    run: (record, { currencyDigits }) => {
      const { amount, exchangeRate: given } = record.values;
      const major = Number(amount ?? 0) / 10 ** currencyDigits;
      const isHeld = (major * Number(given ?? rateOfOne)) / rateOfOne < 9e9;
      const factors = [Number(amount ?? 0), Number(given ?? rateOfOne), 1_000_000];
      // Only read: what is posted is worked out in whole units of the other currency.
      const arrived = isHeld ? mulDiv(factors, [10 ** currencyDigits, rateOfOne]) : null;
      return { ...record, values: { ...record.values, arrived } };
    },
  },
  states,
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      requires: [twoAccounts(), rateFits()],
      posts: { name: 'transferCash', facts: ['accountMoney'], moves: transferCash },
    },
    takeBack,
    reverse: reverseStep,
    void: voidStep,
  },
});

/** Money that comes or goes without an order or a claim: interest, rent, bank charges. */
export const cashEntry = defineDocument({
  type: 'cashEntry',
  area: 'books',
  visibility: { by: 'company' },
  numbering: { series: 'CE{yyyy}{mm}{dd}-{serial:4}', drawnAt: 'create' },
  print: { templates: ['cashVoucher'], include: ['account'] },
  fields: {
    day: day({ required: true, default: 'today', list: true, indexed: true }),
    direction: choice(['income', 'expense'], { required: true, default: 'expense', list: true, indexed: true }),
    account: link('account', { required: true, default: 'main', list: true }),
    cashCategory: dictionary('cashCategory', { required: true, list: true, indexed: true }),
    amount: money({ required: true, min: 1, list: true }),
    currency: link('currency', { derived: true }),
    party: text({ max: 120, list: true, search: 'text' }),
    customer: link('customer', { indexed: true }),
    reference: text({ max: 80, list: true, search: 'code' }),
    ...reversalFields('cashEntry'),
  },
  copies: { currency: { link: 'account', field: 'currency' } },
  states,
  steps: {
    post: {
      from: ['draft'],
      to: 'posted',
      operation: 'approve',
      posts: { name: 'enterCash', moves: enterCash },
    },
    takeBack,
    reverse: reverseStep,
    void: voidStep,
  },
});

function twoAccounts(): Guard {
  return {
    name: 'twoAccounts',
    check: ({ values }) =>
      values.fromAccount === values.toAccount
        ? { code: 'transfer.sameAccount', fields: [{ path: 'toAccount', code: 'transfer.sameAccount' }] }
        : null,
  };
}

/** Money of one kind is not exchanged, and money of two kinds is exchanged at a rate somebody gave. */
function rateFits(): Guard {
  return {
    name: 'rateFits',
    facts: ['accountMoney'],
    check: ({ values }, facts): GuardRefusal | null => {
      const known = fact(facts, 'accountMoney');
      const isSame = known[Number(values.fromAccount)]?.currency === known[Number(values.toAccount)]?.currency;
      const isOne = Number(values.exchangeRate) === rateOfOne;
      if (isSame === isOne) return null;
      const code = isSame ? 'transfer.rateNotOne' : 'transfer.rateMissing';
      return { code, fields: [{ path: 'exchangeRate', code }] };
    },
  };
}

function transferCash({ values }: AnyRecord, facts: FactBag): PostingResult {
  const known = fact(facts, 'accountMoney');
  const [from, to] = [Number(values.fromAccount), Number(values.toAccount)];
  const [amount, fee] = [Number(values.amount), Number(values.fee ?? 0)];
  const digitsOf = (account: number): number => known[account]?.digits ?? 2;
  const arrived = mulDiv([amount, Number(values.exchangeRate), 10 ** digitsOf(to)], [rateOfOne, 10 ** digitsOf(from)]);
  const moves: Move[] = [{ ledger: 'cash', subject: from, from: 'held', to: 'transfer', amount }];
  if (fee > 0) moves.push({ ledger: 'cash', subject: from, from: 'held', to: 'fees', amount: fee });
  if (arrived > 0) moves.push({ ledger: 'cash', subject: to, from: 'transfer', to: 'held', amount: arrived });
  return { moves };
}

function enterCash({ values }: AnyRecord): PostingResult {
  const subject = { ledger: 'cash', subject: Number(values.account), amount: Number(values.amount) };
  if (values.direction === 'expense') return { moves: [{ ...subject, from: 'held', to: 'expense' }] };
  return { moves: [{ ...subject, from: 'income', to: 'held' }] };
}
