import { Refusal } from '../../../shared/kernel/refusal.ts';
import { failpoint } from '../../failpoints.ts';
import type { Company, Work } from '../../work.ts';
import { storeBytes } from './disk.ts';
import { cleanFileName } from './fileName.ts';
import { type Kind, kindOf } from './mediaType.ts';

/** 20 MB; the door lets no more in. */
export const uploadBytesMax = 20 * 1024 * 1024;

/** An upload whose bytes lie safely on the disk and whose row is still to be written. */
export interface Upload extends Kind {
  readonly hash: string;
  readonly name: string;
  readonly size: number;
}

export interface FileAnswer extends Kind {
  readonly id: number;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * Takes the bytes of an upload in: name cleaned, kind read from the bytes, stored on the disk. Refuses 'file.empty',
 * 'file.program' and 'file.pictureTooLarge'.
 */
export async function takeUpload(company: Company, bytes: Uint8Array, givenName: string): Promise<Upload> {
  if (bytes.byteLength === 0) throw new Refusal('file.empty');
  const name = cleanFileName(givenName);
  const kind = kindOf(bytes, name);
  return { hash: await storeBytes(company, bytes), name, size: bytes.byteLength, ...kind };
}

/** Writes the row of an upload; the bytes are already there, so that a row never waits for its file. */
export async function recordUpload(work: Work, upload: Upload): Promise<FileAnswer> {
  failpoint('after-file-before-row');
  const { hash, name, size, mediaType, width, height } = upload;
  const row = {
    hash,
    size,
    media_type: mediaType,
    name,
    width: width ?? null,
    height: height ?? null,
    created_at: work.now,
    created_by: work.actor.userId,
  };
  const [made] = (await work.tx('files').insert(row).returning('id')) as { id: number }[];
  return { id: made?.id ?? 0, name, mediaType, size, ...(width === undefined ? {} : { width, height }) };
}
