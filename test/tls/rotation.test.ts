import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'node:tls';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkServer } from '../../app/main/checkServer.ts';
import { PinStore } from '../../app/main/pinStore.ts';
import { reach } from '../../app/main/reach.ts';
import { learnSuccessor } from '../../app/main/rootSuccession.ts';
import { distrust, type Pin, pinOf, rootsAt } from '../../app/main/trust.ts';
import { clock } from '../../server/clock.ts';
import { createApp } from '../../server/http/app.ts';
import { openSecureDoor, showInstead } from '../../server/http/door.ts';
import { routes } from '../../server/http/routes/index.ts';
import { serverNames } from '../../server/http/routes/serverNames.ts';
import { examine } from '../../server/start/doctor.ts';
import { rootOf, spkiHashOf } from '../../server/tls/identity.ts';
import { filesIn, read, write } from '../../server/tls/identityFiles.ts';
import { issueLeaf, issueRoot } from '../../server/tls/issue.ts';
import { keepCertificates } from '../../server/tls/keep.ts';
import { ShownCertificates } from '../../server/tls/shown.ts';
import { beginSuccession, findSuccession, rootInForce } from '../../server/tls/succession.ts';
import type { RootSuccessor } from '../../shared/contracts/rootSuccession.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { openOffice, stores } from '../scenarios/office.ts';
import { startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import { openDoors } from '../support/server.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const real = clock.now;
const soon = () => AbortSignal.timeout(20_000);
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'tradepost-rotation-'));
const spkiIn = (data: string): string => spkiHashOf(rootOf(read(filesIn(data).root) ?? { key: '', chain: [] }));
const nextIn = (data: string): string => spkiHashOf(rootOf(findSuccession(data)?.successor ?? { key: '', chain: [] }));

let folder: string;
beforeEach(() => {
  folder = newFolder();
  return () => rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  clock.now = real;
  vi.useRealTimers();
});

