import { z } from 'zod';
import { secondStepModes } from '../../../shared/contracts/secondStep.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { actorAt } from '../../access/enter.ts';
import { askForKey, finishSignIn } from '../../access/secondStep/finishSignIn.ts';
import { markOf, sealOf } from '../../access/secondStep/sealing.ts';
import { doorFrom } from '../../access/secondStep/securityKeys.ts';
import { look, transact } from '../../engine/transact.ts';
import { listSecondSteps, readRule, resetSecondStep, saveRule } from '../../features/secondStep/keeping.ts';
import { ownSecondStep } from '../../features/secondStep/own.ts';
import { beginCode, type Changer, confirmCode, renewRecovery, switchCodeOff } from '../../features/secondStep/ownCode.ts';
import { beginKey, confirmKey, removeKey } from '../../features/secondStep/ownKeys.ts';
import type { Server } from '../../server.ts';
import type { Company } from '../../work.ts';
import { type Ask, type Route, route } from '../route.ts';
import { idPart, isPlain, textPart } from './queryParts.ts';
import { sessionAnswer } from './sessionAnswer.ts';

const ticket = z.string().max(120);
const code = z.string().max(40);
const password = z.string().max(600);
const bytes = z.string().max(20_000);
/** What a browser gives of a security key, in the words of the standard. */
const signed = {
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).optional(),
  clientExtensionResults: z.record(z.string(), z.unknown()),
};
const answer = z.strictObject({
  ...signed,
  response: z.strictObject({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.optional() }),
});
const newKey = z.strictObject({
  ...signed,
  response: z.strictObject({
    clientDataJSON: bytes,
    attestationObject: bytes,
    authenticatorData: bytes.optional(),
    transports: z.array(z.string().max(40)).max(10).optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: bytes.optional(),
  }),
});

/** A ticket names its company, as tokens do. */
function companyOf(server: Server, secret: string): Company {
  const company = server.company(secret.slice(0, Math.max(0, secret.indexOf('.'))));
  if (!company) throw new Refusal('secondStep.over');
  return company;
}

const changerOf = ({ server, company, actor, sessionId, address }: Ask<unknown, unknown>): Changer => ({
  ...{ company, actor, sessionId, address },
  seal: sealOf(server.dataFolder),
});

const atTheDoor: Route[] = [
  route({
    method: 'post',
    path: '/api/sign-in/second',
    access: 'open',
    summary: 'Ends signing in with a code, a recovery code or the answer of a security key.',
    body: z.strictObject({ ticket, code: code.optional(), answer: answer.optional() }),
    handle: async ({ server, body, address, header }) => {
      const company = companyOf(server, body.ticket);
      const proof = body.answer ? { answer: body.answer as never, door: doorFrom(header('origin')) } : { code: body.code ?? '' };
      const { token, userId, sessionId, knownDevice } = await finishSignIn(company, sealOf(server.dataFolder), {
        ticket: body.ticket,
        address,
        proof,
      });
      const actor = await actorAt(company, userId, { address, knownDevice });
      return { json: { token, session: await sessionAnswer(company, actor, sessionId) } };
    },
  }),
  route({
    method: 'post',
    path: '/api/sign-in/second/question',
    access: 'open',
    summary: 'What a security key has to sign at the second step; good for one answer.',
    body: z.strictObject({ ticket }),
    handle: async ({ server, body, address, header }) => {
      const door = doorFrom(header('origin'));
      return { json: await askForKey(companyOf(server, body.ticket), { ticket: body.ticket, address, door }) };
    },
  }),
];

