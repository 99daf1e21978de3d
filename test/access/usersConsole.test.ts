import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, findingsIn, makeDataFolder, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';

describe.each(stores)('the console helps people of a company on $name', { timeout: 120_000 }, (kind) => {
  let data: DataFolder<void>;
  beforeAll(async () => {
    data = await makeDataFolder(kind, { people: ['wang'], fill: async () => undefined });
  }, 120_000);
  afterAll(() => data?.remove());

  const user = (...words: string[]) => tradepost(data.path, ['user', ...words]);
  const deeds = () =>
    beside(data, (store) => store.read((tx) => tx('audit').where({ actor: 0, type: 'user' }).orderBy('seq').select('action', 'changes')));

  test('it lists who there is, with the administrators marked', async () => {
    const { code, text } = await user('list');
    expect(code).toBe(0);
    expect(text).toMatch(/^test\tadmin\t\S+\t管理员 · administrator$/m);
    expect(text).toMatch(/^test\twang\t[^\t\n]+$/m);
  });

  test('a password is reset: the new one opens, has to be changed, and the old sessions are over', async () => {
    expect(await user('reset-password')).toMatchObject({ code: 2 });
    expect(await user('reset-password', 'nobody')).toMatchObject({ code: 1, text: expect.stringContaining('access.unknownPerson') });
    const said = await user('reset-password', 'wang');
    const password = /wang\t(\S+)/.exec(said.text)?.[1] ?? '';
    expect([said.code, password.length]).toEqual([0, 21]);
    const server = await startServer(data);
    expect((await server.call('GET', '/api/session', { token: data.tokens.wang })).status).toBe(401);
    const entered = await server.call('POST', '/api/sign-in', { body: { company: 'test', login: 'wang', password } });
    expect(entered).toMatchObject({ status: 200, body: { session: { mustChangePassword: true } } });
    const { token } = entered.body as unknown as { token: string };
    expect(await server.call('GET', '/api/home', { token })).toMatchObject({ status: 403, body: { code: 'access.passwordDue' } });
    await server.stop();
    expect(await deeds()).toContainEqual({ action: 'password', changes: JSON.stringify({ console: true }) });
    expect(JSON.stringify(await deeds())).not.toContain(password);
  });

  test('an administrator is made only where none is left', async () => {
    expect(await user('make-administrator', 'wang')).toMatchObject({ code: 1, text: expect.stringContaining('access.hasAdministrator') });
    await setEmployment(data, 'left');
    expect(await user('make-administrator', 'wang')).toMatchObject({ code: 0 });
    expect((await user('list')).text).toMatch(/^test\twang\t[^\t\n]+\t管理员 · administrator$/m);
    expect(await deeds()).toContainEqual({ action: 'change', changes: expect.stringContaining('positions') });
    expect(await findingsIn(data)).toEqual([]);
    await setEmployment(data, 'employed');
    expect(await user('make-administrator', 'chen')).toMatchObject({ code: 1, text: expect.stringContaining('"user":"admin"') });
  });

  test('without a position of administrators it says so', async () => {
    await write(data, (tx) => tx('positions').where({ administrator: 1 }).update({ administrator: 0 }));
    expect(await user('make-administrator', 'wang')).toMatchObject({
      code: 1,
      text: expect.stringContaining('access.noAdministratorPosition'),
    });
    await write(data, (tx) => tx('positions').where({ code: 'administrator' }).update({ administrator: 1 }));
  });
});

async function write(data: DataFolder<unknown>, change: (tx: Knex) => PromiseLike<unknown>): Promise<void> {
  const store = await openStore(data.place);
  await store.write(async (tx) => void (await change(tx)));
  await store.close();
}

const setEmployment = (data: DataFolder<unknown>, employment: string): Promise<void> =>
  write(data, (tx) => tx('users').where({ login: 'admin' }).update({ employment }));

test('help names every command in one line, in the language of the system', { timeout: 60_000 }, async () => {
  const speak = async (LC_ALL: string) => (await tradepost('none', ['help'], undefined, { LC_ALL })).text;
  const [english, simplified, traditional] = [await speak('en_US.UTF-8'), await speak('zh_CN.UTF-8'), await speak('zh_TW.UTF-8')];
  expect(english).not.toMatch(/[\u4e00-\u9fff]/);
  expect(simplified).toContain('列出账套');
  expect(traditional).toContain('列出帳套');
  const wanted = 'start status setup-code doctor certificate pair prove backup verify restore migrate-engine unlock user company help';
  for (const text of [english, simplified, traditional])
    for (const command of wanted.split(' ')) expect(text).toMatch(new RegExp(`^  ${command}\\b.*\\s{2}\\S`, 'm'));
});
