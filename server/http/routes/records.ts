import { z } from 'zod';
import type { RecordAnswer, RecordInput, StepInput } from '../../../shared/contracts/wire.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { answerFor, readRecord } from '../../engine/answers.ts';
import { propose } from '../../engine/become.ts';
import { changeRecord } from '../../engine/changeRecord.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { findSimilar } from '../../engine/duplicates.ts';
import { listRecords } from '../../engine/list/listRecords.ts';
import { pickRecords } from '../../engine/list/pickRecords.ts';
import { makeFrom } from '../../engine/makeFrom.ts';
import { deleteRecord, purgeRecord, restoreRecord } from '../../engine/removeRecord.ts';
import { takeStep, takeStepOn } from '../../engine/takeStep.ts';
import { look, transact } from '../../engine/transact.ts';
import { readVersion, restoreVersion, versionsOf } from '../../engine/versions.ts';
import { noteOpened } from '../../features/reading/noteReading.ts';
import type { Work } from '../../work.ts';
import { once } from '../once.ts';
import { type Ask, type Route, route } from '../route.ts';
import { idPart } from './queryParts.ts';
import { inputSchema, listSchema, makeSchema, pickSchema, sourcesSchema, stepSchema, valuesSchema } from './schemas.ts';

/** The generic doors: every record type goes through these, whatever it is. */
export const recordRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/records/:type/list',
    access: { operation: 'read' },
    summary: 'List records: search, filter tree, sort, key paging, totals',
    body: listSchema,
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => listRecords(work, definitionOf(ask), ask.body)) }),
  }),
  route({
    method: 'post',
    path: '/api/pick/:type',
    access: 'signedIn',
    summary: 'Find records while typing: code, name, pinyin, barcode',
    body: pickSchema,
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => pickRecords(work, definitionOf(ask), ask.body)) }),
  }),
  route({
    method: 'post',
    path: '/api/records/:type',
    access: { operation: 'create' },
    summary: 'Create a record, and take a step with it when one is named',
    body: inputSchema,
    creates: true,
    handle: async (ask) => {
      const definition = definitionOf(ask);
      const input = ask.body as RecordInput;
      const json = await once(ask, (work) => answerMade(work, definition, input.step, () => createRecord(work, definition, input)));
      return { json, status: 201 };
    },
  }),
  route({
    method: 'post',
    path: '/api/records/:type/become',
    access: { operation: 'create' },
    summary: 'Propose a document made from others; nothing is stored',
    body: sourcesSchema,
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => propose(work, definitionOf(ask), ask.body.sources)) }),
  }),
  route({
    method: 'post',
    path: '/api/records/:type/make',
    access: { operation: 'create' },
    summary: 'Store what others become, as proposed, and take a step with it when one is named',
    body: makeSchema,
    creates: true,
    handle: async (ask) => {
      const { sources, values, step } = ask.body;
      const json = await once(ask, (work) =>
        answerMade(work, definitionOf(ask), step, () => makeFrom(work, definitionOf(ask), sources, values)),
      );
      return { json, status: 201 };
    },
  }),
  route({
    method: 'post',
    path: '/api/records/:type/similar',
    access: { operation: 'create' },
    summary: 'Records with the same or nearly the same name',
    body: z.strictObject({ values: valuesSchema, except: z.int().positive().optional() }),
    handle: async (ask) => {
      const records = await look(ask.company, ask.actor, (work) => findSimilar(work, definitionOf(ask), ask.body.values, ask.body.except));
      return { json: { records } };
    },
  }),
  route({
    method: 'get',
    path: '/api/records/:type/:id',
    access: { operation: 'read' },
    summary: 'Read one record',
    handle: async (ask) => {
      const json = await look(ask.company, ask.actor, (work) => readRecord(work, definitionOf(ask), idOf(ask)));
      await noteOpened(ask.company, ask.actor, definitionOf(ask).type, idOf(ask));
      return { json };
    },
  }),
  route({
    method: 'patch',
    path: '/api/records/:type/:id',
    access: { operation: 'change' },
    summary: 'Change a record, the version seen must be the newest; and take a step with it when one is named',
    body: inputSchema,
    creates: true,
    handle: async (ask) => ({
      json: await withCurrent(ask, async (work, definition) => {
        const input = ask.body as RecordInput;
        const stored = await changeRecord(work, definition, idOf(ask), input);
        return input.step ? takeStepOn(work, definition, stored, input.step) : stored;
      }),
    }),
  }),
  route({
    method: 'post',
    path: '/api/records/:type/:id/steps/:step',
    access: { operation: 'read' },
    summary: 'Take a document a step along its life',
    body: stepSchema,
    creates: true,
    handle: async (ask) => ({
      json: await withCurrent(ask, (work, definition) => takeStep(work, definition, idOf(ask), String(ask.params.step), ask.body)),
    }),
  }),
  route({
    method: 'delete',
    path: '/api/records/:type/:id',
    access: { operation: 'delete' },
    summary: 'Put a record into the recycle bin',
    query: z.strictObject({ version: z.coerce.number().int() }),
    handle: async (ask) => {
      await transact(ask.company, ask.actor, (work) => deleteRecord(work, definitionOf(ask), idOf(ask), ask.query.version));
      return { json: {} };
    },
  }),
  route({
    method: 'post',
    path: '/api/records/:type/:id/restore',
    access: { operation: 'delete' },
    summary: 'Take a record out of the recycle bin',
    creates: true,
    handle: async (ask) => ({
      json: await once(ask, async (work) => answerFor(work, definitionOf(ask), await restoreRecord(work, definitionOf(ask), idOf(ask)))),
    }),
  }),
  route({
    method: 'delete',
    path: '/api/records/:type/:id/purge',
    access: { right: 'recycleBin.purge' },
    summary: 'Remove a record in the recycle bin for good',
    handle: async (ask) => {
      await transact(ask.company, ask.actor, (work) => purgeRecord(work, definitionOf(ask), idOf(ask)));
      return { json: {} };
    },
  }),
  route({
    method: 'get',
    path: '/api/records/:type/:id/versions',
    access: { operation: 'read' },
    summary: 'Who changed what and when',
    handle: async (ask) => ({
      json: { rows: await look(ask.company, ask.actor, (work) => versionsOf(work, definitionOf(ask), idOf(ask))) },
    }),
  }),
  route({
    method: 'get',
    path: '/api/records/:type/:id/versions/:version',
    access: { operation: 'read' },
    summary: 'The record as it was at a version',
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => readVersion(work, definitionOf(ask), idOf(ask), Number(ask.params.version))),
    }),
  }),
  route({
    method: 'post',
    path: '/api/records/:type/:id/versions/:version/restore',
    access: { right: 'versions.restore' },
    summary: 'Make an earlier version the newest one',
    body: z.strictObject({ version: z.int().optional() }),
    creates: true,
    handle: async (ask) => ({
      json: await withCurrent(ask, (work, definition) =>
        restoreVersion(work, definition, idOf(ask), Number(ask.params.version), ask.body.version),
      ),
    }),
  }),
];

