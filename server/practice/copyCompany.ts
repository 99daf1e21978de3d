import { Refusal } from '../../shared/kernel/refusal.ts';
import { runInThread } from '../apart.ts';
import type { Turn } from '../backup/running.ts';
import type { PracticeTask } from './practiceThread.ts';

/**
 * Copies a company into an empty place while everybody works in it: in a thread of its own, from one snapshot. What is there when it
 * fails is the caller's to clear away. Refuses 'backup.cancelled' when the signal is aborted, 'backup.diskFull', 'database.full'.
 */
export function copyCompany(task: PracticeTask, { signal, progress }: Turn): Promise<void> {
  const stopped = () => new Refusal('backup.cancelled');
  return runInThread(new URL('./practiceThread.ts', import.meta.url), task, { signal, progress, stopped });
}
