import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { CellValue, RowCells } from './cells.ts';
import { textCell, trimRow } from './cells.ts';
import { readStart } from './fileFormat.ts';
import { withoutLeadingQuote } from './formulaText.ts';
import type { WorkbookLimits } from './limits.ts';
import type { TakeRows } from './readXlsx.ts';
import { delimiterOf, encodingOf } from './textFormat.ts';

/** The one sheet of a CSV. */
export const CSV_SHEET = 'CSV';

/**
 * Reads a CSV after RFC 4180: quotes, doubled quotes and line breaks inside them; comma, semicolon or tab; UTF-8, UTF-16 with its mark,
 * GB18030 or Big5. Every cell is text: what looks like a number or a day is for the import to say. Rows are counted as records.
 * Refuses 'workbook.unknownEncoding', 'workbook.unclosedQuote', 'workbook.tooManyRows', 'workbook.tooManyColumns', 'workbook.cellTooLong'.
 */
export async function readCsvRows(path: string, limits: WorkbookLimits, take: TakeRows): Promise<void> {
  const encoding = await encodingOf(path);
  const start = new TextDecoder(encoding).decode(await readStart(path));
  const format = delimiterOf(start);
  const { size } = await stat(path);
  let found: RowCells[] = [];
  const parser = csvParser(format.delimiter, limits, (row) => found.push(row));
  let toSkip = format.charactersToSkip;
  const feed = (text: string) => {
    parser.feed(text.slice(toSkip));
    toSkip = Math.max(0, toSkip - text.length);
  };
  const decoder = new TextDecoder(encoding, { fatal: true });
  let bytesRead = 0;
  for await (const piece of createReadStream(path)) {
    bytesRead += (piece as Buffer).length;
    feed(decoder.decode(piece as Buffer, { stream: true }));
    const rows = found;
    found = [];
    await take(rows, bytesRead / size);
  }
  feed(decoder.decode());
  parser.end();
  await take(found, 1);
}

type Place = 'fieldStart' | 'plain' | 'quoted' | 'afterQuote';

/** Takes the text in pieces, cut anywhere. */
export function csvParser(delimiter: string, limits: WorkbookLimits, emit: (row: RowCells) => void) {
  const builder = recordBuilder(limits, emit);
  let place: Place = 'fieldStart';
  let afterReturn = false;

  /** A quote, a delimiter or a line break, where it means something; gives the place after it. */
  function step(character: string): Place {
    if (character === '"') return stepOverQuote();
    if (character === delimiter) builder.endField();
    else builder.endRecord();
    return 'fieldStart';
  }

  function stepOverQuote(): Place {
    if (place === 'quoted') return 'afterQuote';
    if (place === 'fieldStart') return 'quoted';
    // Doubled inside quotes, or in the middle of a field without them: in both it stands for itself.
    builder.add('"');
    return place === 'afterQuote' ? 'quoted' : 'plain';
  }

  return {
    feed(text: string) {
      let at = 0;
      while (at < text.length) {
        const end = endOfRun(text, at, place, delimiter);
        if (end > at) {
          builder.add(text.slice(at, end));
          if (place !== 'quoted') place = 'plain';
          afterReturn = false;
          at = end;
          continue;
        }
        const character = text[at] ?? '';
        const isSecondHalf = afterReturn && character === '\n';
        afterReturn = character === '\r';
        if (!isSecondHalf) place = step(character);
        at += 1;
      }
    },
    end() {
      if (place === 'quoted') throw new Refusal('workbook.unclosedQuote', { row: builder.record() });
      builder.endRecord();
    },
  };
}

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Where the run of characters without a meaning of their own ends. */
function endOfRun(text: string, from: number, place: Place, delimiter: string): number {
  if (place === 'quoted') {
    const quote = text.indexOf('"', from);
    return quote < 0 ? text.length : quote;
  }
  const separator = delimiter.charCodeAt(0);
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === separator || code === QUOTE || code === LINE_FEED || code === CARRIAGE_RETURN) break;
    at += 1;
  }
  return at;
}

function recordBuilder(limits: WorkbookLimits, emit: (row: RowCells) => void) {
  let record = 1;
  let rowsFilled = 0;
  let field = '';
  let cells: CellValue[] = [];

  function endField(): void {
    const cell = textCell(withoutLeadingQuote(field));
    field = '';
    cells.push(cell);
    const column = cells.length;
    // A row of nothing but delimiters is kept from growing without end; content beyond the last column is refused.
    if (column <= limits.columnsMax) return;
    if (cell.kind !== 'empty') throw new Refusal('workbook.tooManyColumns', { row: record, column, most: limits.columnsMax });
    cells.pop();
  }

  return {
    endField,
    add(text: string) {
      field += text;
      if (field.length > limits.cellCharactersMax) {
        throw new Refusal('workbook.cellTooLong', { row: record, column: cells.length + 1, most: limits.cellCharactersMax });
      }
    },
    endRecord() {
      endField();
      const row = { row: record, cells: trimRow(cells) };
      cells = [];
      record += 1;
      if (row.cells.length === 0) return;
      rowsFilled += 1;
      if (rowsFilled > limits.rowsMax) throw new Refusal('workbook.tooManyRows', { row: row.row, most: limits.rowsMax });
      emit(row);
    },
    record: () => record,
  };
}
