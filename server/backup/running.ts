import type { BackupRunning } from '../../shared/contracts/backups.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Company } from '../work.ts';

type Key = Pick<Company, 'folder'>;

/** What a piece of work on backups gets while it has the company's backups for itself. */
export interface Turn {
  /** Aborted when somebody cancels or the server stops. */
  readonly signal: AbortSignal;
  readonly progress: (so: Pick<BackupRunning, 'phase' | 'done' | 'all'>) => void;
}

/**
 * Does something with a company's backups while nobody else does. Refuses 'backup.running'. `signal` cancels it from outside, besides
 * cancelBackup.
 */
export async function alone<T>(
  { folder }: Key,
  of: { kind: BackupRunning['kind']; signal?: AbortSignal | undefined },
  run: (turn: Turn) => Promise<T>,
): Promise<T> {
  if (turns.has(folder)) throw new Refusal('backup.running');
  const stopper = new AbortController();
  const signal = of.signal ? AbortSignal.any([of.signal, stopper.signal]) : stopper.signal;
  const state: BackupRunning = { kind: of.kind, startedAt: instantOf(clock.now()), phase: 'writing', done: 0, all: 0 };
  const ended = Promise.withResolvers<void>();
  const turn = { state, stopper, ended: ended.promise };
  turns.set(folder, turn);
  try {
    return await run({
      signal,
      progress: (so) => {
        turn.state = { ...state, ...so };
      },
    });
  } finally {
    turns.delete(folder);
    ended.resolve();
  }
}

interface Held {
  state: BackupRunning;
  readonly stopper: AbortController;
  readonly ended: Promise<void>;
}
const turns = new Map<string, Held>();

/** What is being done with a company's backups in this process, and how far it is. */
export const runningOf = ({ folder }: Key): BackupRunning | null => turns.get(folder)?.state ?? null;

/** Cancels what runs and waits until it has cleared up behind itself. Refuses 'backup.notRunning'. */
export async function cancelBackup({ folder }: Key): Promise<void> {
  const turn = turns.get(folder);
  if (!turn) throw new Refusal('backup.notRunning');
  turn.stopper.abort();
  await turn.ended;
}

/** Cancels everything of these companies: the server stops. */
export async function stopBackups(companies: readonly Key[]): Promise<void> {
  for (const company of companies) if (turns.has(company.folder)) await cancelBackup(company);
}
