import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addressesIn } from '../../server/access/addressRules.ts';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import {
  type DeviceCheckAnswer,
  type DeviceLine,
  type DeviceMode,
  type DevicesAnswer,
  devicesWaitingMax,
} from '../../shared/contracts/devices.ts';
import type { HomeAnswer } from '../../shared/contracts/trade.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors, type Reply } from '../support/server.ts';
import { aDevice, enterWith, proofOf, proveAt, type TestDevice } from './keyring.ts';

const password = '苹果tree-7441';
const [lan, vpn, abroad] = ['192.168.1.20', '10.8.0.7', '203.0.113.9'];

describe.each(stores)('devices with keys on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let boss: { token: string; device: TestDevice };
  const realNow = clock.now;

  const deviceOf = new Map<string, TestDevice>();

  const enter = async (device: TestDevice | null, of: { login?: string; address?: string; name?: string; waited?: string } = {}) => {
    const reply = await enterWith(doors, device, { company: 'test', login: 'wang', password, address: lan, ...of });
    if (device && reply.status === 200) deviceOf.set(String(reply.body.token), device);
    return reply;
  };
  /** A request as a client sends it: it shows the key of its device when it is asked for. */
  const from = async (address: string, token: string, method: string, path: string, body?: unknown): Promise<Reply> => {
    const asking = { token, headers: { 'x-forwarded-for': address }, ...(body === undefined ? {} : { body }) };
    const reply = await doors.call(method, path, asking);
    const device = deviceOf.get(token);
    if (reply.body.code !== 'access.proveAgain' || !device) return reply;
    expect((await proveAt(doors, device, { token, address })).status).toBe(200);
    return doors.call(method, path, asking);
  };
  const list = async (): Promise<DevicesAnswer> => (await from(lan, boss.token, 'GET', '/api/devices')).body as unknown as DevicesAnswer;
  const lineOf = async (name: string): Promise<DeviceLine> => {
    const line = (await list()).rows.find((row) => row.name === name);
    if (!line) throw new Error(`no device is called ${name}`);
    return line;
  };
  const standing = async () => (await from(lan, boss.token, 'GET', '/api/device-check')).body as unknown as DeviceCheckAnswer;
  const check = async (mode: DeviceMode, approveSeen = false) =>
    from(lan, boss.token, 'PUT', '/api/device-check', { version: (await standing()).version, mode, approveSeen });
  const free = { addresses: null, users: null, positions: null };
  const approve = async (name: string, limits: object = {}) => {
    const { id, version } = await lineOf(name);
    return from(lan, boss.token, 'PUT', `/api/devices/${id}/approved`, { version, limits: { ...free, ...limits } });
  };
  const block = async (name: string) => {
    const { id, version } = await lineOf(name);
    return from(lan, boss.token, 'PUT', `/api/devices/${id}/blocked`, { version });
  };
  const stateOf = async (waited: string) => (await doors.call('POST', '/api/devices/waiting', { body: { company: 'test', waited } })).body;
  const newestSignIn = async () => {
    const { body } = await from(lan, boss.token, 'GET', '/api/sign-ins');
    return (body as unknown as { rows: Record<string, unknown>[] }).rows[0];
  };

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
    const device = aDevice('boss');
    const answer = await enter(device, { login: 'admin', name: 'BOSS-PC' });
    boss = { token: String(answer.body.token), device };
  });
  afterEach(async () => {
    clock.now = realNow;
    await office.company.store.write(async (tx) => {
      await tx('settings').where('key', 'like', 'safety.%').delete();
      for (const table of ['devices', 'sessions', 'throttles', 'notices', 'device_challenges']) await tx(table).delete();
    });
    const { forgetSettings } = await import('../../server/engine/settings.ts');
    forgetSettings(office.company);
    await expectProven(office);
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('are remembered while nobody asks for approval, and sessions and the history call them by name', async () => {
    expect((await enter(aDevice('a'), { name: 'PC-7' })).status).toBe(200);
    expect(await lineOf('PC-7')).toMatchObject({ state: 'seen', code: null, userName: 'wang', address: lan, approvedBy: null });
    const { id, version } = await lineOf('PC-7');
    expect((await from(lan, boss.token, 'PATCH', `/api/devices/${id}`, { version, name: '前台电脑' })).status).toBe(200);
    const sessions = (await from(lan, boss.token, 'GET', '/api/sessions?all=1')).body as unknown as { rows: { device: string }[] };
    expect(sessions.rows.map(({ device }) => device)).toContain('前台电脑');
    expect(await newestSignIn()).toMatchObject({ login: 'wang', device: 'PC-7', result: 'signedIn' });
    // Without a key everything is as it always was.
    expect((await enter(null)).status).toBe(200);
  });

  test('wait with a code once they are asked for, tell whoever keeps them, and come in by themselves when approved', async () => {
    expect((await check('always')).status).toBe(200);
    const device = aDevice('a');
    const turnedAway = await enter(device, { name: 'PC-7' });
    expect(turnedAway).toMatchObject({ status: 403, body: { code: 'access.deviceWaiting' } });
    const line = await lineOf('PC-7');
    expect(line).toMatchObject({ state: 'waiting', doubt: 'approval', userName: 'wang', address: lan });
    expect(turnedAway.body.facts).toEqual({ code: line.code });
    expect(line.code).toMatch(/^[2-9A-HJ-NP-Z]{4}$/);
    expect(await newestSignIn()).toMatchObject({ login: 'wang', result: 'device' });
    expect(await stateOf(turnedAway.challenge)).toEqual({ state: 'waiting', code: line.code });
    expect(((await from(lan, boss.token, 'GET', '/api/home')).body as unknown as HomeAnswer).devicesWaiting).toBe(1);
    expect((await from(lan, boss.token, 'GET', '/api/notices')).body).toMatchObject({
      rows: [{ code: 'notice.deviceWaiting', facts: { code: line.code, name: 'PC-7', user: 'wang', address: lan } }],
    });
    // Knocking again keeps the one entry and its code.
    expect((await enter(device, { name: 'PC-7' })).body.facts).toEqual({ code: line.code });
    expect((await list()).rows.filter(({ state }) => state === 'waiting')).toHaveLength(1);

    const waiting = await enter(device, { name: 'PC-7' });
    expect((await approve('PC-7')).status).toBe(200);
    expect(await stateOf(waiting.challenge)).toEqual({ state: 'approved' });
    expect((await enter(device, { waited: waiting.challenge })).status).toBe(200);
    expect(await lineOf('PC-7')).toMatchObject({ state: 'approved', approvedBy: '管理员', code: null });
    expect((await from(lan, boss.token, 'GET', '/api/audit?deed=approveDevice')).body).toMatchObject({ rows: [{ type: 'device' }, {}] });
  });

  test('whoever has waited need not read the picture again, and nobody else is spared it', async () => {
    expect((await check('always')).status).toBe(200);
    const device = aDevice();
    const { challenge } = await enter(device, { name: '浏览器' });
    expect((await approve('浏览器')).status).toBe(200);
    const { version } = (await from(lan, boss.token, 'GET', '/api/settings')).body as unknown as { version: number };
    const always = { version, values: { 'safety.captcha': 'always' } };
    expect((await from(lan, boss.token, 'PATCH', '/api/settings', always)).status).toBe(200);
    expect((await enter(device)).body.code).toBe('captcha.needed');
    expect((await enter(aDevice(), { waited: challenge })).body.code).toBe('captcha.needed');
    expect((await enter(device, { waited: challenge })).status).toBe(200);
  });

  test('prove themselves anew each time: a used, an old and a foreign answer are worth nothing', async () => {
    const device = aDevice('a');
    const send = (proof: object, login = 'wang') =>
      doors.call('POST', '/api/sign-in', { body: { company: 'test', login, password, proof }, headers: { 'x-forwarded-for': lan } });
    const proof = await proofOf(doors, device, { company: 'test', login: 'wang' });
    expect((await send(proof)).status).toBe(200);
    expect(await send(proof)).toMatchObject({ status: 403, body: { code: 'access.deviceUnproven' } });
    expect(await newestSignIn()).toMatchObject({ login: 'wang', result: 'device' });

    const old = await proofOf(doors, device, { company: 'test', login: 'wang' });
    clock.now = () => realNow() + 61_000;
    expect((await send(old)).body.code).toBe('access.deviceUnproven');
    clock.now = realNow;

    const ask = async () => String((await doors.call('POST', '/api/devices/challenge', { body: { company: 'test' } })).body.challenge);
    const host = `host ${new URL(doors.url).host}`;
    const right = { company: 'test', login: 'wang', server: host };
    for (const lie of [{ server: 'host 192.168.1.66:7180' }, { login: 'li' }, { company: 'other' }])
      expect((await send({ ...device.prove({ ...right, ...lie, challenge: await ask() }) })).body.code).toBe('access.deviceUnproven');
    // Meant for somebody else's server and sent on to this one.
    const relayed = device.prove({ ...right, server: 'host 192.168.1.66:7180', challenge: await ask() });
    expect((await send({ ...relayed, server: host })).body.code).toBe('access.deviceUnproven');
    const other = aDevice('b');
    expect((await send({ ...device.prove({ ...right, challenge: await ask() }), key: other.key })).body.code).toBe('access.deviceUnproven');
    expect((await send({ ...device.prove({ ...right, challenge: await ask() }), machine: 'a'.repeat(64) })).body.code).toBe(
      'access.deviceUnproven',
    );
    expect((await send({ ...device.prove({ ...right, challenge: 'A'.repeat(43) }) })).body.code).toBe('access.deviceUnproven');
    expect((await send(device.prove({ ...right, challenge: await ask() }))).status).toBe(200);
    // Who does not know the password learns nothing of any of this.
    const wrong = { company: 'test', login: 'wang', password: 'wrong-word', proof };
    expect((await doors.call('POST', '/api/sign-in', { body: wrong })).body.code).toBe('access.badPassword');
  });

  test('blocked while connected are out at once: the socket, the next request, and the door', async () => {
    const device = aDevice('a');
    const token = String((await enter(device, { name: 'PC-7' })).body.token);
    const socket = doors.socket(token, { 'x-forwarded-for': lan });
    await heard(socket, 'connect');
    const closed = heard<string>(socket, 'disconnect');
    expect((await block('PC-7')).status).toBe(200);
    expect(await closed).toBe('io server disconnect');
    expect(await from(lan, token, 'GET', '/api/session')).toMatchObject({ status: 401, body: { code: 'access.signedOut' } });
    expect((await enter(device)).body.code).toBe('access.deviceBlocked');
    const ended = (await from(lan, boss.token, 'GET', `/api/sign-ins?result=signedIn`)).body as unknown as { rows: object[] };
    expect(ended.rows).toContainEqual(expect.objectContaining({ device: 'PC-7', endReason: 'device', endedBy: '管理员' }));
    // Somebody who sits at the server's own machine is never kept out.
    expect((await enter(device, { address: '127.0.0.1' })).status).toBe(200);
    const waiting = aDevice('b');
    expect((await check('always')).status).toBe(200);
    const { challenge } = await enter(waiting, { name: 'PC-8' });
    expect((await block('PC-8')).status).toBe(200);
    expect(await stateOf(challenge)).toEqual({ state: 'blocked' });
  });

  test('a key that turns up on another machine is told apart and waits, there and here', async () => {
    const device = aDevice('machine one');
    await enter(device, { name: 'PC-7' });
    expect((await check('always', true)).status).toBe(200);
    const token = String((await enter(device)).body.token);
    expect((await from(lan, token, 'GET', '/api/session')).status).toBe(200);
    const copy = device.copiedTo('machine two');
    expect((await enter(copy, { address: abroad })).body.code).toBe('access.deviceWaiting');
    expect(await lineOf('PC-7')).toMatchObject({ state: 'waiting', doubt: 'machine', address: abroad });
    expect((await from(lan, token, 'GET', '/api/session')).status).toBe(401);
    expect((await enter(device)).body.code).toBe('access.deviceWaiting');
    // Without saying where it is, it is no more the one that was approved.
    expect((await enter(device.copiedTo(''))).body.code).toBe('access.deviceWaiting');
    await enter(device);
    expect((await approve('PC-7')).status).toBe(200);
    expect((await enter(device)).status).toBe(200);
    expect((await enter(copy)).body.code).toBe('access.deviceWaiting');
  });

  test('bound to a subnet wait again from elsewhere, are told so, and come back by themselves', async () => {
    const device = aDevice('a');
    await enter(device, { name: 'PC-7' });
    expect((await check('always')).status).toBe(200);
    expect((await approve('PC-7', { addresses: ['192.168.1.0/24', 'fd00::/8'] })).status).toBe(200);
    const token = String((await enter(device)).body.token);
    expect((await enter(device, { address: '192.168.1.77' })).status).toBe(200);
    expect((await from('192.168.1.99', token, 'GET', '/api/session')).status).toBe(200);
    expect(await from('192.168.2.5', token, 'GET', '/api/session')).toMatchObject({ status: 401, body: { code: 'access.deviceChanged' } });
    expect((await enter(device, { address: '192.168.2.5' })).body.code).toBe('access.deviceWaiting');
    expect(await lineOf('PC-7')).toMatchObject({ state: 'waiting', doubt: 'address', address: '192.168.2.5' });
    expect((await enter(device)).status).toBe(200);
    expect(await lineOf('PC-7')).toMatchObject({ state: 'approved', doubt: null });
    expect((await approve('PC-7', { addresses: ['192.168.1.300'] })).body.code).toBe('addressRules.badAddress');
  });

  test('may be for some people alone, and changing that ends what goes on with them', async () => {
    const device = aDevice('a');
    await enter(device, { name: 'PC-7' });
    expect((await check('always')).status).toBe(200);
    const [li, seller] = [await office.id('users', { login: 'li' }), await office.id('positions', { code: 'salesperson' })];
    expect((await approve('PC-7', { positions: [seller] })).status).toBe(200);
    const token = String((await enter(device)).body.token);
    const socket = doors.socket(token, { 'x-forwarded-for': lan });
    await heard(socket, 'connect');
    const closed = heard<string>(socket, 'disconnect');
    const { id, version } = await lineOf('PC-7');
    const onlyLi = { version, limits: { ...free, users: [li] } };
    expect((await from(lan, boss.token, 'PATCH', `/api/devices/${id}`, onlyLi)).body).toMatchObject({ names: { user: { [li]: 'li' } } });
    await closed;
    expect((await from(lan, token, 'GET', '/api/session')).body.code).toBe('access.deviceChanged');
    expect((await enter(device)).body.code).toBe('access.deviceForOthers');
    expect((await enter(device, { login: 'li' })).status).toBe(200);
    expect((await from(lan, boss.token, 'PATCH', `/api/devices/${id}`, onlyLi)).body.code).toBe('devices.changed');
  });

  test('at most fifty wait that nobody knows: the one that waits longest makes room', async () => {
    expect((await check('always')).status).toBe(200);
    const first = await enter(aDevice('0'), { name: 'PC-0' });
    const row = (await office.company.store.read((tx) => tx('devices').where({ name: 'PC-0' }).first())) as Record<string, unknown>;
    const { id: _id, ...like } = row;
    const others = Array.from({ length: devicesWaitingMax - 1 }, (_, at) => ({
      ...like,
      ...{ key_hash: `other ${at}`, code: `X${at}`, name: `X${at}`, ticket_hash: null, waiting_since: '2998-01-01T00:00:00.000Z' },
    }));
    await office.company.store.write((tx) => tx('devices').insert(others));
    expect(await stateOf(first.challenge)).toMatchObject({ state: 'waiting' });
    await enter(aDevice('51'), { name: 'PC-51' });
    expect(await stateOf(first.challenge)).toEqual({ state: 'gone' });
    const waiting = (await list()).rows.filter(({ state }) => state === 'waiting');
    expect(waiting).toHaveLength(devicesWaitingMax);
    expect(waiting.map(({ name }) => name)).toContain('PC-51');
  });

  test('nobody locks themselves out: the own device is approved in the same step, or the step is refused', async () => {
    const keyless = String((await enter(null, { login: 'admin' })).body.token);
    const mode = (address: string, token: string, version: number) =>
      from(address, token, 'PUT', '/api/device-check', { version, mode: 'always' });
    expect((await mode(lan, keyless, 0)).body).toMatchObject({ code: 'devices.lockOut', facts: { address: lan } });
    expect((await mode(lan, boss.token, 7)).body.code).toBe('settings.changed');
    expect((await mode(lan, boss.token, 0)).status).toBe(200);
    expect(await lineOf('BOSS-PC')).toMatchObject({ state: 'approved', isOwn: true, approvedBy: '管理员' });
    expect((await from(lan, boss.token, 'GET', '/api/session')).status).toBe(200);
    expect(await from(lan, keyless, 'GET', '/api/session')).toMatchObject({ status: 401, body: { code: 'access.deviceChanged' } });
    expect((await from('127.0.0.1', keyless, 'GET', '/api/session')).status).toBe(200);
    expect((await enter(null)).body.code).toBe('access.deviceNeeded');
    const { id, version } = await lineOf('BOSS-PC');
    expect((await block('BOSS-PC')).body.code).toBe('devices.own');
    expect((await from(lan, boss.token, 'DELETE', `/api/devices/${id}?version=${version}`)).body.code).toBe('devices.own');
    const elsewhere = { version, limits: { ...free, addresses: [vpn] } };
    expect((await from(lan, boss.token, 'PATCH', `/api/devices/${id}`, elsewhere)).body.code).toBe('devices.lockOut');
    // A program has no key: where devices are asked for, it stays out but at the server's own machine.
    const { token: program } = await office.work('wang', (work) => createToken(work, { name: 'shop', scopes: ['all'] }));
    expect((await from(lan, program, 'GET', '/api/session')).body.code).toBe('access.deviceNeeded');
    expect((await from('127.0.0.1', program, 'GET', '/api/session')).status).toBe(200);
  });

  test('are asked for only where an address rule says so, which approves its author’s or is tried', async () => {
    const rule = {
      who: { kind: 'everybody' },
      addresses: [] as string[],
      hours: null,
      effect: 'allow',
      lookOnly: false,
      areas: null,
      remark: '',
    };
    const save = async (token: string, address: string, rules: object[], isConfirmed = false) => {
      const { version } = (await from('127.0.0.1', boss.token, 'GET', '/api/address-rules')).body as unknown as { version: number };
      return from(address, token, 'PUT', '/api/address-rules', { version, rules: { isOn: true, otherwise: 'allow', rules }, isConfirmed });
    };
    expect((await check('byRule')).status).toBe(200);
    const token = String((await enter(null, { address: vpn })).body.token);
    expect((await save(boss.token, lan, [{ ...rule, addresses: ['10.8.0.0/16'], devicesOnly: true }])).status).toBe(200);
    expect((await from(vpn, token, 'GET', '/api/session')).body.code).toBe('access.deviceChanged');
    expect((await from(lan, token, 'GET', '/api/session')).status).toBe(200);
    expect((await enter(aDevice('a'), { address: vpn, name: 'NOTEBOOK' })).body.code).toBe('access.deviceWaiting');
    expect((await enter(aDevice('b'), { address: lan, name: 'PC-9' })).status).toBe(200);
    expect(await lineOf('PC-9')).toMatchObject({ state: 'seen' });

    const keyless = String((await enter(null, { login: 'admin' })).body.token);
    const everywhere = [{ ...rule, devicesOnly: true }];
    expect((await save(keyless, lan, everywhere)).body.code).toBe('addressRules.lockOut');
    expect((await save(boss.token, lan, everywhere)).status).toBe(200);
    expect((await from(lan, boss.token, 'GET', '/api/session')).status).toBe(200);
  });

  test('are kept by whoever holds the right, and go out as a workbook', async () => {
    await enter(aDevice('a'), { name: 'PC-7' });
    const wang = String((await enter(null)).body.token);
    expect((await from(lan, wang, 'GET', '/api/devices')).body.code).toBe('access.denied');
    const answer = await fetch(`${doors.url}/api/devices/workbook?language=zh-CN`, {
      headers: { authorization: `Bearer ${boss.token}`, 'x-forwarded-for': lan },
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    const rows: string[] = [];
    book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).join('|')));
    expect(rows[0]).toContain('设备名称|状态|用户|地址');
    expect(rows.slice(1).some((row) => row.includes('PC-7|未审批|wang|192.168.1.20'))).toBe(true);
    expect((await from(lan, boss.token, 'GET', '/api/audit?deed=export')).body).toMatchObject({ rows: [{ type: 'device' }] });
    const { id, version } = await lineOf('PC-7');
    expect((await from(lan, boss.token, 'DELETE', `/api/devices/${id}?version=${version}`)).status).toBe(200);
    expect((await list()).rows.map(({ name }) => name)).toEqual(['BOSS-PC']);
    expect((await from(lan, boss.token, 'DELETE', `/api/devices/${id}?version=${version}`)).body.code).toBe('record.notFound');
  });
});
