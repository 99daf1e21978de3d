import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captchaOf } from '../../server/access/captcha.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { ChangeEvent } from '../../shared/contracts/wire.ts';
import { aDevice, enterWith, proveAt, sessionProofOf } from '../devices/keyring.ts';
import { openTrade, piece } from '../faults/trade.ts';
import { companyOn } from '../stores/company.ts';
import { stores } from '../stores/stores.ts';
import { beside, type DataFolder, findingsIn, logOf, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { type Api, heard, type Reply } from '../support/server.ts';

const [, postgres] = stores;
const pieces = 12;
const numberOf = (made: Reply): string => String((made.body.values as { number?: string } | undefined)?.number);
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const soon = { timeout: 20_000, interval: 20 };

interface Shop {
  readonly warehouse: number;
  readonly pen: number;
  readonly customer: number;
  readonly guests: number;
}

describe('one company on PostgreSQL with two server processes', { timeout: 180_000 }, () => {
  let data: DataFolder<Shop>;
  let one: RunningServer;
  let other: RunningServer;
  const open: Socket[] = [];

  beforeAll(async () => {
    if (!postgres) throw new Error('There is no second engine');
    data = await makeDataFolder(postgres, {
      people: ['admin', 'wang', 'li', 'zhou', 'chen', 'sun'],
      fill: async (office) => {
        const { warehouse, pen, customer } = await openTrade(office, pieces);
        const guests = await office.create('admin', 'position', { name: '访客' }, { grants: [] });
        const root = await office.id('departments', { kind_of_unit: 'company' });
        await office.create('admin', 'user', { login: 'guest', name: '访客', department: root }, { positions: [{ held: guests.id }] });
        return { warehouse, pen, customer, guests: guests.id };
      },
    });
    const flags = ['--metrics', '--trust-proxy', '127.0.0.1'];
    [one, other] = await Promise.all([startServer(data, undefined, flags), startServer(data, undefined, flags)]);
  }, 180_000);
  afterAll(async () => {
    for (const socket of open) socket.disconnect();
    await Promise.all([one?.kill(), other?.kill()]);
    data?.remove();
  });

  const call = (at: Api, who: string, method: string, path: string, body?: unknown, key?: string): Promise<Reply> =>
    at.call(method, path, { token: data.tokens[who], ...(body === undefined ? {} : { body }), ...(key ? { key } : {}) });
  const signedIn = async (at: Api, login: string, password = 'correct horse battery'): Promise<string> => {
    const answer = await at.call('POST', '/api/sign-in', { body: { company: 'test', login, password, device: 'desk' } });
    expect(answer.status).toBe(200);
    return String(answer.body.token);
  };

  async function listening(at: Api, token: string | undefined): Promise<{ socket: Socket; changes: ChangeEvent[] }> {
    const socket = io(at.url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
    open.push(socket);
    const changes: ChangeEvent[] = [];
    socket.on('changed', (events: ChangeEvent[]) => changes.push(...events));
    await heard(socket, 'connect');
    return { socket, changes };
  }
  const leads = async (at: Api): Promise<boolean> =>
    /^tradepost_timetable_leads\{company="test"\} 1$/m.test((await at.call('GET', '/metrics')).text);

  test('a session begun at one is good at the other, and over at both when it ends', async () => {
    const token = await signedIn(one, 'admin');
    expect((await other.call('GET', '/api/session', { token })).status).toBe(200);
    expect((await other.call('POST', '/api/sign-out', { token })).status).toBe(200);
    expect((await one.call('GET', '/api/session', { token })).body.code).toBe('access.signedOut');
  });

  test('a device that has shown its key to one need not show it to the other, and a session that was stolen ends at both', async () => {
    const [device, lan, vpn] = [aDevice('PC-7'), '192.168.1.20', '10.8.0.7'];
    const of = { company: 'test', login: 'admin', password: 'correct horse battery', address: lan };
    const token = String((await enterWith(one, device, of)).body.token);
    const seen = async (at: Api, address: string) => {
      const { status, body } = await at.call('GET', '/api/session', { token, headers: { 'x-forwarded-for': address } });
      return body.code ?? status;
    };
    expect([await seen(other, lan), await seen(other, vpn), await seen(one, vpn)]).toEqual([200, 'access.proveAgain', 'access.proveAgain']);
    const asked = { token, headers: { 'x-forwarded-for': vpn } };
    const proof = await sessionProofOf(other, device, token);
    expect((await other.call('POST', '/api/devices/prove', { ...asked, body: { proof } })).status).toBe(200);
    expect([await seen(one, vpn), await seen(other, vpn), await seen(one, lan)]).toEqual([200, 200, 200]);
    expect((await other.call('POST', '/api/devices/prove', { ...asked, body: { proof } })).body.code).toBe('access.deviceUnproven');

    const socket = io(other.url, { auth: { token }, transports: ['websocket'], reconnection: false, extraHeaders: asked.headers });
    open.push(socket);
    await heard(socket, 'connect');
    const end = heard<string>(socket, 'disconnect');
    expect((await proveAt(one, aDevice('thief'), { token, address: vpn })).body.code).toBe('access.otherDevice');
    const inTime = sleep(2_000, 'too late');
    expect(await Promise.race([end, inTime])).toBe('io server disconnect');
    expect([await seen(one, lan), await seen(other, vpn)]).toEqual(['access.signedOut', 'access.signedOut']);
  });

  test('what is saved at one is heard at the other by those who see it, and by nobody else', async () => {
    const [zhou, li] = [await listening(other, data.tokens.zhou), await listening(other, data.tokens.li)];
    const made = await call(one, 'wang', 'POST', '/api/records/customer', { values: { name: '只有一组看得见' } });
    const lis = await call(one, 'li', 'POST', '/api/records/customer', { values: { name: '二组的' } });
    while (!li.changes.some(({ id }) => id === lis.body.id)) await heard(li.socket, 'changed');
    expect(zhou.changes).toContainEqual({ type: 'customer', id: made.body.id, version: 1 });
    expect(li.changes.map(({ id }) => id)).not.toContain(made.body.id);
  });

  test('news of many records, and of one that very many people hear, come through whole', async () => {
    const zhou = await listening(other, data.tokens.zhou);
    const made = await Promise.all(
      times(60).map((index) => call(one, 'wang', 'POST', '/api/records/customer', { values: { name: `第${index}家，名字很长的客户` } })),
    );
    const wanted = made.map(({ body }) => Number(body.id));
    await expect.poll(() => wanted.filter((id) => !zhou.changes.some((event) => event.id === id)), soon).toEqual([]);
  });

  test('a right that is given or taken away at one counts at the other at once', async () => {
    const { version, id } = (await call(one, 'admin', 'GET', `/api/records/position/${data.filled.guests}`)).body as never as {
      version: number;
      id: number;
    };
    const guest = await beside(data, (store) => store.read((tx) => tx('users').where({ login: 'guest' }).first('id')));
    const password = '桃tree-orchard-6';
    await call(one, 'admin', 'POST', `/api/users/${guest.id}/password`, { password, mustChange: false });
    const token = await signedIn(other, 'guest', password);
    for (const round of times(10)) {
      const isGiven = round % 2 === 0;
      const grants = isGiven ? [{ type: 'customer', operation: 'read', scope: 'all' }] : [];
      const changed = await call(one, 'admin', 'PATCH', `/api/records/position/${id}`, { version: version + round, parts: { grants } });
      expect(changed.status).toBe(200);
      const seen = await other.call('GET', `/api/records/customer/${data.filled.customer}`, { token });
      expect([round, seen.status, seen.body.code ?? '']).toEqual([round, ...(isGiven ? [200, ''] : [404, 'record.notFound'])]);
    }
  });

  test('whose rights were taken away is put into other rooms at the other', async () => {
    const socket = await listening(other, data.tokens.wang);
    const end = heard<string>(socket.socket, 'disconnect');
    const position = await beside(data, (store) =>
      store.read((tx) => tx('positions').where({ code: 'salesperson' }).first('id', 'version')),
    );
    const changed = await call(one, 'admin', 'PATCH', `/api/records/position/${position.id}`, {
      version: position.version,
      values: { remark: '别的房间' },
    });
    expect(changed.status).toBe(200);
    await end;
  });

  test('a setting that is changed at one counts at the other, and a picture drawn by one is read by the other', async () => {
    const set = async (value: string) => {
      const { version } = (await call(other, 'admin', 'GET', '/api/settings')).body as never as { version: number };
      return call(one, 'admin', 'PATCH', '/api/settings', { version, values: { 'safety.captcha': value } });
    };
    const enter = (captcha?: { id: string; text: string }) =>
      other.call('POST', '/api/sign-in', {
        body: { company: 'test', login: 'admin', password: 'correct horse battery', device: 'desk', ...(captcha ? { captcha } : {}) },
      });
    expect((await set('always')).status).toBe(200);
    expect((await enter()).body.code).toBe('captcha.needed');
    const drawn = await beside(data, (store) => captchaOf(companyOn(store, catalogue), 'HK34T'));
    expect((await enter({ id: drawn.id, text: 'HK34T' })).status).toBe(200);
    expect((await enter({ id: drawn.id, text: 'HK34T' })).body.code).toBe('captcha.wrong');
    expect((await set('never')).status).toBe(200);
    expect((await enter()).status).toBe(200);
  });

  test('who is signed out at one loses the window at the other within two seconds', async () => {
    const token = await signedIn(other, 'admin');
    const { socket } = await listening(other, token);
    const told = heard(socket, 'signedOut');
    const end = heard<string>(socket, 'disconnect');
    const { rows } = (await other.call('GET', '/api/sessions', { token })).body as never as { rows: { id: number; current: boolean }[] };
    const id = rows.find(({ current }) => current)?.id;
    expect((await call(one, 'sun', 'DELETE', `/api/sessions/${id}`)).status).toBe(200);
    const inTime = sleep(2_000, 'too late');
    expect(await Promise.race([Promise.all([told, end]).then(([, how]) => how), inTime])).toBe('io server disconnect');
    expect((await other.call('GET', '/api/session', { token })).status).toBe(401);
  });

  test('one key sent to both at once makes one order', async () => {
    const { customer, pen, warehouse } = data.filled;
    const body = {
      values: { customer },
      parts: { lines: [{ item: pen, quantity: piece, grossPrice: 11_300_000, taxRate: 130_000, warehouse }] },
    };
    for (const round of times(5)) {
      const replies = await Promise.all(
        [one, other, one, other].map((at) => call(at, 'wang', 'POST', '/api/records/salesOrder', body, `both-at-once-${round}`)),
      );
      expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
      expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    }
  });

  test('a backup that runs at one is seen at the other, keeps it from beginning another, and is cancelled there', async () => {
    const state = async (at: Api) => (await call(at, 'admin', 'GET', '/api/backups')).body.running;
    expect((await call(one, 'admin', 'POST', '/api/backups')).status).toBe(200);
    await expect.poll(() => state(other), soon).toMatchObject({ kind: 'manual' });
    expect((await call(other, 'admin', 'POST', '/api/backups')).body.code).toBe('backup.running');
    expect((await call(other, 'admin', 'POST', '/api/backups/cancel')).status).toBe(200);
    expect(await state(one)).toBe(null);
    const { rows } = (await call(other, 'admin', 'GET', '/api/backups/list')).body as never as { rows: { state: string }[] };
    expect(rows[0]?.state).toBe('cancelled');
  });

  test('twenty writers at both sell what is there and no more, one of the two is killed, and nothing that was answered is lost', async () => {
    await expect.poll(async () => [await leads(one), await leads(other)].filter(Boolean).length, soon).toBe(1);
    const [leader, follower] = (await leads(one)) ? [one, other] : [other, one];
    const { customer, pen, warehouse } = data.filled;
    const order = (price: number) => ({
      values: { customer },
      parts: { lines: [{ item: pen, quantity: piece, grossPrice: price, taxRate: 130_000, warehouse }] },
    });
    const done: { path: string; id: number; number: string }[] = [];
    let posted = 0;
    let refused = 0;
    /** A chain from order to goods out; where the server is gone it is begun again at the other. */
    const chain = async (writer: number): Promise<void> => {
      const at = writer % 2 === 0 ? leader : follower;
      const made = await call(at, 'wang', 'POST', '/api/records/salesOrder', order(11_300_000), `order-of-${writer}-x`);
      done.push({ path: 'salesOrder', id: Number(made.body.id), number: numberOf(made) });
      const approved = await call(at, 'wang', 'POST', `/api/records/salesOrder/${made.body.id}/steps/approve`, { version: 1 });
      expect(approved.status, approved.text).toBe(200);
      const become = await call(at, 'chen', 'POST', '/api/records/stockOut/make', { sources: [{ type: 'salesOrder', id: made.body.id }] });
      expect(become.status, become.text).toBeLessThan(300);
      const post = await call(at, 'chen', 'POST', `/api/records/stockOut/${become.body.id}/steps/post`, { version: 1 });
      if (post.status === 200) posted += 1;
      else {
        expect(post.body.code).toBe('stock.notEnough');
        refused += 1;
      }
    };
    await Promise.all(times(20).map(chain));
    expect([posted, refused]).toEqual([pieces, 20 - pieces]);

    const answered: { id: number; number: string }[] = [];
    const writing = times(6).map(async (writer) => {
      for (const round of times(30)) {
        const at = writer % 2 === 0 ? leader : follower;
        const made = await call(at, 'wang', 'POST', '/api/records/salesOrder', order(11_300_000), `killed-${writer}-${round}`).catch(
          () => null,
        );
        if (made === null) return;
        expect(made.status).toBe(201);
        answered.push({ id: Number(made.body.id), number: numberOf(made) });
      }
    });
    await expect.poll(() => answered.length, soon).toBeGreaterThan(20);
    await leader.kill();
    await Promise.all(writing);
    await expect.poll(() => leads(follower), soon).toBe(true);
    const stored = await beside(data, (store) => store.read((tx) => tx('sales_orders').select('id', 'number')));
    const numbers = new Map(stored.map((row: { id: number; number: string }) => [row.id, row.number]));
    for (const { id, number } of [...answered, ...done]) expect(numbers.get(id)).toBe(number);
    const serials = stored.map((row: { number: string }) => Number(row.number.slice(-4))).sort((a: number, b: number) => a - b);
    expect(serials).toEqual(times(serials.length).map((index) => index + 1));
    expect(await findingsIn(data)).toEqual([]);
    // The one that is left goes on, and writes a log of its own.
    expect((await call(follower, 'wang', 'POST', '/api/records/salesOrder', order(11_300_000))).status).toBe(201);
    expect(readdirSync(join(data.path, 'logs')).filter((name) => name.endsWith('.log'))).toHaveLength(2);
    expect(logOf(data)).not.toContain('failed');
    expect(existsSync(join(data.path, 'running'))).toBe(true);
  });
});
