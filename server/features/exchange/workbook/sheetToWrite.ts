export interface SheetToWrite {
  /** Made fit for Excel: forbidden characters replaced, cut to 31 characters, made unique. */
  name: string;
  columns: ColumnToWrite[];
  rows: Iterable<readonly CellToWrite[]> | AsyncIterable<readonly CellToWrite[]>;
}

export interface ColumnToWrite {
  header: string;
  kind: ColumnKind;
  /** In characters; by default as wide as the header asks. */
  width?: number;
  /** Decimals shown for a number, with thousands separators; without it the number is shown as it is. */
  digits?: number;
  /** A part of one (0.25): paper shows it in hundredths (25.0%), a workbook as it is. */
  isShare?: boolean;
}

export type ColumnKind = 'text' | 'number' | 'day' | 'flag';

/** Numbers as plain decimal text ('-12.50') are written exactly as they stand. What does not fit its column's kind is written as text. */
export type CellToWrite = string | number | bigint | boolean | null | undefined;
