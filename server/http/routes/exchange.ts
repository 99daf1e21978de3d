import { z } from 'zod';
import type { ListQuery } from '../../../shared/contracts/wire.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { type Language, languages, nearestLanguage } from '../../../shared/language/languages.ts';
import { exportRecords } from '../../features/exchange/export/exportRecords.ts';
import { cancelImport } from '../../features/exchange/import/cancelImport.ts';
import { checkImport } from '../../features/exchange/import/checkImport.ts';
import { commitImport } from '../../features/exchange/import/commitImport.ts';
import { importHistory, importRows, importStatus } from '../../features/exchange/import/importStatus.ts';
import { importTemplate } from '../../features/exchange/import/importTemplate.ts';
import { rejectedRows } from '../../features/exchange/import/rejectedRows.ts';
import { startImport } from '../../features/exchange/import/startImport.ts';
import { undoImport } from '../../features/exchange/import/undoImport.ts';
import { type Ask, type Route, route } from '../route.ts';
import { listSchema } from './schemas.ts';

const uploadBytesMax = 60 * 1024 * 1024;
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const language = z.enum(languages).optional();
const decision = z.enum(['skip', 'take', 'mergeInto']);
const checkSchema = z.strictObject({
  mapping: z.record(z.string().max(8), z.string().max(120).nullable()).optional(),
  options: z.strictObject({ createMissing: z.boolean().optional(), ownerless: z.enum(['importer', 'nobody']).optional() }).optional(),
});
const commitSchema = z.strictObject({
  decisions: z
    .strictObject({
      all: decision.optional(),
      kinds: z.record(z.string().max(60), decision).optional(),
      rows: z.record(z.string().max(10), decision).optional(),
    })
    .default({}),
  existing: z.enum(['skip', 'update']).default('skip'),
});

/** Files in and out: imports step by step, and lists as workbooks. */
export const exchangeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/imports',
    access: { right: 'import' },
    summary: 'Upload a workbook or CSV; its headings are read and a mapping proposed',
    rawLimitBytes: uploadBytesMax,
    query: z.object({ type: z.string().max(60), name: z.string().max(400).default(''), sheet: z.string().max(100).optional() }),
    handle: async (ask) => {
      const { company, actor, raw, query } = ask;
      const id = await startImport(company, actor, { ...query, bytes: raw ?? Buffer.alloc(0) });
      return { json: await importStatus(company, actor, id), status: 201 };
    },
  }),
  route({
    method: 'get',
    path: '/api/imports',
    access: { right: 'import' },
    summary: 'The latest imports',
    handle: async ({ company, actor }) => ({ json: { rows: await importHistory(company, actor) } }),
  }),
  route({
    method: 'get',
    path: '/api/imports/template/:type',
    access: { right: 'import' },
    summary: 'A workbook to fill in, with headings in the language asked for',
    query: z.object({ language }),
    handle: async (ask) => {
      const { name, bytes } = await importTemplate(ask.company, ask.actor, ask.params.type ?? '', languageOf(ask));
      return { bytes, mediaType: workbookType, fileName: `${name}.xlsx` };
    },
  }),
  route({
    method: 'get',
    path: '/api/imports/:id',
    access: { right: 'import' },
    summary: 'Where an import stands',
    handle: async (ask) => ({ json: await importStatus(ask.company, ask.actor, idOf(ask)) }),
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/check',
    access: { right: 'import' },
    summary: 'Dry run: every row is read, checked and compared',
    body: checkSchema,
    handle: async (ask) => {
      await checkImport(ask.company, ask.actor, idOf(ask), ask.body);
      return { json: await importStatus(ask.company, ask.actor, idOf(ask)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/commit',
    access: { right: 'import' },
    summary: 'Take the checked rows in, all or nothing',
    body: commitSchema,
    handle: async (ask) => {
      await commitImport(ask.company, ask.actor, idOf(ask), ask.body);
      return { json: await importStatus(ask.company, ask.actor, idOf(ask)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/cancel',
    access: { right: 'import' },
    summary: 'End an import; a commit under way is rolled back',
    handle: async (ask) => {
      await cancelImport(ask.company, ask.actor, idOf(ask));
      return { json: await importStatus(ask.company, ask.actor, idOf(ask)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/rows',
    access: { right: 'import' },
    summary: 'Rows that need a look, by verdict, a page at a time',
    query: z.object({ kind: z.string().max(60).optional(), after: z.coerce.number().int().nonnegative().optional() }),
    handle: async (ask) => ({ json: await importRows(ask.company, ask.actor, idOf(ask), ask.query) }),
  }),
  route({
    method: 'get',
    path: '/api/imports/:id/rejected',
    access: { right: 'import' },
    summary: 'The rows left out, with the reason in a column of its own',
    query: z.object({ language }),
    handle: async (ask) => ({
      bytes: await rejectedRows(ask.company, ask.actor, idOf(ask), languageOf(ask)),
      mediaType: workbookType,
      fileName: `rejected-${idOf(ask)}.xlsx`,
    }),
  }),
  route({
    method: 'post',
    path: '/api/imports/:id/undo',
    access: { right: 'import' },
    summary: 'Take a whole import back while nothing of it was changed or used',
    body: z.strictObject({ reason: z.string().trim().min(1).max(200) }),
    handle: async (ask) => {
      await undoImport(ask.company, ask.actor, idOf(ask), ask.body.reason);
      return { json: await importStatus(ask.company, ask.actor, idOf(ask)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/records/:type/export',
    access: { operation: 'export' },
    summary: 'The list as a workbook or CSV: same columns, filter and order',
    body: z.strictObject({
      query: listSchema.default({}),
      format: z.enum(['xlsx', 'csv']).default('xlsx'),
      headers: z.record(z.string().max(120), z.string().max(200)).optional(),
      language,
    }),
    handle: async (ask) => {
      const definition = ask.company.catalogue.find(ask.params.type ?? '');
      if (!definition) throw new Refusal('record.unknownType', { type: ask.params.type ?? '' });
      const request = { ...ask.body, query: ask.body.query as ListQuery, language: ask.body.language ?? languageOf(ask) };
      const file = await exportRecords(ask.company, ask.actor, definition, request, ask.signal);
      return { file: file.path, mediaType: file.mediaType, fileName: file.name };
    },
  }),
];

function idOf(ask: Pick<Ask, 'params'>): number {
  const id = Number(ask.params.id);
  if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('import.notFound');
  return id;
}

/** The language asked for, else the one the caller's program speaks. */
function languageOf(ask: Pick<Ask, 'query' | 'header'>): Language {
  const { language: asked } = (ask.query ?? {}) as { language?: Language };
  return asked ?? nearestLanguage(ask.header('accept-language')?.split(',')[0]);
}
