import { join } from 'node:path';
import type { Company } from '../work.ts';
import { backupFolderOf } from './backUp.ts';
import { hashFile } from './hashFile.ts';
import { tellFailure } from './tellFailure.ts';

/**
 * Reads the newest good backup again and compares it with the SHA-256 it had when it was proven by restoring it: a disk forgets
 * without a word. One that differs, or cannot be read, counts as failed from then on: the sign turns red, the administrators are told,
 * the newest good one is the one before, and the rule of keeping leaves that alone. Gives how many were found damaged.
 */
export async function checkNewest(company: Company, signal: AbortSignal): Promise<number> {
  const newest = (await company.store.read((tx) =>
    tx('backups').where({ state: 'good' }).whereNotNull('sha256').orderBy('id', 'desc').first('id', 'day', 'name', 'sha256'),
  )) as { id: number; day: string; name: string; sha256: string } | undefined;
  if (!newest || (await isAsProven(join(backupFolderOf(company), newest.name), newest.sha256, signal))) return 0;
  const failed = { state: 'failed', refusal: 'backup.damaged', facts: JSON.stringify({ file: newest.name }) };
  await company.store.write((tx) => tx('backups').where({ id: newest.id, state: 'good' }).update(failed));
  await tellFailure(company, 'notice.backupFailed', newest.day);
  return 1;
}

async function isAsProven(path: string, sha256: string, signal: AbortSignal): Promise<boolean> {
  try {
    return (await hashFile(path, undefined, signal)) === sha256;
  } catch (fault) {
    // A server that stops looks again later, and what has gone the sign tells by itself.
    if (signal.aborted || (fault as NodeJS.ErrnoException).code === 'ENOENT') return true;
    if ((fault as NodeJS.ErrnoException).code === 'EIO') return false;
    throw fault;
  }
}
