import { z } from 'zod';
import { languages } from '../../../shared/language/languages.ts';
import { look, transact } from '../../engine/transact.ts';
import { ownLanguage, type Print, previewLayout, printDocument, printFieldsOf } from '../../features/printing/data/printDocument.ts';
import { labelsMax, printItemLabels } from '../../features/printing/data/printItemLabels.ts';
import { listTemplates } from '../../features/printing/data/templates.ts';
import { renderBatch, renderPdf } from '../../features/printing/renderPdf.ts';
import { type Answer, type Route, route } from '../route.ts';
import { definitionOf, idOf } from './records.ts';

/** A stack that a printer takes in one go, and a size that a person can look through. */
export const batchMax = 50;

/** As many items as one print of labels takes. */
const labelItemsMax = 200;

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
    path: '/api/print/:type/batch',
    access: { operation: 'print' },
    summary: 'Several documents of a type as one PDF; every one of them is counted',
    body: z.strictObject({
      ids: z.array(z.int().positive()).min(1).max(batchMax),
      template: z.string().max(80).optional(),
      language,
    }),
    handle: async (ask) => {
      const { ids, ...wanted } = ask.body;
      const prints = await transact(ask.company, ask.actor, async (work) => {
        const found: Print[] = [];
        for (const id of new Set(ids)) found.push(await printDocument(work, definitionOf(ask), id, wanted));
        return found;
      });
      const bytes = await renderBatch(prints, ask.signal);
      return { bytes, mediaType: 'application/pdf', fileName: `${prints[0]?.data.title ?? ''} ${prints.length}.pdf`, inline: true };
    },
  }),
  route({
    method: 'post',
    path: '/api/print/:type/labels',
    access: { operation: 'print' },
    summary: 'Labels of several items as one PDF: so many of each, or as many as are in stock',
    body: z.strictObject({
      ids: z.array(z.int().positive()).min(1).max(labelItemsMax),
      each: z.union([z.int().min(1).max(labelsMax), z.literal('stock')]),
      withPrice: z.boolean().optional(),
      template: z.string().max(80).optional(),
      language,
    }),
    handle: async (ask) => {
      const prints = await transact(ask.company, ask.actor, (work) => printItemLabels(work, definitionOf(ask), ask.body));
      const bytes = await renderBatch(prints, ask.signal);
      return { bytes, mediaType: 'application/pdf', fileName: `${prints[0]?.data.title ?? ''} ${prints.length}.pdf`, inline: true };
    },
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
