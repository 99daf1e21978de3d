import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { RowCells } from './cells.ts';
import type { WorkbookLimits } from './limits.ts';
import { sheetHandlers } from './readSheet.ts';
import { findParts, readDayStyles, readSharedStrings } from './workbookParts.ts';
import { parsePart } from './xmlPart.ts';
import { openZip } from './zipFile.ts';

/** Takes the rows found so far and how much of the sheet has been read, from 0 to 1; resolves when there is room for more. */
export type TakeRows = (rows: RowCells[], share: number) => Promise<void>;

/** The names of the visible sheets. The file has passed inspectZip. Refuses 'workbook.damaged' and what parsePart refuses. */
export async function listXlsxSheets(path: string, limits: WorkbookLimits): Promise<string[]> {
  const zip = await openZip(path, limits.entriesMax);
  try {
    return [...(await findParts(zip, limits)).sheets.keys()];
  } finally {
    zip.file.close();
  }
}

/** Reads one sheet from beginning to end. The file has passed inspectZip. Refuses 'workbook.noSuchSheet' and what sheetHandlers refuses. */
export async function readXlsxRows(path: string, sheet: string, limits: WorkbookLimits, take: TakeRows): Promise<void> {
  const zip = await openZip(path, limits.entriesMax);
  try {
    const parts = await findParts(zip, limits);
    const part = parts.sheets.get(sheet);
    if (part === undefined) throw new Refusal('workbook.noSuchSheet', { sheet });
    const sharedStrings = await readSharedStrings(zip, parts.sharedStrings, limits);
    const dayStyles = await readDayStyles(zip, parts.styles, limits);
    let found: RowCells[] = [];
    const handlers = sheetHandlers({ sharedStrings, dayStyles, date1904: parts.date1904 }, limits, (row) => found.push(row));
    const handOn = async (bytesRead: number) => {
      const rows = found;
      found = [];
      await take(rows, bytesRead / part.entry.uncompressedSize);
    };
    await parsePart(zip, part, limits, { ...handlers, afterChunk: handOn });
  } finally {
    zip.file.close();
  }
}
