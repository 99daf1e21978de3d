import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { transact } from '../../server/engine/transact.ts';
import { endLapsedViewings } from '../../server/features/safety/viewAs.ts';
import type { Route } from '../../server/http/route.ts';
import { routes } from '../../server/http/routes/index.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { samplesFor } from './samples.ts';

const realNow = clock.now;
const minuteMs = 60_000;

describe.each(stores)('somebody looks in another’s name, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let admin: string;
  const id: Record<string, number> = {};
  const start = (who: string, token = admin) => doors.call('POST', '/api/viewing', { token, body: { user: id[who] } });
  const view = async (who: string, token = admin): Promise<string> => String((await start(who, token)).body.token);
  const trail = async (action: string): Promise<{ actor: number; record_id: number; changes: string }[]> =>
    office.company.store.read((tx) => tx('audit').where({ action }).orderBy('seq'));

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    admin = await doors.enter('admin');
    for (const login of ['admin', 'wang', 'li', 'zhou', 'sun']) id[login] = await office.id('users', { login });
    await office.create('admin', 'customer', { name: '王的客户', owner: id.wang!, department: 1 });
    await office.create('admin', 'customer', { name: '李的客户', owner: id.li!, department: 1 });
  });
  afterAll(async () => {
    clock.now = realNow;
    await doors.close();
    await office.close();
  });

  test('and sees exactly what that person sees', async () => {
    const [own, viewing] = [await doors.enter('wang'), await view('wang')];
    for (const [method, path, body] of [
      ['POST', '/api/records/customer/list', {}],
      ['POST', '/api/records/salesOrder/list', {}],
      ['POST', '/api/pick/item', { text: '' }],
      ['GET', '/api/home', undefined],
      ['GET', '/api/notices', undefined],
    ] as const) {
      const [theirs, shown] = await Promise.all([own, viewing].map((token) => doors.call(method, path, { token, body })));
      expect([path, shown?.status, shown?.text]).toEqual([path, theirs?.status, theirs?.text]);
    }
    const session = (await doors.call('GET', '/api/session', { token: viewing })).body as Record<string, unknown>;
    const { viewedBy, ...rest } = session;
    expect(viewedBy).toMatchObject({ id: id.admin, name: '管理员' });
    expect(rest).toEqual((await doors.call('GET', '/api/session', { token: own })).body);
    expect((await doors.call('DELETE', '/api/viewing', { token: viewing })).status).toBe(200);
    expect((await doors.call('GET', '/api/session', { token: viewing })).body.code).toBe('access.signedOut');
    expect((await doors.call('GET', '/api/session', { token: admin })).status).toBe(200);
  });

  test('no door that writes or gives something out opens, whatever it is', { timeout: 120_000 }, async () => {
    const viewing = await view('sun');
    const shows = (door: Route): boolean =>
      door.method === 'get'
        ? !door.isOwn && !/\/(workbook|paper|file|rejected)$|\.(xlsx|pdf)$|^\/api\/(print|imports)\//.test(door.path)
        : [
            'post /api/records/:type/list',
            'post /api/pick/:type',
            'post /api/records/:type/costs',
            'post /api/reports/:name',
            'post /api/reports/:name/documents',
            'delete /api/viewing',
          ].includes(`${door.method} ${door.path}`);
    const ids = { customer: 1, attacker: 2, item: 1, file: 1, session: 1, token: 1 };
    const before = await office.company.store.read((tx) => tx('audit').whereNot({ action: 'refused' }).max({ seq: 'seq' }).first());
    for (const door of routes.filter((one) => one.access !== 'open' && !shows(one))) {
      for (const { method, path, body } of samplesFor(door, 'customer', ids).slice(0, 1)) {
        const { status, body: answer } = await doors.call(method, path, { token: viewing, body, key: 'look-only-1' });
        expect([door.method, door.path, status, answer.code]).toEqual([door.method, door.path, 403, 'access.viewingOnly']);
      }
    }
    const after = await office.company.store.read((tx) => tx('audit').whereNot({ action: 'refused' }).max({ seq: 'seq' }).first());
    expect(after).toEqual(before);
    // And where no door stands before it: the unit of work itself writes nothing in another's name.
    const actor = { ...(await office.actor('sun')), viewedBy: { id: 1, name: 'admin', until: '' } };
    await expect(transact(office.company, actor, async () => undefined)).rejects.toMatchObject({ code: 'access.viewingOnly' });
    const refused = (await trail('refused')).filter(({ changes }) => changes.includes('access.viewingOnly'));
    expect(new Set(refused.map(({ actor: who }) => who))).toEqual(new Set([id.admin]));
    await doors.call('DELETE', '/api/viewing', { token: viewing });
  });

  test('it is on record at both ends with both names, and the person finds it among their sign-ins', async () => {
    const [begun, ended] = [(await trail('viewAs')).length, (await trail('viewEnd')).length];
    const viewing = await view('li');
    await doors.call('DELETE', '/api/viewing', { token: viewing });
    const [first] = (await trail('viewAs')).slice(begun);
    expect(first).toMatchObject({ actor: id.admin, record_id: id.li });
    expect(JSON.parse(first?.changes ?? '')).toMatchObject({ viewer: '管理员', viewed: 'li' });
    const [last] = (await trail('viewEnd')).slice(ended);
    expect(JSON.parse(last?.changes ?? '')).toEqual({ viewer: '管理员', viewed: 'li', reason: 'signedOut' });
    const history = await doors.call('GET', '/api/sign-ins', { token: await doors.enter('li') });
    expect(history.body.rows).toContainEqual(expect.objectContaining({ result: 'viewed', viewer: '管理员', endReason: 'signedOut' }));
    const kept = await office.company.store.read(async (tx) => [await tx('audit').select('changes'), await tx('viewings').select()]);
    expect(JSON.stringify(kept)).not.toContain(viewing.split('.')[1]);
  });

  test('it ends after half an hour and with the session of who looks', async () => {
    const viewing = await view('wang');
    clock.now = () => realNow() + 31 * minuteMs;
    expect((await doors.call('GET', '/api/session', { token: viewing })).body.code).toBe('access.signedOut');
    expect(await endLapsedViewings(office.company)).toBe(1);
    clock.now = realNow;
    expect(JSON.parse((await trail('viewEnd')).at(-1)?.changes ?? '')).toMatchObject({ viewed: 'wang', reason: 'expired' });
    const other = await doors.enter('admin');
    const again = await view('wang', other);
    await doors.call('POST', '/api/sign-out', { token: other });
    expect((await doors.call('GET', '/api/session', { token: again })).body.code).toBe('access.signedOut');
    expect(await endLapsedViewings(office.company)).toBe(1);
  });

  test('nobody looks in their own name, in a superior’s or an administrator’s, nor without the right', async () => {
    expect((await start('admin')).body.code).toBe('viewing.self');
    const sun = await doors.enter('sun');
    expect((await start('admin', sun)).body.code).toBe('access.administratorsOnly');
    const tied = async (superior: number | null) =>
      office.company.store.write((tx) => tx('users').where({ id: id.sun }).update({ superior }));
    await tied(id.zhou!);
    expect((await start('zhou', sun)).body.code).toBe('viewing.superior');
    await tied(null);
    const looking = await view('zhou', sun);
    expect((await doors.call('GET', '/api/session', { token: looking })).status).toBe(200);
    expect((await start('li', await doors.enter('wang'))).body.code).toBe('access.denied');
    // Who becomes an administrator meanwhile is looked at no more by anybody below.
    const chief = await office.id('positions', { administrator: 1 });
    const { version } = (await office.read('admin', 'user', id.zhou!)) as { version: number };
    await office.change('admin', { type: 'user', id: id.zhou!, version }, { parts: { positions: [{ held: chief }] } });
    expect((await doors.call('GET', '/api/session', { token: looking })).body.code).toBe('access.signedOut');
    expect((await doors.call('POST', '/api/viewing', { token: admin, body: { user: 98_765 } })).body.code).toBe('access.unknownPerson');
  });
});
