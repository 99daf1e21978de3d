import { z } from 'zod';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { cancelBackup, runningOf } from '../../backup/running.ts';
import { beginPractice, practiceState, removePractice } from '../../practice/practices.ts';
import { type Ask, type Route, route } from '../route.ts';

// Whoever keeps the backups holds all data of the company already.
const access = { right: 'backups.keep' } as const;

/** A copy of the company to practise in: made and thrown away by those who keep its data. */
export const practiceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/practice',
    access,
    summary: 'The practice company there is, and how far copying to one is',
    handle: stateOf,
  }),
  route({
    method: 'post',
    path: '/api/practice',
    access,
    summary: 'Begin to copy the company to a practice company; how far it is comes with the state',
    handle: async (ask) => {
      await beginPractice(ask.company, ask.actor, ask.server.practices);
      return stateOf(ask);
    },
  }),
  route({
    method: 'post',
    path: '/api/practice/cancel',
    access,
    summary: 'Stop copying; nothing half made is left',
    handle: async (ask) => {
      if (runningOf(ask.company)?.kind !== 'practice') throw new Refusal('backup.notRunning');
      await cancelBackup(ask.company);
      return stateOf(ask);
    },
  }),
  route({
    method: 'post',
    path: '/api/practice/remove',
    access,
    summary: 'Remove the practice company for good; its name has to be typed',
    body: z.strictObject({ name: z.string().max(200) }),
    handle: async (ask) => {
      await removePractice(ask.company, ask.actor, { practices: ask.server.practices, name: ask.body.name });
      return stateOf(ask);
    },
  }),
];

async function stateOf({ company, server }: Pick<Ask, 'company' | 'server'>): Promise<{ json: unknown }> {
  return { json: practiceState(company, server.practices) };
}
