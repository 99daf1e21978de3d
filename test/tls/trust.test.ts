import { generateKeyPairSync } from 'node:crypto';
import type { Certificate, Session } from 'electron';
import { describe, expect, test } from 'vitest';
import { guardCertificates, type Paired } from '../../app/main/guardCertificates.ts';
import { distrust, type Pin, pinOf } from '../../app/main/trust.ts';
import { issueLeaf, issueRoot } from '../../server/tls/issue.ts';

type Verifier = NonNullable<Parameters<Session['setCertificateVerifyProc']>[0]>;

const dayMs = 86_400_000;
const now = 1_795_000_000_000;
const names = ['office', 'office.local', '192.168.1.10', 'fd00::10'];

const root = issueRoot('office', now);
const leaf = issueLeaf(root, names, now);
const pin = pinOf(root.chain[0] ?? '') as Pin;
/** Somebody else's, under the very same names. */
const strangerRoot = issueRoot('office', now);
const stranger = issueLeaf(strangerRoot, names, now);
const judge = (more: Partial<Parameters<typeof distrust>[0]>) => distrust({ chain: leaf.chain, host: 'office', pin, nowMs: now, ...more });

describe('the server that is trusted', () => {
  test.each(['office', 'OFFICE.local', '192.168.1.10', 'fd00::10', '[fd00::10]'])('is known as %s', (host) => {
    expect(judge({ host })).toBeNull();
  });

  test('need not send its root along, and goes on being trusted with a renewed certificate', () => {
    expect(judge({ chain: leaf.chain.slice(0, 1) })).toBeNull();
    const later = now + 400 * dayMs;
    expect(judge({ chain: issueLeaf(root, names, later).chain, nowMs: later })).toBeNull();
  });
});

describe('stops everything', () => {
  const [leafPem, rootPem, strangerPem, strangerRootPem] = [...leaf.chain, ...stranger.chain].map(String);
  const forged = issueLeaf({ key: strangerRoot.key, chain: root.chain }, names, now);
  const selfSigned = issueRoot('office', now);
  test.each<[string, Partial<Parameters<typeof distrust>[0]>, string]>([
    ['another root of the same name', { chain: stranger.chain }, 'otherRoot'],
    ["a stranger's certificate below our root", { chain: [strangerPem ?? '', rootPem ?? ''] }, 'otherRoot'],
    ['one that names our root as its issuer, signed by a stranger', { chain: forged.chain }, 'otherRoot'],
    ["a stranger's chain with ours behind it", { chain: [strangerPem, strangerRootPem, leafPem, rootPem].map(String) }, 'otherRoot'],
    ['a certificate signed by itself under the same name', { chain: selfSigned.chain }, 'otherRoot'],
    ['our root in the place of the server', { chain: root.chain }, 'otherRoot'],
    ['a certificate that our server, not our root, has signed', { chain: [...issueLeaf(leaf, names, now).chain] }, 'otherRoot'],
    ['nothing', { chain: [] }, 'otherRoot'],
    ['nonsense', { chain: ['nonsense'] }, 'otherRoot'],
    ['nonsense behind our own', { chain: [...leaf.chain, 'nonsense'] }, 'otherRoot'],
    [
      'a pin whose hash is not that of its root',
      { pin: { root: strangerRootPem ?? '', spki: pin.spki }, chain: stranger.chain },
      'otherRoot',
    ],
    ['a certificate that has ended', { nowMs: now + 365 * dayMs + 1000 }, 'expired'],
    ['a certificate that has not begun', { nowMs: now - 2 * dayMs }, 'expired'],
    ['a root that has ended', endedRoot(), 'expired'],
    ['another name', { host: 'office.example' }, 'wrongName'],
    ['another address', { host: '192.168.1.11' }, 'wrongName'],
    ['the name in the subject that is no alternative name', { host: 'Tradepost office' }, 'wrongName'],
  ])('%s', (_what, wrong, problem) => {
    expect(judge(wrong)).toBe(problem);
  });

  test('and no root is learnt from what is none', () => {
    expect(pinOf(leafPem ?? '')).toBeNull();
    expect(pinOf('')).toBeNull();
    expect(pinOf(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBeNull();
  });
});

/** A leaf that outlives the root it hangs on. */
function endedRoot(): Partial<Parameters<typeof distrust>[0]> {
  const old = issueRoot('office', now - 3600 * dayMs);
  return { chain: issueLeaf(old, names, now).chain, pin: pinOf(old.chain[0] ?? '') as Pin, nowMs: now + 100 * dayMs };
}

describe('the connections of the desktop client', () => {
  /** What the browser would do with this chain, and why it would stop. */
  const verdict = (
    chain: readonly string[],
    hostname: string,
    paired: Partial<Paired> = {},
    verificationResult = 'net::ERR_CERT_AUTHORITY_INVALID',
  ) => {
    const procs: Verifier[] = [];
    const stops: string[] = [];
    const results: number[] = [];
    const session = { setCertificateVerifyProc: (proc: Verifier) => void procs.push(proc) } as Session;
    const of: Paired = { server: 'https://office:7180', pin, nowMs: now, ...paired };
    guardCertificates(
      session,
      () => of,
      (problem) => stops.push(problem),
    );
    const certificate = chain.reduceRight<Certificate | undefined>((issuerCert, data) => ({ data, issuerCert }) as Certificate, undefined);
    for (const proc of procs)
      proc({ hostname, certificate, verificationResult } as Parameters<Verifier>[0], (given) => results.push(given));
    return [...results, ...stops];
  };

  test('go to the paired server with its pinned root, whatever the browser thinks of that', () => {
    expect(verdict(leaf.chain, 'office')).toEqual([0]);
    expect(verdict(leaf.chain, 'fd00::10', { server: 'https://[fd00::10]:7180' })).toEqual([0]);
  });

  test('stop at another root, also at one that the computer trusts, at an old certificate and at a wrong name', () => {
    expect(verdict(stranger.chain, 'office')).toEqual([-2, 'otherRoot']);
    expect(verdict(stranger.chain, 'office', {}, 'net::OK')).toEqual([-2, 'otherRoot']);
    expect(verdict(leaf.chain, 'office', { nowMs: now + 500 * dayMs })).toEqual([-2, 'expired']);
    expect(verdict(leaf.chain, 'other', { server: 'https://other:7180' })).toEqual([-2, 'wrongName']);
  });

  test('go nowhere else, not before pairing, and not where a certificate was taken back', () => {
    expect(verdict(leaf.chain, 'office.local')).toEqual([-2]);
    expect(verdict(leaf.chain, 'office', { server: null })).toEqual([-2]);
    expect(verdict(leaf.chain, 'office', { pin: null })).toEqual([-2]);
    expect(verdict(leaf.chain, 'office', {}, 'net::ERR_CERT_REVOKED')).toEqual([-2]);
  });
});
