import type { Knex } from 'knex';
import type { SecondStep } from '../../shared/contracts/secondStep.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Company } from '../work.ts';
import { type CaptchaAnswer, refuseWithoutCaptcha } from './captcha.ts';
import { concerning } from './concern.ts';
import { announceDoor, enteringWith, hasWaited, passDoor, provenBy, type ShownKey } from './devices/signingIn.ts';
import { noteSignIn } from './history.ts';
import { countTowardsLock, lockedFor } from './lockOut.ts';
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts';
import { type Safety, safetyOf } from './safety.ts';
import { beginStep, demandOn } from './secondStep/demand.ts';
import { announceEnded, endSessions, openSession } from './sessions.ts';
import { countTry, forgetTries, type Knock } from './throttle.ts';

export interface Attempt {
  readonly login: string;
  readonly password: string;
  readonly address: string;
  readonly device?: string;
  readonly userAgent?: string;
  readonly captcha?: CaptchaAnswer;
  /** The key of the device it is tried at. */
  readonly key?: ShownKey;
}

/** A session was opened, or the password was right and a second step is asked for. */
export type Admission = SignedIn | { readonly second: SecondStep };

/**
 * Opens a session for a person of this company, or a ticket for the second step where one is asked for. Refuses 'captcha.needed' and 'captcha.wrong' where a picture must be read first,
 * 'access.locked' {minutes} and 'access.throttled' {seconds} after too many failures, and 'access.badPassword' for anything else
 * that is wrong: an unknown login, a wrong password and somebody who has left answer alike and take as long; with the right password
 * also 'access.addressRefused' and what the device is turned away with (see lookAtDevice). Every attempt is written into the history.
 */
export async function signIn(company: Company, attempt: Attempt): Promise<Admission> {
  const login = attempt.login.normalize('NFKC').trim();
  const knock = { login, device: attempt.device ?? '', address: attempt.address };
  const safety = await safetyOf(company);
  const proven = await provenBy(company, attempt.key);
  if (!(await hasWaited(company, proven, attempt.key))) await refuseUnreadCaptcha(company, safety, knock, attempt);
  const { found, refusal } = await company.store.write(async (tx) => {
    const person = await findPerson(tx, login);
    const held = await heldUp(tx, company, knock, safety);
    if (held) await noteSignIn(tx, { ...attempt, login, user: person?.id, result: held.result });
    return { found: person, refusal: held?.refusal };
  });
  const whom = { company, type: 'user', id: found?.id ?? 0 };
  if (refusal) throw concerning(refusal, whom);

  const isRight = await verifyPassword(found?.hash ?? null, attempt.password);
  const better = isRight && found?.hash && needsRehash(found.hash) ? await hashPassword(attempt.password) : null;
  const entering = isRight && found ? await enteringWith(company, found.id, attempt, proven) : null;
  const session = await company.store.write(async (tx) => {
    // While the hash was worked out the person may have left or been given another password.
    const now = isRight ? await findPerson(tx, login) : null;
    if (!found || !entering || !now || now.hash !== found.hash) {
      await noteSignIn(tx, { ...attempt, login, ...(found ? { user: found.id, result: 'refused' } : await strangerNamed(tx, login)) });
      return null;
    }
    await forgetTries(tx, knock);
    const door = await passDoor(tx, entering);
    const device = door.device?.name ?? attempt.device;
    const entry = { ...attempt, ...(device === undefined ? {} : { device }), login, user: found.id };
    if (door.result !== 'signedIn') {
      await noteSignIn(tx, { ...entry, result: door.result });
      return door;
    }
    if (better) await tx('passwords').where({ user: found.id }).update({ hash: better });
    const knownDevice = door.device?.id;
    const demand = await demandOn(tx, safety, found.id);
    if (demand === 'step') return { ...door, second: await beginStep(tx, company, { ...entry, knownDevice }) };
    const opened = await openSession(tx, company.code, { ...entry, knownDevice, isSecondStepDue: demand === 'setUp' }, clock.now());
    await noteSignIn(tx, { ...entry, result: 'signedIn', session: opened.sessionId });
    return { ...door, opened };
  });
  if (session) announceDoor(company, session);
  // Only whoever knows the password hears that it is the address or the device.
  if (session?.refusal) throw concerning(session.refusal, whom);
  if (session && 'second' in session) return { second: session.second };
  if (!session || !('opened' in session) || !found) throw concerning(new Refusal('access.badPassword'), whom);
  return { ...session.opened, userId: found.id, knownDevice: session.device?.id };
}

