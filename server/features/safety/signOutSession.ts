import { msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { announceEnded, endSessions } from '../../access/sessions.ts';
import { writeAudit } from '../../engine/audit.ts';
import type { Work } from '../../work.ts';

/**
 * Signs one session out from elsewhere: one's own on another device, or anybody's with the right sessions.manage. Its sockets close
 * with the commit and its next request is refused. Refuses 'record.notFound' for one that is over or somebody else's.
 */
export async function signOutSession(work: Work, id: number): Promise<void> {
  const { actor, tx } = work;
  const mayAll = actor.special.has('sessions.manage');
  const session = (await tx('sessions').where({ id }).first('user')) as { user: number } | undefined;
  const which = { id, by: actor.userId, ...(mayAll ? {} : { users: [actor.userId] }) };
  const ended = session ? await endSessions(tx, which, 'revoked', msOf(work.now)) : [];
  if (!session || ended.length === 0) throw new Refusal('record.notFound', { type: 'session', id });
  await writeAudit(work, { action: 'kick', type: 'user', recordId: session.user, changes: { session: id } });
  work.afterCommit(() => announceEnded(work.company, ended));
}
