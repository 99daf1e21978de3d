import { execFile } from 'node:child_process';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect as connectPlainly } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { examine } from '../../server/start/doctor.ts';
import { rootOf, spkiHashOf } from '../../server/tls/identity.ts';
import { filesIn, write } from '../../server/tls/identityFiles.ts';
import { checkBrought } from '../../server/tls/importCompany.ts';
import { issueLeaf, issueRoot } from '../../server/tls/issue.ts';
import { findCertificates, keepCertificates } from '../../server/tls/keep.ts';
import { ShownCertificates } from '../../server/tls/shown.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { heard } from '../support/server.ts';
import { askSecurely, askWithoutTls, shakeHands } from './secure.ts';

const dayMs = 86_400_000;
const cli = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const tradepost = (data: string, ...words: string[]): Promise<{ code: number; text: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...words, '--data', data], (fault, out, err) => {
      resolve({ code: Number((fault as { code?: number } | null)?.code ?? 0), text: out + err });
    });
  });

describe.each(stores)('a server with TLS on $name', { timeout: 60_000 }, (kind) => {
  let home: DataFolder<number>;
  let server: RunningServer;
  let port: number;
  let ca: string;
  const token = () => home.tokens.admin ?? '';

  beforeAll(async () => {
    home = await makeDataFolder(kind, {
      people: ['admin'],
      fill: async (office) => (await office.create('admin', 'customer', { name: '加密商行' })).id,
    });
    server = await startServer(home, undefined, ['--tls', 'on', '--name', 'shop.lan']);
    port = Number(new URL(server.url).port);
    ca = findCertificates(home.path)?.chain.at(-1) ?? '';
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    home?.remove();
  });

  test('answers whoever trusts its root, and promises browsers nothing that outlives it', async () => {
    const read = await askSecurely(`${server.url}/api/records/customer/${home.filled}`, { ca, token: token() });
    expect(read).toMatchObject({ status: 200, text: expect.stringContaining('加密商行') });
    expect(read.headers).not.toHaveProperty('strict-transport-security');
    const root = await askSecurely(`${server.url}/api/root-certificate`, { ca });
    expect(new X509Certificate(root.text).fingerprint256).toBe(new X509Certificate(ca).fingerprint256);
    expect(root.text).not.toContain('KEY');
    await expect(askSecurely(server.url, { ca: issueRoot('office', clock.now()).chain[0] ?? '' })).rejects.toThrow();
  });

  test('shakes hands by TLS 1.2 and 1.3 and by nothing older', async () => {
    const old = { ca, ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await shakeHands(port, { ca })).toBe('TLSv1.3');
    expect(await shakeHands(port, { ...old, maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    expect(await shakeHands(port, { ...old, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })).toMatch(/PROTOCOL_VERSION/);
    expect(await shakeHands(port, { ...old, minVersion: 'TLSv1', maxVersion: 'TLSv1' })).toMatch(/PROTOCOL_VERSION/);
  });

  test('gives nobody data in plain HTTP: a browser is led to https, a program is told', async () => {
    const page = await askWithoutTls(port, { path: '/records/customer?x=1', headers: { host: `localhost:${port}` } });
    expect([page.status, page.headers.location]).toEqual([308, `https://localhost:${port}/records/customer?x=1`]);
    const authorization = `Bearer ${token()}`;
    const asked: Parameters<typeof askWithoutTls>[1][] = [
      { path: `/api/records/customer/${home.filled}`, headers: { authorization } },
      { path: '/api/state' },
      { path: '/API/state' },
      { path: '/', headers: { host: 'evil.example' } },
      { path: '/', method: 'POST', body: '{}' },
      { path: 'http://evil.example/', headers: { host: `localhost:${port}` } },
      { path: '/api/sign-in', method: 'POST', body: JSON.stringify({ login: 'admin', password: 'x' }) },
    ];
    for (const one of asked) {
      const { status, text, headers } = await askWithoutTls(port, one);
      expect({ ...one, status, location: headers.location }).toEqual({ ...one, status: 400, location: undefined });
      expect(text).toMatch(/^请使用加密地址 · use https:/);
      expect(text).not.toContain('evil');
    }
    expect((await askWithoutTls(port, { path: '//evil.example/x', headers: { host: 'shop.lan' } })).headers.location).toBe(
      'https://shop.lan//evil.example/x',
    );
  });

  test('outlives nonsense at its port', async () => {
    for (const bytes of ['\u0016\u0003nonsense', '\u0000\u0000', 'GET', '']) {
      await new Promise<void>((resolve) => {
        const socket = connectPlainly(port, '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
        socket.resume();
      });
    }
    expect(await askSecurely(`${server.url}/healthz`, { ca })).toMatchObject({ status: 200 });
  });

  test('tells news over encrypted sockets, to pages of its own origin only', async () => {
    const socket = io(server.url, { ca, auth: { token: token() }, transports: ['websocket'], forceNew: true, reconnection: false });
    await heard(socket, 'connect');
    const news = heard<{ type: string }[]>(socket, 'changed');
    const body = { values: { name: '新客户' } };
    const made = await askSecurely(`${server.url}/api/records/customer`, { ca, token: token(), method: 'POST', body });
    expect(made.status).toBe(201);
    expect(await news).toEqual([expect.objectContaining({ type: 'customer' })]);
    socket.disconnect();
    const own = { origin: server.url };
    const stripped = { origin: server.url.replace('https', 'http') };
    expect((await askSecurely(`${server.url}/api/state`, { ca, headers: own })).status).toBe(200);
    expect(await askSecurely(`${server.url}/api/state`, { ca, headers: stripped })).toMatchObject({
      status: 403,
      body: { code: 'access.badOrigin' },
    });
  });

  test('is found by the console of its machine, which shows and exports the root', async () => {
    expect(await tradepost(home.path, 'status')).toMatchObject({ code: 0, text: expect.stringContaining(server.url) });
    const shown = await tradepost(home.path, 'certificate', 'show');
    expect(shown.code).toBe(0);
    expect(shown.text).toContain(spkiHashOf(new X509Certificate(ca)));
    expect(shown.text).toContain(new X509Certificate(ca).fingerprint256);
    expect(shown.text).toMatch(/shop\.lan/);
    const file = join(home.path, 'root.crt');
    expect((await tradepost(home.path, 'certificate', 'export', file)).code).toBe(0);
    expect(new X509Certificate(readFileSync(file)).fingerprint256).toBe(new X509Certificate(ca).fingerprint256);
    expect(readFileSync(file, 'utf8')).not.toContain('KEY');
    expect((await tradepost(home.path, 'doctor')).text).toMatch(/✓ .*days left of the certificate: 36[45]/);
    expect((await tradepost(home.path, 'certificate', 'import')).code).toBe(2);
  });
});

describe('a certificate of the company', () => {
  const now = clock.now();
  const root = issueRoot('company', now);
  const names = ['localhost', 'shop.lan', '127.0.0.1'];
  const leaf = issueLeaf(root, names, now);
  const good = { key: leaf.key, chain: leaf.chain.join(''), names, now };

  test('is taken with its chain in any order', () => {
    expect(checkBrought({ ...good, chain: [...leaf.chain].reverse().join('') }).chain).toEqual(leaf.chain);
  });

  const otherKey = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const sameName = issueRoot('company', now);
  test.each<[string, Partial<typeof good>, string]>([
    ['no PEM', { chain: 'nonsense' }, 'certificate.unreadable'],
    ['a damaged key', { key: leaf.key.replace(/\n./, '\n!') }, 'certificate.unreadable'],
    ['the key of another certificate', { key: otherKey }, 'certificate.otherKey'],
    ['no root', { chain: leaf.chain[0] ?? '' }, 'certificate.noRoot'],
    ['a root of the same name that has not signed it', { chain: (leaf.chain[0] ?? '') + sameName.chain.join('') }, 'certificate.noRoot'],
    ['a root in place of a server', { key: root.key, chain: root.chain.join('') }, 'certificate.wrongUse'],
    ['one that has ended', { now: now + 366 * dayMs }, 'certificate.outOfDate'],
    ['one that has not begun', { now: now - 3 * dayMs }, 'certificate.outOfDate'],
    ['one for another name', { names: ['erp.lan', '10.0.0.9'] }, 'certificate.otherName'],
  ])('is refused with %s', (_what, wrong, code) => {
    expect(() => checkBrought({ ...good, ...wrong })).toThrow(code);
  });

  test('is imported by the console, kept for the server alone, and shown instead of its own', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-company-'));
    const [key, chain] = [join(folder, 'key.pem'), join(folder, 'chain.pem')];
    writeFileSync(key, leaf.key);
    writeFileSync(chain, leaf.chain.join(''));
    expect(await tradepost(folder, 'certificate', 'show')).toMatchObject({ code: 1, text: expect.stringContaining('certificate.none') });
    expect(await tradepost(folder, 'pair')).toMatchObject({ code: 1, text: expect.stringContaining('certificate.none') });
    expect(await tradepost(folder, 'certificate', 'import', '--key', key, '--chain', chain)).toMatchObject({ code: 0 });
    expect(statSync(filesIn(folder).company).mode & 0o777).toBe(0o600);
    const server = await startServer({ path: folder }, undefined, ['--tls', 'on']);
    const reply = await askSecurely(`${server.url}/api/state`, { ca: root.chain[0] ?? '' });
    await server.stop();
    expect(reply.status).toBe(200);
    rmSync(folder, { recursive: true });
  });
});

describe('while the server runs', () => {
  const real = clock.now;
  afterAll(() => {
    clock.now = real;
  });

  test('its certificate is renewed in time, an imported one is taken over, and a broken one changes nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-running-'));
    const said: string[] = [];
    const log = { info: () => said.push('info'), error: () => said.push('error') } as never;
    const certificates = new ShownCertificates({ dataFolder: folder, names: [], log });
    const changes: string[] = [];
    certificates.onChange((shown) => changes.push(shown.source));
    const first = certificates.shown();
    certificates.look();
    clock.now = () => real() + 310 * dayMs;
    certificates.look();
    expect(certificates.shown().chain[0]).not.toBe(first.chain[0]);
    expect(certificates.shown().chain[1]).toBe(first.chain[1]);
    write(filesIn(folder).company, issueLeaf(issueRoot('company', clock.now()), ['localhost'], clock.now()));
    certificates.look();
    writeFileSync(filesIn(folder).company, 'half a key');
    certificates.look();
    certificates.close();
    expect(changes).toEqual(['own', 'company']);
    expect(said).toEqual(['info', 'info', 'error']);
    rmSync(folder, { recursive: true });
  });

  test('the doctor says how many days are left, and what to do when it ends soon or cannot be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-doctor-'));
    clock.now = real;
    const lines = async () => (await Array.fromAsync(examine(folder, 1))).filter(({ what }) => /certificate/.test(what));
    expect(await lines()).toEqual([]);
    const { chain } = keepCertificates(folder, ['localhost'], real());
    expect(await lines()).toEqual([expect.objectContaining({ level: 'good', what: expect.stringMatching(/: 36[45]$/) })]);
    clock.now = () => real() + 350 * dayMs;
    expect(await lines()).toEqual([expect.objectContaining({ level: 'warning', advice: expect.stringContaining('restart') })]);
    clock.now = () => real() + 370 * dayMs;
    expect(await lines()).toEqual([expect.objectContaining({ level: 'bad' })]);
    writeFileSync(filesIn(folder).root, (chain[1] ?? '').slice(0, 90));
    expect(await lines()).toEqual([expect.objectContaining({ level: 'bad', what: expect.stringContaining('root.pem') })]);
    expect(rootOf({ key: '', chain }).ca).toBe(true);
    rmSync(folder, { recursive: true });
  });
});
