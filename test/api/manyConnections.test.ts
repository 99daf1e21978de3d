import { request } from 'node:https';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionsMaxEach } from '../../server/http/door.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';

const sqlite = stores[0] as (typeof stores)[number];
/** Machines of the network that never finish what they begin; on Linux all of 127.0.0.0/8 is this machine. */
const [stranger, crowd] = ['127.0.0.2', ['127.0.0.3', '127.0.0.4', '127.0.0.5', '127.0.0.6']];

describe.each([
  ['plain', []],
  ['TLS', ['--tls', 'on']],
] as const)('a door (%s) that others crowd', { timeout: 120_000 }, (_name, flags) => {
  let data: DataFolder<void>;
  let server: RunningServer;
  const held: Socket[] = [];
  beforeAll(async () => {
    data = await makeDataFolder(sqlite, { people: ['wang'], fill: async () => undefined });
    server = await startServer(data, undefined, flags);
  }, 120_000);
  afterAll(async () => {
    for (const socket of held) socket.destroy();
    await server?.stop();
    data?.remove();
  });

  async function crowdIn(from: string, count: number): Promise<Socket[]> {
    const { port } = new URL(server.url);
    const sockets: Socket[] = [];
    for (let start = 0; start < count; start += 100) {
      const some = Array.from({ length: Math.min(100, count - start) }, () =>
        connect({ host: '127.0.0.1', port: Number(port), localAddress: from }),
      );
      await Promise.all(
        some.map(
          (socket) =>
            new Promise<void>((resolve) => {
              socket.on('error', () => undefined);
              socket.once('connect', () => resolve());
              socket.once('close', () => resolve());
            }),
        ),
      );
      sockets.push(...some);
    }
    held.push(...sockets);
    return sockets;
  }
  const openOf = (sockets: readonly Socket[]): number => sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length;

  /** What somebody in the office gets meanwhile. */
  function isServed(): Promise<number> {
    if (server.url.startsWith('http:')) return server.call('GET', '/api/session', { token: data.tokens.wang }).then(({ status }) => status);
    return new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${data.tokens.wang}` };
      request(`${server.url}/api/session`, { rejectUnauthorized: false, headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .once('error', reject)
        .end();
    });
  }

  test('gives nobody more than a share, lets go of who never finishes a sentence, and serves the office all the while', async () => {
    const slow = await crowdIn(stranger, connectionsMaxEach + 100);
    const dripping = setInterval(() => {
      for (const socket of slow) if (!socket.destroyed) socket.write('X');
    }, 1_000);
    try {
      await expect.poll(() => openOf(slow), { timeout: 10_000 }).toBe(connectionsMaxEach);
      for (const socket of slow) if (!socket.destroyed) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
      for (const from of crowd) await crowdIn(from, connectionsMaxEach);
      expect(await isServed()).toBe(200);
      // The limits of the door are 20 seconds and the time between two looks.
      await expect.poll(() => openOf(slow), { timeout: 40_000, interval: 500 }).toBe(0);
      expect(await isServed()).toBe(200);
      await expect.poll(() => openOf(held), { timeout: 40_000, interval: 500 }).toBe(0);
    } finally {
      clearInterval(dripping);
    }
    expect(openOf(await crowdIn(stranger, 10))).toBe(10);
    await sleep(200);
    expect(await isServed()).toBe(200);
  });
});
