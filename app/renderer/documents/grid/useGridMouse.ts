import { type MouseEvent, type RefObject, useEffect, useRef } from 'react';
import type { GridScene } from './gridScene.ts';
import type { Place } from './movement.ts';

interface MouseScene extends GridScene {
  input: RefObject<HTMLInputElement | null>;
  /** Takes what is being typed; false when it has to be mended first. */
  commit: () => boolean;
  toggle: () => void;
  /** Opens the cell for typing, or its list. */
  openCell: () => void;
}

/** Clicking marks a cell, dragging a block, a double click opens the cell; a click on a marked flag turns it. */
export function useGridMouse({ columns, active, moveTo, input, commit, toggle, openCell }: MouseScene) {
  const isDragging = useRef(false);
  useEffect(() => {
    const release = () => {
      isDragging.current = false;
    };
    window.addEventListener('mouseup', release);
    return () => window.removeEventListener('mouseup', release);
  }, []);
  return {
    onMouseDown: (event: MouseEvent) => {
      const to = placeUnder(event);
      if (!to || event.button !== 0 || !commit()) return;
      event.preventDefault();
      isDragging.current = true;
      const wasActive = to.row === active.row && to.column === active.column;
      moveTo(to, event.shiftKey);
      input.current?.focus({ preventScroll: true });
      const column = columns[to.column];
      if (wasActive && column?.field.kind === 'flag' && column.isEditable) toggle();
    },
    onMouseMove: (event: MouseEvent) => {
      const to = isDragging.current ? placeUnder(event) : null;
      if (to && (to.row !== active.row || to.column !== active.column)) moveTo(to, true);
    },
    onDoubleClick: (event: MouseEvent) => {
      if ((event.target as HTMLElement).closest('[data-column]')) openCell();
    },
  };
}

function placeUnder(event: MouseEvent): Place | null {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column ?? 0) } : null;
}
