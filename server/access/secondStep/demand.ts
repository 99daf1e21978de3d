import type { Knex } from 'knex';
import type { SecondStep, SecondStepRule } from '../../../shared/contracts/secondStep.ts';
import type { Company } from '../../work.ts';
import { noteSignIn } from '../history.ts';
import type { Safety } from '../safety.ts';
import { openTicket } from './tickets.ts';

/** What follows the right password: nothing, a second step, or setting one up before anything else. */
export async function demandOn(tx: Knex, { secondStep: rule }: Safety, user: number): Promise<'nothing' | 'step' | 'setUp'> {
  if (rule.mode === 'never') return 'nothing';
  if ((await waysOf(tx, user)).length > 0) return 'step';
  return (await isRequiredOf(tx, rule, user)) ? 'setUp' : 'nothing';
}

/** Whether the company demands a second step of this person, by a position they hold. */
export async function isRequiredOf(tx: Knex, { mode, positions }: SecondStepRule, user: number): Promise<boolean> {
  if (mode !== 'required') return false;
  const named = tx('positions')
    .whereIn('id', [...positions])
    .whereNull('deleted_at')
    .select('id');
  return (await tx('user_positions').where({ parent: user }).whereIn('held', named).first('id')) !== undefined;
}

/** What a person can take the second step with. */
export async function waysOf(tx: Knex, user: number): Promise<('code' | 'key')[]> {
  const code = await tx('code_secrets').where({ user }).first('user');
  const key = await tx('security_keys').where({ user }).first('id');
  return [...(code ? (['code'] as const) : []), ...(key ? (['key'] as const) : [])];
}

/** Begins the second step: the password was right, which the history says at once, and a ticket leads on. */
export async function beginStep(
  tx: Knex,
  company: Company,
  of: {
    readonly user: number;
    readonly login: string;
    readonly address: string;
    readonly device?: string;
    readonly userAgent?: string;
    readonly knownDevice?: number | undefined;
  },
): Promise<SecondStep> {
  const { user, login, address, knownDevice, ...shown } = of;
  const signIn = await noteSignIn(tx, { ...shown, user, login, address, result: 'secondStep' });
  const opened = await openTicket(tx, company.code, {
    purpose: 'signIn',
    user,
    login,
    address,
    session: null,
    content: null,
    sign_in: signIn,
    known_device: knownDevice ?? null,
  });
  return { ...opened, ways: await waysOf(tx, user) };
}
