import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { endSession } from '../../server/access/signIn.ts';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import { RefusalTally } from '../../server/http/refusalTally.ts';
import { writeHeldRefusals } from '../../server/http/refusalTrail.ts';
import type { AuditAnswer, AuditLine } from '../../shared/contracts/audit.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const right = '苹果tree-7441';
const minuteMs = 60_000;

describe.each(stores)('refused requests leave a line in the audit trail, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  const token: Record<string, string> = {};
  const user: Record<string, number> = {};
  const realNow = clock.now;

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    for (const who of ['wang', 'li', 'zhou', 'chen', 'zhao', 'admin']) {
      token[who] = await doors.enter(who);
      user[who] = await office.id('users', { login: who });
    }
    const hash = await hashPassword(right);
    await office.company.store.write((tx) => storePassword(tx, user.li!, hash, false));
  });
  afterEach(async () => {
    clock.now = realNow;
    await expectProven(office);
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  const trail = async (query = ''): Promise<readonly AuditLine[]> =>
    ((await doors.call('GET', `/api/audit?deed=refused${query}`, { token: token.admin })).body as unknown as AuditAnswer).rows;
  const newest = async () => (await trail())[0];
  const counted = async () => (await trail()).length;

  test('what somebody may not do: who, from where, which door and which right', async () => {
    expect((await doors.call('GET', '/api/audit', { token: token.wang })).status).toBe(403);
    expect(await newest()).toMatchObject({
      actor: user.wang,
      actorName: 'wang',
      address: '127.0.0.1',
      device: 'test',
      action: 'refused',
      type: 'request',
      record: null,
      refusal: { code: 'access.denied', route: 'get /api/audit', wanted: 'audit.read' },
    });
  });

  test('somebody else’s record: type and id, and its name only for those who may see it', async () => {
    const theirs = await office.create('li', 'customer', { name: '二组的客户' });
    expect((await doors.call('GET', `/api/records/customer/${theirs.id}`, { token: token.wang })).status).toBe(404);
    const line = await newest();
    expect(line).toMatchObject({ actor: user.wang, type: 'customer', record: theirs.id, title: '二组的客户' });
    expect(line?.refusal).toEqual({ code: 'record.notFound', route: 'get /api/records/:type/:id' });
    expect((await doors.call('GET', '/api/records/secretType/7', { token: token.wang })).status).toBe(404);
    expect(await newest()).toMatchObject({ type: 'request', record: null });
  });

  test('records of many at once, each that was not the person’s to touch', async () => {
    const theirs = await office.create('li', 'customer', { name: '不能一起删的' });
    await doors.call('POST', '/api/records/customer/bulk', { token: token.wang, body: { operation: 'delete', ids: [theirs.id] } });
    expect(await newest()).toMatchObject({ record: theirs.id, refusal: { route: 'post /api/records/:type/bulk' } });
    const given = { type: 'customer', ids: [theirs.id], owners: [user.wang], how: 'one', withDocuments: false };
    expect((await doors.call('POST', '/api/assign', { token: token.zhou, body: given })).status).toBe(200);
    expect(await newest()).toMatchObject({ actorName: 'zhou', record: theirs.id, refusal: { route: 'post /api/assign' } });
  });

  test('whoever fails to sign in: the account, the address, and no word of the password', async () => {
    const password = '错误的-word-99';
    const attempt = (login: string) => doors.call('POST', '/api/sign-in', { body: { company: 'test', login, password } });
    expect((await attempt('li')).body.code).toBe('access.badPassword');
    expect(await newest()).toMatchObject({
      actor: 0,
      address: '127.0.0.1',
      type: 'user',
      record: user.li,
      refusal: { code: 'access.badPassword', route: 'post /api/sign-in' },
    });
    await attempt('nobody-here');
    expect(await newest()).toMatchObject({ type: 'user', record: null });
    expect((await trail(`&person=${user.li}`)).map((line) => line.refusal?.code)).toContain('access.badPassword');
    expect(JSON.stringify(await trail())).not.toContain(password);
    expect(JSON.stringify(await trail())).not.toContain('nobody-here');
  });

  test('broken and oversized requests, and what comes from a strange page', async () => {
    const path = '/api/records/customer';
    await doors.call('POST', path, { token: token.wang, body: '{"values":{"name":"甲","name":"乙"}}' });
    expect(await newest()).toMatchObject({ actor: user.wang, type: 'customer', refusal: { code: 'request.badJson' } });
    await doors.call('POST', path, { token: token.wang, body: { values: { name: '甲', isAdmin: true } } });
    expect(await newest()).toMatchObject({ refusal: { code: 'record.invalid' } });
    expect((await doors.call('POST', path, { token: token.wang, body: 'x'.repeat(5 * 1024 * 1024) })).status).toBe(413);
    expect(await newest()).toMatchObject({ actor: user.wang, refusal: { code: 'request.tooLarge' } });
    await doors.raw({ path: '/api/session', headers: { host: 'localhost', origin: 'http://evil.example' } });
    expect(await newest()).toMatchObject({ actor: 0, refusal: { code: 'access.badOrigin', route: 'none' } });
    const socket = doors.socket(token.wang!, { origin: 'http://evil.example' });
    await once(socket as never, 'connect_error');
    await expect.poll(async () => (await newest())?.refusal?.route).toBe('socket');
  });

  test('what an honest person meets while working leaves none', async () => {
    const before = await counted();
    const mine = await office.create('wang', 'customer', { name: '王家的客户' });
    const call = (method: string, path: string, body?: unknown) => doors.call(method, path, { token: token.wang, body });
    expect((await call('POST', '/api/records/customer', { values: { shortName: '没有名称' } })).body.code).toBe('record.invalid');
    expect((await call('POST', '/api/records/customer', { values: { name: '王家的客户' } })).body.code).toBe('record.duplicate');
    expect((await call('PATCH', `/api/records/customer/${mine.id}`, { version: 7, values: {} })).body.code).toBe('record.stale');
    expect((await call('GET', '/api/nothing-here')).status).toBe(404);
    expect((await doors.call('GET', '/api/session')).status).toBe(401);
    expect(await counted()).toBe(before);
  });

  test('a session that has ended leaves one line, however often its client asks', async () => {
    const ended = await doors.enter('zhao');
    const { rows } = (await doors.call('GET', '/api/sessions', { token: ended })).body as unknown as {
      rows: { id: number; current: boolean }[];
    };
    const id = rows.find((row) => row.current)?.id ?? 0;
    await endSession(office.company, id, 'revoked');
    const before = await counted();
    for (let turn = 0; turn < 4; turn += 1) expect((await doors.call('GET', '/api/session', { token: ended })).status).toBe(401);
    expect(await counted()).toBe(before + 1);
    expect(await newest()).toMatchObject({ actor: user.zhao, type: 'session', record: id, refusal: { code: 'access.signedOut' } });
    expect((await doors.call('GET', '/api/session', { token: `test.${'x'.repeat(43)}` })).status).toBe(401);
    expect(await newest()).toMatchObject({ actor: 0, type: 'request', refusal: { code: 'access.signedOut' } });
  });

  test('a flood of one kind is ten lines and then a number', async () => {
    let nowMs = realNow() + 10 * minuteMs;
    clock.now = () => nowMs;
    const before = await counted();
    for (let turn = 0; turn < 25; turn += 1) await doors.call('GET', '/api/numbering', { token: token.chen });
    expect(await counted()).toBe(before + 10);
    await writeHeldRefusals(office.company);
    expect(await counted()).toBe(before + 10);
    nowMs += minuteMs;
    await writeHeldRefusals(office.company);
    expect(await counted()).toBe(before + 11);
    expect(await newest()).toMatchObject({ actor: user.chen, refusal: { code: 'access.denied', route: 'get /api/numbering', count: 15 } });
    expect((await doors.call('GET', '/api/numbering', { token: token.zhao })).status).toBe(403);
    expect(await counted()).toBe(before + 12);
  });

  test('the trail is read by person, day and deed, a page at a time', async () => {
    const read = async (query: string) =>
      (await doors.call('GET', `/api/audit?${query}`, { token: token.admin })).body as unknown as AuditAnswer;
    const today = (await office.look('admin', async (work) => work.today)) as string;
    const all = await read('');
    expect(all.rows.length).toBeGreaterThan(20);
    expect((await read(`after=${all.rows[4]?.seq}`)).rows[0]?.seq).toBe(all.rows[5]?.seq);
    expect((await read(`day=${today}`)).rows.length).toBeGreaterThan(0);
    expect((await read('day=2020-01-01')).rows).toEqual([]);
    const made = await read(`deed=create&person=${user.li}`);
    expect(made.rows.length).toBeGreaterThan(0);
    expect(made.rows.every((row) => row.action === 'create' && row.actor === user.li)).toBe(true);
    expect((await doors.call('GET', '/api/audit?deed=nonsense', { token: token.admin })).status).toBe(400);
  });

  test('no token stands in it, nor what a program sent', async () => {
    const { token: secret } = await office.work('zhao', (work) => createToken(work, { name: 'p', scopes: ['customer:read'] }));
    await doors.call('POST', '/api/records/customer', { token: secret, body: { values: { name: '机密文字' } } });
    expect(await newest()).toMatchObject({ actor: user.zhao, refusal: { code: 'access.denied', wanted: 'create' } });
    const kept = JSON.stringify(await office.company.store.read((tx) => tx('audit').where({ action: 'refused' }).select()));
    for (const word of [secret.split('.')[1]!, token.wang!.split('.')[1]!, '机密文字']) expect(kept).not.toContain(word);
  });
});

describe('the tally of refusals', () => {
  test('a flood that goes on is told at longer and longer intervals', () => {
    const tally = new RefusalTally<string>();
    let written = 0;
    for (let second = 0; second < 6 * 3600; second += 1) {
      if (tally.admit('one', 'deed', second * 1000)) written += 1;
      written += tally.take(second * 1000).length;
    }
    expect(written).toBeLessThan(10 + 15);
  });

  test('more than a thousand kinds at once share one', () => {
    const tally = new RefusalTally<number>();
    let written = 0;
    for (let kind = 0; kind < 5000; kind += 1) if (tally.admit(`address ${kind}`, kind, 0)) written += 1;
    expect(written).toBe(1000 + 10);
    expect(tally.take(minuteMs)).toEqual([{ deed: 4999, count: 3990 }]);
  });
});
