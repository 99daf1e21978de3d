import { z } from 'zod';
import { writeAudit } from '../../engine/audit.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { look, transact } from '../../engine/transact.ts';
import { assignMany } from '../../features/assigning/assignMany.ts';
import { readAssignRule, storeAssignRule } from '../../features/assigning/assignRules.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';
import { definitionNamed, noteRefusedOnes } from './many.ts';
import { definitionOf } from './records.ts';

const id = z.int().min(1);

/** Giving records to others, and the rule by which they are given. */
export const assigningRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/api/assign',
    access: 'signedIn',
    summary: 'Gives records to new owners: all to one, in turn, by the company’s rule, or to whoever has fewest.',
    body: z.strictObject({
      type: z.string().max(60),
      ids: z.array(id).min(1).max(1000),
      owners: z.array(id).max(100),
      how: z.enum(['one', 'evenly', 'rule', 'fewest']),
      withDocuments: z.boolean(),
    }),
    creates: true,
    handle: async (ask) => {
      const { type, ...wish } = ask.body;
      const definition = definitionNamed(ask.company, type);
      const results = await once(ask, (work) => assignMany(work, definition, wish, { storeChange, writeAudit }));
      await noteRefusedOnes(ask, type, results);
      return { json: { results } };
    },
  }),
  route({
    method: 'get',
    path: '/api/assign-rules/:type',
    access: { operation: 'assign' },
    summary: 'The rule by which records of a type are assigned',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => readAssignRule(work, definitionOf(ask))) }),
  }),
  route({
    method: 'put',
    path: '/api/assign-rules/:type',
    access: { right: 'settings.change' },
    summary: 'Change the rule by which records of a type are assigned',
    body: z.strictObject({
      version: z.int().nonnegative(),
      rule: z.strictObject({
        field: z.string().max(60),
        table: z.array(z.strictObject({ value: z.union([z.string().max(60), id]), owner: id })).max(500),
        otherwise: id.nullable(),
      }),
    }),
    handle: async (ask) => {
      const definition = definitionOf(ask);
      await transact(ask.company, ask.actor, (work) => storeAssignRule(work, definition, ask.body.version, ask.body.rule));
      return { json: await look(ask.company, ask.actor, (work) => readAssignRule(work, definition)) };
    },
  }),
];
