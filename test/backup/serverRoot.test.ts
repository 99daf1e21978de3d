import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkServer } from '../../app/main/checkServer.ts';
import { PinStore } from '../../app/main/pinStore.ts';
import { reach } from '../../app/main/reach.ts';
import { type Pin, pinOf } from '../../app/main/trust.ts';
import { openArchive } from '../../server/backup/readArchive.ts';
import { carriedRoot } from '../../server/backup/serverRoot.ts';
import { writeArchive } from '../../server/backup/writeArchive.ts';
import { clock } from '../../server/clock.ts';
import type { Failpoint } from '../../server/failpoints.ts';
import { rootOf } from '../../server/tls/identity.ts';
import { filesIn, read } from '../../server/tls/identityFiles.ts';
import { issueLeaf, issueRoot } from '../../server/tls/issue.ts';
import { keepCertificates } from '../../server/tls/keep.ts';
import { beginSuccession, findSuccession } from '../../server/tls/succession.ts';
import type { ArchiveInside, RestoreState } from '../../shared/contracts/restoring.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import { askSecurely } from '../tls/secure.ts';
import { headOf } from './manifestHead.ts';

const passphrase = '海上生明月天涯共此时';
const soon = () => AbortSignal.timeout(20_000);
const rootIn = (data: string): string => rootOf(read(filesIn(data).root) ?? { key: '', chain: [] }).fingerprint256;

describe('the root of a server whose clients have paired', { timeout: 120_000 }, () => {
  let home: DataFolder<null>;
  let locked: string;
  let plain: string;
  let word: string;
  let pin: Pin;
  let folder: string;

  beforeAll(async () => {
    home = await makeDataFolder(stores[0] as (typeof stores)[number], { people: [], fill: async () => null });
    const { chain } = keepCertificates(home.path, ['localhost', '127.0.0.1'], clock.now());
    pin = pinOf(chain.at(-1) ?? '') as Pin;
    word = join(home.path, 'word.txt');
    writeFileSync(word, passphrase);
    plain = await backUp();
    writeFileSync(join(home.path, 'companies', 'test', 'backup.passphrase'), passphrase);
    locked = await backUp();
  }, 120_000);
  afterAll(() => home?.remove());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-other-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });

  const backUp = async (): Promise<string> => {
    const backups = join(home.path, 'companies', 'test', 'backups');
    const before = readdirSync(backups);
    expect(await tradepost(home.path, ['backup'])).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
    return join(backups, readdirSync(backups).find((name) => !before.includes(name)) ?? 'none');
  };
  const restore = (data: string, file = locked, failpoint?: Failpoint) =>
    tradepost(data, ['restore', file, '--yes', ...(file.endsWith('.enc') ? ['--passphrase-file', word] : [])], failpoint);
  const client = (server: string, known = pin): PinStore => {
    const pins = new PinStore(join(folder, `pins-${readdirSync(folder).length}.json`));
    // It was paired at the address of the old machine.
    pins.keep('https://192.168.1.10:7180', known);
    expect(pins.find(server)).toBeNull();
    return pins;
  };
  const seenBy = async (server: RunningServer, known = pin) => checkServer(server.url, client(server.url, known), { signal: soon() });

  test('goes along under a passphrase alone; a backup that everybody can read says that it does not', async () => {
    for (const [file, isInside] of [
      [plain, false],
      [locked, true],
    ] as const) {
      const archive = await openArchive(file, passphrase);
      const { entries, leftOut } = archive.manifest;
      const carried = await carriedRoot(archive).finally(() => archive.close());
      expect(entries.filter(({ name }) => name.startsWith('server/'))).toHaveLength(isInside ? 1 : 0);
      expect(leftOut).toContain(isInside ? 'TLS keys other than the root' : 'TLS keys and the root that clients trust');
      expect(carried?.root ?? null).toBe(isInside ? readFileSync(filesIn(home.path).root, 'utf8') : null);
    }
    const key = readFileSync(filesIn(home.path).root, 'utf8').split('\n')[1] ?? 'none';
    expect(key.length).toBeGreaterThan(60);
    for (const file of [plain, locked]) for (const secret of ['PRIVATE', key]) expect(readFileSync(file).includes(secret)).toBe(false);
  });

  test('comes back on a new machine: the console says so before, and clients of the old one connect without pairing', async () => {
    const asked = await tradepost(folder, ['restore', locked, '--passphrase-file', word]);
    expect(asked).toMatchObject({ code: 2, text: expect.stringContaining('desktop clients need not pair again') });
    expect(existsSync(filesIn(folder).root)).toBe(false);
    expect(await restore(folder)).toMatchObject({ code: 0 });
    expect(rootIn(folder)).toBe(rootIn(home.path));
    expect(statSync(filesIn(folder).root).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, 'companies', 'test', 'server'))).toBe(false);
    const server = await startServer({ path: folder }, undefined, ['--tls', 'on']);
    expect(await seenBy(server)).toEqual({ ok: true });
    await server.stop();
  });

  test('does not come back from a backup without a passphrase: clients pair again, as was said', async () => {
    const said = await restore(folder, plain);
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('no root of the server inside') });
    const server = await startServer({ path: folder }, undefined, ['--tls', 'on']);
    expect(await seenBy(server)).toEqual({ ok: false, problem: 'needsCode' });
    const pins = client(server.url);
    pins.keep(server.url, pin);
    expect(await checkServer(server.url, pins, { signal: soon() })).toEqual({ ok: false, problem: 'otherRoot' });
    await server.stop();
  });

  test('takes the place of the one that a new server made at its first start, while that server runs', async () => {
    const server = await startServer({ path: folder }, undefined, ['--tls', 'on']);
    const made = read(filesIn(folder).root)?.chain[0] ?? '';
    const ask = async <T>(method: string, path: string, body?: unknown, ca = made): Promise<T> =>
      (await askSecurely(`${server.url}${path}`, { ca, method, body })).body as T;
    const inside = await ask<ArchiveInside>('POST', '/api/setup/restore/look', { path: locked, passphrase });
    expect(inside.root).toBe('restored');
    expect((await ask<ArchiveInside>('POST', '/api/setup/restore/look', { path: plain })).root).toBe('missing');
    expect(new X509Certificate(made).fingerprint256).toBe(rootIn(folder));
    await ask('POST', '/api/setup/restore', { path: locked, passphrase });
    // From one moment to the other the server is known by its old name again.
    const pins = client(server.url);
    await expect.poll(() => checkServer(server.url, pins, { signal: soon() }), { timeout: 30_000 }).toEqual({ ok: true });
    const { body } = await reach(`${server.url}/api/setup/restore`, { pin: pins.find(server.url), signal: soon() });
    expect((body as RestoreState).phase).toBe('done');
    expect(await reach(`${server.url}/api/state`, { pin: pins.find(server.url), signal: soon() })).toMatchObject({ body: { setUp: true } });
    await server.stop();
  });

  test('is left alone where a company works with another one, and where the very same one is', async () => {
    const others = keepCertificates(folder, ['localhost'], clock.now());
    mkdirSync(join(folder, 'companies', 'old'), { recursive: true });
    const said = await restore(folder);
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('this server keeps its own') });
    expect(rootIn(folder)).toBe(rootOf(others).fingerprint256);
    expect(await restore(home.path)).toMatchObject({ code: 0, text: expect.stringContaining('the one this server has') });
    // Nobody knows whose a damaged one is.
    writeFileSync(filesIn(folder).root, 'half a key');
    expect(await restore(folder)).toMatchObject({ code: 0, text: expect.stringContaining('this server keeps its own') });
    expect(readFileSync(filesIn(folder).root, 'utf8')).toBe('half a key');
  });

  test.each<[Failpoint, boolean]>([
    ['restore-loaded', false],
    ['restore-decided', true],
    ['restore-root-placed', true],
    ['restore-put-aside', true],
  ])('killed at %s it is there whole or not at all, and the next start finds it with its company', async (failpoint, isThere) => {
    expect(await restore(folder, locked, failpoint)).toMatchObject({ signal: 'SIGKILL' });
    const server = await startServer({ path: folder }, undefined, ['--tls', 'on']);
    expect(await seenBy(server)).toEqual(isThere ? { ok: true } : { ok: false, problem: 'needsCode' });
    await server.stop();
    expect(rootIn(folder) === rootIn(home.path)).toBe(isThere);
    if (!isThere) expect(await restore(folder)).toMatchObject({ code: 0, text: expect.stringContaining('need not pair again') });
    expect(rootIn(folder)).toBe(rootIn(home.path));
  });

  test('brings an exchange that is under way along', async () => {
    beginSuccession(home.path, 60, clock.now());
    expect(await restore(folder, await backUp())).toMatchObject({ code: 0 });
    expect(findSuccession(folder)).toEqual(findSuccession(home.path));
    expect(findSuccession(folder)?.phase).toBe('handingOut');
    rmSync(filesIn(home.path).successor);
  });
});

