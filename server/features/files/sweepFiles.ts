import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { instantOf, msOf } from '../../../shared/kernel/days.ts';
import { clock } from '../../clock.ts';
import { chunksOf } from '../../database/codec.ts';
import { tableOf } from '../../database/tables.ts';
import type { Company } from '../../work.ts';
import { logoSetting } from '../printing/data/letterhead.ts';
import { filePlacesOf } from './fileSight.ts';

/** A form may be open for a while before the record that refers to its upload is saved. */
export const orphanAgeMs = 24 * 60 * 60_000;

/** The job during which no bytes are removed: an archive is being filled with what its snapshot names. */
export const backupJob = 'backUpDaily';

/**
 * Removes what nothing refers to any more: attachments of purged records, rows of files that no record names, and bytes
 * without a row, each only when older than 24 hours. What lies in the recycle bin keeps its files. Gives how many went.
 */
export async function sweepFiles(company: Company): Promise<{ rows: number; files: number }> {
  if (await isBackingUp(company)) return { rows: 0, files: 0 };
  const before = clock.now() - orphanAgeMs;
  const rows = await company.store.write(async (tx) => {
    await dropLostAttachments(tx, company);
    return dropOrphanRows(tx, company, instantOf(before));
  });
  return { rows, files: await dropOrphanBytes(company, before) };
}

async function isBackingUp(company: Company): Promise<boolean> {
  const run = await company.store.read((tx) => tx('job_runs').where({ name: backupJob }).first('held_until'));
  return Boolean(run?.held_until && msOf(run.held_until) > clock.now());
}

async function dropLostAttachments(tx: Knex, company: Company): Promise<void> {
  const types = (await tx('attachments').distinct('type')) as { type: string }[];
  for (const { type } of types) {
    const definition = company.catalogue.find(type);
    // A type that this version of the program does not know is left alone.
    if (definition)
      await tx('attachments')
        .where({ type })
        .whereNotIn('record_id', tx(tableOf(definition)).select('id'))
        .delete();
  }
}

async function dropOrphanRows(tx: Knex, company: Company, before: string): Promise<number> {
  const wanted = await wantedFiles(tx, company);
  const old = (await tx('files').where('created_at', '<', before).select('id')) as { id: number }[];
  const orphans = old.map(({ id }) => id).filter((id) => !wanted.has(id));
  for (const chunk of chunksOf(orphans, 1)) await tx('files').whereIn('id', chunk).delete();
  return orphans.length;
}

async function wantedFiles(tx: Knex, company: Company): Promise<Set<number>> {
  const attached = (await tx('attachments').distinct({ file: 'file' })) as { file: number }[];
  const named: { file: number }[] = [];
  for (const { table, column } of company.catalogue.definitions.flatMap(filePlacesOf)) {
    named.push(...((await tx(table).whereNotNull(column).distinct({ file: column })) as { file: number }[]));
  }
  const logo = (await tx('settings').where({ key: logoSetting }).first('value')) as { value: string } | undefined;
  return new Set([...attached, ...named].map(({ file }) => file).concat(logo ? [Number(JSON.parse(logo.value))] : []));
}

interface KnownBytes {
  hash: string;
  small_hash: string | null;
}

async function dropOrphanBytes(company: Company, beforeMs: number): Promise<number> {
  const known = await company.store.read((tx) => tx('files').distinct('hash', 'small_hash') as unknown as Promise<KnownBytes[]>);
  const hashes = new Set(known.flatMap(({ hash, small_hash }) => [hash, small_hash ?? hash]));
  const root = join(company.folder, 'files');
  let gone = 0;
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || hashes.has(entry.name)) continue;
    // Asked last: bytes that were just wanted again have a fresh time and stay.
    const { mtimeMs } = await stat(path);
    if (mtimeMs >= beforeMs) continue;
    await rm(path, { force: true });
    gone += 1;
  }
  return gone;
}
