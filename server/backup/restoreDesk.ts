import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AdvanceWish } from '../../shared/contracts/numbering.ts';
import type { ArchiveFound, ArchiveInside, RestoreState } from '../../shared/contracts/restoring.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { diskFolderName } from './copyToDisk.ts';
import { type Archive, openArchive } from './readArchive.ts';
import { type DiskPlaces, removableDisks } from './removable.ts';
import { carriedRoot, rootFateOf } from './serverRoot.ts';

export interface RestoreDeskOptions {
  readonly dataFolder: string;
  readonly disks: DiskPlaces;
  /** Puts the company of an archive into the data folder and opens it. */
  readonly restore: (file: string, of: HowToOpen & { numbers?: AdvanceWish | undefined; progress: (so: Counted) => void }) => Promise<void>;
  /** How far the number series of an archive would be moved on. */
  readonly numbersIn: (archive: Archive) => Promise<ArchiveInside['numbers']>;
  readonly report: (fault: unknown) => void;
}
interface HowToOpen {
  readonly passphrase?: string | undefined;
}
type Counted = Pick<RestoreState, 'done' | 'all'>;

const idle: RestoreState = { phase: 'none', done: 0, all: 0, refusal: null };

/** Where an empty server is given a backup: finds archives, takes one that is sent, looks into it and restores it. One at a time. */
export class RestoreDesk {
  readonly #options: RestoreDeskOptions;
  #state = idle;

  constructor(options: RestoreDeskOptions) {
    this.#options = options;
    // What came in and was never restored belongs to nobody.
    rmSync(this.#incoming, { recursive: true, force: true });
  }

  get #incoming(): string {
    return join(this.#options.dataFolder, 'incoming');
  }

  state(): RestoreState {
    return this.#state;
  }

  /** Archives on disks that can be pulled out and in folders of companies that a data folder still has, the newest day first. */
  found(): ArchiveFound[] {
    const { dataFolder, disks } = this.#options;
    const onDisks = removableDisks(disks).flatMap(({ path }) => [path, join(path, diskFolderName)]);
    const companies = join(dataFolder, 'companies');
    const ofCompanies = namesIn(companies).map((name) => join(companies, name, 'backups'));
    return [...onDisks, ...ofCompanies]
      .flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))
      .filter((path) => /_\d{4}-\d\d-\d\d_.*\.zip(\.enc)?$/.test(basename(path)))
      .flatMap((path) => archiveAt(path))
      .sort((a, b) => (a.day === b.day ? (a.path < b.path ? -1 : 1) : a.day < b.day ? 1 : -1))
      .slice(0, foundMax)
      .map(({ path, name, bytes }) => ({ path, name, bytes }));
  }

  /**
   * Takes an archive that somebody sends and gives where it lies; it is gone with the next start. Refuses 'restore.busy',
   * 'backup.noRoom' {neededMb, freeMb}.
   */
  async take(sent: Readable, bytes: number): Promise<{ path: string }> {
    if (this.#isBusy()) throw new Refusal('restore.busy');
    mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
    const { bavail, bsize } = statfsSync(this.#incoming);
    // What is restored lies beside the archive, and the disk must not be full then.
    const needed = 3 * bytes;
    if (bavail * bsize < needed) throw new Refusal('backup.noRoom', { neededMb: mb(needed), freeMb: mb(bavail * bsize) });
    const path = join(this.#incoming, `${randomUUID()}.zip`);
    this.#state = { ...idle, phase: 'receiving', all: bytes };
    try {
      await pipeline(sent, this.#counting(bytes), createWriteStream(path, { mode: 0o600 }));
      return { path };
    } catch (fault) {
      rmSync(path, { force: true });
      throw fault;
    } finally {
      this.#state = idle;
    }
  }

  #counting(announced: number): Transform {
    let done = 0;
    return new Transform({
      transform: (piece: Buffer, _encoding, next) => {
        done += piece.length;
        this.#state = { ...idle, phase: 'receiving', done, all: announced };
        // Room was looked for for what was announced.
        next(done > announced ? new Refusal('request.tooLarge', { limit: announced }) : null, piece);
      },
    });
  }

  /** What an archive holds, after all of it was checked; nothing is changed. Refuses 'backup.fileMissing' {file}, and like openArchive. */
  async lookInto(path: string, passphrase?: string): Promise<ArchiveInside> {
    const archive = await openedAt(path, passphrase);
    try {
      const { company, takenAt, version, tables, files } = archive.manifest;
      return {
        company: { code: company.code, name: company.name },
        takenAt,
        version,
        isEncrypted: archive.isEncrypted,
        root: rootFateOf(this.#options.dataFolder, await carriedRoot(archive)),
        rows: tables.reduce((sum, { rows }) => sum + rows, 0),
        files: { count: files.count, bytes: files.bytes, missing: files.missing.length },
        numbers: await this.#options.numbersIn(archive),
      };
    } finally {
      archive.close();
    }
  }

  /**
   * Begins to restore an archive and does not wait for it: `state` tells. With `numbers` its number series are moved on. Refuses
   * 'restore.busy', and like lookInto.
   */
  async begin(path: string, how: HowToOpen & { numbers?: AdvanceWish | undefined } = {}): Promise<void> {
    if (this.#isBusy()) throw new Refusal('restore.busy');
    this.#state = { ...idle, phase: 'loading' };
    try {
      (await openedAt(path, how.passphrase)).close();
    } catch (fault) {
      this.#state = idle;
      throw fault;
    }
    void this.#run(path, how);
  }

  async #run(path: string, how: HowToOpen & { numbers?: AdvanceWish | undefined }): Promise<void> {
    try {
      await this.#options.restore(path, { ...how, progress: (so) => (this.#state = { ...idle, phase: 'loading', ...so }) });
      this.#state = { ...idle, phase: 'done' };
      rmSync(this.#incoming, { recursive: true, force: true });
    } catch (fault) {
      if (!(fault instanceof Refusal)) this.#options.report(fault);
      const { code, facts } = fault instanceof Refusal ? fault : { code: 'fault', facts: {} };
      this.#state = { ...idle, phase: 'failed', refusal: { code, facts } };
    }
  }

  #isBusy(): boolean {
    return this.#state.phase === 'receiving' || this.#state.phase === 'loading';
  }
}

async function openedAt(path: string, passphrase: string | undefined): Promise<Archive> {
  if (!existsSync(path) || !statSync(path).isFile()) throw new Refusal('backup.fileMissing', { file: path });
  return openArchive(path, passphrase);
}

const foundMax = 200;
const mb = (bytes: number): number => Math.ceil(bytes / (1 << 20));

/** The names in a folder; none where there is no such folder, or where a disk was pulled out just now. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function archiveAt(path: string): (ArchiveFound & { day: string })[] {
  try {
    const { size } = statSync(path);
    const name = basename(path);
    return [{ path, name, bytes: size, day: /_(\d{4}-\d\d-\d\d)_/.exec(name)?.[1] ?? '' }];
  } catch {
    return [];
  }
}
