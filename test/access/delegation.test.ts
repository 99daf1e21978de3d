import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordInput } from '../../shared/contracts/wire.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

describe.each(stores)('a manager keeps the people of the own department, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let zhou: string;
  const id: Record<string, number> = {};
  const place: Record<string, number> = {};
  const held: Record<string, number> = {};
  const send = async (method: string, path: string, body?: unknown) => {
    keys += 1;
    const { status, body: answer } = await doors.call(method, path, { token: zhou, body, key: `key-of-the-test-${keys}` });
    return { status, code: answer.code, id: Number((answer as Record<string, unknown>).id) };
  };
  let keys = 0;
  const hire = (login: string, department: number, positions: number[], more: RecordInput['values'] = {}) =>
    send('POST', '/api/records/user', {
      values: { login, name: login, department, ...more },
      parts: { positions: positions.map((position) => ({ held: position })) },
    });
  const change = async (user: number, input: RecordInput) => {
    const { version } = (await office.read('admin', 'user', user)) as { version: number };
    return send('PATCH', `/api/records/user/${user}`, { version, ...input });
  };

  beforeAll(async () => {
    office = await openOffice(kind);
    place.north = await office.id('departments', { name: '销售一部' });
    place.south = await office.id('departments', { name: '销售二部' });
    place.team = (await office.create('admin', 'department', { name: '一组', parent: place.north })).id;
    for (const code of ['salesperson', 'salesManager', 'owner', 'warehouseClerk', 'administrator'])
      held[code] = await office.id('positions', { code });
    held.keeper = (await office.create('admin', 'position', { name: '部门管理' }, { specialRights: [{ right: 'people.delegate' }] })).id;
    for (const login of ['wang', 'li', 'zhou', 'sun']) id[login] = await office.id('users', { login });
    const { version } = (await office.read('admin', 'user', id.zhou!)) as { version: number };
    await office.change(
      'admin',
      { type: 'user', id: id.zhou!, version },
      { parts: { positions: [{ held: held.salesManager! }, { held: held.keeper! }] } },
    );
    doors = await openDoors(office);
    zhou = await doors.enter('zhou');
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('they hire, place, give a password and suspend there and below', async () => {
    const made = await hire('newcomer', place.team!, [held.salesperson!]);
    expect(made.status).toBe(201);
    expect((await send('POST', `/api/users/${made.id}/password`, { password: '苹果tree-7441', mustChange: true })).status).toBe(200);
    expect((await change(made.id, { values: { department: place.north! } })).status).toBe(200);
    expect((await send('GET', `/api/users/${made.id}/belongings`)).status).toBe(200);
    expect((await change(made.id, { values: { employment: 'left' } })).status).toBe(200);
  });

  test('and nowhere else', async () => {
    expect((await hire('stranger', place.south!, [])).code).toBe('people.outside');
    expect((await change(id.li!, { values: { jobTitle: '业务' } })).code).toBe('people.outside');
    expect((await change(id.wang!, { values: { department: place.south! } })).code).toBe('people.outside');
    expect((await send('GET', `/api/users/${id.li}/belongings`)).code).toBe('record.notFound');
    expect((await send('POST', `/api/users/${id.li}/password`, { password: '苹果tree-7441', mustChange: true })).code).toBe(
      'record.notFound',
    );
  });

  test('they give no position that allows more than theirs, unless it was released, and touch nobody who holds one', async () => {
    const beyond = await hire('mighty', place.north!, [held.owner!]);
    expect(beyond).toMatchObject({ status: 403, code: 'people.tooMuch' });
    expect((await change(id.wang!, { parts: { positions: [{ held: held.warehouseClerk! }] } })).code).toBe('people.tooMuch');
    const { version } = (await office.read('admin', 'position', held.warehouseClerk!)) as { version: number };
    await office.change('admin', { type: 'position', id: held.warehouseClerk!, version }, { values: { delegable: true } });
    expect((await change(id.wang!, { parts: { positions: [{ held: held.warehouseClerk! }] } })).status).toBe(200);
    const boss = await office.create(
      'admin',
      'user',
      { login: 'boss', name: '老板', department: place.north! },
      { positions: [{ held: held.owner! }] },
    );
    expect((await change(boss.id, { values: { employment: 'left' } })).code).toBe('people.tooMuch');
    expect((await send('POST', `/api/users/${boss.id}/password`, { password: '苹果tree-7441', mustChange: false })).code).toBe(
      'people.tooMuch',
    );
  });

  test('a position that only shows one field more is more', async () => {
    const plain = await office.create(
      'admin',
      'position',
      { name: '看批次' },
      { grants: [{ type: 'lot', operation: 'read', scope: 'all' }] },
    );
    // The manager's own position hides who supplied a lot.
    expect((await hire('curious', place.north!, [plain.id])).code).toBe('people.tooMuch');
  });

  test('never administrators, never themselves, no price level, no warehouse beyond their own', async () => {
    expect((await hire('chief', place.north!, [held.administrator!])).code).toBe('access.administratorsOnly');
    expect((await change(id.zhou!, { values: { jobTitle: '总监' } })).code).toBe('people.notYourself');
    const level = await office.id('dictionary_entries', { dictionary: 'priceLevel' }).catch(() => 0);
    const priced = level || (await office.create('admin', 'dictionaryEntry', { dictionary: 'priceLevel', name: '内部价' })).id;
    expect((await hire('cheap', place.north!, [], { priceLevel: priced })).code).toBe('people.priceLevel');
    const warehouse = await office.id('warehouses', {});
    await office.company.store.write((tx) => tx('user_warehouses').insert({ parent: id.zhou, warehouse, row_order: 0 }));
    expect((await hire('everywhere', place.north!, [])).code).toBe('people.warehouses');
    await office.company.store.write((tx) => tx('user_warehouses').where({ parent: id.zhou }).delete());
  });

  test('every refused try is on record, and whoever keeps nobody writes nobody', async () => {
    const lines = await office.company.store.read((tx) => tx('audit').where({ action: 'refused', actor: id.zhou }).select('changes'));
    for (const code of ['people.outside', 'people.tooMuch', 'people.notYourself', 'people.priceLevel', 'people.warehouses'])
      expect(lines.some(({ changes }) => String(changes).includes(code))).toBe(true);
    const wang = await doors.enter('wang');
    expect((await doors.call('GET', `/api/users/${id.li}/belongings`, { token: wang })).body.code).toBe('access.denied');
    const body = { password: '苹果tree-7441', mustChange: true };
    expect((await doors.call('POST', `/api/users/${id.li}/password`, { token: wang, body })).body.code).toBe('access.denied');
    expect((await doors.call('POST', '/api/records/user', { token: wang, body: {} })).body.code).toBe('access.denied');
  });
});
