import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupFolderOf } from '../../server/backup/backUp.ts';
import { checkNewest } from '../../server/backup/checkNewest.ts';
import { backUpDaily, backupsOf } from '../../server/backup/daily.ts';
import { surplusOf } from '../../server/backup/plan.ts';
import { backupStanding } from '../../server/backup/state.ts';
import { clock } from '../../server/clock.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { jobs } from '../../server/jobs/jobs.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { stores } from '../scenarios/office.ts';
import { openShop, type Shop } from '../trade/shop.ts';

const dayMs = 24 * 60 * 60_000;
const never = new AbortController().signal;

describe.each(stores)('the weekly look at the newest backup of a company on $name', (kind) => {
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

  test('finds one that was damaged since: the sign turns red, the good one before it is kept, and the next one is made at once', {
    timeout: 120_000,
  }, async () => {
    const { company } = shop.office;
    const standing = () => shop.office.look('admin', backupStanding);
    const states = async () => (await backupsOf(company)).map(({ day, state }) => `${day} ${state}`);
    await keepFor(shop, 30);
    await backUpDaily(company, never);
    expect(await checkNewest(company, never)).toBe(0);
    nowMs += dayMs;
    await backUpDaily(company, never);
    expect((await standing()).signal).toBe('green');

    const damaged = join(backupFolderOf(company), 'test_2026-11-23_+0800.zip');
    const bytes = readFileSync(damaged);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(damaged, bytes);
    expect(await checkNewest(company, never)).toBe(1);
    expect(await states()).toEqual(['2026-11-23 failed', '2026-11-22 good']);
    expect(await standing()).toMatchObject({ signal: 'red', warnings: [{ kind: 'failed', refusal: { code: 'backup.damaged' } }] });
    const notices = await company.store.read((tx) => tx('notices').where({ code: 'notice.backupFailed' }));
    expect(notices).toHaveLength(1);
    // However old the good one becomes, it stays as long as it is the only one.
    expect(surplusOf(await backupsOf(company), '2027-11-23', { days: 1, monthly: false })).toEqual([]);
    await keepFor(shop, 1);
    nowMs += 60 * 60_000;
    await backUpDaily(company, never);
    expect(await states()).toEqual(['2026-11-23 good', '2026-11-23 failed']);
    expect(readdirSync(backupFolderOf(company))).toEqual(['test_2026-11-23_+0800.zip']);
    expect((await standing()).signal).toBe('green');
    expect(await checkNewest(company, never)).toBe(0);
  });

  test('is a job of the timetable', () => {
    expect(jobs.find(({ run }) => run === checkNewest)).toMatchObject({ everyMs: 7 * dayMs });
  });
});

const keepFor = (shop: Shop, keepDays: number) =>
  shop.office.work('admin', (work) => storeSettings(work, { 'backup.plan': { keepDays, keepMonthly: false } }));
