import type { Facts } from '../kernel/refusal.ts';

/** A company that nobody can work in now: it is being upgraded, or has to stay as it is. */
export interface ClosedCompany {
  readonly phase: UpgradePhase | 'failed';
  /** Rows and files while the backup is made and proven, steps while the data is changed. */
  readonly done: number;
  readonly all: number;
  /** The step that was taken last. */
  readonly statement: string | null;
  /** Why it stays closed. */
  readonly refusal: { readonly code: string; readonly facts: Facts } | null;
}

/** `waiting` for another company to be ready. */
export type UpgradePhase = 'waiting' | 'archiving' | 'proving' | 'changing';
