import { z } from 'zod';
import type { Problem } from '../../../shared/contracts/wire.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessRight } from '../../access/rights.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { load } from '../../engine/load.ts';
import { deleteRecord, purgeRecord, restoreRecord } from '../../engine/removeRecord.ts';
import { takeStep } from '../../engine/takeStep.ts';
import { transact } from '../../engine/transact.ts';
import type { Work } from '../../work.ts';
import { problemOf } from '../problem.ts';
import { noteRefusal } from '../refusalTrail.ts';
import { type Route, route } from '../route.ts';
import { definitionOf } from './records.ts';

const bulkRoute = 'post /api/records/:type/bulk';

/** The same deed on many records: each in a transaction of its own, each with its own result; nothing is half silent. */
export const bulkRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/records/:type/bulk',
    access: { operation: 'read' },
    summary: 'Delete, restore, purge or take a step with many records; a result for each',
    body: z.strictObject({
      operation: z.enum(['delete', 'restore', 'purge', 'step']),
      step: z.string().max(60).optional(),
      reason: z.string().max(200).optional(),
      // Codes of the warnings that were read; they hold for each of the records.
      confirmed: z.array(z.string().max(60)).max(20).optional(),
      ids: z.array(z.int().positive()).min(1).max(1000),
    }),
    handle: async (ask) => {
      const results: { id: number; ok: boolean; problem?: Problem }[] = [];
      for (const id of ask.body.ids) {
        if (ask.signal.aborted) break;
        try {
          await transact(ask.company, ask.actor, (work) => deed(work, id));
          results.push({ id, ok: true });
        } catch (thrown) {
          await noteRefusal(ask.server, thrown, { ...ask, route: bulkRoute, type: ask.params.type, id });
          results.push({ id, ok: false, problem: problemOf(thrown, ask.server.log) });
        }
      }
      return { json: { results } };

      async function deed(work: Work, id: number): Promise<void> {
        const definition = definitionOf(ask);
        if (ask.body.operation === 'restore') {
          await restoreRecord(work, definition, id);
          return;
        }
        if (ask.body.operation === 'purge') {
          refuseUnlessRight(ask.actor, 'recycleBin.purge');
          await purgeRecord(work, definition, id);
          return;
        }
        // Before anything is said about the record: what may not be seen answers like what is not there.
        await refuseUnlessSeen(work, definition, id);
        const { version } = await load(work, definition, id);
        if (ask.body.operation === 'delete') await deleteRecord(work, definition, id, version);
        else if (ask.body.step === undefined) throw new Refusal('step.unknown', { step: '' });
        else await takeStep(work, definition, id, ask.body.step, { version, reason: ask.body.reason, confirmed: ask.body.confirmed });
      }
    },
  }),
];
