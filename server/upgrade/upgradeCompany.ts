import { Worker } from 'node:worker_threads';
import type { ClosedCompany, UpgradePhase } from '../../shared/contracts/upgrades.ts';
import { type Facts, Refusal } from '../../shared/kernel/refusal.ts';
import { version } from '../version.ts';
import type { UpgradeProgress } from './keepBefore.ts';
import type { UpgradeSign, UpgradeTask } from './upgradeThread.ts';

export const waiting: ClosedCompany = { phase: 'waiting', done: 0, all: 0, statement: null, refusal: null };

/**
 * Brings the database of a company up to date, in a thread of its own so that all others are served: an archive first, proven by
 * restoring it, then every step in one transaction. Killed or failed at any moment the old data is there, or the new; a second try
 * goes on. Gives the name of the archive. Refuses 'database.full', 'backup.diskFull', and like openStore and keepBefore.
 */
export function upgradeCompany(
  task: UpgradeTask,
  { signal, progress }: { signal: AbortSignal; progress: (so: UpgradeProgress) => void },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./upgradeThread.ts', import.meta.url), { workerData: task });
    const stop = () => void thread.terminate().then(() => reject(new Error('The upgrade was stopped')));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    // What the thread has opened is closed when it has ended, and not before.
    let end = (): void => reject(new Error('The upgrade thread ended'));
    thread.on('message', (sign: UpgradeSign) => {
      if ('progress' in sign) return progress(sign.progress);
      end = () => {
        if ('archive' in sign) resolve(sign.archive);
        else reject('refusal' in sign ? new Refusal(sign.refusal.code, sign.refusal.facts as Facts) : new Error(sign.fault));
      };
      void thread.terminate();
    });
    thread.once('error', reject);
    thread.once('exit', () => {
      signal.removeEventListener('abort', stop);
      if (!signal.aborted) end();
    });
  });
}

/** What the console shows of an upgrade: each phase once, and each step. */
export function linesOf(code: string, tell: (line: string) => void): (so: UpgradeProgress) => void {
  let phase: UpgradePhase = 'waiting';
  return (so) => {
    if (so.phase !== phase) tell(`${code}: ${phaseWords[so.phase]}`);
    phase = so.phase;
    if (so.statement !== undefined) tell(`${code}: ${so.done}/${so.all} ${so.statement}`);
  };
}

const phaseWords: Readonly<Record<UpgradePhase, string>> = {
  waiting: '等待升级 · waits to be upgraded',
  archiving: `升级到 ${version}，先做备份 · upgrading to ${version}, a backup first`,
  proving: '检验备份 · proving the backup',
  changing: '更新数据 · changing the data',
};
