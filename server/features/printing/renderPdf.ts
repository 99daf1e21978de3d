import type { Language } from '../../../shared/language/languages.ts';
import type { PrintData } from '../../../shared/printing/printData.ts';
import type { PrintTemplate } from '../../../shared/printing/template.ts';
import { PrintPool } from './printPool.ts';

export interface RenderOptions {
  /** Used where the template has no language of its own. */
  language: Language;
  /** A line for the foot of every page, such as the mark of a reprint. */
  mark?: string;
}

/**
 * A document on paper: the bytes of a PDF whose pages are exactly the template's sheet. What is shown as a preview, sent
 * and printed is this one file. Runs in a thread of its own; nothing is fetched and no file is read for it.
 * The template has been checked (templateFrom). Refuses 'print.busy', 'print.tooSlow', 'print.noRoom', 'print.tooNarrow',
 * 'print.noColumns', 'print.tooLong', 'print.pictureType', 'print.pictureTooLarge'.
 */
export function renderPdf(template: PrintTemplate, data: PrintData, options: RenderOptions): Promise<Uint8Array> {
  return pool.print({ template, data, language: template.language ?? options.language, mark: options.mark });
}

/** Ends the print workers, for the end of the server. */
export const closePrinting = (): Promise<void> => pool.close();

/** Two at a time: a batch of notes does not hold up the one that a customer waits for. */
const pool = new PrintPool(new URL('./printWorker.ts', import.meta.url), {
  workers: 2,
  waitingMax: 100,
  timeoutMs: 60_000,
  memoryMaxMb: 768,
});
