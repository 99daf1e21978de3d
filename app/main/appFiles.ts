import { extname, join, normalize, sep } from 'node:path';
import { isOwnPage } from './policy.ts';

/** A file of the client that an address under our own scheme stands for. */
export interface AppFile {
  readonly path: string;
  readonly mediaType: string;
}

/**
 * The file an address stands for, or null: wrong host, a kind of file the client does not have, or a way out of the folder.
 * Below `/connect/` lie the pages for choosing a server, everywhere else the screens.
 */
export function fileFor(address: string, folders: { screens: string; connect: string }): AppFile | null {
  if (!isOwnPage(address)) return null;
  const path = plainPath(new URL(address).pathname);
  const mediaType = path === null ? undefined : mediaTypes[extname(path).toLowerCase()];
  if (path === null || mediaType === undefined) return null;
  const [folder, rest] = path.startsWith('/connect/') ? [folders.connect, path.slice('/connect'.length)] : [folders.screens, path];
  const file = normalize(join(folder, rest));
  return file.startsWith(normalize(folder) + sep) ? { path: file, mediaType } : null;
}

/** The decoded path; null when it holds anything but names. The pages of the screens have no files of their own: the start page shows them. */
function plainPath(encoded: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return null;
  }
  const names = path.split('/').slice(1);
  const isPlain = path.startsWith('/') && names.every((name) => !/[\\:\u0000-\u001f%]/.test(name) && !/^\.+$/.test(name));
  if (!isPlain) return null;
  return extname(path) === '' ? '/index.html' : path;
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.json': 'application/json',
};
