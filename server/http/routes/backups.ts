import { z } from 'zod';
import { changePlan } from '../../backup/backupPlan.ts';
import { beginBackup, beginCopy, beginDiskCopy } from '../../backup/byHand.ts';
import { changePassphrase } from '../../backup/passphrase.ts';
import { removableDisks } from '../../backup/removable.ts';
import { cancelBackup } from '../../backup/running.ts';
import { chooseSecond } from '../../backup/secondFolder.ts';
import { backupStanding, backupsState, listBackups } from '../../backup/state.ts';
import { look } from '../../engine/transact.ts';
import { once } from '../once.ts';
import { type Ask, type Route, route } from '../route.ts';
import { idPart } from './queryParts.ts';

const access = { right: 'backups.keep' } as const;

const planSchema = z.strictObject({
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  keepDays: z.int().min(0).max(3650),
  keepMonthly: z.boolean(),
  remindDays: z.int().min(0).max(365),
});

/** How the company's backups stand, and what a person does with them. None of the doors gives out an archive. */
export const backupRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/backups',
    access,
    summary: 'How the backups stand, what runs now and when the next one is due',
    handle: stateOf,
  }),
  route({
    method: 'get',
    path: '/api/backups/standing',
    access,
    summary: 'The sign of the backups and what should be done about it',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, backupStanding) }),
  }),
  route({
    method: 'get',
    path: '/api/backups/list',
    access,
    summary: 'Backups that were made or tried, the newest first',
    query: z.strictObject({ after: idPart.optional() }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => listBackups(work, ask.query.after)) }),
  }),
  route({
    method: 'post',
    path: '/api/backups',
    access,
    summary: 'Begin a backup now; how far it is comes with the state',
    handle: (ask) => {
      beginBackup(ask.company, ask.actor.userId);
      return stateOf(ask);
    },
  }),
  route({
    method: 'post',
    path: '/api/backups/cancel',
    access,
    summary: 'Cancel what is being done with the backups; nothing half made is left',
    handle: async (ask) => {
      await cancelBackup(ask.company);
      return stateOf(ask);
    },
  }),
  route({
    method: 'put',
    path: '/api/backups/plan',
    access,
    summary: 'Change when backups are made and how long they are kept',
    body: z.strictObject({ version: z.int().nonnegative(), plan: planSchema }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await changePlan(work, ask.body.version, ask.body.plan);
        return {};
      });
      return stateOf(ask);
    },
  }),
  route({
    method: 'put',
    path: '/api/backups/second',
    access,
    summary: 'Choose the folder to which every backup is copied, or none',
    body: z.strictObject({ folder: z.string().trim().max(400) }),
    creates: true,
    handle: async (ask) => {
      await chooseSecond(ask.company, ask.actor, ask.body.folder);
      beginCopy(ask.company);
      return stateOf(ask);
    },
  }),
  route({
    method: 'get',
    path: '/api/backups/disks',
    access,
    summary: 'Disks at the server that can be pulled out',
    handle: async ({ server }) => ({ json: { disks: removableDisks(server.disks) } }),
  }),
  route({
    method: 'post',
    path: '/api/backups/disks',
    access,
    summary: 'Begin to copy the newest proven backup to such a disk',
    body: z.strictObject({ path: z.string().max(400) }),
    handle: async (ask) => {
      await beginDiskCopy(ask.company, ask.actor, { ...ask.server.disks, path: ask.body.path });
      return stateOf(ask);
    },
  }),
  route({
    method: 'put',
    path: '/api/backups/passphrase',
    access,
    summary: 'Encrypt backups from now on under a passphrase, or no longer',
    body: z.strictObject({ passphrase: z.string().max(200) }),
    handle: async (ask) => {
      await changePassphrase(ask.company, ask.actor, ask.body.passphrase);
      return stateOf(ask);
    },
  }),
];

async function stateOf({ company, actor }: Pick<Ask, 'company' | 'actor'>): Promise<{ json: unknown }> {
  return { json: await look(company, actor, backupsState) };
}
