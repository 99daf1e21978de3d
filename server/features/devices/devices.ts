import type { DeviceLimits, DeviceLine, DeviceMode, DevicesAnswer } from '../../../shared/contracts/devices.ts';
import type { Instant } from '../../../shared/kernel/days.ts';
import { limitsOf, type StoredDevice } from '../../access/devices/knownDevices.ts';
import { deviceModeKey } from '../../access/safety.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { allSettings } from '../../engine/settings.ts';
import type { Work } from '../../work.ts';

type FoundDevice = StoredDevice & { readonly user_name: string | null; readonly approver: string | null; readonly used_at: Instant | null };

/** Every device the company knows, those that wait first, then the last seen; with whether devices are checked at all. */
export async function readDevices(work: Work): Promise<DevicesAnswer> {
  const rows = await foundDevices(work);
  return {
    rows: rows.map((row) => lineOf(work, row)),
    mode: await deviceMode(work),
    version: (await allSettings(work)).get(deviceModeKey)?.version ?? 0,
    names: { user: {}, position: {}, ...(await titlesFor(work, namedIn(rows.map(limitsOf)))) },
  };
}

/** When only approved devices come in. */
export const deviceMode = async (work: Work): Promise<DeviceMode> =>
  ((await allSettings(work)).get(deviceModeKey)?.value as DeviceMode | undefined) ?? 'never';

/** How many devices wait for somebody to approve them. */
export async function countWaiting({ tx }: Work): Promise<number> {
  const row = (await tx('devices').where({ state: 'waiting' }).count({ count: '*' }).first()) as { count: number | string };
  return Number(row.count);
}

async function foundDevices({ tx }: Work): Promise<FoundDevice[]> {
  const lastUse = tx('sessions').whereRaw('?? = ??', ['sessions.known_device', 'devices.id']).max('last_seen_at').as('used_at');
  return (await tx('devices')
    .leftJoin('users', 'users.id', 'devices.user')
    .leftJoin({ approvers: 'users' }, 'approvers.id', 'devices.approved_by')
    .orderByRaw(`case devices.state when 'waiting' then 0 else 1 end`)
    .orderBy('devices.last_seen_at', 'desc')
    .orderBy('devices.id', 'desc')
    .limit(5000)
    .select('devices.*', { user_name: 'users.name', approver: 'approvers.name' }, lastUse)) as FoundDevice[];
}

function lineOf(work: Work, row: FoundDevice): DeviceLine {
  const { id, version, name, state, doubt, code, address } = row;
  const lastSeenAt = row.used_at !== null && row.used_at > row.last_seen_at ? row.used_at : row.last_seen_at;
  return {
    ...{ id, version, name, state, doubt, code, address, lastSeenAt },
    ...limitsOf(row),
    userName: row.user_name,
    userAgent: row.user_agent,
    firstSeenAt: row.first_seen_at,
    approvedBy: row.approver,
    approvedAt: row.approved_at,
    isOwn: id === work.actor.knownDevice,
  };
}

function namedIn(limits: readonly DeviceLimits[]): Map<string, Set<number>> {
  return new Map([
    ['user', new Set(limits.flatMap(({ users }) => users ?? []))],
    ['position', new Set(limits.flatMap(({ positions }) => positions ?? []))],
  ]);
}