const own: Route[] = [
  route({
    method: 'get',
    path: '/api/second-step',
    isOwn: true,
    access: 'signedIn',
    summary: 'The own second step: codes, security keys, recovery codes left; no secrets.',
    handle: async ({ server, company, actor }) => ({
      json: await look(company, actor, (work) => ownSecondStep(work, markOf(server.dataFolder))),
    }),
  }),
  route({
    method: 'post',
    path: '/api/second-step/code',
    isOwn: true,
    access: 'signedIn',
    summary: 'Begins setting up codes of an app; the secret is in this answer and never again.',
    body: z.strictObject({ password: password.optional(), code: code.optional() }),
    handle: async (ask) => ({ json: await beginCode(changerOf(ask), ask.body) }),
  }),
  route({
    method: 'post',
    path: '/api/second-step/code/confirm',
    isOwn: true,
    access: 'signedIn',
    summary: 'Switches codes of an app on; the recovery codes are in this answer and never again.',
    body: z.strictObject({ ticket, code }),
    handle: async (ask) => ({ json: { recovery: await confirmCode(changerOf(ask), ask.body) } }),
  }),
  route({
    method: 'delete',
    path: '/api/second-step/code',
    isOwn: true,
    access: 'signedIn',
    summary: 'Switches codes of an app off.',
    body: z.strictObject({ password, code }),
    handle: async (ask) => {
      await switchCodeOff(changerOf(ask), ask.body);
      return { json: {} };
    },
  }),
  route({
    method: 'post',
    path: '/api/second-step/recovery',
    isOwn: true,
    access: 'signedIn',
    summary: 'Ten new recovery codes in the place of the old ones.',
    body: z.strictObject({ password, code }),
    handle: async (ask) => ({ json: { recovery: await renewRecovery(changerOf(ask), ask.body) } }),
  }),
];

const keys: Route[] = [
  route({
    method: 'post',
    path: '/api/second-step/keys',
    isOwn: true,
    access: 'signedIn',
    summary: 'Begins setting up a security key under the name the page was opened by.',
    body: z.strictObject({ password: password.optional() }),
    handle: async (ask) => {
      const door = doorFrom(ask.header('origin'));
      return { json: await beginKey(changerOf(ask), door, ask.body) };
    },
  }),
  route({
    method: 'post',
    path: '/api/second-step/keys/confirm',
    isOwn: true,
    access: 'signedIn',
    summary: 'Keeps a security key; first recovery codes are in this answer and never again.',
    body: z.strictObject({ ticket, name: z.string().trim().min(1).max(60).refine(isPlain), answer: newKey }),
    handle: async (ask) => {
      const door = doorFrom(ask.header('origin'));
      return { json: { recovery: await confirmKey(changerOf(ask), door, { ...ask.body, answer: ask.body.answer as never }) } };
    },
  }),
  route({
    method: 'delete',
    path: '/api/second-step/keys/:id',
    isOwn: true,
    access: 'signedIn',
    summary: 'Takes one of the own security keys away.',
    body: z.strictObject({ password, code: code.optional() }),
    handle: async (ask) => {
      await removeKey(changerOf(ask), idFrom(ask.params.id, 'securityKey'), ask.body);
      return { json: {} };
    },
  }),
];

const keeping: Route[] = [
  route({
    method: 'get',
    path: '/api/second-steps',
    access: { right: 'users.manage' },
    summary: 'Who has a second step, and of whom one is demanded, page by page; found by name or login.',
    query: z.strictObject({ text: textPart.optional(), after: idPart.optional() }),
    handle: async ({ server, company, actor, query }) => ({
      json: await look(company, actor, (work) => listSecondSteps(work, markOf(server.dataFolder), query)),
    }),
  }),
  route({
    method: 'delete',
    path: '/api/second-steps/:id',
    access: { right: 'users.manage' },
    summary: 'Takes away the second step of somebody who has lost it; their sessions end.',
    handle: async ({ company, actor, params }) => {
      await transact(company, actor, (work) => resetSecondStep(work, idFrom(params.id, 'user')));
      return { json: {} };
    },
  }),
  route({
    method: 'get',
    path: '/api/second-steps/rule',
    access: { right: 'settings.change' },
    summary: 'Who is asked for a second step at signing in.',
    handle: async ({ company, actor }) => ({ json: await look(company, actor, readRule) }),
  }),
  route({
    method: 'put',
    path: '/api/second-steps/rule',
    access: { right: 'settings.change' },
    summary: 'Changes who is asked for a second step at signing in.',
    body: z.strictObject({
      version: z.int().nonnegative(),
      mode: z.enum(secondStepModes),
      positions: z.array(z.int().min(1)).max(500),
    }),
    handle: async ({ company, actor, body }) => {
      await transact(company, actor, (work) => saveRule(work, body));
      return { json: await look(company, actor, readRule) };
    },
  }),
];

/** The second step at signing in: taking it, setting it up, keeping that of others. */
export const secondStepRoutes: readonly Route[] = [...atTheDoor, ...own, ...keys, ...keeping];

/** Refuses 'record.notFound' for what is no id. */
function idFrom(text: string | undefined, type: string): number {
  const id = idPart.safeParse(text);
  if (!id.success) throw new Refusal('record.notFound', { type, id: text });
  return id.data;
}
