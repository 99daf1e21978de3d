import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp, backupFolderOf } from '../../server/backup/backUp.ts';
import { folderRefusal } from '../../server/backup/copyBackup.ts';
import { backUpDaily } from '../../server/backup/daily.ts';
import { chooseSecond, copyDueBackups, copyToSecond } from '../../server/backup/secondFolder.ts';
import { backupsState } from '../../server/backup/state.ts';
import { clock } from '../../server/clock.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { look } from '../../server/engine/transact.ts';
import { msOf } from '../../shared/kernel/days.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import { stores } from '../scenarios/office.ts';
import { fillDisk, mountSmallDisk } from '../support/smallDisk.ts';
import { openShop, type Shop } from '../trade/shop.ts';

const hourMs = 60 * 60_000;
const never = new AbortController().signal;

describe.each(stores)('the second folder of a company on $name', (kind) => {
  let shop: Shop;
  let nas: string;
  let nowMs: number;
  const realNow = clock.now;
  beforeEach(async () => {
    nowMs = msOf('2026-11-21T20:00:00Z');
    clock.now = () => nowMs;
    shop = await openShop(kind);
    mkdirSync(backupFolderOf(shop.office.company));
    nas = mkdtempSync(join(tmpdir(), 'tradepost-nas-'));
  });
  afterEach(async () => {
    await shop.office.close();
    rmSync(nas, { recursive: true, force: true });
    clock.now = realNow;
  });
  const company = () => shop.office.company;
  const archivesIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('test_'));
  const choose = async (folder: string) => chooseSecond(company(), await shop.office.actor('admin'), folder);
  const state = async () => look(company(), await shop.office.actor('admin'), backupsState);
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (refused: Refusal) => refused.code,
    );

  test('gets every proven backup, byte by byte, the one that was there first too, and keeps by the same rule', async () => {
    await shop.office.work('admin', (work) => storeSettings(work, { 'backup.plan': { keepDays: 1, keepMonthly: false } }));
    await backUpDaily(company(), never);
    await choose(nas);
    writeFileSync(join(nas, 'test_2026-11-20_+0800.zip.part'), 'half a copy');
    expect(await copyToSecond(company())).toBe(1);
    expect(archivesIn(nas)).toEqual(['test_2026-11-22_+0800.zip']);
    expect(readFileSync(join(nas, 'test_2026-11-22_+0800.zip'))).toEqual(
      readFileSync(join(backupFolderOf(company()), 'test_2026-11-22_+0800.zip')),
    );
    expect(await copyToSecond(company())).toBe(0);
    nowMs += 24 * hourMs;
    await backUpDaily(company(), never);
    expect(archivesIn(nas)).toEqual(['test_2026-11-23_+0800.zip']);
    expect(archivesIn(backupFolderOf(company()))).toEqual(['test_2026-11-23_+0800.zip']);
    expect((await state()).newest?.copies).toMatchObject([{ target: 'second', place: nas, state: 'good' }]);
  });

  test('that is not there turns the sign red, is tried again every hour, and nothing goes to another place', async () => {
    await choose(nas);
    // The disk is pulled out: what is left is an empty folder of its name.
    rmSync(nas, { recursive: true });
    mkdirSync(nas);
    await backUpDaily(company(), never);
    const { standing, newest, second } = await state();
    expect(standing).toMatchObject({ signal: 'red', warnings: [{ kind: 'copyFailed', refusal: { code: 'backup.folderMissing' } }] });
    expect(newest).toMatchObject({ state: 'good', isThere: true });
    expect(second?.last).toMatchObject({ state: 'failed' });
    expect(readdirSync(nas)).toEqual([]);
    const told = await company().store.read((tx) => tx('notices').where({ code: 'notice.backupCopyFailed' }).pluck('facts'));
    expect(told).toEqual(['{"day":"2026-11-22"}']);
    await choose(nas);
    nowMs += 30 * 60_000;
    expect(await copyDueBackups(company(), never)).toBe(0);
    nowMs += 31 * 60_000;
    expect(await copyDueBackups(company(), never)).toBe(1);
    expect((await state()).standing.signal).toBe('green');
    expect(await company().store.read((tx) => tx('backup_copies').pluck('state'))).toEqual(['good']);
  });

  test('that is full or may not be written to leaves the first backup good and nothing half done behind', async () => {
    if (!mountSmallDisk(nas, 1)) return;
    try {
      await choose(nas);
      const ballast = fillDisk(nas, 8_000);
      await backUpDaily(company(), never);
      expect((await state()).second?.last?.refusal?.code).toBe('backup.copyNoRoom');
      rmSync(ballast);
      execFileSync('mount', ['-o', 'remount,ro', nas]);
      nowMs += 2 * hourMs;
      await copyToSecond(company());
      expect((await state()).second?.last?.refusal).toEqual({ code: 'backup.folderReadOnly', facts: { folder: nas } });
      expect(await codeOf(choose(nas))).toBe('backup.folderReadOnly');
      expect(archivesIn(nas)).toEqual([]);
      expect((await state()).newest).toMatchObject({ state: 'good', isThere: true });
    } finally {
      execFileSync('umount', [nas]);
    }
  });

  test('does not take a backup that changed since it was proven, nor one that has gone', async () => {
    await choose(nas);
    const { path } = await backUp(company(), { kind: 'manual' });
    appendFileSync(path, 'x');
    await copyToSecond(company());
    expect((await state()).second?.last?.refusal?.code).toBe('backup.copyDamaged');
    expect(archivesIn(nas)).toEqual([]);
    rmSync(path);
    nowMs += 2 * hourMs;
    await copyToSecond(company());
    expect((await state()).second?.last?.refusal?.code).toBe('backup.fileMissing');
  });

  test('is left as it was when the copying is cancelled, and gets the copy later', async () => {
    await choose(nas);
    await backUp(company(), { kind: 'manual' });
    expect(await codeOf(copyToSecond(company(), AbortSignal.abort()))).toBe('ok');
    expect(archivesIn(nas)).toEqual([]);
    expect((await state()).standing.signal).toBe('green');
    expect(await copyToSecond(company())).toBe(1);
  });

  test('must be a full path to somewhere else that is there', async () => {
    expect(await codeOf(choose('nas/backups'))).toBe('backup.folderWrong');
    expect(await codeOf(choose(backupFolderOf(company())))).toBe('backup.folderWrong');
    expect(await codeOf(choose(join(nas, 'nothing')))).toBe('backup.folderMissing');
    expect((await state()).second).toBe(null);
    await choose(nas);
    await choose('');
    expect((await state()).second).toBe(null);
  });

  test('says in its own words what else the disk says', async () => {
    const fault = Object.assign(new Error('i/o error'), { code: 'EIO' });
    expect(await folderRefusal(fault, nas, 1)).toMatchObject({ code: 'backup.copyFailed', facts: { folder: nas, reason: 'EIO' } });
  });
});
