import type { RefObject } from 'react';
import type { CellSetting } from './cellValue.ts';
import type { Column } from './columns.ts';
import type { GridHost } from './host.ts';
import type { Block, Place } from './movement.ts';
import type { GridState } from './useGridState.ts';
import type { LineChange } from './useLineChange.ts';

/** The grid as it stands when something is done to it. */
export interface GridScene {
  host: GridHost;
  columns: readonly Column[];
  active: Place;
  block: Block;
  setting: CellSetting;
  lines: LineChange;
  moveTo: (place: Place, extends_?: boolean) => void;
}

/** The same with what the keyboard needs besides: what is being typed, and how much fits on the screen. */
export interface KeyboardScene extends GridScene {
  state: GridState;
  patch: (change: Partial<GridState>) => void;
  rowCount: number;
  page: number;
  input: RefObject<HTMLInputElement | null>;
  onScan: (code: string) => void;
}
