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
  const { key, ctrlKey, shiftKey, altKey } = press;
  if (altKey) return key === 'ArrowUp' ? 'lineUp' : key === 'ArrowDown' ? 'lineDown' : null;
  if (ctrlKey) return withCtrl(key);
  if (key === ' ' && isFlag) return 'toggle';
  if (key === 'Enter') return shiftKey ? 'previous' : 'next';
  if (key === 'Tab') return shiftKey ? 'previousCell' : 'nextCell';
  return ({ F2: 'edit', F4: 'list', Delete: 'clear', Insert: 'insertLine' }[key] as GridCommand | undefined) ?? null;
}

/** The command of a key while somebody types in a cell. */
export function editingCommand(press: KeyPress): GridCommand | null {
  if (press.ctrlKey || press.altKey) return null;
  switch (press.key) {
    case 'Enter':
      return press.shiftKey ? 'previous' : 'next';
    case 'Tab':
      return press.shiftKey ? 'previousCell' : 'nextCell';
    case 'Escape':
      return 'restore';
    case 'ArrowDown':
      return 'commitDown';
    case 'ArrowUp':
      return 'commitUp';
    default:
      return null;
  }
}

function withCtrl(key: string): GridCommand | null {
  const commands: Record<string, GridCommand> = {
    Delete: 'deleteLine',
    '"': 'copyAbove',
    "'": 'copyAbove',
    Enter: 'fillDown',
    a: 'all',
    A: 'all',
  };
  return commands[key] ?? null;
}
