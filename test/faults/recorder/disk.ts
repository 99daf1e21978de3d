import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Deed } from './record.ts';

/**
 * What a disk may hold after the power failed: `flushed`, nothing that was not flushed; `some`, of everything that was not flushed any
 * part; `torn`, the same, and of the last write only some sectors.
 */
export const cuts = ['flushed', 'some', 'torn'] as const;
export type Cut = (typeof cuts)[number];

/** A file: the bytes that the disk is sure to hold, and what was done to it since it was last flushed. */
class File {
  #bytes: Buffer;
  #length: number;
  readonly #pending: Change[] = [];

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#bytes = bytes;
    this.#length = bytes.length;
  }

  change(change: Change): void {
    this.#pending.push(change);
  }

  flush(): void {
    for (const change of this.#pending.splice(0)) this.#apply(change);
  }

  /** Its bytes after the power failed. */
  after(cut: Cut, random: () => number, last: Change | undefined): Buffer {
    const copy = new File(Buffer.from(this.#bytes.subarray(0, this.#length)));
    for (const change of cut === 'flushed' ? [] : this.#pending) {
      if (random() < 0.5) continue;
      if (cut === 'torn' && change === last && 'bytes' in change) for (const sector of sectorsOf(change, random)) copy.#apply(sector);
      else copy.#apply(change);
    }
    return copy.#bytes.subarray(0, copy.#length);
  }

  #apply(change: Change): void {
    const end = 'bytes' in change ? change.at + change.bytes.length : change.length;
    if (end > this.#bytes.length) {
      const more = Buffer.alloc(Math.max(end, 2 * this.#bytes.length));
      this.#bytes.copy(more, 0, 0, this.#length);
      this.#bytes = more;
    }
    if ('bytes' in change) {
      change.bytes.copy(this.#bytes, change.at);
      this.#length = Math.max(this.#length, end);
    } else {
      this.#bytes.fill(0, Math.min(change.length, this.#length), Math.max(change.length, this.#length));
      this.#length = change.length;
    }
  }
}

type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number };

const sectorBytes = 512;

function* sectorsOf({ at, bytes }: { at: number; bytes: Buffer }, random: () => number): Iterable<Change> {
  for (let from = 0; from < bytes.length; from += sectorBytes) {
    if (random() < 0.5) yield { at: at + from, bytes: bytes.subarray(from, from + sectorBytes) };
  }
}

/** A folder: its names as everybody sees them, and those that the disk is sure to hold. */
class Folder {
  readonly names = new Map<string, File | Folder>();
  readonly kept = new Map<string, File | Folder>();
}

/** Names that came, went or changed together; the disk is sure of them once one of their folders was flushed. */
type Naming = readonly { readonly folder: Folder; readonly name: string; readonly entry: File | Folder | null }[];

/** A disk on which a record is played, to see what it may hold when the power fails in the middle. */
export class RecordedDisk {
  readonly #root: string;
  readonly #top: Folder;
  readonly #open = new Map<string, File | Folder>();
  #namings: Naming[] = [];
  #last: Change | undefined;

  /** Begins with what lies in a folder; the record speaks of it as `root`. */
  constructor(folder: string, root = folder) {
    this.#root = root;
    this.#top = folderFrom(folder);
  }

  play(deed: Deed): void {
    if (deed.kind === 'open') this.#openFile(deed);
    else if (deed.kind === 'rename') this.#rename(deed.from, deed.to);
    else if ('path' in deed) this.#name(deed.path, deed.kind === 'remove' ? null : new Folder());
    else if ('file' in deed) this.#toFile(deed);
  }

  #openFile({ program, file, path, flags }: Extract<Deed, { kind: 'open' }>): void {
    const found = this.#find(path);
    const entry = found ?? new File();
    if (!found) this.#name(path, entry);
    if (found instanceof File && (flags & truncates) !== 0) this.#change(found, { length: 0 });
    this.#open.set(`${program} ${file}`, entry);
  }

  #toFile(deed: Extract<Deed, { file: number }>): void {
    const entry = this.#open.get(`${deed.program} ${deed.file}`);
    if (deed.kind === 'close') this.#open.delete(`${deed.program} ${deed.file}`);
    else if (entry instanceof Folder && deed.kind === 'flush') this.#flushNames(entry);
    else if (!(entry instanceof File)) throw new Error(`The record writes to a file that nobody opened: ${deed.kind}`);
    else if (deed.kind === 'flush') entry.flush();
    else if (deed.kind === 'write') this.#change(entry, deed);
    else if (deed.kind === 'cut') this.#change(entry, deed);
  }

  #change(file: File, change: Change): void {
    file.change(change);
    this.#last = change;
  }

  #rename(from: string, to: string): void {
    const entry = this.#find(from);
    if (!entry) throw new Error(`The record renames what is not there: ${from}`);
    this.#makeNames([
      { folder: this.#folderOf(from), name: basename(from), entry: null },
      { folder: this.#folderOf(to), name: basename(to), entry },
    ]);
  }

  #name(path: string, entry: File | Folder | null): void {
    this.#makeNames([{ folder: this.#folderOf(path), name: basename(path), entry }]);
  }

  #makeNames(naming: Naming): void {
    for (const { folder, name, entry } of naming) setName(folder.names, name, entry);
    this.#namings.push(naming);
  }

  #flushNames(folder: Folder): void {
    const isIts = (naming: Naming): boolean => naming.some((change) => change.folder === folder);
    for (const naming of this.#namings.filter(isIts)) for (const { folder: at, name, entry } of naming) setName(at.kept, name, entry);
    this.#namings = this.#namings.filter((naming) => !isIts(naming));
  }

  #find(path: string): File | Folder | undefined {
    let entry: File | Folder | undefined = this.#top;
    for (const name of relative(this.#root, path).split('/').filter(Boolean)) {
      entry = entry instanceof Folder ? entry.names.get(name) : undefined;
    }
    return entry;
  }

  #folderOf(path: string): Folder {
    const folder = this.#find(dirname(path));
    if (!(folder instanceof Folder)) throw new Error(`The record names something in no folder: ${path}`);
    return folder;
  }

  /** Writes what the disk may hold if the power fails now. */
  fail(cut: Cut, random: () => number, target: string): void {
    const names = new Map<Folder, Map<string, File | Folder>>();
    const namesOf = (folder: Folder): Map<string, File | Folder> => {
      const known = names.get(folder) ?? new Map(folder.kept);
      names.set(folder, known);
      return known;
    };
    for (const naming of cut === 'flushed' ? [] : this.#namings) {
      if (random() < 0.5) for (const { folder, name, entry } of naming) setName(namesOf(folder), name, entry);
    }
    const write = (folder: Folder, path: string): void => {
      mkdirSync(path, { recursive: true });
      for (const [name, entry] of namesOf(folder)) {
        // Memory that programs share is not kept by any disk.
        if (name.endsWith('-shm')) continue;
        if (entry instanceof Folder) write(entry, join(path, name));
        else writeFileSync(join(path, name), entry.after(cut, random, this.#last));
      }
    };
    write(this.#top, target);
  }
}

/** As open(2) says it on Linux. */
const truncates = 0o1000;

function setName(names: Map<string, File | Folder>, name: string, entry: File | Folder | null): void {
  if (entry) names.set(name, entry);
  else names.delete(name);
}

function folderFrom(path: string): Folder {
  const folder = new Folder();
  for (const found of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, found.name);
    const entry = found.isDirectory() ? folderFrom(at) : new File(readFileSync(at));
    folder.names.set(found.name, entry);
    folder.kept.set(found.name, entry);
  }
  return folder;
}
