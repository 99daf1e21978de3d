import type { BackupLine } from '../../shared/contracts/backups.ts';
import { addDays, clockTimeOf, type Day, dayOf, type Instant, instantOf, monthOf, msOf, offsetOf } from '../../shared/kernel/days.ts';

/** A backup that was made or tried. */
export interface BackupRow {
  readonly id: number;
  /** The local day it was made for. */
  readonly day: Day;
  readonly kind: BackupLine['kind'];
  /** The file's name in the backup folder. */
  readonly name: string;
  /** `misdated` was made under a clock that was ahead of its time. */
  readonly state: BackupLine['state'];
  readonly finishedAt: Instant;
}

/** A backup that failed is tried again so much later. */
export const retryMs = 30 * 60_000;

export interface Plan {
  readonly timeZone: string;
  /** The local time from which on the day's backup is due: 'HH:MM'. */
  readonly at: string;
}

/**
 * The local day whose backup is due at this moment, or null. It is a question to what was made and not an alarm: whatever was
 * missed while the server was off, the clock was turned or summer time began is due as soon as somebody asks.
 */
export function dueDay(plan: Plan, now: Instant, made: readonly BackupRow[]): Day | null {
  const day = dayOf(now, plan.timeZone);
  if (clockTimeOf(now, plan.timeZone).slice(0, 5) < plan.at) return null;
  const today = made.filter((row) => row.day === day && row.kind === 'daily');
  if (today.some((row) => row.state === 'good')) return null;
  return retryAtMs(today, now) === null ? day : null;
}

/** When what failed or was cancelled today is tried again; null when that is not to be waited for. */
function retryAtMs(today: readonly BackupRow[], now: Instant): number | null {
  const broken = today.filter((row) => row.state === 'failed' || row.state === 'cancelled').map((row) => msOf(row.finishedAt));
  const waiting = broken.filter((ms) => Math.abs(msOf(now) - ms) < retryMs);
  return waiting.length === 0 ? null : Math.max(...waiting) + retryMs;
}

/** When the next backup is due, on the company's calendar and clock; now when it is. */
export function nextDue(plan: Plan, now: Instant, made: readonly BackupRow[]): { day: Day; at: string; isDue: boolean } {
  const day = dayOf(now, plan.timeZone);
  const time = clockTimeOf(now, plan.timeZone).slice(0, 5);
  const today = made.filter((row) => row.day === day && row.kind === 'daily');
  if (today.some((row) => row.state === 'good')) return { day: addDays(day, 1), at: plan.at, isDue: false };
  if (time < plan.at) return { day, at: plan.at, isDue: false };
  const againMs = retryAtMs(today, now);
  if (againMs === null) return { day, at: time, isDue: true };
  const retry = instantOf(againMs);
  return { day: dayOf(retry, plan.timeZone), at: clockTimeOf(retry, plan.timeZone).slice(0, 5), isDue: false };
}

const lookBackDays = 30;

/** Days without any good backup, the latest first: of the last month, not before the company began, and only when they are over. */
export function missedDays(plan: Plan, now: Instant, of: { began: Day; rows: readonly BackupRow[] }): Day[] {
  const today = dayOf(now, plan.timeZone);
  const has = new Set(of.rows.filter(({ state }) => state === 'good' || state === 'removed').map(({ day }) => day));
  const days = Array.from({ length: lookBackDays }, (_, back) => addDays(today, -1 - back));
  return days.filter((day) => day > of.began && !has.has(day));
}

/** Rows of a clock that was ahead: their moment has not come yet. They must not stand for a day that is still to come. */
export const misdatedAt = (now: Instant, made: readonly BackupRow[]): readonly BackupRow[] =>
  made.filter((row) => row.state === 'good' && msOf(row.finishedAt) - msOf(now) > 60_000);

/**
 * `demo_2026-11-22_+0800.zip`, a manual one with its time: `demo_2026-11-22_+0800_153012.zip`, one made for an upgrade with the
 * release it goes to: `…_153012_before-upgrade-1.2.0.zip`; `….zip.enc` under a passphrase.
 */
export function backupName(
  code: string,
  of: { day: Day; kind: BackupRow['kind']; now: Instant; timeZone: string; isEncrypted?: boolean; version?: string },
): string {
  const time = of.kind === 'daily' ? '' : `_${clockTimeOf(of.now, of.timeZone).replaceAll(':', '')}`;
  const cause = of.kind === 'upgrade' ? `_before-upgrade-${of.version}` : '';
  return `${code}_${of.day}_${offsetOf(of.now, of.timeZone)}${time}${cause}.zip${of.isEncrypted ? '.enc' : ''}`;
}

export interface Keeping {
  /** Daily ones are kept so long; 0 keeps all. */
  readonly days: number;
  /** Older than that the first of every month stays. */
  readonly monthly: boolean;
}

/**
 * What may go by the rule. What somebody made by hand stays, and so does the newest good one, however old it is. What was kept before
 * an upgrade stays at least until there is one of a later upgrade.
 */
export function surplusOf(rows: readonly BackupRow[], today: Day, keeping: Keeping): readonly BackupRow[] {
  if (keeping.days === 0) return [];
  const daily = rows.filter((row) => row.kind === 'daily' && row.state === 'good').sort((a, b) => (a.day < b.day ? -1 : 1));
  const oldest = addDays(today, -keeping.days);
  const firstOfMonth = new Set([...Map.groupBy(daily, (row) => monthOf(row.day)).values()].map(([first]) => first));
  const upgrades = rows.filter((row) => row.kind === 'upgrade' && row.state === 'good').sort((a, b) => a.id - b.id);
  return [
    ...daily.slice(0, -1).filter((row) => row.day <= oldest && !(keeping.monthly && firstOfMonth.has(row))),
    ...upgrades.slice(0, -1).filter((row) => row.day <= oldest),
  ];
}
