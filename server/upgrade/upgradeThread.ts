import { catalogue } from '../../shared/catalogue.ts';
import { systemActor } from '../access/rights.ts';
import { workInThread } from '../apart.ts';
import { openStore } from '../database/openStore.ts';
import type { Store, StorePlace } from '../database/store.ts';
import { writeAudit } from '../engine/audit.ts';
import { workIn } from '../engine/transact.ts';
import { failpoint } from '../failpoints.ts';
import { offerFeatures } from '../features/offer.ts';
import type { Company } from '../work.ts';
import { forgetKept, type KeptArchive, keepBefore, type UpgradeProgress } from './keepBefore.ts';

/** A company whose database is older than the program. */
export interface UpgradeTask {
  readonly place: StorePlace;
  readonly folder: string;
  readonly dataFolder: string;
  readonly company: Pick<Company, 'code' | 'name' | 'timeZone'>;
}

type Tell = (progress: UpgradeProgress) => void;

await workInThread(upgrade);

/** Holds the database from the archive to the last step, so that nobody writes between them. */
async function upgrade({ place, folder, dataFolder, company: known }: UpgradeTask, tell: Tell): Promise<string> {
  offerFeatures();
  const store = await openStore(place);
  const company: Company = { ...known, folder, dataFolder, catalogue, store, announce: () => undefined, report: () => undefined };
  try {
    const kept = await keepBefore(company, tell);
    failpoint('upgrade-archived');
    await changeSchema(store, company, kept, tell);
    failpoint('upgrade-committed');
    forgetKept(folder);
    return kept.name;
  } finally {
    await store.close();
  }
}

/** All steps, the record of the archive and the line in the audit trail: together or not at all. */
function changeSchema(store: Store, company: Company, { from, to, ...kept }: KeptArchive, tell: Tell): Promise<void> {
  return store.migrate({
    step: (taken) => {
      tell({ phase: 'changing', ...taken });
      failpoint('upgrade-step');
    },
    atEnd: async (tx) => {
      const { name, day, bytes, rows, files, sha256, startedAt, finishedAt } = kept;
      await tx('backups').insert({
        ...{ day, kind: 'upgrade', name, state: 'good', bytes, rows, files, sha256 },
        ...{ audit_seq: kept.auditHead?.seq ?? 0, encrypted: kept.isEncrypted ? 1 : 0, started_at: startedAt, finished_at: finishedAt },
      });
      const changes = { version: to, schema: from, archive: name };
      await writeAudit(workIn(company, systemActor(company), tx), { action: 'upgrade', type: 'company', recordId: 0, changes });
      failpoint('upgrade-before-commit');
    },
  });
}
