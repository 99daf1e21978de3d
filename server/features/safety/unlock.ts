import { Refusal } from '../../../shared/kernel/refusal.ts';
import { unlockAccount } from '../../access/throttle.ts';
import { writeAudit } from '../../engine/audit.ts';
import type { Work } from '../../work.ts';
import { switchOffDeviceCheck } from '../devices/deviceCheck.ts';
import { takeAway } from '../secondStep/keeping.ts';
import { switchOffAddressRules } from './addressRules.ts';

/** Frees a person's account after too many wrong passwords. Refuses 'record.notFound' for somebody unknown. */
export async function unlockPerson(work: Work, userId: number): Promise<void> {
  const user = (await work.tx('users').where({ id: userId }).whereNull('deleted_at').first('login')) as { login: string } | undefined;
  if (!user) throw new Refusal('record.notFound', { type: 'user', id: userId });
  if (await unlockAccount(work.tx, user.login)) await writeAudit(work, { action: 'unlock', type: 'user', recordId: userId });
}

export interface Freed {
  /** The address rules were on and are off now. */
  readonly rules: boolean;
  /** Devices were checked or blocked, and are neither now. */
  readonly devices: boolean;
  /** So many locks and waits were taken away. */
  readonly locks: number;
  /** The person's second step was taken away. */
  readonly secondStep?: true | undefined;
}

/**
 * Opens the doors again from the console: switches the address rules and the check of devices off and takes every lock and wait
 * away; with a login, of that person's account alone, and the rules stay; on demand with the person's second step. Audited under the
 * program's name. Refuses 'access.unknownPerson' {user}.
 */
export async function unlockFromConsole(work: Work, login: string | undefined, withSecondStep = false): Promise<Freed> {
  const freed = login === undefined ? await openAll(work) : await openAccount(work, login, withSecondStep);
  await writeAudit(work, {
    action: 'unlock',
    type: 'setting',
    recordId: 0,
    changes: { console: true, ...(login ? { login } : {}), ...freed },
  });
  return freed;
}

async function openAll(work: Work): Promise<Freed> {
  const rules = await switchOffAddressRules(work);
  const devices = await switchOffDeviceCheck(work);
  return { rules, devices, locks: await work.tx('throttles').delete() };
}

async function openAccount(work: Work, login: string, withSecondStep: boolean): Promise<Freed> {
  const user = (await work.tx('users').where({ login }).whereNull('deleted_at').first('id')) as { id: number } | undefined;
  if (!user) throw new Refusal('access.unknownPerson', { user: login });
  const locks = (await unlockAccount(work.tx, login)) ? 1 : 0;
  if (!withSecondStep) return { rules: false, devices: false, locks };
  await takeAway(work, { id: user.id, login });
  return { rules: false, devices: false, locks, secondStep: true };
}
