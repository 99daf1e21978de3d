import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { forgetWithSession } from '../../api/windowMemory.ts';
import { isPressed } from '../keyTable.ts';
import type { TableSelection } from './tableColumns.ts';

interface KeysOf<Row> {
  rows: readonly Row[];
  idOf: (row: Row) => number;
  selection?: TableSelection;
  onOpen?: (row: Row) => void;
  memory?: string;
  scroller: RefObject<HTMLDivElement | null>;
  rowHeightPx: number;
}

/** The row each table was left at, by the table's name. */
const actives = new Map<string, number>();
forgetWithSession(() => actives.clear());

/** Has a table open at this row when it is next shown. */
export function markRow(memory: string, id: number): void {
  actives.set(memory, id);
}

/** The active row and what keys and presses do to it and to the selection. */
export function useTableKeys<Row>(of: KeysOf<Row>) {
  const { rows, idOf, selection, onOpen, memory, scroller, rowHeightPx } = of;
  const [activeId, setActiveId] = useState<number | null>(() => (memory === undefined ? null : (actives.get(memory) ?? null)));
  const anchor = useRef<number | null>(null);
  const active = activeId === null ? -1 : rows.findIndex((row) => idOf(row) === activeId);
  useEffect(() => {
    if (memory !== undefined && activeId !== null) actives.set(memory, activeId);
  }, [memory, activeId]);

  const activate = useCallback(
    (index: number) => {
      const row = rows[index];
      if (row === undefined) return;
      setActiveId(idOf(row));
      if (scroller.current) showRow(scroller.current, index, rowHeightPx);
    },
    [rows, idOf, scroller, rowHeightPx],
  );
  const choose = useCallback(
    (index: number, how: 'toggle' | 'range') => {
      const row = rows[index];
      if (row === undefined || selection === undefined) return;
      selection.onChange(
        how === 'range' ? rangeOf(selection.chosen, rows.map(idOf), anchor.current ?? index, index) : toggled(selection.chosen, idOf(row)),
      );
      if (how === 'toggle') anchor.current = index;
    },
    [rows, idOf, selection],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current && !(event.target as HTMLElement).closest('[role=row]')) return;
    const step = stepOf(event.key, Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeightPx) - 3), rows.length);
    const row = rows[active];
    if (step !== undefined) {
      const next = Math.min(rows.length - 1, Math.max(0, active + step));
      if (event.shiftKey) {
        anchor.current ??= Math.max(0, active);
        choose(next, 'range');
      } else anchor.current = next;
      activate(next);
    } else if (isPressed(event, 'open') && row !== undefined && onOpen !== undefined) onOpen(row);
    else if (isPressed(event, 'chooseRow') && selection !== undefined) choose(active, 'toggle');
    else if (isPressed(event, 'chooseAll') && selection !== undefined) selection.onChange(new Set(rows.map(idOf)));
    else return;
    event.preventDefault();
  };
  const onPress = useCallback(
    (index: number, event: MouseEvent, onCheck: boolean) => {
      activate(index);
      if (event.shiftKey) choose(index, 'range');
      else if (onCheck || event.ctrlKey || event.metaKey) choose(index, 'toggle');
      else anchor.current = index;
    },
    [activate, choose],
  );
  return { active, onKeyDown, onPress };
}

function stepOf(key: string, page: number, count: number): number | undefined {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
  return steps[key];
}

function toggled(chosen: ReadonlySet<number>, id: number): Set<number> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

function rangeOf(chosen: ReadonlySet<number>, ids: readonly number[], from: number, to: number): Set<number> {
  const [first, last] = from < to ? [from, to] : [to, from];
  return new Set([...chosen, ...ids.slice(first, last + 1)]);
}

/** Scrolls as little as needed; head and foot cover one row each. */
function showRow(box: HTMLElement, index: number, rowHeightPx: number): void {
  const top = index * rowHeightPx;
  const roomPx = box.clientHeight - 2 * rowHeightPx - 12;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeightPx > box.scrollTop + roomPx) box.scrollTop = top + rowHeightPx - roomPx;
}
