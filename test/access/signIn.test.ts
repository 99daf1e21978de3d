import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { authenticate } from '../../server/access/authenticate.ts';
import { hashNewPassword, refuseWrongPassword, setPassword, storePassword } from '../../server/access/changePassword.ts';
import { guardPeople } from '../../server/access/guardPeople.ts';
import { listSignIns } from '../../server/access/history.ts';
import { hashPassword, needsRehash, refuseWeakPassword, verifyPassword } from '../../server/access/passwords.ts';
import { idleMaxMs, isSessionAlive, lifeMaxMs, listSessions, onSessionsEnded } from '../../server/access/sessions.ts';
import { endSession, signIn } from '../../server/access/signIn.ts';
import { unlockAccount } from '../../server/access/throttle.ts';
import { createToken, listTokens, revokeToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import { loadRecords } from '../../server/database/rows.ts';
import type { Company } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { AnyRecord } from '../../shared/kernel/definition.ts';
import { stores } from '../stores/stores.ts';
import { cameIn, dayAfter, type Office, openOffice, refusalOf } from './office.ts';

const right = '苹果tree-7441';
const user = catalogue.get('user');
const minuteMs = 60_000;

describe.each(stores)('the door on $name', (kind) => {
  let office: Office;
  let department = 0;
  let anne = 0;
  let chief = 0;
  const lan = '192.168.1.20';
  const company = (): Company => office.company;
  const enter = (password = right, more: { login?: string; device?: string; address?: string } = {}) =>
    signIn(company(), { login: 'anne', password, device: 'desk', address: lan, ...more }).then(cameIn);
  const knock = (token: string) =>
    authenticate((code) => (code === office.company.code ? office.company : undefined), `Bearer ${token}`, lan);
  const forgetAll = () => company().store.write((tx) => tx('throttles').delete());

  beforeAll(async () => {
    office = await openOffice(kind);
    department = await office.add('department', { name: '总公司', kindOfUnit: 'company' });
    const selling = await office.addPosition({
      grants: [
        ['customer', 'read', 'own'],
        ['customer', 'change', 'own'],
      ],
      special: ['see.contact', 'tokens.own'],
    });
    anne = await office.addUser('anne', department, [selling]);
    chief = await office.addUser('chief', department, [await office.addPosition({ administrator: true })]);
    const stored = await hashPassword(right);
    await company().store.write((tx) => storePassword(tx, anne, stored, false));
    await company().store.write((tx) => storePassword(tx, chief, stored, true));
  });
  beforeEach(forgetAll);
  afterAll(() => office.close());

  test('the right password opens a session that carries the person’s rights', async () => {
    const { token } = await enter(right, { login: ' ANNE ' });
    const guest = await knock(token);
    expect([
      guest.actor.userId,
      guest.actor.reach('customer', 'read'),
      guest.actor.device,
      guest.actor.address,
      guest.mustChangePassword,
    ]).toEqual([anne, 'own', 'desk', lan, false]);
    expect((await knock((await enter(right, { login: 'chief' })).token)).mustChangePassword).toBe(true);
  });

  test('a password typed with composed or decomposed characters is the same', async () => {
    const word = 'Café-Straße-99';
    expect(await verifyPassword(await hashPassword(word.normalize('NFD')), word.normalize('NFC'))).toBe(true);
  });

  test('nothing tells an unknown person, a wrong password and one who has left apart', async () => {
    const left = await office.addUser('lefty', department, []);
    const stored = await hashPassword(right);
    await company().store.write((tx) => storePassword(tx, left, stored, false));
    await company().store.write((tx) => tx('users').where({ id: left }).update({ employment: 'left' }));
    const refusals = [
      await refusalOf(enter('wrong-word')),
      await refusalOf(enter(right, { login: 'nobody' })),
      await refusalOf(enter(right, { login: 'lefty' })),
    ];
    expect(refusals).toEqual(Array(3).fill({ code: 'access.badPassword', facts: {} }));
  });

  test('a thousand wrong passwords are throttled, others are not, and the right one works after the wait', async () => {
    const other = await office.addUser('ben', department, []);
    const stored = await hashPassword(right);
    await company().store.write((tx) => storePassword(tx, other, stored, false));
    const codes: Record<string, number> = {};
    for (let round = 0; round < 1000; round += 1) {
      const { code } = await refusalOf(enter(`wrong-${round}`));
      codes[code] = (codes[code] ?? 0) + 1;
    }
    expect(codes).toEqual({ 'access.badPassword': 5, 'access.throttled': 995 });
    expect(await refusalOf(enter())).toEqual({ code: 'access.throttled', facts: { seconds: 1 } });
    await enter(right, { login: 'ben' });
    office.passMs(1000);
    await enter();
    expect((await refusalOf(enter('wrong-again'))).code).toBe('access.badPassword');
  });

  test('the wait doubles up to a minute', async () => {
    for (let tries = 0; tries < 5; tries += 1) await refusalOf(enter('wrong-word'));
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const { facts } = await refusalOf(enter('wrong-word'));
      const { seconds } = facts as { seconds: number };
      waits.push(seconds);
      office.passMs(seconds * 1000);
      expect((await refusalOf(enter('wrong-word'))).code).toBe('access.badPassword');
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('a hundred tries at the same moment get no more than the free ones', async () => {
    const codes = await Promise.all(Array.from({ length: 100 }, async (_, round) => (await refusalOf(enter(`wrong-${round}`))).code));
    expect(codes.filter((code) => code === 'access.badPassword')).toHaveLength(5);
  });

  test('from one address a hundred fail within an hour, whoever they name; from this machine as many as like', async () => {
    const at = (round: number, address: string) => refusalOf(enter('wrong-word', { login: `guess${round}`, device: `d${round}`, address }));
    for (let round = 0; round < 100; round += 1) expect((await at(round, lan)).code).toBe('access.badPassword');
    expect((await at(100, lan)).code).toBe('access.throttled');
    expect((await refusalOf(enter())).code).toBe('access.throttled');
    await enter(right, { address: '192.168.1.21' });
    office.passMs(60 * minuteMs);
    await enter();
    await company().store.write((tx) => tx('throttles').where('key', 'like', 'address:%').update({ failures: 500, until_at: null }));
    for (let round = 0; round < 3; round += 1) expect((await at(round, '::ffff:127.0.0.1')).code).toBe('access.badPassword');
  }, 60_000);

  test('the history tells of every attempt, and keeps no password typed as a name', async () => {
    await enter();
    await refusalOf(enter('wrong-word'));
    await refusalOf(enter('x', { login: 'my-secret-password' }));
    const { rows } = await company().store.read((tx) => listSignIns(tx, {}));
    expect(rows.slice(0, 3).map(({ login, result, user: who, address }) => [login, result, who, address])).toEqual([
      ['my…', 'unknown', null, lan],
      ['anne', 'refused', anne, lan],
      ['anne', 'signedIn', anne, lan],
    ]);
    const own = await company().store.read((tx) => listSignIns(tx, { user: anne }));
    expect(own.rows.every((row) => row.user === anne)).toBe(true);
    expect(own.rows).toHaveLength(100);
    const older = await company().store.read((tx) => listSignIns(tx, { user: anne, after: own.next ?? 0 }));
    expect(older.rows[0]?.id).toBeLessThan(own.rows.at(-1)?.id ?? 0);
  });

  test('a weak hash is made stronger when its owner comes in', async () => {
    const weak = await hash(right, { memoryCost: 4096, timeCost: 1, parallelism: 1 });
    expect(needsRehash(weak)).toBe(true);
    await company().store.write((tx) => storePassword(tx, anne, weak, false));
    await enter();
    const row = (await company().store.read((tx) => tx('passwords').where({ user: anne }).first('hash'))) as { hash: string };
    expect(needsRehash(row.hash)).toBe(false);
    await enter();
  });

  test('the token is stored only as its hash, and is nothing in another company', async () => {
    const { token } = await enter();
    expect(token).toMatch(/^main\.[\w-]{43}$/);
    const rows = await company().store.read((tx) => tx('sessions').select('*'));
    expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
    for (const bad of [
      token.replace('main.', 'branch.'),
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      'main.',
      '',
      `tp_${token}`,
    ]) {
      expect((await refusalOf(knock(bad))).code).toBe('access.signedOut');
    }
    const branch = { ...office.company, code: 'branch' };
    expect((await refusalOf(authenticate(() => branch, `Bearer ${token.replace('main.', 'branch.')}`, lan))).code).toBe('access.signedOut');
  });

  test('a session ends after half a day unused and after a week in any case', async () => {
    const idle = await enter();
    office.passMs(idleMaxMs + 1);
    expect((await refusalOf(knock(idle.token))).code).toBe('access.signedOut');
    const busy = await enter();
    for (let passed = 0; passed + idleMaxMs / 2 < lifeMaxMs; passed += idleMaxMs / 2) {
      await knock(busy.token);
      office.passMs(idleMaxMs / 2);
    }
    await knock(busy.token);
    office.passMs(idleMaxMs / 2);
    expect((await refusalOf(knock(busy.token))).code).toBe('access.signedOut');
  });

  test('that a session is used is written down once a minute', async () => {
    const { token, sessionId } = await enter();
    const seen = async () =>
      (await company().store.read((tx) => listSessions(tx, anne, clock.now()))).find((row) => row.id === sessionId)?.last_seen_at;
    const first = await seen();
    office.passMs(30_000);
    await knock(token);
    expect(await seen()).toBe(first);
    office.passMs(31_000);
    await knock(token);
    expect(await seen()).not.toBe(first);
  });

  test('a revoked session is dead on the next request, and whoever holds its socket hears of it', async () => {
    const ended: number[] = [];
    const stop = onSessionsEnded((_company, ids) => ended.push(...ids));
    const { token, sessionId } = await enter();
    expect(await endSession(company(), sessionId, 'revoked', chief)).toBe(false);
    expect(await endSession(company(), sessionId, 'revoked', anne)).toBe(true);
    expect(await endSession(company(), sessionId, 'revoked')).toBe(false);
    expect((await refusalOf(knock(token))).code).toBe('access.signedOut');
    expect(await company().store.read((tx) => isSessionAlive(tx, sessionId, clock.now()))).toBe(false);
    expect(ended).toEqual([sessionId]);
    stop();
  });

  test('a new password ends every other session and frees a throttled account', async () => {
    const [here, there] = [await enter(), await enter(right, { device: 'laptop' })];
    for (let tries = 0; tries < 6; tries += 1) await refusalOf(enter('wrong-word', { device: 'phone' }));
    const next = '梨tree-orchard-5';
    const hashed = await hashNewPassword(company(), anne, next);
    await office.as(anne, (work) => setPassword(work, { userId: anne, hash: hashed, mustChange: false, exceptSession: here.sessionId }));
    await knock(here.token);
    expect((await refusalOf(knock(there.token))).code).toBe('access.signedOut');
    await enter(next, { device: 'phone' });
    const old = await hashNewPassword(company(), anne, right);
    await office.as(anne, (work) => setPassword(work, { userId: anne, hash: old, mustChange: false }));
    expect((await refusalOf(knock(here.token))).code).toBe('access.signedOut');
  });

  test('only who knows the password may change it, and guessing is throttled', async () => {
    const ask = (password: string) => refuseWrongPassword(company(), { userId: anne, password, address: lan });
    await ask(right);
    for (let tries = 0; tries < 5; tries += 1) expect((await refusalOf(ask('wrong-word'))).code).toBe('password.wrong');
    expect((await refusalOf(ask(right))).code).toBe('access.throttled');
    office.passMs(1000);
    await ask(right);
    expect((await refusalOf(hashNewPassword(company(), 987_654, right))).code).toBe('access.unknownPerson');
  });

  test('who loses a position, leaves or is deleted is signed out at once', async () => {
    const edit = async (values: Record<string, string>, positions: boolean) => {
      await office.as(chief, async (work) => {
        const [before] = await loadRecords(work.tx, user, [anne], { parts: true });
        const after: AnyRecord = {
          ...before!,
          values: { ...before!.values, ...values },
          parts: positions ? before!.parts : { positions: [] },
        };
        await guardPeople(work, user, before!, after);
      });
    };
    const same = await enter();
    await edit({ name: '安妮' }, true);
    await knock(same.token);
    for (const change of [
      () => edit({}, false),
      () => edit({ employment: 'left' }, true),
      () =>
        office.as(chief, async (work) => guardPeople(work, user, (await loadRecords(work.tx, user, [anne], { parts: true }))[0]!, null)),
    ]) {
      const { token } = await enter();
      await change();
      expect((await refusalOf(knock(token))).code).toBe('access.signedOut');
    }
  });

  test('nobody makes an administrator who is none, and the last one stays', async () => {
    const load = async (type: string, id: number) =>
      (await company().store.read((tx) => loadRecords(tx, catalogue.get(type), [id], { parts: true })))[0]!;
    const boss = await load('user', chief);
    const powerful = await load('position', Number(boss.parts.positions?.[0]?.held));
    const own = await load('user', anne);
    const risen = { ...own, parts: { positions: [{ id: 0, held: powerful.id }] } };
    const code = async (who: number, ...change: [type: string, before: AnyRecord | null, after: AnyRecord | null]) =>
      (await refusalOf(office.as(who, (work) => guardPeople(work, catalogue.get(change[0]), change[1], change[2])))).code;
    expect(await code(anne, 'user', own, risen)).toBe('access.administratorsOnly');
    expect(await code(anne, 'user', boss, { ...boss, parts: { positions: [] } })).toBe('access.administratorsOnly');
    expect(await code(anne, 'position', powerful, { ...powerful, values: { ...powerful.values, name: 'x' } })).toBe(
      'access.administratorsOnly',
    );
    const leaving = office.as(chief, async (work) => {
      await work.tx('users').where({ id: chief }).update({ employment: 'left' });
      await guardPeople(work, user, boss, { ...boss, values: { ...boss.values, employment: 'left' } });
    });
    expect((await refusalOf(leaving)).code).toBe('access.lastAdministrator');
  });

  test('a token for a program does what its scopes and its owner may, no more, until it is revoked', async () => {
    const { token, id } = await office.as(anne, (work) => createToken(work, { name: 'shop', scopes: ['customer:read', 'see.contact'] }));
    expect(token).toMatch(/^tp_main\.[\w-]{43}$/);
    const { actor, sessionId } = await knock(token);
    expect([actor.tokenId, sessionId, actor.reach('customer', 'read'), actor.reach('customer', 'change'), [...actor.special]]).toEqual([
      id,
      undefined,
      'own',
      'none',
      ['see.contact'],
    ]);
    const whole = await office.as(anne, (work) =>
      createToken(work, { name: 'all', scopes: ['all'], expiresAt: `${dayAfter(40)}T00:00:00.000Z` }),
    );
    expect((await knock(whole.token)).actor.reach('customer', 'change')).toBe('own');
    const bossToken = await office.as(chief, (work) => createToken(work, { name: 'reader', scopes: ['customer:read'] }));
    const reader = (await knock(bossToken.token)).actor;
    expect([reader.administrator, reader.reach('customer', 'read'), reader.fieldAccess('customer', 'phone')]).toEqual([
      false,
      'all',
      'hidden',
    ]);

    const refused = async (input: Parameters<typeof createToken>[1]) => refusalOf(office.as(anne, (work) => createToken(work, input)));
    expect(await refused({ name: 'x', scopes: ['customer:delete'] })).toEqual({
      code: 'token.scopeNotHeld',
      facts: { scope: 'customer:delete' },
    });
    expect((await refused({ name: 'x', scopes: ['see.cost'] })).code).toBe('token.scopeNotHeld');
    expect((await refused({ name: 'x', scopes: [] })).code).toBe('token.noScope');
    expect((await refused({ name: 'x', scopes: ['all'], expiresAt: '2020-01-01T00:00:00.000Z' })).code).toBe('token.expiryPast');
    const breeding = company().store.write((tx) =>
      createToken({ company: company(), actor, tx, now: '2026-11-23T02:00:00.000Z' } as never, { name: 'x', scopes: ['all'] }),
    );
    expect((await refusalOf(breeding)).code).toBe('access.sessionNeeded');

    expect((await office.lookAs(anne, listTokens)).map((row) => row.name)).toEqual(['shop', 'all']);
    expect((await refusalOf(office.as(chief, (work) => revokeToken(work, id)))).code).toBe('record.notFound');
    await office.as(anne, (work) => revokeToken(work, id));
    expect((await refusalOf(knock(token))).code).toBe('access.signedOut');
    office.passMs(60 * 86_400_000);
    expect((await refusalOf(knock(whole.token))).code).toBe('access.signedOut');
  });

  test('an administrator frees an account that is throttled', async () => {
    for (let tries = 0; tries < 5; tries += 1) await refusalOf(enter('wrong-word'));
    expect((await refusalOf(enter())).code).toBe('access.throttled');
    await company().store.write((tx) => unlockAccount(tx, 'Anne'));
    await enter();
  });
});

describe('a password is refused', () => {
  const codeOf = async (password: string) =>
    (await refusalOf(Promise.resolve().then(() => refuseWeakPassword(password, ['main', '宏达贸易有限公司', 'anne'])))).code;

  test('when it is too short or too long, counted in characters', async () => {
    expect(await codeOf('short-7')).toBe('password.tooShort');
    expect(await codeOf('字'.repeat(129))).toBe('password.tooLong');
    refuseWeakPassword('𠮷野家𠮷野家牛丼', []);
  });

  test.each([
    'password',
    'Password123!',
    '12345678',
    '87654321',
    'qwertyuiop',
    'aaaaaaaa',
    'admin2026',
    'Anne12345',
    '宏达贸易有限公司1',
    '1qaz2wsx',
    'woaini520',
  ])('when everybody would try it: %s', async (password) => expect(await codeOf(password)).toBe('password.common'));
});
