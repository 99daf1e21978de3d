import { realpathSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Refusal } from '../../../shared/kernel/refusal.ts';

// Linux names file systems by these numbers (statfs(2)).
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0x517b, 'smb'],
  [0xfe534d42, 'smb2'],
  [0xff534d42, 'cifs'],
  [0x01021997, '9p'],
  [0x5346414f, 'afs'],
  [0x00c36400, 'ceph'],
  [0x73757245, 'coda'],
  [0x0bd00bd0, 'lustre'],
]);

/**
 * SQLite's WAL needs memory that all its users share, so the folder must be on a disk of this machine. Refuses
 * 'database.networkFolder' {folder, fileSystem}.
 */
export function refuseNetworkFolder(file: string, fileSystemType = typeOf(dirname(file))): void {
  const folder = realpathSync.native(dirname(resolve(file)));
  const fileSystem = networkTypes.get(fileSystemType >>> 0) ?? (isShare(folder) ? 'share' : undefined);
  if (fileSystem) throw new Refusal('database.networkFolder', { folder, fileSystem });
}

// The numbers mean this on Linux only.
const typeOf = (folder: string): number => (process.platform === 'linux' ? statfsSync(folder).type : 0);

/** `\\server\share`, which is also what a mapped drive resolves to on Windows; `\\?\` and `\\.\` are local. */
const isShare = (folder: string): boolean => /^\\\\(?![?.]\\)/.test(folder) || /^\\\\\?\\UNC\\/i.test(folder);
