import { createHash, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { oldRootTrustedMs } from '../../shared/contracts/rootSuccession.ts';

/** A root that this computer has learnt to trust: its certificate, and the SHA-256 of its public key, base64. */
export interface PinnedRoot {
  readonly root: string;
  readonly spki: string;
}

/** What this computer trusts for a server: its root, and while it is being exchanged the one that follows upon it. */
export interface Pin extends PinnedRoot {
  /** From `untilMs` (since 1970) on the server shows this one alone. */
  readonly next?: (PinnedRoot & { readonly untilMs: number }) | undefined;
}

/** The roots that count at a moment (ms since 1970): the old one is dropped some days after the server did. */
export function rootsAt({ next, ...old }: Pin, nowMs: number): readonly PinnedRoot[] {
  if (!next) return [old];
  return nowMs < next.untilMs + oldRootTrustedMs ? [old, next] : [next];
}

/** Why a server is not the one we know. */
export type Distrust = 'otherRoot' | 'expired' | 'wrongName';

/** Extended key usage: authentication of TLS servers (RFC 5280, 4.2.1.12). */
const forServers = '1.3.6.1.5.5.7.3.1';

/**
 * Whether a chain (PEM, the server's own certificate first) ends at a pinned root, is valid at `nowMs` (since 1970) in every link,
 * and speaks for the host; null when it does. What the operating system or the browser thinks of it does not count.
 */
export function distrust(of: { chain: readonly string[]; host: string; pin: Pin; nowMs: number }): Distrust | null {
  const path = rootsAt(of.pin, of.nowMs)
    .map((root) => pathToRoot(of.chain, root))
    .find((found) => found !== null);
  // The old root whose time is over is out of date rather than a stranger's: perhaps a clock is wrong.
  if (path === undefined) return pathToRoot(of.chain, of.pin) === null ? 'otherRoot' : 'expired';
  const isValid = path.every(({ validFromDate, validToDate }) => validFromDate.getTime() <= of.nowMs && of.nowMs < validToDate.getTime());
  if (!isValid) return 'expired';
  const [leaf] = path;
  const host = bareHost(of.host);
  return (isIP(host) > 0 ? leaf?.checkIP(host) : leaf?.checkHost(host, { subject: 'never' })) === undefined ? 'wrongName' : null;
}

/** What is remembered of a root; null when the certificate is none, or is not signed by itself. */
export function pinOf(certificate: string): PinnedRoot | null {
  const root = readable(certificate);
  return root?.ca && isSignedBy(root, root) ? { root: certificate, spki: spkiOf(root) } : null;
}

/** A host as names are compared: `[::1]` is written `::1` in certificates. */
export const bareHost = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

/** From the server's own certificate to the root, or null when the way does not lead there. */
function pathToRoot(chain: readonly string[], pin: PinnedRoot): X509Certificate[] | null {
  const root = readable(pin.root);
  const presented = chain.map(readable).filter((one) => one !== null);
  const [leaf] = presented;
  if (!root || spkiOf(root) !== pin.spki || !leaf || presented.length < chain.length) return null;
  // A certificate that may sign others, or that is made for something else, is no server's.
  if (leaf.ca || (leaf.keyUsage && !leaf.keyUsage.includes(forServers))) return null;
  const path = [leaf];
  for (let last = leaf; !isSignedBy(last, root); ) {
    const above = presented.find((one) => !path.includes(one) && one.ca && isSignedBy(last, one));
    if (!above) return null;
    path.push(above);
    last = above;
  }
  return [...path, root];
}

function readable(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

const isSignedBy = (one: X509Certificate, above: X509Certificate): boolean => one.checkIssued(above) && one.verify(above.publicKey);

const spkiOf = ({ publicKey }: X509Certificate): string =>
  createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
