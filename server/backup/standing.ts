import {
  type BackupLine,
  type BackupPlan,
  type BackupStanding,
  type BackupWarning,
  backupFreshMs,
} from '../../shared/contracts/backups.ts';
import { type Instant, msOf } from '../../shared/kernel/days.ts';

const hourMs = 60 * 60_000;

/** What is known of a company's backups. */
export interface Known {
  readonly now: Instant;
  /** When the company began: before its first day is over nothing is missing. */
  readonly began: Instant;
  /** The newest that was proven, and the last that was made or tried. */
  readonly newest: BackupLine | null;
  readonly last: BackupLine | null;
  readonly plan: BackupPlan;
  /** The folder to which every backup is copied. */
  readonly second: string | null;
  /** When something was last copied to another place. */
  readonly awayAt: Instant | null;
}

/**
 * The sign that stands for all of it: red when no good backup is younger than 26 hours, when the last try failed, when the newest
 * file has gone or could not be copied to the second folder; yellow when nothing left the house for too long.
 */
export function standingOf(known: Known): BackupStanding {
  const warnings = [...warningsOf(known), ...awayOf(known)];
  const isRed = warnings.some(({ kind }) => kind !== 'notAway');
  if (isRed) return { signal: 'red', warnings };
  if (known.newest === null) return { signal: 'waiting', warnings };
  return { signal: warnings.length > 0 ? 'yellow' : 'green', warnings };
}

function warningsOf({ now, began, newest, last, second }: Known): BackupWarning[] {
  const isOld = (instant: Instant): boolean => msOf(now) - msOf(instant) > backupFreshMs;
  const warnings: BackupWarning[] = [];
  if (last?.state === 'failed' && last.refusal) warnings.push({ kind: 'failed', at: last.finishedAt, refusal: last.refusal });
  if (newest === null && isOld(began)) warnings.push({ kind: 'none' });
  if (newest && isOld(newest.finishedAt)) warnings.push({ kind: 'old', finishedAt: newest.finishedAt });
  if (newest && !newest.isThere) warnings.push({ kind: 'gone', name: newest.name });
  const copy = newest?.copies.find(({ target, place }) => target === 'second' && place === second);
  if (copy?.state === 'failed' && copy.refusal) warnings.push({ kind: 'copyFailed', at: copy.at, refusal: copy.refusal });
  return warnings;
}

function awayOf({ now, began, plan, awayAt }: Known): BackupWarning[] {
  const days = Math.floor((msOf(now) - msOf(awayAt ?? began)) / (24 * hourMs));
  return plan.remindDays > 0 && days >= plan.remindDays ? [{ kind: 'notAway', days: awayAt === null ? null : days }] : [];
}
