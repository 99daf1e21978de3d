import type { Move } from '../../shared/kernel/definition.ts';
import type { Work } from '../work.ts';

/** Hears of moves once they are in their ledgers, in the same transaction; what it refuses is as if it had never happened. */
export type MoveWatcher = (work: Work, moves: readonly Move[]) => Promise<void>;

const watchers: MoveWatcher[] = [];

/** A feature watches everything that moves. */
export const watchMoves = (watcher: MoveWatcher): void => void watchers.push(watcher);

export async function tellWatchers(work: Work, moves: readonly Move[]): Promise<void> {
  for (const watcher of watchers) await watcher(work, moves);
}
