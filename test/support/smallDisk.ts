import { execFileSync } from 'node:child_process';
import { closeSync, openSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Mounts a disk of so many MB in a folder; whoever asked unmounts it. Gives whether it worked; where it did not, the reason is printed. */
export function mountSmallDisk(path: string, sizeMb = 24): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m`, 'tmpfs', path], { stdio: 'pipe' });
    return true;
  } catch (refused) {
    console.log(`No small disk can be mounted here, so this story is not told: ${(refused as Error).message.trim()}`);
    return false;
  }
}

/** Takes up all but so many bytes of the disk. */
export function fillDisk(path: string, bytesLeft: number): string {
  const { bavail, bsize } = statfsSync(path);
  const ballast = join(path, 'ballast');
  const file = openSync(ballast, 'w');
  const piece = Buffer.alloc(64 * 1024, 1);
  try {
    for (let left = bavail * bsize - bytesLeft; left > 0; left -= piece.length) writeSync(file, piece, 0, Math.min(left, piece.length));
  } catch (fault) {
    // Somebody else took the rest.
    if ((fault as NodeJS.ErrnoException).code !== 'ENOSPC') throw fault;
  }
  closeSync(file);
  return ballast;
}
