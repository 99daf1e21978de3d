import { z } from 'zod';
import { languages } from '../../../shared/language/languages.ts';
import { look } from '../../engine/transact.ts';
import { exportMoves } from '../../features/warehousing/exportMoves.ts';
import { stockLimits } from '../../features/warehousing/stockLimits.ts';
import { type Route, route } from '../route.ts';
import { cursorPart, idPart, limitPart } from './queryParts.ts';
import { movesAsked } from './trade.ts';

/** What whoever keeps warehouses asks for beside documents. */
export const warehousingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/stock/limits',
    access: 'signedIn',
    summary: 'Items of which less is available than should be, or more than may, with how much to order',
    query: z.strictObject({
      side: z.enum(['below', 'above']).optional(),
      warehouse: idPart.optional(),
      after: cursorPart.optional(),
      limit: limitPart.optional(),
    }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => stockLimits(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/stock/moves.xlsx',
    access: 'signedIn',
    summary: 'The movement ledger as a workbook',
    query: z.strictObject({ ...movesAsked, language: z.enum(languages).optional() }),
    handle: async (ask) => {
      const { language = 'zh-CN', ...query } = ask.query;
      const { name, bytes } = await exportMoves(ask.company, ask.actor, query, language);
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: name };
    },
  }),
];
