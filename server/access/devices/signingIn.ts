import type { Knex } from 'knex';
import type { DeviceProof, DeviceState, WaitingAnswer } from '../../../shared/contracts/devices.ts';
import type { SignInResult } from '../../../shared/contracts/signIns.ts';
import { instantOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';
import { verdictFor } from '../enter.ts';
import { personOf } from '../rights.ts';
import { announceEnded, hashOf } from '../sessions.ts';
import { type Caller, type DoorAnswer, lookAtDevice } from './atDoor.ts';
import { type ProvenDevice, proveDevice } from './proof.ts';
import { announceTold } from './tellOfSession.ts';

/** The key that a device shows at the door, not believed yet. */
export interface ShownKey {
  readonly proof: DeviceProof;
  /** The login as it was typed and signed. */
  readonly login: string;
  /** Under which names this server may be meant. */
  readonly servers: readonly string[];
  /** What the device was asked when it began to wait. */
  readonly waited?: string | undefined;
}

/** The device behind a key: undefined where none was shown, null where it proves nothing. */
export const provenBy = async (company: Company, key: ShownKey | undefined): Promise<ProvenDevice | null | undefined> =>
  key && proveDevice(company, key.proof, { purpose: 'signIn', login: key.login, servers: key.servers });

const ticketLifeMs = 30 * 60_000;

/** Whether a person has read the picture at this device already and has only waited for its approval since. */
export async function hasWaited(company: Company, proven: ProvenDevice | null | undefined, key: ShownKey | undefined): Promise<boolean> {
  if (!proven || key?.waited === undefined) return false;
  const of = { key_hash: proven.keyHash, ticket_hash: hashOf(key.waited) };
  const since = instantOf(clock.now() - ticketLifeMs);
  return (await company.store.read((tx) => tx('devices').where(of).where('ticket_at', '>', since).first('id'))) !== undefined;
}

/** Somebody with the right password, before the doors that are left. */
export type Entering = (Caller & { readonly refusal?: undefined }) | { readonly refusal: Refusal; readonly result: SignInResult };

/** Gathers what the doors want to know; nothing of it may be read inside the transaction that opens the session. */
export async function enteringWith(
  company: Company,
  userId: number,
  attempt: { readonly address: string; readonly device?: string; readonly userAgent?: string },
  proven: ProvenDevice | null | undefined,
): Promise<Entering> {
  const verdict = await verdictFor(company, userId, attempt.address);
  if (verdict.admission === 'refuse') return { refusal: new Refusal('access.addressRefused'), result: 'address' };
  if (proven === null) return { refusal: new Refusal('access.deviceUnproven'), result: 'device' };
  return {
    proven: proven ?? null,
    person: await personOf(company, userId),
    address: attempt.address,
    name: attempt.device ?? '',
    userAgent: attempt.userAgent,
    isNeeded: verdict.devicesOnly,
  };
}

/** The doors behind the password: the address, then the device. */
export async function passDoor(tx: Knex, entering: Entering): Promise<DoorAnswer & { readonly result: SignInResult }> {
  if (entering.refusal) return { device: null, ended: [], told: [], ...entering };
  const door = await lookAtDevice(tx, entering);
  return { ...door, result: door.refusal ? 'device' : 'signedIn' };
}

/** Tells of what followed at the door, after the commit: sockets of ended sessions close, those who keep devices hear that one waits. */
export function announceDoor(company: Company, { device, ended, told }: DoorAnswer): void {
  announceEnded(company, ended);
  announceTold(company, device, told);
}

/** How it stands with a device that was told to wait, for whoever knows what it was asked. */
export async function waitingState(company: Company, waited: string): Promise<WaitingAnswer> {
  const of = { ticket_hash: hashOf(waited) };
  const device = await company.store.read((tx) => tx('devices').where(of).first('state', 'code'));
  if (!device) return { state: 'gone' };
  const { state, code } = device as { state: DeviceState; code: string | null };
  return state === 'waiting' ? { state, code: code ?? '' } : { state };
}
