import { z } from 'zod';
import { transact } from '../../engine/transact.ts';
import { startViewing, stopViewing } from '../../features/safety/viewAs.ts';
import { type Route, route } from '../route.ts';

/** Looking in somebody else's name. */
export const viewingRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/api/viewing',
    access: { right: 'people.viewAs' },
    summary: 'Lets the caller look in somebody’s name for half an hour, without writing anything; the token is in this answer alone.',
    body: z.strictObject({ user: z.int().min(1) }),
    handle: async ({ company, actor, sessionId, body }) => {
      // Not under an idempotency key: the token would lie in the kept answer.
      const opened = await transact(company, actor, (work) => startViewing(work, { user: body.user, session: sessionId }));
      return { json: opened, status: 201 };
    },
  }),
  route({
    method: 'delete',
    path: '/api/viewing',
    access: 'signedIn',
    summary: 'Ends looking in somebody’s name.',
    handle: async ({ company, actor, sessionId }) => {
      await stopViewing(company, actor, sessionId);
      return { json: {} };
    },
  }),
];
