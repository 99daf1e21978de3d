import type { ClosedCompany, UpgradePhase } from '../../shared/contracts/upgrades.ts';
import { runInThread } from '../apart.ts';
import { version } from '../version.ts';
import type { UpgradeProgress } from './keepBefore.ts';
import type { UpgradeTask } from './upgradeThread.ts';

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
  const stopped = () => new Error('The upgrade was stopped');
  return runInThread(new URL('./upgradeThread.ts', import.meta.url), task, { signal, progress, stopped });
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
