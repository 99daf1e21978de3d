import { describe, expect, test } from 'vitest';
import { type BackupRow, backupName, dueDay, misdatedAt, surplusOf } from '../../server/backup/plan.ts';
import { addDays, clockTimeOf, dayOf, instantOf, msOf } from '../../shared/kernel/days.ts';

const hourMs = 60 * 60_000;
const shanghai = { timeZone: 'Asia/Shanghai', at: '02:00' };
let ids = 0;
const good = (day: string, finishedAt: string, of: Partial<BackupRow> = {}): BackupRow => ({
  id: ++ids,
  day,
  kind: 'daily',
  name: `demo_${day}.zip`,
  state: 'good',
  finishedAt,
  ...of,
});

/** Asks every half hour between two moments, and makes each backup at once; gives the days. */
function run(
  plan: { timeZone: string; at: string },
  from: string,
  to: string,
  clock = (ms: number) => ms,
): { made: BackupRow[]; days: string[] } {
  const made: BackupRow[] = [];
  for (let ms = msOf(from); ms < msOf(to); ms += hourMs / 2) {
    const now = instantOf(clock(ms));
    const day = dueDay(plan, now, made);
    if (day !== null) made.push(good(day, now));
  }
  return { made, days: made.map((row) => row.day) };
}

describe('the backup of the day', () => {
  test('is due from its hour on, once', () => {
    const { days } = run(shanghai, '2026-11-20T00:00:00Z', '2026-11-23T00:00:00Z');
    expect(days).toEqual(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']);
    expect(dueDay(shanghai, '2026-11-21T17:59:00Z', [])).toBe(null);
    expect(dueDay(shanghai, '2026-11-21T18:00:00Z', [])).toBe('2026-11-22');
  });

  test('is caught up once after days without a server, for the day it is', () => {
    const before = [good('2026-11-18', '2026-11-17T18:00:05Z')];
    expect(dueDay(shanghai, '2026-11-22T01:00:00Z', before)).toBe('2026-11-22');
    expect(dueDay(shanghai, '2026-11-22T01:00:00Z', [...before, good('2026-11-22', '2026-11-22T01:00:09Z')])).toBe(null);
  });

  test('comes once a day in every zone and hour, in the nights when summer time begins and ends too', () => {
    const zones = ['Asia/Shanghai', 'Asia/Taipei', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'America/Sao_Paulo'];
    zones.push('America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Pacific/Apia', 'Africa/Cairo', 'Asia/Kathmandu');
    const nights = ['2024-03-10', '2024-03-31', '2024-10-27', '2024-11-03', '2025-04-06', '2025-10-05', '2030-03-31', '2030-10-27'];
    for (const timeZone of zones)
      for (const at of ['00:00', '01:00', '02:00', '03:00'])
        for (const night of nights) {
          const [from, to] = [`${addDays(night, -2)}T12:00:00Z`, `${addDays(night, 2)}T12:00:00Z`];
          const { days } = run({ timeZone, at }, from, to);
          const asked = Array.from({ length: 2 * 96 }, (_, step) => instantOf(msOf(from) + (step * hourMs) / 2));
          const wanted = new Set(asked.filter((now) => clockTimeOf(now, timeZone) >= at).map((now) => dayOf(now, timeZone)));
          expect([timeZone, at, night, days]).toEqual([timeZone, at, night, [...wanted]]);
        }
  });

  test('follows a clock that was wrong for a while, and every true day has one of its own', () => {
    // Somebody sets the clock three days ahead for an hour.
    const start = msOf('2026-11-20T03:00:00Z');
    const wrong = (ms: number) => (ms >= start + 2 * hourMs && ms < start + 3 * hourMs ? ms + 72 * hourMs : ms);
    const made: BackupRow[] = [];
    const aside: BackupRow[] = [];
    for (let ms = start; ms < start + 120 * hourMs; ms += hourMs / 6) {
      const now = instantOf(wrong(ms));
      for (const row of misdatedAt(now, made)) aside.push(...made.splice(made.indexOf(row), 1));
      const day = dueDay(shanghai, now, made);
      if (day !== null) made.push(good(day, now));
    }
    expect(aside.map((row) => row.day)).toEqual(['2026-11-23']);
    expect(made.map((row) => row.day)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']);
    for (const row of made) expect(dayOf(row.finishedAt, shanghai.timeZone)).toBe(row.day);
  });

  test('is not made again for the same date when the company moves to another zone', () => {
    const made = [good('2026-11-22', '2026-11-21T18:00:30Z')];
    expect(dueDay({ timeZone: 'Asia/Tokyo', at: '02:00' }, '2026-11-22T05:00:00Z', made)).toBe(null);
    expect(dueDay({ timeZone: 'Asia/Tokyo', at: '02:00' }, '2026-11-22T17:00:00Z', made)).toBe('2026-11-23');
  });

  test('is tried again half an hour after it failed', () => {
    const failed = [good('2026-11-22', '2026-11-21T18:01:00Z', { state: 'failed' })];
    expect(dueDay(shanghai, '2026-11-21T18:20:00Z', failed)).toBe(null);
    expect(dueDay(shanghai, '2026-11-21T18:31:00Z', failed)).toBe('2026-11-22');
  });

  test('a backup made by hand does not stand for the one of the day', () => {
    expect(dueDay(shanghai, '2026-11-21T18:20:00Z', [good('2026-11-22', '2026-11-21T17:00:00Z', { kind: 'manual' })])).toBe('2026-11-22');
  });

  test('bears its day and the distance from UTC in its name', () => {
    const of = { day: '2026-11-22', now: '2026-11-21T18:00:00Z' } as const;
    expect(backupName('demo', { ...of, kind: 'daily', timeZone: 'Asia/Shanghai' })).toBe('demo_2026-11-22_+0800.zip');
    expect(backupName('demo', { ...of, kind: 'daily', timeZone: 'America/St_Johns' })).toBe('demo_2026-11-22_-0330.zip');
    expect(backupName('demo', { ...of, kind: 'manual', timeZone: 'UTC' })).toBe('demo_2026-11-22_+0000_180000.zip');
  });
});

describe('what may be removed', () => {
  const year = Array.from({ length: 400 }, (_, back) => addDays('2026-11-22', -back)).map((day) => good(day, `${day}T03:00:00Z`));

  test('nothing, unless a rule was set', () => {
    expect(surplusOf(year, '2026-11-22', { days: 0, monthly: true })).toEqual([]);
  });

  test('days behind the rule go, the first of every month stays', () => {
    const gone = new Set(surplusOf(year, '2026-11-22', { days: 30, monthly: true }).map((row) => row.day));
    const kept = year.map((row) => row.day).filter((day) => !gone.has(day));
    expect(kept.filter((day) => day > '2026-10-23')).toHaveLength(30);
    expect(kept.filter((day) => day <= '2026-10-23').every((day) => day.endsWith('-01') || day === '2025-10-19')).toBe(true);
  });

  test('never the newest good one, and never what was made by hand', () => {
    const rows = [
      good('2024-01-01', '2024-01-01T03:00:00Z'),
      good('2023-12-31', '2023-12-31T03:00:00Z'),
      good('2023-01-01', '2023-01-01T03:00:00Z', { kind: 'manual' }),
    ];
    expect(surplusOf(rows, '2026-11-22', { days: 7, monthly: false }).map((row) => row.day)).toEqual(['2023-12-31']);
    expect(surplusOf([good('2024-01-01', '2024-01-01T03:00:00Z')], '2026-11-22', { days: 7, monthly: false })).toEqual([]);
  });
});
