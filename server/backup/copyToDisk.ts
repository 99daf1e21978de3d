import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { transact } from '../engine/transact.ts';
import { noteHandOut } from '../features/handOuts/noteExport.ts';
import type { Actor, Company } from '../work.ts';
import { backupFolderOf } from './backUp.ts';
import { copyBackup, folderRefusal, type ProvenFile } from './copyBackup.ts';
import { type DiskPlaces, removableDisks } from './removable.ts';
import { alone } from './running.ts';
import { note } from './secondFolder.ts';

/** Under this name a disk gets a folder of its own for backups. */
export const diskFolderName = 'tradepost-backups';

/** A copy that may be begun: what goes where, and who wants it. */
export interface DiskCopy {
  readonly backup: { readonly id: number; readonly name: string } & Omit<ProvenFile, 'path'>;
  readonly place: string;
  readonly actor: number;
}

/**
 * Finds the newest proven backup for a disk that can be pulled out. Refuses 'backup.diskUnknown' {folder} for what is no such disk
 * (any more) and 'backup.nothingYet'.
 */
export async function diskCopyOf(company: Company, actor: Actor, of: DiskPlaces & { path: string }): Promise<DiskCopy> {
  if (!removableDisks(of).some(({ path }) => path === of.path)) throw new Refusal('backup.diskUnknown', { folder: of.path });
  return { backup: await newestFor(company, actor, of.path), place: of.path, actor: actor.userId };
}

/** Copies a backup to such a disk, verified; what became of it is on record. Refuses like copyBackup, and 'backup.running'. */
export const copyToDisk = (company: Company, { backup, place, actor }: DiskCopy): Promise<void> =>
  alone(company, { kind: 'copy' }, async (turn) => {
    const { id, name, ...proven } = backup;
    const record = { backup: id, target: 'removable', place, actor } as const;
    const folder = join(place, diskFolderName);
    try {
      await mkdir(folder, { recursive: true }).catch(async (fault: unknown) => {
        throw await folderRefusal(fault, place, proven.bytes);
      });
      await copyBackup({ ...proven, path: join(backupFolderOf(company), name) }, join(folder, name), turn);
    } catch (fault) {
      if (fault instanceof Refusal && fault.code !== 'backup.cancelled')
        await note(company, { ...record, state: 'failed', refusal: fault.code, facts: JSON.stringify(fault.facts) });
      throw fault;
    }
    await note(company, { ...record, state: 'good' });
  });

/** The newest proven backup; that it leaves the house is told in the audit trail. */
function newestFor(company: Company, actor: Actor, place: string): Promise<DiskCopy['backup']> {
  return transact(company, actor, async (work) => {
    const newest = (await work
      .tx('backups')
      .where({ state: 'good' })
      .whereNotNull('sha256')
      .orderBy('id', 'desc')
      .first('id', 'name', 'bytes', 'sha256')) as DiskCopy['backup'] | undefined;
    if (!newest) throw new Refusal('backup.nothingYet');
    // It stands among what left the house, but no number of rows a day holds it back: there is no copy of a part of a company, and
    // who may take one out may everything; a limit would only keep the one copy from the drawer that a fire does not reach.
    await noteHandOut(work, { type: 'backup', recordId: newest.id, changes: { place, name: newest.name } });
    return newest;
  });
}
