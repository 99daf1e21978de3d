import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { RowCells, SheetReader } from './cells.ts';
import { formatOf } from './fileFormat.ts';
import { inspectZip } from './inspectZip.ts';
import type { WorkbookLimits } from './limits.ts';
import { workbookLimits } from './limits.ts';
import type { ParseMessage, ParseTask } from './parseThread.ts';
import { unpackRows } from './rowBatch.ts';

export interface ReadOptions {
  limits?: Partial<WorkbookLimits>;
  /** Called as rows are handed out: rows so far, and the share of the sheet that has been read, from 0 to 1. */
  onProgress?: (progress: ReadProgress) => void;
  signal?: AbortSignal;
}

export interface ReadProgress {
  rows: number;
  share: number;
}

/**
 * Opens an Excel workbook (.xlsx) or a CSV, told apart by their content, for reading row by row. The file is inspected first and parsed
 * in a thread of its own with bounded memory: whatever it contains, the server goes on. Leaving the loop over the rows ends the thread.
 * Refuses what inspectZip, formatOf and the readers refuse, 'workbook.tooMuchMemory' when the thread reaches its limit, and
 * 'workbook.cancelled' when the signal says so.
 */
export async function readWorkbook(path: string, options: ReadOptions = {}): Promise<SheetReader> {
  const limits = { ...workbookLimits, ...options.limits };
  const format = await formatOf(path);
  if (format === 'xlsx') await inspectZip(path, limits);
  const task: ParseTask = { path, format, limits };
  const sheets = await listSheets(task, options.signal);
  return { sheets, rows: (sheet = sheets[0] ?? '') => rowsOf({ ...task, sheet }, options) };
}

async function listSheets(task: ParseTask, signal?: AbortSignal): Promise<string[]> {
  for await (const { message } of messagesOf(task, signal)) {
    if (message.kind === 'sheets') return message.sheets;
  }
  throw new Error('the parsing thread ended without an answer');
}

async function* rowsOf(task: ParseTask, { onProgress, signal }: ReadOptions): AsyncGenerator<RowCells> {
  let rows = 0;
  for await (const { message, acknowledge } of messagesOf(task, signal)) {
    if (message.kind !== 'rows') continue;
    yield* unpackRows(message.batch);
    rows += message.batch.rows.length;
    onProgress?.({ rows, share: message.share });
    acknowledge();
  }
}

/** Starts a thread and gives what it says until it is done. Leaving the loop ends the thread. */
async function* messagesOf(task: ParseTask, signal?: AbortSignal): AsyncGenerator<{ message: ParseMessage; acknowledge: () => void }> {
  if (signal?.aborted) throw new Refusal('workbook.cancelled', {});
  const thread = new Worker(new URL('./parseThread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: task.limits.heapMegabytesMax },
  });
  const acknowledge = () => thread.postMessage('taken');
  try {
    for await (const [message] of on(thread, 'message', { signal, close: ['exit'] }) as AsyncIterable<[ParseMessage]>) {
      if (message.kind === 'done') return;
      if (message.kind === 'refused') throw new Refusal(message.code, message.facts);
      yield { message, acknowledge };
    }
    throw new Error('the parsing thread ended in the middle');
  } catch (error) {
    throw threadRefusal(error, signal);
  } finally {
    await thread.terminate();
  }
}

function threadRefusal(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof Refusal) return error;
  if (signal?.aborted) return new Refusal('workbook.cancelled', {});
  const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isFull ? new Refusal('workbook.tooMuchMemory', {}) : error;
}
