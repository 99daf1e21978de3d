import { z } from 'zod';
import { addressRulesMax, ruleAreas, ruleEffects } from '../../../shared/contracts/addressRules.ts';
import { signInResults } from '../../../shared/contracts/signIns.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { languages, nearestLanguage } from '../../../shared/language/languages.ts';
import { newCaptcha } from '../../access/captcha.ts';
import { lockedAccounts } from '../../access/lockOut.ts';
import { clock } from '../../clock.ts';
import { look, transact } from '../../engine/transact.ts';
import { doorsWhatIf } from '../../features/explaining/doorsWhatIf.ts';
import { keepAddressRules, readAddressRules, saveAddressRules } from '../../features/safety/addressRules.ts';
import { exportSignIns, signInHistory } from '../../features/safety/signInHistory.ts';
import { unlockPerson } from '../../features/safety/unlock.ts';
import { type Route, route } from '../route.ts';
import { dayPart, idPart, isPlain } from './queryParts.ts';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const historyQuery = z.strictObject({
  user: idPart.optional(),
  // The beginning of an address is enough.
  address: z
    .string()
    .regex(/^[\da-f.:]{1,45}$/i)
    .optional(),
  result: z.enum(signInResults).optional(),
  from: dayPart.optional(),
  to: dayPart.optional(),
});

const locks: Route[] = [
  route({
    method: 'get',
    path: '/api/captcha',
    access: 'open',
    summary: 'A picture to be read before signing in to a company; good for one answer.',
    query: z.strictObject({ company: z.string().max(60) }),
    handle: async ({ server, query }) => {
      const company = server.company(query.company);
      if (!company) throw new Refusal('route.unknown');
      return { json: await newCaptcha(company) };
    },
  }),
  route({
    method: 'get',
    path: '/api/locks',
    access: { right: 'sessions.manage' },
    summary: 'The accounts that nobody can come in with now, and until when.',
    handle: async ({ company }) => ({ json: { rows: await company.store.read((tx) => lockedAccounts(tx, clock.now())) } }),
  }),
  route({
    method: 'delete',
    path: '/api/locks/:id',
    access: { right: 'sessions.manage' },
    summary: 'Frees a person’s account after too many wrong passwords.',
    handle: async ({ company, actor, params }) => {
      const user = idPart.safeParse(params.id);
      if (!user.success) throw new Refusal('record.notFound', { type: 'user', id: params.id });
      await transact(company, actor, (work) => unlockPerson(work, user.data));
      return { json: {} };
    },
  }),
];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const recordId = z.int().min(1);
const rulesSchema = z.strictObject({
  isOn: z.boolean(),
  otherwise: z.enum(['allow', 'refuse']),
  rules: z
    .array(
      z.strictObject({
        who: z.union([
          z.strictObject({ kind: z.literal('everybody') }),
          z.strictObject({ kind: z.enum(['user', 'position', 'department']), id: recordId }),
        ]),
        addresses: z.array(z.string().max(100)).max(200),
        hours: z.strictObject({ from: clockTime, to: clockTime, days: z.array(z.int().min(1).max(7)).min(1).max(7) }).nullable(),
        effect: z.enum(ruleEffects),
        lookOnly: z.boolean(),
        areas: z.array(z.enum(ruleAreas)).max(ruleAreas.length).nullable(),
        devicesOnly: z.boolean().optional(),
        remark: z.string().max(200).refine(isPlain),
      }),
    )
    .max(addressRulesMax),
});

const addresses: Route[] = [
  route({
    method: 'get',
    path: '/api/address-rules',
    access: { right: 'addresses.manage' },
    summary: 'Who may work from which addresses and when, and where the caller is.',
    handle: async ({ company, actor }) => ({ json: await look(company, actor, readAddressRules) }),
  }),
  route({
    method: 'put',
    path: '/api/address-rules',
    access: { right: 'addresses.manage' },
    summary: 'Changes the address rules; those that would keep their author out must be confirmed and are tried for two minutes.',
    body: z.strictObject({ version: z.int().nonnegative(), rules: rulesSchema, isConfirmed: z.boolean().default(false) }),
    handle: async ({ company, actor, body }) => {
      await transact(company, actor, (work) => saveAddressRules(work, body));
      return { json: await look(company, actor, readAddressRules) };
    },
  }),
  route({
    method: 'post',
    path: '/api/address-rules/what-if',
    access: { right: 'addresses.manage' },
    summary: 'Who would be let in otherwise by these rules; nothing is stored.',
    body: z.strictObject({ rules: rulesSchema }),
    handle: async ({ company, actor, body }) => ({ json: await look(company, actor, (work) => doorsWhatIf(work, body.rules)) }),
  }),
  route({
    method: 'put',
    path: '/api/address-rules/keep',
    access: { right: 'addresses.manage' },
    summary: 'Keeps address rules that are being tried.',
    handle: async ({ company, actor }) => {
      await transact(company, actor, keepAddressRules);
      return { json: await look(company, actor, readAddressRules) };
    },
  }),
];

/** Who comes in, from where, and what keeps others out. */
export const safetyRoutes: readonly Route[] = [
  ...locks,
  ...addresses,
  route({
    method: 'get',
    path: '/api/sign-ins',
    access: 'signedIn',
    isOwn: true,
    summary: 'The history of sign-ins: the own, or everybody’s with the right sessions.manage.',
    query: historyQuery.extend({ after: idPart.optional() }),
    handle: async ({ company, actor, query }) => ({ json: await look(company, actor, (work) => signInHistory(work, query)) }),
  }),
  route({
    method: 'get',
    path: '/api/sign-ins/workbook',
    access: { right: 'sessions.manage' },
    summary: 'The history of sign-ins as a workbook.',
    query: historyQuery.extend({ language: z.enum(languages).optional() }),
    handle: async ({ company, actor, query: { language, ...query } }) => {
      const { name, bytes } = await exportSignIns(company, actor, query, nearestLanguage(language));
      return { bytes, mediaType: workbookType, fileName: name };
    },
  }),
];
