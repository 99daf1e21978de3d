import { z } from 'zod';
import { languages } from '../../../shared/language/languages.ts';
import { look, transact } from '../../engine/transact.ts';
import { ownLanguage, type Print, previewLayout, printDocument, printFieldsOf } from '../../features/printing/data/printDocument.ts';
import { listTemplates } from '../../features/printing/data/templates.ts';
import { renderPdf } from '../../features/printing/renderPdf.ts';
import { type Answer, type Route, route } from '../route.ts';
import { definitionOf, idOf } from './records.ts';

const language = z.enum(languages).optional();

/** Documents as PDF, the templates that lay them out, and what a template may say. */
export const printRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/print/:type/templates',
    access: { operation: 'print' },
    summary: 'Print templates of a document type, the main one first',
    query: z.strictObject({ language }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, async (work) => ({
        rows: await listTemplates(work, definitionOf(ask), ask.query.language ?? (await ownLanguage(work))),
      })),
    }),
  }),
  route({
    method: 'get',
    path: '/api/print/:type/fields',
    access: { right: 'templates.change' },
    summary: 'Names that a print template of the type may use, with their labels',
    query: z.strictObject({ language }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => printFieldsOf(work, String(ask.params.type), ask.query.language)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/print/:type/:id',
    access: { operation: 'print' },
    summary: 'A document as PDF; every print is counted',
    query: z.strictObject({ template: z.string().max(80).optional(), language }),
    handle: async (ask) =>
      pdf(await transact(ask.company, ask.actor, (work) => printDocument(work, definitionOf(ask), idOf(ask), ask.query))),
  }),
  route({
    method: 'post',
    path: '/api/print/preview',
    access: { right: 'templates.change' },
    summary: 'A layout on trial, with made-up data or those of a document',
    body: z.strictObject({ layout: z.unknown(), documentType: z.string().max(60), id: z.int().positive().optional(), language }),
    handle: async (ask) => pdf(await look(ask.company, ask.actor, (work) => previewLayout(work, ask.body))),
  }),
];

/** Drawn outside the transaction: nobody waits for paper. */
async function pdf({ template, data, language, mark, fileName }: Print): Promise<Answer> {
  const bytes = await renderPdf(template, data, { language, ...(mark === undefined ? {} : { mark }) });
  return { bytes, mediaType: 'application/pdf', fileName: `${fileName}.pdf`, inline: true };
}
