import type { CreditFacts, CreditMoment, CreditRules, Handling } from '../../../shared/documents/creditRules.ts';
import { daysBetween } from '../../../shared/kernel/days.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { creditOf, inBase } from '../trade/credit.ts';
import { openItemsOf } from '../trade/openItems.ts';

/** How strictly the company keeps a customer's credit at a moment, and how the customer stands where that is asked. */
export async function creditRulesOf(work: Work, customer: number, moment: CreditMoment): Promise<CreditRules> {
  const handlingOf = (rule: string): Promise<Handling> => parameterOf<Handling>(work, `parameter.credit.${moment}.${rule}`);
  const [amount, overdue] = [await handlingOf('amount'), await handlingOf('overdue')];
  if (amount === 'ignore' && overdue === 'ignore') return { amount, overdue, credit: null };
  return { amount, overdue, credit: await creditFactsOf(work, customer, overdue !== 'ignore') };
}

/** A customer's limit, what is used of it and what is overdue. */
async function creditFactsOf(work: Work, customer: number, asksOverdue: boolean): Promise<CreditFacts> {
  const items = asksOverdue ? await openItemsOf(work, [customer]) : [];
  const late = items.filter((item) => item.open > 0 && item.dueOn < work.today);
  const sums = new Map<number, number>();
  for (const item of late) sums.set(item.currency, (sums.get(item.currency) ?? 0) + item.open);
  return {
    ...(await creditOf(work, customer)),
    overdueDays: Math.max(0, ...late.map((item) => daysBetween(item.dueOn, work.today))),
    overdueAmount: await inBase(work, sums),
    graceDays: await parameterOf<number>(work, 'parameter.credit.graceDays'),
  };
}
