import type { HomeAnswer, HomeFigure } from '../../../shared/contracts/trade.ts';
import { addDays, type Day, endOfMonth, startOfMonth } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import type { Work } from '../../work.ts';
import { type Exchange, exchangeOf } from '../trade/currencies.ts';
import { readable } from './lists.ts';

/** Sales and receipts of today, this month and the whole of last month, in the company's own currency and as far as the actor sees. */
export async function monthFigures(work: Work): Promise<HomeAnswer['figures'] | null> {
  if (!work.actor.special.has('figures.read')) return null;
  const exchange = await exchangeOf(work);
  const sales = await salesFigure(work, work.company.catalogue.get('salesOrder'));
  const receipts = await receiptsFigure(work, work.company.catalogue.get('receipt'), exchange);
  return { currency: exchange.base.id, ...(sales ? { sales } : {}), ...(receipts ? { receipts } : {}) };
}

/** Orders count from their approval on, whether or not they were shipped. */
async function salesFigure(work: Work, definition: Definition): Promise<HomeFigure | null> {
  const query = isVisible(work.actor, definition, 'baseTotal') ? readable(work, definition, 'read') : null;
  if (!query) return null;
  const rows = await sums(work, query.whereIn('head.state', ['approved', 'completed', 'closed']), 'base_total');
  return added(rows, (amount) => amount);
}

async function receiptsFigure(work: Work, definition: Definition, exchange: Exchange): Promise<HomeFigure | null> {
  const query = isVisible(work.actor, definition, 'amount') ? readable(work, definition, 'read') : null;
  if (!query) return null;
  const rows = await sums(work, query.where('head.state', 'posted'), 'amount');
  return added(rows, (amount, currency) => exchange.toBase(amount, exchange.of(currency)));
}

interface Sums extends HomeFigure {
  currency: number;
}

function sums(work: Work, query: ReturnType<Work['tx']>, column: 'base_total' | 'amount'): Promise<Sums[]> {
  const { today } = work;
  const month = startOfMonth(today);
  const lastMonth = startOfMonth(addDays(month, -1));
  const between = (from: Day, to: Day, name: string) =>
    work.tx.raw(`coalesce(sum(case when head.day >= ? and head.day <= ? then head.${column} else 0 end), 0) as ??`, [from, to, name]);
  return query
    .whereBetween('head.day', [lastMonth, endOfMonth(today)])
    .groupBy('head.currency')
    .select(
      'head.currency',
      between(today, today, 'today'),
      between(month, endOfMonth(today), 'month'),
      between(lastMonth, endOfMonth(lastMonth), 'lastMonth'),
    ) as unknown as Promise<Sums[]>;
}

const added = (rows: readonly Sums[], toBase: (amount: number, currency: number) => number): HomeFigure => ({
  today: rows.reduce((sum, row) => sum + toBase(row.today, row.currency), 0),
  month: rows.reduce((sum, row) => sum + toBase(row.month, row.currency), 0),
  lastMonth: rows.reduce((sum, row) => sum + toBase(row.lastMonth, row.currency), 0),
});
