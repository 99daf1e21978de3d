import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { catalogue } from '../../shared/catalogue.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { backUp } from '../backup/backUp.ts';
import { passphraseFileName, readPassphrase } from '../backup/passphrase.ts';
import { countsAgree, headAgrees } from '../backup/proveBackup.ts';
import type { Archive } from '../backup/readArchive.ts';
import { clock } from '../clock.ts';
import { clearPlace, openStore } from '../database/openStore.ts';
import type { Store } from '../database/store.ts';
import { proveCompany } from '../features/proveCompany.ts';
import { writeFileSafely } from '../files.ts';
import type { Companies } from '../start/companies.ts';
import { type Entry, entrySchema, folderOf, placeOf, readRegistry } from '../start/registry.ts';
import { restoreCompany } from '../start/restore.ts';

type Tell = (line: string) => void;
type Engine = Entry['engine'];

export interface Move {
  readonly dataFolder: string;
  readonly code: string;
  readonly to: Engine;
  readonly open: () => Promise<Companies>;
  readonly tell: Tell;
}

/**
 * Moves a company of a data folder whose server is stopped to another engine, by way of an archive that was proven: every table is
 * counted and all is proven in the new place before it takes the place of the old. The old database is kept, see `dropOld`. Killed
 * at any moment it is here or there, and a second call goes on. Gives false where the company lies there already. Refuses
 * 'engine.oldKept' {code} while an old database of it lies where it is to go, 'engine.changed' when somebody wrote meanwhile, and like
 * backUp and restoreCompany.
 */
export async function moveCompany({ dataFolder, code, to, open, tell }: Move): Promise<boolean> {
  const companies = await open();
  let path: string;
  try {
    const company = companies.find(code);
    const entry = readRegistry(dataFolder).find((known) => known.code === code);
    if (!company || !entry) throw new Refusal('company.unknown', { code });
    if (isSame(entry.engine, to)) return false;
    if (keptOf(dataFolder).some((kept) => kept.entry.code === code && isSame(kept.entry.engine, to) && !isInUse(dataFolder, kept)))
      throw new Refusal('engine.oldKept', { code });
    tell(`${code}: 备份并检验 · making a backup and proving it`);
    path = (await backUp(company, { kind: 'manual' })).path;
  } finally {
    await companies.close();
  }
  await load({ dataFolder, code, to, open, tell }, path);
  return true;
}

async function load({ dataFolder, code, to, tell }: Move, path: string): Promise<void> {
  const entry = readRegistry(dataFolder).find((known) => known.code === code);
  if (!entry) throw new Refusal('company.unknown', { code });
  const folder = folderOf(dataFolder, code);
  const passphrase = readPassphrase(join(folder, passphraseFileName)) ?? undefined;
  const aside = `replaced_${clock.now()}`;
  tell(`${code}: 写入 ${to.kind} · loading into ${to.kind}`);
  await restoreCompany(path, {
    ...{ dataFolder, catalogue, code, engine: to, passphrase, aside },
    loaded: async (store, archive) => {
      tell(`${code}: 核对 · comparing`);
      await refuseChanged(entry, folder, archive);
      await refuseUnlike(store, archive, folder);
      keep(dataFolder, { entry, aside, at: instantOf(clock.now()) });
    },
  });
}

/** The company is locked again by now: whoever came between has left a trace. */
async function refuseChanged(entry: Entry, folder: string, { manifest }: Archive): Promise<void> {
  const place = placeOf(entry, folder);
  const old = await openStore(place.engine === 'sqlite' ? { ...place, readOnly: true } : place);
  try {
    if ((await headAgrees(old, manifest)).length > 0) throw new Refusal('engine.changed');
  } finally {
    await old.close();
  }
}

async function refuseUnlike(store: Store, { manifest }: Archive, folder: string): Promise<void> {
  const company = { ...manifest.company, folder, catalogue, store, announce: () => undefined, report: () => undefined };
  const [first] = [...(await countsAgree(store, manifest)), ...(await headAgrees(store, manifest)), ...(await proveCompany(company))];
  if (first) throw new Refusal('backup.unproven', { finding: `${first.proof}: ${first.detail}` });
}

const keptSchema = z.strictObject({ entry: entrySchema, aside: z.string().regex(/^replaced_\d+$/), at: z.string() });
/** Where a company lay before it was moved. */
type Kept = z.infer<typeof keptSchema>;

const keptFile = (dataFolder: string): string => join(dataFolder, 'moved.json');

function keptOf(dataFolder: string): Kept[] {
  if (!existsSync(keptFile(dataFolder))) return [];
  return z.array(keptSchema).parse(JSON.parse(readFileSync(keptFile(dataFolder), 'utf8')));
}

/** Written before the move is decided, so it may name a place that was never left: see `isInUse`. */
const keep = (dataFolder: string, kept: Kept): void =>
  writeFileSafely(keptFile(dataFolder), JSON.stringify([...keptOf(dataFolder), kept], null, 2));

const isInUse = (dataFolder: string, { entry }: Kept): boolean =>
  readRegistry(dataFolder).some((known) => known.code === entry.code && isSame(known.engine, entry.engine));

const isSame = (one: Engine, other: Engine): boolean =>
  one.kind === other.kind && (one.kind === 'sqlite' || (other.kind === 'postgres' && one.url === other.url));

/** The old databases that were kept, as the console names them. */
export const keptNames = (dataFolder: string): string[] =>
  keptOf(dataFolder).flatMap((kept) => (isInUse(dataFolder, kept) ? [] : [`${kept.entry.code} (${kept.entry.engine.kind}, ${kept.at})`]));

/** Removes the old databases that were kept, and never one that a company lies in. */
export async function dropOld(dataFolder: string): Promise<void> {
  for (const kept of keptOf(dataFolder)) {
    const { entry, aside } = kept;
    // The folder aside holds the old files too, whichever engine it was.
    if (!isInUse(dataFolder, kept)) {
      await clearPlace(placeOf(entry, folderOf(dataFolder, entry.code)));
      rmSync(`${folderOf(dataFolder, entry.code)}.${aside}`, { recursive: true, force: true });
    }
  }
  rmSync(keptFile(dataFolder), { force: true });
}
