import type { Knex } from 'knex';
import type { HomeAnswer, HomeFigure } from '../../../shared/contracts/trade.ts';
import { addDays, type Day, endOfMonth, startOfMonth } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { type Exchange, exchangeOf } from '../trade/currencies.ts';

/** Sales and receipts of today, this month and the whole of last month, in the company's own currency and as far as the actor sees. */
export async function monthFigures(work: Work): Promise<HomeAnswer['figures'] | null> {
  if (!work.actor.special.has('figures.read')) return null;
  const exchange = await exchangeOf(work);
  const sales = await figureOf(work, work.company.catalogue.get('salesOrder'), salesOf, exchange);
  const receipts = await figureOf(work, work.company.catalogue.get('receipt'), receiptsOf, exchange);
  return { currency: exchange.base.id, ...(sales ? { sales } : {}), ...(receipts ? { receipts } : {}) };
}

/** Which documents count, and which of their amounts. */
interface Counted {
  readonly states: readonly string[];
  readonly field: string;
  readonly in: 'base' | 'document';
}

/** Orders count from their approval on, whether or not they were shipped. */
const salesOf: Counted = { states: ['approved', 'completed', 'closed'], field: 'baseTotal', in: 'base' };
const receiptsOf: Counted = { states: ['posted'], field: 'amount', in: 'document' };

async function figureOf(work: Work, definition: Definition, counted: Counted, exchange: Exchange): Promise<HomeFigure | null> {
  if (work.actor.reach(definition.type, 'read') === 'none' || !isVisible(work.actor, definition, counted.field)) return null;
  const rows = await sumsByCurrency(work, definition, counted);
  const inBase = (amount: number, currency: number) => (counted.in === 'base' ? amount : exchange.toBase(amount, exchange.of(currency)));
  const total = (of: (row: Sums) => number): number => rows.reduce((sum, row) => sum + inBase(of(row), row.currency), 0);
  return { today: total((row) => row.today), month: total((row) => row.month), lastMonth: total((row) => row.lastMonth) };
}

interface Sums extends HomeFigure {
  currency: number;
}

async function sumsByCurrency(work: Work, definition: Definition, counted: Counted): Promise<Sums[]> {
  const { today } = work;
  const [month, end] = [startOfMonth(today), endOfMonth(today)];
  const [before, beforeEnd] = [startOfMonth(addDays(month, -1)), addDays(month, -1)];
  const query = work.tx.from(documentsBetween(work, definition, counted, { from: before, to: end }));
  restrict(work, definition, query, 'read', 'head');
  const sum = (from: Day, to: Day, name: string): Knex.Raw =>
    work.tx.raw('coalesce(sum(case when head.day >= ? and head.day <= ? then head.amount else 0 end), 0) as ??', [from, to, name]);
  return query
    .groupBy('head.currency')
    .select('head.currency', sum(today, today, 'today'), sum(month, end, 'month'), sum(before, beforeEnd, 'lastMonth'));
}

/**
 * Two months of documents, taken by their days first: next to the conditions of visibility an engine may rather gather
 * everything a department ever sold. The limit is no limit; it keeps the engine from putting the two together again.
 */
function documentsBetween(work: Work, definition: Definition, counted: Counted, { from, to }: { from: Day; to: Day }): Knex.QueryBuilder {
  const through = definition.visibility.by === 'company' ? undefined : definition.visibility.through;
  return work
    .tx(tableOf(definition))
    .whereNull('deleted_at')
    .whereBetween('day', [from, to])
    .whereIn('state', [...counted.states])
    .limit(Number.MAX_SAFE_INTEGER)
    .select('id', 'day', 'currency', 'owner', 'department', { amount: columnOf(counted.field) }, ...(through ? [columnOf(through)] : []))
    .as('head');
}
