import type { GuardLevel } from '../kernel/definition.ts';

/** When a customer's credit is looked at: when it orders, when goods are released for it, when they leave. */
export const creditMoments = ['order', 'release', 'outbound'] as const;
export type CreditMoment = (typeof creditMoments)[number];

/** What happens when a rule of the company fails. */
export const handlings = ['ignore', 'warn', 'approve', 'block'] as const;
export type Handling = 'ignore' | GuardLevel;

/** How a customer stands, in base minor units; a null limit means no limit was given. */
export interface CreditFacts {
  readonly limit: number | null;
  /** Owed, and ordered where the debt only comes with the goods. */
  readonly used: number;
  /** Days that the oldest debt is overdue, what is overdue, and how many days the company does not mind. */
  readonly overdueDays: number;
  readonly overdueAmount: number;
  readonly graceDays: number;
}

/** How each rule is handled at a moment, and how the customer stands where anybody minds. */
export interface CreditRules {
  readonly amount: Handling;
  readonly overdue: Handling;
  readonly credit: CreditFacts | null;
}
