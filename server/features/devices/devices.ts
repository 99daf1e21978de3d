import type { DeviceAnswer, DeviceLimits, DeviceLine, DeviceNames, DeviceState, DevicesAnswer } from '../../../shared/contracts/devices.ts';
import type { Instant } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { limitsOf, type StoredDevice } from '../../access/devices/knownDevices.ts';
import { narrowToLines } from '../../engine/list/searchLines.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';

export interface DevicesQuery {
  /** Part of the name, the address or the code, or of who was seen with it last: by pinyin too. */
  readonly text?: string | undefined;
  readonly state?: DeviceState | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit?: number;
}

type FoundDevice = StoredDevice & { readonly user_name: string | null; readonly approver: string | null };

/** The devices that the company knows, those that wait first, then the last seen: 100 at a time unless a limit is given. */
export async function listDevices(work: Work, { after, limit = 100, ...sought }: DevicesQuery): Promise<DevicesAnswer> {
  const from = after === undefined ? undefined : cursorIn(after);
  const found: FoundDevice[] = [];
  for (const part of parts) {
    if (from?.part === 'others' && part === 'waiting') continue;
    if (found.length <= limit) found.push(...(await partOf(work, part, { ...sought, from, limit: limit + 1 - found.length })));
  }
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return { rows: await linesOf(work, page), next: last ? cursorAfter(last) : null, names: await namesOf(work, page) };
}

/** One of them. Refuses 'record.notFound'. */
export async function readDevice(work: Work, id: number): Promise<DeviceAnswer> {
  const found = (await devicesIn(work).where('devices.id', id)) as FoundDevice[];
  const [row] = await linesOf(work, found);
  if (!row) throw new Refusal('record.notFound', { type: 'device', id });
  return { row, names: await namesOf(work, found) };
}

/** How many devices wait for somebody to approve them. */
export async function countWaiting({ tx }: Work): Promise<number> {
  const row = (await tx('devices').where({ state: 'waiting' }).count({ count: '*' }).first()) as { count: number | string };
  return Number(row.count);
}

const parts = ['waiting', 'others'] as const;

interface Cursor {
  readonly part: (typeof parts)[number];
  readonly lastSeenAt: Instant;
  readonly id: number;
}

/** How a cursor is written. */
export const devicesCursor = /^(waiting|others)_(\d{4}-[\dT:.-]+Z)_(\d{1,15})$/;

function cursorIn(text: string): Cursor {
  const [, part, lastSeenAt = '', id] = devicesCursor.exec(text) ?? [];
  if (part !== 'waiting' && part !== 'others') throw new Refusal('list.badCursor');
  return { part, lastSeenAt, id: Number(id) };
}

const cursorAfter = ({ state, last_seen_at, id }: FoundDevice): string =>
  [state === 'waiting' ? 'waiting' : 'others', last_seen_at, id].join('_');

/** Each part is read along an index of its own. */
async function partOf(
  work: Work,
  part: Cursor['part'],
  { text, state, from, limit }: { text?: string | undefined; state?: DeviceState | undefined; from: Cursor | undefined; limit: number },
): Promise<FoundDevice[]> {
  if (state !== undefined && (state === 'waiting') !== (part === 'waiting')) return [];
  const query = devicesIn(work).orderBy('devices.last_seen_at', 'desc').orderBy('devices.id', 'desc').limit(limit);
  if (part === 'waiting' || state !== undefined) query.where('devices.state', state ?? part);
  else query.whereNot('devices.state', 'waiting');
  if (from?.part === part) query.whereRaw('(devices.last_seen_at, devices.id) < (?, ?)', [from.lastSeenAt, from.id]);
  await narrowToLines(work, query, text ?? '', {
    columns: ['devices.name', 'devices.address', 'devices.code', 'users.name'],
    link: { column: 'devices.user', to: work.company.catalogue.get('user') },
  });
  return (await query) as FoundDevice[];
}

const devicesIn = ({ tx }: Work) =>
  tx('devices')
    .leftJoin('users', 'users.id', 'devices.user')
    .leftJoin({ approvers: 'users' }, 'approvers.id', 'devices.approved_by')
    .select('devices.*', { user_name: 'users.name', approver: 'approvers.name' });

async function linesOf(work: Work, devices: readonly FoundDevice[]): Promise<DeviceLine[]> {
  const used = (await work
    .tx('sessions')
    .whereIn(
      'known_device',
      devices.map(({ id }) => id),
    )
    .groupBy('known_device')
    .select('known_device')
    .max({ at: 'last_seen_at' })) as { known_device: number; at: Instant }[];
  const usedAt = new Map(used.map(({ known_device, at }) => [known_device, at]));
  return devices.map((row) => lineOf(work, row, usedAt.get(row.id)));
}

function lineOf(work: Work, row: FoundDevice, usedAt: Instant | undefined): DeviceLine {
  const { id, version, name, state, doubt, code, address } = row;
  const lastSeenAt = usedAt !== undefined && usedAt > row.last_seen_at ? usedAt : row.last_seen_at;
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

async function namesOf(work: Work, devices: readonly FoundDevice[]): Promise<DeviceNames> {
  const limits: DeviceLimits[] = devices.map(limitsOf);
  const named = new Map([
    ['user', new Set(limits.flatMap(({ users }) => users ?? []))],
    ['position', new Set(limits.flatMap(({ positions }) => positions ?? []))],
  ]);
  return { user: {}, position: {}, ...(await titlesFor(work, named)) };
}
