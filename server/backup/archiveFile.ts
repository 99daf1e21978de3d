import { type FileHandle, open } from 'node:fs/promises';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { chunkOverhead, isLocked, lockedChunkBytes, lockedHeadBytesMax, magicBytes, type Unlocked, unlock } from './lock.ts';

/** The bytes of an archive's zip, as they lie in the file or from under its lock. */
export interface ArchiveFile {
  readonly size: number;
  readonly isEncrypted: boolean;
  /**
   * The bytes from one place up to but without another. Whoever is done with each piece before asking for the next gives a buffer that
   * is filled again and again. A locked chunk that does not open fails with 'backup.damaged' {file}.
   */
  read(from: number, to: number, into?: Buffer): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** Opens an archive's file. Refuses like `unlock` when it lies under a passphrase. The caller closes it. */
export async function openArchiveFile(path: string, passphrase?: string): Promise<ArchiveFile> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const beginning = await pieceOf(file, 0, Math.min(lockedHeadBytesMax, size));
    if (beginning.length >= magicBytes && isLocked(beginning))
      return locked(file, { size, path }, await unlock(beginning, passphrase, path));
    return { size, isEncrypted: false, read: (from, to, into) => plain(file, from, to, into), close: () => file.close() };
  } catch (fault) {
    await file.close();
    throw fault;
  }
}

/** So many bytes a piece has at most. */
export const pieceBytes = 1 << 18;

async function* plain(file: FileHandle, from: number, to: number, into?: Buffer): AsyncIterable<Buffer> {
  for (let at = from; at < to; at += pieceBytes) yield pieceOf(file, at, Math.min(pieceBytes, to - at), into);
}

/** The plain size follows from the file's: every chunk but the last is full. */
function locked(file: FileHandle, { size, path }: { size: number; path: string }, { chunksAt, open }: Unlocked): ArchiveFile {
  const chunks = Math.ceil((size - chunksAt) / lockedChunkBytes);
  if (chunks === 0) throw new Refusal('backup.damaged', { file: path });
  const plainChunk = lockedChunkBytes - chunkOverhead;
  async function* read(from: number, to: number, into?: Buffer): AsyncIterable<Buffer> {
    for (let number = Math.floor(from / plainChunk); number * plainChunk < to; number += 1) {
      const at = chunksAt + number * lockedChunkBytes;
      const bytes = open(await pieceOf(file, at, Math.min(lockedChunkBytes, size - at), into), number, number === chunks - 1);
      if (bytes === null) throw new Refusal('backup.damaged', { file: path });
      yield bytes.subarray(Math.max(0, from - number * plainChunk), to - number * plainChunk);
    }
  }
  return { size: Math.max(0, size - chunksAt - chunks * chunkOverhead), isEncrypted: true, read, close: () => file.close() };
}

/** So many bytes, fewer only where the file ends: a share of another machine may give them piece by piece. */
async function pieceOf(file: FileHandle, from: number, length: number, into?: Buffer): Promise<Buffer> {
  const piece = into ? into.subarray(0, length) : Buffer.allocUnsafe(Math.max(0, length));
  let done = 0;
  while (done < piece.length) {
    const { bytesRead } = await file.read(piece, done, piece.length - done, from + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return piece.subarray(0, done);
}
