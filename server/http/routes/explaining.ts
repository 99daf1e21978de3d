import { z } from 'zod';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { look } from '../../engine/transact.ts';
import { personRights } from '../../features/explaining/personRights.ts';
import { whoSees } from '../../features/explaining/whoSees.ts';
import { whyRecord } from '../../features/explaining/whyRecord.ts';
import { type Route, route } from '../route.ts';
import { idPart } from './queryParts.ts';
import { definitionOf, idOf } from './records.ts';

/** Why somebody may or may not: for whoever keeps users, and for those to whom the people of a department are delegated. */
export const explainingRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/records/:type/:id/seers',
    access: { operation: 'read' },
    summary: 'Who can see a record, each with the reason; among the people whom the caller keeps',
    query: z.strictObject({ after: idPart.optional() }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => whoSees(work, definitionOf(ask), idOf(ask), ask.query.after)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/records/:type/:id/why',
    access: { operation: 'read' },
    summary: 'Why a person can or cannot read, change, … a record, step by step and field by field',
    query: z.strictObject({ user: idPart }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => whyRecord(work, definitionOf(ask), idOf(ask), ask.query.user)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/users/:id/rights',
    access: 'signedIn',
    summary: 'Everything a person may do, with the positions that let them; for whoever keeps the person',
    handle: async ({ company, actor, params }) => ({ json: await look(company, actor, (work) => personRights(work, userIn(params.id))) }),
  }),
];

/** The person a path names. Refuses 'record.notFound' for what is no id. */
export function userIn(text: string | undefined): number {
  const id = idPart.safeParse(text);
  if (!id.success) throw new Refusal('record.notFound', { type: 'user', id: text });
  return id.data;
}
