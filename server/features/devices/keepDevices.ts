import type { DeviceLimits } from '../../../shared/contracts/devices.ts';
import { instantOf, msOf } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { addressesIn } from '../../access/addressRules.ts';
import { fitsAddress, fitsPerson, isTrusted, limitsOf, type StoredDevice } from '../../access/devices/knownDevices.ts';
import { countMark } from '../../access/memory.ts';
import { loadPerson } from '../../access/people.ts';
import { forgetSafety } from '../../access/safety.ts';
import { announceEnded, endSessions } from '../../access/sessions.ts';
import { refusePrograms } from '../../access/tokens.ts';
import { writeAudit } from '../../engine/audit.ts';
import type { Work } from '../../work.ts';

/** What is said of a device, at the version that was seen. */
export interface DeviceWish {
  readonly id: number;
  readonly version: number;
  readonly name?: string | undefined;
  readonly limits?: DeviceLimits | undefined;
}

/**
 * Lets a device in from now on, for whom and from where it is told. Refuses 'record.notFound', 'devices.changed' when somebody was
 * faster, 'addressRules.badAddress' {address} and 'devices.lockOut' {address} for the author's own device with limits that would
 * keep the author out.
 */
export async function approveDevice(work: Work, wish: DeviceWish): Promise<void> {
  const device = await lockDevice(work, wish);
  await storeDevice(work, device, { ...wordsOf(await checked(work, wish)), ...approval(work, device) }, 'approveDevice');
}

/** Changes what a device is called, or for whom and from where it may be used. Refuses like approveDevice. */
export async function changeDevice(work: Work, wish: DeviceWish): Promise<void> {
  const device = await lockDevice(work, wish);
  await storeDevice(work, device, wordsOf(await checked(work, wish)), 'change');
}

/** Keeps a device out for good: its sessions end with the commit. Refuses 'devices.own' for the author's own, and like approveDevice. */
export async function blockDevice(work: Work, wish: Pick<DeviceWish, 'id' | 'version'>): Promise<void> {
  const device = await lockDevice(work, wish);
  refuseOwn(work, device);
  await storeDevice(work, device, { state: 'blocked', approved_at: null, approved_by: null, ...noDoubt }, 'blockDevice');
  await endSessionsOf(work, device.id);
}

/** Forgets a device, as if it had never been seen: its sessions end. Refuses like blockDevice. */
export async function forgetDevice(work: Work, wish: Pick<DeviceWish, 'id' | 'version'>): Promise<void> {
  const device = await lockDevice(work, wish);
  refuseOwn(work, device);
  await endSessionsOf(work, device.id);
  await work.tx('devices').where({ id: device.id }).delete();
  await writeAudit(work, { action: 'forgetDevice', type: 'device', recordId: device.id, changes: { name: device.name } });
}

/**
 * Approves the author's own device, so that a rule which asks for one does not keep its author out. Gives false where the author
 * works at none, or its limits would keep the author out all the same.
 */
export async function approveOwnDevice(work: Work): Promise<boolean> {
  const { knownDevice: id, address = '' } = work.actor;
  const device = id === undefined ? undefined : ((await work.tx('devices').where({ id }).first()) as StoredDevice | undefined);
  if (!device) return false;
  const limits = limitsOf(device);
  const person = await loadPerson(work.tx, work.actor.userId);
  if (device.state === 'blocked' || !fitsAddress(limits, address) || !fitsPerson(limits, person)) return false;
  if (!isTrusted(device)) await storeDevice(work, device, approval(work, device), 'approveDevice');
  return true;
}

const recentMs = 30 * 24 * 3_600_000;

/** The devices that have signed in within the last 30 days while nobody asked. */
export const seenLately = (work: Work) =>
  work
    .tx('devices')
    .where({ state: 'seen' })
    .where('last_seen_at', '>=', instantOf(msOf(work.now) - recentMs));

/** Approves all of those. Gives how many. */
export async function approveSeen(work: Work): Promise<number> {
  const rows = (await seenLately(work).orderBy('id')) as StoredDevice[];
  for (const device of rows) await storeDevice(work, device, approval(work, device), 'approveDevice');
  return rows.length;
}

// The ticket stays: whoever waits shall hear what became of it.
const noDoubt = { doubt: null, code: null, waiting_since: null, machine_seen: null } as const;

const approval = (work: Work, device: StoredDevice): Partial<StoredDevice> => ({
  ...noDoubt,
  state: 'approved',
  approved_by: work.actor.userId,
  approved_at: work.now,
  // Somebody has looked at it: from now on it is the machine that was seen last.
  ...(device.machine_seen === null ? {} : { machine: device.machine_seen || null }),
});

/** Refuses 'record.notFound' and 'devices.changed'. */
async function lockDevice(work: Work, { id, version }: Pick<DeviceWish, 'id' | 'version'>): Promise<StoredDevice> {
  refusePrograms(work.actor);
  const query = work.tx('devices').where({ id });
  const [device] = (await work.company.store.dialect.forUpdate(query)) as StoredDevice[];
  if (!device) throw new Refusal('record.notFound', { type: 'device', id });
  if (device.version !== version) throw new Refusal('devices.changed');
  return device;
}

async function checked(work: Work, wish: DeviceWish): Promise<DeviceWish> {
  const { limits } = wish;
  if (limits?.addresses) addressesIn(limits.addresses);
  if (!limits || wish.id !== work.actor.knownDevice) return wish;
  const address = work.actor.address ?? '';
  const person = await loadPerson(work.tx, work.actor.userId);
  if (!fitsAddress(limits, address) || !fitsPerson(limits, person)) throw new Refusal('devices.lockOut', { address });
  return wish;
}

function wordsOf({ name, limits }: DeviceWish): Partial<StoredDevice> {
  const text = (list: readonly unknown[] | null) => (list === null ? null : JSON.stringify(list));
  return {
    ...(name === undefined ? {} : { name }),
    ...(limits ? { addresses: text(limits.addresses), users: text(limits.users), positions: text(limits.positions) } : {}),
  };
}

async function storeDevice(
  work: Work,
  device: StoredDevice,
  to: Partial<StoredDevice>,
  action: 'approveDevice' | 'blockDevice' | 'change',
): Promise<void> {
  await countMark(work, 'settings');
  await work
    .tx('devices')
    .where({ id: device.id })
    .update({ ...to, version: device.version + 1 });
  const { name = device.name, addresses, users, positions } = to;
  await writeAudit(work, { action, type: 'device', recordId: device.id, changes: { name, addresses, users, positions } });
  // Whoever works at it from where it may not be used any more is looked at again.
  work.afterCommit(() => forgetSafety(work.company));
}

function refuseOwn({ actor }: Work, { id }: StoredDevice): void {
  if (id === actor.knownDevice) throw new Refusal('devices.own');
}

async function endSessionsOf(work: Work, id: number): Promise<void> {
  const ended = await endSessions(work.tx, { devices: [id], by: work.actor.userId }, 'device', msOf(work.now));
  work.afterCommit(() => announceEnded(work.company, ended));
}
