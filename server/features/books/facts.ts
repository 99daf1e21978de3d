import type { KnownFacts } from '../../../shared/documents/facts.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord } from '../../../shared/kernel/definition.ts';
import { offerFact } from '../../engine/facts.ts';
import { balancesOf } from '../../ledger/balances.ts';
import { ledgerLockOf } from '../../ledger/locks.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { exchangeOf } from '../trade/currencies.ts';
import { readBook } from '../trade/ledgerBook.ts';

/** The facts about invoices, expenses and accounts that guards and postings ask for. */
export function offerBookFacts(): void {
  offer('taxAdjustmentMax', (work) => parameterOf<number>(work, 'parameter.taxAdjustmentMax'));
  offer('invoiceTolerance', (work) => parameterOf<number>(work, 'parameter.invoiceTolerance'));
  offer('expenseRule', async (work) => ({
    days: await parameterOf<number>(work, 'parameter.expenseReceiptDays'),
    late: (await parameterOf<boolean>(work, 'parameter.expenseLateRefused')) ? 'refuse' : 'approve',
  }));
  offer('accountMoney', accountMoney);
  offer('accountDay', accountDay);
}

function offer<N extends keyof KnownFacts>(name: N, find: (work: Work, document: AnyRecord) => Promise<KnownFacts[N]>): void {
  offerFact(name, (work, _definition, document) => find(work, document));
}

async function accountMoney(work: Work, { values }: AnyRecord): Promise<KnownFacts['accountMoney']> {
  const ids = ['account', 'fromAccount', 'toAccount'].map((name) => Number(values[name] ?? 0)).filter((id) => id > 0);
  const exchange = await exchangeOf(work);
  const rows = (await work.tx('accounts').whereIn('id', ids).select('id', 'currency')) as { id: number; currency: number | null }[];
  return Object.fromEntries(
    rows.map(({ id, currency }) => {
      const known = exchange.of(currency);
      return [id, { currency: known.id, digits: known.digits, isBase: known.id === exchange.base.id }];
    }),
  );
}

/** The balance is locked first: whoever posts to the account now waits until its day is closed. */
async function accountDay(work: Work, { values }: AnyRecord): Promise<KnownFacts['accountDay']> {
  const account = Number(values.account);
  const day = String(values.day) as Day;
  await balancesOf(work, 'cash', [account], true);
  const lock = await ledgerLockOf(work, 'cash', account);
  const book = { ledger: 'cash', subject: account, places: ['held'], side: 'inside' } as const;
  const { opening, debit, credit, closing } = await readBook(work, book, { from: day, to: day, limit: 1 });
  return { opening, income: debit, expense: credit, closing, closedThrough: lock?.throughDay ?? null, today: work.today };
}
