import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openArchive } from '../../../server/backup/readArchive.ts';
import { openStore } from '../../../server/database/openStore.ts';
import type { Store, StorePlace } from '../../../server/database/store.ts';
import { proveCompany } from '../../../server/features/proveCompany.ts';
import { Companies } from '../../../server/start/companies.ts';
import { filesIn } from '../../../server/tls/identityFiles.ts';
import { findCertificates } from '../../../server/tls/keep.ts';
import { catalogue } from '../../../shared/catalogue.ts';
import { randomFrom } from '../trade.ts';
import { cuts, type RecordedDisk } from './disk.ts';
import type { Deed } from './record.ts';

/** What was said to somebody before the power failed. */
export type Confirmed =
  | { readonly table: string; readonly id: number; readonly version?: number }
  | { readonly archive: string }
  | { readonly root: string }
  | { readonly company: string };

export interface Cutting {
  /** How many moments of the record are looked at, each in all the ways in which the power can fail. */
  readonly moments: number;
  readonly seed: number;
  /** What is wrong with what a disk holds, in words. */
  readonly check: (folder: string, confirmed: readonly Confirmed[]) => Promise<readonly string[]>;
}

/** Plays a record and lets the power fail at random moments of it; gives everything that was wrong afterwards. */
export async function failAnywhere(disk: RecordedDisk, deeds: readonly Deed[], { moments, seed, check }: Cutting): Promise<string[]> {
  const random = randomFrom(seed);
  const chosen = new Set<number>();
  while (chosen.size < Math.min(moments, deeds.length)) chosen.add(Math.floor(random() * deeds.length));
  const confirmed: Confirmed[] = [];
  const wrong: string[] = [];
  for (const [index, deed] of deeds.entries()) {
    disk.play(deed);
    if (deed.kind === 'confirmed') confirmed.push(JSON.parse(deed.text) as Confirmed);
    if (!chosen.has(index)) continue;
    for (const cut of cuts) {
      const folder = mkdtempSync(join(tmpdir(), 'tradepost-cut-'));
      try {
        disk.fail(cut, random, folder);
        const found = await check(folder, confirmed).catch((fault: unknown) => [`it could not be looked at: ${String(fault)}`]);
        wrong.push(...found.map((text) => `deed ${index} of ${deeds.length}, ${cut}: ${text}`));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  }
  return wrong;
}

/** What is wrong with a company's folder after the power failed: what it should have, what it should not be, and whether it opens at all. */
export async function wrongWith(folder: string, confirmed: readonly Confirmed[]): Promise<string[]> {
  const store = await openStore({ engine: 'sqlite', file: join(folder, 'company.sqlite') });
  try {
    return await wrongIn({ store, folder }, confirmed);
  } finally {
    await store.close();
  }
}

/** The same of a whole data folder, opened as a server opens it. */
export async function wrongWithServer(folder: string, confirmed: readonly Confirmed[]): Promise<string[]> {
  const wrong: string[] = [];
  const root = findCertificates(folder) ? readFileSync(filesIn(folder).root, 'utf8') : null;
  if (confirmed.some((one) => 'root' in one && one.root !== root)) wrong.push(`${lost} the key that clients trust`);
  const log = pino({ level: 'silent' });
  const companies = await Companies.open({ dataFolder: folder, catalogue, log, announce: () => undefined });
  try {
    for (const one of confirmed) if ('company' in one && !companies.find(one.company)) wrong.push(`${lost} the company ${one.company}`);
    for (const company of companies.list()) wrong.push(...(await wrongIn(company, confirmed)));
    return wrong;
  } finally {
    await companies.close();
  }
}

async function wrongIn({ store, folder }: { store: Store; folder: string }, confirmed: readonly Confirmed[]): Promise<string[]> {
  return [
    ...(await store.read((tx) => store.dialect.integrity(tx))),
    ...(await missingFrom(store, confirmed)),
    ...(await unproven(store, folder)),
    ...(await wrongTotals(store)),
    ...(await filesGone(store, folder)),
    ...(await badArchives(folder, confirmed)),
  ];
}

async function unproven(store: Store, folder: string): Promise<string[]> {
  const company = { code: 'test', name: '', folder, catalogue, store, timeZone: 'Asia/Shanghai' };
  const findings = await proveCompany({ ...company, announce: () => undefined, report: () => undefined });
  return findings.map(({ proof, detail }) => `${proof}: ${detail}`);
}

/** Words of a loss begin alike, so that a test can look for them. */
export const lost = 'lost:';

export function missingFrom(store: Store, confirmed: readonly Confirmed[]): Promise<string[]> {
  return store.read(async (tx) => {
    const newest = new Map<string, number>();
    for (const one of confirmed) if ('table' in one) newest.set(`${one.table} ${one.id}`, one.version ?? 0);
    const found: string[] = [];
    for (const [key, version] of newest) {
      const [table = '', id] = key.split(' ');
      const row = (await tx(table)
        .where({ id: Number(id) })
        .first()) as { version?: number } | undefined;
      if (!row || (row.version ?? 0) < version) found.push(`${lost} ${key} in version ${version}, there is ${row ? row.version : 'none'}`);
    }
    return found;
  });
}

/** A document's total is what its lines come to. */
function wrongTotals(store: Store): Promise<string[]> {
  return store.read(async (tx) => {
    const rows = (await tx.raw(
      `select o.id, o.total, sum(l.gross_amount) as lines from sales_orders o left join sales_order_lines l on l.parent = o.id
       group by o.id, o.total having o.total <> coalesce(sum(l.gross_amount), 0)`,
    )) as { id: number; total: number; lines: number }[];
    return rows.map(({ id, total, lines }) => `order ${id} is ${total} and its lines ${lines}`);
  });
}

/** Every file that a row speaks of lies there, byte by byte. */
function filesGone(store: Store, folder: string): Promise<string[]> {
  return store.read(async (tx) => {
    const hashes = (await tx('files').distinct('hash').pluck('hash')) as string[];
    return hashes.flatMap((hash) => {
      const path = join(folder, 'files', hash.slice(0, 2), hash);
      if (!existsSync(path)) return [`the file ${hash} has gone`];
      return createHash('sha256').update(readFileSync(path)).digest('hex') === hash ? [] : [`the file ${hash} holds something else`];
    });
  });
}

/** The same of a company that nobody has open. */
export const filesGoneIn = (place: StorePlace, folder: string): Promise<string[]> => opened(place, (store) => filesGone(store, folder));

/** How many rows tables have. */
export const countsIn = (place: StorePlace, tables: readonly string[]): Promise<Record<string, number>> =>
  opened(place, (store) =>
    store.read(async (tx) => {
      const counts: Record<string, number> = {};
      for (const table of tables) counts[table] = Number(((await tx(table).count({ count: '*' }).first()) as { count: number }).count);
      return counts;
    }),
  );

async function opened<T>(place: StorePlace, run: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** Every archive that bears its name is whole, and those that were promised are there. */
async function badArchives(folder: string, confirmed: readonly Confirmed[]): Promise<string[]> {
  const backups = join(folder, 'backups');
  const names = existsSync(backups) ? readdirSync(backups).filter((name) => name.endsWith('.zip')) : [];
  const found = confirmed.flatMap((one) => ('archive' in one && !names.includes(one.archive) ? [`${lost} ${one.archive}`] : []));
  for (const name of names) {
    try {
      (await openArchive(join(backups, name))).close();
    } catch (fault) {
      found.push(`the archive ${name} is not whole: ${String(fault)}`);
    }
  }
  return found;
}
