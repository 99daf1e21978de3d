import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dayOf, instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { systemActor } from '../access/rights.ts';
import { clock } from '../clock.ts';
import { look } from '../engine/transact.ts';
import type { Company } from '../work.ts';
import { backUp, backupFolderOf } from './backUp.ts';
import { planOf } from './backupPlan.ts';
import { type BackupRow, dueDay, misdatedAt, surplusOf } from './plan.ts';
import { copyDueBackups } from './secondFolder.ts';
import { tellFailure } from './tellFailure.ts';

/**
 * Makes the backup of the day when it is due, and removes what need not be kept any longer. Gives how many were made; of a practice company none. What stands
 * in its way is on record and told to the administrators; it is tried again later.
 */
export async function backUpDaily(company: Company, signal: AbortSignal): Promise<number> {
  if (company.practice) return 0;
  const now = instantOf(clock.now());
  await setAside(company, misdatedAt(now, await backupsOf(company)));
  const { plan } = await look(company, systemActor(company), planOf);
  const due = dueDay({ timeZone: company.timeZone, at: plan.at }, now, await backupsOf(company));
  if (due === null) return 0;
  try {
    await backUp(company, { kind: 'daily', signal });
  } catch (fault) {
    const code = fault instanceof Refusal ? fault.code : null;
    // Somebody else is at it or has cancelled it: nothing failed.
    if (code !== 'backup.cancelled' && code !== 'backup.running') await tellFailure(company, 'notice.backupFailed', due);
    if (code !== null) return 0;
    throw fault;
  }
  const keeping = { days: plan.keepDays, monthly: plan.keepMonthly };
  for (const row of surplusOf(await backupsOf(company), dayOf(now, company.timeZone), keeping)) await remove(company, row);
  await copyDueBackups(company, signal);
  return 1;
}

/** The backups of a company, the newest first. */
export const backupsOf = (company: Company): Promise<BackupRow[]> =>
  company.store.read(
    async (tx) =>
      (await tx('backups')
        .whereNot({ state: 'removed' })
        .orderBy('id', 'desc')
        .limit(5000)
        .select('id', 'day', 'kind', 'name', 'state', { finishedAt: 'finished_at' })) as BackupRow[],
  );

/** A backup of a day that is still to come keeps its content under another name, so that the day gets one of its own. */
async function setAside(company: Company, rows: readonly BackupRow[]): Promise<void> {
  for (const { id, name } of rows) {
    const other = name.replace(/\.zip(?=$|\.)/, `_misdated-${id}.zip`);
    await rename(join(backupFolderOf(company), name), join(backupFolderOf(company), other)).catch(() => undefined);
    await company.store.write((tx) => tx('backups').where({ id }).update({ state: 'misdated', name: other }));
  }
}

async function remove(company: Company, { id, name }: BackupRow): Promise<void> {
  await rm(join(backupFolderOf(company), name), { force: true });
  await company.store.write((tx) => tx('backups').where({ id }).update({ state: 'removed' }));
}
