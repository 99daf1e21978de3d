import { z } from 'zod';
import { auditDeeds } from '../../../shared/contracts/audit.ts';
import { look } from '../../engine/transact.ts';
import { listAudit } from '../../features/audit/auditTrail.ts';
import { type Route, route } from '../route.ts';
import { dayPart, idPart } from './queryParts.ts';

/** What was done in the company, and what was refused. */
export const auditRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/audit',
    access: { right: 'audit.read' },
    summary: 'The audit trail of the company, the newest line first',
    query: z.strictObject({
      person: idPart.optional(),
      day: dayPart.optional(),
      deed: z.enum(auditDeeds).optional(),
      after: idPart.optional(),
    }),
    handle: async ({ company, actor, query }) => ({ json: await look(company, actor, (work) => listAudit(work, query)) }),
  }),
];