/** The definition a path names. Refuses 'record.notFound' for an unknown type and for one the actor may not read. */
export function definitionOf(ask: Ask<unknown, unknown>): Definition {
  const type = String(ask.params.type);
  const definition = ask.company.catalogue.find(type);
  if (!definition) throw new Refusal('record.notFound', { type });
  return definition;
}

/** The id a path names, in its one spelling (not `01` or `0x1`). Refuses 'record.notFound' for everything else. */
export function idOf(ask: Ask<unknown, unknown>): number {
  const id = idPart.safeParse(ask.params.id);
  if (!id.success) throw new Refusal('record.notFound');
  return id.data;
}

/** The answer for a record that is made now, and taken a step further in the same transaction. */
async function answerMade(
  work: Work,
  definition: Definition,
  step: StepInput | undefined,
  make: () => Promise<StoredRecord>,
): Promise<RecordAnswer> {
  const made = await make();
  return answerFor(work, definition, step ? await takeStepOn(work, definition, made, step) : made);
}

type Change = (work: Parameters<typeof answerFor>[0], definition: Definition) => ReturnType<typeof changeRecord>;

/** Runs a change; when somebody else was faster, the refusal carries the record as it is now. */
async function withCurrent(ask: Ask<unknown, unknown>, change: Change): Promise<RecordAnswer> {
  const definition = definitionOf(ask);
  try {
    return await once(ask, async (work) => answerFor(work, definition, await change(work, definition)));
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.code !== 'record.stale') throw thrown;
    const current = await look(ask.company, ask.actor, (work) => readRecord(work, definition, idOf(ask)));
    throw Object.assign(thrown, { current });
  }
}
