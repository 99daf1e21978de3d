import { msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { safetyOf } from '../../access/safety.ts';
import { renewRecoveryCodes } from '../../access/secondStep/codes.ts';
import { isRequiredOf, waysOf } from '../../access/secondStep/demand.ts';
import type { Seal } from '../../access/secondStep/sealing.ts';
import { announceEnded, endSessions, openWholly } from '../../access/sessions.ts';
import { writeAudit } from '../../engine/audit.ts';
import type { Work } from '../../work.ts';

/** What was changed about a second step, as the audit trail names it. */
export type StepChange = 'codeOn' | 'codeOff' | 'keyAdded' | 'keyRemoved' | 'recoveryCodes' | 'reset';

/** After any change of the own second step: the other sessions end, this one is whole, and the audit trail has a line. */
export async function settleChange(work: Work, change: StepChange, sessionId: number | undefined): Promise<void> {
  const { tx, actor } = work;
  if (sessionId !== undefined && (await waysOf(tx, actor.userId)).length > 0) await openWholly(tx, sessionId);
  const ended = await endSessions(tx, { users: [actor.userId], except: sessionId }, 'secondStepChanged', msOf(work.now));
  work.afterCommit(() => announceEnded(work.company, ended));
  await writeAudit(work, { action: 'secondStep', type: 'user', recordId: actor.userId, changes: { secondStep: change } });
}

/** The recovery codes of somebody who had none yet; null for somebody who has some. */
export async function firstRecoveryCodes(work: Work, seal: Seal): Promise<string[] | null> {
  const user = work.actor.userId;
  const known = await work.tx('recovery_codes').where({ user, key_mark: seal.mark }).first('user');
  return known ? null : renewRecoveryCodes(work.tx, seal, user);
}

/** Refuses 'secondStep.required' when nothing would be left of a second step that the company demands. Recovery codes go with the last one. */
export async function leaveTidy(work: Work): Promise<void> {
  const user = work.actor.userId;
  if ((await waysOf(work.tx, user)).length > 0) return;
  if (await isRequiredOf(work.tx, (await safetyOf(work.company)).secondStep, user)) throw new Refusal('secondStep.required');
  await work.tx('recovery_codes').where({ user }).delete();
}
