import { z } from 'zod';
import { isDay } from '../../../shared/kernel/days.ts';
import { languages, nearestLanguage } from '../../../shared/language/languages.ts';
import { look } from '../../engine/transact.ts';
import { drill } from '../../features/reports/drill.ts';
import { exportReport, printReport } from '../../features/reports/exportReport.ts';
import { offeredReports } from '../../features/reports/offeredReports.ts';
import { runReport } from '../../features/reports/runReport.ts';
import { type Route, route } from '../route.ts';
import { isPlain } from './queryParts.ts';

const name = z.string().max(60).refine(isPlain);
const day = z.string().refine(isDay);
const filters = z.record(name, z.array(z.int().positive()).max(500)).optional();
const span = { from: day.optional(), to: day.optional() };
const page = { after: z.string().max(1000).refine(isPlain).optional(), limit: z.int().min(1).max(500).optional() };

const questionSchema = {
  ...span,
  filters,
  groupBy: z.array(name).max(10).optional(),
  pivot: z.strictObject({ axis: name, measure: name }).nullable().optional(),
  sort: z.strictObject({ by: name, direction: z.enum(['ascending', 'descending']) }).optional(),
};

/** Figures: which there are, one page of one, the documents behind a figure, and the whole as a workbook. */
export const reportRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/reports',
    access: 'signedIn',
    summary: 'The reports this person may ask, with their axes and measures',
    handle: async (ask) => ({ json: { reports: await look(ask.company, ask.actor, async (work) => offeredReports(work)) } }),
  }),
  route({
    method: 'post',
    path: '/api/reports/:name',
    access: 'signedIn',
    summary: 'One page of a report: figures by the axes asked for, with totals',
    body: z.strictObject({ ...questionSchema, ...page }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => runReport(work, nameOf(ask), ask.body)) }),
  }),
  route({
    method: 'post',
    path: '/api/reports/:name/documents',
    access: 'signedIn',
    summary: 'The documents that a figure of a report is made of',
    body: z.strictObject({
      ...span,
      filters,
      ...page,
      measure: name,
      keys: z.record(name, z.union([z.int(), name, z.null()])),
    }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => drill(work, nameOf(ask), ask.body)) }),
  }),
  route({
    method: 'post',
    path: '/api/reports/:name/export',
    access: 'signedIn',
    summary: 'A report as a workbook, all its rows and the totals',
    body: z.strictObject({ question: z.strictObject(questionSchema).default({}), language: z.enum(languages).optional() }),
    handle: async (ask) => {
      const language = ask.body.language ?? nearestLanguage(ask.header('accept-language')?.split(',')[0]);
      const wanted = { name: nameOf(ask), question: ask.body.question, language };
      const file = await exportReport(ask.company, ask.actor, wanted, ask.signal);
      return { file: file.path, mediaType: file.mediaType, fileName: file.name };
    },
  }),
  route({
    method: 'post',
    path: '/api/reports/:name/print',
    access: 'signedIn',
    summary: 'A report as PDF, the rows of its workbook',
    body: z.strictObject({ question: z.strictObject(questionSchema).default({}), language: z.enum(languages).optional() }),
    handle: async (ask) => {
      const language = ask.body.language ?? nearestLanguage(ask.header('accept-language')?.split(',')[0]);
      const { name: fileName, bytes } = await printReport(ask.company, ask.actor, {
        name: nameOf(ask),
        question: ask.body.question,
        language,
      });
      return { bytes, mediaType: 'application/pdf', fileName, inline: true };
    },
  }),
];

const nameOf = (ask: { readonly params: Readonly<Record<string, string>> }): string => ask.params.name ?? '';
