import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp, backupFolderOf } from '../../server/backup/backUp.ts';
import { backUpDaily, backupsOf } from '../../server/backup/daily.ts';
import { runningOf } from '../../server/backup/running.ts';
import { clock } from '../../server/clock.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { backupJob, sweepFiles } from '../../server/features/files/sweepFiles.ts';
import { jobs } from '../../server/jobs/jobs.ts';
import { heldMs, Timetable } from '../../server/jobs/timetable.ts';
import { instantOf, msOf } from '../../shared/kernel/days.ts';
import type { Refusal } from '../../shared/kernel/refusal.ts';
import { stores } from '../scenarios/office.ts';
import { fillDisk, mountSmallDisk } from '../support/smallDisk.ts';
import { openShop, type Shop } from '../trade/shop.ts';

const dayMs = 24 * 60 * 60_000;
const soon = { timeout: 60_000 };
const never = new AbortController().signal;

describe.each(stores)('the daily backup of a company on $name', (kind) => {
  let shop: Shop;
  let nowMs: number;
  const realNow = clock.now;
  beforeEach(async () => {
    nowMs = msOf('2026-11-21T20:00:00Z');
    clock.now = () => nowMs;
    shop = await openShop(kind);
    mkdirSync(backupFolderOf(shop.office.company));
  });
  afterEach(async () => {
    await shop.office.close();
    clock.now = realNow;
  });
  const company = () => shop.office.company;
  const files = () => readdirSync(backupFolderOf(company())).sort();
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (refused: Refusal) => refused.code,
    );

  test('lies in the folder proven, one file a day, and the oldest go by the rule', async () => {
    await shop.office.work('admin', (work) => storeSettings(work, { 'backup.plan': { keepDays: 1, keepMonthly: false } }));
    expect(await backUpDaily(company(), never)).toBe(1);
    expect(await backUpDaily(company(), never)).toBe(0);
    expect(files()).toEqual(['test_2026-11-22_+0800.zip']);
    expect((await backupsOf(company()))[0]).toMatchObject({ day: '2026-11-22', kind: 'daily', state: 'good' });
    nowMs += dayMs;
    await backUpDaily(company(), never);
    expect(files()).toEqual(['test_2026-11-23_+0800.zip']);
  });

  test('that was cut off leaves rests, which the next one clears away', async () => {
    const folder = backupFolderOf(company());
    writeFileSync(join(folder, 'test_2026-11-22_+0800.zip.part'), 'half an archive');
    mkdirSync(join(folder, 'proving'));
    await backUp(company(), { kind: 'manual' });
    expect(files()).toEqual(['test_2026-11-22_+0800_040000.zip']);
  });

  test('that finds no folder fails, is on record and tried again when the disk is back', async () => {
    rmSync(backupFolderOf(company()), { recursive: true });
    expect(await backUpDaily(company(), never)).toBe(0);
    expect(await codeOf(backUp(company(), { kind: 'manual' }))).toBe('backup.folderMissing');
    expect(existsSync(backupFolderOf(company()))).toBe(false);
    expect((await backupsOf(company())).map(({ kind, state }) => `${kind} ${state}`)).toEqual(['manual failed', 'daily failed']);
    nowMs += 31 * 60_000;
    await backUpDaily(company(), never);
    const told = await company().store.read((tx) => tx('notices').where({ code: 'notice.backupFailed' }).select('user', 'facts'));
    expect(told).toEqual([{ user: await shop.office.id('users', { login: 'admin' }), facts: '{"day":"2026-11-22"}' }]);
    mkdirSync(backupFolderOf(company()));
    expect(await backUpDaily(company(), never)).toBe(0);
    nowMs += 31 * 60_000;
    expect(await backUpDaily(company(), never)).toBe(1);
  });

  test('that cannot be proven never counts as one', async () => {
    await company().store.write((tx) =>
      tx('balances')
        .where({ ledger: 'stock' })
        .update({ amount: tx.raw('amount + 1') }),
    );
    expect(await backUpDaily(company(), never)).toBe(0);
    const [row] = await company().store.read((tx) => tx('backups').select('refusal', 'facts'));
    expect(row.refusal).toBe('backup.unproven');
    expect(row.facts).toContain('balance: stock');
    expect(files()).toEqual(['test_2026-11-22_+0800.zip.unproven']);
    expect((await backupsOf(company())).map((row) => row.state)).toEqual(['failed']);
  });

  test('made under a clock that was ahead makes room for the true one', async () => {
    nowMs += 3 * dayMs;
    await backUpDaily(company(), never);
    nowMs -= 3 * dayMs;
    await backUpDaily(company(), never);
    const [{ id }] = await company().store.read((tx) => tx('backups').where({ state: 'misdated' }).select('id'));
    expect(files()).toEqual(['test_2026-11-22_+0800.zip', `test_2026-11-25_+0800_misdated-${id}.zip`]);
    nowMs += 3 * dayMs;
    expect(await backUpDaily(company(), never)).toBe(1);
  });

  test('tells how far it is, and leaves nothing when it is cancelled', async () => {
    const phases = new Set<string>();
    await backUp(company(), { kind: 'manual', progress: ({ phase }) => phases.add(phase) });
    expect([...phases]).toEqual(['writing', 'proving']);
    nowMs += 60_000;
    const stopped = new AbortController();
    const cancelled = backUp(company(), { kind: 'manual', signal: stopped.signal, progress: () => stopped.abort() });
    expect(await codeOf(cancelled)).toBe('backup.cancelled');
    expect(await codeOf(Promise.all([backUp(company(), { kind: 'manual' }), backUp(company(), { kind: 'manual' })]))).toBe(
      'backup.running',
    );
    await expect.poll(() => runningOf(company()), soon).toBe(null);
    expect(files()).toEqual(['test_2026-11-22_+0800_040000.zip', 'test_2026-11-22_+0800_040100.zip']);
  });

  test('on a disk that is or runs full is refused, touches no earlier one and goes on when there is room', async () => {
    const disk = backupFolderOf(company());
    if (!mountSmallDisk(disk, 128)) return;
    try {
      await backUp(company(), { kind: 'daily' });
      const ballast = fillDisk(disk, 200_000);
      expect(await codeOf(backUp(company(), { kind: 'manual' }))).toBe('backup.noRoom');
      rmSync(ballast);
      let isFilled = false;
      const running = backUp(company(), {
        kind: 'manual',
        progress: () => {
          if (!isFilled) fillDisk(disk, 0);
          isFilled = true;
        },
      });
      expect(await codeOf(running)).toBe('backup.diskFull');
      expect(files()).toEqual(['ballast', 'test_2026-11-22_+0800.zip']);
      rmSync(ballast);
      await backUp(company(), { kind: 'manual' });
      expect((await backupsOf(company())).map(({ kind, state }) => `${kind} ${state}`)).toEqual([
        'manual good',
        'manual failed',
        'manual failed',
        'daily good',
      ]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test('made by hand lets no file be swept before it is in the archive', async () => {
    const lost = join(company().folder, 'files', 'ab12');
    writeFileSync(lost, 'nobody wants this');
    // The disk knows the true time, the company the told one.
    utimesSync(lost, nowMs / 1000, nowMs / 1000);
    nowMs += 2 * dayMs;
    let during: ReturnType<typeof sweepFiles> | undefined;
    const progress = () => {
      during ??= sweepFiles(company());
    };
    await backUp(company(), { kind: 'manual', progress });
    expect(await during).toEqual({ rows: 0, files: 0 });
    expect(existsSync(lost)).toBe(true);
    expect((await sweepFiles(company())).files).toBe(1);
  });

  test('is a job of the timetable that is held while it runs, and no file is swept meanwhile', async () => {
    const job = jobs.find(({ name }) => name === backupJob);
    if (!job) throw new Error('there is no such job');
    const timetable = new Timetable(() => [company()], pino({ level: 'silent' }), [job]);
    timetable.start();
    await timetable.runDue();
    expect(files()).toEqual([]);
    nowMs += job.restMs ?? 0;
    await timetable.runDue();
    await timetable.stop();
    expect(files()).toHaveLength(1);
    const lost = join(company().folder, 'files', 'ab12');
    writeFileSync(lost, 'nobody wants this');
    await company().store.write((tx) =>
      tx('job_runs')
        .where({ name: backupJob })
        .update({ held_until: instantOf(nowMs + 2 * dayMs + heldMs) }),
    );
    nowMs += 2 * dayMs;
    const sweep = jobs.filter(({ name }) => name === 'sweepFiles');
    await new Timetable(() => [company()], pino({ level: 'silent' }), sweep).runDue();
    expect(existsSync(lost)).toBe(true);
  });
});
