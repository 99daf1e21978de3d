import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeSettings } from '../../server/engine/settings.ts';
import type { SecondStepLine, SecondStepsAnswer } from '../../shared/contracts/secondStep.ts';
import { type Office, openOffice, people, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const count = 250;

describe.each(stores)('the list of second steps, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let admin: string;
  const ask = async (query: Record<string, string>): Promise<SecondStepsAnswer> =>
    (await doors.call('GET', `/api/second-steps?${new URLSearchParams(query)}`, { token: admin })).body as unknown as SecondStepsAnswer;
  const allPages = async (query: Record<string, string> = {}): Promise<SecondStepLine[]> => {
    const rows: SecondStepLine[] = [];
    for (let next: number | null | undefined; next !== null; ) {
      const page: SecondStepsAnswer = await ask({ ...query, ...(next ? { after: String(next) } : {}) });
      expect(page.rows.length).toBeLessThanOrEqual(100);
      rows.push(...page.rows);
      next = page.next;
    }
    return rows;
  };

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    admin = await doors.enter('admin');
    const department = await office.id('departments', { name: '销售一部' });
    await office.create('admin', 'user', { login: 'zxm', name: '周晓明', department, employment: 'employed' });
    const like = (await office.company.store.read((tx) => tx('users').where({ login: 'zxm' }).first())) as Record<string, unknown>;
    const { id: _id, ...rest } = like;
    // Many are called alike.
    const more = Array.from({ length: count }, (_, at) => ({ ...rest, login: `p${at}`, name: '张三', name_sort: 'zhang san' }));
    await office.company.store.write(async (tx) => {
      for (let at = 0; at < more.length; at += 50) await tx('users').insert(more.slice(at, at + 50));
    });
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('comes a page at a time by name, and nobody is left out or told twice', async () => {
    const all = await allPages();
    expect(new Set(all.map(({ user }) => user)).size).toBe(all.length);
    expect(all).toHaveLength(count + people.length + 2);
    expect((await ask({})).rows).toHaveLength(100);
  });

  test('finds people by name, sound and login', async () => {
    expect((await allPages({ text: '晓明' })).map(({ login }) => login)).toEqual(['zxm']);
    expect((await allPages({ text: 'zhouxiao' })).map(({ login }) => login)).toEqual(['zxm']);
    expect((await allPages({ text: 'P24' })).map(({ login }) => login).sort()).toEqual(
      ['p24', ...Array.from({ length: 10 }, (_, at) => `p24${at}`)].sort(),
    );
    expect(await allPages({ text: '没有这个人' })).toEqual([]);
  });

  test('says of each person what they have and whether one is demanded', async () => {
    const { store } = office.company;
    const [wang, li] = [await office.id('users', { login: 'wang' }), await office.id('users', { login: 'li' })];
    const key = (name: string) => ({
      ...{ user: wang, credential: name, public_key: 'x', counter: 0, transports: '[]', host: 'office', name },
      created_at: '2026-11-01T00:00:00.000Z',
    });
    await store.write(async (tx) => {
      await tx('security_keys').insert([key('desk'), key('home')]);
      await tx('code_secrets').insert({ user: li, sealed: 'x', key_mark: 'elsewhere', last_step: 0, since: '2026-11-02T00:00:00.000Z' });
      await tx('recovery_codes').insert([1, 2, 3].map((hash) => ({ user: li, hash: String(hash), key_mark: 'elsewhere' })));
    });
    const salesperson = await office.id('positions', { code: 'salesperson' });
    await office.work('admin', (work) => storeSettings(work, { 'safety.secondStep': { mode: 'required', positions: [salesperson] } }));
    const of = async (login: string) => (await allPages({ text: login })).find((line) => line.login === login);
    expect(await of('wang')).toMatchObject({ isRequired: true, keys: 2, codeSince: null, recoveryLeft: 0, isSealedElsewhere: false });
    expect(await of('li')).toMatchObject({ isRequired: true, keys: 0, recoveryLeft: 3, isSealedElsewhere: true });
    expect(await of('li')).toMatchObject({ codeSince: '2026-11-02T00:00:00.000Z' });
    expect(await of('p7')).toMatchObject({ isRequired: false, keys: 0, codeSince: null, recoveryLeft: 0, isSealedElsewhere: false });
  });
});
