import { z } from 'zod';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { look } from '../../engine/transact.ts';
import { belongingsOf } from '../../features/leaving/belongings.ts';
import { handOverPiece } from '../../features/leaving/handOver.ts';
import { readingOf } from '../../features/reading/unusual.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';
import { idPart } from './queryParts.ts';

const id = z.int().min(1);
const typeName = z.string().max(60);

/** What somebody answers for, and handing it over when they leave. */
export const leavingRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/users/:id/belongings',
    access: 'signedIn',
    summary: 'What a person answers for, by type: to be handed over when they leave; for whoever keeps them.',
    handle: async ({ company, actor, params }) => ({
      json: await look(company, actor, (work) => belongingsOf(work, userIn(params))),
    }),
  }),
  route({
    method: 'get',
    path: '/api/users/:id/reading',
    access: { right: 'audit.read' },
    summary: 'How much a person has read and exported lately, day by day, and what is usual for them.',
    handle: async ({ company, actor, params }) => ({ json: await look(company, actor, (work) => readingOf(work, userIn(params))) }),
  }),
  route({
    method: 'post',
    path: '/api/users/:id/hand-over',
    access: 'signedIn',
    summary: 'Gives a piece of everything somebody who leaves answers for to others, and says where the next piece begins.',
    body: z.strictObject({
      owners: z.array(id).min(1).max(100),
      byType: z.record(typeName, id),
      after: z.strictObject({ type: typeName, id, dealt: z.int().min(0) }).nullable(),
    }),
    creates: true,
    handle: async (ask) => ({ json: await once(ask, (work) => handOverPiece(work, userIn(ask.params), ask.body)) }),
  }),
];

function userIn(params: Readonly<Record<string, string>>): number {
  const user = idPart.safeParse(params.id);
  if (!user.success) throw new Refusal('record.notFound', { type: 'user', id: params.id });
  return user.data;
}
