import { createHmac, randomBytes, scryptSync, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { connect, createServer as createTlsServer, type Server } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkServer } from '../../app/main/checkServer.ts';
import { tryServer } from '../../app/main/findServer.ts';
import { pairWithCode } from '../../app/main/pairing.ts';
import { PinStore } from '../../app/main/pinStore.ts';
import { reach } from '../../app/main/reach.ts';
import { pinOf } from '../../app/main/trust.ts';
import { clock } from '../../server/clock.ts';
import { spkiHashOf } from '../../server/tls/identity.ts';
import { type Identity, issueLeaf, issueRoot } from '../../server/tls/issue.ts';
import { findCertificates } from '../../server/tls/keep.ts';
import { newPairingCode, Pairing, pairingState, stopPairing } from '../../server/tls/pairing.ts';
import { type PairingPageAnswer, pairingStretch, pairingWords } from '../../shared/contracts/pairing.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { aDevice } from '../devices/keyring.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { askSecurely } from './secure.ts';

const names = ['localhost', '127.0.0.1'];
const soon = () => AbortSignal.timeout(20_000);
const nonce = () => randomBytes(32).toString('base64');
const [sqlite] = stores;

/** A proof as a client of ours makes it. */
function proofOf(of: { code: string; salt: string; clientNonce: string; serverNonce: string; root: string }): string {
  const { cost, blockSize, parallelization, bytes, memoryMax } = pairingStretch;
  const options = { cost, blockSize, parallelization, maxmem: memoryMax };
  const key = scryptSync(of.code, Buffer.from(of.salt, 'base64'), bytes, options);
  return createHmac('sha256', key).update(pairingWords('client', of)).digest('base64');
}

describe('the code of a server', () => {
  let folder: string;
  let now = 0;
  let pairing: Pairing;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-code-'));
    now = 1_795_000_000_000;
    pairing = open();
    return () => rmSync(folder, { recursive: true });
  });
  const open = () => new Pairing({ dataFolder: folder, root: () => 'root', now: () => now });
  const prove = (code: string, at = pairing) => {
    const clientNonce = nonce();
    const greeted = at.greet(clientNonce);
    return at.prove(greeted.serverNonce, proofOf({ code, clientNonce, ...greeted, root: 'root' }));
  };

  test('is ten characters, lies where nobody else reads it, and opens once', async () => {
    const { code, until } = newPairingCode(folder, now);
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
    expect(until).toBe(now + 600_000);
    expect(statSync(join(folder, 'tls', 'pairing.json')).mode & 0o777).toBe(0o600);
    expect(await prove(code)).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(existsSync(join(folder, 'tls', 'pairing.json'))).toBe(false);
    expect(pairingState(folder, now)).toEqual({ state: 'used', at: instantOf(now) });
    await expect(async () => prove(code)).rejects.toThrow('pairing.none');
  });

  test('tells administrators how it stands: nothing, waiting, stopped, run out, guessed away', async () => {
    expect(pairingState(folder, now)).toEqual({ state: 'none' });
    const { code } = newPairingCode(folder, now);
    expect(pairingState(folder, now + 1000)).toEqual({ state: 'waiting', code, leftMs: 599_000, guessesLeft: 5 });
    expect(stopPairing(folder, now)).toBe(true);
    expect(pairingState(folder, now)).toEqual({ state: 'stopped', at: instantOf(now) });
    await expect(async () => prove(code)).rejects.toThrow('pairing.none');
    expect(stopPairing(folder, now)).toBe(false);
    newPairingCode(folder, now);
    expect(pairingState(folder, now + 600_000)).toEqual({ state: 'expired', at: instantOf(now + 600_000) });
    for (let guess = 0; guess < 5; guess += 1) await expect(prove('AAAAAAAAAA')).rejects.toThrow('pairing.wrongCode');
    expect(pairingState(folder, now).state).toBe('void');
  });

  test('is over after ten minutes', async () => {
    const { code } = newPairingCode(folder, now);
    now += 599_999;
    expect(pairing.greet(nonce())).toBeDefined();
    now += 1;
    await expect(async () => prove(code)).rejects.toThrow('pairing.none');
  });

  test('is void after five wrong guesses, over a restart too, and for those that come at once', async () => {
    const { code } = newPairingCode(folder, now);
    for (const left of [4, 3, 2]) await expect(prove('AAAAAAAAAA')).rejects.toMatchObject({ code: 'pairing.wrongCode', facts: { left } });
    await expect(prove('AAAAAAAAAA', open())).rejects.toMatchObject({ facts: { left: 1 } });
    const atOnce = await Promise.allSettled([1, 2, 3].map(async () => prove('BBBBBBBBBB')));
    expect(atOnce.map((one) => (one.status === 'rejected' ? one.reason.code : 'open')).sort()).toEqual([
      'pairing.none',
      'pairing.none',
      'pairing.wrongCode',
    ]);
    await expect(async () => prove(code)).rejects.toThrow('pairing.none');
    expect(await prove(newPairingCode(folder, now).code)).toBeDefined();
  });

  test('a proof that was heard is worth nothing a second time, nor with another nonce, code or root', async () => {
    const { code } = newPairingCode(folder, now);
    const clientNonce = nonce();
    const greeted = pairing.greet(clientNonce);
    const proof = proofOf({ code, clientNonce, ...greeted, root: 'root' });
    const other = pairing.greet(clientNonce);
    await expect(pairing.prove(other.serverNonce, proof)).rejects.toThrow('pairing.wrongCode');
    const wrongRoot = pairing.greet(clientNonce);
    const ofWrongRoot = proofOf({ code, clientNonce, ...wrongRoot, root: 'another root' });
    await expect(pairing.prove(wrongRoot.serverNonce, ofWrongRoot)).rejects.toThrow('pairing.wrongCode');
    // A nonce is good for one proof: the right one comes too late.
    const tooLate = proofOf({ code, clientNonce, ...wrongRoot, root: 'root' });
    await expect(pairing.prove(wrongRoot.serverNonce, tooLate)).rejects.toThrow('pairing.none');
    expect(await pairing.prove(greeted.serverNonce, proof)).toBeDefined();
    newPairingCode(folder, now);
    await expect(pairing.prove(greeted.serverNonce, proof)).rejects.toThrow('pairing.none');
    const late = pairing.greet(clientNonce);
    newPairingCode(folder, now);
    await expect(pairing.prove(late.serverNonce, proof)).rejects.toThrow('pairing.none');
  });

  test('only the last fifty who said hello are remembered, and a damaged file is no code', async () => {
    const { code } = newPairingCode(folder, now);
    const clientNonce = nonce();
    const first = pairing.greet(clientNonce);
    for (let guest = 0; guest < 50; guest += 1) pairing.greet(nonce());
    await expect(pairing.prove(first.serverNonce, proofOf({ code, clientNonce, ...first, root: 'root' }))).rejects.toThrow('pairing.none');
    writeFileSync(join(folder, 'tls', 'pairing.json'), '{"code":');
    expect(() => pairing.greet(nonce())).toThrow('pairing.none');
  });
});

