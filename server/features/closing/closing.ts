import type { ClosingAnswer } from '../../../shared/contracts/closing.ts';
import { closedThroughKey } from '../../../shared/contracts/parameters.ts';
import { type Day, endOfMonth, type Instant, monthOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';
import { lockSettings } from '../settings/companySettings.ts';
import { refuseClosedYear } from './yearClosing.ts';

const historyMax = 60;

/** How far the books are closed, who closed them, and every closing and opening there was, the latest first. */
export async function closingState(work: Work): Promise<ClosingAnswer> {
  const [now] = (await work
    .tx('settings')
    .leftJoin('users', 'users.id', 'settings.changed_by')
    .where('settings.key', closedThroughKey)
    .select('settings.value', 'settings.changed_at', 'users.name')) as { value: string; changed_at: Instant; name: string | null }[];
  const history = (await work
    .tx('closings')
    .leftJoin('users', 'users.id', 'closings.actor')
    .orderBy('closings.id', 'desc')
    .limit(historyMax)
    .select('action', { through: 'through_day' }, 'reason', 'at', { by: 'users.name' })) as ClosingAnswer['history'];
  const closedThrough = readDay(now?.value);
  const who = closedThrough === null ? { by: null, at: null } : { by: now?.name ?? null, at: now?.changed_at ?? null };
  return { closedThrough, ...who, history };
}

/**
 * Closes the books up to and with the last day of a month: from here on nothing is posted or taken back there. Refuses
 * 'closing.notMonthEnd', 'closing.monthNotOver' {month} before the month is over, 'closing.alreadyClosed' {through}.
 */
export async function closeMonth(work: Work, through: Day): Promise<void> {
  if (through !== endOfMonth(through)) throw new Refusal('closing.notMonthEnd', { day: through });
  if (through >= work.today) throw new Refusal('closing.monthNotOver', { month: monthOf(through) });
  const closed = await lockedDay(work);
  if (closed !== null && closed >= through) throw new Refusal('closing.alreadyClosed', { through: closed });
  await note(work, { action: 'close', through, reason: null });
}

/**
 * Opens months again, back to an earlier last day or altogether (null). Refuses 'closing.reasonMissing' and 'closing.notClosed' {through}
 * when that day is not before the one that is closed, 'year.isClosed' {year} while the year they belong to is closed.
 */
export async function reopenMonths(work: Work, through: Day | null, reason: string): Promise<void> {
  if (reason.trim() === '') throw new Refusal('closing.reasonMissing');
  const closed = await lockedDay(work);
  if (closed === null || (through !== null && (through >= closed || through !== endOfMonth(through)))) {
    throw new Refusal('closing.notClosed', { through: closed ?? '' });
  }
  await refuseClosedYear(work, through);
  await note(work, { action: 'reopen', through, reason: reason.trim().slice(0, 200) });
}

/** Whoever posts at this moment has read the old day; the lock makes closings wait for each other. */
async function lockedDay(work: Work): Promise<Day | null> {
  const value = (await lockSettings(work)).get(closedThroughKey)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

async function note(work: Work, of: { action: 'close' | 'reopen'; through: Day | null; reason: string | null }): Promise<void> {
  await work
    .tx('closings')
    .insert({ action: of.action, through_day: of.through, reason: of.reason, at: work.now, actor: work.actor.userId });
  await storeSettings(work, { [closedThroughKey]: of.through });
}

function readDay(value: string | undefined): Day | null {
  const day = value === undefined ? null : (JSON.parse(value) as unknown);
  return typeof day === 'string' && day !== '' ? day : null;
}
