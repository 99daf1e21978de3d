import { createPrivateKey, type X509Certificate } from 'node:crypto';
import { hostname } from 'node:os';
import { failpoint } from '../failpoints.ts';
import { leafOf, namesIn, rootOf, speaksFor } from './identity.ts';
import { filesIn, makeTlsFolder, read, write } from './identityFiles.ts';
import { type Identity, issueLeaf, issueRoot } from './issue.ts';
import { rootInForce } from './succession.ts';

const dayMs = 86_400_000;
const renewedBeforeDays = 60;

/** What a server shows to whoever connects. */
export interface Shown extends Identity {
  /** Made by the server itself, or brought by the company. */
  readonly source: 'own' | 'company';
}

/**
 * What the server shall show now (ms since 1970) under these names and addresses: the company's own certificate where one was
 * imported; else its own, which is made at the first call and made anew when less than 60 days are left or the names have
 * changed. Refuses 'certificate.unreadable': a root that is damaged is not replaced, since every client would have to pair again.
 */
export function keepCertificates(dataFolder: string, names: readonly string[], now: number): Shown {
  const files = filesIn(dataFolder);
  makeTlsFolder(dataFolder);
  const company = read(files.company);
  if (company) return { ...company, source: 'company' };
  const root = rootInForce(dataFolder, now) ?? write(files.root, issueRoot(hostname().toLowerCase(), now));
  failpoint('tls-root-written');
  const leaf = readLeaf(files.leaf);
  const isGood = leaf !== null && isFrom(leaf, root) && daysLeft(leaf, now) >= renewedBeforeDays && isFor(leaf, names);
  return { ...(isGood ? leaf : write(files.leaf, issueLeaf(root, names, now))), source: 'own' };
}

/** What a server with this data folder would show, as it lies there; null before the first start with TLS. */
export function findCertificates(dataFolder: string): Shown | null {
  const files = filesIn(dataFolder);
  const company = read(files.company);
  if (company) return { ...company, source: 'company' };
  const leaf = read(files.root) && read(files.leaf);
  return leaf ? { ...leaf, source: 'own' } : null;
}

/** True for a certificate that a server with this data folder has made or was given. */
export function isShownBy(dataFolder: string, leaf: X509Certificate): boolean {
  const files = filesIn(dataFolder);
  const root = read(files.root);
  const company = read(files.company);
  return (
    (root !== null && leaf.verify(rootOf(root).publicKey)) || (company !== null && leaf.fingerprint256 === leafOf(company).fingerprint256)
  );
}

/** Whole days until the first certificate ends; below zero when it has. */
export const daysLeft = (identity: Identity, now: number): number => Math.floor((leafOf(identity).validToDate.getTime() - now) / dayMs);

/** A leaf that cannot be read is made again: nobody remembers it. */
function readLeaf(file: string): Identity | null {
  try {
    return read(file);
  } catch {
    return null;
  }
}

const isFrom = (leaf: Identity, root: Identity): boolean =>
  leafOf(leaf).verify(rootOf(root).publicKey) &&
  rootOf(leaf).fingerprint256 === rootOf(root).fingerprint256 &&
  leafOf(leaf).checkPrivateKey(createPrivateKey(leaf.key));

const isFor = (leaf: Identity, names: readonly string[]): boolean =>
  namesIn(leafOf(leaf)).length === names.length && names.every((name) => speaksFor(leafOf(leaf), name));
