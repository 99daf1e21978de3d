import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppImageUpdater } from 'electron-updater';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Following, followServer } from '../../app/main/followServer.ts';
import { type Pin, pinOf } from '../../app/main/trust.ts';
import { compareVersions } from '../../app/main/versions.ts';
import { addClients } from '../../server/clients/addClients.ts';
import { addedClients } from '../../server/clients/installers.ts';
import { clock } from '../../server/clock.ts';
import { createApp } from '../../server/http/app.ts';
import { openSecureDoor } from '../../server/http/door.ts';
import { setupRoutes } from '../../server/http/routes/setup.ts';
import type { Server } from '../../server/server.ts';
import { keepCertificates } from '../../server/tls/keep.ts';
import { catalogue } from '../../shared/catalogue.ts';

const appImage = Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001\u0000AI\u0002', 'latin1'), Buffer.alloc(300_000, 7)]);
const nameFor = (version: string) => `tradepost-client-${version}-linux-x86_64.AppImage`;

/** A desktop program as the updater sees it: never quit here, so nothing is installed. */
function programAt(folder: string, version: string) {
  writeFileSync(join(folder, 'app-update.yml'), 'provider: generic\nurl: https://server.invalid/clients\nupdaterCacheDirName: cache\n');
  const program = {
    version,
    name: 'Tradepost',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  };
  return new AppImageUpdater(undefined, program);
}

describe('a desktop program that follows its server', () => {
  let base: string;
  let door: HttpsServer;
  let url: string;
  let pin: Pin;
  const server = { version: '0.2.0' };

  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'tradepost-follow-'));
    process.env.APPIMAGE = join(base, 'program.AppImage');
    Object.assign(server, {
      dataFolder: base,
      catalogue,
      log: pino({ level: 'silent' }),
      companies: () => [],
      closed: () => [],
      company: () => undefined,
      hostNames: [],
      tls: null,
    });
    const shown = keepCertificates(base, ['127.0.0.1'], clock.now());
    pin = pinOf(shown.chain.at(-1) ?? '') as Pin;
    door = openSecureDoor(createApp(server as unknown as Server, setupRoutes, null), { shown, hostNames: [] });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    url = `https://127.0.0.1:${(door.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    delete process.env.APPIMAGE;
    door.closeAllConnections();
    await new Promise((resolve) => door.close(resolve));
    rmSync(base, { recursive: true });
  });
  beforeEach(async () => {
    server.version = '0.2.0';
    rmSync(addedClients(base), { recursive: true, force: true });
    await offer('0.2.0');
  });

  const offer = async (version: string) => {
    const file = join(base, nameFor(version));
    writeFileSync(file, appImage);
    await addClients([file], { folder: addedClients(base), version });
  };
  const feed = (change: (text: string) => string) => {
    const path = join(addedClients(base), 'latest-linux.yml');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  /** What it tells in the end, and the installer it would install. */
  const follow = async (current: string, how: { pin?: Pin | null; canReplaceItself?: boolean } = {}) => {
    const told: Following[] = [];
    const folder = mkdtempSync(join(base, 'program-'));
    mkdirSync(join(folder, 'cache'));
    const updater = programAt(folder, current);
    await followServer({ updater, server: url, pin, current, canReplaceItself: true, tell: (one) => told.push(one), ...how });
    return { ...told.at(-1), file: Reflect.get(updater, 'installerPath') as string | null };
  };

  test('fetches the version of its server, whole, over the connection that the pinned root proves', async () => {
    const { file, ...told } = await follow('0.1.0');
    expect(told).toEqual({ state: 'ready', version: '0.2.0' });
    expect(readFileSync(file ?? 'none').equals(appImage)).toBe(true);
  });

  test('stays as it is beside a server of the same version or an older one', async () => {
    expect(await follow('0.2.0')).toEqual({ state: 'same', file: null });
    expect(await follow('0.3.0')).toEqual({ state: 'newer', version: '0.2.0', file: null });
    expect(await follow('0.2.1-beta.1')).toEqual({ state: 'newer', version: '0.2.0', file: null });
  });

  test('takes no other version than the server’s, whatever the feed offers', async () => {
    const failed = { state: 'failed', version: '0.2.0', file: null };
    // The file and its hash are right: only what the feed calls it is another version.
    feed((text) => text.replace('version: 0.2.0', 'version: 0.0.9'));
    expect(await follow('0.1.0')).toEqual(failed);
    feed((text) => text.replace('version: 0.0.9', 'version: 0.9.0'));
    expect(await follow('0.1.0')).toEqual(failed);
  });

  test('throws away a file that is not the one the feed names, and a feed that names none', async () => {
    const failed = { state: 'failed', version: '0.2.0', file: null };
    const path = join(addedClients(base), nameFor('0.2.0'));
    writeFileSync(path, Buffer.concat([appImage.subarray(0, -1), Buffer.from('8')]));
    expect(await follow('0.1.0')).toEqual(failed);
    writeFileSync(path, appImage.subarray(0, 200_000));
    expect(await follow('0.1.0')).toEqual(failed);
    writeFileSync(path, appImage);
    feed((text) => text.replaceAll(/sha512: .*/g, `sha512: ${Buffer.alloc(64, 1).toString('base64')}`));
    expect(await follow('0.1.0')).toEqual(failed);
    feed((text) => text.replaceAll(/ *sha512: .*\n/g, ''));
    expect(await follow('0.1.0')).toEqual(failed);
    rmSync(join(addedClients(base), 'latest-linux.yml'));
    expect(await follow('0.1.0')).toEqual(failed);
  });

  test('fetches from its server alone, also when the feed names another place', async () => {
    feed((text) => text.replaceAll(`url: ${nameFor('0.2.0')}`, `url: https://203.0.113.9/clients/${nameFor('0.2.0')}`));
    expect(await follow('0.1.0')).toMatchObject({ state: 'ready' });
  });

  test('asks nothing of a server that shows another root', async () => {
    const stranger = mkdtempSync(join(base, 'stranger-'));
    const other = pinOf(keepCertificates(stranger, ['127.0.0.1'], clock.now()).chain.at(-1) ?? '') as Pin;
    expect(await follow('0.1.0', { pin: other })).toEqual({ state: 'unknown', file: null });
  });

  test('is left to administrators where it cannot replace itself', async () => {
    expect(await follow('0.1.0', { canReplaceItself: false })).toEqual({ state: 'notByItself', version: '0.2.0', file: null });
  });
});

test('versions stand in the order in which they are made', () => {
  const inOrder = [
    '0.1.0-alpha',
    '0.1.0-alpha.1',
    '0.1.0-alpha.beta',
    '0.1.0-beta.2',
    '0.1.0-beta.11',
    '0.1.0',
    '0.1.10',
    '0.2.0',
    '1.0.0',
  ];
  for (const [at, one] of inOrder.entries())
    for (const [beside, other] of inOrder.entries())
      expect([one, other, compareVersions(one, other)]).toEqual([one, other, Math.sign(at - beside)]);
  for (const wrong of ['', '1.0', 'v1.0.0', '1.0.0 ', 'latest']) expect(compareVersions(wrong, '1.0.0')).toBeNull();
});
