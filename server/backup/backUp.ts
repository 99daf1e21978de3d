import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Day, dayOf, instantOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { systemActor } from '../access/rights.ts';
import { type Ending, resultOf } from '../apart.ts';
import { clock } from '../clock.ts';
import { look } from '../engine/transact.ts';
import { backupJob } from '../features/files/sweepFiles.ts';
import { version } from '../version.ts';
import type { Company } from '../work.ts';
import type { BackupSign, BackupTask, MadeArchive } from './backupProcess.ts';
import { encryptionOf, passphraseOf } from './passphrase.ts';
import { backupName } from './plan.ts';
import { alone, type Turn } from './running.ts';
import { partEnding } from './writeArchive.ts';

export interface BackUpOptions {
  readonly kind: 'daily' | 'manual';
  /** Who makes it by hand. */
  readonly by?: number;
  readonly signal?: AbortSignal;
  readonly progress?: Turn['progress'];
}

/** What a backup that is there and proven has come to. */
export interface BackupMade {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
  readonly files: number;
}

/** Where a company's backups lie. */
export const backupFolderOf = (company: Pick<Company, 'folder'>): string => join(company.folder, 'backups');

/**
 * Makes a backup of a company while everybody works: in a process of its own, on one snapshot, and proven by restoring it. It is on
 * record whether it succeeds or not; a file that could not be proven is renamed `….unproven` and never counts. Refuses
 * 'backup.running', 'backup.cancelled', 'backup.noRoom' {neededMb, freeMb}, 'backup.diskFull', 'backup.unproven' {finding},
 * 'backup.folderMissing' {folder}, 'backup.fileHeld' {file}, 'backup.passphraseLost', 'practice.noBackup'.
 */
export async function backUp(company: Company, options: BackUpOptions): Promise<BackupMade> {
  if (company.practice) throw new Refusal('practice.noBackup');
  return alone(company, options, async (turn) => {
    const startedAt = instantOf(clock.now());
    const day = dayOf(startedAt, company.timeZone);
    const isEncrypted = (await look(company, systemActor(company), encryptionOf)) !== 'none';
    const name = backupName(company.code, { day, kind: options.kind, now: startedAt, timeZone: company.timeZone, isEncrypted });
    const record = { day, kind: options.kind, name, encrypted: isEncrypted ? 1 : 0, started_at: startedAt, actor: options.by ?? null };
    const progress: Turn['progress'] = (so) => {
      turn.progress(so);
      options.progress?.(so);
    };
    try {
      const making = () => make(company, { name, day }, { signal: turn.signal, progress });
      // The timetable holds its own job.
      const { auditSeq, sha256, ...made } = await (options.kind === 'daily' ? making() : keepingFiles(company, making));
      const { bytes, rows, files } = made;
      await note(company, { ...record, state: 'good', bytes, rows, files, sha256, audit_seq: auditSeq });
      return made;
    } catch (fault) {
      const { code, facts } = fault instanceof Refusal ? fault : { code: 'fault', facts: {} };
      const state = code === 'backup.cancelled' ? 'cancelled' : 'failed';
      await note(company, { ...record, state, refusal: code, facts: JSON.stringify(facts) });
      throw fault;
    }
  });
}

/** What a snapshot names must stay until it is in the archive: nothing is swept while the job of the timetable counts as held. */
export async function keepingFiles<T>(company: Company, run: () => Promise<T>): Promise<T> {
  const hold = (until: string | null): Promise<void> =>
    company.store.write(async (tx) => {
      await tx('job_runs').insert({ name: backupJob, held_until: until }).onConflict('name').merge(['held_until']);
    });
  const holdOn = () => hold(instantOf(clock.now() + heldMs));
  await holdOn();
  const holding = setInterval(() => void holdOn().catch(() => undefined), heldMs / 3).unref();
  try {
    return await run();
  } finally {
    clearInterval(holding);
    await hold(null);
  }
}

const heldMs = 30 * 60_000;

async function make(
  company: Company,
  { name, day }: { name: string; day: Day },
  turn: Turn,
): Promise<BackupMade & { auditSeq: number; sha256: string }> {
  const folder = backupFolderOf(company);
  // A disk that was pulled out must not be replaced by a folder of its name.
  if (!existsSync(folder)) throw new Refusal('backup.folderMissing', { folder });
  const passphrase = await look(company, systemActor(company), passphraseOf);
  await dropRests(folder);
  await refuseWithoutRoom(company, folder);
  const scratch = join(folder, scratchName);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  try {
    const { code, timeZone, name: title } = company;
    const task: BackupTask = {
      place: company.store.place,
      folder: company.folder,
      dataFolder: company.dataFolder,
      company: { code, name: title, timeZone },
      version,
      path,
      scratch,
      lock: passphrase === null ? null : { passphrase, company: code, day },
    };
    const { manifest, findings, sha256 } = await inProcess(task, turn);
    const [first] = findings;
    if (first) {
      await rename(path, `${path}.unproven`);
      throw new Refusal('backup.unproven', { finding: `${first.proof}: ${first.detail}` });
    }
    const { size: bytes } = await stat(path);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { name, path, bytes, rows, files: manifest.files.count, auditSeq: manifest.auditHead?.seq ?? 0, sha256 };
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rm(path + partEnding, { force: true });
  }
}

/** The folder beside the archives in which they are proven. */
export const scratchName = 'proving';

/** What a backup that was cut off by a power cut left behind. */
export async function dropRests(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name === scratchName || name.endsWith(partEnding)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** The archive and the database it is restored into have to fit beside each other. Refuses 'backup.noRoom' {neededMb, freeMb}. */
export async function refuseWithoutRoom(company: Pick<Company, 'store'>, folder: string): Promise<void> {
  const needed = await company.store.read(async (tx) => {
    const files = (await tx('files').sum({ bytes: 'size' }).first()) as { bytes: number | null } | undefined;
    return 2 * (await company.store.dialect.sizeBytes(tx)) + Number(files?.bytes ?? 0);
  });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= needed) return;
  throw new Refusal('backup.noRoom', { neededMb: Math.ceil(needed / mb), freeMb: Math.floor((bavail * bsize) / mb) });
}

const mb = 1 << 20;

/** The memory it takes goes back when it ends, and the system serves those first who work. */
function inProcess(task: BackupTask, { signal, progress }: Turn): Promise<MadeArchive> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Refusal('backup.cancelled'));
    const child = fork(fileURLToPath(new URL('./backupProcess.ts', import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4'],
      // What SQLite sorts goes to the disk that has room for it, not into memory.
      env: { ...process.env, SQLITE_TMPDIR: task.scratch },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      windowsHide: true,
    });
    let ending = null as Ending<MadeArchive> | null;
    const stop = () => void child.kill('SIGKILL');
    signal.addEventListener('abort', stop, { once: true });
    child.on('message', (sign: BackupSign) => {
      if ('progress' in sign) return progress(sign.progress);
      ending = sign.ending;
      stop();
    });
    child.once('error', reject);
    // Windows removes nothing that another process has open: only its end is the end.
    child.once('exit', (code, killer) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) return reject(new Refusal('backup.cancelled'));
      try {
        resolve(resultOf(ending ?? { fault: `The backup process ended with ${killer ?? code}` }));
      } catch (fault) {
        reject(fault);
      }
    });
    // One that was stopped before it could listen says so by its end.
    child.send(task, () => undefined);
  });
}

async function note(company: Company, row: Record<string, string | number | null>): Promise<void> {
  await company.store.write((tx) => tx('backups').insert({ ...row, finished_at: instantOf(clock.now()) }));
}
