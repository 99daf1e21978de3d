import type { Refusal } from '../../shared/kernel/refusal.ts';
import type { Company } from '../work.ts';

/** Which company and which of its records a refusal is about, where the one who was refused had not come in yet. */
export interface Concern {
  readonly company: Company;
  readonly type: string;
  readonly id: number;
}

const concerns = new WeakMap<Refusal, Concern>();

/** Notes for the audit what a refusal is about; no answer shows it. */
export function concerning(refusal: Refusal, concern: Concern): Refusal {
  concerns.set(refusal, concern);
  return refusal;
}

/** What was noted with `concerning`. */
export const concernOf = (refusal: Refusal): Concern | undefined => concerns.get(refusal);
