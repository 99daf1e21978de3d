import {
  ordinarySecondStep,
  type SecondStepLine,
  type SecondStepRule,
  type SecondStepRuleAnswer,
} from '../../../shared/contracts/secondStep.ts';
import { type Instant, msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { loadActor } from '../../access/rights.ts';
import { secondStepKey } from '../../access/safety.ts';
import { announceEnded, endSessions } from '../../access/sessions.ts';
import { unlockAccount } from '../../access/throttle.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { writeAudit } from '../../engine/audit.ts';
import { allSettings, storeSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';

/** Who is asked for a second step, with the positions to choose from. */
export async function readRule(work: Work): Promise<SecondStepRuleAnswer> {
  const stored = (await allSettings(work)).get(secondStepKey);
  const choices = (await work.tx('positions').whereNull('deleted_at').orderBy('name').orderBy('id').select('id', 'name')) as {
    id: number;
    name: string;
  }[];
  return { ...((stored?.value as SecondStepRule | undefined) ?? ordinarySecondStep), version: stored?.version ?? 0, choices };
}

/** Changes who is asked. Refuses 'settings.changed' for an old version and 'secondStep.noPosition' where nobody would be meant. */
export async function saveRule(work: Work, { version, ...rule }: SecondStepRule & { readonly version: number }): Promise<void> {
  refusePrograms(work.actor);
  const { choices } = await readRule(work);
  const positions = choices.map(({ id }) => id).filter((id) => rule.positions.includes(id));
  if (rule.mode === 'required' && positions.length === 0) throw new Refusal('secondStep.noPosition');
  await storeSettings(work, { [secondStepKey]: { mode: rule.mode, positions } }, { [secondStepKey]: version });
}

/** Everybody who works here with what they have of a second step; `mark` is that of the server's seal. */
export async function listSecondSteps(work: Work, mark: string | null): Promise<SecondStepLine[]> {
  const { tx } = work;
  const rule = await readRule(work);
  const people = (await tx('users')
    .where({ employment: 'employed' })
    .whereNull('deleted_at')
    .orderBy('name')
    .orderBy('id')
    .select('id', 'name', 'login')) as { id: number; name: string; login: string }[];
  const codes = (await tx('code_secrets').select('user', 'since', 'key_mark')) as { user: number; since: Instant; key_mark: string }[];
  const keys = (await tx('security_keys').pluck('user')) as number[];
  const recovery = (await tx('recovery_codes').select('user', 'key_mark')) as { user: number; key_mark: string }[];
  const required = new Set(rule.mode === 'required' ? ((await heldBy(work, rule.positions)) as number[]) : []);
  return people.map(({ id: user, name, login }) => {
    const sealed = [...codes, ...recovery].filter((row) => row.user === user);
    return {
      ...{ user, name, login },
      isRequired: required.has(user),
      codeSince: codes.find((code) => code.user === user)?.since ?? null,
      keys: keys.filter((owner) => owner === user).length,
      recoveryLeft: recovery.filter((code) => code.user === user).length,
      isSealedElsewhere: sealed.some(({ key_mark }) => key_mark !== mark),
    };
  });
}

const heldBy = ({ tx }: Work, positions: readonly number[]) =>
  tx('user_positions')
    .whereIn('held', [...positions])
    .pluck('parent');

/**
 * Takes a person's second step away, for somebody who has lost it: they sign in with the password alone, and set up another one where
 * the company demands it. Their sessions end. Refuses 'record.notFound', and 'access.administratorsOnly' for an administrator's.
 */
export async function resetSecondStep(work: Work, userId: number): Promise<void> {
  refusePrograms(work.actor);
  const user = (await work.tx('users').where({ id: userId }).whereNull('deleted_at').first('login')) as { login: string } | undefined;
  if (!user) throw new Refusal('record.notFound', { type: 'user', id: userId });
  // Whoever could take an administrator's second step away would be half way in as one.
  const isPowerful = async () => (await loadActor(work.tx, work.company.catalogue, userId).catch(() => null))?.administrator === true;
  if (!work.actor.administrator && (await isPowerful())) throw new Refusal('access.administratorsOnly');
  await takeAway(work, { id: userId, login: user.login });
}

/** The same from the console. */
export async function takeAway(work: Work, { id: user, login }: { readonly id: number; readonly login: string }): Promise<void> {
  for (const table of ['code_secrets', 'recovery_codes', 'security_keys']) await work.tx(table).where({ user }).delete();
  await unlockAccount(work.tx, login);
  const ended = await endSessions(work.tx, { users: [user], by: work.actor.userId }, 'secondStepChanged', msOf(work.now));
  work.afterCommit(() => announceEnded(work.company, ended));
  await writeAudit(work, { action: 'secondStep', type: 'user', recordId: user, changes: { secondStep: 'reset' } });
}
