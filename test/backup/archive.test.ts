import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDatabase, loadFiles } from '../../server/backup/loadBackup.ts';
import type { Manifest } from '../../server/backup/manifest.ts';
import { proveBackup } from '../../server/backup/proveBackup.ts';
import { openArchive } from '../../server/backup/readArchive.ts';
import { writeArchive } from '../../server/backup/writeArchive.ts';
import { writeBackup } from '../../server/backup/writeBackup.ts';
import { storeBytes } from '../../server/features/files/disk.ts';
import { proveCompany } from '../../server/features/proveCompany.ts';
import type { Company } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import { officeOf, stores } from '../scenarios/office.ts';
import { openShop, piece, type Shop, yuan } from '../trade/shop.ts';
import { headOf } from './manifestHead.ts';

const seed = Number(process.env.TRADEPOST_SEED ?? 20261122);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradepost-backup-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sourceOf = (company: Company) => ({
  store: company.store,
  folder: company.folder,
  company: { code: company.code, name: company.name, timeZone: company.timeZone },
  version: '0.1.0',
});
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (refused: Refusal) => refused.code ?? String(refused),
  );

describe.each(stores)('a company on $name in one file', (kind) => {
  let shop: Shop;
  let path: string;
  let manifest: Manifest;
  let hash: string;
  beforeAll(async () => {
    shop = await openShop(kind);
    const order = await shop.order([{ item: shop.pen.id, quantity: 7 * piece, grossPrice: 11_300_000 }]);
    await shop.ship(order, 3 * piece);
    await shop.pay(order, 30 * yuan);
    const { company } = shop.office;
    hash = await storeBytes(company, Buffer.from('a drawing of a pen'));
    await shop.office.work('admin', (work) =>
      work.tx('files').insert({ hash, size: 18, media_type: 'text/plain', name: '图纸.txt', created_at: work.now, created_by: 1 }),
    );
    path = join(folder, `${kind.name}.zip`);
    manifest = await writeBackup(sourceOf(company), path);
  });
  afterAll(() => shop?.office.close());

  test('holds every row of every table but those that must not come alive again', async () => {
    const rows = new Map(manifest.tables.map((table) => [table.name, table.rows]));
    expect(rows.get('moves')).toBe(await countOf(shop.office.company, 'moves'));
    expect(rows.get('sales_orders')).toBe(1);
    expect(rows.has('sessions')).toBe(false);
    expect(manifest.files).toEqual({ count: 1, bytes: 18, missing: [] });
    expect(manifest.auditHead?.seq).toBe(await countOf(shop.office.company, 'audit'));
    expect(manifest.engine).toBe(kind.name);
    expect(await readdir(folder)).not.toContain(`${kind.name}.zip.part`);
  });

  test('is proven by restoring it: counts, ledgers, flows and the audit chain', async () => {
    const told: { done: number; all: number }[] = [];
    expect((await proveBackup(path, { catalogue, scratch: folder, progress: (so) => told.push(so) })).findings).toEqual([]);
    // Whoever waits sees that it goes on, while rows are loaded and long after.
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(told.at(-1)?.done).toBe(told.at(-1)?.all);
    const [half] = told.filter(({ done, all }) => 2 * done >= all);
    expect(told.filter(({ done }) => done > (half?.done ?? 0)).length).toBeGreaterThan(20);
    expect((await readdir(folder)).filter((name) => name.startsWith('proving'))).toEqual([]);
  });

  test.each(stores)('comes alive on $name with the same figures, and people go on where they were', async (target) => {
    const store = await target.open();
    const home = mkdtempSync(join(folder, 'home-'));
    const archive = await openArchive(path);
    await loadDatabase(store, archive, { catalogue });
    await loadFiles(home, archive);
    archive.close();
    const company: Company = { ...shop.office.company, store, folder: home };
    const office = officeOf(company, [], home);
    try {
      expect(await tablesText(company)).toEqual(await tablesText(shop.office.company));
      expect(await proveCompany(company)).toEqual([]);
      expect(readFileSync(join(home, 'files', hash.slice(0, 2), hash), 'utf8')).toBe('a drawing of a pen');
      // Ids and numbers go on behind the last ones given, words are found again.
      const lastOrder = await highest(shop.office.company, 'sales_orders');
      const lines = [{ item: shop.book.id, quantity: piece, warehouse: shop.warehouse }];
      const next = await office.create('wang', 'salesOrder', { customer: shop.customer.id }, { lines });
      expect(next.id).toBeGreaterThan(lastOrder);
      expect(next.values.number).not.toBe((await office.read('wang', 'salesOrder', lastOrder)).values.number);
      expect(await found(company, 'customers', 'whongyuan')).toEqual(await found(shop.office.company, 'customers', 'whongyuan'));
    } finally {
      await office.close();
    }
  });
});

