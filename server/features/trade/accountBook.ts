import type { BookAnswer } from '../../../shared/contracts/trade.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { refuseUnlessMay, refuseUnlessSeen, restrict } from '../../access/visibility.ts';
import { ledgerLockOf } from '../../ledger/locks.ts';
import type { Work } from '../../work.ts';
import { withReconciled } from '../books/reconcile.ts';
import { exchangeOf } from './currencies.ts';
import { periodOf } from './customerBalance.ts';
import { readBook } from './ledgerBook.ts';

/** What lies in each account, in minor units of its currency. Refuses 'access.denied' when the actor may see no account. */
export async function accountBalances(work: Work): Promise<{ account: number; name: string; currency: number; balance: number }[]> {
  const definition = work.company.catalogue.get('account');
  refuseUnlessMay(work, definition, 'read');
  const query = work
    .tx('accounts')
    .leftJoin('balances', (join) => {
      join.on('balances.subject', 'accounts.id').andOnVal('balances.ledger', 'cash').andOnVal('balances.place', 'held');
    })
    .whereNull('accounts.deleted_at');
  restrict(work, definition, query, 'read');
  return query
    .orderBy('accounts.id')
    .limit(500)
    .select(
      { account: 'accounts.id', name: 'accounts.name', currency: 'accounts.currency' },
      work.tx.raw('coalesce(balances.amount, 0) as balance'),
    );
}

export interface AccountBookQuery {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * The cash or bank book of an account: what came in (debit), what went out (credit), what lay there, and how far its days are closed.
 * Refuses 'record.notFound'.
 */
export async function accountBook(
  work: Work,
  account: number,
  query: AccountBookQuery,
): Promise<BookAnswer & { closedThrough: Day | null }> {
  await refuseUnlessSeen(work, work.company.catalogue.get('account'), account);
  const row = (await work.tx('accounts').where({ id: account }).first('currency')) as { currency: number | null };
  const currency = (await exchangeOf(work)).of(row.currency).id;
  const period = periodOf(work, query);
  const book = { ledger: 'cash', subject: account, places: ['held'], side: 'inside' } as const;
  const content = await readBook(work, book, { ...period, after: query.after, limit: query.limit });
  const closedThrough = (await ledgerLockOf(work, 'cash', account))?.throughDay ?? null;
  return { ...period, currency, ...content, rows: await withReconciled(work, content.rows), closedThrough };
}
