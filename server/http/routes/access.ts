import { z } from 'zod';
import { challengeSchema, deviceProofSchema } from '../../../shared/contracts/deviceSchemas.ts';
import { isDay } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { hashNewPassword, refuseWrongPassword, setPassword } from '../../access/changePassword.ts';
import { refuseUnlessDelegated } from '../../access/delegation.ts';
import { actorAt } from '../../access/enter.ts';
import { actorOf } from '../../access/rights.ts';
import { listSessions } from '../../access/sessions.ts';
import { listShares, type Pen, shareRecords, unshareRecords } from '../../access/sharing.ts';
import { endSession, signIn } from '../../access/signIn.ts';
import { createToken, listTokens, refusePrograms, revokeToken } from '../../access/tokens.ts';
import { clock } from '../../clock.ts';
import { writeAudit } from '../../engine/audit.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import { look, transact } from '../../engine/transact.ts';
import { signOutSession } from '../../features/safety/signOutSession.ts';
import { once } from '../once.ts';
import { type Route, route } from '../route.ts';
import { definitionNamed, noteRefusedOnes } from './many.ts';
import { idPart } from './queryParts.ts';
import { serverNames } from './serverNames.ts';
import { sessionAnswer } from './sessionAnswer.ts';

const pen: Pen = { storeChange, writeAudit };

const id = z.int().min(1);
const ids = z.array(id).min(1).max(1000);
const people = z.array(id).min(1).max(100);
const password = z.string().min(1).max(600);

const session: Route[] = [
  route({
    method: 'post',
    path: '/api/sign-in',
    access: 'open',
    summary: 'Opens a session with login and password, or the second step where one is asked for.',
    body: z.strictObject({
      company: z.string().max(60),
      login: z.string().min(1).max(200),
      password,
      device: z.string().max(200).optional(),
      captcha: z.strictObject({ id: z.string().max(40), text: z.string().max(20) }).optional(),
      proof: deviceProofSchema.optional(),
      // What a device that has waited was asked when it began to: the picture need not be read again.
      waited: challengeSchema.optional(),
    }),
    handle: async ({ server, body: { proof, waited, ...body }, address, header }) => {
      const company = server.company(body.company);
      if (!company) throw new Refusal('access.badPassword');
      const key = proof && { key: { proof, waited, login: body.login, servers: serverNames(server, header('host')) } };
      const admitted = await signIn(company, { ...body, ...key, address, userAgent: header('user-agent') });
      if ('second' in admitted) return { json: admitted };
      const { token, userId, sessionId, knownDevice } = admitted;
      const actor = await actorAt(company, userId, { address, knownDevice });
      return { json: { token, session: await sessionAnswer(company, actor, sessionId) } };
    },
  }),
  route({
    method: 'post',
    path: '/api/sign-out',
    access: 'signedIn',
    summary: 'Ends the session of the caller.',
    handle: async ({ company, sessionId }) => {
      if (sessionId !== undefined) await endSession(company, sessionId, 'signedOut');
      return { json: {} };
    },
  }),
  route({
    method: 'get',
    path: '/api/session',
    access: 'signedIn',
    summary: 'Who the caller is, what they may do and how the company has set things.',
    handle: async ({ company, actor, sessionId }) => ({ json: await sessionAnswer(company, actor, sessionId) }),
  }),
  route({
    method: 'post',
    path: '/api/session/password',
    access: 'signedIn',
    summary: 'Changes the own password; all other sessions of the person end.',
    body: z.strictObject({ current: password, next: password }),
    handle: async ({ company, actor, sessionId, body, address }) => {
      refusePrograms(actor);
      const { userId } = actor;
      await refuseWrongPassword(company, { userId, password: body.current, address });
      if (body.current.normalize('NFC') === body.next.normalize('NFC')) throw new Refusal('password.same');
      const hash = await hashNewPassword(company, userId, body.next);
      await transact(company, actor, async (work) => {
        await setPassword(work, { userId, hash, mustChange: false, exceptSession: sessionId });
        await writeAudit(work, { action: 'password', type: 'user', recordId: userId });
      });
      return { json: {} };
    },
  }),
  route({
    method: 'post',
    path: '/api/users/:id/password',
    access: 'signedIn',
    summary: 'Gives a person a new password, by whoever keeps them; all sessions of the person end.',
    body: z.strictObject({ password, mustChange: z.boolean() }),
    handle: async ({ company, actor, params, body }) => {
      refusePrograms(actor);
      const userId = idFrom(params.id);
      await look(company, actor, (work) => refuseUnlessDelegated(work, userId));
      const hash = await hashNewPassword(company, userId, body.password);
      // Whoever could sign in as an administrator would be one.
      if (!actor.administrator && (await actorOf(company, userId)).administrator) throw new Refusal('access.administratorsOnly');
      await transact(company, actor, async (work) => {
        await setPassword(work, { userId, hash, mustChange: body.mustChange });
        await writeAudit(work, { action: 'password', type: 'user', recordId: userId });
      });
      return { json: {} };
    },
  }),
];

