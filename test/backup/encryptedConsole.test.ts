import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';

const slow = { timeout: 120_000 };

describe.each(stores)('the console and the encrypted backup of a company on $name', (kind) => {
  let home: DataFolder<number>;
  let archive: string;
  let right: string;
  let wrong: string;
  const companyIn = (data: string) => join(data, 'companies', 'test');
  const keptIn = (data: string) => readFileSync(join(companyIn(data), 'backup.passphrase'), 'utf8');
  beforeAll(async () => {
    home = await makeDataFolder(kind, {
      people: [],
      fill: async (office) => (await office.create('wang', 'customer', { name: '加密之前的客户' })).id,
    });
    writeFileSync(join(companyIn(home.path), 'backup.passphrase'), 'first passphrase', { mode: 0o600 });
    right = join(home.path, 'right.txt');
    wrong = join(home.path, 'wrong.txt');
    writeFileSync(right, 'first passphrase\r\n');
    writeFileSync(wrong, 'other passphrase\n');
    expect(await tradepost(home.path, ['backup'])).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
    archive = join(companyIn(home.path), 'backups', readdirSync(join(companyIn(home.path), 'backups'))[0] ?? '');
    expect(archive).toMatch(/\.zip\.enc$/);
  }, 120_000);
  afterAll(() => home?.remove());

  test('neither verify nor restore goes on without the passphrase or with another, and nothing is touched', slow, async () => {
    const empty = mkdtempSync(join(tmpdir(), 'tradepost-empty-'));
    for (const words of [
      ['verify', archive],
      ['restore', archive, '--yes'],
    ]) {
      expect(await tradepost(empty, words)).toMatchObject({ code: 1, text: expect.stringContaining('backup.passphraseNeeded') });
      const refused = await tradepost(empty, [...words, '--passphrase-file', wrong]);
      expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('backup.wrongPassphrase') });
    }
    expect(readdirSync(empty)).toEqual([]);
    rmSync(empty, { recursive: true });
  });

  test('verify proves it with the passphrase', slow, async () => {
    const said = await tradepost(home.path, ['verify', archive, '--passphrase-file', right]);
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('whole and proven') });
  });

  test('restored on an empty machine, the company goes on under its passphrase', slow, async () => {
    const empty = mkdtempSync(join(tmpdir(), 'tradepost-empty-'));
    expect(await tradepost(empty, ['restore', archive, '--yes', '--passphrase-file', right])).toMatchObject({ code: 0 });
    expect(keptIn(empty)).toBe('first passphrase');
    expect(statSync(join(companyIn(empty), 'backup.passphrase')).mode & 0o777).toBe(0o600);
    expect((await tradepost(empty, ['prove'])).code).toBe(0);
    rmSync(empty, { recursive: true });
  });

  test('restored where the passphrase has changed since, the newer one stays', slow, async () => {
    writeFileSync(join(companyIn(home.path), 'backup.passphrase'), 'second passphrase', { mode: 0o600 });
    const engine = home.place.engine === 'postgres' ? ['--engine', 'postgres', '--url', home.place.url] : [];
    expect(await tradepost(home.path, ['restore', archive, '--yes', '--passphrase-file', right, ...engine])).toMatchObject({ code: 0 });
    expect(keptIn(home.path)).toBe('second passphrase');
    expect(readdirSync(join(companyIn(home.path), 'backups'))).toHaveLength(1);
  });
});
