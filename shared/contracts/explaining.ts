import type { Day } from '../kernel/days.ts';
import type { Operation, Scope } from '../kernel/definition.ts';

/** Why a record is reached; each is enough by itself. */
export const groundKinds = ['company', 'branch', 'through', 'all', 'owner', 'department', 'departmentTree', 'share'] as const;
export type GroundKind = (typeof groundKinds)[number];

/** What is missing where an operation is not allowed. */
export const lackings = ['grant', 'reach', 'unread', 'internal'] as const;
export type Lacking = (typeof lackings)[number];

export interface GroundWhy {
  readonly kind: GroundKind;
  /** Who shared it, or the department that counts. */
  readonly name?: string;
  /** The last day of a share that ends. */
  readonly until?: Day;
  /** The record above, through which this one is reached, and why that one is. */
  readonly above?: { readonly type: string; readonly id: number; readonly title: string; readonly grounds: readonly GroundWhy[] };
}

/** A position the person holds, and how far it lets an operation reach. */
export interface PositionWhy {
  readonly id: number;
  readonly name: string;
  readonly scope: Scope;
  /** Whether this position’s reach would be enough by itself. */
  readonly isEnough: boolean;
}

export interface OperationWhy {
  readonly operation: Operation;
  readonly isAllowed: boolean;
  readonly positions: readonly PositionWhy[];
  readonly grounds: readonly GroundWhy[];
  readonly lacking: Lacking | null;
}

export interface StepWhy {
  readonly step: string;
  readonly operation: Operation;
  readonly isAllowed: boolean;
  readonly lacking: 'operation' | 'state' | 'fourEyes' | null;
}

/** A field that is kept from the person, or that they may only read by a rule of their positions. */
export interface FieldWhy {
  readonly path: string;
  readonly access: 'hidden' | 'readOnly';
  readonly because: 'secret' | 'position' | 'assigners';
  /** The special right that would show it. */
  readonly right?: string;
}

/** Why a person can or cannot do what with one record. */
export interface WhyAnswer {
  readonly person: PersonSeen;
  readonly owner: string | null;
  readonly department: string | null;
  readonly operations: readonly OperationWhy[];
  readonly steps: readonly StepWhy[];
  readonly fields: readonly FieldWhy[];
  /** Where the person came in from last, and what the address rules say of that place now. */
  readonly door: { readonly address: string; readonly admission: 'allow' | 'limit' | 'refuse' } | null;
}

export interface PersonSeen {
  readonly id: number;
  readonly name: string;
  readonly department: string;
}

/** One who can see a record: why, and whether they may change it too. */
export interface SeerLine extends PersonSeen {
  readonly grounds: readonly GroundWhy[];
  readonly mayChange: boolean;
}

export interface SeersAnswer {
  readonly rows: readonly SeerLine[];
  readonly next: number | null;
}

/** Everything a person may do, with the positions that let them. */
export interface PersonRights {
  readonly person: PersonSeen;
  readonly administrator: boolean;
  readonly positions: readonly { readonly id: number; readonly name: string }[];
  readonly types: readonly {
    readonly type: string;
    readonly operations: readonly { readonly operation: Operation; readonly scope: Scope; readonly positions: readonly number[] }[];
  }[];
  readonly special: readonly { readonly right: string; readonly positions: readonly number[] }[];
  readonly fields: readonly (FieldWhy & { readonly type: string })[];
}
