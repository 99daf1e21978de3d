import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Problem } from '../../shared/contracts/wire.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { authenticate, type Guest } from '../access/authenticate.ts';
import { refuseUnlessRight } from '../access/rights.ts';
import { clientFolders } from '../clients/installers.ts';
import type { Server } from '../server.ts';
import { answerHealth } from '../vitals/health.ts';
import type { Actor, Company } from '../work.ts';
import { serveClientFiles } from './clientFiles.ts';
import { sendJson } from './coding.ts';
import { refuseUnlessLooking, refuseUnlessShowing, secondStepDoors } from './lookOnly.ts';
import { desktopOrigin, refuseStrangeHost, refuseStrangeOrigin } from './origin.ts';
import { peerOf } from './peer.ts';
import { problemOf } from './problem.ts';
import { readJson } from './readJson.ts';
import { noteRefusal, type Refused } from './refusalTrail.ts';
import type { Answer, Ask, Route } from './route.ts';
import { serveScreens } from './screens.ts';
import { refusalOf } from './zodRefusal.ts';

const noteMaxMs = 1_000;
const bodyLimitBytes = 4 * 1024 * 1024;

/** The Express application: guards before the doors, the doors themselves, the client's files, and one place where every "no" ends. */
export function createApp(server: Server, routes: readonly Route[], screens: string | null): Express {
  const app = express();
  const { metrics } = server;
  if (metrics) app.use((request, response, next) => metrics.time(request, response, next));
  app.disable('x-powered-by');
  app.set('etag', false);
  // Where a request comes from is told by peerOf alone.
  app.set('trust proxy', false);
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.use(
    helmet({ contentSecurityPolicy: { directives: screenPolicy }, strictTransportSecurity: false, crossOriginEmbedderPolicy: false }),
  );
  app.use((request, response, next) => {
    refuseStrangeHost(request, server.hostNames);
    refuseStrangeOrigin(request, server.trustedProxies);
    admitDesktop(request, response, next);
  });
  app.get('/healthz', (_request, response) => answerHealth(server.health, response));
  if (metrics) app.get('/metrics', (request, response) => metrics.answer(request, response));
  for (const one of routes) install(app, server, one);
  app.use('/api', () => {
    throw new Refusal('route.unknown');
  });
  serveClientFiles(app, () => clientFolders(server.dataFolder));
  if (screens && existsSync(join(screens, 'index.html'))) serveScreens(app, screens);
  app.use(() => {
    throw new Refusal('route.unknown');
  });
  app.use(async (thrown: unknown, request: Request, response: Response, next: NextFunction) => {
    const refusal = asRefusal(thrown);
    // The line stands before the answer goes out, unless an import keeps the writer busy: nobody waits long for a "no".
    await Promise.race([
      noteRefusal(server, refusal, refusedRequest(server, request, response)),
      sleep(noteMaxMs, undefined, { ref: false }),
    ]);
    if (response.headersSent) return next(thrown);
    send(response, problemOf(refusal, server.log.child({ path: request.path })));
  });
  return app;
}

/** What is known of a request when it is refused, however far it came. */
function refusedRequest(server: Server, request: Request, response: Response): Refused {
  const { guest, params } = response.locals as { guest?: Guest; params?: Readonly<Record<string, string>> };
  return {
    address: peerOf(request, server.trustedProxies),
    route: request.route ? `${request.method.toLowerCase()} ${request.route.path}` : 'none',
    authorization: request.get('authorization'),
    company: guest?.company,
    actor: guest?.actor,
    type: params?.type,
    id: params?.id,
  };
}

/** The desktop client's pages have a scheme of their own, so its browser asks whether it may read our answers. */
function admitDesktop(request: Request, response: Response, next: NextFunction): void {
  if (request.get('origin') !== desktopOrigin) {
    next();
    return;
  }
  response.setHeader('Access-Control-Allow-Origin', desktopOrigin);
  response.setHeader('Vary', 'Origin');
  response.setHeader('Access-Control-Expose-Headers', 'Content-Disposition');
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type, Idempotency-Key, X-File-Name, X-Setup-Code');
  response.setHeader('Access-Control-Max-Age', '600');
  response.status(204).end();
}

// The pages are served by the same server that answers them; PDF previews are blobs of our own.
const screenPolicy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'", 'ws:', 'wss:'],
  frameSrc: ['blob:'],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  upgradeInsecureRequests: null,
};

function install(app: Express, server: Server, one: Route): void {
  const limit = one.rawLimitBytes ?? bodyLimitBytes;
  const reading = one.streams ? [] : [express.raw({ type: () => true, limit, inflate: false })];
  app[one.method](one.path, ...reading, async (request: Request, response: Response) => {
    const aborted = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) aborted.abort();
    });
    const answer = await one.handle(await askFor(server, one, { request, response, signal: aborted.signal }));
    await reply(request, response, answer);
  });
}

