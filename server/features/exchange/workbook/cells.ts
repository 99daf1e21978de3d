/**
 * What a sheet holds, cell by cell, as the file says it: nothing is guessed, so that a preview can show it. Numbers keep their decimal
 * text because a float cannot carry money; `value` beside it is only for comparing.
 */
export type CellValue =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'number'; text: string; value: number }
  | { kind: 'day'; day: string }
  | { kind: 'flag'; value: boolean }
  | { kind: 'formula'; formula: string; result?: CellValue }
  | { kind: 'error'; error: string };

/** A row with something in it: its number as Excel shows it (from 1) and its cells from column A on, gaps filled with empty ones. */
export interface RowCells {
  row: number;
  cells: CellValue[];
}

/** A file opened for reading. Each call of `rows` reads the file anew; wholly empty rows are left out. */
export interface SheetReader {
  /** The visible sheets in the workbook's order; a CSV has one. */
  readonly sheets: readonly string[];
  /** The rows of a sheet, the first one by default. Refuses 'workbook.noSuchSheet'. */
  rows(sheet?: string): AsyncIterable<RowCells>;
}

export const EMPTY: CellValue = Object.freeze({ kind: 'empty' });

/** The text as a cell: an empty text is an empty cell. */
export function textCell(text: string): CellValue {
  return text === '' ? EMPTY : { kind: 'text', text };
}

/** Cuts empty cells off the end, in place. */
export function trimRow(cells: CellValue[]): CellValue[] {
  while (cells.at(-1)?.kind === 'empty') cells.pop();
  return cells;
}
