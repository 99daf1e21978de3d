import { isPressed, type KeyName } from '../../ui/keyTable.ts';
import type { KeyPress } from './movement.ts';

/** What a key asks of the grid. Keys that are not the grid's own (saving, undo, typing) give null. */
export type GridCommand =
  | 'next'
  | 'previous'
  | 'nextCell'
  | 'previousCell'
  | 'edit'
  | 'list'
  | 'clear'
  | 'insertLine'
  | 'deleteLine'
  | 'lineUp'
  | 'lineDown'
  | 'copyAbove'
  | 'fillDown'
  | 'toggle'
  | 'all'
  | 'restore'
  | 'commitDown'
  | 'commitUp';

/** The command of a key while a cell is marked and nobody types in it. */
export function readyCommand(press: KeyPress, isFlag: boolean): GridCommand | null {
  if (press.key === ' ' && isFlag) return 'toggle';
  return ready.find(([name]) => isPressed(press, name))?.[1] ?? null;
}

const going: readonly (readonly [KeyName, GridCommand])[] = [
  ['nextField', 'next'],
  ['previousField', 'previous'],
  ['nextCell', 'nextCell'],
  ['previousCell', 'previousCell'],
];

const ready: readonly (readonly [KeyName, GridCommand])[] = [
  ...going,
  ['edit', 'edit'],
  ['pick', 'list'],
  ['clearCell', 'clear'],
  ['insertLine', 'insertLine'],
  ['deleteLine', 'deleteLine'],
  ['lineUp', 'lineUp'],
  ['lineDown', 'lineDown'],
  ['copyAbove', 'copyAbove'],
  ['fillDown', 'fillDown'],
  ['allCells', 'all'],
];

/** The command of a key while somebody types in a cell. */
export function editingCommand(press: KeyPress): GridCommand | null {
  if (press.ctrlKey || press.altKey) return null;
  const gone = going.find(([name]) => isPressed(press, name))?.[1];
  if (gone) return gone;
  return ({ Escape: 'restore', ArrowDown: 'commitDown', ArrowUp: 'commitUp' } as const)[press.key as 'Escape'] ?? null;
}
