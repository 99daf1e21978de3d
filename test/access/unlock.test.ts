import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '../../server/access/throttle.ts';
import type { Store } from '../../server/database/store.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import type { Work } from '../../server/work.ts';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, findingsIn, makeDataFolder, startServer } from '../support/childServer.ts';

const console = fileURLToPath(new URL('../../server/cli.ts', import.meta.url));
const unlock = (data: string, ...words: string[]): Promise<{ code: number; text: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [console, 'unlock', ...words, '--data', data], (fault, out, err) =>
      resolve({ code: Number((fault as { code?: number } | null)?.code ?? 0), text: out + err }),
    );
  });

const shut = { isOn: true, otherwise: 'refuse', rules: [] } as const;
const never = '2999-01-01T00:00:00.000Z';

/** Rules that let nobody in, devices that are checked and one that is blocked, and two accounts that are locked for ever. */
async function lockUp(work: Work): Promise<void> {
  await storeSettings(work, { 'safety.addressRules': shut, 'safety.devices': 'always' });
  const device = { key_hash: 'a', public_key: 'a', name: 'PC-7', state: 'blocked', address: '192.168.1.20', version: 1 };
  await work.tx('devices').insert({ ...device, first_seen_at: work.now, last_seen_at: work.now });
  for (const login of ['wang', 'li'])
    await work
      .tx('throttles')
      .insert({ key: `lock:${digestOf(login)}`, failures: 9, at: work.now, until_at: never })
      .onConflict('key')
      .merge();
}

describe.each(stores)('the console opens the doors again on $name', (kind) => {
  let home: DataFolder<void>;
  beforeAll(async () => {
    home = await makeDataFolder(kind, { people: ['admin'], fill: (office) => office.work('admin', lockUp) });
  }, 120_000);
  afterAll(() => home?.remove());

  const read = <T>(run: (store: Store) => Promise<T>) => beside(home, run);
  const locks = () => read(async (store) => Number((await store.read((tx) => tx('throttles').count({ count: '*' }).first()))?.count));
  const isOn = () =>
    read(async (store) => {
      const row = (await store.read((tx) => tx('settings').where({ key: 'safety.addressRules' }).first('value'))) as { value: string };
      return (JSON.parse(row.value) as { isOn: boolean }).isOn;
    });
  const blockedDevices = () =>
    read(async (store) =>
      Number((await store.read((tx) => tx('devices').where({ state: 'blocked' }).count({ count: '*' }).first()))?.count),
    );
  const lastAudit = () =>
    read(
      async (store) =>
        (await store.read((tx) => tx('audit').orderBy('seq', 'desc').first('actor', 'action', 'changes'))) as Record<string, unknown>,
    );

  test('for one person, and leaves the rules as they are', async () => {
    expect(await unlock(home.path, '--user', 'wang')).toMatchObject({ code: 0, text: expect.stringContaining('test:') });
    expect([await locks(), await isOn()]).toEqual([1, true]);
    expect(await unlock(home.path, '--user', 'nobody')).toMatchObject({ code: 1, text: expect.stringContaining('access.unknownPerson') });
    expect(await unlock(home.path, '--company', 'other')).toMatchObject({ code: 1 });
    expect([await locks(), await isOn()]).toEqual([1, true]);
  }, 60_000);

  test('and takes away the second step of somebody who has lost it, when told so for one person', async () => {
    expect((await unlock(home.path, '--second-factor')).code).toBe(2);
    const said = await unlock(home.path, '--user', 'wang', '--second-factor');
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('second step taken away') });
    const row = await read((store) => store.read((tx) => tx('audit').where({ action: 'secondStep' }).first('actor', 'changes')));
    expect(row).toMatchObject({ actor: 0, changes: expect.stringContaining('reset') });
  }, 60_000);

  test('for everybody, while the server runs: it lets them in within seconds, and the audit trail says so', async () => {
    const server = await startServer(home);
    try {
      // From this machine the rules never keep anybody out, so they are seen as they are.
      const rules = async () => (await server.call('GET', '/api/address-rules', { token: home.tokens.admin })).body.isOn;
      expect(await rules()).toBe(true);
      const mode = async () => (await server.call('GET', '/api/device-check', { token: home.tokens.admin })).body.mode;
      expect(await mode()).toBe('always');
      const said = await unlock(home.path);
      expect(said).toMatchObject({ code: 0, text: expect.stringContaining('address rules switched off') });
      expect(said.text).toContain('devices are not checked any more');
      expect(await mode()).toBe('never');
      expect(await rules()).toBe(false);
    } finally {
      await server.stop();
    }
    expect([await locks(), await isOn(), await blockedDevices()]).toEqual([0, false, 0]);
    expect(await lastAudit()).toMatchObject({ actor: 0, action: 'unlock', changes: expect.stringContaining('"console":true') });
    expect(existsSync(join(home.path, 'unlock.json')) || existsSync(join(home.path, 'unlocked.json'))).toBe(false);
    expect(await findingsIn(home)).toEqual([]);
  }, 60_000);

  test('not by a note that has been lying there', async () => {
    const note = { id: '3f6b2c1e-8a54-4d0b-9c37-2f1e5a7b9d10', atMs: 1_700_000_000_000 };
    writeFileSync(join(home.path, 'unlock.json'), JSON.stringify(note));
    const before = await lastAudit();
    const server = await startServer(home);
    await expect.poll(() => existsSync(join(home.path, 'unlock.json')), { timeout: 10_000 }).toBe(false);
    await server.stop();
    expect(await lastAudit()).toEqual(before);
  }, 60_000);
});
