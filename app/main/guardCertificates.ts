import type { Certificate, Session } from 'electron';
import { bareHost, type Distrust, distrust, type Pin } from './trust.ts';

const trusted = 0;
const refused = -2;
const chainLengthMax = 10;

/** Whom a session may connect to by TLS: the paired server, what is trusted for it, and what time it is (ms since 1970). */
export interface Paired {
  readonly server: string | null;
  readonly pin: Pin | null;
  readonly nowMs: number;
}

/**
 * Holds every TLS connection of a session to the paired server and its pinned roots; to be called before any request, because
 * verdicts are remembered. What the browser itself found does not help a stranger, and nobody can press it aside: `stop` is told
 * why, and the connection ends before anything was sent.
 */
export function guardCertificates(session: Session, paired: () => Paired, stop: (problem: Distrust) => void): void {
  session.setCertificateVerifyProc(({ hostname, certificate, verificationResult }, decide) => {
    const { server, pin, nowMs } = paired();
    const isPaired = server !== null && bareHost(new URL(server).hostname) === bareHost(hostname);
    if (!isPaired || pin === null || verificationResult.includes('REVOKED')) return decide(refused);
    const problem = distrust({ chain: chainOf(certificate), host: hostname, pin, nowMs });
    decide(problem === null ? trusted : refused);
    if (problem !== null) stop(problem);
  });
}

function chainOf(certificate: Certificate): string[] {
  const chain: string[] = [];
  for (let one: Certificate | undefined = certificate; one && chain.length < chainLengthMax; one = one.issuerCert) {
    if (chain.includes(one.data)) break;
    chain.push(one.data);
  }
  return chain;
}
