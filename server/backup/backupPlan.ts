import { type BackupPlan, usualPlan } from '../../shared/contracts/backups.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { allSettings, storeSettings } from '../engine/settings.ts';
import { lockSettings } from '../features/settings/companySettings.ts';
import type { Work } from '../work.ts';

export const planKey = 'backup.plan';

/** When a company's backups are made and how long they are kept. */
export async function planOf(work: Work): Promise<{ plan: BackupPlan; version: number }> {
  const chosen = (await allSettings(work)).get(planKey);
  return { plan: { ...usualPlan, ...(chosen?.value as Partial<BackupPlan> | undefined) }, version: chosen?.version ?? 0 };
}

/** Changes it. Refuses 'settings.changed' when the version seen is not the newest. */
export async function changePlan(work: Work, version: number, plan: BackupPlan): Promise<void> {
  if (((await lockSettings(work)).get(planKey)?.version ?? 0) !== version) throw new Refusal('settings.changed');
  await storeSettings(work, { [planKey]: plan });
}
