import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchiveFile } from '../../server/backup/archiveFile.ts';
import { backUp, backupFolderOf } from '../../server/backup/backUp.ts';
import type { Lock } from '../../server/backup/lock.ts';
import { proveBackup } from '../../server/backup/proveBackup.ts';
import { openArchive } from '../../server/backup/readArchive.ts';
import { writeArchive } from '../../server/backup/writeArchive.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { BackupsAnswer } from '../../shared/contracts/backups.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import { stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { openShop, type Shop } from '../trade/shop.ts';
import { headOf } from './manifestHead.ts';

const seed = Number(process.env.TRADEPOST_SEED ?? 20261122);
const passphrase = '海上生明月 tian-ya-7';
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code ?? String(refused),
  );
const damaged = /^backup\.(damaged|notAnArchive)$/;

describe('an archive under a passphrase', () => {
  // The cheapest key there is: guessing is not what is tried here.
  const lock: Lock = { passphrase, company: 'test', day: '2026-11-22', cost: 1 << 10 };
  const chunk = (1 << 16) + 16;
  let folder: string;
  let bytes: Buffer;
  let chunksAt: number;
  const written = (content: Uint8Array, name = 'other.zip.enc'): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const opening = async (path: string, given: string | undefined = passphrase) => {
    const archive = await openArchive(path, given);
    archive.close();
  };
  /** Reads the chunks alone: the lock finds out by itself what the seal inside would tell as well. */
  const unlocking = async (path: string) => {
    const file = await openArchiveFile(path, passphrase);
    try {
      for await (const _piece of file.read(0, file.size));
    } finally {
      await file.close();
    }
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-locked-'));
    const path = join(folder, 'locked.zip.enc');
    const noise = randomBytes(250_000);
    await writeArchive(
      path,
      async (entries) => {
        await entries.add('schema.txt', () => pieces('table things\n  id integer, name text'));
        await entries.add('files/ab/x', () => pieces(noise), true);
        return headOf();
      },
      { lock },
    );
    bytes = readFileSync(path);
    // Two lines of text, then two sums.
    chunksAt = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1 + 64;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('reads as it was written, and says of itself only product, format, company, day and how it is encrypted', async () => {
    const archive = await openArchive(join(folder, 'locked.zip.enc'), passphrase);
    const read: Buffer[] = [];
    for await (const piece of archive.read('schema.txt')) read.push(piece);
    archive.close();
    expect(Buffer.concat(read).toString()).toBe('table things\n  id integer, name text');
    expect(archive).toMatchObject({ isEncrypted: true, manifest: { company: { name: '远航商贸' } } });
    const head = JSON.parse(bytes.subarray(bytes.indexOf('\n'), chunksAt - 64).toString()) as Record<string, unknown>;
    expect(Object.keys(head).sort()).toEqual(['company', 'day', 'encrypted', 'format', 'product']);
    for (const secret of ['PK\u0003\u0004', 'schema.txt', '远航商贸', passphrase]) expect(bytes.includes(secret)).toBe(false);
  });

  test('is refused without its passphrase and under a wrong one, and both say which backup it is', async () => {
    const path = join(folder, 'locked.zip.enc');
    const facts = { company: 'test', day: '2026-11-22' };
    await expect(openArchive(path)).rejects.toMatchObject({ code: 'backup.passphraseNeeded', facts });
    for (const wrong of ['', `${passphrase} `, passphrase.toUpperCase()])
      await expect(opening(path, wrong)).rejects.toMatchObject({ code: 'backup.wrongPassphrase', facts });
    // The same letters typed on another system.
    const accented = join(folder, 'accented.zip.enc');
    await writeArchive(accented, async () => headOf(), { lock: { ...lock, passphrase: 'caf\u00e9 sous la pluie' } });
    expect(await codeOf(opening(accented, 'cafe\u0301 sous la pluie'))).toBe('ok');
  });

  test('is refused when it was cut at any length, between two chunks too', async () => {
    const between = [0, 1, 2, 3].map((number) => chunksAt + number * chunk);
    for (const length of between) expect(await codeOf(unlocking(written(bytes.subarray(0, length))))).toBe('backup.damaged');
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.integer({ min: 0, max: bytes.length - 1 }), fc.constantFrom(...between)), async (length) => {
        expect(await codeOf(opening(written(bytes.subarray(0, length))))).toMatch(damaged);
      }),
      { numRuns: 200, seed },
    );
  });

  test('is refused when a single bit of it differs, wherever that is', async () => {
    const anywhere = fc.integer({ min: 0, max: bytes.length * 8 - 1 });
    const inHead = fc.integer({ min: 0, max: chunksAt * 8 - 1 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(anywhere, inHead), async (bit) => {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8((flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
        expect(await codeOf(opening(written(flipped)))).toMatch(damaged);
      }),
      { numRuns: 500, seed },
    );
  });

  test('is refused when chunks were moved, left out, doubled, or taken from another archive under the same passphrase', async () => {
    const at = (number: number) => bytes.subarray(chunksAt + number * chunk, chunksAt + (number + 1) * chunk);
    const [head, rest] = [bytes.subarray(0, chunksAt), bytes.subarray(chunksAt + 3 * chunk)];
    const twin = join(folder, 'twin.zip.enc');
    await writeArchive(twin, async () => headOf(), { lock });
    const foreign = readFileSync(twin).subarray(chunksAt);
    for (const made of [
      [head, at(1), at(0), at(2), rest],
      [head, at(0), at(2), rest],
      [head, at(0), at(0), at(1), at(2), rest],
      [bytes, rest],
      [head, foreign],
    ]) {
      expect(await codeOf(opening(written(Buffer.concat(made))))).toMatch(damaged);
      expect(await codeOf(unlocking(written(Buffer.concat(made))))).toBe('backup.damaged');
    }
  });
});