const openWhilePasswordDue = ['/api/session', '/api/session/password', '/api/sign-out'];
const openWhileSecondStepDue = [...openWhilePasswordDue, ...secondStepDoors];

interface Knock {
  readonly request: Request;
  readonly response: Response;
  readonly signal: AbortSignal;
}

async function askFor(server: Server, one: Route, { request, response, signal }: Knock): Promise<Ask> {
  const address = peerOf(request, server.trustedProxies);
  const params = Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)]));
  response.locals.params = params;
  const guest = one.access === 'open' ? null : await authenticate((code) => server.company(code), request.get('authorization'), address);
  // Whatever is refused from here on is refused to somebody known.
  response.locals.guest = guest ?? undefined;
  if (guest?.mustChangePassword && !openWhilePasswordDue.includes(one.path)) throw new Refusal('access.passwordDue');
  if (guest?.isSecondStepDue && !openWhileSecondStepDue.includes(one.path)) throw new Refusal('access.secondStepDue');
  if (guest?.actor.limits?.lookOnly) refuseUnlessLooking(one);
  if (guest?.actor.viewedBy) refuseUnlessShowing(one);
  if (guest) refuseUnlessAdmitted(one, guest.actor, guest.company, String(request.params.type ?? ''));
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const raw = one.rawLimitBytes === undefined ? undefined : bytes;
  return {
    server,
    // Open doors find the company themselves.
    company: guest?.company as Company,
    actor: guest?.actor as Actor,
    path: `${one.method} ${request.path}`,
    params,
    body: raw ? undefined : parsed(one.body, readJson(bytes), 'body'),
    query: parsed(one.query, { ...request.query }, 'query'),
    ...(raw ? { raw } : {}),
    ...(one.streams ? { stream: request } : {}),
    header: (name) => request.get(name),
    address,
    ...(guest?.sessionId === undefined ? {} : { sessionId: guest.sessionId }),
    ...(one.creates ? idempotencyKey(request) : {}),
    signal,
  };
}

function refuseUnlessAdmitted(one: Route, actor: Actor, company: Company, type: string): void {
  if (typeof one.access === 'string') return;
  if ('right' in one.access) {
    refuseUnlessRight(actor, one.access.right);
    return;
  }
  const definition = company.catalogue.find(type);
  // An unknown type and one that may not even be read answer alike.
  if (!definition || actor.reach(type, 'read') === 'none') throw new Refusal('record.notFound', { type });
  if (actor.reach(type, one.access.operation) === 'none') throw new Refusal('access.denied', { operation: one.access.operation, type });
}

function parsed(schema: Route['body'], value: unknown, where: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw refusalOf(result.error, where);
  return result.data;
}

function idempotencyKey(request: Request): { idempotencyKey?: string } {
  const key = request.get('idempotency-key');
  if (key === undefined) return {};
  if (!/^[\w-]{8,80}$/.test(key)) throw new Refusal('request.badKey');
  return { idempotencyKey: key };
}

async function reply(request: Request, response: Response, answer: Answer): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  if ('json' in answer) {
    await sendJson(request, response, { status: answer.status ?? 200, json: answer.json });
    return;
  }
  response.setHeader('Content-Type', answer.mediaType);
  // Whatever a user uploaded is never run as a page of ours.
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  const disposition = answer.inline ? 'inline' : 'attachment';
  const name = answer.fileName
    ? `; filename*=UTF-8''${encodeURIComponent(answer.fileName).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`
    : '';
  response.setHeader('Content-Disposition', disposition + name);
  if ('file' in answer) response.sendFile(answer.file, { dotfiles: 'allow', cacheControl: false });
  else response.end(Buffer.from(answer.bytes));
}

/** What Express itself throws about a body is a "no" as well. */
function asRefusal(thrown: unknown): unknown {
  if (thrown instanceof Refusal || typeof thrown !== 'object' || thrown === null || !('type' in thrown)) return asUriRefusal(thrown);
  if (thrown.type === 'entity.too.large') return new Refusal('request.tooLarge');
  if (thrown.type === 'request.aborted' || thrown.type === 'request.size.invalid')
    return new Refusal('request.badJson', { problem: 'cut' });
  if (thrown.type === 'encoding.unsupported') return new Refusal('request.badJson', { problem: 'encoding' });
  return thrown;
}

const asUriRefusal = (thrown: unknown): unknown => (thrown instanceof URIError ? new Refusal('route.unknown') : thrown);

function send(response: Response, problem: Problem): void {
  response.setHeader('Cache-Control', 'no-store');
  if (problem.status === 429 && typeof problem.facts?.seconds === 'number')
    response.setHeader('Retry-After', String(problem.facts.seconds));
  if (problem.code === 'company.upgrading') response.setHeader('Retry-After', '2');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
