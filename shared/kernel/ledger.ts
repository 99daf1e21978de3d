import type { NumberKind } from './fields.ts';

/**
 * A ledger holds amounts of something (an item, a customer's debt, an account's money) at places. A row is one move from a
 * place to another; balances per place are kept beside it. The sum over all places of a subject is always zero.
 */
export interface LedgerDefinition {
  readonly name: string;
  /** The type of record whose amounts it holds. */
  readonly subject: string;
  readonly unit: NumberKind;
  /** Kinds of places of the outside world (the word before the colon): they may go below zero. Every other place may not, unless a move says so. */
  readonly outside: readonly string[];
  /** Places that may go below zero because the sign means something (a customer's prepayment). */
  readonly signed?: boolean;
  /** The refusal when a place does not hold what should leave it. */
  readonly shortage: string;
  /** It says in smaller parts what another ledger holds, place by place. */
  readonly details?: Details;
  /** Needed to see its amounts. */
  readonly secret?: string;
}

/**
 * One ledger is the detail of another: for every subject that is kept in such detail, what lies at an inside place is what its
 * parts at that place add up to. Always; a move that would leave a difference is refused.
 */
export interface Details {
  /** The ledger that holds the whole. */
  readonly of: string;
  /** The link by which a subject of this ledger says which subject of the other it is a part of. */
  readonly through: string;
  /** Subjects of the other ledger are kept in detail unless this choice of theirs says so. */
  readonly unless: { readonly field: string; readonly is: string };
  /** The refusal of moves that would leave a difference. */
  readonly gap: string;
}

export const defineLedger = <const L extends LedgerDefinition>(ledger: L): L & LedgerDefinition => ledger;

/** The name of a place that is a record: `warehouse:12`. */
export const placeOf = (kind: string, id: number): string => `${kind}:${id}`;