describe.each(stores)('the passphrase of a company on $name', (kind) => {
  let shop: Shop;
  let doors: Doors;
  let token: string;
  beforeAll(async () => {
    shop = await openShop(kind);
    mkdirSync(backupFolderOf(shop.office.company));
    doors = await openDoors(shop.office);
    token = await doors.enter('admin');
  });
  afterAll(async () => {
    await doors.close();
    await shop.office.close();
  });
  const set = (wanted: string, who = token) => doors.call('PUT', '/api/backups/passphrase', { token: who, body: { passphrase: wanted } });
  const state = async () => (await doors.call('GET', '/api/backups', { token })).body as unknown as BackupsAnswer;
  const kept = () => join(shop.office.company.folder, 'backup.passphrase');

  test('is set by who keeps the backups, and long enough', async () => {
    expect((await set(passphrase, await doors.enter('wang'))).body.code).toBe('access.denied');
    expect((await set('too short')).body).toMatchObject({ code: 'backup.passphraseShort', facts: { min: 10 } });
    expect((await state()).encryption).toBe('none');
    expect((await set(passphrase)).body).toMatchObject({ encryption: 'on' });
    expect(statSync(kept()).mode & 0o777).toBe(0o600);
  });

  test('encrypts every backup, which is proven as ever', async () => {
    const { path, name } = await backUp(shop.office.company, { kind: 'manual' });
    expect(name).toMatch(/\.zip\.enc$/);
    expect((await state()).newest).toMatchObject({ state: 'good', isEncrypted: true });
    const scratch = mkdtempSync(join(tmpdir(), 'tradepost-scratch-'));
    expect(await codeOf(proveBackup(path, { catalogue, scratch }))).toBe('backup.passphraseNeeded');
    expect((await proveBackup(path, { catalogue, scratch, passphrase })).findings).toEqual([]);
    rmSync(scratch, { recursive: true });
  });

  test('stands in no table, no answer, no log and no archive', async () => {
    const { company } = shop.office;
    const text = await company.store.read(async (tx) => {
      const texts: string[] = [];
      for (const { name } of await company.store.dialect.readTables(tx)) texts.push(JSON.stringify(await tx(name)));
      return texts.join('\n');
    });
    const said = JSON.stringify([doors.logged, await state(), (await doors.call('GET', '/api/settings', { token })).body]);
    for (const place of [text, said]) expect(place.includes('海上生明月')).toBe(false);
    const archive = await openArchive(join(backupFolderOf(company), readdirSync(backupFolderOf(company))[0] ?? ''), passphrase);
    const names = archive.manifest.entries.map((entry) => entry.name);
    archive.close();
    expect(names.filter((name) => name.includes('passphrase'))).toEqual([]);
    expect(text).toContain('backup.encrypted');
  });

  test('that has gone from the server stops the backups rather than writing one that everybody can read', async () => {
    rmSync(kept());
    expect((await state()).encryption).toBe('lost');
    expect(await codeOf(backUp(shop.office.company, { kind: 'manual' }))).toBe('backup.passphraseLost');
    expect((await state()).standing).toMatchObject({ signal: 'red', warnings: [{ refusal: { code: 'backup.passphraseLost' } }] });
  });

  test('is ended by who keeps the backups: the next one can be read again', async () => {
    await set(passphrase);
    expect((await set('')).body).toMatchObject({ encryption: 'none' });
    expect(readdirSync(shop.office.company.folder)).not.toContain('backup.passphrase');
    expect((await backUp(shop.office.company, { kind: 'manual' })).name).toMatch(/\.zip$/);
  });
});

async function* pieces(content: string | Uint8Array): AsyncIterable<string | Uint8Array> {
  yield content;
}
