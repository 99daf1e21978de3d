import { z } from 'zod';
import { look } from '../../engine/transact.ts';
import { openingFigures } from '../../features/goLive/figures.ts';
import { changeControls, goLive, reopenOpening } from '../../features/goLive/goLive.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';

const reason = z.string().max(1000);

/** The figures a company begins with: compared with the old system, locked, opened again. */
export const goLiveRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/go-live/figures',
    access: { right: 'settings.change' },
    summary: 'Opening figures beside the totals of the old system',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, openingFigures) }),
  }),
  route({
    method: 'put',
    path: '/api/go-live/controls',
    access: { right: 'settings.change' },
    summary: 'Keep the totals of the old system',
    body: z.strictObject({ version: z.int().nonnegative(), totals: z.record(z.string().max(60), z.int().nullable()) }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await changeControls(work, ask.body.version, ask.body.totals);
        return {};
      });
      return { json: await look(ask.company, ask.actor, openingFigures) };
    },
  }),
  route({
    method: 'post',
    path: '/api/go-live',
    access: { right: 'settings.change' },
    summary: 'Lock the opening figures',
    body: z.strictObject({ reason: reason.optional() }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await goLive(work, ask.body.reason);
        return {};
      });
      return { json: {} };
    },
  }),
  route({
    method: 'post',
    path: '/api/go-live/reopen',
    access: { right: 'opening.force' },
    summary: 'Open the opening figures again',
    body: z.strictObject({ reason }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await reopenOpening(work, ask.body.reason);
        return {};
      });
      return { json: {} };
    },
  }),
];
