import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { createApp } from '../../server/http/app.ts';
import { accessRoutes } from '../../server/http/routes/access.ts';
import { assigningRoutes } from '../../server/http/routes/assigning.ts';
import { safetyRoutes } from '../../server/http/routes/safety.ts';
import type { Server } from '../../server/server.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { stores } from '../stores/stores.ts';
import { type Office, openOffice } from './office.ts';

const right = '苹果tree-7441';

describe.each(stores)('the doors of access on $name', (kind) => {
  let office: Office;
  let http: HttpServer;
  const person: Record<string, number> = {};

  const call = async (method: string, path: string, body?: unknown, token?: string) => {
    const answer = await fetch(`http://127.0.0.1:${(http.address() as AddressInfo).port}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, never> & { [name: string]: unknown } };
  };
  const enter = async (login: string, password = right) =>
    (await call('POST', '/api/sign-in', { company: 'main', login, password, device: 'test' })).body as unknown as {
      token: string;
      session: { rights: string[]; mustChangePassword: boolean; definitions: { type: string; fields: object }[] };
    };

  beforeAll(async () => {
    office = await openOffice(kind);
    await office.add('currency', { code: 'CNY', name: '人民币', digits: 2, symbol: '¥', main: true });
    const department = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    const selling = await office.addPosition({
      grants: [
        ['customer', 'read', 'own'],
        ['customer', 'share', 'own'],
      ],
      special: ['tokens.own'],
    });
    const keeping = await office.addPosition({ special: ['users.manage', 'sessions.manage'] });
    person.anne = await office.addUser('anne', department, [selling]);
    person.ben = await office.addUser('ben', department, [selling]);
    person.keeper = await office.addUser('keeper', department, [keeping]);
    person.chief = await office.addUser('chief', department, [await office.addPosition({ administrator: true })]);
    const hash = await hashPassword(right);
    for (const user of Object.values(person)) await office.company.store.write((tx) => storePassword(tx, user, hash, false));
    const server = {
      version: '0',
      catalogue,
      log: pino({ level: 'silent' }),
      companies: () => [office.company],
      company: (code: string) => (code === 'main' ? office.company : undefined),
      hostNames: [],
      tls: null,
    } as unknown as Server;
    http = createServer(createApp(server, [...accessRoutes, ...safetyRoutes, ...assigningRoutes], null));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await office.close();
  });

  test('who signs in receives a session trimmed to their rights, and none after signing out', async () => {
    const { token, session } = await enter('anne');
    expect(session.rights).toEqual(['tokens.own']);
    expect(session.definitions.map((definition) => definition.type)).toEqual(['customer']);
    expect(Object.keys(session.definitions[0]?.fields ?? {})).not.toContain('phone');
    expect((await call('GET', '/api/session', undefined, token)).body).toMatchObject({
      user: { login: 'anne' },
      company: { code: 'main' },
      settings: { currency: { code: 'CNY' } },
    });
    await call('POST', '/api/sign-out', undefined, token);
    expect(await call('GET', '/api/session', undefined, token)).toMatchObject({ status: 401, body: { code: 'access.signedOut' } });
  });

  test('wrong names, passwords, companies and bodies are refused', async () => {
    const wrong = { company: 'main', login: 'anne', password: 'wrong-word', device: 'wrong' };
    for (const body of [wrong, { ...wrong, login: 'nobody' }, { ...wrong, company: 'other' }]) {
      expect(await call('POST', '/api/sign-in', body)).toMatchObject({ status: 401, body: { code: 'access.badPassword' } });
    }
    expect((await call('POST', '/api/sign-in', { ...wrong, role: 'admin' })).status).toBe(400);
    expect((await call('GET', '/api/session')).status).toBe(401);
  });

  test('a person changes the own password, and their other devices are signed out', async () => {
    const [here, there] = [await enter('ben'), await enter('ben')];
    const change = (current: string, next: string) => call('POST', '/api/session/password', { current, next }, here.token);
    expect((await change('wrong-word', '梨tree-orchard-5')).body).toMatchObject({ code: 'password.wrong' });
    expect((await change(right, right)).body).toMatchObject({ code: 'password.same' });
    expect((await change(right, 'password1')).body).toMatchObject({ code: 'password.common' });
    expect((await change(right, '梨tree-orchard-5')).status).toBe(200);
    expect((await call('GET', '/api/session', undefined, here.token)).status).toBe(200);
    expect((await call('GET', '/api/session', undefined, there.token)).status).toBe(401);
  });

  test('who keeps the users gives new passwords, but not to an administrator', async () => {
    const keeper = await enter('keeper');
    const give = (user: number, token: string) =>
      call('POST', `/api/users/${user}/password`, { password: '桃tree-orchard-6', mustChange: true }, token);
    expect((await give(person.ben!, keeper.token)).status).toBe(200);
    const ben = await enter('ben', '桃tree-orchard-6');
    expect(ben.session.mustChangePassword).toBe(true);
    expect((await call('GET', '/api/tokens', undefined, ben.token)).body).toMatchObject({ code: 'access.passwordDue' });
    expect((await give(person.chief!, keeper.token)).body).toMatchObject({ code: 'access.administratorsOnly' });
    expect((await give(person.ben!, (await enter('anne')).token)).body).toMatchObject({ code: 'access.denied' });
  });

  test('sessions are listed and ended: one’s own, or all by who keeps them', async () => {
    const [anne, keeper] = [await enter('anne'), await enter('keeper')];
    const own = (await call('GET', '/api/sessions', undefined, anne.token)).body as unknown as {
      rows: { id: number; user: number; current: boolean }[];
    };
    expect(new Set(own.rows.map((row) => row.user))).toEqual(new Set([person.anne]));
    const mine = own.rows.find((row) => row.current)?.id;
    expect((await call('GET', '/api/sessions?all=true', undefined, anne.token)).status).toBe(403);
    const all = (await call('GET', '/api/sessions?all=true', undefined, keeper.token)).body as unknown as typeof own;
    const keepers = all.rows.find((row) => row.current)?.id;
    expect((await call('DELETE', `/api/sessions/${keepers}`, undefined, anne.token)).status).toBe(404);
    expect((await call('DELETE', `/api/sessions/${mine}`, undefined, keeper.token)).status).toBe(200);
    expect((await call('GET', '/api/session', undefined, anne.token)).status).toBe(401);
    expect((await call('GET', '/api/sign-ins', undefined, keeper.token)).body).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ login: 'anne', endReason: 'revoked' })]),
    });
  });

  test('records are shared and assigned over the wire, one answer for each', async () => {
    const [anne, chief] = [await enter('anne'), await enter('chief')];
    const id = await office.add('customer', { name: '安记', owner: person.anne!, department: 1 });
    const shared = { type: 'customer', ids: [id, 987_654], users: [person.ben], access: 'read', until: '2026-12-31' };
    expect((await call('POST', '/api/shares', shared, anne.token)).body).toMatchObject({
      results: [
        { id, ok: true },
        { id: 987_654, ok: false, problem: { code: 'record.notFound' } },
      ],
    });
    expect((await call('POST', '/api/shares', { ...shared, until: '2026-02-30' }, anne.token)).status).toBe(400);
    expect((await call('POST', '/api/shares', { ...shared, type: 'nonsense' }, anne.token)).status).toBe(404);
    expect((await call('GET', `/api/records/customer/${id}/shares`, undefined, anne.token)).body).toMatchObject({
      rows: [{ userName: 'ben', until: '2026-12-31' }],
    });
    expect((await call('DELETE', '/api/shares', { type: 'customer', ids: [id], users: [person.ben] }, anne.token)).body).toMatchObject({
      results: [{ ok: true }],
    });
    const assigned = { type: 'customer', ids: [id], owners: [person.ben], how: 'one', withDocuments: true };
    expect((await call('POST', '/api/assign', assigned, anne.token)).status).toBe(403);
    expect((await call('POST', '/api/assign', assigned, chief.token)).body).toEqual({ results: [{ id, ok: true }] });
    expect((await call('GET', `/api/records/customer/${id}/shares`, undefined, anne.token)).status).toBe(404);
  });

  test('a token for programs opens its doors and none of those that keep the keys', async () => {
    const anne = await enter('anne');
    const made = (await call('POST', '/api/tokens', { name: 'shop', scopes: ['all'] }, anne.token)).body as unknown as {
      id: number;
      token: string;
    };
    expect((await call('GET', '/api/session', undefined, made.token)).status).toBe(200);
    for (const [method, path, body] of [
      ['POST', '/api/tokens', { name: 'x', scopes: ['all'] }],
      ['POST', '/api/session/password', { current: right, next: '梨tree-orchard-5' }],
      ['DELETE', `/api/tokens/${made.id}`, undefined],
      ['DELETE', '/api/sessions/1', undefined],
    ] as const) {
      expect((await call(method, path, body, made.token)).body).toMatchObject({ code: 'access.sessionNeeded' });
    }
    expect((await call('DELETE', `/api/tokens/${made.id}`, undefined, anne.token)).status).toBe(200);
    expect((await call('GET', '/api/session', undefined, made.token)).status).toBe(401);
    const kept = await office.company.store.read(async (tx) => [
      await tx('audit').select('changes'),
      await tx('idempotency_keys').select('answer'),
      await tx('api_tokens').select(),
    ]);
    expect(JSON.stringify(kept)).not.toContain(made.token.split('.')[1]);
  });
});
