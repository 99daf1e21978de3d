import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackupsAnswer } from '../../shared/contracts/backups.ts';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, findingsIn, logOf, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { buildRecorder, watched } from './recorder/record.ts';
import { openTrade, piece } from './trade.ts';

const sqlite = stores.find(({ name }) => name === 'sqlite')!;

interface Shop {
  readonly customer: number;
  readonly pen: number;
}

describe('a disk that fails once', { timeout: 120_000 }, () => {
  let tools: string;
  let library: string | null;
  let data: DataFolder<Shop>;
  let server: RunningServer | undefined;

  beforeAll(async () => {
    tools = mkdtempSync(join(tmpdir(), 'tradepost-failing-'));
    library = buildRecorder(tools);
    data = await makeDataFolder(sqlite, {
      people: ['wang', 'admin'],
      fill: async (office) => {
        const { customer, pen } = await openTrade(office, 1000);
        return { customer, pen };
      },
    });
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    data.remove();
    rmSync(tools, { recursive: true, force: true });
  });

  const faults = () => join(tools, 'faults');
  /** The next so many deeds of this kind on such a path fail. */
  const letFail = (deed: string, path: string, code: string, times = 1) => writeFileSync(faults(), `${deed} ${path} ${code} ${times}\n`);
  async function start(): Promise<RunningServer> {
    await server?.kill();
    server = await startServer(data, undefined, [], watched(library!, { root: data.path, faults: faults() }));
    return server;
  }
  const order = (api: RunningServer, key: string) => {
    const lines = [{ item: data.filled.pen, quantity: piece, grossPrice: piece }];
    return api.call('POST', '/api/records/salesOrder', {
      token: data.tokens.wang,
      key,
      body: { values: { customer: data.filled.customer }, parts: { lines } },
    });
  };
  const orders = () =>
    beside(data, (store) => store.read((tx) => tx('sales_orders').count({ count: '*' }).first())) as Promise<{ count: number }>;

  test('while it flushes: no write is taken any more and none is tried again, reading goes on, and a restart finds everything whole', async () => {
    if (!library) return;
    const api = await start();
    expect((await order(api, 'before-the-fault')).status).toBe(201);
    letFail('flush', 'company.sqlite-wal', 'EIO');
    const together = await Promise.all(['a', 'b', 'c'].map((name) => order(api, `at-the-fault-${name}`)));
    expect(existsSync(faults())).toBe(false);
    expect(together.map(({ status }) => status).filter((status) => status < 500)).toEqual([]);
    expect(together.map(({ status }) => status)).toContain(500);
    const later = await order(api, 'after-the-fault');
    expect(later).toMatchObject({ status: 503, body: { code: 'database.diskFault' } });
    expect(logOf(data)).toContain('SQLITE_IOERR_FSYNC');
    const list = await api.call('POST', '/api/records/salesOrder/list', { token: data.tokens.wang, body: { totals: true } });
    expect(list).toMatchObject({ status: 200, body: { count: 1 } });
    await api.stop();

    const again = await start();
    expect(await findingsIn(data)).toEqual([]);
    for (const name of ['a', 'b', 'c']) {
      const made = await order(again, `at-the-fault-${name}`);
      expect(made.status).toBe(201);
      expect((await order(again, `at-the-fault-${name}`)).text).toBe(made.text);
    }
    expect((await orders()).count).toBe(4);
    expect(await findingsIn(data)).toEqual([]);
  });

  test('a backup that another program holds for a moment gets its name when it lets go, and says so when it does not', async () => {
    if (!library) return;
    const api = await start();
    const state = async () => (await api.call('GET', '/api/backups', { token: data.tokens.admin })).body as unknown as BackupsAnswer;
    const backUp = async () => {
      expect((await api.call('POST', '/api/backups', { token: data.tokens.admin, body: {} })).status).toBeLessThan(300);
      while ((await state()).running) await sleep(50);
      return state();
    };
    letFail('rename', '.zip.part', 'EBUSY', 3);
    expect(await backUp()).toMatchObject({ standing: { signal: 'green' }, newest: { state: 'good', isThere: true } });
    expect(existsSync(faults())).toBe(false);

    letFail('rename', '.zip.part', 'EPERM', 100);
    const { standing } = await backUp();
    expect(standing).toMatchObject({ signal: 'red', warnings: [{ kind: 'failed', refusal: { code: 'backup.fileHeld' } }] });
    rmSync(faults(), { force: true });
    expect(readdirSync(join(data.path, 'companies', 'test', 'backups'))).toHaveLength(1);
  });
});
