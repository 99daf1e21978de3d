import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { openSession } from '../../server/access/sessions.ts';
import { clock } from '../../server/clock.ts';
import { createApp } from '../../server/http/app.ts';
import type { Route } from '../../server/http/route.ts';
import type { Server } from '../../server/server.ts';
import type { Office } from '../scenarios/office.ts';

/** The doors of an office, on a real socket. */
export interface Door {
  ask(who: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The same, with the answer's JSON. */
  json<T>(who: string, method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
  close(): Promise<void>;
}

export async function openDoor(office: Office, routes: readonly Route[]): Promise<Door> {
  const { company } = office;
  const server = {
    version: '1.0.0',
    log: pino({ level: 'silent' }),
    catalogue: company.catalogue,
    companies: () => [company],
    company: (code: string) => (code === company.code ? company : undefined),
    hostNames: ['localhost'],
    disks: { root: '/', named: [] },
    tls: null,
  } as unknown as Server;
  const http = createServer(createApp(server, routes, null));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const tokens = new Map<string, string>();
  const tokenOf = async (who: string): Promise<string> => {
    const user = await office.id('users', { login: who });
    const { token } = await company.store.write((tx) => openSession(tx, company.code, { user }, clock.now()));
    tokens.set(who, token);
    return token;
  };
  const ask: Door['ask'] = async (who, method, path, body, headers = {}) => {
    const isRaw = body instanceof Uint8Array;
    return fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(who) ?? (await tokenOf(who))}`,
        ...(isRaw || body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? Buffer.from(body) : JSON.stringify(body) }),
    });
  };
  return {
    ask,
    json: async <T>(who: string, method: string, path: string, body?: unknown) => {
      const answer = await ask(who, method, path, body);
      return { status: answer.status, body: (await answer.json()) as T };
    },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}
