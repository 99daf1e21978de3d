import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../shared/catalogue.ts';
import { systemActor } from '../access/rights.ts';
import { workInThread } from '../apart.ts';
import { loadDatabase, loadFiles } from '../backup/loadBackup.ts';
import { passphraseSettings } from '../backup/passphrase.ts';
import { openArchive } from '../backup/readArchive.ts';
import { secondSettings } from '../backup/secondFolder.ts';
import { writeBackup } from '../backup/writeBackup.ts';
import { fillPlace, openStore } from '../database/openStore.ts';
import type { StorePlace } from '../database/store.ts';
import { writeAudit } from '../engine/audit.ts';
import { transact } from '../engine/transact.ts';
import { offerFeatures } from '../features/offer.ts';
import { version } from '../version.ts';
import type { Company } from '../work.ts';

type Known = Pick<Company, 'code' | 'name' | 'timeZone'>;

/** A company and the empty place of its copy. */
export interface PracticeTask {
  readonly from: { readonly place: StorePlace; readonly folder: string; readonly company: Known };
  readonly to: { readonly place: StorePlace; readonly folder: string; readonly company: Known };
}

type Tell = (so: { readonly phase: 'writing' | 'loading'; readonly done: number; readonly all: number }) => void;

await workInThread(copy);

/** By way of an archive that nobody else sees: one snapshot, either engine, without the sessions of anybody. */
async function copy({ from, to }: PracticeTask, tell: Tell): Promise<void> {
  offerFeatures();
  const path = join(to.folder, 'copy.zip');
  const source = await openStore(from.place.engine === 'sqlite' ? { ...from.place, readOnly: true } : from.place);
  try {
    const of = { store: source, folder: from.folder, company: from.company, version };
    await writeBackup(of, path, { progress: (so) => tell({ phase: 'writing', ...so }) });
  } finally {
    await source.close();
  }
  const archive = await openArchive(path);
  try {
    await fillPlace(to.place, (empty) => loadDatabase(empty, archive, { catalogue, progress: (so) => tell({ phase: 'loading', ...so }) }));
    await loadFiles(to.folder, archive);
  } finally {
    archive.close();
  }
  const store = await openStore(to.place);
  try {
    await becomePractice({ ...to.company, folder: to.folder, catalogue, store, announce: () => undefined, report: () => undefined }, from);
  } finally {
    await store.close();
  }
  rmSync(path);
}

/** Nothing leads out of it: no programs come in, nothing is copied to other disks, and no backup that it names is its own. */
function becomePractice(company: Company, { company: { code } }: PracticeTask['from']): Promise<void> {
  return transact(company, systemActor(company), async (work) => {
    for (const table of ['backup_copies', 'backups', 'api_tokens', 'idempotency_keys']) await work.tx(table).delete();
    await work
      .tx('settings')
      .whereIn('key', [...secondSettings, ...passphraseSettings])
      .delete();
    await writeAudit(work, { action: 'practice', type: 'company', recordId: 0, changes: { from: code } });
  });
}
