import { Refusal } from '../../../../shared/kernel/refusal.ts';
import { looksLikeFormula } from './formulaText.ts';
import { workbookLimits } from './limits.ts';
import { serialOf } from './serialDays.ts';
import type { CellToWrite, ColumnToWrite, SheetToWrite } from './sheetToWrite.ts';
import type { Styles } from './writeParts.ts';
import { columnStyle, escapeXml, HEADER_STYLE, QUOTED_TEXT_STYLE } from './writeParts.ts';

/** A plain decimal number: what may stand in a number cell as it is. */
export const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** The XML of a sheet in pieces of some 64 KB: bold header, frozen, with a filter over all rows, and a line for the foot of printed pages. */
export async function* sheetXml(sheet: SheetToWrite, styles: Styles, foot?: string): AsyncGenerator<Buffer> {
  const letters = sheet.columns.map((_, index) => columnLetters(index + 1));
  const columns = sheet.columns.map((column, index) => ({ ...column, letters: letters[index] ?? '', style: columnStyle(styles, column) }));
  let piece = sheetStart(columns) + headerRow(columns);
  let row = 1;
  for await (const cells of sheet.rows) {
    row += 1;
    if (row > ROWS_OF_A_SHEET) throw new Refusal('workbook.tooManyRows', { row, most: ROWS_OF_A_SHEET });
    piece += rowXml(row, cells, columns);
    if (piece.length > PIECE_CHARACTERS) {
      yield Buffer.from(piece);
      piece = '';
    }
  }
  const filter = columns.length === 0 ? '' : `<autoFilter ref="A1:${letters.at(-1)}${row}"/>`;
  // An ampersand begins a code of Excel's own: doubled it stands for itself.
  const footer =
    foot === undefined
      ? ''
      : `<headerFooter><oddFooter>${escapeXml(`&L${foot.replaceAll('&', '&&')}`.slice(0, FOOT_MAX))}</oddFooter></headerFooter>`;
  yield Buffer.from(`${piece}</sheetData>${filter}${footer}</worksheet>`);
}

/** Column 28 is 'AB'. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

interface PlacedColumn extends ColumnToWrite {
  letters: string;
  style: number;
}

const PIECE_CHARACTERS = 64 * 1024;
const ROWS_OF_A_SHEET = 1_048_576;
const FOOT_MAX = 255;
// Without the mark Excel drops white space at the ends.
const EDGE_SPACE = /^\s|\s$|\n/;
const WIDTH_MIN = 10;
const WIDTH_MAX = 60;

function sheetStart(columns: PlacedColumn[]): string {
  const widths = columns.map(
    (column, index) => `<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" style="${column.style}" customWidth="1"/>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    (widths.length === 0 ? '' : `<cols>${widths.join('')}</cols>`) +
    '<sheetData>'
  );
}

/** A Chinese character takes the place of two. */
function widthOf({ width, header }: ColumnToWrite): number {
  if (width !== undefined) return width;
  const characters = [...header].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
  return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, characters + 4));
}

function headerRow(columns: PlacedColumn[]): string {
  return `<row r="1">${columns.map(({ header, letters }) => textXml(`${letters}1`, header, HEADER_STYLE)).join('')}</row>`;
}

function rowXml(row: number, cells: readonly CellToWrite[], columns: PlacedColumn[]): string {
  let xml = `<row r="${row}">`;
  for (const [index, column] of columns.entries()) {
    const value = cells[index];
    if (value !== null && value !== undefined && value !== '') xml += cellXml(`${column.letters}${row}`, value, column);
  }
  return `${xml}</row>`;
}

function cellXml(reference: string, value: string | number | bigint | boolean, { kind, style }: PlacedColumn): string {
  if (typeof value === 'boolean') return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = String(value);
  if (kind === 'number' && (DECIMAL.test(text) || Number.isFinite(value))) return `<c r="${reference}" s="${style}"><v>${text}</v></c>`;
  const serial = kind === 'day' ? serialOf(text) : null;
  if (serial !== null) return `<c r="${reference}" s="${style}"><v>${serial}</v></c>`;
  return textXml(reference, text, kind === 'text' ? style : 0);
}

/** The type of the cell already keeps Excel from evaluating it; the quote keeps it so when a person edits the cell. */
function textXml(reference: string, text: string, style: number): string {
  if (text.length > workbookLimits.cellCharactersMax) {
    throw new Refusal('workbook.cellTooLong', { cell: reference, most: workbookLimits.cellCharactersMax });
  }
  const shown = style !== HEADER_STYLE && looksLikeFormula(text) ? QUOTED_TEXT_STYLE : style;
  return `<c r="${reference}" s="${shown}" t="inlineStr"><is><t${EDGE_SPACE.test(text) ? ' xml:space="preserve"' : ''}>${escapeXml(text)}</t></is></c>`;
}
