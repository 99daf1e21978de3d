import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clock } from '../../clock.ts';
import type { Company } from '../../work.ts';

/** Where the bytes with this SHA-256 lie: `files/ab/<hash>` in the company's folder. */
export const pathOf = (company: Pick<Company, 'folder'>, hash: string): string => join(company.folder, 'files', hash.slice(0, 2), hash);

/** A file being written has this ending until it is whole. */
export const partEnding = '.part';

/**
 * Puts bytes on the disk under their SHA-256, so that after a power cut they are there whole or not at all: written beside,
 * flushed, renamed, and the folder flushed. Bytes that are there already are only marked as wanted again.
 */
export async function storeBytes(company: Pick<Company, 'folder'>, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const path = pathOf(company, hash);
  if (await isThere(path, bytes.byteLength)) return hash;
  const folder = dirname(path);
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await flushFolder(dirname(folder));
  const beside = `${path}.${randomUUID()}${partEnding}`;
  try {
    await writeThrough(beside, bytes);
    await rename(beside, path);
  } catch (fault) {
    await rm(beside, { force: true });
    throw fault;
  }
  await flushFolder(folder);
  return hash;
}

/** The sweep leaves alone what was touched a short while ago. */
async function isThere(path: string, size: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found?.size !== size) return false;
  const seconds = clock.now() / 1000;
  await utimes(path, seconds, seconds);
  return true;
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes names in a folder durable; Windows has no such call and needs none. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
