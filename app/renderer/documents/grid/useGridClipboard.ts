import { type ClipboardEvent, type RefObject, useState } from 'react';
import { plainCell } from './cellValue.ts';
import { formatCells, parseCells } from './clipboard.ts';
import type { GridScene } from './gridScene.ts';
import { corners, type Place } from './movement.ts';

/** A block of cells on its way from a spreadsheet into the grid. */
export interface Pasted {
  cells: string[][];
  at: Place;
}

interface ClipboardScene extends GridScene {
  input: RefObject<HTMLInputElement | null>;
  /** Somebody types in a cell: the clipboard belongs to the text there. */
  isTyping: boolean;
  clear: () => void;
}

/** Copies the block as a spreadsheet takes it, and catches what comes from one. A single cell is simply typed. */
export function useGridClipboard({ host, columns, block, setting, input, isTyping, clear }: ClipboardScene) {
  const [pasted, setPasted] = useState<Pasted | null>(null);
  return {
    pasted,
    closePaste: () => {
      setPasted(null);
      input.current?.focus();
    },
    onCopy: (event: ClipboardEvent<HTMLInputElement>, cut: boolean) => {
      if (isTyping) return;
      const { top, bottom, left, right } = corners(block);
      const shown = columns.slice(left, right + 1);
      const rows = host.rows.slice(top, bottom + 1);
      const cells = rows.map((row) => shown.map(({ name, field }) => plainCell(row[name], name, field, setting)));
      event.clipboardData.setData('text/plain', formatCells(cells));
      event.preventDefault();
      if (cut) clear();
    },
    onPaste: (event: ClipboardEvent<HTMLInputElement>) => {
      if (isTyping || !host.isEditable) return;
      const cells = parseCells(event.clipboardData.getData('text/plain'));
      if (cells.length === 1 && cells[0]?.length === 1) return;
      event.preventDefault();
      const { top, left } = corners(block);
      setPasted({ cells, at: { row: Math.min(top, host.rows.length), column: left } });
    },
  };
}
