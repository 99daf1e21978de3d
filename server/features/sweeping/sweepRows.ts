import type { Knex } from 'knex';
import { addDays, type Day, dayOf, instantOf } from '../../../shared/kernel/days.ts';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';

const dayMs = 24 * 60 * 60_000;
/** A client that lost its answer asks again within hours; a week leaves room for a laptop that was asleep. */
export const idempotencyKeptMs = 7 * dayMs;
/** The history of sign-ins stays; when and how a session ended is told for so long. */
export const sessionsKeptMs = 90 * dayMs;
/** What somebody read in a day: a year and a month, to see whether they always do so at this time of the year. */
const readingDaysKept = 400;
/** After a day the tries are forgotten anyway. */
export const throttlesKeptMs = dayMs;

// Small, so that people who are saving come between.
const rowsAtOnce = 500;

/** Removes answers that are kept for a client which asks twice. Gives how many. */
export const sweepIdempotencyKeys = (company: Company, signal: AbortSignal): Promise<number> =>
  sweep(company, signal, async (tx) => {
    const before = instantOf(clock.now() - idempotencyKeptMs);
    const old = (await tx('idempotency_keys').where('at', '<', before).orderBy('at').limit(rowsAtOnce).select('actor', 'key')) as {
      actor: number;
      key: string;
    }[];
    for (const [actor, rows] of Map.groupBy(old, (row) => row.actor)) {
      const keys = rows.map(({ key }) => key);
      await tx('idempotency_keys').where({ actor }).whereIn('key', keys).delete();
    }
    return old.length;
  });

/** Removes sessions that ended, by whatever, longer ago than they are kept. Gives how many. */
export const sweepSessions = (company: Company, signal: AbortSignal): Promise<number> =>
  sweep(company, signal, async (tx) => {
    const before = instantOf(clock.now() - sessionsKeptMs);
    const old = (await tx('sessions')
      .where((where) => where.where('ended_at', '<', before).orWhere('expires_at', '<', before))
      .orderBy('id')
      .limit(rowsAtOnce)
      .pluck('id')) as number[];
    if (old.length > 0) {
      await tx('sessions').whereIn('id', old).delete();
      await tx('viewings').whereIn('session', old).delete();
    }
    return old.length;
  });

/** Removes tries at signing in that count no more. Gives how many. */
export const sweepThrottles = (company: Company, signal: AbortSignal): Promise<number> =>
  sweep(company, signal, async (tx) => {
    const nowMs = clock.now();
    const old = (await tx('throttles')
      .where('at', '<', instantOf(nowMs - throttlesKeptMs))
      .where((where) => where.whereNull('until_at').orWhere('until_at', '<', instantOf(nowMs)))
      .orderBy('key')
      .limit(rowsAtOnce)
      .pluck('key')) as string[];
    if (old.length > 0) await tx('throttles').whereIn('key', old).delete();
    return old.length;
  });

/** Removes counts of days long past of what people opened and took out. Gives how many. */
export const sweepReadings = (company: Company, signal: AbortSignal): Promise<number> =>
  sweep(company, signal, async (tx) => {
    const before = addDays(dayOf(instantOf(clock.now()), company.timeZone), -readingDaysKept);
    const old = (await tx('readings').where('day', '<', before).orderBy('day').limit(rowsAtOnce).select('user', 'day')) as {
      user: number;
      day: Day;
    }[];
    for (const [day, rows] of Map.groupBy(old, (row) => row.day)) {
      const users = rows.map(({ user }) => user);
      await tx('readings').where({ day }).whereIn('user', users).delete();
    }
    return old.length;
  });

/** Removes so many rows in a transaction of their own, and the next, until nothing is left or the server stops. */
async function sweep(company: Company, signal: AbortSignal, removeSome: (tx: Knex) => Promise<number>): Promise<number> {
  let gone = 0;
  for (;;) {
    const removed = await company.store.write(removeSome);
    gone += removed;
    if (removed < rowsAtOnce || signal.aborted) return gone;
  }
}
