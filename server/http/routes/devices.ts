import { z } from 'zod';
import { challengeSchema, deviceProofSchema } from '../../../shared/contracts/deviceSchemas.ts';
import { deviceModes, deviceStates, type WaitingAnswer } from '../../../shared/contracts/devices.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { languages, nearestLanguage } from '../../../shared/language/languages.ts';
import { newChallenge } from '../../access/devices/challenges.ts';
import { proveAgain } from '../../access/devices/proveAgain.ts';
import { waitingState } from '../../access/devices/signingIn.ts';
import { clock } from '../../clock.ts';
import { look, transact } from '../../engine/transact.ts';
import { readDeviceCheck, setDeviceCheck } from '../../features/devices/deviceCheck.ts';
import { devicesCursor, listDevices, readDevice } from '../../features/devices/devices.ts';
import { exportDevices } from '../../features/devices/exportDevices.ts';
import { approveDevice, blockDevice, changeDevice, forgetDevice } from '../../features/devices/keepDevices.ts';
import type { Work } from '../../work.ts';
import { type Ask, type Route, route } from '../route.ts';
import { idPart, isPlain, textPart } from './queryParts.ts';
import { serverNames } from './serverNames.ts';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const company = z.string().max(60);
const version = z.int().nonnegative();
const ids = z.array(z.int().min(1)).min(1).max(200).nullable();
const wish = z.strictObject({
  version,
  name: z.string().trim().min(1).max(100).refine(isPlain).optional(),
  limits: z.strictObject({ addresses: z.array(z.string().max(100)).min(1).max(50).nullable(), users: ids, positions: ids }).optional(),
});
const access = { right: 'devices.manage' } as const;
const sought = z.strictObject({ text: textPart.optional(), state: z.enum(deviceStates).optional() });

const atDoor: Route[] = [
  route({
    method: 'post',
    path: '/api/devices/challenge',
    access: 'open',
    summary: 'A question that a device answers with its key when somebody signs in or goes on; good for one answer within a minute.',
    body: z.strictObject({ company }),
    handle: async ({ server, body, address }) => {
      const found = server.company(body.company);
      if (!found) throw new Refusal('route.unknown');
      return { json: { challenge: await found.store.write((tx) => newChallenge(tx, address, clock.now())) } };
    },
  }),
  route({
    method: 'post',
    path: '/api/devices/waiting',
    access: 'open',
    summary: 'How it stands with a device that waits to be approved, asked with the challenge it was turned away with.',
    body: z.strictObject({ company, waited: challengeSchema }),
    handle: async ({ server, body }) => {
      const found = server.company(body.company);
      const state: WaitingAnswer = found ? await waitingState(found, body.waited) : { state: 'gone' };
      return { json: state };
    },
  }),
  route({
    method: 'post',
    path: '/api/devices/prove',
    access: 'open',
    summary: 'Lets the session of the token go on: its device signs for it again, at a new address and every few hours.',
    body: z.strictObject({ proof: deviceProofSchema }),
    handle: async ({ server, body: { proof }, header, address }) => {
      const shown = { authorization: header('authorization'), userAgent: header('user-agent') };
      await proveAgain((code) => server.company(code), { ...shown, proof, address, servers: serverNames(server, header('host')) });
      return { json: {} };
    },
  }),
];

/** The devices of a company: how they come in, and who keeps them. */
export const deviceRoutes: readonly Route[] = [
  ...atDoor,
  route({
    method: 'get',
    path: '/api/devices',
    access,
    summary: 'The devices that have signed in or wait to, page by page; found by name, person, address or code.',
    query: sought.extend({ after: z.string().regex(devicesCursor).optional() }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => listDevices(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/devices/workbook',
    access,
    summary: 'The devices as a workbook.',
    query: sought.extend({ language: z.enum(languages).optional() }),
    handle: async ({ company: of, actor, query: { language, ...query } }) => {
      const { name, bytes } = await exportDevices(of, actor, query, nearestLanguage(language));
      return { bytes, mediaType: workbookType, fileName: name };
    },
  }),
  route({
    method: 'get',
    path: '/api/device-check',
    access,
    summary: 'When only approved devices come in, how many wait, and a mark that is another one once anything has changed.',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, readDeviceCheck) }),
  }),
  route({
    method: 'put',
    path: '/api/device-check',
    access,
    summary: 'Says when only approved devices come in; the device of the caller is approved in the same step.',
    body: z.strictObject({ version, mode: z.enum(deviceModes), approveSeen: z.boolean().default(false) }),
    handle: async (ask) => {
      await transact(ask.company, ask.actor, (work) => setDeviceCheck(work, ask.body));
      return { json: await look(ask.company, ask.actor, readDeviceCheck) };
    },
  }),
  route({
    method: 'patch',
    path: '/api/devices/:id',
    access,
    summary: 'Changes what a device is called, or for whom and from where it may be used.',
    body: wish,
    handle: (ask) => kept(ask, (work, id) => changeDevice(work, { id, ...ask.body })),
  }),
  route({
    method: 'put',
    path: '/api/devices/:id/approved',
    access,
    summary: 'Approves a device, for whom and from where it is told.',
    body: wish,
    handle: (ask) => kept(ask, (work, id) => approveDevice(work, { id, ...ask.body })),
  }),
  route({
    method: 'put',
    path: '/api/devices/:id/blocked',
    access,
    summary: 'Blocks a device: its sessions end at once, and it never comes in again.',
    body: z.strictObject({ version }),
    handle: (ask) => kept(ask, (work, id) => blockDevice(work, { id, ...ask.body })),
  }),
  route({
    method: 'delete',
    path: '/api/devices/:id',
    access,
    summary: 'Forgets a device: its sessions end, and it is unknown when it comes again.',
    query: z.strictObject({ version: z.coerce.number().int().nonnegative() }),
    handle: async (ask) => {
      const id = idFrom(ask);
      await transact(ask.company, ask.actor, (work) => forgetDevice(work, { id, ...ask.query }));
      return { json: {} };
    },
  }),
];

async function kept(ask: Ask<unknown, unknown>, change: (work: Work, id: number) => Promise<void>): Promise<{ json: unknown }> {
  const id = idFrom(ask);
  await transact(ask.company, ask.actor, (work) => change(work, id));
  return { json: await look(ask.company, ask.actor, (work) => readDevice(work, id)) };
}

/** Refuses 'record.notFound' for what is no id. */
function idFrom({ params }: Pick<Ask, 'params'>): number {
  const id = idPart.safeParse(params.id);
  if (!id.success) throw new Refusal('record.notFound', { type: 'device', id: params.id });
  return id.data;
}
