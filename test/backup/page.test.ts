import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUp, backupFolderOf } from '../../server/backup/backUp.ts';
import type { BackupListAnswer, BackupsAnswer } from '../../shared/contracts/backups.ts';
import { stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { openShop, type Shop } from '../trade/shop.ts';

const soon = { timeout: 60_000 };

describe.each(stores)('the page of backups of a company on $name', (kind) => {
  let shop: Shop;
  let doors: Doors;
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    shop = await openShop(kind);
    mkdirSync(backupFolderOf(shop.office.company));
    doors = await openDoors(shop.office);
    for (const who of ['admin', 'wang']) tokens[who] = await doors.enter(who);
  });
  afterAll(async () => {
    await doors.close();
    await shop.office.close();
  });
  const ask = (method: string, path: string, body?: unknown, who = 'admin') =>
    doors.call(method, `/api/backups${path}`, { token: tokens[who], ...(body === undefined ? {} : { body }) });
  const state = async () => (await ask('GET', '')).body as unknown as BackupsAnswer;
  const list = async () => (await ask('GET', '/list')).body as unknown as BackupListAnswer;
  const files = () => readdirSync(backupFolderOf(shop.office.company));
  const ended = () => expect.poll(async () => (await state()).running, soon).toBe(null);

  test('opens for nobody without the right', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/list'],
      ['GET', '/standing'],
      ['POST', ''],
      ['POST', '/cancel'],
      ['PUT', '/plan'],
    ] as const) {
      expect((await ask(method, path, method === 'GET' ? undefined : {}, 'wang')).body.code).toBe('access.denied');
    }
    expect(files()).toEqual([]);
  });

  test('makes one now, while the person goes elsewhere and comes back to the running one', async () => {
    const begun = await ask('POST', '');
    expect(begun.body.running).toMatchObject({ kind: 'manual' });
    expect((await ask('POST', '')).body.code).toBe('backup.running');
    expect((await state()).running).toMatchObject({ kind: 'manual' });
    await ended();
    const { newest, standing, folder } = await state();
    expect(standing.signal).toBe('green');
    expect(newest).toMatchObject({ kind: 'manual', state: 'good', isThere: true, by: expect.any(String) });
    expect(newest?.rows).toBeGreaterThan(100);
    expect(files()).toEqual([newest?.name]);
    expect(folder).toBe(backupFolderOf(shop.office.company));
    const [row] = await shop.office.company.store.read((tx) => tx('backups').select('sha256'));
    expect(row.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('cancels it: nothing half made is left, and it is on record', async () => {
    const before = files();
    await ask('POST', '');
    expect((await ask('POST', '/cancel')).body.running).toBe(null);
    expect(files()).toEqual(before);
    expect((await list()).rows[0]).toMatchObject({ state: 'cancelled', isThere: false, refusal: { code: 'backup.cancelled' } });
    expect((await state()).standing.signal).toBe('green');
    expect((await ask('POST', '/cancel')).body.code).toBe('backup.notRunning');
  });

  test('cancels it at whatever moment it is asked', async () => {
    for (const waitMs of [0, 5, 15, 40, 80, 150, 300]) {
      await ask('POST', '');
      await sleep(waitMs);
      await ask('POST', '/cancel');
    }
    const { rows } = await list();
    expect(rows.slice(0, 7).map(({ state }) => state)).toEqual(Array(7).fill('cancelled'));
  });

  test('says what failed and why, until one succeeds', async () => {
    const folder = backupFolderOf(shop.office.company);
    rmSync(folder, { recursive: true });
    await ask('POST', '');
    await ended();
    expect((await ask('GET', '/standing')).body).toMatchObject({
      signal: 'red',
      warnings: [{ kind: 'failed', refusal: { code: 'backup.folderMissing', facts: { folder } } }, { kind: 'gone' }],
    });
    mkdirSync(folder);
    await backUp(shop.office.company, { kind: 'manual' });
    expect((await state()).standing.signal).toBe('green');
  });

  test('lists all of them, a page at a time', async () => {
    await shop.office.company.store.write(async (tx) => {
      const row = { day: '2025-01-01', kind: 'daily', name: 'old.zip', state: 'removed', started_at: '2025', finished_at: '2025' };
      await tx('backups').insert(Array.from({ length: 60 }, () => row));
    });
    const first = await list();
    expect(first.rows).toHaveLength(50);
    const second = (await ask('GET', `/list?after=${first.next}`)).body as unknown as BackupListAnswer;
    expect(second.next).toBe(null);
    const ids = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(71);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
  });

  test('keeps when backups are made, and refuses who saw an older plan', async () => {
    const { planVersion, plan } = await state();
    const changed = { ...plan, at: '22:30', keepDays: 90 };
    expect((await ask('PUT', '/plan', { version: planVersion, plan: changed })).body).toMatchObject({ plan: changed });
    expect((await ask('PUT', '/plan', { version: planVersion, plan })).body.code).toBe('settings.changed');
    for (const wrong of [{ at: '24:00' }, { keepDays: -1 }, { remindDays: 1000 }, { folder: '/' }]) {
      expect((await ask('PUT', '/plan', { version: planVersion + 1, plan: { ...plan, ...wrong } })).status).toBe(400);
    }
  });

  test('gives out no archive, under no address', async () => {
    const [name = ''] = files();
    for (const path of [`/api/backups/${name}`, `/api/files/${name}`, `/backups/${name}`, `/companies/test/backups/${name}`]) {
      const { status, text } = await doors.call('GET', path, { token: tokens.admin });
      expect([path, status < 400 && text.startsWith('PK')]).toEqual([path, false]);
    }
  });
});
