import { HOTP, Secret } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { clock } from '../../server/clock.ts';
import type { SecondStep } from '../../shared/contracts/secondStep.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { SecurityKey } from '../support/securityKey.ts';
import { type Api, apiAt, type Doors, openDoors, type Reply } from '../support/server.ts';

const right = '苹果tree-7441';

describe.each(stores)('the second step over the wire on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  /** The server under its name: what a browser of its own pages sends along. */
  let named: Api;
  let origin = '';
  const realNow = clock.now;
  let lateMs = 0;
  const ask = (method: string, path: string, body?: unknown, of: { token?: string; origin?: string } = {}): Promise<Reply> =>
    named.call(method, path, { body, ...(of.token ? { token: of.token } : {}), headers: { origin: of.origin ?? origin } });
  const signIn = (login: string, password = right) => ask('POST', '/api/sign-in', { company: office.company.code, login, password });
  const second = async (login: string): Promise<SecondStep> => (await signIn(login)).body.second as unknown as SecondStep;
  const enter = async (login: string) => String((await signIn(login)).body.token);
  /** Sets a security key up for somebody who is signed in. */
  const addKey = async (token: string, key: SecurityKey, name = '办公室') => {
    const { body } = await ask('POST', '/api/second-step/keys', { password: right }, { token });
    const answer = key.register(body.options as never, origin);
    return ask('POST', '/api/second-step/keys/confirm', { ticket: body.ticket, name, answer }, { token });
  };
  const question = async (ticket: string) => (await ask('POST', '/api/sign-in/second/question', { ticket })).body as never;
  const finish = (ticket: string, body: object) => ask('POST', '/api/sign-in/second', { ticket, ...body });

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    named = apiAt(`http://localhost:${doors.port}`);
    origin = named.url;
    clock.now = () => realNow() + lateMs;
    const hash = await hashPassword(right);
    for (const login of ['wang', 'admin'])
      await office.company.store.write(async (tx) => storePassword(tx, await office.id('users', { login }), hash, false));
  });
  beforeEach(() =>
    office.company.store.write(async (tx) => {
      for (const table of ['throttles', 'code_secrets', 'recovery_codes', 'security_keys', 'tickets']) await tx(table).delete();
    }),
  );
  afterAll(async () => {
    clock.now = realNow;
    await expectProven(office);
    await doors.close();
    await office.close();
  });

  test('is set up with an app, asked for at the next sign-in, and no secret is ever given again', async () => {
    const token = await enter('wang');
    const begun = await ask('POST', '/api/second-step/code', { password: right }, { token });
    const { ticket, secret, uri } = begun.body as unknown as { ticket: string; secret: string; uri: string };
    expect(uri).toMatch(/^otpauth:\/\/totp\/Tradepost:.*wang\?issuer=Tradepost&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/);
    const code = () => HOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(' ', '')), counter: Math.floor(clock.now() / 30_000) });
    const on = await ask('POST', '/api/second-step/code/confirm', { ticket, code: code() }, { token });
    expect(on.body.recovery).toHaveLength(10);
    lateMs += 30_000;
    const step = await second('wang');
    expect(step).toEqual({ ticket: expect.any(String), until: expect.any(String), ways: ['code'] });
    // The ticket opens nothing by itself.
    expect((await ask('GET', '/api/session', undefined, { token: step.ticket })).body.code).toBe('access.signedOut');
    expect((await finish(step.ticket, { code: '000000' })).body.code).toBe('secondStep.wrong');
    const done = await finish(step.ticket, { code: code() });
    expect(done.body).toMatchObject({ token: expect.any(String), session: { user: { login: 'wang' }, isSecondStepDue: false } });
    const own = await ask('GET', '/api/second-step', undefined, { token });
    const logged = JSON.stringify(doors.logged);
    for (const text of [secret, secret.replaceAll(' ', ''), String((on.body.recovery as unknown as string[])[0])]) {
      expect(own.text).not.toContain(text);
      expect(logged).not.toContain(text);
    }
    const audit = await office.company.store.read((tx) => tx('audit').where({ action: 'secondStep' }).orderBy('seq', 'desc').first());
    expect(audit).toMatchObject({ type: 'user', changes: expect.stringContaining('codeOn') });
    const refused = await office.company.store.read((tx) => tx('audit').where({ action: 'refused' }).orderBy('seq', 'desc').first());
    expect(refused).toMatchObject({ changes: expect.stringContaining('secondStep.wrong') });
  });

  test('is taken with a security key under the name it was set up under, each question once', async () => {
    const key = new SecurityKey();
    const kept = await addKey(await enter('admin'), key);
    expect(kept.body.recovery).toHaveLength(10);
    const { ticket, ways } = await second('admin');
    expect(ways).toEqual(['key']);
    const asked = await question(ticket);
    const answer = key.answer(asked, origin);
    expect((await finish(ticket, { answer: key.answer(asked, 'http://localhost:1') })).body.code).toBe('secondStep.wrong');
    // One try for one question: the first, wrong answer has used it up.
    expect((await finish(ticket, { answer })).body.code).toBe('secondStep.wrong');
    const done = await finish(ticket, { answer: key.answer(await question(ticket), origin) });
    expect(done.body).toMatchObject({ session: { user: { login: 'admin' } } });
    const own = (await ask('GET', '/api/second-step', undefined, { token: String(done.body.token) })).body;
    expect(own).toMatchObject({ keys: [{ name: '办公室', host: 'localhost', lastUsedAt: expect.any(String) }], mayHaveKeys: true });
    const other = new SecurityKey();
    const strange = await second('admin');
    expect((await finish(strange.ticket, { answer: other.answer(await question(strange.ticket), origin) })).body.code).toBe(
      'secondStep.wrong',
    );
  });

  test('a key whose counter goes back is refused, and its owner and the administrators are told', async () => {
    const key = new SecurityKey();
    await addKey(await enter('admin'), key);
    key.counter = 40;
    const first = await second('admin');
    const token = String((await finish(first.ticket, { answer: key.answer(await question(first.ticket), origin) })).body.token);
    key.counter = 7;
    const copy = await second('admin');
    expect((await finish(copy.ticket, { answer: key.answer(await question(copy.ticket), origin) })).body.code).toBe('secondStep.keyCopied');
    expect((await ask('GET', '/api/notices', undefined, { token })).body).toMatchObject({
      rows: [{ code: 'notice.keyCopied', facts: { key: '办公室' } }],
    });
    expect((await ask('GET', '/api/sign-ins?result=keyCopied', undefined, { token })).body).toMatchObject({ rows: [{ login: 'admin' }] });
  });

  test('keys are for pages opened by name and people with the right, and a few of them', async () => {
    const token = await enter('admin');
    const begin = (from: string) =>
      doors.call('POST', '/api/second-step/keys', { token, body: { password: right }, headers: { origin: from } });
    // By an address, and by a program that is no page at all.
    expect((await begin(doors.url)).body.code).toBe('secondStep.noName');
    expect((await doors.call('POST', '/api/second-step/keys', { token, body: { password: right } })).body.code).toBe('secondStep.noName');
    const wang = await enter('wang');
    expect((await ask('POST', '/api/second-step/keys', { password: right }, { token: wang })).body.code).toBe('access.denied');
    const key = new SecurityKey();
    await addKey(token, key);
    expect((await addKey(token, key)).body.code).toBe('secondStep.keyUnfit');
    const { body } = await ask('POST', '/api/second-step/keys', { password: right }, { token });
    const elsewhere = new SecurityKey().register(body.options as never, 'http://localhost:1');
    const unfit = { ticket: body.ticket, name: 'x', answer: elsewhere };
    expect((await ask('POST', '/api/second-step/keys/confirm', unfit, { token })).body.code).toBe('secondStep.keyUnfit');
    expect((await ask('POST', '/api/second-step/keys/confirm', unfit, { token })).body.code).toBe('secondStep.over');
    for (let more = 1; more < 10; more += 1) await addKey(token, new SecurityKey());
    const eleventh = await ask('POST', '/api/second-step/keys', { password: right }, { token });
    expect(eleventh.body).toMatchObject({ code: 'secondStep.tooManyKeys', facts: { max: 10 } });
    await office.company.store.write((tx) => tx('security_keys').update({ host: 'shop.lan' }));
    const { ticket } = await second('admin');
    expect((await ask('POST', '/api/sign-in/second/question', { ticket })).body).toMatchObject({
      code: 'secondStep.otherName',
      facts: { names: 'shop.lan' },
    });
  });

  test('the last key goes only with a recovery code, and programs with a token change nothing', async () => {
    const token = await enter('admin');
    const key = new SecurityKey();
    const recovery = (await addKey(token, key)).body.recovery as unknown as string[];
    const { keys } = (await ask('GET', '/api/second-step', undefined, { token })).body as unknown as { keys: { id: number }[] };
    const remove = (body: object, id = keys[0]?.id) => ask('DELETE', `/api/second-step/keys/${id}`, body, { token });
    expect((await remove({ password: right })).body.code).toBe('secondStep.wrong');
    expect((await remove({ password: right, code: recovery[1] }, 987_654)).body.code).toBe('record.notFound');
    expect((await remove({ password: right, code: recovery[0] })).status).toBe(200);
    expect((await signIn('admin')).body.token).toEqual(expect.any(String));
    const made = await ask('POST', '/api/tokens', { name: 'shop', scopes: ['all'] }, { token });
    for (const [method, path, body] of [
      ['GET', '/api/second-step', undefined],
      ['POST', '/api/second-step/code', { password: right }],
      ['DELETE', '/api/second-steps/1', undefined],
      ['PUT', '/api/second-steps/rule', { version: 0, mode: 'never', positions: [] }],
    ] as const)
      expect((await ask(method, path, body, { token: String(made.body.token) })).body.code).toBe('access.sessionNeeded');
  });

  test('who is asked is set by those who keep the settings, and seen by those who keep the people', async () => {
    const [admin, wang] = [await enter('admin'), await enter('wang')];
    const rule = (await ask('GET', '/api/second-steps/rule', undefined, { token: admin })).body as unknown as { version: number };
    expect(rule).toMatchObject({ mode: 'whoHas', positions: [] });
    const change = (token: string) =>
      ask('PUT', '/api/second-steps/rule', { version: rule.version, mode: 'never', positions: [] }, { token });
    expect((await change(wang)).body.code).toBe('access.denied');
    expect((await change(admin)).body).toMatchObject({ mode: 'never', version: rule.version + 1 });
    expect((await change(admin)).body.code).toBe('settings.changed');
    expect((await ask('GET', '/api/second-steps', undefined, { token: wang })).body.code).toBe('access.denied');
    const { rows } = (await ask('GET', '/api/second-steps', undefined, { token: admin })).body as unknown as { rows: { login: string }[] };
    expect(rows.map(({ login }) => login)).toContain('wang');
    expect(
      (await ask('PUT', '/api/second-steps/rule', { version: rule.version + 1, mode: 'whoHas', positions: [] }, { token: admin })).status,
    ).toBe(200);
  });
});
