import type { Writable } from 'node:stream';
import { Readable } from 'node:stream';
import { withLeadingQuote } from './formulaText.ts';
import type { CellToWrite, ColumnToWrite, SheetToWrite } from './sheetToWrite.ts';
import { DECIMAL } from './writeSheet.ts';
import { writeOut } from './writeWorkbook.ts';

/**
 * Writes one sheet as CSV (RFC 4180, UTF-8 with its mark so that Excel reads Chinese rightly). Text that a program could take for a
 * formula gets a leading quote, which readCsv takes off again; numbers keep their sign. A file that could not be finished is removed.
 * Refuses 'workbook.cancelled'.
 */
export async function writeCsv(target: string | Writable, sheet: Omit<SheetToWrite, 'name'>, signal?: AbortSignal): Promise<void> {
  const source = Readable.from(csvPieces(sheet), { objectMode: true, highWaterMark: 4 });
  try {
    await writeOut(source, target, signal);
  } finally {
    source.destroy();
  }
}

const PIECE_CHARACTERS = 64 * 1024;
const BYTE_ORDER_MARK = '\ufeff';

async function* csvPieces({ columns, rows }: Omit<SheetToWrite, 'name'>): AsyncGenerator<Buffer> {
  let piece = BYTE_ORDER_MARK + recordOf(columns.map((column) => quoted(withLeadingQuote(column.header))));
  for await (const cells of rows) {
    piece += recordOf(columns.map((column, index) => csvField(cells[index], column)));
    if (piece.length <= PIECE_CHARACTERS) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}

function recordOf(fields: string[]): string {
  return `${fields.join(',')}\r\n`;
}

function csvField(value: CellToWrite, { kind }: ColumnToWrite): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  const isNumber = kind === 'number' && (DECIMAL.test(text) || Number.isFinite(value));
  return isNumber ? text : quoted(withLeadingQuote(text));
}

function quoted(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
