import { useCallback, useEffect, useRef } from 'react';
import type { Titles } from '../../../../shared/contracts/wire.ts';
import type { Value } from '../../../../shared/kernel/definition.ts';
import type { RowChange, RowValues } from '../form/draft.ts';
import { type CellSetting, readCell } from './cellValue.ts';
import { type Column, isNeeded } from './columns.ts';
import type { GridHost } from './host.ts';
import { type Block, corners, nextStop, type Place } from './movement.ts';
import type { LineChange } from './useLineChange.ts';

export interface GridScene {
  host: GridHost;
  columns: readonly Column[];
  active: Place;
  block: Block;
  setting: CellSetting;
  lines: LineChange;
  moveTo: (place: Place, extends_?: boolean) => void;
}

/** What can be done to the marked cells. Every action reads the scene as it is when it is called. */
export function useGridActions(scene: GridScene) {
  const latest = useRef(scene);
  useEffect(() => {
    latest.current = scene;
  });

  const write = useCallback((value: Value, titles?: Titles) => {
    const { host, columns, active, lines } = latest.current;
    const column = columns[active.column];
    if (!column?.isEditable) return;
    const row = host.rows[active.row];
    if (row) lines.change([{ row: row.id, values: { [column.name]: value } }], titles);
    else if (host.rows.length < host.rowsMax) lines.add(host.rows.length, [{ [column.name]: value }], titles);
  }, []);

  /** Takes typed text into the marked cell; answers with why not. */
  const commitText = useCallback(
    (text: string): string | null => {
      const { columns, active, setting, host } = latest.current;
      const column = columns[active.column];
      if (!column?.isEditable) return null;
      const read = readCell(text, column.name, column.field, setting);
      if (read.problem !== undefined) return read.problem;
      const before = host.rows[active.row]?.[column.name] ?? null;
      if (read.value !== before) write(read.value);
      return null;
    },
    [write],
  );

  /** Marks the next cell that Enter stops at, or the next one at all; past the end it makes a new line. */
  const goOn = useCallback((by: 1 | -1, everyCell: boolean): boolean => {
    const { host, columns, active, moveTo } = latest.current;
    const rows = host.rows.length + (host.isEditable ? 1 : 0);
    const stops = (place: Place) => {
      const column = columns[place.column];
      if (!column) return false;
      if (everyCell) return column.isEditable;
      if (place.row === host.rows.length) return column.isEditable && column.field.required === true;
      return isNeeded(column, host.rows[place.row]);
    };
    const to = nextStop(active, by, { rows, columns: columns.length }, stops);
    if (to) moveTo(to);
    return to !== undefined;
  }, []);

  const markedRows = useCallback(() => {
    const { host, block } = latest.current;
    const { top, bottom } = corners(block);
    return host.rows.slice(top, bottom + 1);
  }, []);

  const clear = useCallback(() => {
    const { columns, block, lines } = latest.current;
    const { left, right } = corners(block);
    const names = columns.slice(left, right + 1).filter((column) => column.isEditable);
    const emptied = Object.fromEntries(names.map((column) => [column.name, column.field.kind === 'flag' ? false : null]));
    const changes = markedRows().map((row): RowChange => ({ row: row.id, values: emptied }));
    if (names.length > 0 && changes.length > 0) lines.change(changes);
  }, [markedRows]);

  const insertLine = useCallback(() => {
    const { host, active, lines, moveTo } = latest.current;
    if (!host.isEditable || host.rows.length >= host.rowsMax) return;
    lines.add(active.row, [{}]);
    moveTo({ row: active.row, column: 0 });
  }, []);

  const deleteLines = useCallback(() => {
    const { host, active, moveTo } = latest.current;
    const rows = markedRows().map((row) => row.id);
    if (!host.isEditable || rows.length === 0) return;
    host.dispatch({ type: 'remove', part: host.part, rows });
    moveTo({ row: Math.min(active.row, host.rows.length - rows.length), column: active.column });
  }, [markedRows]);

  const shift = useCallback(
    (by: 1 | -1) => {
      const { host, active, moveTo } = latest.current;
      const to = active.row + by;
      if (!host.isEditable || to < 0 || to >= host.rows.length || active.row >= host.rows.length) return;
      host.dispatch({ type: 'shift', part: host.part, rows: markedRows().map((row) => row.id), by });
      moveTo({ ...active, row: to });
    },
    [markedRows],
  );

  const copyAbove = useCallback(() => {
    const { host, columns, active } = latest.current;
    const column = columns[active.column];
    const above = host.rows[active.row - 1];
    if (column && above) write(above[column.name] ?? null);
  }, [write]);

  /** The first row of the block goes into all the others. */
  const fillDown = useCallback(() => {
    const { columns, block, lines } = latest.current;
    const { left, right } = corners(block);
    const [first, ...others] = markedRows();
    if (!first) return;
    const names = columns.slice(left, right + 1).filter((column) => column.isEditable);
    const values: RowValues = Object.fromEntries(names.map(({ name }) => [name, first[name] ?? null]));
    if (others.length > 0) lines.change(others.map((row) => ({ row: row.id, values })));
  }, [markedRows]);

  return { write, commitText, goOn, clear, insertLine, deleteLines, shift, copyAbove, fillDown };
}
