import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addressesIn } from '../../server/access/addressRules.ts';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import { endAddressTrial } from '../../server/features/safety/addressRules.ts';
import type { AddressRule, AddressRulesAnswer } from '../../shared/contracts/addressRules.ts';
import type { AuditAnswer } from '../../shared/contracts/audit.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors, type Reply } from '../support/server.ts';

const right = '苹果tree-7441';
const [lan, vpn, abroad] = ['192.168.1.20', '10.8.0.7', '203.0.113.9'];

const rule = (of: Partial<AddressRule>): AddressRule => ({
  ...{ who: { kind: 'everybody' }, addresses: [], hours: null, effect: 'allow', lookOnly: false, areas: null, remark: '' },
  ...of,
});

describe.each(stores)('address rules on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  const realNow = clock.now;
  const token: Record<string, string> = {};

  /** A request as it comes from somewhere: this machine is the proxy that says from where. */
  const from = (address: string, who: string, method: string, path: string, body?: unknown): Promise<Reply> =>
    doors.call(method, path, { token: token[who], headers: { 'x-forwarded-for': address }, ...(body === undefined ? {} : { body }) });
  const rules = async (): Promise<AddressRulesAnswer> =>
    (await from('127.0.0.1', 'admin', 'GET', '/api/address-rules')).body as unknown as AddressRulesAnswer;
  const save = async (address: string, list: AddressRule[], of: { otherwise?: 'allow' | 'refuse'; isConfirmed?: boolean } = {}) =>
    from(address, 'admin', 'PUT', '/api/address-rules', {
      version: (await rules()).version,
      rules: { isOn: true, otherwise: of.otherwise ?? 'refuse', rules: list },
      isConfirmed: of.isConfirmed ?? false,
    });
  const statusFrom = async (address: string, who = 'wang') => (await from(address, who, 'GET', '/api/session')).status;
  const signIn = (address: string, password = right) =>
    doors.call('POST', '/api/sign-in', {
      body: { company: office.company.code, login: 'wang', password },
      headers: { 'x-forwarded-for': address },
    });

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    Object.assign(doors.server, { trustedProxies: addressesIn(['127.0.0.1']) });
    for (const who of ['wang', 'zhou', 'admin']) token[who] = await doors.enter(who);
    const hash = await hashPassword(right);
    const user = await office.id('users', { login: 'wang' });
    await office.company.store.write((tx) => storePassword(tx, user, hash, false));
  });
  beforeEach(async () => {
    clock.now = realNow;
    const off = { version: (await rules()).version, rules: { isOn: false, otherwise: 'allow', rules: [] } };
    expect((await from('127.0.0.1', 'admin', 'PUT', '/api/address-rules', off)).status).toBe(200);
  });
  afterEach(async () => {
    clock.now = realNow;
    await expectProven(office);
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('let people in from the office and nobody from elsewhere, at once and with every request', async () => {
    expect(await statusFrom(abroad)).toBe(200);
    expect((await save(lan, [rule({ addresses: ['192.168.1.0/24'] })])).status).toBe(200);
    expect(await statusFrom(lan)).toBe(200);
    expect(await from(abroad, 'wang', 'GET', '/api/session')).toMatchObject({ status: 403, body: { code: 'access.addressRefused' } });
    expect((await signIn(lan)).status).toBe(200);
    expect((await signIn(abroad)).body.code).toBe('access.addressRefused');
    // Who does not know the password learns nothing of the rules.
    expect((await signIn(abroad, 'wrong-word')).body.code).toBe('access.badPassword');
    const history = await from(lan, 'admin', 'GET', '/api/sign-ins?result=address');
    expect(history.body).toMatchObject({ rows: [{ login: 'wang', address: abroad, result: 'address' }] });
    // The server's own machine is never kept out.
    expect(await statusFrom('127.0.0.1')).toBe(200);
    const { token: program } = await office.work('wang', (work) => createToken(work, { name: 'shop', scopes: ['all'] }));
    const asked = await doors.call('GET', '/api/session', { token: program, headers: { 'x-forwarded-for': abroad } });
    expect(asked.body.code).toBe('access.addressRefused');
  });

  test('close the open sockets of those they keep out, and let in no new ones', async () => {
    const socket = doors.socket(token.wang ?? '', { 'x-forwarded-for': abroad });
    await heard(socket, 'connect');
    const inside = doors.socket(token.zhou ?? '', { 'x-forwarded-for': lan });
    await heard(inside, 'connect');
    const closed = heard<string>(socket, 'disconnect');
    expect((await save(lan, [rule({ addresses: ['192.168.1.0/24'] })])).status).toBe(200);
    await closed;
    await expect(heard(doors.socket(token.wang ?? '', { 'x-forwarded-for': abroad }), 'connect')).rejects.toThrow('access.addressRefused');
    expect(inside.connected).toBe(true);
    inside.disconnect();
  });

  test('that would keep out their author are refused, and tried for two minutes when confirmed', async () => {
    const lockOut = [rule({ addresses: [vpn] })];
    expect((await save(lan, lockOut)).body).toMatchObject({ code: 'addressRules.lockOut', facts: { address: lan } });
    // Less than full rights is as good as being kept out.
    expect((await save(lan, [rule({ effect: 'limit', lookOnly: true })])).body.code).toBe('addressRules.lockOut');
    expect((await rules()).isOn).toBe(false);

    expect((await save(lan, lockOut, { isConfirmed: true })).status).toBe(200);
    expect(await statusFrom(lan, 'admin')).toBe(403);
    expect((await from(lan, 'admin', 'PUT', '/api/address-rules/keep')).body.code).toBe('access.addressRefused');
    expect((await rules()).trialUntil).not.toBeNull();
    clock.now = () => realNow() + 2 * 60_000;
    expect(await statusFrom(lan, 'admin')).toBe(200);
    expect(await rules()).toMatchObject({ isOn: false, trialUntil: null });
    expect((await from(lan, 'admin', 'PUT', '/api/address-rules/keep')).body.code).toBe('addressRules.noTrial');
    expect(await endAddressTrial(office.company)).toBe(1);
    expect(await endAddressTrial(office.company)).toBe(0);
    expect(await rules()).toMatchObject({ isOn: false, rules: [] });
  });

  test('that are tried stay when somebody whom they let in keeps them', async () => {
    expect((await save(lan, [rule({ addresses: [vpn] })], { isConfirmed: true })).status).toBe(200);
    expect((await from(vpn, 'admin', 'PUT', '/api/address-rules/keep')).status).toBe(200);
    clock.now = () => realNow() + 10 * 60_000;
    expect(await endAddressTrial(office.company)).toBe(0);
    expect([await statusFrom(lan, 'admin'), await statusFrom(vpn, 'admin')]).toEqual([403, 200]);
    expect(await rules()).toMatchObject({ isOn: true, trialUntil: null });
  });

  test('are changed by whoever holds the right, from the newest version, with addresses that exist', async () => {
    expect((await from(lan, 'zhou', 'GET', '/api/address-rules')).body.code).toBe('access.denied');
    expect((await save(lan, [rule({ addresses: ['192.168.1.300'] })])).body).toMatchObject({
      code: 'addressRules.badAddress',
      facts: { address: '192.168.1.300' },
    });
    const old = { version: 0, rules: { isOn: false, otherwise: 'allow', rules: [] } };
    expect((await from(lan, 'admin', 'PUT', '/api/address-rules', old)).body.code).toBe('settings.changed');
    expect((await save(lan, [rule({ addresses: ['192.168.1.0/24'], remark: '总部' })])).status).toBe(200);
    const audit = await from(lan, 'admin', 'GET', '/api/audit?deed=setting');
    const [line] = (audit.body as unknown as AuditAnswer).rows;
    expect(line).toMatchObject({ action: 'setting', actorName: '管理员', address: lan });
  });

  test('may leave nothing but looking: reading goes on, writing, printing and exporting do not', async () => {
    const list = [rule({ addresses: ['10.8.0.0/16'], effect: 'limit', lookOnly: true }), rule({ addresses: ['192.168.1.0/24'] })];
    expect((await save(lan, list)).status).toBe(200);
    const { id, version } = await office.create('wang', 'customer', { name: '出差时看的客户' });
    const wang = (method: string, path: string, body?: unknown) => from(vpn, 'wang', method, path, body);
    expect((await wang('GET', `/api/records/customer/${id}`)).body).toMatchObject({ values: { name: '出差时看的客户' } });
    expect((await wang('POST', '/api/records/customer/list', {})).status).toBe(200);
    const refused = { status: 403, body: { code: 'access.lookOnly' } };
    expect(await wang('PATCH', `/api/records/customer/${id}`, { version, values: { name: '改了' } })).toMatchObject(refused);
    expect(await wang('POST', '/api/records/customer/export', {})).toMatchObject(refused);
    expect(await wang('GET', '/api/stock/moves.xlsx')).toMatchObject(refused);
    expect(await wang('POST', '/api/reports/salesByCustomer/export', {})).toMatchObject(refused);
    expect((await from(lan, 'wang', 'PATCH', `/api/records/customer/${id}`, { version, values: { name: '回来改' } })).status).toBe(200);
    const session = (await wang('GET', '/api/session')).body as unknown as { definitions: { type: string; operations: string[] }[] };
    expect(session).toMatchObject({ limits: { lookOnly: true, areas: null } });
    expect(new Set(session.definitions.flatMap(({ operations }) => operations))).toEqual(new Set(['read']));
  });

  test('may leave some areas alone: the rest of the daily work is not there, and the house keeps its keys', async () => {
    const list = [rule({ addresses: [vpn], effect: 'limit', areas: ['customers', 'sales'] }), rule({ addresses: ['192.168.1.0/24'] })];
    expect((await save(lan, list)).status).toBe(200);
    const wang = (method: string, path: string, body?: unknown) => from(vpn, 'wang', method, path, body);
    expect((await wang('POST', '/api/records/customer', { values: { name: '外地新客户' } })).status).toBe(201);
    expect((await wang('POST', '/api/records/stockOut/list', {})).body.code).toBe('record.notFound');
    expect((await wang('POST', '/api/records/item/list', {})).body.code).toBe('record.notFound');
    expect((await wang('POST', '/api/records/currency/list', {})).status).toBe(200);
    // An account is no mere list: its book is daily work.
    expect((await from(vpn, 'admin', 'POST', '/api/records/account/list', {})).body.code).toBe('record.notFound');
    expect((await from(lan, 'wang', 'POST', '/api/records/item/list', {})).status).toBe(200);
    // An administrator is none from there.
    const admin = (await from(vpn, 'admin', 'GET', '/api/session')).body as unknown as { administrator: boolean; rights: string[] };
    expect(admin.administrator).toBe(false);
    expect(admin.rights).not.toContain('users.manage');
    expect((await from(vpn, 'admin', 'GET', '/api/address-rules')).body.code).toBe('access.denied');
  });

  test('what somebody writes into the request about where they are counts for nothing unless the proxy is trusted', async () => {
    expect((await save(lan, [rule({ addresses: ['192.168.1.0/24'] })])).status).toBe(200);
    Object.assign(doors.server, { trustedProxies: addressesIn(['10.99.99.99']) });
    try {
      // This machine is where it says it is not: it is let in as itself.
      expect(await statusFrom(abroad)).toBe(200);
      const rows = (await from(abroad, 'admin', 'GET', '/api/address-rules')).body as unknown as AddressRulesAnswer;
      expect(rows.ownAddress).toBe('127.0.0.1');
    } finally {
      Object.assign(doors.server, { trustedProxies: addressesIn(['127.0.0.1']) });
    }
  });
});
