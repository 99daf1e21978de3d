import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough, Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { flushFile, flushFolder, isHeld, renamePatiently } from '../files.ts';
import { type Lock, lockingStream } from './lock.ts';
import { entryNames, type Manifest, type ManifestEntry } from './manifest.ts';
import { endRecordBytes, sealOf } from './seal.ts';

/** Receives what goes into an archive, one entry after the other. */
export interface ArchiveEntries {
  /** Adds an entry from pieces that are made as they are needed; gives its size in bytes and its SHA-256. */
  add(name: string, pieces: () => AsyncIterable<string | Uint8Array>, stored?: boolean): Promise<ManifestEntry>;
}

/**
 * Writes a zip archive beside `path`, flushes it and renames it, so that an archive is there whole or not at all. `fill` adds the
 * entries and gives the rest of the manifest; with a `lock` all of it is encrypted. Ends early, leaving nothing, when `signal` is aborted or `fill` throws.
 * Refuses 'backup.fileHeld' {file} when another program does not let go of it.
 */
export async function writeArchive(
  path: string,
  fill: (entries: ArchiveEntries) => Promise<Omit<Manifest, 'entries'>>,
  { signal, lock }: { signal?: AbortSignal | undefined; lock?: Lock | undefined } = {},
): Promise<Manifest> {
  const beside = `${path}${partEnding}`;
  const zip = new yazl.ZipFile();
  const locking = lock ? await lockingStream(lock) : new PassThrough();
  const file = createWriteStream(beside, { mode: 0o600 });
  const writing = pipeline(zip.outputStream, new Sealing(), locking, file, signal ? { signal } : {});
  try {
    const manifest = await filled(zip, fill, writing);
    await writing;
    await flushFile(beside);
    await renamePatiently(beside, path).catch((fault: unknown) => {
      throw isHeld(fault) ? new Refusal('backup.fileHeld', { file: path }) : fault;
    });
    flushFolder(dirname(path));
    return manifest;
  } catch (fault) {
    zip.outputStream.on('error', () => undefined);
    (zip.outputStream as Readable).destroy();
    await writing.catch(() => undefined);
    await rm(beside, { force: true });
    throw fault;
  }
}

/** An archive being written has this ending until it is whole. */
export const partEnding = '.part';

async function filled(
  zip: yazl.ZipFile,
  fill: (entries: ArchiveEntries) => Promise<Omit<Manifest, 'entries'>>,
  writing: Promise<void>,
): Promise<Manifest> {
  const entries: ManifestEntry[] = [];
  // Nobody waits for an entry that a full disk does not take any more.
  const failure = failureOf(writing);
  const add: ArchiveEntries['add'] = async (name, pieces, stored = false) => {
    const entry = await Promise.race([addEntry(zip, { name, pieces, compress: !stored }), failure]);
    entries.push(entry);
    return entry;
  };
  const manifest = { ...(await fill({ add })), entries };
  zip.addBuffer(Buffer.from(JSON.stringify(manifest)), entryNames.manifest);
  zip.end();
  return manifest;
}

/** Never resolves; throws what the writing fails with. */
function failureOf(writing: Promise<void>): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    writing.catch(reject);
  });
  failure.catch(() => undefined);
  return failure;
}

interface NewEntry {
  readonly name: string;
  readonly pieces: () => AsyncIterable<string | Uint8Array>;
  readonly compress: boolean;
}

/** Rows pack to a sixth with this level; the usual one takes twice as long to save another twentieth of that. */
const packing = 4;

function addEntry(zip: yazl.ZipFile, { name, pieces, compress }: NewEntry): Promise<ManifestEntry> {
  return new Promise((resolve, reject) => {
    const counted = new Counting();
    counted.once('end', () => resolve({ name, bytes: counted.bytes, sha256: counted.digest() }));
    zip.addReadStreamLazy(name, { compressionLevel: compress ? packing : 0 }, (take) => {
      const source = Readable.from(pieces());
      // The zip waits for ever for an entry that breaks off: the archive is given up instead.
      pipeline(source, counted).catch(reject);
      take(null, counted);
    });
  });
}

/** Counts and hashes what passes. */
class Counting extends Transform {
  bytes = 0;
  readonly #hash: Hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    this.#hash.update(chunk);
    done(null, chunk);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** Lets the zip pass, and writes over its whole length a seal into the comment at its end. */
class Sealing extends Transform {
  readonly #hash: Hash = createHash('sha256');
  #held: Buffer = Buffer.alloc(0);

  /** The piece that came last is held back: it may have the end record in it. */
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const isEnough = chunk.length >= endRecordBytes;
    const passing = isEnough ? this.#held : Buffer.alloc(0);
    this.#held = isEnough ? chunk : Buffer.concat([this.#held, chunk]);
    this.#hash.update(passing);
    done(null, passing);
  }

  override _flush(done: TransformCallback): void {
    const end = this.#held.length - endRecordBytes;
    this.#hash.update(this.#held.subarray(0, end));
    this.push(this.#held.subarray(0, end));
    done(null, sealOf(this.#held.subarray(end), this.#hash));
  }
}
