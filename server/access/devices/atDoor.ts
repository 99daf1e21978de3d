import { randomInt } from 'node:crypto';
import type { Knex } from 'knex';
import { browserOf } from '../../../shared/contracts/browserOf.ts';
import { type DeviceDoubt, devicesWaitingMax } from '../../../shared/contracts/devices.ts';
import { instantOf, msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { clock } from '../../clock.ts';
import { tellPeople } from '../notices.ts';
import type { Person } from '../people.ts';
import { endSessions, hashOf } from '../sessions.ts';
import { isThisMachine } from '../throttle.ts';
import { devicesKeepers, fitsAddress, fitsPerson, isTrusted, limitsOf, type StoredDevice } from './knownDevices.ts';
import type { ProvenDevice } from './proof.ts';

/** Somebody with the right password, at a device or at none. */
export interface Caller {
  readonly proven: ProvenDevice | null;
  readonly person: Person;
  readonly address: string;
  /** What the device calls itself, and the program. */
  readonly name: string;
  readonly userAgent: string | undefined;
  /** Where they are only approved devices come in. */
  readonly isNeeded: boolean;
}

/** What follows for the device: it may come in, or why not. What ended over it and who was told is announced after the commit. */
export interface DoorAnswer {
  readonly device: { readonly id: number; readonly name: string } | null;
  readonly refusal: Refusal | null;
  readonly ended: readonly number[];
  readonly told: readonly number[];
}

/**
 * Looks at the device of somebody who has given the right password, remembers it, and decides whether it comes in. Answers with
 * 'access.deviceNeeded' where there is no key, 'access.deviceWaiting' {code}, 'access.deviceBlocked' or 'access.deviceForOthers'.
 * The machine of the server is never kept out.
 */
export async function lookAtDevice(tx: Knex, caller: Caller): Promise<DoorAnswer> {
  if (!caller.proven) return answer(null, caller.isNeeded ? new Refusal('access.deviceNeeded') : null);
  const known = (await tx('devices').where({ key_hash: caller.proven.keyHash }).first()) as StoredDevice | undefined;
  const device = known ?? (await remember(tx, caller, caller.proven));
  if (device.state === 'blocked' && !isThisMachine(caller.address)) return answer(device, new Refusal('access.deviceBlocked'));
  if (isCopied(device, caller.proven)) return doubtCopy(tx, device, caller, caller.proven);
  await touch(tx, device, caller, caller.proven);
  return caller.isNeeded ? admit(tx, device, caller) : answer(device, null);
}

const answer = (device: DoorAnswer['device'], refusal: Refusal | null, told: readonly number[] = []): DoorAnswer => ({
  device: device && { id: device.id, name: device.name },
  refusal,
  ended: [],
  told,
});

/** A key that somebody has approved is never seen on two machines. */
const isCopied = (device: StoredDevice, { machine }: ProvenDevice): boolean =>
  device.machine !== null && device.machine !== machine && (device.approved_at !== null || device.doubt === 'machine');

async function admit(tx: Knex, device: StoredDevice, caller: Caller): Promise<DoorAnswer> {
  if (!isTrusted(device)) return wait(tx, device, caller, device.doubt ?? 'approval');
  const limits = limitsOf(device);
  if (!fitsPerson(limits, caller.person)) return answer(device, new Refusal('access.deviceForOthers'));
  if (!fitsAddress(limits, caller.address)) return wait(tx, device, caller, 'address');
  if (device.state !== 'approved') await change(tx, device, { state: 'approved', ...noDoubt });
  return answer(device, null);
}

/** The same key at another machine: nobody goes on with it, here or there, before somebody has looked at it. */
async function doubtCopy(tx: Knex, device: StoredDevice, caller: Caller, proven: ProvenDevice): Promise<DoorAnswer> {
  const ended = await endSessions(tx, { devices: [device.id] }, 'device', clock.now());
  const seen = { machine_seen: proven.machine ?? '', address: caller.address, user: caller.person.userId };
  const waiting = await wait(tx, { ...device, ...seen }, caller, 'machine', seen);
  return { ...waiting, refusal: caller.isNeeded ? waiting.refusal : null, ended };
}

/** Lets the device wait, with the code that both screens show, and tells those who may approve it. */
async function wait(
  tx: Knex,
  device: StoredDevice,
  { proven, address, person }: Caller,
  doubt: DeviceDoubt,
  more: Partial<StoredDevice> = {},
): Promise<DoorAnswer> {
  const now = instantOf(clock.now());
  const isNew = device.state !== 'waiting' || device.doubt !== doubt;
  const code = device.code ?? (await freeCode(tx));
  const ticket = { ticket_hash: hashOf(proven?.challenge ?? ''), ticket_at: now };
  const since = isNew ? now : device.waiting_since;
  await change(tx, device, { ...more, state: 'waiting', doubt, code, waiting_since: since, address, ...ticket });
  const told = isNew ? await tellKeepers(tx, { code, name: device.name, user: person.name, address }) : [];
  if (isNew) await dropOldest(tx);
  return answer(device, new Refusal('access.deviceWaiting', { code }), told);
}

const noDoubt = { doubt: null, code: null, waiting_since: null, machine_seen: null } as const;

const change = (tx: Knex, { id, version }: StoredDevice, to: Partial<StoredDevice>): PromiseLike<unknown> =>
  tx('devices')
    .where({ id })
    .update({ ...to, version: version + 1 });

const touchEveryMs = 60_000;

async function touch(tx: Knex, device: StoredDevice, caller: Caller, { machine }: ProvenDevice): Promise<void> {
  const now = clock.now();
  const isFresh = now - msOf(device.last_seen_at) < touchEveryMs && device.user === caller.person.userId && device.machine === machine;
  if (isFresh && device.address === caller.address) return;
  await tx('devices')
    .where({ id: device.id })
    .update({
      last_seen_at: instantOf(now),
      user: caller.person.userId,
      user_agent: caller.userAgent?.slice(0, 300) ?? null,
      address: caller.address,
      machine: machine ?? device.machine,
    });
}

// Devices that came in while nobody asked; the one not seen for longest is forgotten.
const seenMax = 2_000;

async function remember(tx: Knex, caller: Caller, proven: ProvenDevice): Promise<StoredDevice> {
  const now = instantOf(clock.now());
  await tx('devices')
    .insert({
      ...{ key_hash: proven.keyHash, public_key: proven.publicKey, machine: proven.machine, name: nameOf(caller) },
      ...{ state: 'seen', user: caller.person.userId, user_agent: caller.userAgent?.slice(0, 300) ?? null, address: caller.address },
      ...{ first_seen_at: now, last_seen_at: now, version: 1 },
    })
    // The same device may knock twice in one moment.
    .onConflict('key_hash')
    .ignore();
  const [oldest] = (await tx('devices')
    .where({ state: 'seen' })
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .offset(seenMax)
    .limit(1)
    .pluck('id')) as number[];
  if (oldest !== undefined) await tx('devices').where({ id: oldest }).delete();
  return (await tx('devices').where({ key_hash: proven.keyHash }).first()) as StoredDevice;
}

/** A browser does not know how its computer is called. */
const nameOf = ({ name, userAgent, person }: Caller): string =>
  (name || [person.name, browserOf(userAgent ?? null)].filter(Boolean).join(' · ')).slice(0, 100);

/** At most fifty wait that nobody has ever approved: the one that waits longest makes room. */
async function dropOldest(tx: Knex): Promise<void> {
  const oldest = (await tx('devices')
    .where({ state: 'waiting' })
    .whereNull('approved_at')
    .orderBy('waiting_since', 'desc')
    .orderBy('id', 'desc')
    .offset(devicesWaitingMax)
    .limit(100)
    .pluck('id')) as number[];
  if (oldest.length > 0) await tx('devices').whereIn('id', oldest).delete();
}

// No 0/O and 1/I: people read it to each other on the telephone.
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Four characters that no other device that waits has. */
async function freeCode(tx: Knex): Promise<string> {
  const taken = new Set((await tx('devices').whereNotNull('code').pluck('code')) as string[]);
  for (;;) {
    const code = Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
    if (!taken.has(code)) return code;
  }
}

const noticeCode = 'notice.deviceWaiting';

async function tellKeepers(tx: Knex, facts: { code: string; name: string; user: string; address: string }): Promise<number[]> {
  const keepers = await devicesKeepers(tx);
  await tellPeople(tx, keepers, { at: instantOf(clock.now()), code: noticeCode, facts });
  return keepers;
}
