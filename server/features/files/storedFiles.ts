import { readFile, stat } from 'node:fs/promises';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Company, Work } from '../../work.ts';
import { pathOf } from './disk.ts';

/** A file as its row knows it. */
export interface StoredFile {
  readonly id: number;
  readonly hash: string;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly createdBy: number;
  /** Its small version, where the client that brought it made one; a JPEG. */
  readonly smallHash: string | null;
  readonly smallSize: number | null;
}

/** The row of a file; undefined where there is none. Rights are the caller's matter. */
export async function findFile(work: Work, id: number): Promise<StoredFile | undefined> {
  return (await work.tx('files').where({ id }).first('id', 'hash', 'name', 'size', 'width', 'height', {
    mediaType: 'media_type',
    createdBy: 'created_by',
    smallHash: 'small_hash',
    smallSize: 'small_size',
  })) as StoredFile | undefined;
}

/** Where the bytes of a file lie. Refuses 'file.missing' when the disk has lost them. */
export async function fileOnDisk(company: Pick<Company, 'folder'>, file: Pick<StoredFile, 'hash' | 'size' | 'name'>): Promise<string> {
  const path = pathOf(company, file.hash);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.size !== file.size) throw new Refusal('file.missing', { name: file.name });
  return path;
}

/** The bytes of a file. Refuses 'file.missing' when there is no such file or the disk has lost it. */
export async function readStoredFile(work: Work, id: number): Promise<Uint8Array> {
  const file = await findFile(work, id);
  if (!file) throw new Refusal('file.missing', { name: String(id) });
  return readFile(await fileOnDisk(work.company, file));
}
