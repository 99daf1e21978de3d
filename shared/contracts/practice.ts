import type { Instant } from '../kernel/days.ts';
import type { BackupRefusal, BackupRunning } from './backups.ts';

/** A company's copy to practise in. */
export interface PracticeAnswer {
  /** The copy there is. */
  readonly practice: { readonly code: string; readonly name: string; readonly at: Instant } | null;
  /** How far the copying is, or what else is being done with the company's data. */
  readonly running: BackupRunning | null;
  /** Why the last copying did not come about. */
  readonly failed: BackupRefusal | null;
  /** The company asked is such a copy itself. */
  readonly isPractice: boolean;
}