describe('an archive that is not as it was written', () => {
  let path: string;
  let bytes: Buffer;
  beforeAll(async () => {
    path = join(folder, 'small.zip');
    await writeArchive(path, async (entries) => {
      await entries.add('schema.txt', () => pieces('table things\n  id integer, name text'));
      await entries.add('files/ab/x', () => pieces('a stored entry that zip readers do not check'.repeat(20)), true);
      return headOf();
    });
    bytes = readFileSync(path);
  });

  test('is refused when it was cut at any length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        const cut = join(folder, 'cut.zip');
        copyFileSync(path, cut);
        truncateSync(cut, length);
        expect(await codeOf(openArchive(cut))).toMatch(/^backup\.(damaged|notAnArchive)$/);
      }),
      { numRuns: 200, seed },
    );
  });

  test('is refused when a single bit of it differs, wherever that is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), async (bit) => {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8((flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
        const other = join(folder, 'flipped.zip');
        writeFileSync(other, flipped);
        expect(await codeOf(openArchive(other))).toMatch(/^backup\.(damaged|notAnArchive)$/);
      }),
      { numRuns: 500, seed },
    );
  });

  test('is refused when it is empty, no zip at all, or the zip of another program', async () => {
    const other = join(folder, 'other.zip');
    for (const content of ['', 'hello', bytes.subarray(0, bytes.length - 74)]) {
      writeFileSync(other, content);
      expect(await codeOf(openArchive(other))).toMatch(/^backup\.(damaged|notAnArchive)$/);
    }
    await writeArchive(other, async () => ({ ...headOf(), product: 'other' as 'tradepost' }));
    expect(await codeOf(openArchive(other))).toBe('backup.notAnArchive');
  });

  test('is refused when a later program wrote it, with both versions in the answer', async () => {
    const later = join(folder, 'later.zip');
    await writeArchive(later, async () => ({ ...headOf(), format: 2 }));
    await expect(openArchive(later)).rejects.toMatchObject({ code: 'backup.newer', facts: { found: 2, known: 1 } });
    await writeArchive(later, async (entries) => {
      await entries.add('schema.txt', () => pieces(''));
      return { ...headOf(), schema: 9999 };
    });
    const archive = await openArchive(later);
    const store = await (stores[0] as (typeof stores)[number]).open();
    expect(await codeOf(loadDatabase(store, archive, { catalogue }))).toBe('database.newer');
    archive.close();
    await store.close();
  });

  test('is not there at all when the writing broke off', async () => {
    const broken = join(folder, 'broken.zip');
    const writing = writeArchive(broken, async (entries) => {
      await entries.add('schema.txt', () => pieces('x'));
      await entries.add('data/a.ndjson', breakingOff);
      return headOf();
    });
    await expect(writing).rejects.toThrow('the table broke off');
    const stopped = new AbortController();
    const cancelled = writeArchive(
      broken,
      async (entries) => {
        stopped.abort();
        await entries.add('schema.txt', () => pieces('x'));
        return headOf();
      },
      { signal: stopped.signal },
    );
    await expect(cancelled).rejects.toThrow('aborted');
    expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([]);
  });
});

async function* pieces(text: string): AsyncIterable<string> {
  yield text;
}

async function* breakingOff(): AsyncIterable<string> {
  yield 'the first line';
  throw new Error('the table broke off');
}

const countOf = (company: Company, table: string): Promise<number> =>
  company.store.read(async (tx) => Number(((await tx(table).count({ rows: '*' }).first()) as { rows: number }).rows));

const highest = (company: Company, table: string): Promise<number> =>
  company.store.read(async (tx) => Number(((await tx(table).max({ id: 'id' }).first()) as { id: number }).id));

const found = (company: Company, table: string, token: string): Promise<unknown> =>
  company.store.read((tx) => company.store.dialect.matching(tx, table, [[{ token, prefix: true }]]));

/** All rows of all tables but those that are left out. */
const tablesText = (company: Company): Promise<Record<string, string>> =>
  company.store.read(async (tx) => {
    const texts: Record<string, string> = {};
    for (const { name, primaryKey } of await company.store.dialect.readTables(tx)) {
      if (['sessions', 'tickets', 'throttles', 'device_challenges', 'job_runs'].includes(name)) continue;
      texts[name] = JSON.stringify(await tx(name).orderBy([...primaryKey]));
    }
    return texts;
  });
