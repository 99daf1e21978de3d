import type { Operation, Scope } from '../kernel/definition.ts';
import type { PersonSeen } from './explaining.ts';

/** A change of rights that is not made yet. */
export type RightsChange =
  | { readonly kind: 'position'; readonly id: number; readonly position: PositionContent }
  | {
      readonly kind: 'user';
      readonly id: number;
      readonly department?: number | undefined;
      readonly positions?: readonly number[] | undefined;
    }
  | { readonly kind: 'department'; readonly id: number; readonly parent: number | null };

export interface PositionContent {
  readonly administrator: boolean;
  readonly grants: readonly { readonly type: string; readonly operation: Operation; readonly scope: Scope }[];
  readonly special: readonly string[];
  readonly fieldRights: readonly { readonly type: string; readonly field: string; readonly access: 'hidden' | 'readOnly' }[];
}

/** What one person would gain and lose. */
export interface PersonChange {
  readonly person: PersonSeen;
  readonly rights: readonly { readonly type: string; readonly operation: Operation; readonly before: Scope; readonly after: Scope }[];
  readonly special: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  readonly fields: readonly { readonly type: string; readonly path: string; readonly before: FieldAccess; readonly after: FieldAccess }[];
  /** How many records of a type they see now and would see; null where too many people are concerned to count for each. */
  readonly seen: readonly { readonly type: string; readonly before: number; readonly after: number }[] | null;
}

type FieldAccess = 'write' | 'readOnly' | 'hidden';

export interface WhatIfAnswer {
  readonly people: readonly PersonChange[];
  /** How many people it would change something for; those named are the first of them. */
  readonly count: number;
}

type Admission = 'allow' | 'limit' | 'refuse';

/** Who would be let in otherwise by other address rules, from where they came in during the last days. */
export interface DoorsWhatIf {
  readonly rows: readonly {
    readonly person: PersonSeen;
    readonly address: string;
    readonly before: Admission;
    readonly after: Admission;
  }[];
}
