import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { AdvanceWish } from '../../shared/contracts/numbering.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { systemActor } from '../access/rights.ts';
import { loadDatabase, loadFiles } from '../backup/loadBackup.ts';
import type { Manifest } from '../backup/manifest.ts';
import { passphraseFileName } from '../backup/passphrase.ts';
import { type Archive, openArchive } from '../backup/readArchive.ts';
import { carriedRoot, keepBeside, placeRoot, rootFateOf } from '../backup/serverRoot.ts';
import { clock } from '../clock.ts';
import { clearPlace, fillPlace, holdDatabase, openStore, replacePlace } from '../database/openStore.ts';
import type { Store, StorePlace } from '../database/store.ts';
import { writeAudit } from '../engine/audit.ts';
import { transact } from '../engine/transact.ts';
import { failpoint } from '../failpoints.ts';
import { type Advanced, advanceNumbers } from '../features/numbering/advance.ts';
import { flushFolder, writeFileSafely } from '../files.ts';
import type { Company } from '../work.ts';
import { type Entry, entrySchema, folderOf, placeOf, readRegistry, writeRegistry } from './registry.ts';

export interface RestoreOptions {
  readonly dataFolder: string;
  readonly catalogue: Catalogue;
  /** The company it becomes; the one it was taken from unless said. */
  readonly code?: string;
  /** Where its database is to lie; SQLite unless said. */
  readonly engine?: Entry['engine'];
  /** For an archive that is encrypted; the company goes on under it where it has none. */
  readonly passphrase?: string | undefined;
  readonly progress?: (so: { done: number; all: number }) => void;
  /** By how many numbers the series are moved on, so that none on paper comes again; they stay where the archive has them unless said. */
  readonly numbers?: AdvanceWish | undefined;
  /** Hears which series were moved on. */
  readonly advanced?: (series: readonly Advanced[]) => void;
  /** What the ending of that which is replaced is; one with the time unless said. */
  readonly aside?: string;
  /** Looks at the new database before anything is decided: what it throws leaves all as it was. Its history simply goes on. */
  readonly loaded?: (store: Store, archive: Archive) => Promise<void>;
}

/**
 * Restores a company from one archive into a data folder whose server is stopped. Everything is loaded and checked beside what is
 * there; then names are changed, so that either the old company or the new one is there, whenever the power fails. What it replaces
 * is kept as `companies/CODE.replaced-…` (PostgreSQL: a schema of that ending), its backups stay with the company. The server's root,
 * where the archive carries one, comes along as `rootFateOf` says. Gives what the archive says of itself. Refuses like openArchive and loadDatabase, and 'database.inUse' {pid, host, since} while a server runs.
 */
export async function restoreCompany(file: string, options: RestoreOptions): Promise<Manifest> {
  const { dataFolder } = options;
  await finishRestore(dataFolder);
  const held: (() => void)[] = [];
  const release = () => {
    for (const giveBack of held.splice(0)) giveBack();
  };
  try {
    for (const entry of readRegistry(dataFolder)) held.push(holdDatabase(placeOf(entry, folderOf(dataFolder, entry.code))));
    const archive = await openArchive(file, options.passphrase);
    try {
      const { company } = archive.manifest;
      const engine = options.engine ?? { kind: 'sqlite' };
      const entry = entrySchema.parse({ ...company, code: options.code ?? company.code, engine });
      await load(archive, entry, options);
      failpoint('restore-loaded');
      writeFileSafely(
        journalFile(dataFolder),
        JSON.stringify({ entry, aside: options.aside ?? `replaced_${clock.now()}`, at: instantOf(clock.now()) }),
      );
      failpoint('restore-decided');
      // Windows renames nothing that is open.
      release();
      await finishRestore(dataFolder);
      return archive.manifest;
    } finally {
      archive.close();
    }
  } finally {
    release();
  }
}

/** Written when everything is loaded: from then on the restore is finished, by whoever starts next. */
const journalSchema = z.strictObject({ entry: entrySchema, aside: z.string().regex(/^replaced_\d+$/), at: z.string() });
const journalFile = (dataFolder: string): string => join(dataFolder, 'restore.json');

const besideOf = (dataFolder: string, code: string): string => `${folderOf(dataFolder, code)}.restoring`;

