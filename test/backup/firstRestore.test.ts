import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArchiveFound, ArchiveInside, RestoreState } from '../../shared/contracts/restoring.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import type { Api } from '../support/server.ts';

const passphrase = '海上生明月天涯共此时';

const stateOf = async (api: Api): Promise<RestoreState> => (await api.call('GET', '/api/setup/restore')).body as unknown as RestoreState;

async function untilEnded(api: Api): Promise<RestoreState> {
  for (;;) {
    const state = await stateOf(api);
    if (state.phase !== 'loading') return state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.each(stores)('an empty server is given a backup of a company on $name', { timeout: 60_000 }, (kind) => {
  let home: DataFolder<number>;
  let archive: string;
  let empty: string;
  let server: RunningServer | null = null;

  beforeAll(async () => {
    home = await makeDataFolder(kind, {
      people: [],
      fill: async (office) => (await office.create('wang', 'customer', { name: '搬家的客户' })).id,
    });
    expect(await tradepost(home.path, ['backup'])).toMatchObject({ code: 0 });
    const folder = join(home.path, 'companies', 'test', 'backups');
    archive = join(folder, readdirSync(folder).find((name) => name.endsWith('.zip')) ?? 'none');
    empty = mkdtempSync(join(tmpdir(), 'tradepost-empty-'));
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    home?.remove();
    rmSync(empty, { recursive: true, force: true });
  });

  const open = async (): Promise<RunningServer> => {
    server = await startServer({ path: empty });
    return server;
  };
  const send = (api: Api, bytes: Buffer) =>
    api.call('POST', '/api/setup/restore/upload', { body: bytes, headers: { 'content-type': 'application/octet-stream' } });

  test('what was cut off on the way is refused before anything is touched', async () => {
    const api = await open();
    const sent = await send(api, readFileSync(archive).subarray(0, -1000));
    expect(sent.status).toBe(201);
    const { path } = sent.body as unknown as { path: string };
    for (const door of ['/api/setup/restore/look', '/api/setup/restore'])
      expect(await api.call('POST', door, { body: { path } })).toMatchObject({ body: { code: 'backup.damaged' } });
    expect(await api.call('POST', '/api/setup/restore/look', { body: { path: join(empty, 'nothing.zip') } })).toMatchObject({
      body: { code: 'backup.fileMissing' },
    });
    writeFileSync(join(empty, 'note_2026-11-22_+0800.zip'), '不是备份');
    expect(await api.call('POST', '/api/setup/restore/look', { body: { path: join(empty, 'note_2026-11-22_+0800.zip') } })).toMatchObject({
      body: { code: 'backup.notAnArchive' },
    });
    expect(await send(api, Buffer.alloc(0))).toMatchObject({ body: { code: 'backup.notAnArchive' } });
    expect((await api.call('GET', '/api/state')).body).toMatchObject({ setUp: false });
    await server?.stop();
  });

  test('it shows what is inside, restores it while one watches, and people sign in as ever; then the door is shut', async () => {
    const api = await open();
    const { path } = (await send(api, readFileSync(archive))).body as unknown as { path: string };
    const inside = (await api.call('POST', '/api/setup/restore/look', { body: { path } })).body as unknown as ArchiveInside;
    expect(inside).toMatchObject({ company: { code: 'test', name: '远航商贸' }, isEncrypted: false, files: { count: 0, missing: 0 } });
    expect(inside.rows).toBeGreaterThan(100);
    expect(await api.call('POST', '/api/setup/restore', { body: { path } })).toMatchObject({ status: 202, body: { phase: 'loading' } });
    expect(await api.call('POST', '/api/setup/restore', { body: { path } })).toMatchObject({ body: { code: 'restore.busy' } });
    expect(await untilEnded(api)).toMatchObject({ phase: 'done', refusal: null });
    const signedIn = await api.call('POST', '/api/sign-in', {
      body: { company: 'test', login: 'admin', password: 'correct horse battery' },
    });
    expect(signedIn.status).toBe(200);
    const { token } = signedIn.body as unknown as { token: string };
    const { body } = await api.call('POST', '/api/records/customer/list', { token, body: { fields: ['name'] } });
    expect(JSON.stringify(body)).toContain('搬家的客户');
    expect(existsSync(join(empty, 'incoming'))).toBe(false);
    for (const door of ['look', 'archives'])
      expect(await api.call('POST', `/api/setup/restore/${door}`, { body: door === 'look' ? { path } : {} })).toMatchObject({
        body: { code: 'setup.done' },
      });
    await server?.stop();
    expect(await tradepost(empty, ['prove'])).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
  });
});

test('killed before the decision it is still empty, killed behind it the company is there', { timeout: 60_000 }, async () => {
  const [sqlite] = stores;
  const home = await makeDataFolder(sqlite as (typeof stores)[number], { people: [], fill: async () => 0 });
  expect(await tradepost(home.path, ['backup'])).toMatchObject({ code: 0 });
  const folder = join(home.path, 'companies', 'test', 'backups');
  const path = join(folder, readdirSync(folder).find((name) => name.endsWith('.zip')) ?? 'none');
  const empty = mkdtempSync(join(tmpdir(), 'tradepost-empty-'));
  for (const [failpoint, isThere] of [
    ['restore-loaded', false],
    ['restore-decided', true],
  ] as const) {
    const server = await startServer({ path: empty }, failpoint);
    await server.call('POST', '/api/setup/restore', { body: { path } }).catch(() => undefined);
    expect(await server.ended()).toBe('SIGKILL');
    const again = await startServer({ path: empty });
    expect((await again.call('GET', '/api/state')).body).toMatchObject({ setUp: isThere });
    await again.stop();
  }
  home.remove();
  rmSync(empty, { recursive: true, force: true });
});

test('an encrypted backup in a folder the server knows is found, and opened by its passphrase alone', { timeout: 60_000 }, async () => {
  const [sqlite] = stores;
  const home = await makeDataFolder(sqlite as (typeof stores)[number], { people: [], fill: async () => 0 });
  writeFileSync(join(home.path, 'companies', 'test', 'backup.passphrase'), passphrase);
  expect(await tradepost(home.path, ['backup'])).toMatchObject({ code: 0 });
  const folder = join(home.path, 'companies', 'test', 'backups');
  const name = readdirSync(folder).find((one) => one.endsWith('.zip.enc')) ?? 'none';
  // The data folder of a machine that has lost its list of companies.
  const empty = mkdtempSync(join(tmpdir(), 'tradepost-empty-'));
  mkdirSync(join(empty, 'companies', 'old', 'backups'), { recursive: true });
  copyFileSync(join(folder, name), join(empty, 'companies', 'old', 'backups', name));
  copyFileSync(join(folder, name), join(empty, 'companies', 'old', 'backups', 'notes.zip'));
  const server = await startServer({ path: empty });
  try {
    const { archives } = (await server.call('POST', '/api/setup/restore/archives', { body: {} })).body as unknown as {
      archives: ArchiveFound[];
    };
    expect(archives.map((one) => one.name)).toEqual([name]);
    const look = (of: object) => server.call('POST', '/api/setup/restore/look', { body: { path: archives[0]?.path, ...of } });
    expect(await look({})).toMatchObject({ body: { code: 'backup.passphraseNeeded', facts: { company: 'test' } } });
    expect(await look({ passphrase: '海上生明月' })).toMatchObject({ body: { code: 'backup.wrongPassphrase' } });
    expect(await look({ passphrase })).toMatchObject({ status: 200, body: { isEncrypted: true } });
    await server.call('POST', '/api/setup/restore', { body: { path: archives[0]?.path, passphrase } });
    expect(await untilEnded(server)).toMatchObject({ phase: 'done' });
    truncateSync(archives[0]?.path ?? '', 10);
    expect(readFileSync(join(empty, 'companies', 'test', 'backup.passphrase'), 'utf8')).toBe(passphrase);
  } finally {
    await server.stop();
    home.remove();
    rmSync(empty, { recursive: true, force: true });
  }
});
