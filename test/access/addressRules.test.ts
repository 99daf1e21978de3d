import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { addressesIn, type Concerned, compileRules, judge, plainAddress } from '../../server/access/addressRules.ts';
import { refuseUnlessLooking } from '../../server/http/lookOnly.ts';
import { peerOf } from '../../server/http/peer.ts';
import { routes } from '../../server/http/routes/index.ts';
import type { AddressRule } from '../../shared/contracts/addressRules.ts';
import { msOf } from '../../shared/kernel/days.ts';

const timeZone = 'Asia/Shanghai';
// A Monday, eleven in the morning in Shanghai.
const monday = '2026-11-23T03:00:00.000Z';
const wang: Concerned = { userId: 7, positionIds: [3], departmentPath: [12, 1] };

const rule = (of: Partial<AddressRule>): AddressRule => ({
  ...{ who: { kind: 'everybody' }, addresses: [], hours: null, effect: 'allow', lookOnly: false, areas: null, remark: '' },
  ...of,
});
const asked = (rules: AddressRule[], of: { address?: string; at?: string; otherwise?: 'allow' | 'refuse'; who?: Concerned } = {}) =>
  judge(compileRules({ isOn: true, otherwise: of.otherwise ?? 'refuse', rules }), of.who ?? wang, {
    address: of.address ?? '192.168.1.20',
    nowMs: msOf(of.at ?? monday),
    timeZone,
  }).admission;

describe('an address rule', () => {
  test.each([
    ['192.168.1.20', '192.168.1.20', '192.168.1.21'],
    ['192.168.1.10-20', '192.168.1.20', '192.168.1.9'],
    ['192.168.1.10 - 192.168.2.5', '192.168.2.5', '192.168.2.6'],
    ['10.8.0.0/16', '10.8.255.7', '10.9.0.1'],
    ['0.0.0.0/0', '8.8.8.8', '2001:db8::1'],
    ['fd00::/8', 'fd12:3456::1', 'fe80::1'],
    ['2001:db8::1-2001:db8::ff', '2001:db8::20', '2001:db8::100'],
    ['::ffff:192.168.1.0/24', '192.168.1.77', '192.168.2.77'],
  ])('of %s lets %s in and %s not', (addresses, inside, outside) => {
    expect(asked([rule({ addresses: [addresses] })], { address: inside })).toBe('allow');
    expect(asked([rule({ addresses: [addresses] })], { address: outside })).toBe('refuse');
  });

  test.each([
    '192.168.1',
    '192.168.1.300',
    '192.168.1.20-10',
    '10.0.0.0/33',
    '10.0.0.0/',
    'fd00::/129',
    '10.0.0.1-fd00::1',
    '1-2-3',
    'office',
    '',
    '10.0.0.0/8-10.1.0.0',
  ])('is refused when it names no address: %s', (address) => {
    expect(() => addressesIn([address])).toThrowError(expect.objectContaining({ code: 'addressRules.badAddress', facts: { address } }));
  });

  test('is about one person, a position, or a department with everybody below it', () => {
    const fits = (who: AddressRule['who']) => asked([rule({ who })]);
    expect([fits({ kind: 'user', id: 7 }), fits({ kind: 'user', id: 8 })]).toEqual(['allow', 'refuse']);
    expect([fits({ kind: 'position', id: 3 }), fits({ kind: 'position', id: 7 })]).toEqual(['allow', 'refuse']);
    expect([fits({ kind: 'department', id: 1 }), fits({ kind: 'department', id: 13 })]).toEqual(['allow', 'refuse']);
  });

  test('is asked in its turn: the first that fits decides, and what is agreed for the rest where none does', () => {
    const rules = [rule({ who: { kind: 'user', id: 7 }, effect: 'refuse' }), rule({})];
    expect(asked(rules)).toBe('refuse');
    expect(asked(rules, { who: { ...wang, userId: 8 } })).toBe('allow');
    expect(asked([], { otherwise: 'allow' })).toBe('allow');
    expect(asked([], { otherwise: 'refuse' })).toBe('refuse');
  });

  test('counts by the company’s clocks, also past midnight', () => {
    const days = [1, 2, 3, 4, 5];
    const office = [rule({ hours: { from: '08:30', to: '18:00', days } })];
    const at = (instant: string, rules = office) => asked(rules, { at: instant });
    expect(at('2026-11-23T00:29:59.000Z')).toBe('refuse');
    expect(at('2026-11-23T00:30:00.000Z')).toBe('allow');
    expect(at('2026-11-23T10:00:00.000Z')).toBe('refuse');
    // Saturday in Shanghai, though still Friday in UTC.
    expect(at('2026-11-27T17:00:00.000Z')).toBe('refuse');
    const night = [rule({ hours: { from: '22:00', to: '06:00', days: [5] } })];
    expect(at('2026-11-27T14:30:00.000Z', night)).toBe('allow');
    expect(at('2026-11-27T21:30:00.000Z', night)).toBe('allow');
    expect(at('2026-11-28T14:30:00.000Z', night)).toBe('refuse');
    expect(at('2026-11-26T21:30:00.000Z', night)).toBe('refuse');
    expect(at('2026-11-27T04:00:00.000Z', [rule({ hours: { from: '00:00', to: '00:00', days: [5] } })])).toBe('allow');
  });

  test('never keeps out who sits at the server itself', () => {
    for (const address of ['127.0.0.1', '::1', plainAddress('::ffff:127.0.0.1')])
      expect(asked([rule({ effect: 'refuse' })], { address })).toBe('allow');
    expect(asked([rule({ effect: 'refuse' })], { address: plainAddress('::ffff:10.0.0.5') })).toBe('refuse');
    expect(asked([rule({ addresses: ['10.0.0.5'] })], { address: 'rubbish' })).toBe('refuse');
  });
});

