import { parentPort, workerData } from 'node:worker_threads';
import type { Facts } from '../../../../shared/kernel/refusal.ts';
import { Refusal } from '../../../../shared/kernel/refusal.ts';
import type { RowCells } from './cells.ts';
import type { FileFormat } from './fileFormat.ts';
import type { WorkbookLimits } from './limits.ts';
import { CSV_SHEET, readCsvRows } from './readCsv.ts';
import { listXlsxSheets, readXlsxRows } from './readXlsx.ts';
import type { RowBatch } from './rowBatch.ts';
import { packRows } from './rowBatch.ts';

/** What a parsing thread is started with: list the sheets, or read one of them. */
export interface ParseTask {
  path: string;
  format: FileFormat;
  limits: WorkbookLimits;
  /** Absent when the sheets are to be listed. */
  sheet?: string;
}

/** What a parsing thread says. It waits after each 'rows' until enough of them have been acknowledged. */
export type ParseMessage =
  | { kind: 'sheets'; sheets: string[] }
  | { kind: 'rows'; batch: RowBatch; share: number }
  | { kind: 'refused'; code: string; facts: Facts }
  | { kind: 'done' };

// Enough to keep both sides busy, little enough to keep memory small.
const BATCHES_AHEAD = 3;
const ROWS_PER_BATCH = 250;

if (parentPort !== null) await run(workerData as ParseTask);

async function run(task: ParseTask): Promise<void> {
  try {
    if (task.sheet === undefined) say({ kind: 'sheets', sheets: await listSheets(task) });
    else await readRows(task, task.sheet);
    say({ kind: 'done' });
  } catch (error) {
    // A fault travels as itself and becomes the thread's error.
    if (!(error instanceof Refusal)) throw error;
    say({ kind: 'refused', code: error.code, facts: error.facts });
  } finally {
    parentPort?.close();
  }
}

function say(message: ParseMessage): void {
  parentPort?.postMessage(message);
}

async function listSheets({ path, format, limits }: ParseTask): Promise<string[]> {
  return format === 'csv' ? [CSV_SHEET] : listXlsxSheets(path, limits);
}

async function readRows({ path, format, limits }: ParseTask, sheet: string): Promise<void> {
  const send = sender();
  let waiting: RowCells[] = [];
  let shareRead = 0;
  const take = async (rows: RowCells[], share: number) => {
    waiting = waiting.length === 0 ? rows : [...waiting, ...rows];
    shareRead = share;
    while (waiting.length >= ROWS_PER_BATCH) await send(waiting.splice(0, ROWS_PER_BATCH), share);
  };
  if (format === 'csv') await readCsvRows(path, limits, take);
  else await readXlsxRows(path, sheet, limits, take);
  await send(waiting, shareRead);
}

function sender() {
  let unacknowledged = 0;
  let resume: (() => void) | undefined;
  parentPort?.on('message', () => {
    unacknowledged -= 1;
    resume?.();
  });
  return async (rows: RowCells[], share: number) => {
    say({ kind: 'rows', batch: packRows(rows), share });
    unacknowledged += 1;
    while (unacknowledged >= BATCHES_AHEAD) {
      await new Promise<void>((resolve) => {
        resume = resolve;
      });
    }
  };
}