describe('what an archive says is a root', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tradepost-roots-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });
  const lock = { passphrase, company: 'test', day: '2026-11-22', cost: 1 << 10 } as const;
  const carried = async (content: Record<string, string>, isLocked = true) => {
    const path = join(folder, `${readdirSync(folder).length}.zip`);
    const fill: Parameters<typeof writeArchive>[1] = async (entries) => {
      for (const [name, text] of Object.entries(content)) await entries.add(name, () => pieces(text));
      return headOf();
    };
    await writeArchive(path, fill, isLocked ? { lock } : {});
    const archive = await openArchive(path, passphrase);
    return carriedRoot(archive).finally(() => archive.close());
  };
  const now = clock.now();
  const root = issueRoot('office', now);
  const text = root.key + root.chain.join('');

  test('counts only under a lock, and only where it is one', async () => {
    expect(await carried({ 'server/root.pem': text })).toMatchObject({ root: text, successor: null });
    expect(await carried({ 'server/root.pem': text }, false)).toBeNull();
    expect(await carried({ 'schema.txt': 'x' })).toBeNull();
    const leaf = issueLeaf(root, ['localhost'], now);
    for (const wrong of [
      'nonsense',
      root.chain.join(''),
      issueRoot('office', now).key + root.chain.join(''),
      leaf.key + leaf.chain[0],
      leaf.key + leaf.chain.join(''),
      text + '\n'.repeat(70_000),
    ])
      await expect(carried({ 'server/root.pem': wrong })).rejects.toMatchObject({ code: 'backup.damaged' });
    await expect(carried({ 'server/root.pem': text, 'server/successor.json': '{}' })).rejects.toMatchObject({ code: 'backup.damaged' });
  });
});

async function* pieces(text: string): AsyncIterable<string> {
  yield text;
}
