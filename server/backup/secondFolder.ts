import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { BackupPlan } from '../../shared/contracts/backups.ts';
import { dayOf, type Instant, instantOf, msOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { systemActor } from '../access/rights.ts';
import { clock } from '../clock.ts';
import { allSettings, storeSettings } from '../engine/settings.ts';
import { look, transact } from '../engine/transact.ts';
import { lockSettings } from '../features/settings/companySettings.ts';
import { writeFileSafely } from '../files.ts';
import type { Actor, Company, Work } from '../work.ts';
import { backupFolderOf } from './backUp.ts';
import { planOf } from './backupPlan.ts';
import { copyBackup, folderRefusal } from './copyBackup.ts';
import { type BackupRow, surplusOf } from './plan.ts';
import { alone } from './running.ts';
import { tellFailure } from './tellFailure.ts';
import { partEnding } from './writeArchive.ts';

/** Another disk, or a share of another machine, to which every proven backup is copied. */
export interface SecondFolder {
  readonly folder: string;
  /** Stands in a file of the folder: where it is missing, the disk is not there and what lies under its name is something else. */
  readonly mark: string;
  /** Backups from this one on are copied. */
  readonly from: number;
}

const secondKey = 'backup.second';
/** The settings that lead to it. */
export const secondSettings = [secondKey] as const;
const markName = (company: Company): string => `.tradepost-${company.code}`;

/** A copy that failed is tried again so much later. */
const retryMs = 60 * 60_000;

export const secondOf = async (work: Work): Promise<SecondFolder | null> =>
  ((await allSettings(work)).get(secondKey)?.value as SecondFolder | null | undefined) ?? null;

/**
 * Makes a folder the second one after writing into it, or none with ''. Refuses 'backup.folderWrong' {folder} for what is no full
 * path or lies in the company's own folder, 'backup.folderMissing', 'backup.folderReadOnly' {folder}, 'practice.noBackup'.
 */
export async function chooseSecond(company: Company, actor: Actor, folder: string): Promise<void> {
  if (company.practice) throw new Refusal('practice.noBackup');
  const mark = randomUUID();
  if (folder !== '') await writeMark(company, folder, mark);
  await transact(company, actor, async (work) => {
    await lockSettings(work);
    const last = (await work.tx('backups').where({ state: 'good' }).max({ id: 'id' }).first()) as { id: number | null } | undefined;
    await storeSettings(work, { [secondKey]: folder === '' ? null : { folder, mark, from: last?.id ?? 0 } });
  });
}

async function writeMark(company: Company, folder: string, mark: string): Promise<void> {
  if (!isAbsolute(folder)) throw new Refusal('backup.folderWrong', { folder });
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Refusal('backup.folderMissing', { folder });
  const way = relative(realpathSync(company.folder), realpathSync(folder));
  if (!way.startsWith('..') && !isAbsolute(way)) throw new Refusal('backup.folderWrong', { folder });
  try {
    writeFileSafely(join(folder, markName(company)), `${mark}\n`);
  } catch (fault) {
    throw await folderRefusal(fault, folder, 0);
  }
}

/**
 * Copies to the second folder what it does not have yet, the newest first, and removes there what need not be kept. Gives how many
 * were copied. What fails is on record, told to the administrators once a day and tried again an hour later; the first backup stays
 * as good as it is, and nothing is ever copied to another place instead.
 */
export async function copyToSecond(company: Company, signal?: AbortSignal): Promise<number> {
  const due = await look(company, systemActor(company), copiesDue);
  if (!due || due.backups.length === 0) return 0;
  const { second, plan } = due;
  return alone(company, { kind: 'copy', signal }, async (turn) => {
    for (const backup of due.backups) {
      const record = { backup: backup.id, target: 'second', place: second.folder } as const;
      try {
        refuseUnlessMarked(company, second);
        await dropRests(company, second);
        const path = join(backupFolderOf(company), backup.name);
        await copyBackup({ ...backup, path }, join(second.folder, backup.name), turn);
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        if (fault.code !== 'backup.cancelled') await noteFailure(company, record, fault);
        return 0;
      }
      await note(company, { ...record, state: 'good' });
    }
    await removeSurplus(company, second, plan);
    return due.backups.length;
  });
}

/** As copyToSecond, for the timetable: who is busy with the backups is not disturbed. */
export const copyDueBackups = (company: Company, signal: AbortSignal): Promise<number> =>
  copyToSecond(company, signal).catch((fault: unknown) => {
    if (fault instanceof Refusal && fault.code === 'backup.running') return 0;
    throw fault;
  });

interface DueBackup {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

async function copiesDue(work: Work): Promise<{ second: SecondFolder; plan: BackupPlan; backups: DueBackup[] } | null> {
  const second = await secondOf(work);
  if (!second) return null;
  const { plan } = await planOf(work);
  const here = { target: 'second', place: second.folder };
  const failed = (await work
    .tx('backup_copies')
    .where({ ...here, state: 'failed' })
    .max({ at: 'at' })
    .first()) as { at: Instant | null } | undefined;
  if (failed?.at && Math.abs(msOf(work.now) - msOf(failed.at)) < retryMs) return { second, plan, backups: [] };
  const backups = (await work
    .tx('backups')
    .where({ state: 'good' })
    .where('id', '>=', second.from)
    .whereNotNull('sha256')
    .whereNotIn('id', work.tx('backup_copies').where(here).whereIn('state', ['good', 'removed']).select('backup'))
    .orderBy('id', 'desc')
    .select('id', 'name', 'bytes', 'sha256')) as DueBackup[];
  return { second, plan, backups };
}

/** An empty folder under the name of a disk that was pulled out is not the disk. */
function refuseUnlessMarked(company: Company, { folder, mark }: SecondFolder): void {
  let found: string | null = null;
  try {
    found = readFileSync(join(folder, markName(company)), 'utf8').trim();
  } catch {
    // Whatever keeps us from reading it: the disk cannot be used.
  }
  if (found !== mark) throw new Refusal('backup.folderMissing', { folder });
}

/** What a copy that was cut off by a power cut left behind. */
async function dropRests({ code }: Company, { folder }: SecondFolder): Promise<void> {
  const isRest = (name: string): boolean => name.startsWith(`${code}_`) && name.endsWith(partEnding);
  for (const name of (await readdir(folder)).filter(isRest)) await rm(join(folder, name), { force: true });
}

interface CopyRecord {
  readonly backup: number;
  readonly target: 'second' | 'removable';
  readonly place: string;
  readonly actor?: number;
}

/** Puts on record what became of a copy; earlier failures of the same are forgotten. */
export const note = (
  company: Company,
  record: CopyRecord & { state: 'good' | 'failed'; refusal?: string; facts?: string },
): Promise<void> =>
  company.store.write(async (tx) => {
    const { backup, target, place } = record;
    await tx('backup_copies').where({ backup, target, place, state: 'failed' }).delete();
    await tx('backup_copies').insert({ ...record, at: instantOf(clock.now()) });
  });

async function noteFailure(company: Company, record: CopyRecord, { code, facts }: Refusal): Promise<void> {
  await note(company, { ...record, state: 'failed', refusal: code, facts: JSON.stringify(facts) });
  await tellFailure(company, 'notice.backupCopyFailed', dayOf(instantOf(clock.now()), company.timeZone));
}

/** The second folder keeps by the same rule as the first. */
async function removeSurplus(company: Company, { folder }: SecondFolder, plan: BackupPlan): Promise<void> {
  const here = { target: 'second', place: folder };
  const rows = (await company.store.read((tx) =>
    tx('backups')
      .join('backup_copies', 'backup_copies.backup', 'backups.id')
      .where({ ...here, 'backup_copies.state': 'good' })
      .orderBy('backups.id')
      .select('backups.id', 'day', 'kind', 'name', { finishedAt: 'finished_at' }),
  )) as Omit<BackupRow, 'state'>[];
  const today = dayOf(instantOf(clock.now()), company.timeZone);
  const copied = rows.map((row) => ({ ...row, state: 'good' as const }));
  for (const { id, name } of surplusOf(copied, today, { days: plan.keepDays, monthly: plan.keepMonthly })) {
    await rm(join(folder, name), { force: true });
    await company.store.write((tx) =>
      tx('backup_copies')
        .where({ ...here, backup: id })
        .update({ state: 'removed' }),
    );
  }
}
