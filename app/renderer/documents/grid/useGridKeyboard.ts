import { type ClipboardEvent, type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import { plainCell } from './cellValue.ts';
import { formatCells, parseCells } from './clipboard.ts';
import { editingCommand, type GridCommand, readyCommand } from './gridKeys.ts';
import { corners, moved, type Place } from './movement.ts';
import { isScanned, noBurst, withKey } from './scanner.ts';
import { type GridScene, useGridActions } from './useGridActions.ts';
import type { GridState } from './useGridState.ts';

interface KeyboardScene extends GridScene {
  state: GridState;
  patch: (change: Partial<GridState>) => void;
  rowCount: number;
  page: number;
  input: RefObject<HTMLInputElement | null>;
  onScan: (code: string) => void;
}

/** A block of cells on its way from a spreadsheet into the grid. */
export interface Pasted {
  cells: string[][];
  at: Place;
}

/** Keyboard, mouse and clipboard of the grid, joined to its actions. */
export function useGridKeyboard(scene: KeyboardScene) {
  const { host, columns, active, block, setting, moveTo, state, patch, rowCount, page, input } = scene;
  const actions = useGridActions(scene);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const burst = useRef(noBurst);
  const isDragging = useRef(false);
  const column = columns[active.column];
  const hasList = column !== undefined && ['choice', 'link', 'dictionary'].includes(column.field.kind);
  const place = column && host.rows[active.row] ? `${host.part}.${host.rows[active.row]?.id}.${column.name}` : null;

  /** Takes what is typed; false when it cannot be read and the person has to mend it. */
  const commit = (): boolean => {
    if (state.typed === null) return true;
    if (hasList && state.typed.trim() !== '') {
      patch({ typed: state.typed, problem: 'notChosen', isOpen: false });
      return false;
    }
    const problem = actions.commitText(state.typed);
    if (place) host.tellProblem(place, problem);
    patch(problem === null ? { typed: null, isOpen: false, problem: null } : { problem, isOpen: false });
    return problem === null;
  };
  const edit = (text?: string) => {
    if (!column?.isEditable || column.field.kind === 'flag') return;
    const held = host.rows[active.row]?.[column.name];
    patch({ typed: text ?? plainCell(held, column.name, column.field, setting), isOpen: false });
    requestAnimationFrame(() => input.current?.select());
  };
  const step = (press: KeyboardEvent) => {
    const to = moved(active, press, { rows: rowCount, columns: columns.length, page });
    if (to) moveTo(to, press.shiftKey);
    return to !== undefined;
  };
  const run: Record<GridCommand, () => void> = {
    next: () => commit() && actions.goOn(1, false),
    previous: () => commit() && actions.goOn(-1, false),
    nextCell: () => commit() && actions.goOn(1, true),
    previousCell: () => commit() && actions.goOn(-1, true),
    edit: () => edit(),
    list: () => hasList && column.isEditable && patch({ typed: state.typed ?? '', isOpen: !state.isOpen }),
    clear: actions.clear,
    insertLine: actions.insertLine,
    deleteLine: actions.deleteLines,
    lineUp: () => actions.shift(-1),
    lineDown: () => actions.shift(1),
    copyAbove: actions.copyAbove,
    fillDown: actions.fillDown,
    toggle: () => actions.write(host.rows[active.row]?.[column?.name ?? ''] !== true),
    all: () => {
      moveTo({ row: 0, column: 0 });
      moveTo({ row: Math.max(0, host.rows.length - 1), column: columns.length - 1 }, true);
    },
    restore: () => {
      if (place) host.tellProblem(place, null);
      patch({ typed: null, isOpen: false, problem: null });
    },
    commitDown: () => commit() && moveTo({ ...active, row: Math.min(rowCount - 1, active.row + 1) }),
    commitUp: () => commit() && moveTo({ ...active, row: Math.max(0, active.row - 1) }),
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isReady = state.typed === null;
    const command = isReady ? readyCommand(event, column?.field.kind === 'flag') : editingCommand(event);
    if (command === null) {
      if (isReady && event.key === 'Backspace') patch({ typed: '' });
      if (isReady && step(event)) event.preventDefault();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    run[command]();
  };
  const onFirstKey = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const atMs = event.timeStamp;
    // A scanner is faster than the screen is drawn: what stands in the input counts, not what was drawn last.
    const typed = event.currentTarget.value;
    const isCode =
      hasList && column.field.kind === 'link' && column.isEditable && event.key === 'Enter' && isScanned(burst.current, typed, atMs);
    if (!isCode) {
      burst.current = withKey(burst.current, event.key, atMs);
      return false;
    }
    burst.current = noBurst;
    event.preventDefault();
    event.stopPropagation();
    scene.onScan(typed);
    patch({ typed: null, isOpen: false, problem: null });
    return true;
  };
  const onCopy = (event: ClipboardEvent<HTMLInputElement>, cut: boolean) => {
    if (state.typed !== null) return;
    const { top, bottom, left, right } = corners(block);
    const rows = host.rows.slice(top, bottom + 1);
    const shown = columns.slice(left, right + 1);
    event.clipboardData.setData(
      'text/plain',
      formatCells(rows.map((row) => shown.map(({ name, field }) => plainCell(row[name], name, field, setting)))),
    );
    event.preventDefault();
    if (cut) actions.clear();
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    if (state.typed !== null || !host.isEditable) return;
    const cells = parseCells(event.clipboardData.getData('text/plain'));
    if (cells.length === 1 && cells[0]?.length === 1) return;
    event.preventDefault();
    setPasted({ cells, at: { row: Math.min(corners(block).top, host.rows.length), column: corners(block).left } });
  };
  useEffect(() => {
    const release = () => {
      isDragging.current = false;
    };
    window.addEventListener('mouseup', release);
    return () => window.removeEventListener('mouseup', release);
  }, []);

  return {
    pasted,
    closePaste: () => {
      setPasted(null);
      input.current?.focus();
    },
    insertLine: () => {
      actions.insertLine();
      input.current?.focus();
    },
    deleteLines: () => {
      actions.deleteLines();
      input.current?.focus();
    },
    onMouseDown: (event: MouseEvent) => {
      const to = placeUnder(event);
      if (!to || event.button !== 0 || !commit()) return;
      event.preventDefault();
      isDragging.current = true;
      const wasActive = to.row === active.row && to.column === active.column;
      moveTo(to, event.shiftKey);
      input.current?.focus({ preventScroll: true });
      if (wasActive && columns[to.column]?.field.kind === 'flag' && columns[to.column]?.isEditable) run.toggle();
    },
    onMouseOver: (event: MouseEvent) => {
      const to = isDragging.current ? placeUnder(event) : null;
      if (to) moveTo(to, true);
    },
    onDoubleClick: (event: MouseEvent) => {
      if ((event.target as HTMLElement).closest('[data-column], .tp-grid-editor')) run[hasList ? 'list' : 'edit']();
    },
    editor: {
      onFirstKey,
      onKeyDown,
      onCopy,
      onPaste,
      onTyped: (text: string) => patch({ typed: text, isOpen: hasList, problem: null }),
      onOpen: (open: boolean) => patch(open ? { isOpen: true, typed: state.typed ?? '' } : { isOpen: false, typed: null, problem: null }),
      onTake: (value: Value, titles: Titles | undefined, thenNext: boolean) => {
        actions.write(value, titles);
        patch({ typed: null, isOpen: false, problem: null });
        input.current?.focus();
        // The line exists, and may have been filled, once the form has been drawn.
        if (thenNext) setTimeout(() => actions.goOn(1, false));
      },
      onBlur: () => {
        if (state.typed !== null) commit();
      },
    },
  };
}

function placeUnder(event: MouseEvent): Place | null {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
  if (!cell) return null;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column ?? 0) };
}
