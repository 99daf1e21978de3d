import { z } from 'zod';
import { operations, scopes } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { look } from '../../engine/transact.ts';
import { personRights } from '../../features/explaining/personRights.ts';
import { whatIf } from '../../features/explaining/whatIf.ts';
import { whoSees } from '../../features/explaining/whoSees.ts';
import { whyRecord } from '../../features/explaining/whyRecord.ts';
import { type Route, route } from '../route.ts';
import { idPart } from './queryParts.ts';
import { definitionOf, idOf } from './records.ts';

const id = z.int().min(1);
const name = z.string().max(80);
const position = z.strictObject({
  administrator: z.boolean(),
  grants: z.array(z.strictObject({ type: name, operation: z.enum(operations), scope: z.enum(scopes) })).max(1000),
  special: z.array(name).max(100),
  fieldRights: z.array(z.strictObject({ type: name, field: name, access: z.enum(['hidden', 'readOnly']) })).max(500),
});

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
    method: 'post',
    path: '/api/rights/what-if',
    access: 'signedIn',
    summary: 'What a change of a position, of somebody’s positions or of the departments would change, for whom; nothing is stored',
    body: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('position'), id, position }),
      z.strictObject({ kind: z.literal('user'), id, department: id.optional(), positions: z.array(id).max(10).optional() }),
      z.strictObject({ kind: z.literal('department'), id, parent: id.nullable() }),
    ]),
    handle: async ({ company, actor, body }) => ({ json: await look(company, actor, (work) => whatIf(work, body)) }),
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
