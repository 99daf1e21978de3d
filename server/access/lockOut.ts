import type { Knex } from 'knex';
import type { LockedLine } from '../../shared/contracts/signIns.ts';
import { type Instant, instantOf, msOf } from '../../shared/kernel/days.ts';
import type { Dialect } from '../database/store.ts';
import type { Safety } from './safety.ts';
import { accountPrefix, digestOf, isThisMachine, type Knock, lockPrefix, lockRow, restOf, secondStepLogin, storeRow } from './throttle.ts';

type Rule = Pick<Safety, 'lockAfter' | 'lockMinutes'>;

const forgottenAfterMs = 24 * 3_600_000;

/**
 * For how long an account is locked after too many wrong passwords, in milliseconds; 0 when it is not. It is locked for everybody and
 * from everywhere except the machine of the server itself, where somebody must always be able to put things right. A login that
 * nobody has is locked as well, so that it cannot be told from one that somebody has.
 */
export async function lockedFor(tx: Knex, dialect: Dialect, knock: Knock, nowMs: number, { lockAfter }: Rule): Promise<number> {
  if (lockAfter === 0 || isThisMachine(knock.address)) return 0;
  return restOf(await lockRow(tx, dialect, keyOf(knock.login), nowMs), nowMs);
}

/** Counts a try towards the lock, before its password is looked at; one that succeeds takes all of them back. */
export async function countTowardsLock(tx: Knex, dialect: Dialect, knock: Knock, nowMs: number, rule: Rule): Promise<void> {
  if (rule.lockAfter === 0 || isThisMachine(knock.address)) return;
  const key = keyOf(knock.login);
  const row = await lockRow(tx, dialect, key, nowMs);
  const isOver = row.until_at !== null || nowMs - msOf(row.at) > forgottenAfterMs;
  const failures = (isOver ? 0 : row.failures) + 1;
  const until = failures >= rule.lockAfter ? instantOf(nowMs + rule.lockMinutes * 60_000) : null;
  await storeRow(tx, key, { failures, at: instantOf(nowMs), until_at: until });
}

/** The accounts of people that nobody can come in with now, by name; who has two reasons is told once. */
export async function lockedAccounts(tx: Knex, nowMs: number): Promise<LockedLine[]> {
  const rows = (await tx('throttles')
    .where('until_at', '>', instantOf(nowMs))
    .where((where) => where.where('key', 'like', `${lockPrefix}%`).orWhere('key', 'like', `${accountPrefix}%`))
    .orderBy('key', 'desc')
    .limit(2000)
    .select('key', 'failures', 'until_at')) as { key: string; failures: number; until_at: Instant }[];
  if (rows.length === 0) return [];
  const people = (await tx('users').whereNull('deleted_at').orderBy('name').select('id', 'name', 'login')) as {
    id: number;
    name: string;
    login: string;
  }[];
  // Only the digest of a login is kept, so the people are looked through for it. Locks come before waits.
  const byLogin = new Map(rows.toReversed().map((row) => [row.key.split(':')[1] ?? '', row]));
  for (const row of rows) if (row.key.startsWith(lockPrefix)) byLogin.set(row.key.split(':')[1] ?? '', row);
  return people.flatMap(({ id, name, login }): LockedLine[] => {
    const row = byLogin.get(digestOf(login)) ?? byLogin.get(digestOf(secondStepLogin(login)));
    const kind = row?.key.startsWith(lockPrefix) ? 'locked' : 'throttled';
    return row ? [{ user: id, userName: name, login, kind, failures: row.failures, until: row.until_at }] : [];
  });
}

const keyOf = (login: string): string => `${lockPrefix}${digestOf(login)}`;
