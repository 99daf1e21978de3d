import { z } from 'zod';
import { look } from '../../engine/transact.ts';
import { itemBuyers } from '../../features/relations/itemBuyers.ts';
import { summaryOf } from '../../features/relations/summary.ts';
import { timelineOf } from '../../features/relations/timeline.ts';
import { type Route, route } from '../route.ts';
import { idPart, limitPart } from './queryParts.ts';
import { definitionOf, idOf } from './records.ts';

const kindsPart = z
  .string()
  .regex(/^[A-Za-z]{1,60}(,[A-Za-z]{1,60}){0,60}$/)
  .transform((text) => [...new Set(text.split(','))]);

/** What hangs together: the past of a record with everything linked to it, and its figures. */
export const relationRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/timeline/:type/:id',
    access: { operation: 'read' },
    summary: 'Everything that happened with a record and what is linked to it, the newest first',
    query: z.strictObject({ kinds: kindsPart.optional(), after: idPart.optional(), limit: limitPart.optional() }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => timelineOf(work, definitionOf(ask), idOf(ask), ask.query)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/summary/:type/:id',
    access: { operation: 'read' },
    summary: 'Counts and sums of what is linked to a record, and of what is linked to those below it',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => summaryOf(work, definitionOf(ask), idOf(ask))) }),
  }),
  route({
    method: 'get',
    path: '/api/items/:id/buyers',
    access: { right: 'see.salesPrice' },
    summary: 'Who bought an item and who was offered it, with the last price of each',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => itemBuyers(work, idOf(ask))) }),
  }),
];
