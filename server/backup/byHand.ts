import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Actor, Company } from '../work.ts';
import { backUp } from './backUp.ts';
import { copyToDisk, diskCopyOf } from './copyToDisk.ts';
import type { DiskPlaces } from './removable.ts';
import { runningOf } from './running.ts';
import { copyToSecond } from './secondFolder.ts';

/**
 * Begins a backup that a person asked for and does not wait for it: how far it is says `runningOf`, how it ended is on record.
 * Refuses 'backup.running', 'practice.noBackup'.
 */
export function beginBackup(company: Company, by: number): void {
  if (company.practice) throw new Refusal('practice.noBackup');
  if (runningOf(company)) throw new Refusal('backup.running');
  inBackground(company, async () => {
    await backUp(company, { kind: 'manual', by });
    await copyToSecond(company);
  });
}

/** Begins to copy to the second folder what it does not have yet. */
export const beginCopy = (company: Company): void => inBackground(company, () => copyToSecond(company));

/** Begins to copy the newest backup to a disk that can be pulled out. Refuses 'backup.running', and like diskCopyOf. */
export async function beginDiskCopy(company: Company, actor: Actor, of: DiskPlaces & { path: string }): Promise<void> {
  if (runningOf(company)) throw new Refusal('backup.running');
  const copy = await diskCopyOf(company, actor, of);
  inBackground(company, () => copyToDisk(company, copy));
}

/** What is refused is on record already; what is a fault goes to the log. */
function inBackground(company: Company, run: () => Promise<unknown>): void {
  run().catch((fault: unknown) => {
    if (!(fault instanceof Refusal)) company.report(fault);
  });
}