const sessions: Route[] = [
  route({
    method: 'get',
    path: '/api/sessions',
    access: 'signedIn',
    isOwn: true,
    summary: 'The living sessions of the caller, or of everybody with the right sessions.manage.',
    query: z.strictObject({ all: z.enum(['true', 'false', '1', '0', '']).optional() }),
    handle: async ({ company, actor, query, sessionId }) => {
      const wantsAll = query.all === 'true' || query.all === '1';
      if (wantsAll && !actor.special.has('sessions.manage')) throw new Refusal('access.denied', { right: 'sessions.manage' });
      const rows = await company.store.read((tx) => listSessions(tx, wantsAll ? null : actor.userId, clock.now()));
      return {
        json: {
          rows: rows.map((row) => ({
            id: row.id,
            user: row.user,
            userName: row.userName,
            address: row.address,
            device: row.deviceName ?? row.device,
            userAgent: row.user_agent,
            createdAt: row.created_at,
            lastSeenAt: row.last_seen_at,
            current: row.id === sessionId,
          })),
        },
      };
    },
  }),
  route({
    method: 'delete',
    path: '/api/sessions/:id',
    access: 'signedIn',
    summary: 'Ends one of the own sessions, or anybody’s with the right sessions.manage.',
    handle: async ({ company, actor, params }) => {
      refusePrograms(actor);
      await transact(company, actor, (work) => signOutSession(work, idFrom(params.id)));
      return { json: {} };
    },
  }),
];

const sharing: Route[] = [
  route({
    method: 'post',
    path: '/api/shares',
    access: 'signedIn',
    summary: 'Shares records with colleagues, to read or to write, until a day or without end.',
    body: z.strictObject({
      type: z.string().max(60),
      ids,
      users: people,
      access: z.enum(['read', 'write']),
      until: z.string().refine(isDay).nullish(),
    }),
    creates: true,
    handle: async (ask) => {
      const { type, ...input } = ask.body;
      const definition = definitionNamed(ask.company, type);
      const results = await once(ask, (work) => shareRecords(work, definition, input, pen));
      await noteRefusedOnes(ask, type, results);
      return { json: { results } };
    },
  }),
  route({
    method: 'delete',
    path: '/api/shares',
    access: 'signedIn',
    summary: 'Takes shares back.',
    body: z.strictObject({ type: z.string().max(60), ids, users: people }),
    handle: async ({ company, actor, body: { type, ...input } }) => {
      const definition = definitionNamed(company, type);
      return { json: { results: await transact(company, actor, (work) => unshareRecords(work, definition, input, pen)) } };
    },
  }),
  route({
    method: 'get',
    path: '/api/records/:type/:id/shares',
    access: { operation: 'read' },
    summary: 'With whom a record is shared.',
    handle: async ({ company, actor, params }) => {
      const definition = definitionNamed(company, params.type ?? '');
      return { json: { rows: await look(company, actor, (work) => listShares(work, definition, idFrom(params.id))) } };
    },
  }),
];

const tokens: Route[] = [
  route({
    method: 'get',
    path: '/api/tokens',
    access: { right: 'tokens.own' },
    isOwn: true,
    summary: 'The own tokens for programs, without their secrets.',
    handle: async ({ company, actor }) => ({ json: { rows: await look(company, actor, listTokens) } }),
  }),
  route({
    method: 'post',
    path: '/api/tokens',
    access: { right: 'tokens.own' },
    summary: 'Makes a token for a program; the secret is in this answer and never again.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(80),
      scopes: z.array(z.string().max(130)).min(1).max(500),
      expiresAt: z.iso.datetime().nullish(),
    }),
    handle: async ({ company, actor, body }) => {
      // Not under an idempotency key: the secret would lie in the kept answer.
      const made = await transact(company, actor, async (work) => {
        const token = await createToken(work, body);
        await writeAudit(work, {
          action: 'create',
          type: 'apiToken',
          recordId: token.id,
          changes: { name: body.name, scopes: body.scopes },
        });
        return token;
      });
      return { json: made, status: 201 };
    },
  }),
  route({
    method: 'delete',
    path: '/api/tokens/:id',
    access: { right: 'tokens.own' },
    summary: 'Ends one of the own tokens at once.',
    handle: async ({ company, actor, params }) => {
      const tokenId = idFrom(params.id);
      await transact(company, actor, async (work) => {
        await revokeToken(work, tokenId);
        await writeAudit(work, { action: 'revoke', type: 'apiToken', recordId: tokenId });
      });
      return { json: {} };
    },
  }),
];

/** Coming in and going out, sessions, sharing, tokens for programs. */
export const accessRoutes: readonly Route[] = [...session, ...sessions, ...sharing, ...tokens];

/** Refuses 'record.notFound' for what is no id. */
function idFrom(text: string | undefined): number {
  const id = idPart.safeParse(text);
  if (!id.success) throw new Refusal('record.notFound', { id: text });
  return id.data;
}
