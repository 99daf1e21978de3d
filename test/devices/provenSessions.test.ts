import { once } from 'node:events';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addressesIn } from '../../server/access/addressRules.ts';
import { storePassword } from '../../server/access/changePassword.ts';
import { formerProofLifeMs, proofLifeMs } from '../../server/access/devices/sessionProofs.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import { judgeAllUnproven } from '../../server/features/devices/unprovenSessions.ts';
import type { DeviceProof } from '../../shared/contracts/devices.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors, type Reply } from '../support/server.ts';
import { aDevice, enterWith, proveAt, sessionProofOf, type TestDevice } from './keyring.ts';

const password = '苹果tree-7441';
const [lan, vpn, abroad] = ['192.168.1.20', '10.8.0.7', '203.0.113.9'];
const minuteMs = 60_000;

describe.each(stores)('a session that was begun with the key of a device, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let desk: { device: TestDevice; token: string };
  const realNow = clock.now;
  let nowMs = realNow();

  const enter = async (device: TestDevice | null, login = 'wang', address = lan): Promise<string> => {
    const reply = await enterWith(doors, device, { company: 'test', login, password, address, name: 'PC-7' });
    expect(reply.status, reply.text).toBe(200);
    return String(reply.body.token);
  };
  const from = (address: string, token: string, method = 'GET', path = '/api/session', body?: unknown): Promise<Reply> =>
    doors.call(method, path, { token, headers: { 'x-forwarded-for': address }, ...(body === undefined ? {} : { body }) });
  const codeFrom = async (address: string, token = desk.token) => (await from(address, token)).body.code ?? 'in';
  const prove = (address: string, device = desk.device, token = desk.token) => proveAt(doors, device, { token, address });
  const signIns = async () => {
    const token = await doors.enter('admin');
    return ((await doors.call('GET', '/api/sign-ins', { token })).body as unknown as { rows: Record<string, unknown>[] }).rows;
  };
  const noticesOf = async (who: string) => {
    const { body } = await doors.call('GET', '/api/notices', { token: await doors.enter(who) });
    return (body as unknown as { rows: { code: string; facts: object }[] }).rows;
  };
  const refusedBy = async (socket: Socket): Promise<string> => ((await once(socket as never, 'connect_error')) as [Error])[0].message;

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    Object.assign(doors.server, { trustedProxies: addressesIn(['127.0.0.1']) });
    const hash = await hashPassword(password);
    for (const login of ['admin', 'wang', 'li']) {
      const user = await office.id('users', { login });
      await office.company.store.write((tx) => storePassword(tx, user, hash, false));
    }
  });
  beforeEach(async () => {
    nowMs = realNow();
    clock.now = () => nowMs;
    const device = aDevice('desk');
    desk = { device, token: await enter(device) };
  });
  afterEach(async () => {
    clock.now = realNow;
    await office.company.store.write(async (tx) => {
      for (const table of ['devices', 'sessions', 'throttles', 'notices', 'device_challenges']) await tx(table).delete();
    });
    await expectProven(office);
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('goes no further at another address, and nothing is done or told there, before the device has signed for it', async () => {
    expect(await codeFrom(lan)).toBe('in');
    const doorsAbroad: [string, string, unknown?][] = [
      ['GET', '/api/session'],
      ['GET', '/api/records/customer/1'],
      ['POST', '/api/records/customer/list', {}],
      ['POST', '/api/records/customer', { values: { name: '偷来的' } }],
      ['POST', '/api/session/password', { current: password, next: '桃tree-orchard-6' }],
      ['GET', '/api/second-step'],
      ['POST', '/api/sign-out'],
    ];
    for (const [method, path, body] of doorsAbroad) {
      const reply = await from(abroad, desk.token, method, path, body);
      expect([path, reply.status, reply.body]).toEqual([
        path,
        401,
        { type: 'urn:tradepost:refusal:access.proveAgain', title: 'access.proveAgain', status: 401, code: 'access.proveAgain', facts: {} },
      ]);
    }
    expect(await office.company.store.read((tx) => tx('customers').where({ name: '偷来的' }).first('id'))).toBeUndefined();
    // Where it was begun it goes on as if nothing had been asked.
    expect(await codeFrom(lan)).toBe('in');
    expect((await prove(abroad)).status).toBe(200);
    expect(await codeFrom(abroad)).toBe('in');
  });

  test('asks for the key before the address rules say anything, and not instead of them', async () => {
    const { version } = (await doors.call('GET', '/api/address-rules', { token: await doors.enter('admin') })).body as never as {
      version: number;
    };
    const rule = {
      who: { kind: 'everybody' },
      addresses: [abroad],
      hours: null,
      effect: 'refuse',
      lookOnly: false,
      areas: null,
      remark: '',
    };
    const wish = { version, rules: { isOn: true, otherwise: 'allow', rules: [rule] }, isConfirmed: true };
    expect((await doors.call('PUT', '/api/address-rules', { token: await doors.enter('admin'), body: wish })).status).toBe(200);
    expect(await codeFrom(abroad)).toBe('access.proveAgain');
    expect((await prove(abroad)).status).toBe(200);
    expect(await codeFrom(abroad)).toBe('access.addressRefused');
    const off = { version: version + 1, rules: { isOn: false, otherwise: 'allow', rules: [] }, isConfirmed: true };
    expect((await doors.call('PUT', '/api/address-rules', { token: await doors.enter('admin'), body: off })).status).toBe(200);
  });

  test('is asked again after four hours at the same address', async () => {
    nowMs += proofLifeMs - minuteMs;
    expect(await codeFrom(lan)).toBe('in');
    nowMs += minuteMs;
    expect(await codeFrom(lan)).toBe('access.proveAgain');
    expect((await prove(lan)).status).toBe(200);
    expect(await codeFrom(lan)).toBe('in');
    // A clock that was set back makes no proof last longer.
    nowMs -= proofLifeMs;
    expect(await codeFrom(lan)).toBe('access.proveAgain');
  });

  test('goes smoothly to and fro between two networks, and is asked in each of them every ten minutes', async () => {
    expect((await prove(vpn)).status).toBe(200);
    for (let round = 0; round < 5; round += 1) for (const address of [lan, vpn]) expect(await codeFrom(address)).toBe('in');
    nowMs += formerProofLifeMs;
    expect([await codeFrom(vpn), await codeFrom(lan)]).toEqual(['in', 'access.proveAgain']);
    expect((await prove(lan)).status).toBe(200);
    expect([await codeFrom(lan), await codeFrom(vpn)]).toEqual(['in', 'access.proveAgain']);
  });

  test('keeps the last addresses of a device that moves on and on', async () => {
    const addresses = Array.from({ length: 12 }, (_, at) => `10.9.0.${at + 1}`);
    for (const address of addresses) expect((await prove(address)).status).toBe(200);
    expect(await Promise.all(addresses.map((address) => codeFrom(address)))).toEqual([
      ...Array(4).fill('access.proveAgain'),
      ...Array(8).fill('in'),
    ]);
  });

  test('believes an answer once, within a minute, from its own device, for its own token and this server', async () => {
    const send = (proof: object, token = desk.token) => from(abroad, token, 'POST', '/api/devices/prove', { proof });
    const proof = await sessionProofOf(doors, desk.device, desk.token);
    expect((await send(proof)).status).toBe(200);
    // Heard on the way and sent again, from there or elsewhere: worth nothing, and the session is whose it was.
    expect(await send(proof)).toMatchObject({ status: 403, body: { code: 'access.deviceUnproven' } });
    const replayed = await from(vpn, desk.token, 'POST', '/api/devices/prove', { proof });
    expect(replayed).toMatchObject({ status: 403, body: { code: 'access.deviceUnproven' } });
    expect([await codeFrom(abroad), await codeFrom(vpn)]).toEqual(['in', 'access.proveAgain']);
    nowMs += proofLifeMs;
    expect(await codeFrom(abroad)).toBe('access.proveAgain');

    const old = await sessionProofOf(doors, desk.device, desk.token);
    nowMs += 61_000;
    expect((await send(old)).body.code).toBe('access.deviceUnproven');
    const challenge = String((await doors.call('POST', '/api/devices/challenge', { body: { company: 'test' } })).body.challenge);
    const elsewhere = { purpose: 'session', company: 'test', login: 'x', server: 'host 192.168.1.66:7180', challenge } as const;
    expect((await send(desk.device.prove(elsewhere))).body.code).toBe('access.deviceUnproven');
    expect(await codeFrom(abroad)).toBe('access.proveAgain');
    expect((await prove(abroad)).status).toBe(200);

    // The same device in another session, and its answer for signing in: both are for something else.
    const other = await enter(desk.device);
    expect((await send(await sessionProofOf(doors, desk.device, desk.token), other)).body.code).toBe('access.otherDevice');
    expect(await codeFrom(lan, other)).toBe('access.signedOut');
    const { body } = await doors.call('POST', '/api/devices/challenge', { body: { company: 'test' } });
    const entering = { company: 'test', login: 'wang', server: `host ${new URL(doors.url).host}`, challenge: String(body.challenge) };
    expect((await send(desk.device.prove(entering))).body.code).toBe('access.otherDevice');
  });

  const route = 'post /api/devices/prove';

  test('is answered however many questions somebody else asks for', async () => {
    const mine = await sessionProofOf(doors, desk.device, desk.token);
    const theirs = Array.from({ length: 1_000 }, (_, at) => ({ hash: `x${at}`, until_at: '2998-01-01T00:00:00.000Z', address: vpn }));
    for (let start = 0; start < 1_000; start += 250)
      await office.company.store.write((tx) => tx('device_challenges').insert(theirs.slice(start, start + 250)));
    const headers = { 'x-forwarded-for': vpn };
    expect((await doors.call('POST', '/api/devices/challenge', { body: { company: 'test' }, headers })).status).toBe(200);
    const open = (address: string) => office.company.store.read((tx) => tx('device_challenges').where({ address }).pluck('hash'));
    const kept = await open(vpn);
    expect([kept.length, kept.includes('x0'), (await open('127.0.0.1')).length]).toEqual([1_000, false, 1]);
    expect((await from(abroad, desk.token, 'POST', '/api/devices/prove', { proof: mine })).status).toBe(200);
  });

  test('ends when another key signs: it stands in the history and the trail, and whoever keeps devices is told', async () => {
    const socket = doors.socket(desk.token, { 'x-forwarded-for': lan });
    await heard(socket, 'connect');
    const closed = heard<string>(socket, 'disconnect');
    expect(await prove(abroad, aDevice('thief'))).toMatchObject({ status: 401, body: { code: 'access.otherDevice' } });
    expect(await closed).toBe('io server disconnect');
    expect([await codeFrom(abroad), await codeFrom(lan)]).toEqual(['access.signedOut', 'access.signedOut']);
    const lines = await signIns();
    expect(lines[0]).toMatchObject({ login: 'wang', result: 'otherDevice', address: abroad, device: 'PC-7' });
    expect(lines).toContainEqual(expect.objectContaining({ login: 'wang', result: 'signedIn', endReason: 'otherDevice' }));
    const told = { code: 'notice.otherDevice', facts: { user: 'wang', name: 'PC-7', address: abroad } };
    for (const who of ['admin', 'wang']) expect(await noticesOf(who)).toMatchObject([told]);
    expect(await noticesOf('li')).toEqual([]);
    const { body } = await doors.call('GET', '/api/audit?deed=refused', { token: await doors.enter('admin') });
    expect((body as unknown as { rows: object[] }).rows).toContainEqual(
      expect.objectContaining({ type: 'user', title: 'wang', address: abroad, refusal: { code: 'access.otherDevice', route } }),
    );
    // Nobody hears twice: the session is over.
    expect((await prove(abroad, aDevice('thief'))).body.code).toBe('access.signedOut');
  });

  test('ends with every other one at a device whose key turns up on another machine, and the device waits', async () => {
    const { id } = (await office.company.store.read((tx) => tx('devices').first('id'))) as { id: number };
    const approved = { state: 'approved', approved_at: '2026-01-01T00:00:00.000Z', approved_by: 1 };
    await office.company.store.write((tx) => tx('devices').where({ id }).update(approved));
    const other = await enter(desk.device, 'li');
    expect((await prove(abroad, desk.device.copiedTo('other machine'))).body.code).toBe('access.deviceChanged');
    expect([await codeFrom(lan), await codeFrom(lan, other)]).toEqual(['access.signedOut', 'access.signedOut']);
    expect((await signIns())[0]).toMatchObject({ login: 'wang', result: 'device', address: abroad });
    expect(await noticesOf('admin')).toMatchObject([{ code: 'notice.deviceWaiting', facts: { address: abroad } }]);
  });

  test('that somebody uses elsewhere without showing a key is put on record within a minute, once for each address, and told', async () => {
    const trail = async () => {
      const { body } = await doors.call('GET', '/api/audit?deed=refused', { token: await doors.enter('admin') });
      const rows = body.rows as unknown as { seq: number; refusal: { code: string } }[];
      return rows.filter(({ seq, refusal }) => seq > before && refusal.code === 'access.proveAgain');
    };
    const { seq: before } = (await office.company.store.read((tx) => tx('audit').max({ seq: 'seq' }).first())) as { seq: number };
    // Whoever shows the key has done nothing worth a line.
    await codeFrom(vpn);
    expect((await prove(vpn)).status).toBe(200);
    for (let round = 0; round < 3; round += 1) await codeFrom(abroad);
    await refusedBy(doors.socket(desk.token, { 'x-forwarded-for': abroad }));
    expect(await trail()).toEqual([]);
    await judgeAllUnproven(office.company);
    const line = { type: 'session', actorName: 'wang', address: abroad, refusal: { code: 'access.proveAgain', route: 'get /api/session' } };
    expect(await trail()).toMatchObject([line]);
    const told = { code: 'notice.unprovenSession', facts: { user: 'wang', name: 'PC-7', address: abroad } };
    for (const who of ['admin', 'wang']) expect(await noticesOf(who)).toMatchObject([told]);

    for (const address of [abroad, '203.0.113.10']) await codeFrom(address);
    await judgeAllUnproven(office.company);
    expect(await trail()).toHaveLength(2);
    expect(await noticesOf('wang')).toHaveLength(1);
    expect(await codeFrom(lan)).toBe('in');
  });

  test('can never shed its key, nor can one that was begun without be given any', async () => {
    // The device is forgotten without anybody ending its sessions, as when very many have been seen.
    await office.company.store.write((tx) => tx('devices').delete());
    expect(await codeFrom(vpn)).toBe('access.proveAgain');
    expect((await prove(vpn)).body.code).toBe('access.deviceChanged');
    expect(await codeFrom(lan)).toBe('access.signedOut');
    expect(await noticesOf('admin')).toEqual([]);

    const keyless = await enter(null);
    expect((await prove(abroad, aDevice('any'), keyless)).status).toBe(200);
    nowMs += proofLifeMs;
    for (const address of [lan, vpn, abroad]) expect(await codeFrom(address, keyless)).toBe('in');
    const { token: program } = await office.work('wang', (work) => createToken(work, { name: 'shop', scopes: ['all'] }));
    for (const address of [lan, abroad]) expect(await codeFrom(address, program)).toBe('in');
    expect((await prove(abroad, aDevice('any'), 'nonsense')).body.code).toBe('access.signedOut');
  });

  test('carries a look in somebody’s name no further than itself', async () => {
    const device = aDevice('boss');
    const boss = await enter(device, 'admin');
    const li = await office.id('users', { login: 'li' });
    const opened = await from(lan, boss, 'POST', '/api/viewing', { user: li });
    const look = String(opened.body.token);
    expect(await codeFrom(lan, look)).toBe('in');
    expect(await codeFrom(abroad, look)).toBe('access.proveAgain');
    expect((await prove(abroad, device, look)).status).toBe(200);
    expect([await codeFrom(abroad, look), await codeFrom(abroad, boss)]).toEqual(['in', 'in']);
  });

  test('opens no socket elsewhere, and loses the one it has when the key was not shown for too long', async () => {
    expect(await refusedBy(doors.socket(desk.token, { 'x-forwarded-for': abroad }))).toBe('access.proveAgain');
    const socket = doors.socket(desk.token, { 'x-forwarded-for': lan });
    await heard(socket, 'connect');
    nowMs += proofLifeMs - 1;
    await doors.sockets.closeEnded();
    expect(socket.connected).toBe(true);
    nowMs += 1;
    const closed = heard<string>(socket, 'disconnect');
    await doors.sockets.closeEnded();
    expect(await closed).toBe('transport close');
    expect(await refusedBy(doors.socket(desk.token, { 'x-forwarded-for': lan }))).toBe('access.proveAgain');
    expect((await prove(lan)).status).toBe(200);
    await heard(doors.socket(desk.token, { 'x-forwarded-for': lan }), 'connect');
  });

  test('opens a socket that brings the proof along, and keeps it while requests take another way', async () => {
    const showing = (address: string, proof: DeviceProof): Socket => {
      const socket = doors.socket(desk.token, { 'x-forwarded-for': address });
      socket.auth = { token: desk.token, proof };
      return socket;
    };
    const proof = await sessionProofOf(doors, desk.device, desk.token);
    const socket = showing(vpn, proof);
    await heard(socket, 'connect');
    expect([await codeFrom(vpn), await codeFrom(lan)]).toEqual(['in', 'in']);
    nowMs += formerProofLifeMs;
    expect((await prove(lan)).status).toBe(200);
    nowMs += formerProofLifeMs;
    await doors.sockets.closeEnded();
    expect(socket.connected).toBe(true);
    // Somebody who has heard the answer comes too late with it.
    expect(await refusedBy(showing(abroad, proof))).toBe('access.deviceUnproven');
    const stolen = await sessionProofOf(doors, aDevice('thief'), desk.token);
    const closed = heard<string>(socket, 'disconnect');
    expect(await refusedBy(showing(abroad, stolen))).toBe('access.otherDevice');
    expect(await closed).toBe('io server disconnect');
    expect((await signIns())[0]).toMatchObject({ login: 'wang', result: 'otherDevice', address: abroad });
  });
});
