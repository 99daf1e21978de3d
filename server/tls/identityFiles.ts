import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushFolder, writeFileSafely } from '../files.ts';
import { identityText, readIdentity } from './identity.ts';
import type { Identity } from './issue.ts';

/** Where the identities of a data folder lie: key and certificates in one file each, so that they are never of different age. */
export const filesIn = (dataFolder: string) => ({
  root: join(dataFolder, 'tls', 'root.pem'),
  /** The root that takes the place of the one above, see `succession.ts`. */
  successor: join(dataFolder, 'tls', 'successor.json'),
  leaf: join(dataFolder, 'tls', 'leaf.pem'),
  company: join(dataFolder, 'tls', 'company.pem'),
});

/** Makes the folder in which they lie, for the server's own user. */
export function makeTlsFolder(dataFolder: string): void {
  if (mkdirSync(join(dataFolder, 'tls'), { recursive: true, mode: 0o700 }) !== undefined) flushFolder(dataFolder);
}

/** Keeps an identity for good: for the eyes of the server's own user. */
export function write(file: string, identity: Identity): Identity {
  writeFileSafely(file, identityText(identity));
  return identity;
}

/** The identity in a file, or null where there is no such file. Refuses 'certificate.unreadable' {file}. */
export function read(file: string): Identity | null {
  const text = textOf(file);
  return text === null ? null : readIdentity(text, file);
}

/** What a file holds, or null where there is none. */
export function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fault;
  }
}
