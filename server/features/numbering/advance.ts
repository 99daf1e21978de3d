import type { AdvanceAnswer, AdvanceWish, UnknownDays } from '../../../shared/contracts/numbering.ts';
import { addDays, type Day, dayOf, type Instant, startOfDay } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { rowsOf } from '../../database/rows.ts';
import { tableOf } from '../../database/tables.ts';
import { writeAudit } from '../../engine/audit.ts';
import { seriesOf } from '../../engine/numbering.ts';
import type { Work } from '../../work.ts';
import { periodsOf, proposalFor, type SeriesKnown, unknownBetween, usualDays } from './propose.ts';

/** What moving the series on would mean, after the last restore or for today. */
export async function readAdvance(work: Work): Promise<AdvanceAnswer> {
  const restore = await lastRestore(work);
  const advancedAt = await lastAdvance(work, restore?.restoredAt ?? '');
  const days = unknownDays(work, restore);
  const branch = await branchOf(work);
  // What was moved on once, and what was never restored, needs nothing; the administrator may still know better.
  const isDue = restore !== null && advancedAt === null;
  const rows = [];
  for (const definition of numbered(work)) {
    const proposal = proposalFor(await knownOf(work, definition, days), days, branch);
    rows.push(isDue ? proposal : { ...proposal, by: 0 });
  }
  return { restore, advancedAt, days, rows };
}

/** A series that was moved on, in how many periods and by how many numbers in each. */
export interface Advanced {
  readonly type: string;
  readonly periods: number;
  readonly by: number;
}

/**
 * Moves number series on, so that numbers which stand on papers the data does not know never come again: every period of the last
 * restore's unknown days, by as many numbers as wished. Each stretch left out goes on record with its reason, none meaning the restore
 * itself, and the deed into the audit trail. Gives what was moved. Refuses 'record.notFound' {type} for a type without
 * numbers.
 */
export async function advanceNumbers(
  work: Work,
  { wish, reason = null }: { wish: AdvanceWish; reason?: string | null },
): Promise<Advanced[]> {
  const unknown = unknownDays(work, await lastRestore(work));
  const branches = (await work.tx('departments').whereNotNull('code').orderBy('id').pluck('code')) as string[];
  if (typeof wish === 'object') refuseUnknown(work, wish);
  const advanced: Advanced[] = [];
  // In one order for everybody: two that move series on wait for each other and never crosswise.
  for (const definition of numbered(work).sort((a, b) => (a.type < b.type ? -1 : 1))) {
    const by = await wishedFor(work, definition, wish, unknown);
    if (by === 0) continue;
    const periods = periodsOf(await seriesOf(work, definition), unknown, branches);
    for (const period of periods) await skip(work, definition, { period, by, reason });
    advanced.push({ type: definition.type, periods: periods.length, by });
  }
  const series = Object.fromEntries(advanced.map(({ type, by }) => [type, by]));
  if (advanced.length > 0)
    await writeAudit(work, { action: 'advanceNumbers', type: 'setting', recordId: 0, changes: { ...unknown, reason, series } });
  return advanced;
}

const numbered = (work: Work): Definition[] => work.company.catalogue.definitions.filter((definition) => definition.numbering);

function refuseUnknown(work: Work, wish: Readonly<Record<string, number>>): void {
  const known = new Set(numbered(work).map(({ type }) => type));
  const type = Object.keys(wish).find((one) => !known.has(one));
  if (type !== undefined) throw new Refusal('record.notFound', { type });
}

async function wishedFor(work: Work, definition: Definition, wish: AdvanceWish, days: UnknownDays): Promise<number> {
  if (typeof wish === 'number') return wish;
  if (wish === 'usual') return proposalFor(await knownOf(work, definition, days), days, '').by;
  return wish[definition.type] ?? 0;
}

/** The row of the series is locked as by whoever draws a number, until this is committed. */
async function skip(work: Work, { type }: Definition, { period, by, reason }: { period: string; by: number; reason: string | null }) {
  const [row] = await rowsOf(work.tx, skipping, [type, period, by]);
  const last = Number(row?.last);
  await work
    .tx('skipped_numbers')
    .insert({ series: type, period, first: last - by + 1, last, reason, at: work.now, actor: work.actor.userId });
}

const skipping =
  'insert into "number_series" ("series", "period", "last") values (?, ?, ?) ' +
  'on conflict ("series", "period") do update set "last" = "number_series"."last" + excluded."last" returning "last"';

async function knownOf(work: Work, definition: Definition, days: UnknownDays): Promise<SeriesKnown> {
  const last = (await work.tx('number_series').where({ series: definition.type }).select('period', 'last')) as {
    period: string;
    last: number;
  }[];
  return {
    type: definition.type,
    pattern: await seriesOf(work, definition),
    last: new Map(last.map((row) => [row.period, row.last])),
    made: await madeByDay(work, definition, days.from),
  };
}

async function madeByDay(work: Work, definition: Definition, until: Day): Promise<Map<Day, number>> {
  const { timeZone } = work.company;
  const rows = (await work
    .tx(tableOf(definition))
    .where('created_at', '>=', startOfDay(addDays(until, 1 - usualDays), timeZone))
    .where('created_at', '<', startOfDay(addDays(until, 1), timeZone))
    .groupByRaw(hourOf)
    .select(work.tx.raw(`${hourOf} as hour`), work.tx.raw('count(*) as count'))) as { hour: string; count: number }[];
  const made = new Map<Day, number>();
  for (const { hour, count } of rows) {
    const day = dayOf(`${hour}:00:00.000Z`, timeZone);
    made.set(day, (made.get(day) ?? 0) + Number(count));
  }
  return made;
}

const hourOf = 'substr("created_at", 1, 13)';

/** The archive that the data came from last, as its restore wrote it down. */
async function lastRestore(work: Work): Promise<AdvanceAnswer['restore']> {
  const row = (await work
    .tx('audit')
    .where({ type: 'backup', record_id: 0, action: 'restore' })
    .orderBy('seq', 'desc')
    .first('at', 'changes')) as { at: Instant; changes: string } | undefined;
  if (!row) return null;
  return { takenAt: (JSON.parse(row.changes) as { takenAt: Instant }).takenAt, restoredAt: row.at };
}

async function lastAdvance(work: Work, since: Instant): Promise<Instant | null> {
  const row = (await work.tx('skipped_numbers').where('at', '>=', since).orderBy('id', 'desc').first('at')) as { at: Instant } | undefined;
  return row?.at ?? null;
}

function unknownDays(work: Work, restore: AdvanceAnswer['restore']): UnknownDays {
  if (!restore) return { from: work.today, to: work.today };
  const { timeZone } = work.company;
  return unknownBetween(dayOf(restore.takenAt, timeZone), dayOf(restore.restoredAt, timeZone));
}

async function branchOf(work: Work): Promise<string> {
  const row = (await work.tx('departments').where({ id: work.actor.departmentId }).first('code')) as { code: string | null } | undefined;
  return row?.code ?? '';
}
