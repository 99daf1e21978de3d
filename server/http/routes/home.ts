import { z } from 'zod';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { look, transact } from '../../engine/transact.ts';
import { numberGaps } from '../../features/gaps/numberGaps.ts';
import { homeFor } from '../../features/home/home.ts';
import { listNotices, readNotices } from '../../features/notices/notices.ts';
import { type Route, route } from '../route.ts';
import { cursorPart, idPart, limitPart } from './queryParts.ts';

/** What a person sees first, what was left for them to know, and the check of numbers. */
export const homeRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/home',
    access: 'signedIn',
    summary: 'Counts and first rows of what a person should look at today',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, homeFor) }),
  }),
  route({
    method: 'get',
    path: '/api/notices',
    access: 'signedIn',
    summary: 'The own notices, the newest first',
    query: z.strictObject({ after: idPart.optional(), limit: limitPart.optional() }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => listNotices(work, ask.query)) }),
  }),
  route({
    method: 'post',
    path: '/api/notices/read',
    access: 'signedIn',
    summary: 'Mark own notices as read',
    body: z.union([z.strictObject({ ids: z.array(z.int().positive()).max(500) }), z.strictObject({ upTo: z.int().positive() })]),
    handle: async (ask) => {
      await transact(ask.company, ask.actor, (work) => readNotices(work, ask.body));
      return { json: {} };
    },
  }),
  route({
    method: 'get',
    path: '/api/numbers/gaps',
    access: { right: 'audit.read' },
    summary: 'Numbers of a series that are missing, void or deleted',
    query: z.strictObject({ type: z.string().max(60), after: cursorPart.optional() }),
    handle: async (ask) => {
      const { type, after } = ask.query;
      const definition = ask.company.catalogue.find(type);
      // Whoever sees only some of the documents would learn of the others by their numbers.
      if (!definition || ask.actor.reach(type, 'read') !== 'all') throw new Refusal('record.notFound', { type });
      return { json: await look(ask.company, ask.actor, (work) => numberGaps(work, definition, { after })) };
    },
  }),
];
