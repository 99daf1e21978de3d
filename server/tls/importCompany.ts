import { createPrivateKey, X509Certificate } from 'node:crypto';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { certificatesIn, namesIn, readIdentity, speaksFor } from './identity.ts';
import type { Identity } from './issue.ts';

/** Extended key usage: authentication of TLS servers (RFC 5280, 4.2.1.12). */
const forServers = '1.3.6.1.5.5.7.3.1';

export interface Brought {
  readonly key: string;
  /** The server's certificate and those above it, up to and with the root, in any order. */
  readonly chain: string;
  /** Names and addresses by which the server is called: the certificate must speak for one of them. */
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Checks a key and a chain that a company brings and puts the chain in order. Refuses 'certificate.unreadable' {file},
 * 'certificate.otherKey', 'certificate.noRoot' {issuer} when one above is missing or has not signed, 'certificate.wrongUse',
 * 'certificate.outOfDate' {subject, from, until} and 'certificate.otherName' {names}.
 */
export function checkBrought({ key, chain, names, now }: Brought): Identity {
  const identity = readIdentity(key + chain, 'PEM');
  const all = certificatesIn(chain).map((one) => new X509Certificate(one));
  const leaf = all.find((one) => one.checkPrivateKey(createPrivateKey(identity.key)));
  if (!leaf) throw new Refusal('certificate.otherKey');
  const path = pathFrom(leaf, all);
  if (leaf.ca || (leaf.keyUsage && !leaf.keyUsage.includes(forServers)) || path.slice(1).some(({ ca }) => !ca))
    throw new Refusal('certificate.wrongUse');
  for (const { subject, validFromDate, validToDate, validFrom, validTo } of path) {
    if (validFromDate.getTime() > now || validToDate.getTime() <= now)
      throw new Refusal('certificate.outOfDate', { subject, from: validFrom, until: validTo });
  }
  if (!names.some((name) => speaksFor(leaf, name))) throw new Refusal('certificate.otherName', { names: namesIn(leaf).join(', ') });
  return { key: identity.key, chain: path.map((one) => one.toString()) };
}

/** From the server's own certificate up to the root, each signed by the next. */
function pathFrom(leaf: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const path = [leaf];
  for (let last = leaf; !isRoot(last); ) {
    const above = all.find((one) => !path.includes(one) && last.checkIssued(one) && last.verify(one.publicKey));
    if (!above) throw new Refusal('certificate.noRoot', { issuer: last.issuer });
    path.push(above);
    last = above;
  }
  return path;
}

const isRoot = (one: X509Certificate): boolean => one.checkIssued(one) && one.verify(one.publicKey);
