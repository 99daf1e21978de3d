import type { CreditFacts, CreditMoment, CreditRules, Handling } from '../../../shared/documents/creditRules.ts';
import { daysBetween } from '../../../shared/kernel/days.ts';
import type { Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { creditsOf, inBase } from '../trade/credit.ts';
import { openItemsOf } from '../trade/openItems.ts';

/** How strictly the company keeps a customer's credit at a moment, and how the customer stands where that is asked. */
export async function creditRulesOf(work: Work, customer: number, moment: CreditMoment): Promise<CreditRules> {
  const { rules, credits } = await creditRulesFor(work, [customer], moment);
  return { ...rules, credit: credits.get(customer) ?? null };
}

interface RulesOfMany {
  readonly rules: Omit<CreditRules, 'credit'>;
  /** Empty where the company does not ask. */
  readonly credits: ReadonlyMap<number, CreditFacts>;
}

/** The same for many customers, in few questions. */
export async function creditRulesFor(work: Work, customers: readonly number[], moment: CreditMoment): Promise<RulesOfMany> {
  const handlingOf = (rule: string): Promise<Handling> => parameterOf<Handling>(work, `parameter.credit.${moment}.${rule}`);
  const rules = { amount: await handlingOf('amount'), overdue: await handlingOf('overdue') };
  if (rules.amount === 'ignore' && rules.overdue === 'ignore') return { rules, credits: new Map() };
  return { rules, credits: await creditFactsOf(work, customers, rules.overdue !== 'ignore') };
}

/** Each customer's limit, what is used of it and what is overdue. */
async function creditFactsOf(work: Work, customers: readonly number[], asksOverdue: boolean): Promise<Map<number, CreditFacts>> {
  const items = asksOverdue ? await openItemsOf(work, customers) : [];
  const late = Map.groupBy(
    items.filter((item) => item.open > 0 && item.dueOn < work.today),
    ({ customer }) => customer,
  );
  const graceDays = await parameterOf<number>(work, 'parameter.credit.graceDays');
  const facts = new Map<number, CreditFacts>();
  for (const [customer, credit] of await creditsOf(work, customers)) {
    const own = late.get(customer) ?? [];
    const sums = new Map<number, number>();
    for (const item of own) sums.set(item.currency, (sums.get(item.currency) ?? 0) + item.open);
    const overdueDays = Math.max(0, ...own.map((item) => daysBetween(item.dueOn, work.today)));
    facts.set(customer, { ...credit, overdueDays, overdueAmount: await inBase(work, sums), graceDays });
  }
  return facts;
}
