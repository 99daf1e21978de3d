import { once } from 'node:events';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storePassword } from '../../server/access/changePassword.ts';
import { hashPassword } from '../../server/access/passwords.ts';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import type { ChangeEvent } from '../../shared/contracts/wire.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors } from '../support/server.ts';

const right = '苹果tree-7441';

describe.each(stores)('signed in and live on $name', (kind) => {
  let office: Office;
  let doors: Doors;

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    const hash = await hashPassword(right);
    for (const login of ['wang', 'li', 'zhou']) {
      const user = await office.id('users', { login });
      await office.company.store.write((tx) => storePassword(tx, user, hash, false));
    }
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  /** A socket that is let in, and what it hears. */
  async function listening(token: string): Promise<{ socket: Socket; changes: ChangeEvent[] }> {
    const socket = doors.socket(token);
    const changes: ChangeEvent[] = [];
    socket.on('changed', (events: ChangeEvent[]) => changes.push(...events));
    await heard(socket, 'connect');
    return { socket, changes };
  }
  const refusedBy = async (socket: Socket): Promise<string> => ((await once(socket as never, 'connect_error')) as [Error])[0].message;
  const closed = (socket: Socket): Promise<string> => heard<string>(socket, 'disconnect');
  const sessionOf = async (token: string): Promise<number> => {
    const { rows } = (await doors.call('GET', '/api/sessions', { token })).body as unknown as { rows: { id: number; current: boolean }[] };
    return rows.find((row) => row.current)?.id ?? 0;
  };

  describe('sockets', () => {
    test('those who see a record hear its id and version, and nobody else hears anything', async () => {
      const [wang, li, zhou] = await Promise.all(['wang', 'li', 'zhou'].map(async (who) => listening(await doors.enter(who))));
      const made = await doors.call('POST', '/api/records/customer', {
        token: await doors.enter('wang'),
        body: { values: { name: '只有一组看得见', phone: '021-1' } },
      });
      const lis = await doors.call('POST', '/api/records/customer', {
        token: await doors.enter('li'),
        body: { values: { name: '二组的' } },
      });
      while (!li?.changes.some((event) => event.id === lis.body.id)) await heard(li!.socket, 'changed');
      const event = { type: 'customer', id: made.body.id, version: 1 };
      expect(wang?.changes).toContainEqual(event);
      expect(zhou?.changes).toContainEqual(event);
      expect(li.changes.map(({ id }) => id)).not.toContain(made.body.id);
      expect(wang?.changes.flatMap(Object.keys).filter((key) => !['type', 'id', 'version'].includes(key))).toEqual([]);
      for (const one of [wang, li, zhou]) one?.socket.disconnect();
    });

    test('a session that is revoked loses its socket, and its next request is refused', async () => {
      const [mine, owner] = [await doors.enter('wang'), await doors.enter('sun')];
      const { socket } = await listening(mine);
      const told = heard(socket, 'signedOut');
      const end = closed(socket);
      expect((await doors.call('DELETE', `/api/sessions/${await sessionOf(mine)}`, { token: owner })).status).toBe(200);
      await told;
      expect(await end).toBe('io server disconnect');
      expect((await doors.call('GET', '/api/session', { token: mine })).body.code).toBe('access.signedOut');
      expect(await refusedBy(doors.socket(mine))).toBe('access.signedOut');
    });

    test('signing out, a new password and another position close the sockets as well', async () => {
      const owner = await doors.enter('sun');
      const li = await office.id('users', { login: 'li' });
      const deeds = [
        (token: string) => doors.call('POST', '/api/sign-out', { token }),
        () => doors.call('POST', `/api/users/${li}/password`, { token: owner, body: { password: '桃tree-orchard-6', mustChange: false } }),
        async () => {
          const { version } = await office.read('sun', 'user', li);
          const held = await office.id('positions', { code: 'warehouseClerk' });
          return doors.call('PATCH', `/api/records/user/${li}`, { token: owner, body: { version, parts: { positions: [{ held }] } } });
        },
      ];
      for (const deed of deeds) {
        const token = await doors.enter('li');
        const { socket } = await listening(token);
        const end = closed(socket);
        expect((await deed(token)).status).toBe(200);
        expect(await end).toBe('io server disconnect');
        expect((await doors.call('GET', '/api/session', { token })).status).toBe(401);
      }
    });

    test('when the rights of a position change, everybody’s rooms are given out anew', async () => {
      const guest = await office.create(
        'admin',
        'position',
        { name: '临时' },
        { grants: [{ type: 'customer', operation: 'read', scope: 'all' }] },
      );
      const root = await office.id('departments', { kind_of_unit: 'company' });
      await office.create('admin', 'user', { login: 'temp', name: '临时工', department: root }, { positions: [{ held: guest.id }] });
      const { socket, changes } = await listening(await doors.enter('temp'));
      const end = closed(socket);
      await office.change('admin', guest, { parts: { grants: [{ type: 'customer', operation: 'read', scope: 'own' }] } });
      await end;
      await office.create('wang', 'customer', { name: '临时工不该知道' });
      expect(changes).toEqual([]);
      const again = await listening(await doors.enter('temp'));
      again.socket.disconnect();
    });

    test.each([
      ['asks for a room', 'join', 'test/type:customer'],
      ['speaks as the server', 'changed', [{ type: 'customer', id: 1, version: 1 }]],
      ['asks with an answer', 'subscribe', {}],
    ])('a client that %s is dropped', async (_what, event, content) => {
      const { socket } = await listening(await doors.enter('wang'));
      const end = closed(socket);
      socket.emit(event, content, () => undefined);
      expect(await end).toBe('io server disconnect');
    });

    test('a megabyte at once ends the connection, a thousand events end with the first, and others hear on', async () => {
      const quiet = await listening(await doors.enter('wang'));
      const loud = await listening(await doors.enter('li'));
      const tooMuch = closed(loud.socket);
      loud.socket.emit('x', 'x'.repeat(1024 * 1024));
      await tooMuch;
      const chatty = await listening(await doors.enter('li'));
      const end = closed(chatty.socket);
      for (let count = 0; count < 1000; count += 1) chatty.socket.emit('x', count);
      await end;
      const { id } = await office.create('wang', 'customer', { name: '照常' });
      while (!quiet.changes.some((event) => event.id === id)) await heard(quiet.socket, 'changed');
      quiet.socket.disconnect();
    });

    test('nobody comes in without a session: no token, a wrong one, a program’s, a page from elsewhere, another room', async () => {
      for (const token of ['', 'nonsense', `test.${'A'.repeat(43)}`]) expect(await refusedBy(doors.socket(token))).toBe('access.signedOut');
      const program = (await office.work('sun', (work) => createToken(work, { name: 'p', scopes: ['all'] }))).token;
      expect(await refusedBy(doors.socket(program))).toBe('access.sessionNeeded');
      const token = await doors.enter('wang');
      for (const headers of [{ Origin: 'http://evil.example' }, { Host: 'evil.example' }] as Record<string, string>[]) {
        await expect(heard(doors.socket(token, headers), 'connect')).rejects.toThrow();
      }
    });
  });

  describe('signing in', () => {
    const now = clock.now;
    let nowMs = 0;
    beforeEach(() => {
      nowMs = now();
      clock.now = () => nowMs;
      return () => {
        clock.now = now;
      };
    });
    const enter = (login: string, password: string, device = 'pad') =>
      doors.call('POST', '/api/sign-in', { body: { company: 'test', login, password, device } });

    test('guessing is slowed down, and neither the owner of the name nor anybody else pays for it', { timeout: 60_000 }, async () => {
      const answers = [];
      for (let tries = 0; tries < 60; tries += 1) answers.push((await enter('zhou', `guess-${tries}`)).body.code);
      expect(answers.filter((code) => code === 'access.badPassword')).toHaveLength(5);
      expect(answers.filter((code) => code === 'access.throttled')).toHaveLength(55);
      const waiting = await enter('zhou', right);
      expect(waiting).toMatchObject({ status: 429, body: { code: 'access.throttled', facts: { seconds: 1 } } });
      expect(waiting.headers.get('retry-after')).toBe('1');
      expect((await enter('zhou', right, 'other')).status).toBe(200);
      expect((await enter('wang', right)).status).toBe(200);
      nowMs += 1000;
      expect((await enter('zhou', right)).status).toBe(200);
    });

    test('who does not exist and who mistypes read the same', async () => {
      const [unknown, wrong, elsewhere] = [
        await enter('nobody-here', 'wrong-word', 'a'),
        await enter('wang', 'wrong-word', 'b'),
        await doors.call('POST', '/api/sign-in', { body: { company: 'none', login: 'wang', password: right } }),
      ];
      expect(new Set([unknown.text, wrong.text, elsewhere.text]).size).toBe(1);
      expect([unknown.status, wrong.status, elsewhere.status]).toEqual([401, 401, 401]);
    });

    test('a session that nobody used for half a day is over', async () => {
      const { token } = (await enter('wang', right)).body as unknown as { token: string };
      nowMs += 13 * 3_600_000;
      expect((await doors.call('GET', '/api/session', { token })).body.code).toBe('access.signedOut');
    });

    test('neither log nor answers nor tables repeat a password or a token', async () => {
      const { token } = (await enter('wang', right)).body as unknown as { token: string };
      await doors.call('POST', '/api/session/password', { token, body: { current: 'wrong-secret-word', next: 'next-secret-word' } });
      const kept = await office.company.store.read(async (tx) => [
        await tx('sessions').select(),
        await tx('sign_ins').select(),
        await tx('audit').select('changes'),
        await tx('idempotency_keys').select(),
      ]);
      const text = JSON.stringify([kept, doors.logged]);
      for (const secret of [token.split('.')[1] ?? '', right, 'wrong-secret-word', 'next-secret-word']) expect(text).not.toContain(secret);
    });
  });
});
