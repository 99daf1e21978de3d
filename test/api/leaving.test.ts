import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { createToken } from '../../server/access/tokens.ts';
import type { Belonging } from '../../shared/contracts/signIns.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors } from '../support/server.ts';

const right = '苹果tree-7441';

describe.each(stores)('somebody leaves, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let admin: string;
  let wang = 0;
  const belongings = async (): Promise<Belonging[]> =>
    (await doors.call('GET', `/api/users/${wang}/belongings`, { token: admin })).body.rows as unknown as Belonging[];

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    admin = await doors.enter('admin');
    wang = await office.id('users', { login: 'wang' });
    const hash = await hashPassword(right);
    await office.company.store.write((tx) => storePassword(tx, wang, hash, false));
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('and is out at once, with every session, socket and program, and comes in no more', async () => {
    const tried = { company: office.company.code, login: 'wang', password: right };
    const token = String((await doors.call('POST', '/api/sign-in', { body: tried })).body.token);
    const { token: program } = await office.work('wang', (work) => createToken(work, { name: 'shop', scopes: ['all'] }));
    const socket = doors.socket(token);
    await heard(socket, 'connect');
    const closed = heard<string>(socket, 'disconnect');
    const { version } = (await doors.call('GET', `/api/records/user/${wang}`, { token: admin })).body as unknown as { version: number };
    const left = await doors.call('PATCH', `/api/records/user/${wang}`, {
      token: admin,
      body: { version, values: { employment: 'left' } },
    });
    expect(left.status).toBe(200);
    await closed;
    for (const key of [token, program]) expect((await doors.call('GET', '/api/session', { token: key })).status).toBe(401);
    expect((await doors.call('POST', '/api/sign-in', { body: tried })).body.code).toBe('access.badPassword');
    const history = await doors.call('GET', `/api/sign-ins?user=${wang}`, { token: admin });
    expect(history.body).toMatchObject({ rows: [{ result: 'left' }, { result: 'signedIn', endReason: 'left' }] });
  });

  test('and what they answered for is told with what is still open, until it is handed over', async () => {
    const before = await belongings();
    const own = async (name: string) =>
      (await office.create('admin', 'customer', { name, owner: wang, department: await office.id('departments', { name: '销售一部' }) }))
        .id;
    const ids = [await own('老客户'), await own('另一个老客户')];
    const counted = (rows: readonly Belonging[]) => rows.find(({ type }) => type === 'customer')?.count ?? 0;
    expect(counted(await belongings())).toBe(counted(before) + 2);
    expect((await belongings()).find(({ type }) => type === 'customer')).toMatchObject({ states: null });
    const thrownAway = await office.create('admin', 'customer', { name: '删掉的客户', owner: wang, department: 1 });
    expect(
      (await doors.call('DELETE', `/api/records/customer/${thrownAway.id}?version=${thrownAway.version}`, { token: admin })).status,
    ).toBe(200);
    expect(counted(await belongings())).toBe(counted(before) + 2);
    const zhou = await office.id('users', { login: 'zhou' });
    const given = { type: 'customer', ids, owners: [zhou], how: 'one', withDocuments: true };
    expect((await doors.call('POST', '/api/assign', { token: admin, body: given })).status).toBe(200);
    expect(counted(await belongings())).toBe(counted(before));
    expect((await doors.call('GET', '/api/users/98765/belongings', { token: admin })).body.code).toBe('record.notFound');
    const token = await doors.enter('zhou');
    expect((await doors.call('GET', `/api/users/${wang}/belongings`, { token })).body.code).toBe('access.denied');
  });
});
