import { z } from 'zod';
import { handOutKinds } from '../../../shared/contracts/handOuts.ts';
import { languages, nearestLanguage } from '../../../shared/language/languages.ts';
import { look } from '../../engine/transact.ts';
import { exportHandOuts, handOuts } from '../../features/handOuts/handOuts.ts';
import { type Route, route } from '../route.ts';
import { dayPart, idPart } from './queryParts.ts';

const asked = z.strictObject({
  person: idPart.optional(),
  kind: z.enum(handOutKinds).optional(),
  from: dayPart.optional(),
  to: dayPart.optional(),
});

/** What left the house as a file or on paper. */
export const handOutRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/hand-outs',
    access: { right: 'audit.read' },
    summary: 'Exports and prints: who took what out, when and from where, the newest first',
    query: asked.extend({ after: idPart.optional() }),
    handle: async ({ company, actor, query }) => ({ json: await look(company, actor, (work) => handOuts(work, query)) }),
  }),
  route({
    method: 'get',
    path: '/api/hand-outs/workbook',
    access: { right: 'audit.read' },
    summary: 'The same as a workbook',
    query: asked.extend({ language: z.enum(languages).optional() }),
    handle: async ({ company, actor, query: { language, ...query } }) => {
      const { name, bytes } = await exportHandOuts(company, actor, query, nearestLanguage(language));
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: name };
    },
  }),
];
