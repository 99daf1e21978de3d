import type { CellValue, RowCells } from './cells.ts';
import { EMPTY } from './cells.ts';

/** Rows on their way between threads: flat, because copying a million small objects costs more than reading them from the file. */
export interface RowBatch {
  rows: number[];
  /** One letter for each cell of a row. */
  kinds: string[];
  texts: string[][];
}

export function packRows(rows: RowCells[]): RowBatch {
  const batch: RowBatch = { rows: [], kinds: [], texts: [] };
  for (const { row, cells } of rows) {
    batch.rows.push(row);
    batch.kinds.push(cells.map(letterOf).join(''));
    batch.texts.push(cells.map(textOf));
  }
  return batch;
}

export function unpackRows(batch: RowBatch): RowCells[] {
  return batch.rows.map((row, index) => {
    const kinds = batch.kinds[index] ?? '';
    return { row, cells: (batch.texts[index] ?? []).map((text, column) => cellFrom(kinds[column] ?? '', text)) };
  });
}

const LETTERS: Record<CellValue['kind'], string> = { empty: '-', text: 't', number: 'n', day: 'd', flag: 'b', formula: 'f', error: 'e' };

function letterOf(cell: CellValue): string {
  return LETTERS[cell.kind];
}

function textOf(cell: CellValue): string {
  switch (cell.kind) {
    case 'empty':
      return '';
    case 'day':
      return cell.day;
    case 'error':
      return cell.error;
    case 'flag':
      return cell.value ? '1' : '';
    case 'formula':
      return JSON.stringify(cell);
    default:
      return cell.text;
  }
}

function cellFrom(letter: string, text: string): CellValue {
  switch (letter) {
    case 't':
      return { kind: 'text', text };
    case 'n':
      return { kind: 'number', text, value: Number(text) };
    case 'd':
      return { kind: 'day', day: text };
    case 'e':
      return { kind: 'error', error: text };
    case 'b':
      return { kind: 'flag', value: text === '1' };
    case 'f':
      return JSON.parse(text) as CellValue;
    default:
      return EMPTY;
  }
}
