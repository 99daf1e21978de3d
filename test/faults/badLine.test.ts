import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChangeEvent, RecordAnswer } from '../../shared/contracts/wire.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { type Line, layLine } from '../support/line.ts';
import { apiAt, type Doors, heard, openDoors } from '../support/server.ts';

const sqlite = stores.find(({ name }) => name === 'sqlite')!;

/** A client that comes back by itself, and what it hears. */
function clientAt(url: string, token: string): { socket: Socket; heardOf: ChangeEvent[] } {
  const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 500 });
  const heardOf: ChangeEvent[] = [];
  socket.on('changed', (events: ChangeEvent[]) => heardOf.push(...events));
  return { socket, heardOf };
}

describe('over a bad line', () => {
  let office: Office;
  let doors: Doors;
  let line: Line;
  let token: string;

  beforeAll(async () => {
    office = await openOffice(sqlite);
    doors = await openDoors(office);
    token = await doors.enter('wang');
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });
  beforeEach(async () => {
    line = await layLine(doors.port);
  });
  afterEach(() => line.close());

  const count = async (table: string) =>
    Number(((await office.company.store.read((tx) => tx(table).count({ count: '*' }).first())) as { count: number }).count);

  /** Sends the head of a request and the first half of its body, then cuts the line. */
  async function sendHalf(path: string, key: string, body: string, type: string): Promise<void> {
    const socket = connect(doors.port, '127.0.0.1');
    const head = [
      `POST ${path} HTTP/1.1`,
      'Host: localhost',
      `Authorization: Bearer ${token}`,
      `Idempotency-Key: ${key}`,
      `Content-Type: ${type}`,
      'X-File-Name: half.bin',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ].join('\r\n');
    await new Promise<void>((resolve) => socket.write(`${head}\r\n\r\n${body.slice(0, body.length / 2)}`, () => resolve()));
    await sleep(100);
    socket.resetAndDestroy();
    await sleep(100);
  }

  test('a request of which only half arrives does nothing, and the same one whole is done', async () => {
    const before = await count('customers');
    const body = JSON.stringify({ values: { name: '线路中断的客户' } });
    await sendHalf('/api/records/customer', 'half-a-request', body, 'application/json');
    expect(await count('customers')).toBe(before);
    expect((await doors.call('POST', '/api/records/customer', { token, key: 'half-a-request', body })).status).toBe(201);
    expect(await count('customers')).toBe(before + 1);
  });

  test('an upload that is cut in the middle leaves no row and no bytes', async () => {
    await sendHalf('/api/files', 'half-an-upload', 'x'.repeat(1 << 20), 'application/octet-stream');
    expect(await count('files')).toBe(0);
    expect(readdirSync(join(office.company.folder, 'files'), { recursive: true })).toEqual([]);
    expect((await doors.call('GET', '/api/session', { token })).status).toBe(200);
  });

  test('an answer that is lost on the way back leaves one record, and asking again with the same key gives its answer', async () => {
    const before = await count('customers');
    const asking = { token, key: 'lost-on-the-way', body: { values: { name: '回答丢失的客户' } } };
    line.dropAnswers(true);
    await expect(apiAt(line.url).call('POST', '/api/records/customer', asking)).rejects.toThrow();
    expect(await count('customers')).toBe(before + 1);
    line.dropAnswers(false);
    const again = await apiAt(line.url).call('POST', '/api/records/customer', asking);
    expect(again.status).toBe(201);
    expect(await count('customers')).toBe(before + 1);
    expect((await doors.call('POST', '/api/records/customer', asking)).text).toBe(again.text);
  });

  test('who does not read what it is told is let go, and comes back to be told of everything after', { timeout: 60_000 }, async () => {
    const slow = clientAt(line.url, token);
    await heard(slow.socket, 'connect');
    const room = `customer:user:${await office.id('users', { login: 'wang' })}`;
    line.hold(true);
    const left = vi.waitFor(() => expect(doors.sockets.count()).toBe(0), { timeout: 15_000, interval: 50 });
    // Far more than the system keeps for a connection.
    for (let turn = 0; turn < 20; turn += 1) {
      const changes = Array.from({ length: 100 }, (_, id) => ({ type: 'x'.repeat(20_000), id, version: turn, rooms: [room] }));
      doors.sockets.announce(office.company, changes);
      await sleep(60);
    }
    await left;
    line.hold(false);
    await vi.waitFor(() => expect(doors.sockets.count()).toBe(1), { timeout: 15_000, interval: 50 });
    const { id } = await office.create('wang', 'customer', { name: '重新连上之后' });
    await vi.waitFor(() => expect(slow.heardOf.some((event) => event.type === 'customer' && event.id === id)).toBe(true), {
      timeout: 5000,
    });
    slow.socket.disconnect();
  });

  test('a line that is dead and says nothing is noticed at both ends, and taken up again', { timeout: 90_000 }, async () => {
    const client = clientAt(line.url, token);
    await heard(client.socket, 'connect');
    expect(doors.sockets.count()).toBe(1);
    line.swallow(true);
    expect(await heard<string>(client.socket, 'disconnect')).toBe('ping timeout');
    await vi.waitFor(() => expect(doors.sockets.count()).toBe(0), { timeout: 30_000, interval: 100 });
    line.swallow(false);
    await heard(client.socket, 'connect').catch(() => heard(client.socket, 'connect'));
    const { id } = await office.create('wang', 'customer', { name: '网线插回之后' });
    await vi.waitFor(() => expect(client.heardOf.some((event) => event.id === id)).toBe(true), { timeout: 5000 });
    client.socket.disconnect();
  });
});

describe('a server that is killed and started again while many listen', { timeout: 120_000 }, () => {
  /** The long form turns these up. */
  const [clients, restarts] = [20, 3];
  let data: DataFolder<null>;
  let server: RunningServer;
  let line: Line;

  beforeAll(async () => {
    data = await makeDataFolder(sqlite, { people: ['wang'], fill: async () => null });
  }, 60_000);
  afterAll(async () => {
    await server?.kill();
    await line?.close();
    data.remove();
  });

  const portOf = (api: RunningServer) => Number(new URL(api.url).port);

  test('has all of them back by themselves, and they hear of what comes after and find what came before', async () => {
    server = await startServer(data);
    line = await layLine(portOf(server));
    const token = data.tokens.wang ?? '';
    const all = Array.from({ length: clients }, () => clientAt(line.url, token));
    await Promise.all(all.map(({ socket }) => heard(socket, 'connect')));
    for (let round = 0; round < restarts; round += 1) {
      const gone = all.map(({ socket }) => heard(socket, 'disconnect'));
      await server.kill();
      await Promise.all(gone);
      server = await startServer(data);
      line.leadTo(portOf(server));
      await vi.waitFor(() => expect(all.every(({ socket }) => socket.connected)).toBe(true), { timeout: 30_000, interval: 50 });
      const made = await server.call('POST', '/api/records/customer', { token, body: { values: { name: `第 ${round} 次重启之后` } } });
      const { id, version } = made.body as unknown as RecordAnswer;
      await vi.waitFor(
        () => expect(all.every(({ heardOf }) => heardOf.some((event) => event.type === 'customer' && event.id === id))).toBe(true),
        { timeout: 10_000, interval: 50 },
      );
      expect((await server.call('GET', `/api/records/customer/${id}`, { token })).body).toMatchObject({ version });
    }
    const list = await server.call('POST', '/api/records/customer/list', { token, body: { totals: true } });
    expect(list.body.count).toBe(restarts);
    for (const { socket } of all) socket.disconnect();
  });
});
