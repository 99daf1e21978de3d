import type { Knex } from 'knex';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Company } from '../work.ts';
import { concerning } from './concern.ts';
import { hashPassword, needsRehash, verifyPassword } from './passwords.ts';
import { announceEnded, endSessions, openSession } from './sessions.ts';
import { countTry, forgetTries } from './throttle.ts';

export interface Attempt {
  readonly login: string;
  readonly password: string;
  readonly address: string;
  readonly device?: string;
  readonly userAgent?: string;
}

/**
 * Opens a session for a person of this company. Refuses 'access.throttled' {seconds} after too many failures, and
 * 'access.badPassword' for anything else that is wrong: an unknown login, a wrong password and somebody who has left answer
 * alike and take as long. Every attempt is written into the history.
 */
export async function signIn(company: Company, attempt: Attempt): Promise<{ token: string; sessionId: number; userId: number }> {
  const login = attempt.login.normalize('NFKC').trim();
  const knock = { login, device: attempt.device ?? '', address: attempt.address };
  const person = await company.store.write(async (tx) => {
    const waitMs = await countTry(tx, company.store.dialect, knock, clock.now());
    const found = await findPerson(tx, login);
    if (waitMs > 0) await record(tx, { ...attempt, login, user: found?.id, isKnown: found !== null, result: 'throttled' });
    return { found, waitMs };
  });
  const whom = { company, type: 'user', id: person.found?.id ?? 0 };
  if (person.waitMs > 0) throw concerning(new Refusal('access.throttled', { seconds: Math.ceil(person.waitMs / 1000) }), whom);

  const { found } = person;
  const isRight = await verifyPassword(found?.hash ?? null, attempt.password);
  const better = isRight && found?.hash && needsRehash(found.hash) ? await hashPassword(attempt.password) : null;
  const session = await company.store.write(async (tx) => {
    // While the hash was worked out the person may have left or been given another password.
    const now = isRight ? await findPerson(tx, login) : null;
    if (!found || !now || now.hash !== found.hash) {
      await record(tx, { ...attempt, login, user: found?.id, isKnown: found !== null, result: 'refused' });
      return null;
    }
    await forgetTries(tx, knock);
    if (better) await tx('passwords').where({ user: found.id }).update({ hash: better });
    const opened = await openSession(tx, company.code, { ...attempt, user: found.id }, clock.now());
    await record(tx, { ...attempt, login, user: found.id, isKnown: true, result: 'signedIn', session: opened.sessionId });
    return opened;
  });
  if (!session || !found) throw concerning(new Refusal('access.badPassword'), whom);
  return { ...session, userId: found.id };
}

/** Ends one session: the own one at signing out, or any one by whoever keeps the sessions. Gives whether it was alive. */
export async function endSession(company: Company, sessionId: number, reason: 'signedOut' | 'revoked', userId?: number): Promise<boolean> {
  const ended = await company.store.write((tx) =>
    endSessions(tx, { id: sessionId, ...(userId === undefined ? {} : { users: [userId] }) }, reason, clock.now()),
  );
  announceEnded(company, ended);
  return ended.length > 0;
}

export interface SignInRow {
  readonly id: number;
  readonly at: string;
  readonly user: number | null;
  readonly login: string;
  readonly address: string | null;
  readonly device: string | null;
  readonly result: 'signedIn' | 'refused' | 'throttled';
  readonly endedAt: string | null;
  readonly endReason: string | null;
}

/** The history of attempts, the newest first, of one person or of everybody: 100 at a time, those before the id `after`. */
export async function listSignIns(tx: Knex, userId: number | null, after?: number): Promise<{ rows: SignInRow[]; next: number | null }> {
  const query = tx('sign_ins').leftJoin('sessions', 'sessions.id', 'sign_ins.session').orderBy('sign_ins.id', 'desc').limit(100);
  if (userId !== null) query.where('sign_ins.user', userId);
  if (after !== undefined) query.where('sign_ins.id', '<', after);
  const rows = (await query.select(
    ...['id', 'at', 'user', 'login', 'address', 'device', 'result'].map((name) => `sign_ins.${name}`),
    'sessions.ended_at as endedAt',
    'sessions.end_reason as endReason',
  )) as SignInRow[];
  return { rows, next: rows.length === 100 ? (rows.at(-1)?.id ?? null) : null };
}

interface FoundPerson {
  id: number;
  hash: string | null;
}

const employed = (tx: Knex): Knex.QueryBuilder => tx('users').where('users.employment', 'employed').whereNull('users.deleted_at');

/** Logins are found whatever their case, unless two differ by nothing else. */
async function findPerson(tx: Knex, login: string): Promise<FoundPerson | null> {
  const rows = (await employed(tx)
    .leftJoin('passwords', 'passwords.user', 'users.id')
    .where((where) => where.where('users.login', login).orWhereRaw('lower(??) = ?', ['users.login', login.toLowerCase()]))
    .limit(3)
    .select('users.id', 'users.login', 'passwords.hash')) as (FoundPerson & { login: string })[];
  return rows.find((row) => row.login === login) ?? (rows.length === 1 ? (rows[0] ?? null) : null);
}

interface Entry {
  readonly login: string;
  readonly isKnown: boolean;
  readonly user?: number;
  readonly address: string;
  readonly device?: string;
  readonly result: SignInRow['result'];
  readonly session?: number;
}

async function record(tx: Knex, entry: Entry): Promise<void> {
  await tx('sign_ins').insert({
    at: instantOf(clock.now()),
    user: entry.user ?? null,
    // What nobody here is called may be a password typed into the wrong box.
    login: entry.isKnown ? entry.login : `${[...entry.login].slice(0, 2).join('')}…`,
    address: entry.address,
    device: entry.device?.slice(0, 200) ?? null,
    result: entry.result,
    session: entry.session ?? null,
  });
}
