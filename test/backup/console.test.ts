import { copyFileSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../server/database/openStore.ts';
import type { StorePlace } from '../../server/database/store.ts';
import type { Failpoint } from '../../server/failpoints.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import { newPostgresDatabase } from '../support/postgresDatabase.ts';

// Every word to the console starts a program of its own.
describe.each(stores)('the console, with a company on $name', { timeout: 120_000 }, (kind) => {
  let home: DataFolder<number>;
  let archive: string;
  beforeAll(async () => {
    home = await makeDataFolder(kind, {
      people: [],
      fill: async (office) => (await office.create('wang', 'customer', { name: '备份之前的客户' })).id,
    });
    const said = await tradepost(home.path, ['backup']);
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
    archive = join(home.path, 'companies', 'test', 'backups', backupsIn(home.path)[0] ?? '');
    await setName(home.place, home.filled, '备份之后改的名字');
  }, 120_000);
  afterAll(() => home?.remove());

  test('tells what a backup holds and that it is whole, and changes nothing', async () => {
    const said = await tradepost(home.path, ['verify', archive]);
    expect(said.code).toBe(0);
    expect(said.text).toContain('远航商贸');
    expect(said.text).toContain('whole and proven');
    expect(await nameOf(home.place, home.filled)).toBe('备份之后改的名字');
  });

  test('refuses a backup that was cut off, and touches nothing', async () => {
    const cut = join(home.path, 'cut.zip');
    copyFileSync(archive, cut);
    truncateSync(cut, 100_000);
    const before = readdirSync(join(home.path, 'companies'));
    expect(await tradepost(home.path, ['restore', cut, '--yes'])).toMatchObject({
      code: 1,
      text: expect.stringContaining('backup.damaged'),
    });
    expect(readdirSync(join(home.path, 'companies'))).toEqual(before);
    expect(await nameOf(home.place, home.filled)).toBe('备份之后改的名字');
  });

  test('asks before it restores, and does nothing without a yes', async () => {
    expect(await tradepost(home.path, ['restore', archive])).toMatchObject({ code: 2, text: expect.stringContaining('[y/N]') });
    expect(await nameOf(home.place, home.filled)).toBe('备份之后改的名字');
  });

  test.each<[Failpoint, 'old' | 'new']>([
    ['restore-loaded', 'old'],
    ['restore-decided', 'new'],
    ['restore-put-aside', 'new'],
    ['restore-in-place', 'new'],
    ['restore-named', 'new'],
  ])('killed at %s: the next start finds the %s company, whole', async (failpoint, wanted) => {
    const other = await makeDataFolder(kind, {
      people: [],
      fill: async (office) => (await office.create('wang', 'customer', { name: '旧客户' })).id,
    });
    try {
      const engine = other.place.engine === 'postgres' ? ['--engine', 'postgres', '--url', other.place.url] : [];
      expect(await tradepost(other.path, ['restore', archive, '--yes', ...engine], failpoint)).toMatchObject({ signal: 'SIGKILL' });
      expect(await tradepost(other.path, ['prove'])).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
      expect(await nameOf(other.place, other.filled)).toBe(wanted === 'old' ? '旧客户' : '备份之前的客户');
      const names = readdirSync(other.path);
      expect(names).not.toContain('restore.json');
      expect(readdirSync(join(other.path, 'companies')).filter((name) => name.endsWith('.restoring'))).toEqual([]);
    } finally {
      other.remove();
    }
  });

  test.each(stores)('restores on an empty machine into $name, from one file', async (target) => {
    const path = mkdtempSync(join(tmpdir(), 'tradepost-empty-'));
    const url = target.name === 'postgres' ? await newPostgresDatabase() : null;
    const said = await tradepost(path, ['restore', archive, '--yes', ...(url ? ['--engine', 'postgres', '--url', url] : [])]);
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('restored') });
    expect((await tradepost(path, ['company', 'list'])).text).toBe(`test\t远航商贸\t${target.name}\n`);
    expect((await tradepost(path, ['prove'])).code).toBe(0);
    rmSync(path, { recursive: true, force: true });
  });

  test('makes a practice company out of a backup, beside the one it was taken from', async () => {
    expect(await tradepost(home.path, ['restore', archive, '--yes', '--company', 'practice'])).toMatchObject({ code: 0 });
    expect((await tradepost(home.path, ['company', 'list'])).text.split('\n').map((line) => line.split('\t')[0])).toEqual([
      'test',
      'practice',
      '',
    ]);
    expect(await nameOf(home.place, home.filled)).toBe('备份之后改的名字');
  });

  test('keeps what it replaces, leaves the backups with the company, and is refused while a server runs', async () => {
    const engine = home.place.engine === 'postgres' ? ['--engine', 'postgres', '--url', home.place.url] : [];
    if (home.place.engine === 'sqlite') {
      const running = await openStore(home.place);
      expect(await tradepost(home.path, ['restore', archive, '--yes'])).toMatchObject({
        code: 1,
        text: expect.stringContaining('database.inUse'),
      });
      await running.close();
    }
    expect(await tradepost(home.path, ['restore', archive, '--yes', ...engine])).toMatchObject({ code: 0 });
    expect(await nameOf(home.place, home.filled)).toBe('备份之前的客户');
    expect(backupsIn(home.path)).toHaveLength(1);
    const kept = readdirSync(join(home.path, 'companies')).find((name) => name.startsWith('test.replaced_')) ?? '';
    const place: StorePlace =
      home.place.engine === 'sqlite'
        ? { engine: 'sqlite', file: join(home.path, 'companies', kept, 'company.sqlite') }
        : { ...home.place, schema: `company_test_${kept.replace('test.', '')}` };
    expect(await nameOf(place, home.filled)).toBe('备份之后改的名字');
  });
});

const backupsIn = (data: string): string[] => readdirSync(join(data, 'companies', 'test', 'backups'));

async function nameOf(place: StorePlace, id: number): Promise<unknown> {
  const store = await openStore(place);
  try {
    return (await store.read((tx) => tx('customers').where({ id }).first('name'))).name;
  } finally {
    await store.close();
  }
}

async function setName(place: StorePlace, id: number, name: string): Promise<void> {
  const store = await openStore(place);
  try {
    await store.write((tx) => tx('customers').where({ id }).update({ name }));
  } finally {
    await store.close();
  }
}
