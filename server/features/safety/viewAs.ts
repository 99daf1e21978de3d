import { type Instant, msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { noteSignIn } from '../../access/history.ts';
import { actorOf, systemActor } from '../../access/rights.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { closeViewing, lapsedViewings, openViewing, refuseUnlessViewable, type Viewing, viewingOfSession } from '../../access/viewing.ts';
import { clock } from '../../clock.ts';
import { writeAudit } from '../../engine/audit.ts';
import { look, transact } from '../../engine/transact.ts';
import type { Actor, Company, Work } from '../../work.ts';

/**
 * Lets somebody look in another's name: everything as that person sees it, nothing written, for half an hour at most and no longer
 * than their own session. On record with both names, and in the history of sign-ins of the one who is looked at. Gives the token.
 * Refuses what `refuseUnlessViewable` refuses, and 'access.sessionNeeded' to programs.
 */
export async function startViewing(
  work: Work,
  of: { readonly user: number; readonly session: number | undefined },
): Promise<{ token: string; until: Instant }> {
  refusePrograms(work.actor);
  if (of.session === undefined) throw new Refusal('access.sessionNeeded');
  await refuseUnlessViewable(work.tx, work.company, work.actor, of.user);
  const user = (await work.tx('users').where({ id: of.user }).first('login', 'name')) as { login: string; name: string };
  const { address, device, userId: viewer } = work.actor;
  const signIn = await noteSignIn(work.tx, { login: user.login, user: of.user, address: address ?? '', device, result: 'viewed', viewer });
  const opened = await openViewing(
    work.tx,
    work.company,
    { session: of.session, viewer, viewed: of.user, signIn, address },
    msOf(work.now),
  );
  const changes = { viewer: work.actor.name, viewed: user.name, until: opened.until };
  await writeAudit(work, { action: 'viewAs', type: 'user', recordId: of.user, changes });
  return opened;
}

/** Ends the look that the actor has in somebody's name; on record under their own. */
export async function stopViewing(company: Company, viewed: Actor, session: number | undefined): Promise<void> {
  const { viewedBy, address } = viewed;
  if (!viewedBy || session === undefined) throw new Refusal('record.notFound', { type: 'session', id: session });
  const viewer = await actorOf(company, viewedBy.id, address === undefined ? {} : { address });
  await transact(company, viewer, async (work) => {
    const viewing = await viewingOfSession(work.tx, session, viewed.userId);
    if (viewing) await end(work, viewing, { reason: 'signedOut' });
  });
}

/** Writes down the looks whose time is over or whose session has ended. Gives how many there were. */
export async function endLapsedViewings(company: Company): Promise<number> {
  const nowMs = clock.now();
  if ((await look(company, systemActor(company), (work) => lapsedViewings(work.tx, nowMs))).length === 0) return 0;
  return transact(company, systemActor(company), async (work) => {
    const lapsed = await lapsedViewings(work.tx, nowMs);
    for (const viewing of lapsed) await end(work, viewing, { reason: nowMs >= msOf(viewing.expires_at) ? 'expired' : 'signedOut' });
    return lapsed.length;
  });
}

async function end(work: Work, viewing: Viewing, how: { reason: 'signedOut' | 'expired' }): Promise<void> {
  if (!(await closeViewing(work.tx, viewing, how.reason, msOf(work.now)))) return;
  const names = (await work.tx('users').whereIn('id', [viewing.viewer, viewing.viewed]).select('id', 'name')) as {
    id: number;
    name: string;
  }[];
  const nameOf = (id: number) => names.find((row) => row.id === id)?.name ?? '';
  const changes = { viewer: nameOf(viewing.viewer), viewed: nameOf(viewing.viewed), reason: how.reason };
  await writeAudit(work, { action: 'viewEnd', type: 'user', recordId: viewing.viewed, changes });
}
