import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { type RootSuccessor, rootSuccessorSchema, successionWords } from '../../shared/contracts/rootSuccession.ts';
import { type Instant, instantOf, msOf } from '../../shared/kernel/days.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { failpoint } from '../failpoints.ts';
import { writeFileSafely } from '../files.ts';
import { readIdentity, rootOf, spkiHashOf } from './identity.ts';
import { filesIn, makeTlsFolder, read, textOf, write } from './identityFiles.ts';
import { type Identity, issueRoot } from './issue.ts';

const dayMs = 86_400_000;
/** The old root must still hold when clients see it for the last time. */
const spareDays = 1;
/** So long the old root's name is still understood from clients that go on naming it, which is longer than they trust it. */
const rememberedDays = 3;

/** A root that takes the place of another, as it lies beside it: one file, so that no part of it is ever of another age. */
const keptSchema = z.strictObject({
  ...rootSuccessorSchema.shape,
  /** The new root's key and certificate, PEM. */
  identity: z.string().max(20_000),
});
type Kept = z.infer<typeof keptSchema>;

/** How it stands with the exchange of a root. */
export interface Succession {
  /** Shown still is the old root, or already the new one. */
  readonly phase: 'handingOut' | 'done';
  /** What clients are told. */
  readonly told: RootSuccessor;
  readonly successor: Identity;
}

/**
 * Begins to exchange the root of a server (its own, not a company's): makes a new one that the old one signs. The server goes on
 * under the old one for so many days from `now` (ms since 1970), fewer where the old one ends before, and hands the new one to every
 * client that comes by. With none left the new one takes its place at once, and all clients pair again. Refuses 'certificate.none',
 * 'certificate.notOwn' where a company's certificate is shown, and 'certificate.rotating' {until} while an exchange is under way.
 */
export function beginSuccession(dataFolder: string, days: number, now: number): { until: Instant; isAtOnce: boolean } {
  const files = filesIn(dataFolder);
  if (read(files.company)) throw new Refusal('certificate.notOwn');
  const old = rootInForce(dataFolder, now);
  if (!old) throw new Refusal('certificate.none');
  const running = findSuccession(dataFolder);
  if (running?.phase === 'handingOut') throw new Refusal('certificate.rotating', { until: running.told.until });
  const successor = issueRoot(hostname().toLowerCase(), now);
  const endMs = Math.min(now + days * dayMs, rootOf(old).validToDate.getTime() - spareDays * dayMs);
  if (endMs <= now) {
    write(files.root, successor);
    rmSync(files.successor, { force: true });
    return { until: instantOf(now), isAtOnce: true };
  }
  const until = instantOf(endMs);
  const told = { from: spkiHashOf(rootOf(old)), certificate: successor.chain.join(''), until };
  const words = successionWords({ ...told, certificateDer: rootOf(successor).raw.toString('base64') });
  const signature = sign('sha256', Buffer.from(words), createPrivateKey(old.key)).toString('base64');
  const kept: Kept = { ...told, signature, identity: successor.key + successor.chain.join('') };
  makeTlsFolder(dataFolder);
  writeFileSafely(files.successor, JSON.stringify(kept));
  failpoint('tls-successor-written');
  return { until, isAtOnce: false };
}

/**
 * The root that the server's certificate hangs on at a moment (ms since 1970); null before the first start with TLS. When the moment
 * has come the new root takes the place of the old one here, in one step: whoever dies before it or behind it leaves one or the
 * other. Refuses 'certificate.unreadable' {file}.
 */
export function rootInForce(dataFolder: string, now: number): Identity | null {
  const files = filesIn(dataFolder);
  // Read before the root: another process takes it away only when the new root lies in its place.
  const kept = readKept(files.successor);
  const root = read(files.root);
  const phase = kept && root && phaseOf(kept, root);
  if (!kept || !phase) return root;
  const untilMs = msOf(kept.until);
  if (phase === 'handingOut' && untilMs <= now) {
    const successor = write(files.root, readIdentity(kept.identity, files.successor));
    failpoint('tls-root-succeeded');
    return successor;
  }
  if (phase === 'done' && untilMs + rememberedDays * dayMs <= now) rmSync(files.successor, { force: true });
  return root;
}

/** The exchange of the root as it lies there; null when there is none. Refuses 'certificate.unreadable' {file}. */
export function findSuccession(dataFolder: string): Succession | null {
  const files = filesIn(dataFolder);
  const kept = readKept(files.successor);
  const root = read(files.root);
  const phase = kept && root && phaseOf(kept, root);
  if (!kept || !phase) return null;
  const { identity, ...told } = kept;
  return { phase, told, successor: readIdentity(identity, files.successor) };
}

/** Reads what a file of an exchange holds. Refuses 'certificate.unreadable' {file}. */
export function readKept(file: string): Kept | null {
  const text = textOf(file);
  return text === null ? null : parseKept(text, file);
}

/** Refuses 'certificate.unreadable' {file} when it is not whole. */
export function parseKept(text: string, file: string): Kept {
  try {
    const kept = keptSchema.parse(JSON.parse(text));
    const isWhole = rootOf(readIdentity(kept.identity, file)).fingerprint256 === new X509Certificate(kept.certificate).fingerprint256;
    if (isWhole) return kept;
  } catch {
    // Said below.
  }
  throw new Refusal('certificate.unreadable', { file });
}

/** Null for what belongs to another root than the one that is there: it is as good as none. */
function phaseOf(kept: Kept, root: Identity): Succession['phase'] | null {
  const spki = spkiHashOf(rootOf(root));
  if (spki === kept.from) return 'handingOut';
  return spki === spkiHashOf(new X509Certificate(kept.certificate)) ? 'done' : null;
}
