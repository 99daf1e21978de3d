import { createServer } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { type Api, apiAt } from '../support/server.ts';

/** As many windows as a large office has open; the spread is the client's own. */
const windows = 200;
const rounds = 3;
const jitterMs = 3_000;
const patience = { timeout: 90_000, interval: 100 };

describe.each(stores)('the server is killed under an office full of windows, on $name', { timeout: 400_000 }, (kind) => {
  let data: DataFolder<number>;
  let server: RunningServer | undefined;
  let at: Api & { port: string };
  const open: Socket[] = [];

  beforeAll(async () => {
    data = await makeDataFolder(kind, {
      people: ['wang'],
      fill: async (office) => (await office.create('wang', 'customer', { name: '大家都在看的客户' })).id,
    });
    const port = await freePort();
    at = { ...apiAt(`http://127.0.0.1:${port}`), port };
    server = await startServer(data, undefined, ['--port', port]);
  }, 180_000);
  afterAll(async () => {
    for (const socket of open) socket.disconnect();
    await server?.kill();
    data?.remove();
  });

  const read = () => at.call('GET', `/api/records/customer/${data.filled}`, { token: data.tokens.wang });

  /** A window as the client opens it: it comes back by itself, and after some of the spread looks anew at what it shows. */
  function openWindow(): { readonly isUp: () => boolean; readonly shows: () => number; readonly asked: () => number } {
    let [version, asked, wasDown, isWaiting] = [0, 0, true, false];
    const look = async (): Promise<void> => {
      isWaiting = false;
      asked += 1;
      const answer = await read().catch(() => null);
      if (answer?.status === 200) version = Number(answer.body.version);
    };
    const lookSoon = (): void => {
      if (!isWaiting) setTimeout(() => void look(), Math.random() * jitterMs);
      isWaiting = true;
    };
    const socket = io(at.url, {
      auth: { token: data.tokens.wang },
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: 10_000,
      reconnectionDelayMax: 5_000,
      forceNew: true,
    });
    socket.on('connect', () => {
      if (wasDown) lookSoon();
      wasDown = false;
    });
    socket.on('disconnect', () => {
      wasDown = true;
    });
    socket.on('changed', lookSoon);
    open.push(socket);
    return { isUp: () => socket.connected, shows: () => version, asked: () => asked };
  }

  test('all are back each time, show what is there, and ask for it a few times only', async () => {
    const all = Array.from({ length: windows }, openWindow);
    const down = () => all.filter((one) => !one.isUp()).length;
    await expect.poll(down, patience).toBe(0);
    for (let round = 1; round <= rounds; round += 1) {
      await server?.kill();
      await expect.poll(down, patience).toBe(windows);
      server = await startServer(data, undefined, ['--port', at.port]);
      // Changed while most are still away: nobody tells them of it.
      const values = { remark: `第${round}次` };
      const changed = await at.call('PATCH', `/api/records/customer/${data.filled}`, {
        token: data.tokens.wang,
        body: { version: round, values },
      });
      expect(changed.status).toBe(200);
      await expect.poll(down, patience).toBe(0);
      await expect.poll(() => all.filter((one) => one.shows() !== round + 1).length, patience).toBe(0);
    }
    // Once when it came and at most twice for each time it came back: for the way back, and for what it heard on it.
    expect(Math.max(...all.map((one) => one.asked()))).toBeLessThanOrEqual(1 + 2 * rounds);
  });
});

function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const taken = createServer().listen(0, '127.0.0.1', () => {
      const address = taken.address();
      taken.close(() => resolve(String(typeof address === 'object' && address ? address.port : 0)));
    });
  });
}
