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
  return renderBatch([{ template, data, ...options }]);
}

/** One of several documents on its way into one PDF. */
export interface BatchPrint extends RenderOptions {
  readonly template: PrintTemplate;
  readonly data: PrintData;
  /** For labels: how many of it; all of a batch are labels then. */
  readonly copies?: number;
}

/** Several documents one behind the other in one PDF, each on its own sheet. Refuses what renderPdf refuses. */
export function renderBatch(prints: readonly BatchPrint[], signal?: AbortSignal): Promise<Uint8Array> {
  return pool.print(
    prints.map(({ language, ...print }) => ({ ...print, language: print.template.language ?? language })),
    signal,
  );
}

/** Ends the print workers, for the end of the server. */
export const closePrinting = (): Promise<void> => pool.close();

/** Two at a time when one takes long: a batch of notes does not hold up the one that a customer waits for. */
const pool = new PrintPool(new URL('./printWorker.ts', import.meta.url), {
  workers: 2,
  waitingMax: 100,
  timeoutMs: 60_000,
  memoryMaxMb: 768,
  patienceMs: 1_000,
  spareAfterMs: 15_000,
});
