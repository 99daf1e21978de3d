import { createHash, type Hash } from 'node:crypto';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { type ArchiveFile, pieceBytes } from './archiveFile.ts';

/**
 * The seal of an archive: the SHA-256 of every byte before the comment of the zip, written as that comment. Readers of zip files
 * check less: a bit that was flipped in a stored entry or in a header passes them. (The comment ends a zip: APPNOTE.TXT 4.3.16.)
 */
const sealWord = 'tradepost:';
const sealBytes = sealWord.length + 64;
/** The record at the end of a zip without a comment; its last two bytes are the comment's length. */
export const endRecordBytes = 22;

/** The end record with the seal as its comment; `before` has hashed everything ahead of it. */
export function sealOf(endRecord: Buffer, before: Hash): Buffer {
  const record = Buffer.from(endRecord);
  record.writeUInt16LE(sealBytes, endRecordBytes - 2);
  const digest = before.update(record).digest('hex');
  return Buffer.concat([record, Buffer.from(sealWord + digest)]);
}

/**
 * Reads the whole file once and compares it with its seal. Refuses 'backup.notAnArchive' when it never was one of ours, and
 * 'backup.damaged' {file} when a single bit of it differs from what was written or its end is missing. Gives the SHA-256 of all of it.
 */
export async function checkSeal(file: ArchiveFile, path: string, progress?: (bytes: number) => void): Promise<string> {
  const { size } = file;
  const head = await pieceOf(file, 0, Math.min(4, size));
  const tail = await pieceOf(file, Math.max(0, size - sealBytes), size);
  const isZip = head.toString('latin1') === 'PK\u0003\u0004';
  const isSealed = size > sealBytes + endRecordBytes && tail.toString('latin1').startsWith(sealWord);
  if (!isZip && !isSealed) throw new Refusal('backup.notAnArchive', { file: path });
  if (!isZip || !isSealed) throw new Refusal('backup.damaged', { file: path });
  const hash = createHash('sha256');
  for await (const piece of file.read(0, size - sealBytes, Buffer.allocUnsafe(pieceBytes))) {
    hash.update(piece);
    progress?.(piece.length);
  }
  const whole = hash.copy().update(tail);
  if (tail.toString('latin1') !== sealWord + hash.digest('hex')) throw new Refusal('backup.damaged', { file: path });
  return whole.digest('hex');
}

async function pieceOf(file: ArchiveFile, from: number, to: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of file.read(from, to)) pieces.push(piece);
  return Buffer.concat(pieces);
}
