import { createHash, randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { EndReason } from '../../shared/contracts/signIns.ts';
import { instantOf, msOf } from '../../shared/kernel/days.ts';
import type { Store } from '../database/store.ts';
import type { Company } from '../work.ts';
import { firstProof, type ProvableSession } from './devices/sessionProofs.ts';
import { markQuery } from './memory.ts';

const minuteMs = 60_000;
/** A session nobody uses ends after this time, and every session after the other. */
export const idleMaxMs = 12 * 60 * minuteMs;
export const lifeMaxMs = 7 * 24 * 60 * minuteMs;

export interface SessionRow extends ProvableSession {
  readonly id: number;
  readonly user: number;
  readonly device: string | null;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly expires_at: string;
  readonly second_step_due: number | null;
}

/** A new secret of 256 random bits that names its company: `<company>.<random>`. Only its hash is stored. */
export function newSecret(companyCode: string, prefix = ''): { token: string; hash: string } {
  const token = `${prefix}${companyCode}.${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashOf(token) };
}

/** The SHA-256 of a token; enough for a secret of 256 random bits. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Opens a session and gives the token, which is nowhere else and never given again. */
export async function openSession(
  tx: Knex,
  companyCode: string,
  of: {
    readonly user: number;
    readonly device?: string | undefined;
    readonly address?: string;
    readonly userAgent?: string | undefined;
    /** The device that has just proven its key. */
    readonly knownDevice?: number | undefined;
    /** The person has to set a second step up before anything else. */
    readonly isSecondStepDue?: boolean;
  },
  nowMs: number,
): Promise<{ token: string; sessionId: number }> {
  const { token, hash } = newSecret(companyCode);
  const now = instantOf(nowMs);
  const row = {
    token_hash: hash,
    user: of.user,
    device: of.device?.slice(0, 200) ?? null,
    address: of.address ?? null,
    user_agent: of.userAgent?.slice(0, 300) ?? null,
    created_at: now,
    last_seen_at: now,
    expires_at: instantOf(nowMs + lifeMaxMs),
    second_step_due: of.isSecondStepDue ? 1 : 0,
    known_device: of.knownDevice ?? null,
    proofs: of.knownDevice === undefined ? null : firstProof(of.address ?? '', nowMs),
  };
  const [made] = (await tx('sessions').insert(row).returning('id')) as { id: number }[];
  return { token, sessionId: made?.id ?? 0 };
}

/** The living session of a token with whether its person must choose a new password; null for anything else. */
export async function findSession({ store }: Company, token: string, nowMs: number): Promise<FoundSession | null> {
  const key = hashOf(token);
  const session = store.memory.recall<FoundSession>(sessionTables, key) ?? (await store.read((tx) => readSession(store, tx, key)));
  return session && isLiving(session, nowMs) ? session : null;
}

export type FoundSession = SessionRow & {
  readonly must_change: boolean;
  /** The company's mark as it stood when the session was read (see heedMark). */
  readonly mark: number | null;
};

const sessionTables = ['sessions', 'passwords'];

async function readSession(store: Store, tx: Knex, tokenHash: string): Promise<FoundSession | null> {
  const row = (await tx('sessions')
    .whereNull('sessions.ended_at')
    .where({ token_hash: tokenHash })
    .leftJoin('passwords', 'passwords.user', 'sessions.user')
    .first('sessions.*', 'passwords.must_change', tx.raw(`${markQuery} as "mark"`))) as
    | (SessionRow & { must_change: number | null; mark: number | null })
    | undefined;
  if (!row) return null;
  const session = { ...row, must_change: Boolean(row.must_change) };
  store.memory.keep(tx, sessionTables, tokenHash, session);
  return session;
}

const isLiving = (session: SessionRow, nowMs: number): boolean =>
  session.expires_at > instantOf(nowMs) && session.last_seen_at > instantOf(nowMs - idleMaxMs);

/** The session a token was given for, whether it lives or not; null for a token that nobody was ever given. */
export async function sessionOfToken(tx: Knex, token: string): Promise<{ id: number; user: number } | null> {
  const row = await tx('sessions')
    .where({ token_hash: hashOf(token) })
    .first('id', 'user');
  return (row as { id: number; user: number } | undefined) ?? null;
}

/** Whether the session is for setting a second step up, and for nothing else until then. */
export async function isSecondStepDue(tx: Knex, sessionId: number): Promise<boolean> {
  return (await tx('sessions').where({ id: sessionId, second_step_due: 1 }).first('id')) !== undefined;
}

/** The second step is set up: the session is like any other now. */
export const openWholly = (tx: Knex, sessionId: number): PromiseLike<unknown> =>
  tx('sessions').where({ id: sessionId }).update({ second_step_due: 0 });

/** Whether the session still lives: for open sockets, before each event. */
export async function isSessionAlive(tx: Knex, sessionId: number, nowMs: number): Promise<boolean> {
  return (await living(tx, nowMs).where('sessions.id', sessionId).first('sessions.id')) !== undefined;
}

type SessionLine = SessionRow & { readonly userName: string | null; readonly deviceName: string | null };

/** The living sessions of one person, or of everybody, the last seen first. */
export async function listSessions(tx: Knex, userId: number | null, nowMs: number): Promise<SessionLine[]> {
  const query = living(tx, nowMs)
    .leftJoin('users', 'users.id', 'sessions.user')
    .leftJoin('devices', 'devices.id', 'sessions.known_device')
    .orderBy('sessions.last_seen_at', 'desc')
    .orderBy('sessions.id', 'desc')
    .limit(1000);
  if (userId !== null) query.where('sessions.user', userId);
  return (await query.select('sessions.*', { userName: 'users.name', deviceName: 'devices.name' })) as SessionLine[];
}

/** How many sessions live. */
export async function livingSessions(tx: Knex, nowMs: number): Promise<number> {
  const [row] = (await living(tx, nowMs).count({ count: '*' })) as { count: number | string }[];
  return Number(row?.count ?? 0);
}

/** Notes that the session is in use, at most once a minute. */
export async function touchSession(company: Company, session: SessionRow, nowMs: number): Promise<void> {
  if (nowMs - msOf(session.last_seen_at) < minuteMs) return;
  await company.store.write((tx) =>
    tx('sessions')
      .where({ id: session.id, last_seen_at: session.last_seen_at })
      .update({ last_seen_at: instantOf(nowMs) }),
  );
}

/**
 * Ends living sessions, by whom if it was somebody else, and gives their ids; tell `announceEnded` of them after the commit. The
 * history of sign-ins is told as well: it outlives the sessions. Where all of a person end, so does what was begun at the door.
 */
export async function endSessions(
  tx: Knex,
  which: {
    readonly id?: number;
    readonly users?: readonly number[];
    readonly devices?: readonly number[];
    readonly except?: number;
    readonly by?: number;
  },
  reason: EndReason,
  nowMs: number,
): Promise<number[]> {
  const query = living(tx, nowMs);
  if (which.id !== undefined) query.where('sessions.id', which.id);
  if (which.users) query.whereIn('sessions.user', [...which.users]);
  if (which.devices) query.whereIn('sessions.known_device', [...which.devices]);
  if (which.except !== undefined) query.whereNot('sessions.id', which.except);
  const ids = ((await query.select('sessions.id')) as { id: number }[]).map((row) => row.id);
  if (which.users && which.id === undefined)
    await tx('tickets')
      .whereIn('user', [...which.users])
      .delete();
  const end = { ended_at: instantOf(nowMs), end_reason: reason };
  for (let start = 0; start < ids.length; start += 500) {
    const some = ids.slice(start, start + 500);
    await tx('sessions').whereIn('id', some).update(end);
    await signInsOf(tx, some).update({ ...end, ended_by: which.by ?? null });
  }
  return ids;
}

/** Ends the sessions that nobody has used for too long or that are too old, and closes their sockets. Gives how many. */
export async function endIdleSessions(company: Company, nowMs: number): Promise<number> {
  const ids = await company.store.write(async (tx) => {
    const old = await endOver(tx, 'expired', nowMs, (over) => over.where('expires_at', '<=', instantOf(nowMs)));
    const idle = await endOver(tx, 'idle', nowMs, (over) => over.where('last_seen_at', '<=', instantOf(nowMs - idleMaxMs)));
    return [...old, ...idle];
  });
  announceEnded(company, ids);
  return ids.length;
}

async function endOver(tx: Knex, reason: EndReason, nowMs: number, isOver: (query: Knex.QueryBuilder) => void): Promise<number[]> {
  const query = tx('sessions').whereNull('ended_at').orderBy('id').limit(500);
  isOver(query);
  const found = (await query.pluck('id')) as number[];
  if (found.length === 0) return found;
  await tx('sessions')
    .whereIn('id', found)
    .whereNull('ended_at')
    .update({ ended_at: instantOf(nowMs), end_reason: reason });
  // How long somebody was there ends with the last that was heard, not with the moment we stopped waiting.
  await signInsOf(tx, found).update({ ended_at: itsSession(tx).select('last_seen_at'), end_reason: reason });
  return found;
}

/** The lines of the history that began these sessions. A backup holds no sessions: ids in older lines may be given once more. */
const signInsOf = (tx: Knex, sessionIds: readonly number[]): Knex.QueryBuilder =>
  tx('sign_ins')
    .whereIn('session', [...sessionIds])
    .where('at', '>=', itsSession(tx).select('created_at'));

const itsSession = (tx: Knex): Knex.QueryBuilder => tx('sessions').whereRaw('?? = ??', ['sessions.id', 'sign_ins.session']);

/** Those of the sessions that live no more: another process may have ended them. */
export async function endedAmong(tx: Knex, sessionIds: readonly number[], nowMs: number): Promise<number[]> {
  const alive = new Set<number>();
  for (let start = 0; start < sessionIds.length; start += 500) {
    const ids = sessionIds.slice(start, start + 500);
    for (const id of (await living(tx, nowMs).whereIn('sessions.id', ids).pluck('sessions.id')) as number[]) alive.add(id);
  }
  return sessionIds.filter((id) => !alive.has(id));
}

/** Hears of sessions that have ended, so that their sockets close; gives back how to stop listening. */
export function onSessionsEnded(listener: EndListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the listeners, after the commit. */
export function announceEnded(company: Company, sessionIds: readonly number[]): void {
  if (sessionIds.length > 0) for (const listener of listeners) listener(company, sessionIds);
}

type EndListener = (company: Company, sessionIds: readonly number[]) => void;
const listeners = new Set<EndListener>();

function living(tx: Knex, nowMs: number): Knex.QueryBuilder {
  return tx('sessions')
    .whereNull('sessions.ended_at')
    .where('sessions.expires_at', '>', instantOf(nowMs))
    .where('sessions.last_seen_at', '>', instantOf(nowMs - idleMaxMs));
}
