import { setTimeout as sleep } from 'node:timers/promises';
import type { BackupRunning } from '../../shared/contracts/backups.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { clock } from '../clock.ts';
import type { Hold } from '../database/wire.ts';
import type { Company, Neighbours } from '../work.ts';

type Key = Pick<Company, 'folder' | 'neighbours'>;

/** Under this name processes that share a company hold its backups, and show what they do with them. */
export const backupsThing = 'backups';

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
  { folder, neighbours }: Key,
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
  let hold: Hold | null | undefined;
  let hide: (() => void) | undefined;
  try {
    hold = await neighbours?.hold(backupsThing);
    if (hold === null) throw new Refusal('backup.running');
    hide = neighbours?.show(
      backupsThing,
      () => turn.state,
      () => stopper.abort(),
    );
    return await run({
      // Whoever lost its hold stops: another process may be at it.
      signal: hold ? AbortSignal.any([signal, hold.lost]) : signal,
      progress: (so) => {
        turn.state = { ...state, ...so };
      },
    });
  } finally {
    hide?.();
    await hold?.release();
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

/** What is being done with a company's backups, here or in another process that keeps it, and how far it is. */
export const runningOf = ({ folder, neighbours }: Key): BackupRunning | null =>
  turns.get(folder)?.state ?? (neighbours?.shown(backupsThing) as BackupRunning | null | undefined) ?? null;

/** Cancels what runs and waits until it has cleared up behind itself. Refuses 'backup.notRunning'. */
export async function cancelBackup({ folder, neighbours }: Key): Promise<void> {
  const turn = turns.get(folder);
  if (!turn && neighbours?.shown(backupsThing)) return stopElsewhere(neighbours);
  if (!turn) throw new Refusal('backup.notRunning');
  turn.stopper.abort();
  await turn.ended;
}

/** It clears up behind itself there; whoever asked need not wait for ever. */
async function stopElsewhere(neighbours: Neighbours): Promise<void> {
  neighbours.askToStop(backupsThing);
  for (let waitedMs = 0; neighbours.shown(backupsThing) && waitedMs < stopMaxMs; waitedMs += askEveryMs) await sleep(askEveryMs);
}

const askEveryMs = 50;
const stopMaxMs = 10_000;

/** Cancels everything of these companies: the server stops. */
export async function stopBackups(companies: readonly Key[]): Promise<void> {
  for (const company of companies) if (turns.has(company.folder)) await cancelBackup(company);
}