export interface SignedIn {
  readonly token: string;
  readonly sessionId: number;
  readonly userId: number;
  readonly knownDevice: number | undefined;
}

async function refuseUnreadCaptcha(company: Company, safety: Safety, knock: Knock, attempt: Attempt): Promise<void> {
  try {
    await refuseWithoutCaptcha(company, safety, knock, attempt.captcha);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code !== 'captcha.wrong') throw refusal;
    const whom = await company.store.write(async (tx) => {
      const person = await findPerson(tx, knock.login);
      await noteSignIn(tx, { ...attempt, login: knock.login, user: person?.id, result: 'captcha' });
      return person?.id ?? 0;
    });
    throw concerning(refusal, { company, type: 'user', id: whom });
  }
}

/** Counts the try, unless the account is locked or has to wait: then why it goes no further. */
export async function heldUp(
  tx: Knex,
  company: Company,
  knock: Knock,
  safety: Safety,
): Promise<{ result: 'locked' | 'throttled'; refusal: Refusal } | null> {
  const { dialect } = company.store;
  const nowMs = clock.now();
  const lockedMs = await lockedFor(tx, dialect, knock, nowMs, safety);
  if (lockedMs > 0) return { result: 'locked', refusal: new Refusal('access.locked', { minutes: Math.ceil(lockedMs / 60_000) }) };
  const waitMs = await countTry(tx, dialect, knock, nowMs);
  if (waitMs > 0) return { result: 'throttled', refusal: new Refusal('access.throttled', { seconds: Math.ceil(waitMs / 1000) }) };
  await countTowardsLock(tx, dialect, knock, nowMs, safety);
  return null;
}

/** Ends one session: the own one at signing out, or any one by whoever keeps the sessions. Gives whether it was alive. */
export async function endSession(company: Company, sessionId: number, reason: 'signedOut' | 'revoked', userId?: number): Promise<boolean> {
  const ended = await company.store.write((tx) =>
    endSessions(tx, { id: sessionId, ...(userId === undefined ? {} : { users: [userId] }) }, reason, clock.now()),
  );
  announceEnded(company, ended);
  return ended.length > 0;
}

interface FoundPerson {
  id: number;
  hash: string | null;
}

/** Who it is whom nobody who works here is called: somebody who has left, or nobody at all. */
async function strangerNamed(tx: Knex, login: string): Promise<{ user?: number; result: 'left' | 'unknown' }> {
  const former = (await tx('users').where({ login }).first('id')) as { id: number } | undefined;
  return former ? { user: former.id, result: 'left' } : { result: 'unknown' };
}

const employed = (tx: Knex): Knex.QueryBuilder => tx('users').where('users.employment', 'employed').whereNull('users.deleted_at');

/** Logins are found whatever their case, unless two differ by nothing else. */
export async function findPerson(tx: Knex, login: string): Promise<FoundPerson | null> {
  const rows = (await employed(tx)
    .leftJoin('passwords', 'passwords.user', 'users.id')
    .where((where) => where.where('users.login', login).orWhereRaw('lower(??) = ?', ['users.login', login.toLowerCase()]))
    .limit(3)
    .select('users.id', 'users.login', 'passwords.hash')) as (FoundPerson & { login: string })[];
  return rows.find((row) => row.login === login) ?? (rows.length === 1 ? (rows[0] ?? null) : null);
}
