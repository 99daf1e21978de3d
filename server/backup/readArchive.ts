import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl, { type Entry, RandomAccessReader, type ZipFile } from 'yauzl';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { type ArchiveFile, openArchiveFile, pieceBytes } from './archiveFile.ts';
import { hashFile } from './hashFile.ts';
import { archiveFormat, entryNames, type Manifest, manifestSchema } from './manifest.ts';
import { checkSeal } from './seal.ts';

/** An archive that is whole, opened for reading. */
export interface Archive {
  readonly manifest: Manifest;
  readonly isEncrypted: boolean;
  /** The SHA-256 of the file as it lies there. */
  sha256(): Promise<string>;
  /**
   * The bytes of an entry. Whoever reads to the end has them proven: the stream fails with 'backup.damaged' when they are not
   * those that the manifest names.
   */
  read(name: string): AsyncIterable<Buffer>;
  /** Reads an entry for nothing but to have it proven. Refuses 'backup.damaged' {file}. */
  prove(name: string): Promise<void>;
  close(): void;
}

/**
 * Opens an archive after its seal was checked. Refuses 'backup.notAnArchive', 'backup.damaged' {file}, 'backup.newer' {found,
 * known} for the format of a later program, and 'backup.passphraseNeeded' or 'backup.wrongPassphrase' {company, day} for one that is
 * encrypted. The caller closes it.
 */
export async function openArchive(path: string, passphrase?: string): Promise<Archive> {
  const file = await openArchiveFile(path, passphrase);
  try {
    const sum = await checkSeal(file, path);
    const zip = await openZip(file, path);
    const entries = await entriesOf(zip);
    const manifest = await manifestOf(zip, entries, path);
    const { isEncrypted } = file;
    return {
      manifest,
      isEncrypted,
      // What lies under a lock is another file than the zip whose seal was read.
      sha256: () => (isEncrypted ? hashFile(path) : Promise.resolve(sum)),
      read: (name) => provenBytes(zip, { entries, manifest, name, path }),
      prove: (name) => prove(zip, file, { entries, manifest, name, path }),
      close: () => void file.close(),
    };
  } catch (fault) {
    await file.close();
    throw fault;
  }
}

const open = promisify<RandomAccessReader, number, yauzl.Options, ZipFile>(yauzl.fromRandomAccessReader);
const manifestBytesMax = 1 << 30;

async function openZip(file: ArchiveFile, path: string): Promise<ZipFile> {
  try {
    return await open(new ZipBytes(file), file.size, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
  } catch {
    throw new Refusal('backup.notAnArchive', { file: path });
  }
}

/** The zip as its reader asks for it: piece by piece. */
class ZipBytes extends RandomAccessReader {
  readonly #file: ArchiveFile;

  constructor(file: ArchiveFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.read(start, end), { objectMode: false });
  }
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', reject);
    zip.readEntry();
  });
}

async function manifestOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>, path: string): Promise<Manifest> {
  const entry = entries.get(entryNames.manifest);
  if (!entry || entry.uncompressedSize > manifestBytesMax) throw new Refusal('backup.notAnArchive', { file: path });
  const pieces: Buffer[] = [];
  for await (const piece of await streamOf(zip, entry)) pieces.push(piece as Buffer);
  let found: { product?: unknown; format?: unknown };
  try {
    found = JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw new Refusal('backup.notAnArchive', { file: path });
  }
  if (found?.product !== 'tradepost') throw new Refusal('backup.notAnArchive', { file: path });
  if (Number(found.format) > archiveFormat) throw new Refusal('backup.newer', { found: Number(found.format), known: archiveFormat });
  const read = manifestSchema.safeParse(found);
  if (!read.success) throw new Refusal('backup.damaged', { file: path });
  const manifest = read.data;
  const isComplete = manifest.entries.length + 1 === entries.size && manifest.entries.every(({ name }) => entries.has(name));
  if (!isComplete) throw new Refusal('backup.damaged', { file: path });
  return manifest;
}

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (fault, stream) => (fault ? reject(fault) : resolve(stream)));
  });

interface Asked {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly manifest: Manifest;
  readonly name: string;
  readonly path: string;
}

async function* provenBytes(zip: ZipFile, { entries, manifest, name, path }: Asked): AsyncIterable<Buffer> {
  const entry = entries.get(name);
  const wanted = sumsOf(manifest).get(name);
  if (!entry || wanted === undefined) throw new Refusal('backup.damaged', { file: path });
  const hash = createHash('sha256');
  for await (const piece of await streamOf(zip, entry)) {
    hash.update(piece as Buffer);
    yield piece as Buffer;
  }
  if (hash.digest('hex') !== wanted) throw new Refusal('backup.damaged', { file: path });
}

/** What was stored as it is lies in one piece in the file: no stream stands between, and one buffer does for all of it. */
async function prove(zip: ZipFile, file: ArchiveFile, asked: Asked): Promise<void> {
  const { entries, manifest, name, path } = asked;
  const entry = entries.get(name);
  if (entry?.compressionMethod !== 0 || entry.isEncrypted() || entry.compressedSize !== entry.uncompressedSize) {
    for await (const _piece of provenBytes(zip, asked));
    return;
  }
  const from = await dataOf(zip, entry, path);
  const hash = createHash('sha256');
  for await (const piece of file.read(from, from + entry.compressedSize, Buffer.allocUnsafe(pieceBytes))) hash.update(piece);
  if (hash.digest('hex') !== sumsOf(manifest).get(name)) throw new Refusal('backup.damaged', { file: path });
}

/** Where the bytes of an entry begin. */
const dataOf = (zip: ZipFile, entry: Entry, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (fault, header) =>
      fault || !header ? reject(new Refusal('backup.damaged', { file: path })) : resolve(header.fileDataStart),
    );
  });

const sums = new WeakMap<Manifest, Map<string, string>>();
function sumsOf(manifest: Manifest): Map<string, string> {
  const known = sums.get(manifest) ?? new Map(manifest.entries.map(({ name, sha256 }) => [name, sha256]));
  sums.set(manifest, known);
  return known;
}
