import type { Handling } from '../creditRules.ts';

/** What of an order must be paid before it is released, in its currency: what that is, and what came in. */
export interface DepositFacts {
  readonly number: string;
  readonly needed: number;
  readonly paid: number;
}

/** Goods of a line: what is wanted, and what lies in its warehouse and is not released to somebody else. Base unit of the item, 10⁻⁶. */
export interface FreeStock {
  readonly item: string;
  readonly wanted: number;
  readonly free: number;
}

export interface ReleaseFacts {
  readonly deposits: readonly DepositFacts[];
  readonly stock: readonly FreeStock[];
  readonly rules: ReleaseRules;
}

/** How the rules of a release beside credit are handled. */
export interface ReleaseRules {
  readonly deposit: Handling;
  readonly stock: Handling;
}
