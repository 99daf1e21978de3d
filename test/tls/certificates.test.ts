import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { leafOf, namesIn, rootOf, spkiHashOf } from '../../server/tls/identity.ts';
import { filesIn } from '../../server/tls/identityFiles.ts';
import { issueLeaf, issueRoot } from '../../server/tls/issue.ts';
import { daysLeft, findCertificates, keepCertificates } from '../../server/tls/keep.ts';
import { namesToCertify } from '../../server/tls/names.ts';
import { startServer } from '../support/childServer.ts';

const dayMs = 86_400_000;
const now = 1_795_000_000_000;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tradepost-tls-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

const names = ['office', 'office.local', 'localhost', 'shop.lan', '127.0.0.1', '::1', '192.168.1.10', 'fd00::1:2', '2001:db8::192.0.2.1'];

describe('a root and a certificate of the server itself', () => {
  const root = issueRoot('office', now);
  const leaf = issueLeaf(root, names, now);

  test('say who they are, for how long and what they are for', () => {
    const [above, below] = [rootOf(root), leafOf(leaf)];
    expect(above).toMatchObject({ subject: 'CN=Tradepost office', issuer: 'CN=Tradepost office', ca: true });
    expect(below).toMatchObject({ subject: 'CN=office', issuer: 'CN=Tradepost office', ca: false, keyUsage: ['1.3.6.1.5.5.7.3.1'] });
    expect(above.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(below.checkIssued(above)).toBe(true);
    expect(below.verify(above.publicKey)).toBe(true);
    expect(above.verify(above.publicKey)).toBe(true);
    expect(Math.round((above.validToDate.getTime() - now) / dayMs)).toBe(3650);
    expect(daysLeft(leaf, now)).toBe(365);
    expect(below.validFromDate.getTime()).toBeLessThan(now);
    expect(namesIn(below)).toHaveLength(names.length);
    for (const name of names) expect(below.checkHost(name) ?? below.checkIP(name), name).toBeDefined();
    expect(below.checkHost('evil.example') ?? below.checkIP('10.0.0.1')).toBeUndefined();
  });

  test('a root that ends after 2049 still says so', () => {
    const late = rootOf(issueRoot('office', 2_400_000_000_000));
    expect(late.validTo).toMatch(/2056 GMT$/);
  });

  test.runIf(hasOpenssl)('are accepted by OpenSSL, for their names and no others, and only while they are valid', () => {
    writeFileSync(join(folder, 'root.pem'), root.chain.join(''));
    writeFileSync(join(folder, 'leaf.pem'), leaf.chain[0] ?? '');
    const verify = (...more: string[]): number | null =>
      spawnSync('openssl', [
        'verify',
        '-x509_strict',
        '-purpose',
        'sslserver',
        '-attime',
        String(now / 1000),
        ...more,
        '-CAfile',
        join(folder, 'root.pem'),
        join(folder, 'leaf.pem'),
      ]).status;
    expect(verify('-verify_hostname', 'shop.lan')).toBe(0);
    expect(verify('-verify_ip', '192.168.1.10')).toBe(0);
    expect(verify('-verify_ip', 'fd00::1:2')).toBe(0);
    expect(verify('-verify_hostname', 'other.lan')).not.toBe(0);
    expect(verify('-attime', String(now / 1000 + 366 * 86_400))).not.toBe(0);
    const text = execFileSync('openssl', ['x509', '-in', join(folder, 'root.pem'), '-noout', '-text']).toString();
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
  });

  test('a real connection that trusts the root alone is made, and one that trusts another root is not', async () => {
    const now = clock.now();
    const root = issueRoot('office', now);
    const leaf = issueLeaf(root, names, now);
    const server = createServer({ key: leaf.key, cert: leaf.chain.join('') }, (socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const reach = (ca: string) =>
      new Promise<string>((resolve) => {
        const socket = connect({ host: '127.0.0.1', port, ca }, () => resolve(socket.getProtocol() ?? 'none'));
        socket.once('error', (fault: NodeJS.ErrnoException) => resolve(fault.code ?? 'none'));
        socket.once('close', () => socket.destroy());
      });
    expect(await reach(root.chain[0] ?? '')).toBe('TLSv1.3');
    expect(await reach(issueRoot('office', now).chain[0] ?? '')).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY|SIGNATURE_FAILURE/);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('the certificates of a data folder', () => {
  const keep = (at = now, called = names) => keepCertificates(folder, called, at);

  test('are made once, for the eyes of the server alone, and shown again after that', () => {
    const first = keep();
    for (const file of [filesIn(folder).root, filesIn(folder).leaf]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'tls')).mode & 0o777).toBe(0o700);
    expect(keep(now + dayMs)).toEqual(first);
    expect(findCertificates(folder)).toEqual(first);
    expect(first).toMatchObject({ source: 'own', chain: [expect.anything(), expect.anything()] });
  });

  test('are renewed when less than 60 days are left, from the same root', () => {
    const first = keep();
    expect(keep(now + 304 * dayMs)).toEqual(first);
    const renewed = keep(now + 306 * dayMs);
    expect(renewed.chain[0]).not.toBe(first.chain[0]);
    expect(spkiHashOf(rootOf(renewed))).toBe(spkiHashOf(rootOf(first)));
    expect(daysLeft(renewed, now + 306 * dayMs)).toBe(365);
  });

  test('are made anew when the machine has another address or name', () => {
    const first = keep();
    const moved = keep(now, [...names.slice(0, -1), '192.168.7.7']);
    expect(moved.chain[0]).not.toBe(first.chain[0]);
    expect(leafOf(moved).checkIP('192.168.7.7')).toBeDefined();
    expect(leafOf(keep(now, names.slice(0, 3))).checkIP('192.168.7.7')).toBeUndefined();
  });

  test('a leaf that is damaged or of another root is made again', () => {
    const first = keep();
    writeFileSync(filesIn(folder).leaf, 'half a ');
    expect(keep().chain[1]).toBe(first.chain[1]);
    const stranger = issueLeaf(issueRoot('office', now), names, now);
    writeFileSync(filesIn(folder).leaf, stranger.key + stranger.chain.join(''));
    expect(keep().chain[1]).toBe(first.chain[1]);
    expect(rootOf(keep()).checkPrivateKey).toBeDefined();
  });

  test('a damaged root is not replaced behind the back of everybody who trusts it', () => {
    keep();
    writeFileSync(filesIn(folder).root, readFileSync(filesIn(folder).root, 'utf8').slice(0, 400));
    expect(() => keep()).toThrow('certificate.unreadable');
    chmodSync(filesIn(folder).root, 0o600);
  });

  test('speak for this machine: its name, its name in the LAN, itself and its addresses', () => {
    const called = namesToCertify(['Shop.LAN', 'no such name!']);
    expect(called).toEqual(expect.arrayContaining(['localhost', 'shop.lan', '127.0.0.1', '::1']));
    expect(called).not.toContain('no such name!');
    expect(namesIn(leafOf(keepCertificates(folder, called, now)))).toHaveLength(called.length);
  });
});

test('a server that dies between root and leaf starts again with the same root', { timeout: 60_000 }, async () => {
  await expect(startServer({ path: folder }, 'tls-root-written', ['--tls', 'on'])).rejects.toThrow('SIGKILL');
  const { root, leaf } = filesIn(folder);
  expect([existsSync(root), existsSync(leaf)]).toEqual([true, false]);
  const made = readFileSync(root, 'utf8');
  const server = await startServer({ path: folder }, undefined, ['--tls', 'on']);
  await server.stop();
  expect(readFileSync(root, 'utf8')).toBe(made);
  expect(new X509Certificate(readFileSync(leaf)).ca).toBe(false);
});
