import { closeSync, fsyncSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Writes a small file so that after a power cut either the old or the new one is there: beside it, flushed, renamed, and the
 * folder flushed too.
 */
export function writeFileSafely(path: string, content: string | Uint8Array): void {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', 0o600);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  flushFolder(dirname(path));
}

const heldCodes = ['EBUSY', 'EPERM', 'EACCES'];
const attemptsMax = 7;
const firstPauseMs = 50;

/**
 * Renames a file that another program may hold for a moment: on Windows a virus scanner looks into whatever was just written. Tries
 * again for some three seconds, then throws what the system said.
 */
export async function renamePatiently(from: string, to: string): Promise<void> {
  for (let count = 0; ; count += 1) {
    try {
      await rename(from, to);
      return;
    } catch (fault) {
      if (count >= attemptsMax - 1 || !isHeld(fault)) throw fault;
      await sleep(firstPauseMs * 2 ** count);
    }
  }
}

/** Whether the system refused because somebody else holds the file. */
export const isHeld = (fault: unknown): boolean => heldCodes.includes((fault as NodeJS.ErrnoException | null)?.code ?? '');

/** Waits until the disk has all of a file. */
export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes names in a folder durable; Windows has no such call and needs none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What lies in a folder; nothing where there is none. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fault;
  }
}
