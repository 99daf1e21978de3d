import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { endEmployments } from '../../server/features/leaving/lastDay.ts';
import type { Belonging, BelongingsAnswer, HandOverAnswer, HandOverPlace } from '../../shared/contracts/leaving.ts';
import { addDays, dayOf, instantOf } from '../../shared/kernel/days.ts';
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

  test('and everything is handed over in one go, dealt in turn, with shares and what waits for approval', async () => {
    const department = await office.id('departments', { name: '销售二部' });
    const [li, zhou, sun] = await Promise.all(['li', 'zhou', 'sun'].map((login) => office.id('users', { login })));
    const manager = await office.id('positions', { code: 'salesManager' });
    const leaver = await office.create('admin', 'user', { login: 'qian', name: '钱', department }, { positions: [{ held: manager }] });
    const handOver = (body: object, token = admin) => doors.call('POST', `/api/users/${leaver.id}/hand-over`, { token, body });
    const all = { owners: [li, zhou], byType: { supplier: sun }, after: null };
    expect((await handOver(all)).body.code).toBe('handOver.notLeaving');
    const tomorrow = addDays(dayOf(instantOf(clock.now()), office.company.timeZone), 1);
    await office.change('admin', { ...leaver, version: await versionOf('user', leaver.id) }, { values: { leftOn: tomorrow } });
    expect((await doors.call('GET', '/api/session', { token: await doors.enter('qian') })).status).toBe(200);
    // Everything there is to hand over: more customers than one piece holds, one with an open order, a contact and an order elsewhere.
    const own = { owner: leaver.id, department };
    const customers: number[] = [];
    for (let n = 0; n < 60; n += 1) customers.push((await office.create('admin', 'customer', { name: `交接客户${n}`, ...own })).id);
    const foreign = await office.create('admin', 'customer', { name: '别人的客户', owner: li!, department });
    const item = await office.create('admin', 'item', { name: '交接商品', unit: '支', grossPrice: 1_000_000 });
    const line = { item: item.id, quantity: 1_000_000, grossPrice: 1_000_000 };
    const order = (customer: number) => office.create('admin', 'salesOrder', { customer, ...own }, { lines: [line] });
    const along = await order(customers[1]!);
    const alone = await order(foreign.id);
    const contact = await office.create('admin', 'contact', { name: '联系人', customer: foreign.id, responsible: leaver.id });
    const supplier = await office.create('admin', 'supplier', { name: '供应商', buyer: leaver.id });
    await office.create('admin', 'advance', { amount: 100_00, purpose: '出差', ...own, claimant: leaver.id });
    const shared = await office.create('admin', 'customer', { name: '共享的客户', owner: sun!, department });
    await doors.call('POST', '/api/shares', {
      token: admin,
      body: { type: 'customer', ids: [shared.id], users: [leaver.id], access: 'write' },
    });
    const waiting = await order(foreign.id);
    await office.work('admin', async (work) => {
      await work.tx('sales_orders').where({ id: waiting.id }).update({ state: 'pending' });
      const asked = { user: leaver.id, code: 'notice.handedIn', type: 'salesOrder', record_id: waiting.id };
      await work.tx('notices').insert({ ...asked, at: work.now, facts: JSON.stringify({ type: 'salesOrder', title: 'SO', by: 'li' }) });
    });
    const listed = (await doors.call('GET', `/api/users/${leaver.id}/belongings`, { token: admin })).body as unknown as BelongingsAnswer;
    expect(listed).toMatchObject({ shares: 1, approvals: 1, advance: 0 });
    expect(listed.rows.map(({ type, count }) => [type, count])).toEqual([
      ['customer', 60],
      ['contact', 1],
      ['supplier', 1],
      ['salesOrder', 3],
    ]);
    expect((await handOver({ ...all, owners: [leaver.id] })).body.code).toBe('handOver.oneself');
    expect((await handOver({ ...all, owners: [wang] })).body.code).toBe('access.unknownPerson');
    expect((await handOver(all, await doors.enter('zhou'))).body.code).toBe('access.denied');

    let next: HandOverPlace | null = null;
    let given = 0;
    let pieces = 0;
    do {
      const piece = (await handOver({ ...all, after: next })).body as unknown as HandOverAnswer;
      given += piece.given;
      pieces += 1;
      next = piece.next;
    } while (next);
    // The order of the first customer went along with it.
    expect([given, pieces]).toEqual([60 + 1 + 1 + 2, 6]);
    const left = (await doors.call('GET', `/api/users/${leaver.id}/belongings`, { token: admin })).body;
    expect(left).toMatchObject({ rows: [], shares: 0, approvals: 0 });
    expect(left.claims).toMatchObject([{ type: 'advance', count: 1 }]);
    const owners = await office.company.store.read((tx) => tx('customers').whereIn('id', customers).orderBy('id').pluck('owner'));
    expect(owners).toEqual(customers.map((_id, n) => (n % 2 === 0 ? li : zhou)));
    const ownerOf = async (type: string, id: number, field = 'owner') => (await office.read('admin', type, id)).values[field];
    expect(await ownerOf('salesOrder', along.id)).toBe(zhou);
    expect([li, zhou]).toContain(await ownerOf('salesOrder', alone.id));
    expect([li, zhou]).toContain(await ownerOf('contact', contact.id, 'responsible'));
    expect(await ownerOf('supplier', supplier.id, 'buyer')).toBe(sun);
    const rows = await office.company.store.read((tx) => tx('shares').where({ type: 'customer', record_id: shared.id }));
    expect(rows).toMatchObject([{ user: li, access: 'write' }]);
    expect(await office.id('notices', { code: 'notice.handedIn', record_id: waiting.id, user: zhou! })).toBeGreaterThan(0);
    const deeds = await office.company.store.read((tx) => tx('audit').where({ action: 'handOver', record_id: leaver.id }));
    expect(deeds).toHaveLength(pieces);
  });

  test('whoever has a last day takes out fewer rows, is told of to those responsible, and is out the day after', async () => {
    const department = await office.id('departments', { name: '销售一部' });
    const [sun, salesperson] = [await office.id('users', { login: 'sun' }), await office.id('positions', { code: 'owner' })];
    const who = { login: 'wu', name: '吴', department, superior: sun };
    const user = await office.create('admin', 'user', who, { positions: [{ held: salesperson }] });
    const token = await doors.enter('wu');
    const exported = () => doors.call('POST', '/api/records/customer/export', { token, body: { query: {}, format: 'csv' } });
    await office.work('admin', (work) => storeSettings(work, { 'parameter.exportRowsLeaving': 10 }));
    expect((await exported()).status).toBe(200);
    const today = dayOf(instantOf(clock.now()), office.company.timeZone);
    await office.change('admin', user, { values: { leftOn: today } });
    const told = await office.company.store.read((tx) => tx('notices').where({ code: 'notice.leaving', record_id: user.id, user: sun }));
    expect(JSON.parse(String(told[0]?.facts))).toEqual({ name: '吴', day: today });
    expect((await exported()).body).toMatchObject({ code: 'export.dayLimit', facts: { most: 10 } });
    await endEmployments(office.company);
    const employment = async () => (await office.read('admin', 'user', user.id)).values.employment;
    expect(await employment()).toBe('employed');
    const before = clock.now;
    clock.now = () => before() + 24 * 60 * 60_000;
    expect(await endEmployments(office.company)).toBeGreaterThan(0);
    clock.now = before;
    expect(await employment()).toBe('left');
    expect((await doors.call('GET', '/api/session', { token })).status).toBe(401);
  });

  const versionOf = async (type: string, id: number) => ((await office.read('admin', type, id)) as { version: number }).version;
});