describe('where a request comes from', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;
  const proxies = addressesIn(['10.0.0.1', '10.0.1.0/24']);

  test('is the other end of the socket, whatever the request says', () => {
    expect(peerOf(from('::ffff:192.168.1.20', '127.0.0.1'), undefined)).toBe('192.168.1.20');
    expect(peerOf(from('192.168.1.20', '127.0.0.1'), proxies)).toBe('192.168.1.20');
    expect(peerOf(from('fe80::1%eth0'), proxies)).toBe('fe80::1');
  });

  test('is whom a trusted proxy names last; what the asker invented before that is not read', () => {
    expect(peerOf(from('10.0.0.1', '127.0.0.1, 192.168.1.20'), proxies)).toBe('192.168.1.20');
    expect(peerOf(from('10.0.0.1', '127.0.0.1, 192.168.1.20, 10.0.1.7'), proxies)).toBe('192.168.1.20');
    expect(peerOf(from('10.0.0.1', '::ffff:192.168.1.20'), proxies)).toBe('192.168.1.20');
    expect(peerOf(from('10.0.0.1', 'rubbish'), proxies)).toBe('10.0.0.1');
    expect(peerOf(from('10.0.0.1'), proxies)).toBe('10.0.0.1');
  });
});

test('who may only look finds every door closed that writes, prints or gives files to take along', () => {
  const isClosed = (door: (typeof routes)[number]): boolean => {
    try {
      refuseUnlessLooking(door);
      return false;
    } catch (refusal) {
      expect(refusal).toMatchObject({ code: 'access.lookOnly' });
      return true;
    }
  };
  const nameOf = ({ method, path }: (typeof routes)[number]) => `${method} ${path}`;
  // What is attached to a record can be looked at; what anybody may have, such as the root certificate, is no secret of the company.
  const givesFiles = routes.filter((door) => door.method === 'get' && door.access !== 'open' && /\bbytes\b/.test(door.handle.toString()));
  expect(givesFiles.length).toBeGreaterThan(8);
  expect(givesFiles.filter((door) => !isClosed(door)).map(nameOf)).toEqual([]);
  expect(
    routes
      .filter((door) => door.method !== 'get' && !isClosed(door))
      .map(nameOf)
      .sort(),
  ).toEqual([
    'post /api/notices/read',
    'post /api/pick/:type',
    'post /api/records/:type/costs',
    'post /api/records/:type/list',
    'post /api/reports/:name',
    'post /api/reports/:name/documents',
    // Whoever must set a second step up has to be able to, from wherever they are let in.
    'post /api/second-step/code',
    'post /api/second-step/code/confirm',
    'post /api/second-step/keys',
    'post /api/second-step/keys/confirm',
    'post /api/session/password',
    'post /api/sign-out',
  ]);
});
