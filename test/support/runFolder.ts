import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder that holds everything a run of the tests writes. */
export interface RunFolder {
  readonly path: string;
  remove(): void;
}

const folderPrefix = 'tradepost-run-';
const memoryDisk = '/dev/shm';
/** More than a whole run has ever taken at one time. */
const roomBytes = 4 * 2 ** 30;

/**
 * Makes the folder: in memory where there is room for it, else among the temporary files. A whole run makes some two million
 * files, most of them tables of copied databases that live for seconds; a disk is busy with them for longer than the tests take.
 */
export function openRunFolder(): RunFolder {
  removeLeftovers();
  const path = mkdtempSync(join(hasRoomInMemory() ? memoryDisk : tmpdir(), folderPrefix));
  // Who runs PostgreSQL is not always who runs the tests.
  chmodSync(path, 0o711);
  writeFileSync(join(path, 'owner'), String(process.pid));
  return { path, remove: () => removeOrLeave(path) };
}

function hasRoomInMemory(): boolean {
  if (platform() !== 'linux') return false;
  try {
    const { bavail, bsize } = statfsSync(memoryDisk);
    return bavail * bsize >= roomBytes && process.availableMemory() >= 2 * roomBytes;
  } catch {
    return false;
  }
}

/** A run that was killed leaves its folder and perhaps a server behind: recognised by the folder, whose owner no longer lives. */
function removeLeftovers(): void {
  for (const place of [memoryDisk, tmpdir()]) {
    for (const name of namesIn(place).filter((entry) => entry.startsWith(folderPrefix))) {
      const folder = join(place, name);
      const owner = Number(textOf(join(folder, 'owner')));
      if (!owner || isAlive(owner)) continue;
      const server = Number(textOf(join(folder, 'postgres', 'data', 'postmaster.pid')).split('\n')[0]);
      if (server && commandLineOf(server).includes(folder)) process.kill(server, 'SIGKILL');
      removeOrLeave(folder);
    }
  }
}

function removeOrLeave(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (fault) {
    // A small disk that a killed test had mounted in it is nothing that should keep others from running.
    console.log(`${folder} could not be removed: ${(fault as Error).message}`);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandLineOf(pid: number): string {
  return textOf(`/proc/${pid}/cmdline`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
