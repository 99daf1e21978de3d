import type { Knex } from 'knex';
import type { DeviceDoubt, DeviceLimits, DeviceState } from '../../../shared/contracts/devices.ts';
import type { Instant } from '../../../shared/kernel/days.ts';
import type { Company } from '../../work.ts';
import { addressesIn, isAmong } from '../addressRules.ts';
import { administratorsAnd } from '../people.ts';
import { personOf } from '../rights.ts';

/** A device as it is stored. */
export interface StoredDevice {
  readonly id: number;
  readonly key_hash: string;
  readonly public_key: string;
  readonly machine: string | null;
  readonly machine_seen: string | null;
  readonly name: string;
  readonly state: DeviceState;
  readonly doubt: DeviceDoubt | null;
  readonly code: string | null;
  readonly ticket_hash: string | null;
  readonly ticket_at: Instant | null;
  readonly user: number | null;
  readonly user_agent: string | null;
  readonly address: string;
  readonly first_seen_at: Instant;
  readonly last_seen_at: Instant;
  readonly waiting_since: Instant | null;
  readonly approved_by: number | null;
  readonly approved_at: Instant | null;
  readonly addresses: string | null;
  readonly users: string | null;
  readonly positions: string | null;
  readonly version: number;
}

const tables = ['devices'];

/** A device by its id, from memory where nothing can have changed; null when it was forgotten. */
export async function findDevice({ store }: Company, id: number): Promise<StoredDevice | null> {
  const known = store.memory.recall<StoredDevice>(tables, id);
  if (known) return known;
  return store.read(async (tx) => {
    const row = (await tx('devices').where({ id }).first()) as StoredDevice | undefined;
    if (row) store.memory.keep(tx, tables, id, row);
    return row ?? null;
  });
}

/** What was allowed when a device was approved. */
export const limitsOf = ({ addresses, users, positions }: Pick<StoredDevice, 'addresses' | 'users' | 'positions'>): DeviceLimits => ({
  addresses: listIn<string>(addresses),
  users: listIn<number>(users),
  positions: listIn<number>(positions),
});

const listIn = <T>(text: string | null): T[] | null => (text === null ? null : (JSON.parse(text) as T[]));

/** Whether limits leave room for an address. */
export const fitsAddress = ({ addresses }: DeviceLimits, address: string): boolean =>
  addresses === null || isAmong(addressesIn(addresses), address);

/** Whether limits leave room for a person with these positions. */
export const fitsPerson = ({ users, positions }: DeviceLimits, person: { userId: number; positionIds: readonly number[] }): boolean =>
  (users === null && positions === null) ||
  (users?.includes(person.userId) ?? false) ||
  (positions?.some((id) => person.positionIds.includes(id)) ?? false);

/** Approved at some time, and not in doubt for more than where it is now. */
export const isTrusted = ({ state, doubt, approved_at }: StoredDevice): boolean =>
  state === 'approved' || (state === 'waiting' && doubt === 'address' && approved_at !== null);

/** Whether a person may work at a device from an address where only approved devices may: asked with every request. */
export async function isAdmitted(
  company: Company,
  of: { readonly device: number | undefined; readonly userId: number; readonly address: string },
): Promise<boolean> {
  const device = of.device === undefined ? null : await findDevice(company, of.device);
  if (!device || !isTrusted(device)) return false;
  const limits = limitsOf(device);
  return fitsAddress(limits, of.address) && fitsPerson(limits, await personOf(company, of.userId));
}

/** Everybody who works here and may approve devices. */
export const devicesKeepers = (tx: Knex): Promise<number[]> =>
  administratorsAnd(tx, tx('position_special_rights').where({ right: 'devices.manage' }).select('parent'));
