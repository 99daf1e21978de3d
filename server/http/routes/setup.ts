import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { CompanyAnswer } from '../../../shared/contracts/wire.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { mnemonicOf } from '../../../shared/kernel/searchTerms.ts';
import { actorOf } from '../../access/rights.ts';
import { safetyOf } from '../../access/safety.ts';
import { signIn } from '../../access/signIn.ts';
import { isThisMachine } from '../../access/throttle.ts';
import { fillWithDemo } from '../../features/demo/makeDemo.ts';
import { setUpCompany } from '../../features/setup/setUpCompany.ts';
import type { Server } from '../../server.ts';
import type { Company } from '../../work.ts';
import { type Route, route } from '../route.ts';
import { sessionAnswer } from './sessionAnswer.ts';

const wanted = z.strictObject({
  company: z.strictObject({
    name: z.string().trim().min(1).max(80),
    code: z
      .string()
      .regex(/^[a-z0-9-]{1,30}$/)
      .optional(),
  }),
  administrator: z.strictObject({
    login: z
      .string()
      .trim()
      .regex(/^[^\s.][^\s]{0,59}$/),
    name: z.string().trim().min(1).max(80),
    password: z.string().min(8).max(128),
  }),
  language: z.enum(['zh-CN', 'zh-TW', 'en']),
  timeZone: z.string().refine(isTimeZone),
  currency: z.string().regex(/^[A-Z]{3}$/),
  taxRate: z.int().min(0).max(1_000_000),
  content: z.enum(['demo', 'empty']),
  setupCode: z.string().max(20).optional(),
});

export const setupRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/state',
    access: 'open',
    summary: 'Is the server set up, and for which companies',
    handle: async ({ server, address }) => ({
      json: {
        setUp: server.companies().length > 0,
        needsCode: !isThisMachine(address),
        companies: await Promise.all(server.companies().map(atTheDoor)),
        version: server.version,
      },
    }),
  }),
  route({
    method: 'post',
    path: '/api/setup',
    access: 'open',
    summary: 'First start: make the company and its administrator',
    body: wanted,
    handle: async ({ server, body, address, header }) => {
      refuseUnlessFirst(server, address, body.setupCode);
      const code = body.company.code ?? codeFrom(body.company.name);
      const place = { code, name: body.company.name, timeZone: body.timeZone, engine: { kind: 'sqlite' } } as const;
      const { company } = await server.createCompany(place, async (fresh) => {
        const done = await setUpCompany(fresh, body);
        if (body.content === 'demo') await fillWithDemo(fresh, done, { orders: 300, seed: 1 });
      });
      const admitted = await signIn(company, {
        login: body.administrator.login,
        password: body.administrator.password,
        address,
        userAgent: header('user-agent'),
      });
      if ('second' in admitted) throw new Error('A company that was just made asks for no second step');
      const { token, userId } = admitted;
      return { json: { token, session: await sessionAnswer(company, await actorOf(company, userId)) }, status: 201 };
    },
  }),
];

/** A company as everybody may know it. */
async function atTheDoor(company: Company): Promise<CompanyAnswer> {
  return { code: company.code, name: company.name, captcha: (await safetyOf(company)).captcha };
}

/** Only a server without a company is set up this way, from its own machine or with the code its console shows. Refuses 'setup.done', 'setup.needsCode'. */
export function refuseUnlessFirst(server: Server, address: string, code: string | undefined): void {
  if (server.companies().length > 0) throw new Refusal('setup.done');
  if (isThisMachine(address)) return;
  const [given, wanted] = [Buffer.from((code ?? '').toUpperCase()), Buffer.from(server.setupCode)];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new Refusal('setup.needsCode');
}

/** 上海远航商贸 becomes shyhsm; a name without letters becomes company. */
function codeFrom(name: string): string {
  const letters = mnemonicOf(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 20);
  return letters || 'company';
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
