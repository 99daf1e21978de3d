import type { Knex } from 'knex';
import { instantOf, msOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Company, Work } from '../work.ts';
import { hashPassword, refuseWeakPassword, verifyPassword } from './passwords.ts';
import { safetyOf } from './safety.ts';
import { announceEnded, endSessions } from './sessions.ts';
import { countTry, forgetTries, unlockAccount } from './throttle.ts';

/**
 * The hash of a person's new password, worked out before the transaction that stores it: it takes long. Refuses
 * what refuseWeakPassword refuses by the company's rules, and 'access.unknownPerson' for somebody who does not work here.
 */
export async function hashNewPassword(company: Company, userId: number, password: string): Promise<string> {
  const user = (await company.store.read((tx) =>
    tx('users').where({ id: userId, employment: 'employed' }).whereNull('deleted_at').first('login', 'name'),
  )) as { login: string; name: string } | undefined;
  if (!user) throw new Refusal('access.unknownPerson', { user: userId });
  refuseWeakPassword(password, [company.code, company.name, user.login, user.name], await safetyOf(company));
  return hashPassword(password);
}

/**
 * Whether the person who sits there knows the password of the account they are in. Refuses 'password.wrong', and
 * 'access.throttled' {seconds} after too many tries.
 */
export async function refuseWrongPassword(
  company: Company,
  of: { readonly userId: number; readonly password: string; readonly address: string },
): Promise<void> {
  const knock = { login: `#${of.userId}`, device: 'change', address: of.address };
  const { waitMs, hash } = await company.store.write(async (tx) => ({
    waitMs: await countTry(tx, company.store.dialect, knock, clock.now()),
    hash: ((await tx('passwords').where({ user: of.userId }).first('hash')) as { hash: string } | undefined)?.hash ?? null,
  }));
  if (waitMs > 0) throw new Refusal('access.throttled', { seconds: Math.ceil(waitMs / 1000) });
  if (!(await verifyPassword(hash, of.password))) throw new Refusal('password.wrong', {}, [{ path: 'current', code: 'password.wrong' }]);
  await company.store.write((tx) => forgetTries(tx, knock));
}

/** Gives a person a new password, frees the account where it was throttled and ends the person's sessions, except the one named. */
export async function setPassword(
  work: Work,
  of: { readonly userId: number; readonly hash: string; readonly mustChange: boolean; readonly exceptSession?: number },
): Promise<void> {
  await storePassword(work.tx, of.userId, of.hash, of.mustChange);
  const user = (await work.tx('users').where({ id: of.userId }).first('login')) as { login: string } | undefined;
  if (user) await unlockAccount(work.tx, user.login);
  const ended = await endSessions(work.tx, { users: [of.userId], except: of.exceptSession }, 'passwordChanged', msOf(work.now));
  work.afterCommit(() => announceEnded(work.company, ended));
}

/** Stores a hash made by hashPassword: for set-up, where the person is made in the same transaction. */
export async function storePassword(tx: Knex, userId: number, hash: string, mustChange: boolean): Promise<void> {
  const row = { user: userId, hash, must_change: mustChange ? 1 : 0, changed_at: instantOf(clock.now()) };
  await tx('passwords').insert(row).onConflict('user').merge();
}
