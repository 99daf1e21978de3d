import type { Knex } from 'knex';
import type { EndReason } from '../../shared/contracts/signIns.ts';
import { type Instant, instantOf, msOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Actor, Company } from '../work.ts';
import type { ProvableSession } from './devices/sessionProofs.ts';
import { markQuery } from './memory.ts';
import { ancestorsOf, departmentParents, departmentsOfPeople } from './people.ts';
import { actorOf, refuseUnlessRight } from './rights.ts';
import { hashOf, idleMaxMs, newSecret } from './sessions.ts';

/** What stands before the company's code in the token of somebody who looks in another's name. */
export const viewingPrefix = 'tv_';
/** So long one look lasts at most. */
export const viewingMaxMs = 30 * 60_000;

export interface Viewing {
  readonly id: number;
  readonly session: number;
  readonly viewer: number;
  readonly viewed: number;
  readonly sign_in: number;
  readonly expires_at: Instant;
}

/**
 * Refuses unless this person may look in that one's name: 'access.denied' without the right, 'viewing.self', 'access.unknownPerson' for
 * somebody who works here no more, and to all but administrators 'access.administratorsOnly' and 'viewing.superior'.
 */
export async function refuseUnlessViewable(tx: Knex, company: Company, viewer: Actor, viewed: number): Promise<void> {
  refuseUnlessRight(viewer, 'people.viewAs');
  if (viewer.userId === viewed) throw new Refusal('viewing.self');
  await departmentsOfPeople(tx, [viewed]);
  const actor = await actorOf(company, viewed);
  if (viewer.administrator) return;
  if (actor.administrator) throw new Refusal('access.administratorsOnly');
  if ((await superiorsOf(tx, viewer)).has(viewed)) throw new Refusal('viewing.superior');
}

/** Everybody above a person: their superior and that one's, and the heads of their department and of all above it. */
async function superiorsOf(tx: Knex, { userId, departmentId }: Actor): Promise<Set<number>> {
  const superiors = new Set<number>();
  for (let at: number | null = userId; at !== null; ) {
    const row = (await tx('users').where({ id: at }).first('superior')) as { superior: number | null } | undefined;
    at = row?.superior ?? null;
    if (at !== null && superiors.has(at)) break;
    if (at !== null) superiors.add(at);
  }
  const above = ancestorsOf(departmentId, await departmentParents(tx));
  const heads = (await tx('departments').whereIn('id', above).whereNotNull('head').pluck('head')) as number[];
  for (const head of heads) superiors.add(head);
  superiors.delete(userId);
  return superiors;
}

/** Opens a look in somebody's name, inside the viewer's session. Gives the token, which is never given again. */
export async function openViewing(
  tx: Knex,
  company: Company,
  of: {
    readonly session: number;
    readonly viewer: number;
    readonly viewed: number;
    readonly signIn: number;
    readonly address?: string | undefined;
  },
  nowMs: number,
): Promise<{ token: string; until: Instant }> {
  const { token, hash } = newSecret(company.code, viewingPrefix);
  const until = instantOf(nowMs + viewingMaxMs);
  const { session, viewer, viewed, signIn, address = null } = of;
  const row = { token_hash: hash, session, viewer, viewed, sign_in: signIn, address, started_at: instantOf(nowMs), expires_at: until };
  await tx('viewings').insert(row);
  return { token, until };
}

/** The look behind a token, as long as it lasts and the viewer's own session lives. */
export async function findViewing(tx: Knex, token: string, nowMs: number): Promise<FoundViewing | null> {
  const row = (await livingViewings(tx, nowMs)
    .where({ 'viewings.token_hash': hashOf(token) })
    .first('viewings.*', 'sessions.known_device', 'sessions.proofs', tx.raw(`${markQuery} as "mark"`))) as FoundViewing | undefined;
  return row ?? null;
}

export type FoundViewing = Viewing & ProvableSession & { readonly mark: number | null };

const livingViewings = (tx: Knex, nowMs: number): Knex.QueryBuilder =>
  tx('viewings')
    .join('sessions', 'sessions.id', 'viewings.session')
    .whereNull('viewings.ended_at')
    .where('viewings.expires_at', '>', instantOf(nowMs))
    .whereNull('sessions.ended_at')
    .where('sessions.expires_at', '>', instantOf(nowMs))
    .where('sessions.last_seen_at', '>', instantOf(nowMs - idleMaxMs));

/** Looks that are over without anybody having written that down. */
export async function lapsedViewings(tx: Knex, nowMs: number): Promise<Viewing[]> {
  const living = livingViewings(tx, nowMs).select('viewings.id');
  return (await tx('viewings').whereNull('ended_at').whereNotIn('id', living).orderBy('id').limit(200)) as Viewing[];
}

/** Writes down that a look is over, in the history of the one who was looked at too. Gives whether it was open. */
export async function closeViewing(tx: Knex, viewing: Viewing, reason: EndReason, nowMs: number): Promise<boolean> {
  const end = { ended_at: instantOf(Math.min(nowMs, msOf(viewing.expires_at))), end_reason: reason };
  const count = await tx('viewings').where({ id: viewing.id }).whereNull('ended_at').update(end);
  if (count === 1) await tx('sign_ins').where({ id: viewing.sign_in }).update(end);
  return count === 1;
}

/** The open look of a session. */
export const viewingOfSession = async (tx: Knex, session: number, viewed: number): Promise<Viewing | undefined> =>
  (await tx('viewings').where({ session, viewed }).whereNull('ended_at').orderBy('id', 'desc').first()) as Viewing | undefined;
