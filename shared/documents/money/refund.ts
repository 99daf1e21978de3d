import { defineDocument } from '../../kernel/defineDocument.ts';
import type { AnyRecord, CalculationSetting, Guard, Move, PostingResult } from '../../kernel/definition.ts';
import { link, money, text } from '../../kernel/fields.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { inOwnMoney, moneyCopies, moneyFills, moneyHead, rateGiven, rateOf } from '../exchange.ts';
import { reversalFields, reversalStates, reverseStep } from '../reversal.ts';
import { amountsOf, creditPlace, moneyDay, partyField, rowsSourced, settlesOwn, used, withWorth, worthOf } from './settling.ts';
import { customerSide, type Side, supplierSide } from './sides.ts';

/** Money given back to a customer: asked for, approved, then paid out of an account; out of what is held for it or was taken back. */
export const refund = refundOf(customerSide, 'RF{yyyy}{mm}{dd}-{serial:4}');

/** Money a supplier gives back to us: what we paid in advance, or for goods we sent back. */
export const supplierRefund = refundOf(supplierSide, 'SF{yyyy}{mm}{dd}-{serial:4}');

function refundOf(side: Side, series: string) {
  const own = { party: side.party, side };
  return defineDocument({
    type: side.refund,
    area: 'money',
    visibility: side.visibility,
    numbering: { series, drawnAt: 'create' },
    print: { templates: [`${side.refund}Voucher`], include: [side.party] },
    fills: moneyFills,
    copies: { ...moneyCopies, accountCurrency: { link: 'account', field: 'currency' } },
    fields: {
      [side.party]: partyField(side),
      day: moneyDay,
      account: link('account', { required: true, default: 'main', list: true }),
      paymentMethod: link('paymentMethod', { default: 'main' }),
      ...moneyHead,
      credited: money({ derived: true, list: true }),
      accountCurrency: link('currency', { derived: true, hidden: true }),
      accountAmount: money({ in: 'base', min: 1, group: 'exchange' }),
      exchangeGain: money({ derived: true, in: 'base', group: 'exchange' }),
      payee: text({ max: 120 }),
      payeeAccount: text({ max: 120, secret: 'bank' }),
      purpose: text({ max: 200, list: true }),
      bankReference: text({ max: 80, search: 'code' }),
      ...reversalFields(side.refund),
    },
    parts: { credits: { ...used, required: true } },
    calculation: { name: side.refund, run: (record, setting) => calculateRefund(side, record, setting) },
    states: {
      draft: { editable: 'all', look: 'draft', deletable: true },
      pending: { editable: 'none', look: 'waiting' },
      approved: { editable: ['account', 'paymentMethod', 'accountAmount', 'bankReference', 'remark'], look: 'active' },
      posted: { editable: ['bankReference', 'remark'], look: 'done' },
      void: { editable: 'none', look: 'void' },
      ...reversalStates,
    },
    steps: {
      submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [rowsSourced('credits')] },
      approve: {
        from: ['draft', 'pending'],
        to: 'approved',
        operation: 'approve',
        requires: [rowsSourced('credits'), rateGiven, settlesOwn({ credits: own })],
      },
      reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
      withdraw: { from: ['pending', 'approved'], to: 'draft', operation: 'change' },
      post: {
        from: ['approved'],
        to: 'posted',
        operation: 'approve',
        requires: [accountPays(), settlesOwn({ credits: own })],
        posts: { name: `${side.refund}Money`, moves: (document) => giveBack(side, document) },
        feeds: true,
      },
      takeBack: { from: ['posted'], to: 'approved', operation: 'void', undoes: ['post'], asksReason: true },
      reverse: reverseStep,
      void: { from: ['draft', 'pending', 'approved'], to: 'void', operation: 'void', asksReason: true, danger: true },
    },
  });
}

function calculateRefund(side: Side, record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const credits = withWorth(record, 'credits', setting);
  const rate = rateOf(record);
  const today = sumOf(credits.map((row) => inOwnMoney(Number(row.amount ?? 0), rate, setting)));
  const gain = rate === null ? 0 : worthOf(credits) - today;
  const values = { ...record.values, credited: amountsOf(record, 'credits'), exchangeGain: gain === 0 ? 0 : side.gain * gain };
  return { ...record, values, parts: { ...record.parts, credits } };
}

const isOtherMoney = ({ values }: AnyRecord): boolean =>
  typeof values.accountCurrency === 'number' && values.accountCurrency !== values.currency;

/** As with money that comes in: an account in another currency needs to be told what the bank made of it. */
function accountPays(): Guard {
  return {
    name: 'accountPays',
    check: (document) =>
      !isOtherMoney(document) || document.values.accountAmount
        ? null
        : { code: 'money.accountCurrency', fields: [{ path: 'accountAmount', code: 'money.accountCurrency' }] },
  };
}

function giveBack(side: Side, document: AnyRecord): PostingResult {
  const { account, currency, credited, accountAmount } = document.values;
  const amount = Number(isOtherMoney(document) ? accountAmount : credited);
  const [from, to] = side.party === 'customer' ? ['held', side.cash] : [side.cash, 'held'];
  const refunded = placeOf('refunded', Number(currency));
  const released = (document.parts.credits ?? []).map(
    (row): Move => ({
      ledger: side.ledger,
      subject: Number(document.values[side.party]),
      from: refunded,
      to: creditPlace(side, row, Number(currency)),
      amount: Number(row.amount),
      row: row.id,
    }),
  );
  const paid: Move[] = amount > 0 ? [{ ledger: 'cash', subject: Number(account), from, to, amount }] : [];
  return { moves: [...paid, ...released] };
}
