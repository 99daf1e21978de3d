import { customerAxes, customersOf, dictionaryAxis, ownerAxes, ownersOf, postedStates, timeAxes, timesOf } from './axes.ts';
import { type BalanceSource, defineReport, type MoveSource } from './defineReport.ts';

const received = { ...customersOf('customer'), ...ownersOf, ...timesOf('day'), paymentMethod: 'paymentMethod', account: 'account' };

/** How customers paid: by which method, into which account. */
export const receiptsByMethod = defineReport({
  name: 'receiptsByMethod',
  area: 'money',
  time: 'period',
  sources: [
    {
      kind: 'documents',
      type: 'receipt',
      states: postedStates,
      gives: { receipts: 'count', received: { sum: 'baseTotal' }, fees: { sum: 'baseFee' } },
      axes: received,
    },
  ],
  measures: { receipts: { kind: 'count' }, received: { kind: 'money' }, fees: { kind: 'money' } },
  axes: {
    paymentMethod: { kind: 'link', to: 'paymentMethod' },
    account: { kind: 'link', to: 'account' },
    ...customerAxes,
    ...ownerAxes,
    ...timeAxes,
  },
  groupBy: ['paymentMethod'],
  sort: { by: 'received', direction: 'descending' },
});

const cashAxes = { account: 'subject', purpose: 'other', ...timesOf('day') };
const cashMoved = (side: MoveSource['side'], measure: string, against?: readonly string[]): MoveSource => ({
  kind: 'moves',
  ledger: 'cash',
  places: ['held'],
  side,
  currency: 'subject.currency',
  gives: { [measure]: 'amount' },
  axes: cashAxes,
  ...(against ? { against } : {}),
});

/** Money that came in or went out for good: what moves between own accounts is neither. */
const purposes = ['customers', 'suppliers', 'staff', 'fees', 'income', 'expense'];

/** What came in and what went out, and for what. */
export const incomeAndExpense = defineReport({
  name: 'incomeAndExpense',
  area: 'money',
  time: 'period',
  sources: [cashMoved('in', 'income', purposes), cashMoved('out', 'expense', purposes)],
  measures: {
    income: { kind: 'money' },
    expense: { kind: 'money' },
    surplus: { kind: 'money', from: { plus: ['income'], minus: ['expense'] } },
  },
  axes: { purpose: { kind: 'place' }, account: { kind: 'link', to: 'account' }, ...timeAxes },
  groupBy: ['purpose'],
  sort: { by: 'income', direction: 'descending' },
});

const cashHeld: BalanceSource = {
  kind: 'balances',
  ledger: 'cash',
  places: ['held'],
  currency: 'subject.currency',
  gives: { held: 'amount' },
  axes: { account: 'subject' },
};

/** What each account held before, what came and went, and what it holds when the period ends. */
export const accountBalances = defineReport({
  name: 'accountBalances',
  area: 'money',
  time: 'period',
  sources: [cashHeld, cashMoved('in', 'income'), cashMoved('out', 'expense')],
  measures: {
    heldBefore: { kind: 'money', from: { plus: ['held', 'expense'], minus: ['income'] } },
    income: { kind: 'money' },
    expense: { kind: 'money' },
    held: { kind: 'money' },
  },
  axes: { account: { kind: 'link', to: 'account' } },
  groupBy: ['account'],
  sort: { by: 'held', direction: 'descending' },
});

const spent = {
  ...timesOf('day'),
  claimant: 'claimant',
  department: 'department',
  expenseCategory: 'lines.category',
  ...customersOf('lines.customer'),
};
const earned = { ...timesOf('day'), claimant: 'owner', department: 'department', ...customersOf('customer') };

/** What people laid out for the company, for which customers, and how it stands to what they sold. */
export const expenses = defineReport({
  name: 'expenses',
  area: 'money',
  time: 'period',
  sources: [
    {
      kind: 'documents',
      type: 'expenseClaim',
      part: 'lines',
      states: { approved: 1, paid: 1 },
      gives: { spent: { sum: 'lines.amount' } },
      axes: spent,
    },
    {
      kind: 'documents',
      type: 'stockOut',
      part: 'lines',
      states: postedStates,
      gives: { net: { sum: 'lines.baseNetAmount' } },
      axes: earned,
      repeats: true,
    },
  ],
  measures: { spent: { kind: 'money' }, net: { kind: 'money' }, expenseShare: { kind: 'rate', from: { share: ['spent', 'net'] } } },
  axes: {
    claimant: { kind: 'link', to: 'user' },
    expenseCategory: dictionaryAxis('expenseCategory'),
    department: ownerAxes.department,
    ...customerAxes,
    ...timeAxes,
  },
  groupBy: ['claimant', 'expenseCategory'],
  sort: { by: 'spent', direction: 'descending' },
});