describe('a server exchanges its root while clients come by', { timeout: 60_000 }, () => {
  // An hour ago it began, and since half an hour the new root is the one: certificates of the future open no real connection.
  const begun = real() - hourMs;
  let data: string;
  let certificates: ShownCertificates;
  let url: string;
  let oldRoot: string;
  let oldKey: string;
  const ends: (() => unknown)[] = [];
  const open: Server[] = [];

  beforeAll(async () => {
    data = newFolder();
    clock.now = () => begun;
    certificates = new ShownCertificates({ dataFolder: data, names: [], log: pino({ level: 'silent' }) });
    oldRoot = certificates.shown().chain.at(-1) ?? '';
    const office = await openOffice(stores[0] as (typeof stores)[number]);
    const doors = await openDoors(office);
    const app = createApp({ ...doors.server, tls: certificates }, routes, null);
    const door = openSecureDoor(app, { shown: certificates.shown(), hostNames: ['localhost'] });
    certificates.onChange((shown) => showInstead(door, shown));
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(door.address() as AddressInfo).port}`;
    ends.push(
      () => certificates.close(),
      () => door.close(),
      () => door.closeAllConnections(),
      () => doors.close(),
      () => office.close(),
      () => rmSync(data, { recursive: true }),
    );
  }, 120_000);
  afterAll(async () => {
    for (const one of open) one.close();
    for (const end of ends) await end();
  });

  const store = (name: string, ...servers: string[]): PinStore => {
    const pins = new PinStore(join(data, `${name}.json`));
    for (const server of servers) pins.keep(server, pinOf(oldRoot) as Pin);
    return pins;
  };
  const byName = () => url.replace('127.0.0.1', 'localhost');
  const seen = (pins: PinStore, at = url) => checkServer(at, pins, { signal: soon() });

  test('says nothing of another root before, and nothing is remembered', async () => {
    const pins = store('office', url, byName());
    expect(await learnSuccessor(url, pins, soon())).toBe('none');
    expect(pins.find(url)).toEqual(pinOf(oldRoot));
    expect(await reach(`${url}/api/root-certificate/next`, { pin: pins.find(url), signal: soon() })).toMatchObject({
      status: 404,
      body: { code: 'certificate.noSuccessor' },
    });
  });

  test('goes on under the old root meanwhile; whoever connects is handed the new one and trusts both, under every address', async () => {
    oldKey = read(filesIn(data).root)?.key ?? '';
    beginSuccession(data, 1 / 48, begun);
    clock.now = () => begun;
    certificates.look();
    expect(certificates.shown().chain.at(-1)).toBe(oldRoot);
    const pins = store('office', url, byName());
    expect(await learnSuccessor(url, pins, soon())).toBe('kept');
    for (const at of [url, byName()]) expect(pins.find(at)).toMatchObject({ spki: spkiIn(data), next: { spki: nextIn(data) } });
    expect(await seen(pins)).toEqual({ ok: true });
    store('away', url);
    const answer = await reach(`${url}/api/root-certificate/successor`, { pin: pins.find(url), signal: soon() });
    expect(JSON.stringify(answer.body)).not.toContain('KEY');
  });

  test('a root that the pinned one has not signed is not taken, whoever hands it out', async () => {
    const genuine = findSuccession(data)?.told as RootSuccessor;
    const stranger = issueRoot('office', real());
    const other = newFolder();
    keepCertificates(other, ['localhost'], real() - hourMs);
    beginSuccession(other, 60, real());
    const signedByOther = findSuccession(other)?.told as RootSuccessor;
    const told: unknown[] = [
      { ...genuine, certificate: stranger.chain[0] },
      { ...genuine, until: '2099-01-01T00:00:00.000Z' },
      { ...genuine, until: instantOf(real() + 30 * dayMs) },
      { ...genuine, signature: signedByOther.signature },
      signedByOther,
      { ...signedByOther, from: genuine.from },
      { ...genuine, certificate: certificates.shown().chain[0] },
      { ...genuine, certificate: oldRoot },
      { ...genuine, certificate: 'nonsense' },
    ];
    // Somebody who has the server's own key, but not that of its root.
    const shown = certificates.shown();
    const spoken = { successor: told[0] };
    const server = createSecureServer({ key: shown.key, cert: shown.chain.join('') }, (_request, response) =>
      response.end(JSON.stringify(spoken)),
    );
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const at = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pins = store('careful', at);
    for (const one of told) {
      spoken.successor = one;
      expect(await learnSuccessor(at, pins, soon()), JSON.stringify(one)).toBe('forged');
      expect(pins.find(at)).toEqual(pinOf(oldRoot));
    }
    spoken.successor = genuine;
    expect(await learnSuccessor(at, pins, soon())).toBe('kept');
    rmSync(other, { recursive: true });
  });

  test('when the day has come it shows the new root: who came by goes on, who stayed away stops before anything was sent', async () => {
    clock.now = real;
    const [before, next] = [spkiIn(data), nextIn(data)];
    certificates.look();
    expect(spkiHashOf(rootOf(certificates.shown()))).toBe(next);
    const pins = new PinStore(join(data, 'office.json'));
    for (const at of [url, byName()]) expect(await seen(pins, at)).toEqual({ ok: true });
    expect(await reach(`${url}/api/state`, { pin: pins.find(url), signal: soon() })).toMatchObject({ status: 200 });
    const away = new PinStore(join(data, 'away.json'));
    expect(await seen(away)).toEqual({ ok: false, problem: 'otherRoot' });
    await expect(reach(`${url}/api/sign-in`, { pin: away.find(url), signal: soon(), body: { password: 'secret' } })).rejects.toThrow();
    await expect(learnSuccessor(url, away, soon())).rejects.toThrow();
    // Clients sign for the root they know the server by: both are still meant.
    expect(serverNames({ tls: certificates }, undefined)).toEqual([`root ${next}`, `root ${before}`]);
  });

  test('and days later the old root is dropped by clients and forgotten by the server', async () => {
    const pins = new PinStore(join(data, 'office.json'));
    const both = pins.find(url) as Pin;
    expect(await learnSuccessor(url, pins, soon())).toBe('none');
    expect(pins.find(url)).toEqual(both);
    const underOld = issueLeaf({ key: oldKey, chain: [oldRoot] }, ['127.0.0.1'], real()).chain;
    const judged = (nowMs: number) => distrust({ chain: underOld, host: '127.0.0.1', pin: both, nowMs });
    expect([judged(real()), judged(real() + 3 * dayMs)]).toEqual([null, 'expired']);
    vi.useFakeTimers({ toFake: ['Date'], now: real() + 3 * dayMs });
    expect(await learnSuccessor(url, pins, soon())).toBe('none');
    expect(pins.find(url)).toEqual(rootsAt({ ...both }, real() + 3 * dayMs).map(({ root, spki }) => ({ root, spki }))[0]);
    expect(readFileSync(join(data, 'office.json'), 'utf8')).not.toContain(both.spki);
    expect(distrust({ chain: underOld, host: '127.0.0.1', pin: pins.find(url) as Pin, nowMs: real() })).toBe('otherRoot');
    vi.useRealTimers();
    clock.now = () => real() + 4 * dayMs;
    certificates.look();
    certificates.look();
    expect(existsSync(filesIn(data).successor)).toBe(false);
    expect(certificates.roots()).toEqual([both.next?.spki]);
  });
});

describe('the exchange of a root', () => {
  const now = real();
  const keep = (at: number) => keepCertificates(folder, ['localhost'], at);

  test('lasts sixty days, over restarts, in a file for the server alone', () => {
    const first = keep(now);
    const { until, isAtOnce } = beginSuccession(folder, 60, now);
    expect([until, isAtOnce]).toEqual([instantOf(now + 60 * dayMs), false]);
    expect(statSync(filesIn(folder).successor).mode & 0o777).toBe(0o600);
    expect(keep(now + 60 * dayMs - 1)).toEqual(first);
    const next = nextIn(folder);
    expect(spkiHashOf(rootOf(keep(now + 60 * dayMs)))).toBe(next);
    expect(spkiIn(folder)).toBe(next);
    expect(rootOf(keep(now + 61 * dayMs)).fingerprint256).toBe(rootOf(keep(now + 70 * dayMs)).fingerprint256);
    expect(existsSync(filesIn(folder).successor)).toBe(false);
  });

  test('ends before the old root does, and is done at once where that has ended or nobody shall wait', () => {
    keep(now - 3640 * dayMs);
    expect(beginSuccession(folder, 60, now)).toEqual({ until: instantOf(Math.floor((now + 9 * dayMs) / 1000) * 1000), isAtOnce: false });
    rmSync(folder, { recursive: true });
    keep(now - 3660 * dayMs);
    expect(beginSuccession(folder, 60, now).isAtOnce).toBe(true);
    const made = spkiIn(folder);
    expect(beginSuccession(folder, 0, now).isAtOnce).toBe(true);
    expect(spkiIn(folder)).not.toBe(made);
    expect(findSuccession(folder)).toBeNull();
  });

  test('is refused before there is a root, beside a certificate of the company, and while one is under way', () => {
    expect(() => beginSuccession(folder, 60, now)).toThrow('certificate.none');
    keep(now);
    const { until } = beginSuccession(folder, 60, now);
    expect(() => beginSuccession(folder, 0, now + dayMs)).toThrow(
      expect.objectContaining({ code: 'certificate.rotating', facts: { until } }),
    );
    expect(beginSuccession(folder, 60, now + 61 * dayMs).isAtOnce).toBe(false);
    write(filesIn(folder).company, issueLeaf(issueRoot('company', now), ['localhost'], now));
    expect(() => beginSuccession(folder, 60, now + 200 * dayMs)).toThrow('certificate.notOwn');
  });

  test('a file of it that is damaged is not passed over, and one that belongs to another root counts for nothing', () => {
    keep(now);
    beginSuccession(folder, 60, now);
    const text = readFileSync(filesIn(folder).successor, 'utf8');
    writeFileSync(filesIn(folder).successor, text.slice(0, -40));
    expect(() => keep(now)).toThrow('certificate.unreadable');
    writeFileSync(filesIn(folder).successor, text);
    const other = write(filesIn(folder).root, issueRoot('office', now));
    expect(rootInForce(folder, now + 61 * dayMs)).toEqual(other);
    expect(findSuccession(folder)).toBeNull();
  });

  test('the doctor asks for it in the last year of a root, and says how far it is', async () => {
    const lines = async () => (await Array.fromAsync(examine(folder, 1))).filter(({ what }) => /root certificate/.test(what));
    keep(now - 3200 * dayMs);
    expect(await lines()).toEqual([]);
    rmSync(folder, { recursive: true });
    keep(now - 3300 * dayMs);
    expect(await lines()).toEqual([expect.objectContaining({ level: 'warning', advice: expect.stringContaining('certificate rotate') })]);
    const { until } = beginSuccession(folder, 60, now);
    expect(await lines()).toEqual([expect.objectContaining({ level: 'good', what: expect.stringContaining(until) })]);
    rmSync(folder, { recursive: true });
    keep(now - 3660 * dayMs);
    expect(await lines()).toEqual([expect.objectContaining({ level: 'bad' })]);
  });
});

describe('the console and the power cut', { timeout: 120_000 }, () => {
  test('begin and tell it; killed at any step the old root or the new one is there, whole', async () => {
    expect(await tradepost(folder, ['certificate', 'rotate'])).toMatchObject({
      code: 1,
      text: expect.stringContaining('certificate.none'),
    });
    keepCertificates(folder, ['localhost'], real() - dayMs);
    const old = spkiIn(folder);
    expect(await tradepost(folder, ['certificate', 'rotate', '--days', 'soon'])).toMatchObject({ code: 2 });
    const file = join(folder, 'next.crt');
    expect(await tradepost(folder, ['certificate', 'export', file, '--next'])).toMatchObject({
      code: 1,
      text: expect.stringContaining('certificate.noSuccessor'),
    });
    expect(await tradepost(folder, ['certificate', 'rotate'], 'tls-successor-written')).toMatchObject({ signal: 'SIGKILL' });
    const next = nextIn(folder);
    const said = await tradepost(folder, ['certificate', 'rotate']);
    expect(said).toMatchObject({ code: 1, text: expect.stringContaining('certificate.rotating') });
    for (const words of [['status'], ['certificate', 'show'], ['doctor']])
      expect((await tradepost(folder, words)).text).toMatch(/root (certificate )?is being exchanged until/);
    expect(await tradepost(folder, ['certificate', 'export', file, '--next'])).toMatchObject({ code: 0 });
    expect(spkiHashOf(new X509Certificate(readFileSync(file)))).toBe(next);
    // A server that was off when the day came.
    rmSync(filesIn(folder).successor);
    beginSuccession(folder, 1 / 48, real() - hourMs);
    const due = nextIn(folder);
    await expect(startServer({ path: folder }, 'tls-root-succeeded', ['--tls', 'on'])).rejects.toThrow('SIGKILL');
    expect([spkiIn(folder), findSuccession(folder)?.phase]).toEqual([due, 'done']);
    const server = await startServer({ path: folder }, undefined, ['--tls', 'on']);
    const pins = new PinStore(join(folder, 'pins.json'));
    pins.keep(server.url, pinOf(read(filesIn(folder).root)?.chain[0] ?? '') as Pin);
    expect(await checkServer(server.url, pins, { signal: soon() })).toEqual({ ok: true });
    expect(old).not.toBe(due);
    await server.stop();
    expect(await tradepost(folder, ['certificate', 'rotate', '--days', '0'])).toMatchObject({
      code: 0,
      text: expect.stringContaining('desktop clients pair again'),
    });
    expect(spkiIn(folder)).not.toBe(due);
  });
});
