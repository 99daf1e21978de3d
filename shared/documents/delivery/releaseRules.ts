import type { Guard, GuardRefusal } from '../../kernel/definition.ts';
import { amountRefusal, creditGuards, handled, overdueRefusal } from '../credit.ts';
import type { CreditRules } from '../creditRules.ts';
import { fact } from '../facts.ts';
import type { DepositFacts, FreeStock, ReleaseFacts } from './releaseFacts.ts';

/** Whether goods may be released: credit, money received and stock, each as strict as the company wants it. */
export const releaseGuards: readonly Guard[] = [
  ...creditGuards('release'),
  guardOf('deposit', ({ deposits, rules }) => handled(rules.deposit, first(deposits.map(depositRefusal)))),
  guardOf('stock', ({ stock, rules }) => handled(rules.stock, first(stock.map(stockRefusal)))),
];

function guardOf(rule: string, find: (facts: ReleaseFacts) => GuardRefusal | null): Guard {
  return {
    name: `release.${rule}`,
    facts: ['release'],
    override: 'delivery.override',
    asksReason: true,
    check: (_notice, facts) => find(fact(facts, 'release')),
  };
}

const first = (refusals: readonly (GuardRefusal | null)[]): GuardRefusal | null => refusals.find((refusal) => refusal !== null) ?? null;

const depositRefusal = ({ number, needed, paid }: DepositFacts): GuardRefusal | null =>
  paid >= needed ? null : { code: 'release.depositMissing', facts: { number, needed, paid } };

const stockRefusal = ({ item, wanted, free }: FreeStock): GuardRefusal | null =>
  wanted <= free ? null : { code: 'release.stockShort', facts: { item, wanted, free: Math.max(0, free) } };

/** Every reason why a line is not simply released, as the guards would say it one after the other. */
export function releaseReasons(of: { credit: CreditRules; release: ReleaseFacts }): GuardRefusal[] {
  const { amount, overdue, credit } = of.credit;
  const { deposits, stock, rules } = of.release;
  return [
    ...(credit ? [handled(amount, amountRefusal(credit, 0)), handled(overdue, overdueRefusal(credit))] : []),
    handled(rules.deposit, first(deposits.map(depositRefusal))),
    handled(rules.stock, first(stock.map(stockRefusal))),
  ].filter((refusal) => refusal !== null);
}
