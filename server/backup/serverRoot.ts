import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RootFate } from '../../shared/contracts/restoring.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { failpoint } from '../failpoints.ts';
import { flushFolder, writeFileSafely } from '../files.ts';
import { readIdentity, rootOf, spkiHashOf } from '../tls/identity.ts';
import { filesIn, makeTlsFolder, read, textOf } from '../tls/identityFiles.ts';
import type { Identity } from '../tls/issue.ts';
import { findSuccession, parseKept } from '../tls/succession.ts';
import type { Archive } from './readArchive.ts';
import type { ArchiveEntries } from './writeArchive.ts';

/** Where the server's root lies in an archive, and what follows upon it. */
const names = { root: 'server/root.pem', successor: 'server/successor.json' } as const;
const bytesMax = 64 << 10;

/** The root of a server as an archive carries it, with its key. */
export interface CarriedRoot {
  readonly identity: Identity;
  readonly root: string;
  readonly successor: string | null;
}

/**
 * Adds the root of the server in a data folder, with its key, to an archive: to be called for one under a passphrase alone. Gives false
 * where the server has none, because it never spoke TLS.
 */
export async function addServerRoot(entries: ArchiveEntries, dataFolder: string): Promise<boolean> {
  const files = filesIn(dataFolder);
  const successor = findSuccession(dataFolder) && textOf(files.successor);
  const root = textOf(files.root);
  if (root === null) return false;
  await entries.add(names.root, () => piecesOf(root));
  if (successor !== null) await entries.add(names.successor, () => piecesOf(successor));
  return true;
}

/** The server's root that an archive carries under its lock; null when there is none. Refuses 'backup.damaged' {file}. */
export async function carriedRoot(archive: Archive): Promise<CarriedRoot | null> {
  const root = archive.isEncrypted ? await textIn(archive, names.root) : null;
  if (root === null) return null;
  const successor = await textIn(archive, names.successor);
  try {
    const identity = readIdentity(root, names.root);
    if (successor !== null) parseKept(successor, names.successor);
    const certificate = rootOf(identity);
    const isRoot =
      certificate.ca && certificate.verify(certificate.publicKey) && certificate.checkPrivateKey(createPrivateKey(identity.key));
    if (isRoot) return { identity, root, successor };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
  }
  throw new Refusal('backup.damaged', { file: names.root });
}

/**
 * What becomes of the root that an archive carries when it is restored into a data folder. One that somebody works with is left alone:
 * the clients of that server trust it. One that a server made at its first start, before there was a company, gives way.
 */
export function rootFateOf(dataFolder: string, carried: CarriedRoot | null): RootFate {
  if (carried === null) return 'missing';
  const files = filesIn(dataFolder);
  let here: Identity | null;
  try {
    here = read(files.root);
  } catch {
    // Damaged, so nobody knows whose it was.
    return 'kept';
  }
  if (existsSync(files.company)) return 'kept';
  if (here === null) return 'restored';
  if (spkiHashOf(rootOf(here)) === spkiHashOf(rootOf(carried.identity))) return 'same';
  return isUsed(dataFolder) ? 'kept' : 'restored';
}

/** Whether a data folder has companies, or had some: the list may have been lost. */
const isUsed = (dataFolder: string): boolean =>
  existsSync(join(dataFolder, 'companies.json')) ||
  namesIn(join(dataFolder, 'companies')).some((name) => !/\.(restoring|making)$/.test(name));

/** Writes what an archive carries beside the company that is restored with it. */
export function keepBeside(beside: string, { root, successor }: CarriedRoot): void {
  const folder = join(beside, 'server');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSafely(join(beside, names.root), root);
  if (successor !== null) writeFileSafely(join(beside, names.successor), successor);
}

/** Puts what lies beside a restored company where the server looks for it; every step can be taken twice. */
export function placeRoot(beside: string, dataFolder: string): void {
  const folder = join(beside, 'server');
  if (!existsSync(folder)) return;
  const files = filesIn(dataFolder);
  makeTlsFolder(dataFolder);
  // What hung on the root that gives way.
  rmSync(files.leaf, { force: true });
  for (const [from, to] of [
    [join(beside, names.successor), files.successor],
    [join(beside, names.root), files.root],
  ] as const)
    if (existsSync(from)) renameSync(from, to);
  flushFolder(join(dataFolder, 'tls'));
  failpoint('restore-root-placed');
  rmSync(folder, { recursive: true });
}

async function textIn({ manifest, read }: Archive, name: string): Promise<string | null> {
  const entry = manifest.entries.find((one) => one.name === name);
  if (!entry) return null;
  if (entry.bytes > bytesMax) throw new Refusal('backup.damaged', { file: name });
  const pieces: Buffer[] = [];
  for await (const piece of read(name)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

async function* piecesOf(text: string): AsyncIterable<string> {
  yield text;
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
