import { z } from 'zod';
import { voucherSpans } from '../../../shared/contracts/vouchers.ts';
import { voucherLayouts } from '../../../shared/exchange/voucherLayouts.ts';
import { languages } from '../../../shared/language/languages.ts';
import { look, transact } from '../../engine/transact.ts';
import { exportVouchers } from '../../features/vouchers/exportVouchers.ts';
import { makeVouchers } from '../../features/vouchers/makeVouchers.ts';
import { accountRules, changeAccountRules } from '../../features/vouchers/rules.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';
import { dayPart } from './queryParts.ts';

const access = { right: 'books.close' } as const;
const days = { from: dayPart, to: dayPart, span: z.enum(voucherSpans).default('document') };
const rule = z.strictObject({
  ledger: z.string().max(60),
  place: z.string().max(60),
  code: z.string().max(40),
  name: z.string().max(80),
  auxiliary: z.boolean(),
});

/** Vouchers for an accounting program: which account stands for what, and the vouchers of some days. */
export const voucherRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/vouchers',
    access,
    summary: 'Vouchers of some days',
    query: z.strictObject(days),
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, (work) => makeVouchers(work, ask.query)) }),
  }),
  route({
    method: 'get',
    path: '/api/vouchers/workbook',
    access,
    summary: 'The same as a workbook for an accounting program',
    query: z.strictObject({ ...days, layout: z.enum(voucherLayouts).default('generic'), language: z.enum(languages).default('zh-CN') }),
    handle: async (ask) => {
      const { name, bytes } = await transact(ask.company, ask.actor, (work) => exportVouchers(work, ask.query));
      return { bytes, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', fileName: name };
    },
  }),
  route({
    method: 'get',
    path: '/api/vouchers/accounts',
    access,
    summary: 'Which account stands for which place of our ledgers',
    handle: async (ask) => ({ json: await look(ask.company, ask.actor, accountRules) }),
  }),
  route({
    method: 'put',
    path: '/api/vouchers/accounts',
    access,
    summary: 'Change them',
    body: z.strictObject({ version: z.int().nonnegative(), rules: z.array(rule).max(200) }),
    creates: true,
    handle: async (ask) => {
      await once(ask, async (work) => {
        await changeAccountRules(work, ask.body.version, ask.body.rules);
        return {};
      });
      return { json: await look(ask.company, ask.actor, accountRules) };
    },
  }),
];
