import { z } from 'zod';
import { lotStates } from '../../../shared/contracts/lots.ts';
import { languages } from '../../../shared/language/languages.ts';
import { look } from '../../engine/transact.ts';
import { exportLots } from '../../features/lots/exportLots.ts';
import { lotChoices, lotStock } from '../../features/lots/lotStock.ts';
import { lotTrace } from '../../features/lots/lotTrace.ts';
import { type Route, route } from '../route.ts';
import { cursorPart, idPart, idsPart, limitPart, textPart } from './queryParts.ts';
import { idOf } from './records.ts';

const lotsAsked = {
  search: textPart.optional(),
  item: idPart.optional(),
  warehouse: idPart.optional(),
  state: z.enum(lotStates).optional(),
};

/** Batches and serial numbers beyond their records: what lies where, what to choose, where it came from and went. */
export const lotRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/lots/stock',
    access: 'signedIn',
    summary: 'What lies where of each batch and serial number, the first to expire first',
    query: z.strictObject({ ...lotsAsked, after: cursorPart.optional(), limit: limitPart.optional() }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => lotStock(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/lots/stock.xlsx',
    access: 'signedIn',
    summary: 'The same as a workbook',
    query: z.strictObject({ ...lotsAsked, language: z.enum(languages).optional() }),
    handle: async (ask) => {
      const { language = 'zh-CN', ...query } = ask.query;
      const { name, bytes } = await exportLots(ask.company, ask.actor, query, language);
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: name };
    },
  }),
  route({
    method: 'get',
    path: '/api/lots/choices',
    access: 'signedIn',
    summary: 'Which of some items are told apart, and the batches of them that lie in warehouses',
    query: z.strictObject({ items: idsPart }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => lotChoices(work, ask.query.items)) }),
  }),
  route({
    method: 'get',
    path: '/api/lots/:id/trace',
    access: 'signedIn',
    summary: 'Where a batch or serial number came from, where it lies and where it went',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => lotTrace(work, idOf(ask))) }),
  }),
];
