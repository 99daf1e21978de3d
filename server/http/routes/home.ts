import { z } from 'zod';
import { daysBetween } from '../../../shared/kernel/days.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { languages } from '../../../shared/language/languages.ts';
import { look, transact } from '../../engine/transact.ts';
import { exportGaps } from '../../features/gaps/exportGaps.ts';
import { numberGaps } from '../../features/gaps/numberGaps.ts';
import { noteExported } from '../../features/handOuts/noteExport.ts';
import { homeFor } from '../../features/home/home.ts';
import { waitingByType } from '../../features/home/lists.ts';
import { listNotices, readNotices } from '../../features/notices/notices.ts';
import { type Ask, type Route, route } from '../route.ts';
import { cursorPart, dayPart, idPart, limitPart } from './queryParts.ts';

/** Ten years of days are as many as anybody asks for at once. */
const spanDaysMax = 3660;

const gapsQuery = z
  .strictObject({
    type: z.string().max(60),
    series: z.enum(['drawn', 'issued']).optional(),
    from: dayPart.optional(),
    to: dayPart.optional(),
    after: cursorPart.optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined))
  .refine(({ from, to }) => from === undefined || to === undefined || daysBetween(from, to) <= spanDaysMax);

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
    path: '/api/waiting',
    access: 'signedIn',
    summary: 'How many documents of each type wait for the approval of this person',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, waitingByType) }),
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
    query: gapsQuery,
    handle: async (ask) => {
      const definition = numberedOf(ask);
      return { json: await look(ask.company, ask.actor, (work) => numberGaps(work, definition, ask.query)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/numbers/gaps/workbook',
    access: { right: 'audit.read' },
    summary: 'The same numbers as a workbook',
    query: gapsQuery.and(z.object({ language: z.enum(languages).optional() })),
    handle: async (ask) => {
      const definition = numberedOf(ask);
      const { language = 'zh-CN', ...query } = ask.query;
      const { name, bytes, rows } = await look(ask.company, ask.actor, (work) => exportGaps(work, definition, query, language));
      await noteExported(ask.company, ask.actor, { type: definition.type, changes: { rows, format: 'xlsx', of: 'gaps' } });
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: name };
    },
  }),
];

function numberedOf(ask: Ask<unknown, { type: string }>): Definition {
  const { type } = ask.query;
  const definition = ask.company.catalogue.find(type);
  // Whoever sees only some of the documents would learn of the others by their numbers.
  if (!definition || ask.actor.reach(type, 'read') !== 'all') throw new Refusal('record.notFound', { type });
  return definition;
}
