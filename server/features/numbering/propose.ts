import { type AdvanceProposal, advanceMax, type UnknownDays } from '../../../shared/contracts/numbering.ts';
import { addDays, type Day, daysBetween } from '../../../shared/kernel/days.ts';
import { readSeries } from '../../engine/numbering.ts';

/** What is known of a type's series, from the database or from an archive of it. */
export interface SeriesKnown {
  readonly type: string;
  /** The rule its numbers follow. */
  readonly pattern: string;
  /** The last serial that was drawn, by period. */
  readonly last: ReadonlyMap<string, number>;
  /** How many records were made, by day. */
  readonly made: ReadonlyMap<Day, number>;
}

/** So many days before the unknown ones tell what is usual. */
export const usualDays = 30;

/**
 * Proposes how many numbers of a series to leave out: as many as the busiest stretch of the last 30 days took that is as long as the
 * unknown days, because a number left out costs nothing and one that comes twice costs a dispute. `branch` is the department's code
 * of whoever looks, for rules that have one.
 */
export function proposalFor(known: SeriesKnown, days: UnknownDays, branch: string): AdvanceProposal {
  const { period, serialDigits } = readSeries(known.pattern, days.to, branch);
  const [head = '', tail = ''] = period.split('#');
  const next = { head, serial: (known.last.get(period) ?? 0) + 1, digits: serialDigits, tail };
  const longest = Math.max(...daysByPeriod(known.pattern, days).values());
  return { type: known.type, next, by: usualIn(longest, known.made, days.from) };
}

/** The periods that the rule gives to the unknown days, for every department where the rule has one, in order. */
export function periodsOf(pattern: string, days: UnknownDays, branches: readonly string[]): string[] {
  const named = pattern.includes('{branch}') ? ['', ...branches] : [''];
  return [...new Set(named.flatMap((branch) => [...daysByPeriod(pattern, days, branch).keys()]))].sort();
}

function daysByPeriod(pattern: string, { from, to }: UnknownDays, branch = ''): Map<string, number> {
  const periods = new Map<string, number>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const { period } = readSeries(pattern, day, branch);
    periods.set(period, (periods.get(period) ?? 0) + 1);
  }
  return periods;
}

/** How many were made in the busiest so many days of those that end with the first unknown one; never less than the average asks for. */
function usualIn(length: number, made: ReadonlyMap<Day, number>, from: Day): number {
  const counts = Array.from({ length: usualDays }, (_, back) => made.get(addDays(from, -back)) ?? 0);
  const sum = (some: readonly number[]): number => some.reduce((total, count) => total + count, 0);
  const average = Math.ceil((sum(counts) * length) / usualDays);
  const stretches = counts.map((_, start) => sum(counts.slice(start, start + length)));
  return Math.min(advanceMax, Math.max(average, ...stretches));
}

/** The days between the moment of an archive and another, both included. */
export const unknownBetween = (taken: Day, until: Day): UnknownDays =>
  daysBetween(taken, until) < 0 ? { from: until, to: until } : { from: taken, to: until };
