import { Worker } from 'node:worker_threads';
import { type Facts, Refusal } from '../../shared/kernel/refusal.ts';
import type { Turn } from '../backup/running.ts';
import type { PracticeSign, PracticeTask } from './practiceThread.ts';

/**
 * Copies a company into an empty place while everybody works in it: in a thread of its own, from one snapshot. What is there when it
 * fails is the caller's to clear away. Refuses 'backup.cancelled' when the signal is aborted, 'backup.diskFull', 'database.full'.
 */
export function copyCompany(task: PracticeTask, { signal, progress }: Turn): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./practiceThread.ts', import.meta.url), { workerData: task });
    let end = (): void => reject(new Error('The thread of the practice company ended'));
    const stop = (): void => {
      end = () => reject(new Refusal('backup.cancelled'));
      void thread.terminate();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    thread.on('message', (sign: PracticeSign) => {
      if ('phase' in sign) return progress(sign);
      if (!signal.aborted)
        end = () => {
          if ('isDone' in sign) resolve();
          else reject('refusal' in sign ? new Refusal(sign.refusal.code, sign.refusal.facts as Facts) : new Error(sign.fault));
        };
      void thread.terminate();
    });
    thread.once('error', reject);
    thread.once('exit', () => {
      signal.removeEventListener('abort', stop);
      end();
    });
  });
}
