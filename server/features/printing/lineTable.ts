import type { PrintValue } from '../../../shared/printing/printData.ts';
import { cellText } from '../../../shared/printing/printFormat.ts';
import { printWords } from '../../../shared/printing/printWords.ts';
import type { TableBlock } from '../../../shared/printing/template.ts';
import { type FittedColumns, fitColumns, LINE_PICTURE_PT } from './fitColumns.ts';
import { type Align, LINE_PITCH, type Mark, type Piece, space, textLines } from './marks.ts';
import type { Setting } from './setting.ts';
import { type ShownColumn, shownColumns } from './shownColumns.ts';

/** The lines of the document as rows of known height; which page each lands on is decided elsewhere. */
export interface LineTable {
  head: Piece;
  rows: TableRow[];
  /** An empty row of the usual height. */
  blank: Piece;
  /** A row of sums over the first `to` lines, or from `from` on. Null when no column is summed. */
  sumRow(label: SumLabel, lines: { from: number; to: number }): Piece | null;
}

/** A row and the parts of it that may stand on different pages when it is higher than a page. */
export interface TableRow {
  piece: Piece;
  split(heightMax: number): Piece[];
}

export type SumLabel = 'carriedForward' | 'pageSubtotal' | 'total';

/** Refuses 'print.tooNarrow' when the columns cannot stand beside each other even in the smallest print. */
export function lineTable(block: TableBlock, width: number, setting: Setting): LineTable {
  const columns = shownColumns(block, setting);
  const fitted = fitColumns(columns, width, setting);
  const count = setting.place.data.lines.length;
  const rows = Array.from({ length: count }, (_, row) =>
    tableRow(
      columns.map((column, index) => ({
        text: column.cells[row] ?? '',
        width: fitted.widths[index] ?? 0,
        align: alignOf(column),
        ...(column.pictures ? { picture: column.pictures[row] ?? null } : {}),
      })),
      fitted,
      setting,
    ),
  );
  const blank = tableRow(
    columns.map((_, index) => ({ text: '', width: fitted.widths[index] ?? 0, align: 'left' })),
    fitted,
    setting,
  ).piece;
  return {
    head: headPiece(columns, fitted, setting),
    rows: rows.length > 0 ? rows : [emptyRow(width, fitted, setting)],
    blank,
    sumRow: (label, lines) => sumRowPiece(columns, { label, ...lines }, fitted, setting),
  };
}

function alignOf({ column, isFigure, isDay }: ShownColumn): Align {
  return column.align ?? (isFigure && !isDay ? 'right' : 'left');
}

interface Cell {
  text: string;
  width: number;
  align: Align;
  bold?: boolean;
  /** In a column of pictures: which one, or none; its room is kept either way, so that all rows are alike. */
  picture?: string | null;
}

function tableRow(cells: readonly Cell[], fitted: FittedColumns, setting: Setting): TableRow {
  const lines = cells.map((cell) => cellLines(cell, fitted, setting));
  const widths = cells.map((cell) => cell.width);
  return {
    piece: rowPiece(lines, widths, fitted, setting),
    split: (heightMax) => {
      const perPart = Math.max(1, Math.floor((heightMax - 2 * fitted.paddingAbove) / (fitted.sizePt * LINE_PITCH)));
      const most = Math.max(...lines.map((cell) => cell.length));
      return Array.from({ length: Math.ceil(most / perPart) }, (_, part) =>
        rowPiece(
          lines.map((cell) => cell.slice(part * perPart, (part + 1) * perPart)),
          widths,
          fitted,
          setting,
        ),
      );
    },
  };
}

function cellLines(cell: Cell, fitted: FittedColumns, setting: Setting): Piece[] {
  if (cell.picture !== undefined) return [linePicture(cell.picture, cell.width - 2 * fitted.padding, setting)];
  const style = { sizePt: fitted.sizePt, bold: cell.bold, align: cell.align };
  return textLines(cell.text, cell.width - 2 * fitted.padding, style, setting);
}

