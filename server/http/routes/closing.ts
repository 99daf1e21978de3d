import { z } from 'zod';
import { closingChecks } from '../../../shared/contracts/closing.ts';
import { isDay } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { languages } from '../../../shared/language/languages.ts';
import { look, transact } from '../../engine/transact.ts';
import { expensesOf } from '../../features/books/expensesOf.ts';
import { exportBook, printBook } from '../../features/books/exportBook.ts';
import { reconcile } from '../../features/books/reconcile.ts';
import { closingCheck, failedMusts } from '../../features/closing/checks.ts';
import { closeMonth, closingState, reopenMonths } from '../../features/closing/closing.ts';
import { exportYear } from '../../features/closing/exportYear.ts';
import { monthSummary } from '../../features/closing/monthSummary.ts';
import { closeYear, reopenYear, yearReport, yearsState } from '../../features/closing/yearClosing.ts';
import { noteExported } from '../../features/handOuts/noteExport.ts';
import { drawSheet } from '../../features/printing/sheetPaper.ts';
import { once } from '../once.ts';
import { type Ask, type Route, route } from '../route.ts';
import { dayPart } from './queryParts.ts';
import { idOf } from './records.ts';

const day = z.string().refine(isDay);
const access = { right: 'books.close' } as const;

/** Books and their closing: ticking the bank's statement, how far the books are closed, what to look at before, and the deed itself. */
export const closingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/accounts/:id/book/workbook',
    access: { right: 'cash.pay' },
    summary: 'The book of an account as a workbook',
    query: z.strictObject({ from: dayPart.optional(), to: dayPart.optional(), language: z.enum(languages).default('zh-CN') }),
    handle: async (ask) => {
      const { name, bytes } = await transact(ask.company, ask.actor, (work) => exportBook(work, idOf(ask), ask.query));
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: name };
    },
  }),
  route({
    method: 'get',
    path: '/api/accounts/:id/book/paper',
    access: { right: 'cash.pay' },
    summary: 'The book of an account as PDF',
    query: z.strictObject({ from: dayPart.optional(), to: dayPart.optional(), language: z.enum(languages).default('zh-CN') }),
    handle: async (ask) => {
      const { name, paper } = await transact(ask.company, ask.actor, (work) => printBook(work, idOf(ask), ask.query));
      return { bytes: await drawSheet(paper), mediaType: 'application/pdf', fileName: name, inline: true };
    },
  }),
  route({
    method: 'post',
    path: '/api/accounts/:id/reconcile',
    access: { right: 'cash.pay' },
    summary: 'Tick entries that stand on the bank’s statement',
    body: z.strictObject({ entries: z.array(z.int().positive()).min(1).max(500), isReconciled: z.boolean() }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await reconcile(work, idOf(ask), ask.body);
        return {};
      });
      return { json: {} };
    },
  }),
  route({
    method: 'get',
    path: '/api/expenses/:type/:id',
    access: 'signedIn',
    summary: 'What was spent for a customer or an order',
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => expensesOf(work, ask.params.type ?? '', idOf(ask))),
    }),
  }),
  route({
    method: 'get',
    path: '/api/closing',
    access,
    summary: 'How far the books are closed, and by whom',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, closingState) }),
  }),
  route({
    method: 'get',
    path: '/api/closing/check',
    access,
    summary: 'One check before a month is closed',
    query: z.strictObject({ check: z.enum(closingChecks), through: dayPart, slice: z.coerce.number().int().min(0).max(1000).optional() }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => closingCheck(work, ask.query)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/closing/summary',
    access,
    summary: 'What the accounts took in and gave out in a month',
    query: z.strictObject({ month: z.string().regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/) }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => monthSummary(work, ask.query.month)) }),
  }),
  route({
    method: 'post',
    path: '/api/closing',
    access,
    summary: 'Close the books through the end of a month',
    body: z.strictObject({ through: day }),
    creates: true,
    handle: async (ask) => {
      // Proving takes its time and needs no lock; the day is checked again where it is written.
      const [failed] = await look(ask.company, ask.actor, (work) => failedMusts(work, ask.body.through));
      if (failed) throw new Refusal('closing.checksFailed', { check: failed.check, count: failed.count });
      await once(ask, async (work) => {
        await closeMonth(work, ask.body.through);
        return {};
      });
      return { json: await look(ask.company, ask.actor, closingState) };
    },
  }),
  route({
    method: 'get',
    path: '/api/years',
    access,
    summary: 'Which years are closed, and which can be',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, yearsState) }),
  }),
  route({
    method: 'get',
    path: '/api/years/:year',
    access,
    summary: 'What a year hands to the next',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => yearReport(work, yearOf(ask))) }),
  }),
  route({
    method: 'get',
    path: '/api/years/:year/workbook',
    access,
    summary: 'The same as a workbook',
    query: z.strictObject({ language: z.enum(languages).default('zh-CN') }),
    handle: async (ask) => {
      const { name, bytes, rows } = await look(ask.company, ask.actor, (work) => exportYear(work, yearOf(ask), ask.query.language));
      await noteExported(ask.company, ask.actor, { type: 'account', changes: { rows, format: 'xlsx', of: 'year' } });
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: name };
    },
  }),
  route({
    method: 'post',
    path: '/api/years/:year/close',
    access,
    summary: 'Close a year and put on record what it hands to the next',
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await closeYear(work, yearOf(ask));
        return {};
      });
      return { json: await look(ask.company, ask.actor, yearsState) };
    },
  }),
  route({
    method: 'post',
    path: '/api/years/:year/reopen',
    access: { right: 'books.reopen' },
    summary: 'Open the latest closed year again, with a reason',
    body: z.strictObject({ reason: z.string().max(500) }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await reopenYear(work, yearOf(ask), ask.body.reason);
        return {};
      });
      return { json: await look(ask.company, ask.actor, yearsState) };
    },
  }),
  route({
    method: 'post',
    path: '/api/closing/reopen',
    access: { right: 'books.reopen' },
    summary: 'Open closed months again, with a reason',
    body: z.strictObject({ through: day.nullable(), reason: z.string().max(500) }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await reopenMonths(work, ask.body.through, ask.body.reason);
        return {};
      });
      return { json: await look(ask.company, ask.actor, closingState) };
    },
  }),
];

function yearOf(ask: Ask<unknown, unknown>): string {
  const year = ask.params.year ?? '';
  if (!/^(19|20|21)\d\d$/.test(year)) throw new Refusal('record.notFound', { type: 'year' });
  return year;
}
