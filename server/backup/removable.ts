import { existsSync, readdirSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { RemovableDisk } from '../../shared/contracts/backups.ts';

export interface DiskPlaces {
  /** Where the machine's own folders begin; a test makes a tree of its own. */
  readonly root: string;
  /** Folders the server was told of when it was started. */
  readonly named: readonly string[];
}

/** Disks that can be pulled out and are there now: those the machine knows as such, and the named folders that exist. */
export function removableDisks({ root, named }: DiskPlaces): RemovableDisk[] {
  const mounted = mountsOf(root)
    .filter(({ device, folder }) => isMountedByPeople(folder) && isRemovable(root, basename(device)))
    .map(({ folder }) => join(root, folder));
  return [...new Set([...named, ...mounted])].flatMap((path) => {
    try {
      const { bavail, blocks, bsize } = statfsSync(path);
      return [{ path, freeBytes: bavail * bsize, bytes: blocks * bsize }];
    } catch {
      // Pulled out between two looks.
      return [];
    }
  });
}

interface Mount {
  readonly device: string;
  readonly folder: string;
}

/** What is mounted where, as Linux tells it (proc(5)); nothing on other systems. */
function mountsOf(root: string): Mount[] {
  const list = join(root, 'proc/self/mounts');
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [device, folder] = line.split(' ').map(unescaped);
      return device?.startsWith('/dev/') && folder ? [{ device, folder }] : [];
    });
}

/** Blanks and the like stand as three octal digits behind a backslash. */
const unescaped = (word: string): string =>
  word.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

const isMountedByPeople = (folder: string): boolean => /^\/(media|run\/media|mnt)(\/|$)/.test(folder);

/** A partition belongs to the disk whose name it begins with. Sticks say so themselves; hard disks in a case hang on the USB bus. */
function isRemovable(root: string, device: string): boolean {
  const all = join(root, 'sys/block');
  const disk = existsSync(all)
    ? readdirSync(all)
        .filter((name) => device.startsWith(name))
        .sort((a, b) => b.length - a.length)[0]
    : undefined;
  if (disk === undefined) return false;
  const says = join(all, disk, 'removable');
  return (existsSync(says) && readFileSync(says, 'utf8').trim() === '1') || /\/usb\d/.test(realpathSync(join(all, disk)));
}
