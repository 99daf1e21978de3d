import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import type { StorePlace } from '../../server/database/store.ts';
import { filesIn } from '../../server/tls/identityFiles.ts';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, makeDataFolder, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import type { Api } from '../support/server.ts';
import { type Confirmed, failAnywhere, lost, wrongWith, wrongWithServer } from './recorder/afterwards.ts';
import { RecordedDisk } from './recorder/disk.ts';
import { buildRecorder, confirm, readRecord, watched } from './recorder/record.ts';
import { openTrade } from './trade.ts';

const sqlite = stores.find(({ name }) => name === 'sqlite')!;
/** The long form turns this up. */
const moments = Number(process.env.TRADEPOST_POWER_CUTS ?? 7);
const seed = Number(process.env.TRADEPOST_SEED ?? Math.floor(Math.random() * 2 ** 31));

interface Shop {
  readonly customer: number;
  readonly pen: number;
  readonly warehouse: number;
}

describe(`when the power fails (seed ${seed})`, { timeout: 120_000 + moments * 15_000 }, () => {
  let tools: string;
  let library: string | null;
  let data: DataFolder<Shop>;
  let seller: number;

  beforeAll(async () => {
    console.log(`power cuts: TRADEPOST_SEED=${seed}`);
    tools = mkdtempSync(join(tmpdir(), 'tradepost-recorder-'));
    library = buildRecorder(tools);
    data = await makeDataFolder(sqlite, {
      people: ['wang'],
      fill: async (office) => {
        const { customer, pen, warehouse } = await openTrade(office, 1_000_000);
        return { customer, pen, warehouse };
      },
    });
    const [id] = (await beside(data, (store) => store.read((tx) => tx('users').where({ login: 'wang' }).pluck('id')))) as number[];
    seller = id!;
  });
  afterAll(() => {
    data.remove();
    rmSync(tools, { recursive: true, force: true });
  });

  /** Lets a program sell on a copy of the company, then the power fail at so many moments; gives what was wrong afterwards. */
  async function sellAndFail(synchronous: 'full' | 'normal', count: number): Promise<{ wrong: string[]; deeds: number; told: number }> {
    const folder = join(tools, synchronous);
    cpSync(join(data.path, 'companies', 'test'), folder, { recursive: true });
    const disk = new RecordedDisk(folder);
    const record = join(tools, `${synchronous}.record`);
    const task = {
      file: join(folder, 'company.sqlite'),
      folder,
      record,
      synchronous,
      sellers: 4,
      ordersEach: 12,
      seller,
      filled: data.filled,
    };
    const child = join(import.meta.dirname, 'recorder', 'sellingChild.ts');
    const { status, stderr } = spawnSync(process.execPath, [child, JSON.stringify(task)], {
      env: { ...process.env, ...watched(library!, { root: folder, file: record }) },
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    const deeds = readRecord(record);
    const wrong = await failAnywhere(disk, deeds, { moments: count, seed, check: wrongWith });
    return { wrong, deeds: deeds.length, told: deeds.filter(({ kind }) => kind === 'confirmed').length };
  }

  test('while people sell: what was confirmed is there, the rest is not there or whole', async () => {
    if (!library) return;
    const { wrong, told } = await sellAndFail('full', moments);
    expect(told).toBe(96);
    expect(wrong).toEqual([]);
  });

  test('a database that does not wait for the disk is found out: confirmed work is lost', async () => {
    if (!library) return;
    const { wrong } = await sellAndFail('normal', 4);
    expect(wrong.filter((text) => text.includes(lost)).length).toBeGreaterThan(0);
  });

  test('while a server is set up, makes its keys, takes files and writes a backup', async () => {
    if (!library) return;
    const folder = mkdtempSync(join(tools, 'server-'));
    const record = join(tools, 'server.record');
    const disk = new RecordedDisk(folder);
    const env = watched(library, { root: folder, file: record });
    const secure = await startServer({ path: folder }, undefined, ['--tls', 'on'], env);
    confirm(record, { root: readFileSync(filesIn(folder).root, 'utf8') });
    await secure.kill();
    const server = await startServer({ path: folder }, undefined, [], env);
    await setUpAndWork(server, (what) => confirm(record, what));
    await server.kill();
    const wrong = await failAnywhere(disk, readRecord(record), { moments, seed, check: wrongWithServer });
    expect(wrong).toEqual([]);
  });

  test('while a backup is restored: the old company is there or the new one, never a mix', async () => {
    if (!library) return;
    const folder = join(tools, 'restoring');
    cpSync(data.path, folder, { recursive: true });
    const place = { engine: 'sqlite', file: join(folder, 'companies', 'test', 'company.sqlite') } as const;
    expect((await tradepost(folder, ['backup', 'test'])).text).toContain('.zip');
    const [archive = ''] = readdirSync(join(folder, 'companies', 'test', 'backups'));
    await nameIt(place, data.filled.customer, '备份之后改的名字');
    const disk = new RecordedDisk(folder);
    const record = join(tools, 'restoring.record');
    const env = watched(library, { root: folder, file: record });
    const said = await tradepost(folder, ['restore', join(folder, 'companies', 'test', 'backups', archive), '--yes'], undefined, env);
    expect(said).toMatchObject({ code: 0 });
    confirm(record, { company: 'test' });

    const check = async (cut: string, confirmed: readonly Confirmed[]): Promise<readonly string[]> => {
      const wrong = await wrongWithServer(cut, [...confirmed, { company: 'test' }, { archive }]);
      const name = await nameIn({ ...place, file: join(cut, 'companies', 'test', 'company.sqlite') }, data.filled.customer);
      const may = confirmed.length > 0 ? [before] : [before, '备份之后改的名字'];
      return may.includes(name) ? wrong : [...wrong, `the customer is called ${name}`];
    };
    expect(await failAnywhere(disk, readRecord(record), { moments, seed, check })).toEqual([]);
  });
});

const before = '浙江宏远贸易有限公司';

/** A first day: the company is made, customers come, a file each, and a backup; everything that was answered is confirmed. */
async function setUpAndWork(server: Api, told: (what: Confirmed) => void): Promise<void> {
  const made = await server.call('POST', '/api/setup', {
    body: {
      company: { name: '远航商贸', code: 'test' },
      administrator: { login: 'admin', name: '陈会', password: 'Power-cut-2026' },
      language: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      taxRate: 130_000,
      content: 'empty',
    },
  });
  expect(made.status, made.text).toBe(201);
  told({ company: 'test' });
  const token = String(made.body.token);
  const ask = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const reply = await server.call(body === undefined ? 'GET' : 'POST', path, { token, key: randomUUID(), body, headers });
    expect(reply.status, reply.text).toBeLessThan(300);
    return reply.body as Record<string, unknown>;
  };
  for (let count = 0; count < 4; count += 1) {
    const { id, version } = await ask('/api/records/customer', { values: { name: `客户 ${count}` } });
    told({ table: 'customers', id: Number(id), version: Number(version) });
    const headers = { 'x-file-name': `${count}.txt`, 'content-type': 'application/octet-stream' };
    const file = await ask('/api/files', `${count}-${'文件'.repeat(3000)}`, headers);
    told({ table: 'files', id: Number(file.id) });
  }
  await ask('/api/backups', {});
  for (;;) {
    const { running, newest } = (await ask('/api/backups')) as { running: unknown; newest: { name: string; state: string } | null };
    if (newest?.state === 'good') return told({ archive: newest.name });
    expect(running).not.toBe(null);
    await sleep(50);
  }
}

async function nameIt(place: StorePlace, id: number, name: string): Promise<void> {
  const store = await openStore(place);
  await store.write((tx) => tx('customers').where({ id }).update({ name }));
  await store.close();
}

async function nameIn(place: StorePlace, id: number): Promise<string> {
  const store = await openStore(place);
  try {
    return String((await store.read((tx) => tx('customers').where({ id }).first('name'))).name);
  } finally {
    await store.close();
  }
}
