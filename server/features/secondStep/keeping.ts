import {
  ordinarySecondStep,
  type SecondStepLine,
  type SecondStepRule,
  type SecondStepRuleAnswer,
  type SecondStepsAnswer,
} from '../../../shared/contracts/secondStep.ts';
import { type Instant, msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { loadActor } from '../../access/rights.ts';
import { secondStepKey } from '../../access/safety.ts';
import { announceEnded, endSessions } from '../../access/sessions.ts';
import { unlockAccount } from '../../access/throttle.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { writeAudit } from '../../engine/audit.ts';
import { narrowToLines } from '../../engine/list/searchLines.ts';
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

export interface SecondStepsQuery {
  /** Part of the name or the login, or what else people are found by. */
  readonly text?: string | undefined;
  /** The `next` of the page before. */
  readonly after?: number | undefined;
  readonly limit?: number;
}

/** Those who work here with what they have of a second step, by name, 100 at a time unless a limit is given; `mark` is that of the server's seal. */
export async function listSecondSteps(work: Work, mark: string | null, query: SecondStepsQuery = {}): Promise<SecondStepsAnswer> {
  const { limit = 100 } = query;
  const people = await peopleSought(work, query, limit + 1);
  const page = people.slice(0, limit);
  return { rows: await linesOf(work, page, mark), next: people.length > limit ? (page.at(-1)?.id ?? null) : null };
}

interface FoundPerson {
  readonly id: number;
  readonly name: string;
  readonly login: string;
}

async function peopleSought(work: Work, { text = '', after }: SecondStepsQuery, limit: number): Promise<FoundPerson[]> {
  const query = work
    .tx('users')
    .where({ 'users.employment': 'employed' })
    .whereNull('users.deleted_at')
    .orderBy('users.name_sort')
    .orderBy('users.id')
    .limit(limit);
  if (after !== undefined)
    query.whereRaw('(users.name_sort, users.id) > (select before.name_sort, before.id from users as before where before.id = ?)', [after]);
  const link = { column: 'users.id', to: work.company.catalogue.get('user') };
  await narrowToLines(work, query, text, { columns: ['users.name', 'users.login'], link });
  return (await query.select('users.id', 'users.name', 'users.login')) as FoundPerson[];
}

async function linesOf(work: Work, people: readonly FoundPerson[], mark: string | null): Promise<SecondStepLine[]> {
  const ids = people.map(({ id }) => id);
  const rowsOf = async <R>(table: string, ...columns: string[]) =>
    Map.groupBy(
      (await work
        .tx(table)
        .whereIn('user', ids)
        .select('user', ...columns)) as (R & { user: number })[],
      ({ user }) => user,
    );
  const codes = await rowsOf<{ since: Instant; key_mark: string }>('code_secrets', 'since', 'key_mark');
  const keys = await rowsOf('security_keys');
  const recovery = await rowsOf<{ key_mark: string }>('recovery_codes', 'key_mark');
  const rule = await readRule(work);
  const required = new Set(rule.mode === 'required' ? await holdersAmong(work, ids, rule.positions) : []);
  return people.map(({ id: user, name, login }) => {
    const [code, left] = [codes.get(user)?.[0], recovery.get(user) ?? []];
    return {
      ...{ user, name, login },
      isRequired: required.has(user),
      codeSince: code?.since ?? null,
      keys: keys.get(user)?.length ?? 0,
      recoveryLeft: left.length,
      isSealedElsewhere: [...(code ? [code] : []), ...left].some(({ key_mark }) => key_mark !== mark),
    };
  });
}

async function holdersAmong({ tx }: Work, ids: readonly number[], positions: readonly number[]): Promise<number[]> {
  const held = tx('user_positions').whereIn('parent', [...ids]);
  return (await held.whereIn('held', [...positions]).pluck('parent')) as number[];
}

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
