import { rm } from 'node:fs/promises';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { look, transact } from '../../../engine/transact.ts';
import type { Actor, Company } from '../../../work.ts';
import { filesOf } from './importFiles.ts';
import { loadImport, refuseUnless, saveImport } from './importStore.ts';
import { stopJob } from './jobs.ts';

/**
 * Ends an import before it has taken anything in; a commit that is under way is rolled back whole. The uploaded file is
 * removed. Refuses 'import.notFound' and 'import.tooLate' when the commit was faster.
 */
export async function cancelImport(company: Company, actor: Actor, id: number): Promise<void> {
  await look(company, actor, (work) => loadImport(work, id));
  await stopJob(company, id);
  await transact(company, actor, async (work) => {
    const stored = await loadImport(work, id, { lock: true });
    if (stored.state === 'done' || stored.state === 'undone') throw new Refusal('import.tooLate');
    refuseUnless(stored, 'read', 'checked', 'failed', 'cancelled');
    await saveImport(work, id, { state: 'cancelled', content: stored.content });
  });
  await rm(filesOf(company, id).folder, { recursive: true, force: true });
}
