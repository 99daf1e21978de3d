import type { Day, Instant } from '../kernel/days.ts';

/** Days whose numbers may stand on papers that the data knows nothing of. */
export interface UnknownDays {
  readonly from: Day;
  readonly to: Day;
}

/** How far a series would be moved on after a restore. */
export interface AdvanceProposal {
  readonly type: string;
  /** The next number as things are: what stands before and after the serial, and the serial with its least digits. */
  readonly next: { readonly head: string; readonly serial: number; readonly digits: number; readonly tail: string };
  /** How many numbers to leave out in each period of the series that has unknown days; 0 for a series that was not used lately. */
  readonly by: number;
}

/** What moving the number series on would mean. */
export interface AdvanceAnswer {
  /** The last restore: when its archive was made and when it was restored. None: only today's series are moved on. */
  readonly restore: { readonly takenAt: Instant; readonly restoredAt: Instant } | null;
  /** When series were moved on last, since that restore. */
  readonly advancedAt: Instant | null;
  readonly days: UnknownDays;
  readonly rows: readonly AdvanceProposal[];
}

/** By how many numbers series are moved on: as many as were usual, so many each, or so many by type (what is not named stays). */
export type AdvanceWish = 'usual' | number | Readonly<Record<string, number>>;

/** More than this is a slip of the keyboard. */
export const advanceMax = 100_000;