describe('a client pairs', { timeout: 60_000 }, () => {
  let home: DataFolder<null>;
  let server: RunningServer;
  let folder: string;
  let ca: string;
  const open: Server[] = [];

  beforeAll(async () => {
    if (!sqlite) throw new Error('there is no store');
    home = await makeDataFolder(sqlite, { people: ['admin', 'wang'], fill: async () => null });
    server = await startServer(home, undefined, ['--tls', 'on']);
    ca = findCertificates(home.path)?.chain.at(-1) ?? '';
  }, 120_000);
  afterAll(async () => {
    for (const one of open) one.close();
    await server?.stop();
    home?.remove();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-client-'));
    return () => rmSync(folder, { recursive: true });
  });
  const pins = () => new PinStore(join(folder, 'pins.json'));
  const ask = (token?: string) => askSecurely(`${server.url}/api/pairing`, { ca, method: 'POST', body: {}, ...(token ? { token } : {}) });
  const newCode = async (): Promise<string> => String((await ask(home.tokens.admin)).body.code);

  const listen = async (made: Server): Promise<string> => {
    open.push(made);
    await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
    return `https://127.0.0.1:${(made.address() as AddressInfo).port}`;
  };
  /** Somebody in the middle who shows what he likes and hands on every byte, back and forth. */
  const relay = (shown: Identity): Promise<string> =>
    listen(
      createTlsServer({ key: shown.key, cert: shown.chain.join('') }, (victim) => {
        const onward: Duplex = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port), rejectUnauthorized: false });
        victim.pipe(onward).pipe(victim);
        for (const side of [victim, onward]) side.on('error', () => side.destroy());
      }),
    );
  const own = () => issueLeaf(issueRoot('office', clock.now()), names, clock.now());

  test('with the code that an administrator asked for, typed as people type, and remembers the root', async () => {
    expect((await ask()).status).toBe(401);
    expect(await ask(home.tokens.wang)).toMatchObject({ status: 403, body: { code: 'access.denied' } });
    expect(await checkServer(server.url, pins(), { signal: soon() })).toEqual({ ok: false, problem: 'needsCode' });
    const code = await newCode();
    const typed = ` ${code.slice(0, 5)}-${code.slice(5)} `.toLowerCase();
    expect(await checkServer(server.url, pins(), { code: typed, signal: soon() })).toEqual({ ok: true });
    expect(pins().find(server.url)).toEqual(pinOf(ca));
    expect(statSync(join(folder, 'pins.json')).mode & 0o777).toBe(0o600);
    expect(await checkServer(server.url, pins(), { signal: soon() })).toEqual({ ok: true });
    // The same machine under another name shows a root that is trusted already.
    const byName = server.url.replace('127.0.0.1', 'localhost');
    expect(await checkServer(byName, pins(), { signal: soon() })).toEqual({ ok: true });
    expect(await checkServer(server.url, pins(), { code, signal: soon() })).toEqual({ ok: false, problem: 'noCode' });
    const found = await tryServer(server.url.slice('https://'.length), {
      ask: async (address, signal) => (await reach(`${address}/api/state`, { pin: pins().find(address), signal })).body,
      check: (address, signal) => checkServer(address, pins(), { signal }),
      isPinned: (address) => pins().find(address) !== null,
    });
    expect(found).toEqual({ ok: true, server: server.url });
  });

  test('or, the second way, with the beginning of the fingerprint, which the program compares', async () => {
    const page = await askSecurely(`${server.url}/api/pairing`, { ca, ...(home.tokens.admin ? { token: home.tokens.admin } : {}) });
    const { fingerprint } = page.body as unknown as Extract<PairingPageAnswer, { isSecure: true }>;
    const typed = fingerprint.replaceAll(':', '').toLowerCase().slice(0, 16);
    const spoken = typed.replaceAll(/(.{4})/g, '$1 ');
    const compare = (at: string, read: string) => checkServer(at, pins(), { fingerprint: read, signal: soon() });
    for (const wrong of [typed.slice(0, 15), `${typed}0g`, `0${typed}`, ''])
      expect(await compare(server.url, wrong)).toEqual({ ok: false, problem: 'wrongFingerprint' });
    expect(await compare(await relay(own()), spoken)).toEqual({ ok: false, problem: 'wrongFingerprint' });
    expect(await compare(await relay(issueLeaf({ key: own().key, chain: [ca] }, names, clock.now())), spoken)).toMatchObject({ ok: false });
    expect(pins().all()).toEqual([]);
    expect(await compare(server.url, spoken)).toEqual({ ok: true });
    expect(pins().find(server.url)).toEqual(pinOf(ca));
    expect(await compare(server.url, fingerprint)).toEqual({ ok: true });
  });

  test('is started, seen and stopped by administrators, which is on record', async () => {
    const at = (method: string, token?: string) => askSecurely(`${server.url}/api/pairing`, { ca, method, ...(token ? { token } : {}) });
    const code = await newCode();
    const shown = (await at('GET', home.tokens.admin)).body as unknown as Extract<PairingPageAnswer, { isSecure: true }>;
    expect(shown.pairing).toMatchObject({ state: 'waiting', code, guessesLeft: 5 });
    const { port } = new URL(server.url);
    expect(shown.addresses.length).toBeGreaterThan(0);
    expect(shown.addresses.every((address) => address.endsWith(`:${port}`) && !address.includes('127.0.0.1'))).toBe(true);
    expect((await at('GET', home.tokens.wang)).body.code).toBe('access.denied');
    expect((await at('DELETE', home.tokens.wang)).body.code).toBe('access.denied');
    expect((await at('DELETE', home.tokens.admin)).body).toMatchObject({ pairing: { state: 'stopped' } });
    expect(await pairWithCode(server.url, code, soon())).toEqual({ ok: false, problem: 'noCode' });
    const asked = { ca, ...(home.tokens.admin ? { token: home.tokens.admin } : {}) };
    const audit = await askSecurely(`${server.url}/api/audit?deed=setting`, asked);
    expect((audit.body as unknown as { rows: object[] }).rows.slice(0, 2)).toMatchObject([{ action: 'setting' }, { action: 'setting' }]);
  });

  test('a paired client signs for the root it has pinned, and for no other', async () => {
    const device = aDevice('PC-7');
    const root = spkiHashOf(new X509Certificate(ca));
    const tried = async (name: string) => {
      const asked = await askSecurely(`${server.url}/api/devices/challenge`, { ca, method: 'POST', body: { company: 'test' } });
      const proof = device.prove({ company: 'test', login: 'admin', server: name, challenge: String(asked.body.challenge) });
      const body = { company: 'test', login: 'admin', password: 'correct horse battery', proof };
      return askSecurely(`${server.url}/api/sign-in`, { ca, method: 'POST', body });
    };
    expect((await tried(`root ${root}`)).status).toBe(200);
    expect((await tried(`host ${new URL(server.url).host}`)).status).toBe(200);
    expect((await tried(`root ${pinOf(own().chain[1] ?? '')?.spki}`)).body.code).toBe('access.deviceUnproven');
  });

  test('not with a wrong code, and not at all after five of them', async () => {
    const code = await newCode();
    for (let guess = 0; guess < 5; guess += 1)
      expect(await pairWithCode(server.url, 'AAAAA-AAAAA', soon())).toEqual({ ok: false, problem: 'wrongCode' });
    expect(await pairWithCode(server.url, code, soon())).toEqual({ ok: false, problem: 'noCode' });
  });

  test('not with somebody in the middle who has a root of his own and hands everything on', async () => {
    const code = await newCode();
    const between = await relay(own());
    expect(await checkServer(between, pins(), { code, signal: soon() })).toEqual({ ok: false, problem: 'wrongCode' });
    expect(pins().all()).toEqual([]);
    // Nobody stands between now: the right code still opens.
    expect(await pairWithCode(server.url, code, soon())).toMatchObject({ ok: true });
  });

  test('not with somebody in the middle who shows our root above a certificate of his own', async () => {
    const code = await newCode();
    // It names our root as its issuer in every respect, but our root has not signed it.
    const between = await relay(issueLeaf({ key: own().key, chain: [ca] }, names, clock.now()));
    expect(await pairWithCode(between, code, soon())).toEqual({ ok: false, problem: 'otherRoot' });
  });

  test('not with somebody who answers in the place of the server without knowing the code', async () => {
    const answers: RequestListener = (request, response) => {
      const body = request.url?.endsWith('greeting') ? { serverNonce: nonce(), salt: nonce() } : { proof: nonce() };
      response.end(JSON.stringify(body));
    };
    const shown = own();
    const stranger = await listen(createSecureServer({ key: shown.key, cert: shown.chain.join('') }, answers));
    expect(await pairWithCode(stranger, 'ABCDEFGH23', soon())).toEqual({ ok: false, problem: 'notProven' });
    const printer = await listen(
      createSecureServer({ key: shown.key, cert: shown.chain.join('') }, (_request, response) => response.end('{}')),
    );
    expect(await pairWithCode(printer, 'ABCDEFGH23', soon())).toEqual({ ok: false, problem: 'notTradepost' });
  });

  test('and stops at a server that shows another root later, before anything of ours was sent', async () => {
    expect(await checkServer(server.url, pins(), { code: await newCode(), signal: soon() })).toEqual({ ok: true });
    const pin = pins().find(server.url);
    const heard: string[] = [];
    const shown = own();
    const stranger = await listen(
      createSecureServer({ key: shown.key, cert: shown.chain.join('') }, (request, response) => {
        heard.push(request.url ?? '');
        response.end('{}');
      }),
    );
    const known = pins();
    if (pin) known.keep(stranger, pin);
    expect(await checkServer(stranger, known, { signal: soon() })).toEqual({ ok: false, problem: 'otherRoot' });
    await expect(reach(`${stranger}/api/sign-in`, { pin, signal: soon(), body: { password: 'secret' } })).rejects.toThrow();
    await expect(reach(`${stranger}/api/state`, { pin: null, signal: soon() })).rejects.toThrow();
    expect(heard).toEqual([]);
  });

  test('a file of roots that was tampered with trusts nobody', async () => {
    const pin = pinOf(ca);
    if (pin) pins().keep(server.url, pin);
    const text = readFileSync(join(folder, 'pins.json'), 'utf8');
    const stranger = pinOf(own().chain[1] ?? '');
    writeFileSync(join(folder, 'pins.json'), text.replace(JSON.stringify(ca), JSON.stringify(stranger?.root)));
    expect(pins().find(server.url)).toBeNull();
    writeFileSync(join(folder, 'pins.json'), '[');
    expect(pins().all()).toEqual([]);
  });
});

test('a server without TLS has nothing to pair with and no certificate to give', { timeout: 60_000 }, async () => {
  const path = mkdtempSync(join(tmpdir(), 'tradepost-plain-'));
  const server = await startServer({ path });
  for (const [method, where, body] of [
    ['GET', '/api/root-certificate', undefined],
    ['POST', '/api/pairing/greeting', { clientNonce: nonce() }],
  ] as const)
    expect(await server.call(method, where, { body })).toMatchObject({ status: 404, body: { code: 'certificate.none' } });
  await server.stop();
  rmSync(path, { recursive: true });
});
