import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, AnyRow, CalculationSetting, Definition, Guard, Move, PostingResult } from '../../kernel/definition.ts';
import { link, money, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { assertSafe, sumOf } from '../../kernel/numbers.ts';
import { inOwnMoney, moneyCopies, moneyFills, moneyHead, rateGiven, rateOf } from '../exchange.ts';
import { nothingFollowed } from '../guards.ts';
import { postedStates, postedSteps } from '../posted.ts';
import { reversalFields } from '../reversal.ts';
import { allocations, amountsOf, asCredit, creditFields, creditValues, debtMoves, moneyDay, partyField, rowsSourced } from './settling.ts';
import { customerSide, type Side, supplierSide } from './sides.ts';

/** Money from a customer: paid over several orders, in parts or in advance, into one account, less the bank's fee. */
export const receipt = moneyDocument(customerSide, {
  series: 'RC{yyyy}{mm}{dd}-{serial:4}',
  print: { templates: ['receiptVoucher'], include: ['customer', 'account', 'owner'] },
});

/** Money to a supplier: over several purchases, in parts or in advance, out of one account, which also pays the bank's fee. */
export const payment = moneyDocument(supplierSide, {
  series: 'PY{yyyy}{mm}{dd}-{serial:4}',
  print: { templates: ['paymentVoucher'], include: ['supplier', 'account', 'owner'] },
});

function moneyDocument(side: Side, of: { series: string; print: Definition['print'] }) {
  return defineDocument({
    type: side.money,
    area: 'money',
    visibility: side.visibility,
    numbering: { series: of.series, drawnAt: 'create' },
    fills: moneyFills,
    copies: { ...moneyCopies, accountCurrency: { link: 'account', field: 'currency' } },
    fields: {
      [side.party]: partyField(side),
      day: moneyDay,
      account: link('account', { required: true, default: 'main', list: true }),
      paymentMethod: link('paymentMethod', { default: 'main', list: true }),
      ...moneyHead,
      amount: money({ required: true, min: 1, list: true }),
      fee: money({ min: 0, default: 0 }),
      roundOff: money({ min: 0, default: 0 }),
      accountCurrency: link('currency', { derived: true, hidden: true }),
      accountAmount: money({ in: 'base', min: 1, group: 'exchange' }),
      [side.booked]: money({ derived: true }),
      allocated: money({ derived: true, list: true }),
      prepaid: money({ derived: true, list: true }),
      ...creditFields(side),
      baseTotal: money({ derived: true, in: 'base', hidden: true }),
      baseFee: money({ derived: true, in: 'base', hidden: true }),
      exchangeGain: money({ derived: true, in: 'base', group: 'exchange' }),
      bankReference: text({ max: 80, search: 'code' }),
      ...reversalFields(side.money),
    },
    parts: { allocations },
    calculation: { name: side.money, run: (record, setting) => calculateMoney(side, record, setting) },
    states: postedStates(['bankReference', 'remark']),
    steps: postedSteps({
      requires: [allocatedWithinAmount(), feeWithinAmount(side), rowsSourced('allocations'), rateGiven, accountTakesMoney(side)],
      posts: { name: `${side.money}Money`, moves: (document) => moveMoney(side, document) },
      undoRequires: [nothingFollowed('creditUsed')],
    }),
    // What was not set against a document at once is held in advance, as a credit of this document.
    becomes: asCredit(side, { from: ['posted'], limit: 'prepaid' }),
    print: of.print,
  });
}

function calculateMoney(side: Side, record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const amount = Number(record.values.amount ?? 0);
  const fee = Number(record.values.fee ?? 0);
  const rate = rateOf(record);
  const rows = (record.parts.allocations ?? []).map((row) => ({ ...row, exchangeGain: gainOf(side, row, rate, setting) }));
  const allocated = amountsOf(record, 'allocations');
  // The tail that is waived is credited like money, so that the document closes, and booked as discount.
  const prepaid = sumOf([amount, Number(record.values.roundOff ?? 0), -allocated]);
  const values = {
    ...record.values,
    [side.booked]: assertSafe(side.party === 'customer' ? amount - fee : amount + fee),
    allocated,
    prepaid,
    ...creditValues(record.values, prepaid),
    baseTotal: inOwnMoney(amount, rate, setting),
    baseFee: inOwnMoney(fee, rate, setting),
    exchangeGain: sumOf(rows.map((row) => row.exchangeGain)),
  };
  return { ...record, values, parts: { ...record.parts, allocations: rows } };
}

/** What the money of a row is worth today more (or less) than the debt was when it came about. */
function gainOf(side: Side, row: AnyRow, rate: number | null, setting: CalculationSetting): number {
  if (rate === null || row.sourceRate === null || row.sourceRate === undefined) return 0;
  const amount = Number(row.amount ?? 0);
  const difference = inOwnMoney(amount, rate, setting) - inOwnMoney(amount, Number(row.sourceRate), setting);
  return difference === 0 ? 0 : side.gain * difference;
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

function feeWithinAmount(side: Side): Guard {
  return {
    name: 'feeWithinAmount',
    check: (document) =>
      Number(document.values[side.booked]) >= 0 ? null : { code: 'money.feeTooHigh', fields: [{ path: 'fee', code: 'money.feeTooHigh' }] },
  };
}

/** An account in another currency takes part only when somebody says what the bank made of the money. */
function accountTakesMoney(side: Side): Guard {
  return {
    name: 'accountTakesMoney',
    check: (document) => {
      if (!isOtherMoney(document)) return null;
      const isGiven = Number(document.values.accountAmount ?? 0) > 0;
      if (isGiven && cashOf(side, document).amount > 0) return null;
      const code = isGiven ? 'money.feeTooHigh' : 'money.accountCurrency';
      return { code, fields: [{ path: 'accountAmount', code }] };
    },
  };
}

const isOtherMoney = ({ values }: AnyRecord): boolean =>
  typeof values.accountCurrency === 'number' && values.accountCurrency !== values.currency;

/** What goes between the party and the account, and the bank's fee, in the account's own money. */
function cashOf(side: Side, document: AnyRecord): { amount: number; fee: number } {
  const { amount, fee, accountAmount, baseFee } = document.values;
  if (!isOtherMoney(document)) return { amount: Number(amount), fee: Number(fee ?? 0) };
  const kept = Number(baseFee ?? 0);
  return { amount: sumOf([Number(accountAmount ?? 0), side.party === 'customer' ? kept : -kept]), fee: kept };
}

/** The party is credited with the whole amount; the account receives or gives it and pays the fee. */
function moveMoney(side: Side, document: AnyRecord): PostingResult {
  const { account, currency, prepaid, roundOff } = document.values;
  const cash = cashOf(side, document);
  const [from, to] = side.party === 'customer' ? [side.cash, 'held'] : ['held', side.cash];
  const moves: Move[] = [{ ledger: 'cash', subject: Number(account), from, to, amount: cash.amount }];
  if (cash.fee > 0) moves.push({ ledger: 'cash', subject: Number(account), from: 'held', to: 'fees', amount: cash.fee });
  const settled = placeOf(side.settled, Number(currency));
  moves.push(...debtMoves(side, document, { part: 'allocations', party: side.party, to: settled }));
  const owed = { ledger: side.ledger, subject: Number(document.values[side.party]) };
  if (Number(prepaid) > 0) moves.push({ ...owed, from: placeOf('prepaid', Number(currency)), to: settled, amount: Number(prepaid) });
  if (Number(roundOff) > 0) {
    moves.push({ ...owed, from: settled, to: placeOf('discount', Number(currency)), amount: Number(roundOff) });
  }
  return { moves };
}
