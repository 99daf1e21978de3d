import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUp, backupFolderOf } from '../../server/backup/backUp.ts';
import { removableDisks } from '../../server/backup/removable.ts';
import type { BackupsAnswer, DisksAnswer } from '../../shared/contracts/backups.ts';
import type { HandOutsAnswer } from '../../shared/contracts/handOuts.ts';
import { stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { openShop, type Shop } from '../trade/shop.ts';

const soon = { timeout: 30_000 };

describe('disks that can be pulled out', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'tradepost-machine-'));
    const make = (path: string, text?: string) => {
      mkdirSync(join(root, path, text === undefined ? '' : '..'), { recursive: true });
      if (text !== undefined) writeFileSync(join(root, path), text);
    };
    make('sys/block');
    for (const [disk, way, says] of [
      ['sda', 'devices/pci0000:00/ata1/block/sda', '0'],
      ['sdb', 'devices/pci0000:00/usb1/1-1/block/sdb', '1'],
      ['sdc', 'devices/pci0000:00/usb2/2-1/block/sdc', '0'],
      ['nvme0n1', 'devices/pci0000:00/nvme/block/nvme0n1', '0'],
      ['sr0', 'devices/pci0000:00/ata2/block/sr0', '1'],
    ] as const) {
      make(`${way}/removable`, `${says}\n`);
      symlinkSync(join(root, way), join(root, 'sys/block', disk));
    }
    const mounts = [
      ['/dev/nvme0n1p2', '/'],
      ['/dev/sda1', '/mnt/archive'],
      ['/dev/sdb1', '/media/wu/U\\040盘'],
      ['/dev/sdc1', '/run/media/wu/case'],
      ['/dev/sdc2', '/home/wu'],
      ['/dev/sdb2', '/media/wu/gone'],
      ['tmpfs', '/mnt/memory'],
    ];
    for (const path of ['mnt/archive', 'media/wu/U 盘', 'run/media/wu/case', 'home/wu', 'mnt/memory', 'srv/copies']) make(path);
    make('proc/self/mounts', `${mounts.map(([device, folder]) => `${device} ${folder} ext4 rw 0 0`).join('\n')}\n`);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('are sticks and disks in a case where people mount them, and folders named at the start', () => {
    const named = [join(root, 'srv/copies'), join(root, 'srv/nothing')];
    const found = removableDisks({ root, named });
    expect(found.map(({ path }) => path)).toEqual([join(root, 'srv/copies'), join(root, 'media/wu/U 盘'), join(root, 'run/media/wu/case')]);
    for (const disk of found) expect(disk.bytes).toBeGreaterThanOrEqual(disk.freeBytes);
  });

  test('are none on a machine that does not say what it has mounted', () => {
    expect(removableDisks({ root: join(root, 'srv'), named: [] })).toEqual([]);
  });
});

describe.each(stores)('a copy on a disk that is taken away, of a company on $name', (kind) => {
  let shop: Shop;
  let doors: Doors;
  let stick: string;
  let token: string;
  beforeAll(async () => {
    shop = await openShop(kind);
    mkdirSync(backupFolderOf(shop.office.company));
    stick = mkdtempSync(join(tmpdir(), 'tradepost-stick-'));
    doors = await openDoors(shop.office, undefined, [stick]);
    token = await doors.enter('admin');
  });
  afterAll(async () => {
    await doors.close();
    await shop.office.close();
    rmSync(stick, { recursive: true, force: true });
  });
  const copyTo = (path: string, who = token) => doors.call('POST', '/api/backups/disks', { token: who, body: { path } });
  const state = async () => (await doors.call('GET', '/api/backups', { token })).body as unknown as BackupsAnswer;
  const ended = () => expect.poll(async () => (await state()).running, soon).toBe(null);

  test('is refused without the right, before there is a backup, and to any other folder', async () => {
    const wang = await doors.enter('wang');
    expect((await copyTo(stick, wang)).body.code).toBe('access.denied');
    expect((await doors.call('GET', '/api/backups/disks', { token: wang })).body.code).toBe('access.denied');
    expect((await copyTo(stick)).body.code).toBe('backup.nothingYet');
    expect((await copyTo(tmpdir())).body.code).toBe('backup.diskUnknown');
    expect(readdirSync(stick)).toEqual([]);
  });

  test('is the newest proven one, byte by byte, on record and in the audit trail', async () => {
    await backUp(shop.office.company, { kind: 'manual' });
    const { path, name } = await backUp(shop.office.company, { kind: 'daily' });
    const { disks } = (await doors.call('GET', '/api/backups/disks', { token })).body as unknown as DisksAnswer;
    expect(disks.map((disk) => disk.path)).toEqual([stick]);
    expect((await copyTo(stick)).status).toBe(200);
    await ended();
    expect((await state()).lastOnDisk).toMatchObject({ target: 'removable', place: stick, state: 'good' });
    expect(readdirSync(join(stick, 'tradepost-backups'))).toEqual([name]);
    expect(readFileSync(join(stick, 'tradepost-backups', name))).toEqual(readFileSync(path));
    const told = await shop.office.company.store.read((tx) => tx('audit').where({ action: 'export', type: 'backup' }).pluck('changes'));
    expect(told.map((text) => JSON.parse(String(text)))).toEqual([{ place: stick, name }]);
    const [taken] = (await doors.call('GET', '/api/hand-outs', { token })).body.rows as unknown as HandOutsAnswer['rows'];
    expect(taken).toMatchObject({ kind: 'export', type: 'backup', title: name, of: stick, rows: null });
  });

  test('that fails says why, and leaves nothing', async () => {
    rmSync(join(stick, 'tradepost-backups'), { recursive: true });
    writeFileSync(join(stick, 'tradepost-backups'), 'somebody has a file of this name');
    await copyTo(stick);
    await ended();
    expect((await state()).lastOnDisk).toMatchObject({ state: 'failed', refusal: { code: 'backup.copyFailed' } });
    expect(readdirSync(stick)).toEqual(['tradepost-backups']);
  });

  test('that was never made is asked for after a week', async () => {
    await shop.office.company.store.write((tx) => tx('backup_copies').delete());
    await shop.office.company.store.write((tx) => tx('migrations').update({ at: '2026-01-01T00:00:00.000Z' }));
    expect((await state()).standing).toEqual({ signal: 'yellow', warnings: [{ kind: 'notAway', days: null }] });
  });
});
