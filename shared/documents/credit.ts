import type { AnyRecord, Guard, GuardRefusal } from '../kernel/definition.ts';
import type { CreditFacts, CreditMoment, Handling } from './creditRules.ts';
import { fact } from './facts.ts';

/** The fact that holds the rules of each moment. */
export const creditFactAt = { order: 'orderCredit', release: 'releaseCredit', outbound: 'outboundCredit' } as const;

/**
 * The customer's open amounts within its limit, and nothing of it overdue: two guards for a moment, each as strict as the company
 * wants it there. What was approved counts as used already; an order counts itself on top.
 */
export const creditGuards = (moment: CreditMoment): readonly Guard[] => [
  guardOf(moment, 'amount', (credit, document) => amountRefusal(credit, moment === 'order' ? Number(document.values.baseTotal ?? 0) : 0)),
  guardOf(moment, 'overdue', overdueRefusal),
];

type Find = (credit: CreditFacts, document: AnyRecord) => GuardRefusal | null;

const guardOf = (moment: CreditMoment, rule: 'amount' | 'overdue', find: Find): Guard => ({
  name: `credit.${moment}.${rule}`,
  facts: [creditFactAt[moment]],
  override: moment === 'order' ? 'credit.exceed' : 'delivery.override',
  // Who approves an order above the limit does nothing else; goods leave in spite of a rule only with a word why.
  ...(moment === 'order' ? {} : { asksReason: true }),
  check: (document, facts) => {
    const rules = fact(facts, creditFactAt[moment]);
    return rules.credit ? handled(rules[rule], find(rules.credit, document)) : null;
  },
});

/** A refusal as firm as the company handles it; null where it does not mind. */
export const handled = (handling: Handling, refusal: GuardRefusal | null): GuardRefusal | null =>
  refusal === null || handling === 'ignore' ? null : { ...refusal, level: handling };

/** An empty or zero limit means no limit. */
export function amountRefusal({ limit, used }: CreditFacts, more: number): GuardRefusal | null {
  if (limit === null || limit === 0) return null;
  const wanted = used + more;
  return wanted <= limit ? null : { code: 'credit.exceeded', facts: { limit, used, wanted } };
}

export const overdueRefusal = ({ overdueDays, overdueAmount, graceDays }: CreditFacts): GuardRefusal | null =>
  overdueDays > graceDays ? { code: 'credit.overdue', facts: { days: overdueDays, amount: overdueAmount } } : null;
