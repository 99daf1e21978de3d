import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { openStore } from '../database/openStore.ts';
import type { Store } from '../database/store.ts';
import { proveCompany } from '../features/proveCompany.ts';
import type { Finding } from '../ledger/prove.ts';
import type { Company } from '../work.ts';
import { loadDatabase } from './loadBackup.ts';
import type { Manifest } from './manifest.ts';
import { type Archive, openArchive } from './readArchive.ts';

export interface ProveOptions {
  readonly catalogue: Catalogue;
  /** A folder with room for the database, in which nothing is left. */
  readonly scratch: string;
  readonly passphrase?: string | undefined;
  readonly signal?: AbortSignal;
  /** Every row counts twice: when it is loaded, and when it is proven. */
  readonly progress?: (so: { done: number; all: number }) => void;
}

/** What became of a proof: nothing found is the proof. */
export interface BackupProof {
  readonly manifest: Manifest;
  readonly findings: readonly Finding[];
  /** Of the file that was proven. */
  readonly sha256: string;
}

/**
 * Proves that an archive restores: reads it whole, loads it into a scratch database, counts every table, proves ledgers, flows and
 * the audit chain up to the head that the manifest names, and reads every other entry. Refuses like openArchive.
 */
export async function proveBackup(path: string, options: ProveOptions): Promise<BackupProof> {
  const archive = await openArchive(path, options.passphrase);
  const folder = await mkdtemp(join(options.scratch, 'proving-'));
  try {
    const findings = await proveDatabase(archive, folder, options);
    for (const { name } of archive.manifest.entries.filter((entry) => /^(files|server)\//.test(entry.name))) {
      options.signal?.throwIfAborted();
      await archive.prove(name);
    }
    return { manifest: archive.manifest, findings, sha256: await archive.sha256() };
  } finally {
    archive.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function proveDatabase(archive: Archive, folder: string, options: ProveOptions): Promise<Finding[]> {
  const { catalogue, signal, progress } = options;
  const rows = archive.manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const told = (share: number): void => progress?.({ done: rows + Math.floor(share * rows), all: 2 * rows });
  const store = await openStore({ engine: 'sqlite', file: join(folder, 'company.sqlite'), unguarded: true });
  try {
    const findings: Finding[] = [];
    const loaded = async (): Promise<void> => {
      findings.push(...(await countsAgree(store, archive.manifest)), ...(await headAgrees(store, archive.manifest)));
    };
    await loadDatabase(store, archive, {
      catalogue,
      loaded,
      ...(signal ? { signal } : {}),
      progress: ({ done }) => progress?.({ done, all: 2 * rows }),
      indexed: (share) => told(indexShare * share),
    });
    const { company } = archive.manifest;
    const restored: Company = { ...company, folder, catalogue, store, announce: () => undefined, report: () => undefined };
    return [...findings, ...(await proveCompany(restored, (share) => told(indexShare + (1 - indexShare) * share)))];
  } finally {
    await store.close();
  }
}

/** About so much of what comes after the loading goes into the search index. */
const indexShare = 0.5;

/** Whether every table has the rows that an archive says it has. */
export function countsAgree(store: Store, { tables }: Manifest): Promise<Finding[]> {
  return store.read(async (tx) => {
    const findings: Finding[] = [];
    for (const { name, rows } of tables) {
      const found = Number(((await tx(name).count({ rows: '*' }).first()) as { rows: number }).rows);
      if (found !== rows) findings.push({ proof: 'count', detail: `${name}: ${found} of ${rows} rows` });
    }
    return findings;
  });
}

/** Whether the audit chain ends where an archive says it ended. */
export async function headAgrees(store: Store, { auditHead }: Manifest): Promise<Finding[]> {
  const found = (await store.read((tx) => tx('audit').orderBy('seq', 'desc').first('seq', 'hash'))) as Manifest['auditHead'] | undefined;
  if (found?.seq === auditHead?.seq && found?.hash === auditHead?.hash) return [];
  return [{ proof: 'auditHead', detail: `row ${found?.seq ?? 0} instead of ${auditHead?.seq ?? 0}` }];
}
