import { useCallback, useState } from 'react';
import type { Block, Place } from './movement.ts';

export interface GridState {
  active: Place;
  /** Where a block was begun; the active cell is its other corner. */
  anchor: Place;
  /** What stands in the cell being typed in; null while a cell is only marked. */
  typed: string | null;
  /** The list of a link or choice hangs open. */
  isOpen: boolean;
  /** Why the typed text could not be taken. */
  problem: string | null;
}

const start: GridState = { active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 }, typed: null, isOpen: false, problem: null };

export function useGridState() {
  const [state, setState] = useState(start);
  const moveTo = useCallback((place: Place, extends_ = false) => {
    setState((now) => ({ active: place, anchor: extends_ ? now.anchor : place, typed: null, isOpen: false, problem: null }));
  }, []);
  const patch = useCallback((change: Partial<GridState>) => setState((now) => ({ ...now, ...change })), []);
  const block: Block = { anchor: state.anchor, head: state.active };
  return { state, block, moveTo, patch };
}
