import type { EndReason } from '../../shared/contracts/signIns.ts';
import { msOf } from '../../shared/kernel/days.ts';
import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';
import { refuseBeyondDelegation } from './delegation.ts';
import { countMark } from './memory.ts';
import { administratorsHere } from './people.ts';
import { forgetActors } from './rights.ts';
import { announceEnded, endSessions } from './sessions.ts';

/**
 * What follows when a user, a position or a department was written: to be called in the same transaction, after the write,
 * for every record that is made (`before` null), changed or deleted (`after` null); other types pass untouched.
 *
 * Whoever lost or changed positions, left or was deleted is signed out at once; everybody's rights are read anew. Refuses
 * 'access.administratorsOnly' when somebody who is no administrator makes or touches one, what `refuseBeyondDelegation` refuses, and 'access.lastAdministrator'
 * when nobody would be left to keep the system.
 */
export async function guardPeople(work: Work, definition: Definition, before: AnyRecord | null, after: AnyRecord | null): Promise<void> {
  if (!['user', 'position', 'department'].includes(definition.type)) return;
  work.afterCommit(() => forgetActors(work.company));
  // With the commit itself: whatever happens to this process afterwards, no other goes on with rights that were taken away.
  await countMark(work, 'rights');
  if (definition.type === 'department') return;
  if (definition.type === 'user') {
    await refuseReachingUp(work, [...heldBy(before), ...heldBy(after)]);
    if (work.actor.userId !== 0) await refuseBeyondDelegation(work, before, after);
    const reason = whyToSignOut(before, after);
    if (before && reason) await signOut(work, [before.id], reason);
  } else if (isPowerful(before) || isPowerful(after)) {
    await refuseReachingUp(work, 'any');
  }
  if (before && work.actor.userId !== 0) await refuseWithoutAdministrator(work);
}

/** Only administrators touch people who hold a position of administrators, give such a position or change it. */
async function refuseReachingUp(work: Work, positions: readonly number[] | 'any'): Promise<void> {
  if (work.actor.administrator) return;
  const powerful =
    positions === 'any' ||
    (await work
      .tx('positions')
      .whereIn('id', [...positions])
      .where({ administrator: 1 })
      .first('id'));
  if (powerful) throw new Refusal('access.administratorsOnly');
}

function whyToSignOut(before: AnyRecord | null, after: AnyRecord | null): EndReason | null {
  if (!after || after.values.employment === 'left') return 'left';
  const isSame = heldBy(before).sort().join() === heldBy(after).sort().join();
  return isSame ? null : 'positionsChanged';
}

async function signOut(work: Work, users: readonly number[], reason: EndReason): Promise<void> {
  const ended = await endSessions(work.tx, { users }, reason, msOf(work.now));
  work.afterCommit(() => announceEnded(work.company, ended));
}

async function refuseWithoutAdministrator({ tx }: Work): Promise<void> {
  if ((await administratorsHere(tx)).length === 0) throw new Refusal('access.lastAdministrator');
}

const isPowerful = (position: AnyRecord | null): boolean => position?.values.administrator === true;

const heldBy = (user: AnyRecord | null): number[] => (user?.parts.positions ?? []).map((row) => Number(row.held));
