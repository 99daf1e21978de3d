import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeAudit } from '../../server/engine/audit.ts';
import { storeChange } from '../../server/engine/changeRecord.ts';
import { type AssignWish, assignMany } from '../../server/features/assigning/assignMany.ts';
import { listNotices } from '../../server/features/notices/notices.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { AssignRule, AssignRuleAnswer } from '../../shared/contracts/assigning.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { expectProven, type Office, openOffice, stores } from './office.ts';

const customer = catalogue.get('customer');

describe.each(stores)('a manager deals customers out, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  const user: Record<string, number> = {};
  const token: Record<string, string> = {};
  let names = 0;

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    for (const who of ['wang', 'li', 'zhou', 'sun', 'admin']) {
      user[who] = await office.id('users', { login: who });
      token[who] = await doors.enter(who);
    }
  });
  afterEach(() => expectProven(office));
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  const made = async (values: Record<string, Value> = {}): Promise<number> => {
    names += 1;
    return (await office.create('admin', 'customer', { name: `待分配${names}`, ...values })).id;
  };
  const entry = async (dictionary: string, name: string) => (await office.create('admin', 'dictionaryEntry', { dictionary, name })).id;
  const assign = (wish: Partial<AssignWish> & { ids: readonly number[] }) =>
    office.work('admin', (work) =>
      assignMany(work, customer, { owners: [], how: 'evenly', withDocuments: false, ...wish }, { storeChange, writeAudit }),
    );
  const ownersOf = async (ids: readonly number[]): Promise<string[]> => {
    const read = await Promise.all(ids.map((id) => office.read('admin', 'customer', id)));
    return read.map(({ values }) => Object.keys(user).find((who) => user[who] === values.owner) ?? 'nobody');
  };
  const ruleOf = async () =>
    (await doors.call('GET', '/api/assign-rules/customer', { token: token.admin })).body as unknown as AssignRuleAnswer;
  const keepRule = async (rule: AssignRule, version?: number) =>
    doors.call('PUT', '/api/assign-rules/customer', {
      token: token.admin,
      body: { version: version ?? (await ruleOf()).version, rule },
    });
  const noticesOf = async (who: string) => (await office.look(who, (work) => listNotices(work, {}))).rows;

  test('without a rule nothing is given by rule', async () => {
    await expect(assign({ ids: [await made()], how: 'rule' })).rejects.toMatchObject({ code: 'assign.noRule' });
    expect((await ruleOf()).rule).toBeNull();
  });

  test('each region has its person, and each person reads one number', async () => {
    const [east, west, north] = [await entry('region', '江浙片'), await entry('region', '川渝片'), await entry('region', '关外片')];
    const table = [
      { value: east, owner: user.wang! },
      { value: west, owner: user.li! },
    ];
    expect((await keepRule({ field: 'region', table, otherwise: null })).status).toBe(200);
    expect((await ruleOf()).titles).toMatchObject({ dictionaryEntry: { [east]: '江浙片' }, user: { [user.wang!]: 'wang' } });
    const ids = [await made({ region: east }), await made({ region: west }), await made({ region: east }), await made({ region: north })];
    const results = await assign({ ids, how: 'rule' });
    expect(results.map((result) => (result.ok ? 'ok' : result.problem.code))).toEqual(['ok', 'ok', 'ok', 'assign.nobody']);
    expect(await ownersOf(ids)).toEqual(['wang', 'li', 'wang', 'admin']);
    const more = [await made({ region: east })];
    await assign({ ids: more, how: 'rule' });
    expect(await noticesOf('wang')).toMatchObject([{ code: 'notice.assigned', facts: { count: 3, by: '管理员' } }]);
    expect(await noticesOf('li')).toMatchObject([{ facts: { count: 1 }, record: ids[1] }]);
    await keepRule({ field: 'region', table, otherwise: user.zhou! });
    await assign({ ids, how: 'rule' });
    expect(await ownersOf(ids)).toEqual(['wang', 'li', 'wang', 'zhou']);
  });

  test('a rule names what is there: fields that can carry one, their own values once, and people who work here', async () => {
    const grade = await entry('customerGrade', 'A 级');
    const east = await office.id('dictionary_entries', { name: '江浙片' });
    const refused = async (rule: AssignRule) => (await keepRule(rule)).body;
    const line = { value: grade, owner: user.wang! };
    expect(await refused({ field: 'name', table: [], otherwise: null })).toMatchObject({ fields: [{ path: 'field' }] });
    expect(await refused({ field: 'owner', table: [], otherwise: null })).toMatchObject({ fields: [{ path: 'field' }] });
    expect(await refused({ field: 'grade', table: [{ value: east, owner: user.wang! }], otherwise: null })).toMatchObject({
      fields: [{ path: 'table.0.value', code: 'field.notAChoice' }],
    });
    expect(await refused({ field: 'grade', table: [line, line], otherwise: null })).toMatchObject({ fields: [{ path: 'table.1.value' }] });
    expect(await refused({ field: 'grade', table: [line], otherwise: 987_654 })).toMatchObject({ code: 'access.unknownPerson' });
    expect((await keepRule({ field: 'grade', table: [line], otherwise: null }, 0)).body).toMatchObject({ code: 'settings.changed' });
    const choice = { field: 'language', table: [{ value: 'en', owner: user.li! }], otherwise: null };
    expect((await keepRule(choice)).status).toBe(200);
    const ids = [await made({ language: 'en' })];
    await assign({ ids, how: 'rule' });
    expect(await ownersOf(ids)).toEqual(['li']);
    const body = { version: 1, rule: choice };
    expect((await doors.call('PUT', '/api/assign-rules/customer', { token: token.wang, body })).status).toBe(403);
    expect((await doors.call('GET', '/api/assign-rules/customer', { token: token.wang })).status).toBe(403);
  });

  test('whoever has fewest gets the next one', async () => {
    for (let count = 0; count < 2; count += 1) await office.create('sun', 'customer', { name: `孙的客户${count}` });
    const has = async (who: string) =>
      Number((await office.company.store.read((tx) => tx('customers').where({ owner: user[who]! }).count({ count: '*' })))[0]?.count);
    const gap = (await has('zhou')) - (await has('sun'));
    const ids: number[] = [];
    for (let count = 0; count < 5 + Math.abs(gap); count += 1) ids.push(await made());
    await assign({ ids, how: 'fewest', owners: [user.sun!, user.zhou!] });
    expect(Math.abs((await has('sun')) - (await has('zhou')))).toBeLessThanOrEqual(1);
    await expect(assign({ ids, how: 'fewest' })).rejects.toMatchObject({ code: 'assign.oneOwner' });
  });
});
