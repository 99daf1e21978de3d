import { z } from 'zod';
import { supplierSide } from '../../../shared/documents/money/sides.ts';
import { isDay } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { languages } from '../../../shared/language/languages.ts';
import { look } from '../../engine/transact.ts';
import { creditHistory } from '../../features/settling/creditHistory.ts';
import { settleDesk, settleNow, sideCalled, sideNames } from '../../features/settling/settleDesk.ts';
import { batchFile, batchProgress, cancelBatch, startBatch } from '../../features/settling/statementBatch.ts';
import { statementWorkbook } from '../../features/settling/statementWorkbook.ts';
import { statementOf } from '../../features/trade/customerBalance.ts';
import { payables } from '../../features/trade/receivables.ts';
import { statementPaper } from '../../features/trade/statementPaper.ts';
import { once } from '../once.ts';
import { type Ask, type Route, route } from '../route.ts';
import { cursorPart, dayPart, flagPart, idPart, isPlain, limitPart, textPart } from './queryParts.ts';

const idNumber = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const settled = z.array(z.strictObject({ type: z.string().max(60).refine(isPlain), id: idNumber, amount: idNumber })).max(20_000);

const statementQuery = {
  from: dayPart.optional(),
  to: dayPart.optional(),
  currency: idPart.optional(),
  goods: flagPart.optional(),
};

/** The desk on which debts are set against money held or against the other side. Stands before the generic doors. */
export const settlingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/settle/:side/:party',
    access: 'signedIn',
    summary: 'Open debts and money held of a customer or supplier',
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) =>
        settleDesk(work, { side: sideCalled(ask.params.side).party, party: partyOf(ask) }),
      ),
    }),
  }),
  route({
    method: 'post',
    path: '/api/settle',
    access: 'signedIn',
    creates: true,
    summary: 'Writes a settlement or a netting and posts it in one transaction',
    body: z.strictObject({
      side: z.enum(sideNames),
      party: idNumber,
      currency: idNumber,
      against: z.enum(['credits', 'otherSide']),
      other: idNumber.optional(),
      day: z.string().refine(isDay).optional(),
      remark: z.string().max(1000).refine(isPlain).optional(),
      debts: settled,
      credits: settled,
    }),
    handle: async (ask) => ({ json: await once(ask, (work) => settleNow(work, ask.body)), status: 201 }),
  }),
  route({
    method: 'get',
    path: '/api/payables',
    access: { right: 'see.purchasePrice' },
    summary: 'What we owe to whom, by age',
    query: z.strictObject({
      search: textPart.optional(),
      owner: idPart.optional(),
      after: cursorPart.optional(),
      limit: limitPart.optional(),
    }),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => payables(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/suppliers/:party/statement',
    access: { right: 'see.purchasePrice' },
    summary: 'Statement of account of a supplier',
    query: z.strictObject({ ...statementQuery, after: cursorPart.optional(), limit: limitPart.optional() }),
    handle: async (ask) => ({
      json: await look(ask.company, ask.actor, (work) => statementOf(work, { side: supplierSide, party: partyOf(ask) }, ask.query)),
    }),
  }),
  route({
    method: 'get',
    path: '/api/suppliers/:party/statement.pdf',
    access: { right: 'see.purchasePrice' },
    summary: 'Statement of account of a supplier on paper',
    query: z.strictObject({ ...statementQuery, language: z.enum(languages).optional() }),
    handle: async (ask) => {
      const { language, ...query } = ask.query;
      const of = { side: supplierSide, party: partyOf(ask) };
      const { bytes, fileName } = await statementPaper(ask.company, ask.actor, { of, language, query });
      return { bytes, mediaType: 'application/pdf', fileName, inline: true };
    },
  }),
  route({
    method: 'get',
    path: '/api/statement/:side/:party/workbook',
    access: 'signedIn',
    summary: 'Statement of account as a workbook',
    query: z.strictObject({ ...statementQuery, language: z.enum(languages).optional() }),
    handle: async (ask) => {
      const { language = 'zh-CN', ...query } = ask.query;
      const of = { side: sideCalled(ask.params.side), party: partyOf(ask) };
      const { bytes, fileName } = await statementWorkbook(ask.company, ask.actor, { of, language, query });
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName };
    },
  }),
  route({
    method: 'get',
    path: '/api/customers/:party/credit-history',
    access: { right: 'see.credit' },
    summary: 'What a credit limit is decided by',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => creditHistory(work, partyOf(ask))) }),
  }),
  route({
    method: 'post',
    path: '/api/statements',
    access: 'signedIn',
    creates: true,
    summary: 'Begins to draw the statements of everybody for a period',
    body: z.strictObject({
      side: z.enum(sideNames),
      from: z.string().refine(isDay),
      to: z.string().refine(isDay),
      goods: z.boolean().optional(),
      language: z.enum(languages).optional(),
    }),
    handle: async (ask) => ({ json: await startBatch(ask.company, ask.actor, ask.body), status: 201 }),
  }),
  route({
    method: 'get',
    path: '/api/statements/:batch',
    access: 'signedIn',
    summary: 'How far the drawing of statements has come',
    handle: async (ask) => ({ json: batchProgress(ask.company, ask.actor, ask.params.batch ?? '') }),
  }),
  route({
    method: 'delete',
    path: '/api/statements/:batch',
    access: 'signedIn',
    summary: 'Stops the drawing of statements',
    handle: async (ask) => ({ json: cancelBatch(ask.company, ask.actor, ask.params.batch ?? '') }),
  }),
  route({
    method: 'get',
    path: '/api/statements/:batch/file',
    access: 'signedIn',
    summary: 'The statements of a period as one archive',
    handle: async (ask) => ({
      file: batchFile(ask.company, ask.actor, ask.params.batch ?? ''),
      mediaType: 'application/zip',
      fileName: 'statements.zip',
    }),
  }),
];

function partyOf(ask: Pick<Ask, 'params'>): number {
  const id = Number(ask.params.party);
  if (!Number.isSafeInteger(id) || id < 1) throw new Refusal('record.notFound', { id: 0 });
  return id;
}
