import { z } from 'zod';
import { advanceMax } from '../../../shared/contracts/numbering.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { type Route, route } from '../route.ts';
import { refuseUnlessFirst } from './setup.ts';

const codeSchema = z.string().max(20).optional();
const chosen = z.strictObject({ path: z.string().max(1000), passphrase: z.string().max(200).optional(), setupCode: codeSchema });
const byMany = z.int().min(0).max(advanceMax);
/** By how many numbers series are moved on. */
export const advanceWish = z.union([z.literal('usual'), byMany, z.record(z.string().max(60), byMany)]);

/** An empty server is given a backup instead of a new company; all of it only until there is one. */
export const restoringRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/setup/restore',
    access: 'open',
    summary: 'How far the restore of the first start is',
    handle: async ({ server }) => ({ json: server.restoreDesk.state() }),
  }),
  route({
    method: 'post',
    path: '/api/setup/restore/archives',
    access: 'open',
    summary: 'Backups that lie on disks of the server',
    body: z.strictObject({ setupCode: codeSchema }),
    handle: async ({ server, body, address }) => {
      refuseUnlessFirst(server, address, body.setupCode);
      return { json: { archives: server.restoreDesk.found() } };
    },
  }),
  route({
    method: 'post',
    path: '/api/setup/restore/upload',
    access: 'open',
    summary: 'Send a backup to an empty server; its size stands in Content-Length, the set-up code in X-Setup-Code',
    streams: true,
    handle: async ({ server, address, header, stream }) => {
      refuseUnlessFirst(server, address, header('x-setup-code'));
      const bytes = Number(header('content-length'));
      if (!stream || !Number.isSafeInteger(bytes) || bytes <= 0) throw new Refusal('backup.notAnArchive', { file: '' });
      return { json: await server.restoreDesk.take(stream, bytes), status: 201 };
    },
  }),
  route({
    method: 'post',
    path: '/api/setup/restore/look',
    access: 'open',
    summary: 'What a backup holds, after all of it was checked',
    body: chosen,
    handle: async ({ server, body, address }) => {
      refuseUnlessFirst(server, address, body.setupCode);
      return { json: await server.restoreDesk.lookInto(body.path, body.passphrase) };
    },
  }),
  route({
    method: 'post',
    path: '/api/setup/restore',
    access: 'open',
    summary: 'Begin to restore a backup into an empty server',
    body: chosen.extend({ numbers: advanceWish.optional() }),
    handle: async ({ server, body, address }) => {
      refuseUnlessFirst(server, address, body.setupCode);
      await server.restoreDesk.begin(body.path, { passphrase: body.passphrase, numbers: body.numbers });
      return { json: server.restoreDesk.state(), status: 202 };
    },
  }),
];
