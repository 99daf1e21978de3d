import { flushSync } from 'react-dom';
import { plainCell } from './cellValue.ts';
import type { GridCommand } from './gridKeys.ts';
import type { KeyboardScene } from './gridScene.ts';
import { lineChoiceFor } from './lineRules.ts';
import type { GridActions } from './useGridActions.ts';

/** Fields whose cells are filled from a list. */
export const hasList = (kind: string | undefined): boolean => kind === 'choice' || kind === 'link' || kind === 'dictionary';

/** Takes what is typed; false when it cannot be read and the person has to mend it. */
export function commitTyped({ state, patch, columns, active, host }: KeyboardScene, actions: GridActions): boolean {
  if (state.typed === null) return true;
  const column = columns[active.column];
  if (hasList(column?.field.kind) && state.typed.trim() !== '') {
    patch({ problem: 'notChosen', isOpen: false });
    return false;
  }
  const problem = actions.commitText(state.typed);
  const row = host.rows[active.row];
  if (column && row) host.tellProblem(`${host.part}.${row.id}.${column.name}`, problem);
  patch(problem === null ? { typed: null, isOpen: false, problem: null } : { problem, isOpen: false });
  return problem === null;
}

/** What each command does. */
export function commandsOf(scene: KeyboardScene, actions: GridActions): Record<GridCommand, () => void> {
  const { host, columns, active, setting, moveTo, state, patch, rowCount, input } = scene;
  const column = columns[active.column];
  const row = host.rows[active.row];
  const commit = () => commitTyped(scene, actions);
  const toRow = (to: number) => commit() && moveTo({ ...active, row: Math.max(0, Math.min(rowCount - 1, to)) });
  return {
    next: () => commit() && actions.goOn(1, false),
    previous: () => commit() && actions.goOn(-1, false),
    nextCell: () => commit() && actions.goOn(1, true),
    previousCell: () => commit() && actions.goOn(-1, true),
    edit: () => {
      if (!column?.isEditable || column.field.kind === 'flag') return;
      // Drawn and marked before the next key arrives: marking later would throw away what was typed meanwhile.
      flushSync(() => patch({ typed: plainCell(row?.[column.name], column.name, column.field, setting), isOpen: false }));
      input.current?.select();
    },
    list: () => {
      if (!column?.isEditable) return;
      if (hasList(column.field.kind)) patch({ typed: state.typed ?? '', isOpen: !state.isOpen });
      else if (lineChoiceFor(column.name, host) !== null)
        patch({ typed: state.typed ?? plainCell(row?.[column.name], column.name, column.field, setting), isOpen: !state.isOpen });
    },
    clear: actions.clear,
    insertLine: actions.insertLine,
    deleteLine: actions.deleteLines,
    lineUp: () => actions.shift(-1),
    lineDown: () => actions.shift(1),
    copyAbove: actions.copyAbove,
    fillDown: actions.fillDown,
    toggle: () => actions.write(row?.[column?.name ?? ''] !== true),
    all: () => {
      moveTo({ row: 0, column: 0 });
      moveTo({ row: Math.max(0, host.rows.length - 1), column: columns.length - 1 }, true);
    },
    restore: () => {
      if (column && row) host.tellProblem(`${host.part}.${row.id}.${column.name}`, null);
      patch({ typed: null, isOpen: false, problem: null });
    },
    commitDown: () => toRow(active.row + 1),
    commitUp: () => toRow(active.row - 1),
  };
}
