import type { ReadingAnswer } from '../../../shared/contracts/reading.ts';
import { addDays, type Day } from '../../../shared/kernel/days.ts';
import { tellPeople } from '../../access/notices.ts';
import { administratorsHere } from '../../access/people.ts';
import { systemActor } from '../../access/rights.ts';
import { look, transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';
import { parameterOf } from '../settings/companySettings.ts';
import { writeReadings } from './noteReading.ts';

interface StoredReading {
  readonly user: number;
  readonly day: Day;
  readonly opened: number;
  readonly at_night: number;
  readonly exported: number;
  readonly told_at: string | null;
}

const usualDays = 20;
const shownDays = 60;

/** How much a person read lately, day by day, and what is usual for them. */
export async function readingOf(work: Work, user: number): Promise<ReadingAnswer> {
  const rows = (await work.tx('readings').where({ user }).orderBy('day', 'desc').limit(shownDays)) as StoredReading[];
  return {
    rows: rows.map(({ day, opened, at_night: atNight, exported, told_at: toldAt }) => ({ day, opened, atNight, exported, toldAt })),
    usual: await usualFor(work, user),
  };
}

/**
 * Tells the administrators, once a day of each person, of whoever reads or takes out far more than they usually do, or reads at
 * night. Gives how many people that were.
 */
export async function tellUnusualReading(company: Company): Promise<number> {
  await writeReadings(company);
  const system = systemActor(company);
  if ((await look(company, system, unusualLately)).length === 0) return 0;
  return transact(company, system, async (work) => {
    const unusual = await unusualLately(work);
    for (const reader of unusual) await tell(work, reader);
    return unusual.length;
  });
}

type Unusual = StoredReading & { readonly name: string; readonly usual: number };

/** Yesterday counts too: what was opened just before midnight is written down just after. */
async function unusualLately(work: Work): Promise<Unusual[]> {
  const limits = await limitsOf(work);
  const rows = (await work
    .tx('readings')
    .join('users', 'users.id', 'readings.user')
    .where('readings.day', '>=', addDays(work.today, -1))
    .whereNull('readings.told_at')
    .orderBy(['readings.user', 'readings.day'])
    .select('readings.*', 'users.name', 'users.left_on')) as (StoredReading & { name: string; left_on: Day | null })[];
  const found: Unusual[] = [];
  for (const row of rows) {
    const usual = await usualFor(work, row.user, row.day);
    if (isUnusual(row, usual, { ...limits, isLeaving: Boolean(row.left_on) })) found.push({ ...row, usual: usual.opened });
  }
  return found;
}

interface Limits {
  readonly times: number;
  readonly opened: number;
  readonly exported: number;
  readonly leaving: number;
  readonly night: number;
}

const limitsOf = async (work: Work): Promise<Limits> => ({
  times: await parameterOf<number>(work, 'parameter.readingTimes'),
  opened: await parameterOf<number>(work, 'parameter.readingFloor'),
  exported: await parameterOf<number>(work, 'parameter.readingExportFloor'),
  leaving: await parameterOf<number>(work, 'parameter.readingFloorLeaving'),
  night: await parameterOf<number>(work, 'parameter.readingNight'),
});

function isUnusual(row: StoredReading, usual: ReadingAnswer['usual'], of: Limits & { isLeaving: boolean }): boolean {
  if (of.night > 0 && row.at_night > of.night) return true;
  if (of.times === 0) return false;
  const most = (floor: number, ordinary: number) => Math.max(of.isLeaving ? Math.min(floor, of.leaving) : floor, of.times * ordinary);
  return row.opened > most(of.opened, usual.opened) || row.exported > most(of.exported, usual.exported);
}

/** The median of the last days on which they read anything, before the day that is judged. */
async function usualFor(work: Work, user: number, before: Day = work.today): Promise<ReadingAnswer['usual']> {
  const rows = (await work
    .tx('readings')
    .where({ user })
    .where('day', '<', before)
    .orderBy('day', 'desc')
    .limit(usualDays)
    .select('opened', 'exported')) as Pick<StoredReading, 'opened' | 'exported'>[];
  return { opened: medianOf(rows.map(({ opened }) => opened)), exported: medianOf(rows.map(({ exported }) => exported)) };
}

function medianOf(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function tell(work: Work, { user, day, name, opened, at_night: atNight, exported, usual }: Unusual): Promise<void> {
  await work.tx('readings').where({ user, day }).update({ told_at: work.now });
  const others = (await administratorsHere(work.tx)).filter((administrator) => administrator !== user);
  const facts = { name, day, opened, atNight, exported, usual };
  await tellPeople(work.tx, others, { at: work.now, code: 'notice.unusualReading', facts, about: { type: 'user', id: user } });
}
