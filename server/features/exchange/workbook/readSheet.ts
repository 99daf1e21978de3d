import { isDay } from '../../../../shared/kernel/days.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { CellValue, RowCells } from './cells.ts';
import { EMPTY, textCell, trimRow } from './cells.ts';
import { decimalText } from './decimals.ts';
import type { WorkbookLimits } from './limits.ts';
import { dayCell } from './serialDays.ts';
import { richText, unescapeText } from './workbookParts.ts';
import type { Attributes, PartHandlers } from './xmlPart.ts';
import { MalformedPart } from './xmlPart.ts';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  sharedStrings: string[];
  /** For each cell style whether it shows a day. */
  dayStyles: boolean[];
  date1904: boolean;
}

/**
 * Listens to the XML of a sheet and hands out each row that has something in it.
 * Refuses 'workbook.tooManyRows', 'workbook.tooManyColumns', 'workbook.cellTooLong'; throws MalformedPart where the order is not possible.
 */
export function sheetHandlers(context: SheetContext, limits: WorkbookLimits, emit: (row: RowCells) => void): PartHandlers {
  const rich = richText(limits);
  const row = rowBuilder(limits, emit);
  let cell = noCell();
  let gathering: 'value' | 'formula' | 'rich' | null = null;
  return {
    open(name, attributes) {
      if (name === 'row') row.start(attributes);
      else if (name === 'c') cell = cellFrom(attributes, row.nextColumn());
      else if (name === 'v') gathering = 'value';
      else if (name === 'f') {
        gathering = 'formula';
        cell.formula = '';
      } else if (name === 'is') {
        gathering = 'rich';
        rich.start();
      } else if (gathering === 'rich') rich.open(name);
    },
    close(name) {
      if (name === 'c') row.put(cell.column, cellValue(cell, context));
      else if (name === 'row') row.finish();
      else if (name === 'v' || name === 'f') gathering = null;
      else if (name === 'is') {
        gathering = null;
        cell.value = rich.take();
      } else if (gathering === 'rich') rich.close(name);
    },
    text(text) {
      if (gathering === 'value') cell.value += text;
      else if (gathering === 'formula') cell.formula += text;
      else if (gathering === 'rich') rich.text(text);
      if (cell.value.length > limits.cellCharactersMax || (cell.formula?.length ?? 0) > limits.cellCharactersMax)
        refuseLongCell(row.number(), cell.column, limits);
    },
  };
}

interface RawCell {
  column: number;
  type: string;
  style: number;
  value: string;
  formula: string | null;
}

function noCell(): RawCell {
  return { column: 0, type: 'n', style: 0, value: '', formula: null };
}

function cellFrom(attributes: Attributes, nextColumn: number): RawCell {
  const { r: reference, t: type = 'n', s: style = '0' } = attributes;
  return { column: reference === undefined ? nextColumn : columnOf(reference), type, style: Number(style), value: '', formula: null };
}

/** 'AB12' is column 28. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (column < 1 || column > COLUMNS_OF_A_SHEET) throw new MalformedPart();
  return column;
}

const COLUMNS_OF_A_SHEET = 16_384;
const ROWS_OF_A_SHEET = 1_048_576;

function rowBuilder(limits: WorkbookLimits, emit: (row: RowCells) => void) {
  let number = 0;
  let lastColumn = 0;
  let rowsFilled = 0;
  let cells: CellValue[] = [];
  return {
    start({ r }: Attributes) {
      const next = r === undefined ? number + 1 : Number(r);
      if (!Number.isInteger(next) || next <= number || next > ROWS_OF_A_SHEET) throw new MalformedPart();
      number = next;
      lastColumn = 0;
      cells = [];
    },
    put(column: number, value: CellValue) {
      if (column <= lastColumn) throw new MalformedPart();
      lastColumn = column;
      // Empty cells with a colour reach to column XFD in real files; only content counts.
      if (value.kind === 'empty') return;
      if (column > limits.columnsMax) throw new Refusal('workbook.tooManyColumns', { row: number, column, most: limits.columnsMax });
      while (cells.length < column - 1) cells.push(EMPTY);
      cells.push(value);
    },
    finish() {
      if (trimRow(cells).length === 0) return;
      rowsFilled += 1;
      if (rowsFilled > limits.rowsMax) throw new Refusal('workbook.tooManyRows', { row: number, most: limits.rowsMax });
      emit({ row: number, cells });
    },
    nextColumn: () => lastColumn + 1,
    number: () => number,
  };
}

function cellValue(cell: RawCell, context: SheetContext): CellValue {
  const value = plainValue(cell, context);
  if (cell.formula === null) return value;
  return value.kind === 'empty' ? { kind: 'formula', formula: cell.formula } : { kind: 'formula', formula: cell.formula, result: value };
}

function plainValue({ type, style, value }: RawCell, context: SheetContext): CellValue {
  if (type === 'inlineStr') return textCell(value);
  if (value === '') return EMPTY;
  if (type === 's') return sharedText(value, context);
  if (type === 'str') return textCell(unescapeText(value));
  if (type === 'b') return { kind: 'flag', value: value === '1' || value === 'true' };
  if (type === 'e') return { kind: 'error', error: value };
  if (type === 'd') return isoDay(value);
  return numberCell(value, context.dayStyles[style] === true, context.date1904);
}

function sharedText(value: string, { sharedStrings }: SheetContext): CellValue {
  const text = sharedStrings[Number(value)];
  if (text === undefined) throw new MalformedPart();
  return textCell(text);
}

function isoDay(value: string): CellValue {
  const day = value.split('T', 1)[0] ?? '';
  return isDay(day) ? { kind: 'day', day } : textCell(value);
}

function numberCell(value: string, showsDay: boolean, date1904: boolean): CellValue {
  const text = decimalText(value);
  if (text === null) return textCell(value);
  return showsDay ? dayCell(Number(text), date1904) : { kind: 'number', text, value: Number(text) };
}

function refuseLongCell(row: number, column: number, limits: WorkbookLimits): never {
  throw new Refusal('workbook.cellTooLong', { row, column, most: limits.cellCharactersMax });
}
