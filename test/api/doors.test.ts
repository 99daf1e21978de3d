import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../server/access/sessions.ts';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import type { Route } from '../../server/http/route.ts';
import { routes } from '../../server/http/routes/index.ts';
import type { Actor } from '../../server/work.ts';
import { readyPositions } from '../../shared/access/readyPositions.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { type Office, openOffice, people, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors, type Reply } from '../support/server.ts';

/** Every door with nothing behind it but a sign that it opened: what is tried here is the door alone. */
const doorsAlone: Route[] = routes.map(({ body: _body, query: _query, rawLimitBytes: _raw, ...door }) => ({
  ...door,
  handle: async () => ({ json: { opened: `${door.method} ${door.path}` } }),
}));
const types = catalogue.definitions.map((definition) => definition.type);
const pathOf = (path: string, type: string) => path.replace(':type', type).replaceAll(/:\w+/g, '1');

describe.each(stores)('every door, for everybody, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  const tokens = new Map<string, string | undefined>();
  const actors = new Map<string, Actor>();

  beforeAll(async () => {
    office = await openOffice(kind);
    const buyer = await office.id('positions', { code: 'buyer' });
    const root = await office.id('departments', { kind_of_unit: 'company' });
    await office.create('admin', 'user', { login: 'qian', name: '采购员', department: root }, { positions: [{ held: buyer }] });
    await office.create('admin', 'user', { login: 'guest', name: '没有岗位', department: root });
    doors = await openDoors(office, doorsAlone);
    for (const who of [...people, 'qian', 'admin', 'guest']) {
      tokens.set(who, await doors.enter(who));
      actors.set(who, await office.actor(who));
    }
    // A program in the owner's name with a scope that opens no door at all, and one that may only read customers.
    for (const [program, scope] of [
      ['program', 'see.cost'],
      ['reader', 'customer:read'],
    ] as const) {
      tokens.set(program, (await office.work('sun', (work) => createToken(work, { name: program, scopes: [scope] }))).token);
    }
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('all ready-made positions are held by somebody here', async () => {
    const held = await office.company.store.read((tx) => tx('user_positions').distinct('held').pluck('held'));
    expect(held).toHaveLength(readyPositions.length);
  });

  test('nobody comes through a door without signing in, unless it is an open one', async () => {
    for (const door of doorsAlone) {
      const { status, body } = await doors.call(door.method, pathOf(door.path, 'customer'));
      expect([door.path, status, body.code]).toEqual(
        door.access === 'open' ? [door.path, 200, undefined] : [door.path, 401, 'access.signedOut'],
      );
    }
    for (const wrong of [
      'nonsense',
      'test.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      `tp_test.${'A'.repeat(43)}`,
      `other.${'A'.repeat(43)}`,
    ]) {
      expect((await doors.call('GET', '/api/session', { token: wrong })).body.code).toBe('access.signedOut');
    }
  });

  // What a door asks is worked out from rights in memory: on the second engine it is enough that they were read right.
  test.each(kind.name === 'sqlite' ? [...people, 'qian', 'admin', 'guest'] : ['wang', 'zhao', 'guest'])(
    '%s opens exactly the doors their position opens',
    { timeout: 120_000 },
    async (who) => {
      const actor = actors.get(who);
      if (!actor) throw new Error(who);
      await walk(tokens.get(who), (door, type) => expectedAt(door, actor, type));
    },
  );

  test.each([
    ['program', (_type: string, _operation: string): boolean => false, (right: string): boolean => right === 'see.cost'],
    [
      'reader',
      (type: string, operation: string): boolean => type === 'customer' && operation === 'read',
      (_right: string): boolean => false,
    ],
  ] as const)('a %s opens what its scopes name and nothing besides', { timeout: 120_000 }, async (who, mayDo, mayHave) => {
    await walk(tokens.get(who), (door, type): string => {
      if (typeof door.access === 'string') return 'opened';
      if ('right' in door.access) return mayHave(door.access.right) ? 'opened' : 'access.denied';
      if (!mayDo(type, 'read')) return 'record.notFound';
      return mayDo(type, door.access.operation) ? 'opened' : 'access.denied';
    });
  });

  test('a door that is not there gives no hint, to nobody and to the administrator alike', async () => {
    const found = [];
    for (const token of [undefined, tokens.get('guest'), tokens.get('admin')]) {
      for (const [method, path] of [
        ['GET', '/api/secrets'],
        ['POST', '/api/secrets/1'],
        ['PUT', '/api/session'],
        ['GET', '/api'],
      ] as const) {
        const { status, text } = await doors.call(method, path, { token });
        found.push(`${status} ${text}`);
      }
    }
    expect([...new Set(found)]).toEqual([
      '404 {"type":"urn:tradepost:refusal:route.unknown","title":"route.unknown","status":404,"code":"route.unknown","facts":{}}',
    ]);
  });

  test('a type nobody has heard of and one that may not be read answer alike', async () => {
    const strange = await doors.call('POST', '/api/records/spaceship/list', { token: tokens.get('wang') });
    const closed = await doors.call('POST', '/api/records/position/list', { token: tokens.get('wang') });
    expect(actors.get('wang')?.reach('position', 'read')).toBe('none');
    expect(closed.text).toBe(strange.text.replaceAll('spaceship', 'position'));
    expect(strange.status).toBe(404);
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect((await doors.call('POST', `/api/records/${name}/list`, { token: tokens.get('admin') })).body.code).toBe('record.notFound');
    }
  });

  test('until a given password is replaced, only the doors of the own session open', async () => {
    const user = await office.id('users', { login: 'guest' });
    await office.company.store.write((tx) =>
      tx('passwords').insert({ user, hash: 'x', must_change: 1, changed_at: '2026-01-01T00:00:00.000Z' }),
    );
    const opened = [];
    for (const door of doorsAlone.filter((one) => one.access === 'signedIn')) {
      const { status, body } = await doors.call(door.method, pathOf(door.path, 'customer'), { token: tokens.get('guest') });
      if (status === 200) opened.push(`${door.method} ${door.path}`);
      else expect([door.path, status, body.code]).toEqual([door.path, 403, 'access.passwordDue']);
    }
    expect(opened.sort()).toEqual(['get /api/session', 'post /api/session/password', 'post /api/sign-out']);
    await office.company.store.write((tx) => tx('passwords').where({ user }).delete());
  });

  test('until a second step is set up that is demanded, only the doors for doing so open as well', async () => {
    const user = await office.id('users', { login: 'guest' });
    const { token } = await office.company.store.write((tx) =>
      openSession(tx, office.company.code, { user, isSecondStepDue: true }, clock.now()),
    );
    const opened = [];
    for (const door of doorsAlone.filter((one) => one.access !== 'open')) {
      const { status, body } = await doors.call(door.method, pathOf(door.path, 'customer'), { token });
      if (status === 200) opened.push(`${door.method} ${door.path}`);
      else expect([door.path, status, body.code]).toEqual([door.path, 403, 'access.secondStepDue']);
    }
    expect(opened.sort()).toEqual([
      'delete /api/second-step/code',
      'get /api/second-step',
      'get /api/session',
      'post /api/second-step/code',
      'post /api/second-step/code/confirm',
      'post /api/second-step/keys',
      'post /api/second-step/keys/confirm',
      'post /api/session/password',
      'post /api/sign-out',
    ]);
    const socket = doors.socket(token);
    await expect(heard(socket, 'connect')).rejects.toThrow('access.secondStepDue');
  });

  /** Knocks at every door, at those of a type for two types of each kind of answer, and compares with what was expected. */
  async function walk(token: string | undefined, expected: (door: Route, type: string) => string): Promise<void> {
    const differing: string[] = [];
    for (const door of doorsAlone) {
      const asked = door.path.includes(':type')
        ? [...Map.groupBy(types, (type) => expected(door, type)).values()].flatMap((alike) => alike.slice(0, 2))
        : [''];
      for (const type of asked) {
        const { body }: Reply = await doors.call(door.method, pathOf(door.path, type), { token });
        const found = body.opened === undefined ? body.code : 'opened';
        const wanted: string = expected(door, type);
        if (found !== wanted) differing.push(`${door.method} ${pathOf(door.path, type)}: ${found} instead of ${wanted}`);
      }
    }
    expect(differing).toEqual([]);
  }
});

function expectedAt({ access }: Route, actor: Actor, type: string): string {
  if (typeof access === 'string') return 'opened';
  if ('right' in access) return actor.special.has(access.right) ? 'opened' : 'access.denied';
  if (actor.reach(type, 'read') === 'none') return 'record.notFound';
  return actor.reach(type, access.operation) === 'none' ? 'access.denied' : 'opened';
}
