import type { AnyRow } from '../../../../shared/kernel/definition.ts';
import type { LineAnswer, LineSurroundings } from './lineRules.ts';

/** Brings all lines of a part to what holds today; the person asks for it, it never happens by itself. */
export interface LineRefresh {
  applies(surroundings: LineSurroundings): boolean;
  /** What is different today, for the lines in which something is. */
  ask(rows: readonly AnyRow[], surroundings: LineSurroundings): Promise<LineAnswer>;
}

const refreshes: LineRefresh[] = [];

/** Adds a refresh for the lines of any document to which it applies. */
export const registerLineRefresh = (refresh: LineRefresh): void => void refreshes.push(refresh);

export const refreshFor = (surroundings: LineSurroundings): LineRefresh | undefined =>
  refreshes.find((refresh) => refresh.applies(surroundings));
