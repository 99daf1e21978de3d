import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { UpgradePhase } from '../../shared/contracts/upgrades.ts';
import { dayOf, instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { systemActor } from '../access/rights.ts';
import { backupFolderOf, dropRests, refuseWithoutRoom, scratchName } from '../backup/backUp.ts';
import { hashFile } from '../backup/hashFile.ts';
import type { Manifest } from '../backup/manifest.ts';
import { passphraseOf } from '../backup/passphrase.ts';
import { backupName } from '../backup/plan.ts';
import { proveBackup } from '../backup/proveBackup.ts';
import { writeBackup } from '../backup/writeBackup.ts';
import { clock } from '../clock.ts';
import { look } from '../engine/transact.ts';
import { flushFolder, writeFileSafely } from '../files.ts';
import { version } from '../version.ts';
import type { Company } from '../work.ts';

/** How far an upgrade is. */
export interface UpgradeProgress {
  readonly phase: UpgradePhase;
  readonly done: number;
  readonly all: number;
  readonly statement?: string;
}

const countSchema = z.int().min(0);
const keptSchema = z.strictObject({
  name: z.string().max(200),
  day: z.string(),
  bytes: countSchema,
  rows: countSchema,
  files: countSchema,
  sha256: z.string(),
  isEncrypted: z.boolean(),
  auditHead: z.strictObject({ seq: countSchema, hash: z.string() }).nullable(),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** The last migration the database had seen, and the release it is on the way to. */
  from: countSchema,
  to: z.string(),
});

/** The archive of a company as it was before an upgrade. */
export type KeptArchive = z.infer<typeof keptSchema>;

/**
 * Makes an archive of a company before its data is changed and proves it by restoring it and taking there the steps that lie ahead.
 * One that an upgrade broken off has left is good enough when nothing was written since. Refuses 'backup.noRoom' {neededMb, freeMb},
 * 'backup.unproven' {finding}, 'backup.passphraseLost'.
 */
export async function keepBefore(company: Company, progress: (so: UpgradeProgress) => void): Promise<KeptArchive> {
  const [known, now] = [readKept(company.folder), await standingNow(company)];
  const isSame = known?.to === version && known.from === now.from && known.auditHead?.hash === now.auditHead?.hash;
  if (known && isSame && (await isWhole(company, known))) return known;
  const made = await make(company, progress);
  writeFileSafely(noteFile(company.folder), JSON.stringify(made));
  return made;
}

/** To be called when the upgrade is done: the archive is on record in the database. */
export const forgetKept = (folder: string): void => {
  rmSync(noteFile(folder), { force: true });
  flushFolder(folder);
};

const noteFile = (folder: string): string => join(folder, 'upgrade.json');

function readKept(folder: string): KeptArchive | null {
  if (!existsSync(noteFile(folder))) return null;
  return keptSchema.safeParse(JSON.parse(readFileSync(noteFile(folder), 'utf8'))).data ?? null;
}

const standingNow = ({ store }: Company): Promise<Pick<KeptArchive, 'from' | 'auditHead'>> =>
  store.read(async (tx) => ({
    from: Number(((await tx('migrations').max({ last: 'number' }).first()) as { last: number }).last),
    auditHead: (await tx('audit').orderBy('seq', 'desc').first('seq', 'hash')) ?? null,
  }));

async function isWhole(company: Company, { name, sha256 }: KeptArchive): Promise<boolean> {
  const path = join(backupFolderOf(company), name);
  return existsSync(path) && (await hashFile(path)) === sha256;
}

async function make(company: Company, progress: (so: UpgradeProgress) => void): Promise<KeptArchive> {
  const folder = backupFolderOf(company);
  const startedAt = instantOf(clock.now());
  const day = dayOf(startedAt, company.timeZone);
  const passphrase = await look(company, systemActor(company), passphraseOf);
  const isEncrypted = passphrase !== null;
  const name = backupName(company.code, { day, kind: 'upgrade', now: startedAt, timeZone: company.timeZone, isEncrypted, version });
  const [path, scratch] = [join(folder, name), join(folder, scratchName)];
  await dropRests(folder);
  await refuseWithoutRoom(company, folder);
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  try {
    const { code, name: title, timeZone, store } = company;
    const source = { store, folder: company.folder, dataFolder: company.dataFolder, company: { code, name: title, timeZone }, version };
    const lock = isEncrypted ? { passphrase, company: code, day } : undefined;
    const manifest = await writeBackup(source, path, { lock, progress: (so) => progress({ phase: 'archiving', ...so }) });
    const sha256 = await provenAs(path, { scratch, passphrase, company, progress });
    const finishedAt = instantOf(clock.now());
    const facts = { bytes: statSync(path).size, sha256, ...countsIn(manifest) };
    return { name, day, isEncrypted, startedAt, finishedAt, from: manifest.schema, to: version, ...facts };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const countsIn = ({ tables, files, auditHead }: Manifest) => ({
  rows: tables.reduce((sum, table) => sum + table.rows, 0),
  files: files.count,
  auditHead,
});

interface Proving {
  readonly scratch: string;
  readonly passphrase: string | null;
  readonly company: Company;
  readonly progress: (so: UpgradeProgress) => void;
}

/** Gives the SHA-256 of what was proven. */
async function provenAs(path: string, { scratch, passphrase, company, progress }: Proving): Promise<string> {
  const { catalogue } = company;
  try {
    const { findings, sha256 } = await proveBackup(path, {
      catalogue,
      scratch,
      ...(passphrase === null ? {} : { passphrase }),
      progress: (so) => progress({ phase: 'proving', ...so }),
    });
    const [first] = findings;
    if (first) throw new Refusal('backup.unproven', { finding: `${first.proof}: ${first.detail}` });
    return sha256;
  } catch (fault) {
    // What was not proven is no archive to rely on, and the next try makes another.
    rmSync(path, { force: true });
    throw fault;
  }
}
