import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Facts, Refusal } from '../../shared/kernel/refusal.ts';
import { flushFolder, renamePatiently } from '../files.ts';
import { hashFile } from './hashFile.ts';
import type { Turn } from './running.ts';
import { partEnding } from './writeArchive.ts';

/** A backup's file and what it was when it was proven. */
export interface ProvenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Copies a proven backup to a path on another disk: beside its name, flushed, read again and compared with what was proven, and
 * only then renamed. Leaves nothing half done. Refuses 'backup.fileMissing' {file}, 'backup.copyNoRoom' {folder, neededMb, freeMb},
 * 'backup.copyDamaged' {file}, 'backup.cancelled' and what `folderRefusal` says of the folder.
 */
export async function copyBackup(file: ProvenFile, target: string, turn: Turn): Promise<void> {
  const folder = dirname(target);
  const beside = target + partEnding;
  if (!(await stat(file.path).catch(() => null))?.isFile()) throw new Refusal('backup.fileMissing', { file: file.path });
  try {
    await refuseWithoutRoom(file, folder);
    // Read and written once, then read again.
    const count = counter(2 * file.bytes, turn);
    await pipeline(createReadStream(file.path, { highWaterMark: 1 << 20 }), passing(count), createWriteStream(beside, { mode: 0o600 }), {
      signal: turn.signal,
    });
    await flush(beside);
    if ((await hashFile(beside, count, turn.signal)) !== file.sha256) throw new Refusal('backup.copyDamaged', { file: target });
    await renamePatiently(beside, target);
    flushNames(folder);
  } catch (fault) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw turn.signal.aborted ? new Refusal('backup.cancelled') : await folderRefusal(fault, folder, file.bytes);
  }
}

/**
 * What the disk says against a folder, as a refusal: 'backup.folderMissing', 'backup.folderReadOnly', 'backup.copyNoRoom' and, for
 * everything else, 'backup.copyFailed' {folder, reason}. What is a refusal already stays as it is.
 */
export async function folderRefusal(fault: unknown, folder: string, bytes: number): Promise<Refusal> {
  if (fault instanceof Refusal) return fault;
  const { code = '', message } = fault as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Refusal('backup.folderMissing', { folder });
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return new Refusal('backup.folderReadOnly', { folder });
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Refusal('backup.copyNoRoom', await roomFacts(folder, bytes));
  return new Refusal('backup.copyFailed', { folder, reason: code || message });
}

async function refuseWithoutRoom({ bytes }: ProvenFile, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes) throw new Refusal('backup.copyNoRoom', await roomFacts(folder, bytes));
}

async function roomFacts(folder: string, bytes: number): Promise<Facts> {
  const { bavail, bsize } = await statfs(folder);
  return { folder, neededMb: Math.ceil(bytes / mb), freeMb: Math.floor((bavail * bsize) / mb) };
}

const mb = 1 << 20;

function counter(all: number, { progress }: Turn): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done += bytes;
    progress({ phase: 'copying', done: Math.min(done, all), all });
  };
}

const passing = (count: (bytes: number) => void): Transform =>
  new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      count(chunk.length);
      done(null, chunk);
    },
  });

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Shares of other machines know no flushing of a folder; the file itself is flushed. */
function flushNames(folder: string): void {
  try {
    flushFolder(folder);
  } catch (fault) {
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
  }
}
