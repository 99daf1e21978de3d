import { readFile } from 'node:fs/promises';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { chunksOf } from '../../database/codec.ts';
import type { Company, Work } from '../../work.ts';
import { storeBytes } from './disk.ts';
import { kindOf } from './mediaType.ts';
import { fileOnDisk, type StoredFile } from './storedFiles.ts';

/** What the small version of a picture may measure: enough for a list, a picker and a line on paper. */
export const smallPicture = { bytesMax: 64 * 1024, sidePx: 320 } as const;

/** An original no larger than this is small enough itself. */
const originalBytesMax = 200 * 1024;

/** The small version of a picture, safely on the disk. */
export interface SmallUpload {
  readonly hash: string;
  readonly size: number;
}

/** Takes the bytes of a small version in. Refuses 'file.notSmall' unless it is a JPEG of at most 320 pixels a side. */
export async function takeSmall(company: Company, bytes: Uint8Array): Promise<SmallUpload> {
  const { mediaType, width = 0, height = 0 } = kindOf(bytes, 'small.jpg');
  if (mediaType !== 'image/jpeg' || width > smallPicture.sidePx || height > smallPicture.sidePx) {
    throw new Refusal('file.notSmall', { sideMax: smallPicture.sidePx });
  }
  return { hash: await storeBytes(company, bytes), size: bytes.byteLength };
}

/**
 * Keeps the small version beside its picture. Only whoever brought the picture may bring it, and once. Refuses
 * 'record.notFound' for every other file.
 */
export async function recordSmall(work: Work, id: number, small: SmallUpload): Promise<void> {
  const kept = await work
    .tx('files')
    .where({ id, created_by: work.actor.userId })
    .where('media_type', 'like', 'image/%')
    .whereNull('small_hash')
    .update({ small_hash: small.hash, small_size: small.size });
  if (kept === 0) throw new Refusal('record.notFound', { id });
}

/** Where the small version of a file lies; the file itself where it has none. */
export function smallOf(file: StoredFile): Pick<StoredFile, 'hash' | 'size' | 'name' | 'mediaType'> {
  const { smallHash, smallSize, name } = file;
  return smallHash && smallSize ? { hash: smallHash, size: smallSize, name, mediaType: 'image/jpeg' } : file;
}

/** The small versions of several pictures by file. A picture that has none, is too large itself, or is lost is left out. */
export async function readSmall(work: Work, ids: readonly number[]): Promise<Map<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>();
  for (const chunk of chunksOf([...new Set(ids)], 1)) {
    const files = (await work.tx('files').whereIn('id', chunk).select(fileColumns)) as StoredFile[];
    for (const file of files) {
      const small = smallOf(file);
      if (small.size > originalBytesMax) continue;
      const path = await fileOnDisk(work.company, small).catch(() => null);
      if (path !== null) found.set(file.id, await readFile(path));
    }
  }
  return found;
}

const fileColumns = {
  id: 'id',
  hash: 'hash',
  name: 'name',
  size: 'size',
  mediaType: 'media_type',
  smallHash: 'small_hash',
  smallSize: 'small_size',
};
