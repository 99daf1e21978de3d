import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The SHA-256 of a whole file; `progress` is told the bytes of every piece that was read. */
export async function hashFile(path: string, progress?: (bytes: number) => void, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) })) {
    hash.update(piece as Buffer);
    progress?.((piece as Buffer).length);
  }
  return hash.digest('hex');
}