/** A picture in the middle of its cell, as large as the cell lets it be. */
function linePicture(name: string | null, width: number, setting: Setting): Piece {
  const picture = name === null ? undefined : setting.pictures.get(name);
  if (name === null || picture === undefined) return space(LINE_PICTURE_PT);
  const scale = Math.min(width / picture.widthPx, LINE_PICTURE_PT / picture.heightPx);
  const [pictureWidth, height] = [picture.widthPx * scale, picture.heightPx * scale];
  return {
    height: LINE_PICTURE_PT,
    paint: (x, y) => [
      { kind: 'picture', x: x + (width - pictureWidth) / 2, y: y + (LINE_PICTURE_PT - height) / 2, width: pictureWidth, height, name },
    ],
  };
}

/** Cells in a grid, each in the middle of its height. */
function rowPiece(cells: readonly Piece[][], widths: readonly number[], fitted: FittedColumns, setting: Setting, fill?: string): Piece {
  const { padding } = fitted;
  const inner = Math.max(fitted.sizePt * LINE_PITCH, ...cells.map((lines) => lines.reduce((sum, line) => sum + line.height, 0)));
  const height = inner + 2 * fitted.paddingAbove;
  const width = widths.reduce((sum, one) => sum + one, 0);
  const { widthPt, color } = setting.stroke;
  return {
    height,
    paint: (x, y) => {
      const marks: Mark[] = fill === undefined ? [] : [{ kind: 'fill', x, y, width, height, color: fill }];
      let left = x;
      for (const [index, lines] of cells.entries()) {
        marks.push({ kind: 'line', x1: left, y1: y, x2: left, y2: y + height, widthPt, color });
        let top = y + (height - lines.reduce((sum, line) => sum + line.height, 0)) / 2;
        for (const line of lines) {
          marks.push(...line.paint(left + padding, top));
          top += line.height;
        }
        left += widths[index] ?? 0;
      }
      marks.push({ kind: 'line', x1: left, y1: y, x2: left, y2: y + height, widthPt, color });
      for (const at of [y, y + height]) marks.push({ kind: 'line', x1: x, y1: at, x2: left, y2: at, widthPt, color });
      return marks;
    },
  };
}

function headPiece(columns: readonly ShownColumn[], fitted: FittedColumns, setting: Setting): Piece {
  const cells = columns.map((column, index) =>
    cellLines({ text: column.label, width: fitted.widths[index] ?? 0, align: 'center', bold: true }, fitted, setting),
  );
  return rowPiece(cells, fitted.widths, fitted, setting, setting.stroke.headFill);
}

function emptyRow(width: number, fitted: FittedColumns, setting: Setting): TableRow {
  return tableRow([{ text: printWords[setting.place.language].noLines, width, align: 'center' }], fitted, setting);
}

/** The label spans the columns before the first sum. */
function sumRowPiece(
  columns: readonly ShownColumn[],
  of: { label: SumLabel; from: number; to: number },
  fitted: FittedColumns,
  setting: Setting,
): Piece | null {
  const firstSum = columns.findIndex((column) => column.sums !== null);
  if (firstSum < 0) return null;
  const text = printWords[setting.place.language][of.label];
  const labelWidth = fitted.widths.slice(0, firstSum).reduce((sum, one) => sum + one, 0);
  const label: Cell[] = firstSum === 0 ? [] : [{ text, width: labelWidth, align: 'center', bold: true }];
  const sums = columns.slice(firstSum).map((column, index): Cell => {
    const [before, after] = [column.sums?.[of.from], column.sums?.[of.to]];
    const width = fitted.widths[firstSum + index] ?? 0;
    return { text: differenceText(before, after), width, align: alignOf(column), bold: true };
  });
  const cells = [...label, ...sums];
  return rowPiece(
    cells.map((cell) => cellLines(cell, fitted, setting)),
    cells.map((cell) => cell.width),
    fitted,
    setting,
  );
}

function differenceText(before: PrintValue | undefined, after: PrintValue | undefined): string {
  if (typeof before?.value !== 'number' || typeof after?.value !== 'number') return '';
  return cellText({ ...after, value: after.value - before.value } as PrintValue);
}