/** A restored database waits under a name of its own beside the one it replaces. */
function waitingPlaceOf(entry: Entry, dataFolder: string): StorePlace {
  const place = placeOf(entry, besideOf(dataFolder, entry.code));
  return place.engine === 'sqlite' ? place : { ...place, schema: `${place.schema}_restoring` };
}

async function load(
  archive: Archive,
  entry: Entry,
  { dataFolder, catalogue, passphrase, progress, loaded, numbers, advanced }: RestoreOptions,
): Promise<void> {
  const beside = besideOf(dataFolder, entry.code);
  const place = waitingPlaceOf(entry, dataFolder);
  rmSync(beside, { recursive: true, force: true });
  await clearPlace(place);
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  await fillPlace(place, (empty) => loadDatabase(empty, archive, { catalogue, ...(progress ? { progress } : {}) }));
  const store = await openStore(place);
  try {
    if (loaded) await loaded(store, archive);
    else {
      const company: Company = { ...entry, folder: beside, catalogue, store, announce: () => undefined, report: () => undefined };
      const series = await noteRestore(company, archive, numbers);
      advanced?.(series);
    }
  } finally {
    await store.close();
  }
  await loadFiles(beside, archive);
  if (archive.isEncrypted && passphrase !== undefined) writeFileSafely(join(beside, passphraseFileName), passphrase);
  const carried = await carriedRoot(archive);
  if (carried && rootFateOf(dataFolder, carried) === 'restored') keepBeside(beside, carried);
  // Its own name too: what is decided next must find it.
  for (const written of [beside, dirname(beside)]) flushFolder(written);
}

/**
 * From here on the history is another one than that of the backups made between this archive and now. Series are moved on in the same
 * transaction: nobody draws a number before.
 */
async function noteRestore(company: Company, { manifest }: Archive, wish: AdvanceWish | undefined): Promise<Advanced[]> {
  const changes = { takenAt: manifest.takenAt, version: manifest.version, auditSeq: manifest.auditHead?.seq ?? 0 };
  return transact(company, systemActor(company), async (work) => {
    await writeAudit(work, { action: 'restore', type: 'backup', recordId: 0, changes });
    return wish === undefined ? [] : advanceNumbers(work, { wish });
  });
}

/**
 * Ends a restore that was decided and broken off, and clears away one that was not: every step can be taken twice. Called before a
 * data folder is opened.
 */
export async function finishRestore(dataFolder: string): Promise<void> {
  const journal = readJournal(dataFolder);
  if (!journal) {
    for (const { code } of readRegistry(dataFolder)) rmSync(besideOf(dataFolder, code), { recursive: true, force: true });
    return;
  }
  const { entry, aside } = journal;
  const [folder, beside] = [folderOf(dataFolder, entry.code), besideOf(dataFolder, entry.code)];
  if (existsSync(beside)) {
    placeRoot(beside, dataFolder);
    const backups = join(folder, 'backups');
    if (existsSync(backups) && !existsSync(join(beside, 'backups'))) renameSync(backups, join(beside, 'backups'));
    // The passphrase in use counts, not the one of the day the archive was made.
    const inUse = join(folder, passphraseFileName);
    if (existsSync(inUse)) renameSync(inUse, join(beside, passphraseFileName));
    // What was carried over has arrived before either folder gets another name: afterwards nobody looks for it where it was.
    for (const carried of [beside, folder]) if (existsSync(carried)) flushFolder(carried);
    if (existsSync(folder)) renameSync(folder, `${folder}.${aside}`);
    failpoint('restore-put-aside');
    renameSync(beside, folder);
    flushFolder(join(dataFolder, 'companies'));
  }
  failpoint('restore-in-place');
  await replacePlace(waitingPlaceOf(entry, dataFolder), placeOf(entry, folder), aside);
  const others = readRegistry(dataFolder);
  const at = others.findIndex(({ code }) => code === entry.code);
  writeRegistry(dataFolder, at < 0 ? [...others, entry] : others.with(at, entry));
  failpoint('restore-named');
  rmSync(journalFile(dataFolder));
  flushFolder(dataFolder);
}

function readJournal(dataFolder: string): z.infer<typeof journalSchema> | null {
  if (!existsSync(journalFile(dataFolder))) return null;
  return journalSchema.parse(JSON.parse(readFileSync(journalFile(dataFolder), 'utf8')));
}
