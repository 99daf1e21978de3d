import { closeSync, lstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientInstaller, ClientSystem } from '../../shared/contracts/clients.ts';
import { namesIn } from '../files.ts';

const named =
  /^tradepost-client-(\d+\.\d+\.\d+(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?)-(win|linux|mac)-(x64|x86_64|amd64|arm64)\.(exe|AppImage|deb|dmg)$/;
const feedNamed = /^latest(-linux)?\.yml$/;
const systems: Readonly<Record<string, ClientSystem>> = { win: 'windows', linux: 'linux', mac: 'mac' };
const kindsOf: Readonly<Record<ClientSystem, readonly string[]>> = { windows: ['exe'], linux: ['AppImage', 'deb'], mac: ['dmg'] };

/** Where installers of the desktop client lie, the first folder first: those the office added, and those the server's package brought. */
export const clientFolders = (dataFolder: string): string[] => [
  addedClients(dataFolder),
  fileURLToPath(new URL('../../clients', import.meta.url)),
];

/** Where `tradepost clients add` puts them. */
export const addedClients = (dataFolder: string): string => join(dataFolder, 'clients');

/** What the name of an installer says; null when it is none. */
export function installerNamed(name: string): Omit<ClientInstaller, 'bytes'> | null {
  const [, version, short = '', arch = '', kind = ''] = named.exec(name) ?? [];
  const system = systems[short];
  if (version === undefined || !system || !kindsOf[system].includes(kind)) return null;
  return { name, version, system, arch: arch === 'arm64' ? 'arm64' : 'x64', kind };
}

/** The installers in some folders, each name once. Whatever else lies there is not seen. */
export function listInstallers(folders: readonly string[]): ClientInstaller[] {
  const found = new Map<string, ClientInstaller>();
  for (const folder of folders) {
    for (const name of namesIn(folder)) {
      const installer = installerNamed(name);
      const bytes = bytesOf(join(folder, name));
      if (installer && bytes !== null && !found.has(name)) found.set(name, { ...installer, bytes });
    }
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The file that may be given out under a name: an installer or a feed that lies in one of the folders itself; else null. */
export function findClientFile(folders: readonly string[], name: string): { path: string; mediaType: string } | null {
  const isFeed = feedNamed.test(name);
  if (!isFeed && !installerNamed(name)) return null;
  const path = folders.map((folder) => join(folder, name)).find((one) => bytesOf(one) !== null);
  return path === undefined ? null : { path, mediaType: isFeed ? 'text/yaml; charset=utf-8' : 'application/octet-stream' };
}

/** Whether a file begins (a disk image: ends) as its kind does: a page of an error, or half a download, does not. */
export function isWhatItsNameSays(path: string, kind: string): boolean {
  const bytes = bytesOf(path) ?? 0;
  const magic = magics[kind];
  if (!magic || bytes < leastBytes) return false;
  const wanted = Buffer.from(magic.text, 'latin1');
  const seen = Buffer.alloc(wanted.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, seen, 0, seen.length, magic.at < 0 ? bytes + magic.at : magic.at);
  } finally {
    closeSync(file);
  }
  return seen.equals(wanted);
}

const leastBytes = 1024;
const magics: Readonly<Record<string, { at: number; text: string }>> = {
  exe: { at: 0, text: 'MZ' },
  AppImage: { at: 8, text: 'AI\u0002' },
  deb: { at: 0, text: '!<arch>\n' },
  dmg: { at: -512, text: 'koly' },
};

/** Links lead elsewhere and are not followed. */
function bytesOf(path: string): number | null {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : null;
}
