import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BrowserWindow } from 'electron';
import type { PrintAnswer, PrintJob } from '../preload/bridge.ts';
import { electronPrintOptions, lpArguments } from './printJobs.ts';
import { printWindowOptions } from './windowOptions.ts';

// The viewer reports that it has loaded before it has drawn its first page.
const drawingMs = 800;

/** Prints a PDF on the named printer and paper. Says what went wrong instead of throwing: paper jams are everyday life. */
export async function printPdf(job: PrintJob): Promise<PrintAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'tradepost-print-'));
  const file = join(folder, 'document.pdf');
  try {
    await writeFile(file, job.pdf, { mode: 0o600 });
    if (process.platform === 'win32') return await printInWindow(job, file);
    await promisify(execFile)('lp', lpArguments(job, file), { timeout: 30_000 });
    return { ok: true };
  } catch (failure) {
    return { ok: false, reason: failure instanceof Error ? failure.message : String(failure) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function printInWindow(job: PrintJob, file: string): Promise<PrintAnswer> {
  const window = new BrowserWindow(printWindowOptions());
  try {
    await window.loadFile(file);
    await pause(drawingMs);
    return await new Promise((resolve) => {
      window.webContents.print(electronPrintOptions(job), (ok, reason) => resolve(ok ? { ok } : { ok, reason }));
    });
  } finally {
    window.destroy();
  }
}
