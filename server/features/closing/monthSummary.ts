import type { MonthSummaryAnswer } from '../../../shared/contracts/closing.ts';
import { endOfMonth, startOfMonth } from '../../../shared/kernel/days.ts';
import { restrict } from '../../access/visibility.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from '../trade/currencies.ts';

/**
 * What every account held, took in and gave out in a month ('YYYY-MM'), and what the money was for. What was taken back counts
 * as not having been. Amounts in minor units of each account's currency; accounts that the actor may not see are left out.
 */
export async function monthSummary(work: Work, month: string): Promise<MonthSummaryAnswer> {
  const from = startOfMonth(`${month}-01`);
  const to = endOfMonth(from);
  const exchange = await exchangeOf(work);
  const query = work
    .tx('accounts')
    .orderBy(['accounts.code', 'accounts.id'])
    .limit(500)
    .select('accounts.id', 'accounts.name', 'accounts.currency');
  restrict(work, work.company.catalogue.get('account'), query, 'read');
  const accounts = (await query) as { id: number; name: string; currency: number | null }[];
  const flows = await flowsOf(work, to);
  const currencyOf = (currency: number | null): number => exchange.of(currency).id;
  const rows = accounts.map(({ id, name, currency }) => {
    const own = flows.filter((flow) => flow.subject === id);
    const sum = (of: readonly Flow[], side: 'income' | 'expense'): number => of.reduce((all, flow) => all + flow[side], 0);
    const [before, within] = [own.filter((flow) => flow.day < from), own.filter((flow) => flow.day >= from)];
    const opening = sum(before, 'income') - sum(before, 'expense');
    const [income, expense] = [sum(within, 'income'), sum(within, 'expense')];
    return { account: id, name, currency: currencyOf(currency), opening, income, expense, closing: opening + income - expense };
  });
  const byKind = new Map<string, { kind: string; currency: number; amount: number }>();
  for (const { id, currency } of accounts) {
    for (const flow of flows.filter(({ subject, day }) => subject === id && day >= from)) {
      const key = `${flow.kind}:${currencyOf(currency)}`;
      const known = byKind.get(key) ?? { kind: flow.kind, currency: currencyOf(currency), amount: 0 };
      byKind.set(key, { ...known, amount: known.amount + flow.income - flow.expense });
    }
  }
  return { accounts: rows, kinds: [...byKind.values()].filter(({ amount }) => amount !== 0) };
}

interface Flow {
  readonly subject: number;
  readonly day: string;
  readonly kind: string;
  readonly income: number;
  readonly expense: number;
}

/** Summed by the database: a month before the first of the one asked for, its days one by one. */
async function flowsOf(work: Work, to: string): Promise<Flow[]> {
  const from = startOfMonth(to);
  const moved = (side: string, other: string) =>
    work.tx.raw(
      `sum(case when mirror_of is null and ${side} = 'held' then amount when mirror_of is not null and ${other} = 'held' then -amount else 0 end)`,
    );
  const kind = `case when from_place = 'held' then to_place else from_place end`;
  const day = `case when day < ? then '' else day end`;
  const rows = (await work
    .tx('moves')
    .where({ ledger: 'cash' })
    .where('day', '<=', to)
    .groupByRaw(`subject, 2, 3`)
    .select('subject', work.tx.raw(`${day} as at`, [from]), work.tx.raw(`${kind} as kind`))
    .select({ income: moved('to_place', 'from_place'), expense: moved('from_place', 'to_place') })) as (Omit<Flow, 'day'> & {
    at: string;
  })[];
  return rows.map(({ at, ...flow }) => ({ ...flow, day: at }));
}
