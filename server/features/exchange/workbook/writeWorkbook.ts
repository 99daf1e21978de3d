import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { CellToWrite, SheetToWrite } from './sheetToWrite.ts';
import { sheetNames, staticParts, stylesOf } from './writeParts.ts';
import { sheetXml } from './writeSheet.ts';

/** Who took a workbook out and when: stands in its properties and at the foot of every printed page. */
export interface WorkbookMark {
  readonly by: string;
  readonly at: string;
  readonly line: string;
}

export interface WorkbookToWrite {
  sheets: SheetToWrite[];
  mark?: WorkbookMark;
}

/**
 * Writes an Excel workbook to a file or a stream, row by row; memory does not grow with the rows. Numbers are written as the decimal text
 * they are, days as Excel's days, and text is always a cell of type text, so that nothing in it is ever evaluated.
 * A file that could not be finished is removed. Refuses 'workbook.tooManyRows', 'workbook.cellTooLong', 'workbook.cancelled'.
 */
export async function writeWorkbook(target: string | Writable, workbook: WorkbookToWrite, signal?: AbortSignal): Promise<void> {
  const names = sheetNames(workbook.sheets.map((sheet) => sheet.name));
  const styles = stylesOf(workbook.sheets);
  const zip = new yazl.ZipFile();
  for (const { name, content } of staticParts(names, styles, workbook.mark)) zip.addBuffer(Buffer.from(content), name);
  const streams = workbook.sheets.map((sheet) =>
    Readable.from(sheetXml(sheet, styles, workbook.mark?.line), { objectMode: true, highWaterMark: 4 }),
  );
  for (const [index, stream] of streams.entries())
    zip.addReadStream(stream, `xl/worksheets/sheet${index + 1}.xml`, { compressionLevel: FAST });
  const output = zip.outputStream as Readable;
  // The zip does not end when one of its sources fails: without this the export would wait for ever.
  for (const source of [zip, ...streams]) source.on('error', (error) => output.destroy(error as Error));
  zip.end();
  try {
    await writeOut(output, target, signal);
  } finally {
    // The rows may come from a cursor: it is closed whatever happened.
    for (const stream of streams) stream.destroy();
  }
}

/** A template to be filled in: the columns with one row of example, and a second sheet that explains them. */
export interface Template {
  sheet: Omit<SheetToWrite, 'rows'>;
  sample: readonly CellToWrite[];
  notes: { name: string; header: string; lines: string[] };
}

/** Writes the template of an import. Refuses what writeWorkbook refuses. */
export async function writeTemplate(target: string | Writable, { sheet, sample, notes }: Template): Promise<void> {
  const explanation: SheetToWrite = {
    name: notes.name,
    columns: [{ header: notes.header, kind: 'text', width: 100 }],
    rows: notes.lines.map((line) => [line]),
  };
  await writeWorkbook(target, { sheets: [{ ...sheet, rows: [sample] }, explanation] });
}

/** Sends a stream to its place. Removes an unfinished file. Refuses 'workbook.cancelled'. */
export async function writeOut(source: Readable, target: string | Writable, signal?: AbortSignal): Promise<void> {
  const destination = typeof target === 'string' ? createWriteStream(target) : target;
  try {
    await pipeline(source, destination, { signal });
  } catch (error) {
    if (typeof target === 'string') await rm(target, { force: true });
    throw signal?.aborted ? new Refusal('workbook.cancelled', {}) : error;
  }
}

// Twice as fast as zlib's default and a tenth larger.
const FAST = 2;
