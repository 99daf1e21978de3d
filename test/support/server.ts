import { createServer, type Server as HttpServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { openSession } from '../../server/access/sessions.ts';
import { clock } from '../../server/clock.ts';
import { createApp } from '../../server/http/app.ts';
import type { Route } from '../../server/http/route.ts';
import { routes as allRoutes } from '../../server/http/routes/index.ts';
import { Sockets } from '../../server/http/sockets.ts';
import type { Server } from '../../server/server.ts';
import type { Problem } from '../../shared/contracts/wire.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Office } from '../scenarios/office.ts';
import { readyHealth } from './health.ts';
import { closedDesk } from './restoreDesk.ts';

/** What came back: the body as JSON where it is JSON, else as text. */
export interface Reply {
  readonly status: number;
  readonly body: Problem & Record<string, never> & { [name: string]: unknown };
  readonly text: string;
  readonly headers: Headers;
}

export interface Asking {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** The Idempotency-Key. */
  readonly key?: string;
}

/** The API of a running server, as a client calls it. */
export interface Api {
  readonly url: string;
  call(method: string, path: string, asking?: Asking): Promise<Reply>;
}

/** A real HTTP server with sockets around an office, on a free port of this machine. */
export interface Doors extends Api {
  readonly server: Server;
  readonly sockets: Sockets;
  readonly port: number;
  /** What the server wrote into its log, line by line. */
  readonly logged: Record<string, unknown>[];
  /** A fresh session of one of the office's people, without the password. */
  enter(who: string): Promise<string>;
  /** A request byte by byte as given: paths and headers that no polite client would send. */
  raw(of: {
    method?: string;
    path: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
  }): Promise<{ status: number; text: string }>;
  socket(token: string, headers?: Record<string, string>): Socket;
  close(): Promise<void>;
}

export async function openDoors(office: Office, routes: readonly Route[] = allRoutes, disks: readonly string[] = []): Promise<Doors> {
  const { company } = office;
  const logged: Record<string, unknown>[] = [];
  const server: Server = {
    version: '0.0.0',
    dataFolder: company.folder,
    catalogue: company.catalogue,
    log: pino({}, linesInto(logged)),
    companies: () => [company],
    company: (code) => (code === company.code ? company : undefined),
    closed: () => [],
    practices: {
      practiceOf: () => null,
      makePractice: () => Promise.reject(new Error('This server keeps one company')),
      removePractice: () => Promise.reject(new Refusal('practice.none')),
    },
    createCompany: () => Promise.reject(new Error('This server has its company')),
    setupCode: 'ABCDEFGH23',
    health: readyHealth(),
    metrics: null,
    hostNames: ['localhost', 'tradepost.local'],
    disks: { root: company.folder, named: disks },
    restoreDesk: closedDesk(company.folder),
    tls: null,
  };
  // A test that is busy for a while must not find its idle connections closed.
  const http = createServer({ keepAliveTimeout: 120_000 }, createApp(server, routes, null));
  const sockets = new Sockets(http, server);
  const told = company.announce;
  Object.assign(company, {
    announce: (changes: Parameters<typeof told>[0]) => {
      told(changes);
      sockets.announce(company, changes);
    },
  });
  const port = await listen(http);
  const url = `http://127.0.0.1:${port}`;
  const open: Socket[] = [];
  return {
    ...apiAt(url),
    server,
    sockets,
    port,
    logged,
    enter: async (who) => {
      const user = await office.id('users', { login: who });
      return (await company.store.write((tx) => openSession(tx, company.code, { user, device: 'test' }, clock.now()))).token;
    },
    raw: (of) => sendRaw(port, of),
    socket: (token, headers = {}) => {
      const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: headers });
      open.push(socket);
      return socket;
    },
    close: async () => {
      for (const socket of open) socket.disconnect();
      Object.assign(company, { announce: told });
      await sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** The API at an address; a body that is a string or bytes goes out as it is. */
export function apiAt(url: string): Api {
  return {
    url,
    call: async (method, path, { token, body, headers, key } = {}) => {
      const answer = await fetch(url + path, {
        // Not every method is put into capitals by fetch itself.
        method: method.toUpperCase(),
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, text, headers: answer.headers, body: jsonOr(text) as Reply['body'] };
    },
  };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function linesInto(logged: Record<string, unknown>[]): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      logged.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
}

async function listen(http: HttpServer): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(0, '127.0.0.1', resolve);
  });
  return (http.address() as AddressInfo).port;
}

function sendRaw(
  port: number,
  of: { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer },
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, method: of.method ?? 'GET', path: of.path, headers: of.headers ?? {}, agent: false },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(of.body);
  });
}

/** The next time the socket hears of something; fails when it is closed before that. */
export function heard<T>(socket: Socket, event: string): Promise<T> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once('connect_error', reject);
  });
}
