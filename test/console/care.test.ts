import { execFile } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, startServer } from '../support/childServer.ts';

const cli = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));

const tradepost = (data: string, ...words: string[]): Promise<{ code: number; text: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...words, '--data', data], (fault, out, err) => {
      resolve({ code: Number((fault as { code?: number } | null)?.code ?? 0), text: out + err });
    });
  });

/** What the doctor found bad or doubtful, without what is well. */
const complaints = (text: string): string[] => text.split('\n').filter((line) => /^[✗!]/.test(line));

describe.each(stores)('care for a company on $name', { timeout: 60_000 }, (kind) => {
  let home: DataFolder<number>;
  beforeAll(async () => {
    home = await makeDataFolder(kind, {
      people: [],
      fill: async (office) => (await office.create('wang', 'customer', { name: '体检商行' })).id,
    });
  }, 120_000);
  afterAll(() => home?.remove());

  const write = async (sql: string, bindings: (string | number)[]): Promise<void> => {
    const store = await openStore(home.place);
    await store.write((tx) => tx.raw(sql, bindings));
    await store.close();
  };

  test('beside a running server everything is looked at, and the console tells where it runs', async () => {
    const server = await startServer(home);
    try {
      const status = await tradepost(home.path, 'status');
      expect(status).toMatchObject({ code: 0, text: expect.stringContaining(`pid ${server.process.pid}`) });
      expect(status.text).toContain('远航商贸');
      const { code, text } = await tradepost(home.path, 'doctor');
      expect(text).toContain('the server answers');
      expect(text).toContain('the database is whole');
      expect(text).toContain('all files are there: 0');
      expect(complaints(text).filter((line) => !line.includes('room left'))).toEqual([expect.stringContaining('no backup yet')]);
      expect(code).toBe(0);
      expect(await tradepost(home.path, 'setup-code')).toMatchObject({ code: 1, text: expect.stringContaining('done') });
    } finally {
      await server.kill();
    }
    expect(await tradepost(home.path, 'status')).toMatchObject({ code: 3, text: expect.stringContaining('not running') });
  });

  test('a door that another program has, and a proven backup that has grown old, are named with what to do', async () => {
    await write(
      `insert into backups (day, kind, name, state, bytes, rows, files, started_at, finished_at) values (?, 'daily', ?, 'good', 1, 1, 0, ?, ?)`,
      ['2026-01-05', 'test_2026-01-05_+0800.zip', '2026-01-04T18:00:00.000Z', '2026-01-04T18:01:00.000Z'],
    );
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as { port: number };
    const { code, text } = await tradepost(home.path, 'doctor', '--port', String(port));
    await new Promise((resolve) => other.close(resolve));
    expect(code).toBe(1);
    expect(text).toMatch(new RegExp(`✗ .*another program has port ${port}\\n {4}→ .*server\\.conf`));
    expect(text).toMatch(/✗ .*newest proven backup: 2026-01-04T18:01:00\.000Z .*\n {4}→ .*tradepost backup/);
  });

  test('bytes that the disk has lost and a clock that went back are found', async () => {
    await write('insert into files (hash, name, media_type, size, created_at, created_by) values (?, ?, ?, ?, ?, ?)', [
      'a'.repeat(64),
      '合同.pdf',
      'application/pdf',
      10,
      '2026-01-05T00:00:00.000Z',
      1,
    ]);
    const text = 'insert into audit (seq, at, actor, action, type, record_id, previous_hash, hash) values (?, ?, 1, ?, ?, 1, ?, ?)';
    await write(text, [1_000_000, '2099-01-01T00:00:00.000Z', 'change', 'customer', 'x', 'y']);
    const said = await tradepost(home.path, 'doctor');
    expect(said.text).toMatch(/✗ .*files are missing: 1 \(合同\.pdf\)\n {4}→ .*restore/);
    expect(said.text).toMatch(/✗ .*the clock is behind: .*2099-01-01.*\n {4}→ .*set the clock/);
  });

  test('a database that is damaged or gone is told apart from one that is well', async () => {
    if (home.place.engine === 'postgres') {
      await write(`update pg_index set indisvalid = false where indexrelid = 'backups_day'::regclass`, []);
      expect((await tradepost(home.path, 'doctor')).text).toContain('index backups_day is not valid');
      return;
    }
    const file = openSync(home.place.file, 'r+');
    // Whole pages in the middle, as a dying disk loses them.
    writeSync(file, Buffer.alloc(64 * 4096, 0x55), 0, 64 * 4096, Math.floor(statSync(home.place.file).size / 2 / 4096) * 4096);
    closeSync(file);
    const damaged = await tradepost(home.path, 'doctor');
    expect(damaged.code).toBe(1);
    expect(damaged.text).toMatch(/✗ .*(the database is damaged|the database cannot be read).*\n {4}→ .*tradepost restore/);
    rmSync(home.place.file);
    expect((await tradepost(home.path, 'doctor')).text).toContain('no database file');
  });
});

test('a new server tells its set-up code to the console of its machine only, and only until it is set up', {
  timeout: 60_000,
}, async () => {
  const path = mkdtempSync(join(tmpdir(), 'tradepost-new-'));
  const server = await startServer({ path });
  try {
    const { code, text } = await tradepost(path, 'setup-code');
    expect({ code, text }).toEqual({ code: 0, text: expect.stringMatching(/^[2-9A-Z]{10}\n$/) });
    const [name = ''] = readdirSync(join(path, 'running'));
    expect(statSync(join(path, 'running', name)).mode & 0o077).toBe(0);
    expect((await tradepost(path, 'doctor')).text).toContain('no company yet');
  } finally {
    await server.stop();
  }
  expect(await tradepost(path, 'setup-code')).toMatchObject({ code: 1, text: expect.stringContaining('not running') });
  rmSync(path, { recursive: true });
  expect(await tradepost(path, 'doctor')).toMatchObject({ code: 1, text: expect.stringContaining('no data folder') });
});
