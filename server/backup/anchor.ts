import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Finding } from '../ledger/prove.ts';
import type { Company } from '../work.ts';
import { backupFolderOf } from './backUp.ts';
import type { Manifest } from './manifest.ts';
import { passphraseFileName, readPassphrase } from './passphrase.ts';
import { openArchive } from './readArchive.ts';

/**
 * Compares the audit chain with its head as an archive has it: whoever holds the database can forge a chain that fits together,
 * but not the archives that lie elsewhere. Takes the archive that is named, or else the newest of the company that belongs to
 * what is in its database. Refuses like openArchive; an empty list is the proof.
 */
export async function proveAnchor(company: Company, named?: { file: string; passphrase?: string | undefined }): Promise<Finding[]> {
  const passphrase = named?.passphrase ?? readPassphrase(join(company.folder, passphraseFileName)) ?? undefined;
  for (const file of named ? [named.file] : newestFirst(backupFolderOf(company))) {
    const archive = await openArchive(file, passphrase);
    archive.close();
    const { auditHead } = archive.manifest;
    if (auditHead && archive.manifest.company.code === company.code && !(await isAnotherHistory(company, archive.manifest)))
      return compare(company, auditHead, basename(file));
  }
  return [];
}

function newestFirst(folder: string): string[] {
  const files = namesIn(folder).map((name) => join(folder, name));
  return files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.zip(\.enc)?$/.test(name));
  } catch {
    return [];
  }
}

/** An older archive was restored since: what was written between the two is rightly not here. */
async function isAnotherHistory({ store }: Company, { auditHead, takenAt }: Manifest): Promise<boolean> {
  const restored = (await store.read((tx) =>
    tx('audit').where({ action: 'restore', type: 'backup' }).where('at', '>', takenAt).orderBy('seq').first('seq'),
  )) as { seq: number } | undefined;
  return restored !== undefined && restored.seq <= (auditHead?.seq ?? 0);
}

async function compare({ store }: Company, head: NonNullable<Manifest['auditHead']>, file: string): Promise<Finding[]> {
  const found = (await store.read((tx) => tx('audit').where({ seq: head.seq }).first('hash'))) as { hash: string } | undefined;
  if (found?.hash === head.hash) return [];
  const what = found ? 'or one before it was changed' : 'is missing';
  return [{ proof: 'audit', detail: `row ${head.seq} ${what} since the backup ${file}` }];
}
