import { inflateRawSync, constants as zlib } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';
import { Refusal } from '../../../../shared/kernel/refusal.ts';

/** A zip whose directory has been read. The parts are in the order of the directory. */
export interface OpenZip {
  file: ZipFile;
  parts: ZipPart[];
}

export interface ZipPart {
  /** The name as the reader will use it, with forward slashes. Not yet checked. */
  name: string;
  entry: Entry;
}

/**
 * Reads the directory of a zip and nothing else. The caller closes `file`.
 * Refuses 'workbook.damaged' where it cannot be read, 'workbook.tooManyEntries' before reading any of them.
 */
export async function openZip(path: string, entriesMax: number): Promise<OpenZip> {
  // Names and sizes are judged by inspectZip, with reasons of our own, so the library's checks are off for the directory.
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
  const file = await yauzl.openPromise(path, options).catch(refuseDamaged);
  try {
    if (file.entryCount > entriesMax) throw new Refusal('workbook.tooManyEntries', { entries: file.entryCount, most: entriesMax });
    return { file, parts: await readDirectory(file) };
  } catch (error) {
    file.close();
    throw error;
  }
}

/** The first bytes of a part, inflated: as much as the given number of compressed bytes gives. Refuses 'workbook.damaged'. */
export async function readHead(zip: OpenZip, part: ZipPart, compressedBytes: number): Promise<Buffer> {
  const end = Math.min(part.entry.compressedSize, compressedBytes);
  const chunks: Buffer[] = [];
  try {
    const stream = await zip.file.openReadStreamPromise(part.entry, { decodeFileData: false, start: 0, end });
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    if (part.entry.compressionMethod === STORED) return raw;
    return inflateRawSync(raw, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: HEAD_BYTES_MAX });
  } catch {
    throw new Refusal('workbook.damaged', { part: part.name });
  }
}

export const STORED = 0;
export const DEFLATED = 8;
// 4 KB of deflate can at most become a thousand times as much.
const HEAD_BYTES_MAX = 8 * 1024 * 1024;

async function readDirectory(file: ZipFile): Promise<ZipPart[]> {
  const parts: ZipPart[] = [];
  try {
    for await (const entry of file.eachEntry()) {
      const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry;
      parts.push({ name: yauzl.getFileNameLowLevel(flags, fileNameRaw, extraFields, false), entry });
    }
  } catch (error) {
    refuseDamaged(error);
  }
  return parts;
}

function refuseDamaged(error: unknown): never {
  const reason = error instanceof Error ? error.message : '';
  if (reason.includes('strong encryption')) throw new Refusal('workbook.encrypted');
  if (reason.includes('size mismatch')) throw new Refusal('workbook.sizesLie', {});
  if (isSystemError(error)) throw error;
  throw new Refusal('workbook.damaged', {});
}

/** A missing file or a failing disk is our fault, not the file's. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
