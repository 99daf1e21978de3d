import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  type Day,
  dayFromExcelSerial,
  dayOf,
  daysBetween,
  dueDay,
  endOfMonth,
  instantOf,
  isDay,
  monthOf,
  msOf,
  parseDay,
  startOfMonth,
  weekdayOf,
} from '../../shared/kernel/days.ts';

const outOfRange = expect.objectContaining({ name: 'Refusal', code: 'day.outOfRange' });
const today: Day = '2026-11-21';
const someDay = fc.integer({ min: 0, max: 109_572 }).map((days) => addDays('1900-01-01', days));

describe('the calendar', () => {
  test('a day must exist and lie between 1900 and 2199', () => {
    expect(['2024-02-29', '1900-01-01', '2199-12-31'].every(isDay)).toBe(true);
    expect(['2026-02-29', '1900-02-29', '1899-12-31', '2200-01-01', '2026-13-01', '2026-1-1', ''].some(isDay)).toBe(false);
  });

  test('as many days on as lie between two days leads from one to the other', () => {
    fc.assert(fc.property(someDay, someDay, (from, to) => addDays(from, daysBetween(from, to)) === to));
    expect(daysBetween('2026-03-01', '2026-02-27')).toBe(-2);
  });

  test('a month after the last of January is the last of February', () => {
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addMonths('2024-03-31', -13)).toBe('2023-02-28');
    expect(addMonths('2026-11-30', 2)).toBe('2027-01-30');
  });

  test('beyond the last year the calendar refuses', () => {
    expect(() => addDays('2199-12-31', 1)).toThrow(outOfRange);
    expect(() => addMonths('1900-01-31', -1)).toThrow(outOfRange);
  });

  test('a month has its first and its last day', () => {
    expect([startOfMonth('2024-02-10'), endOfMonth('2024-02-10'), monthOf('2024-02-10')]).toEqual(['2024-02-01', '2024-02-29', '2024-02']);
    expect([weekdayOf('2026-11-21'), weekdayOf('2026-11-22'), weekdayOf('1900-01-01')]).toEqual([6, 7, 1]);
  });

  test('30 days monthly are counted from the end of the month of delivery', () => {
    expect(dueDay('2026-02-03', { days: 30, monthEnd: true })).toBe('2026-03-30');
    expect(dueDay('2026-02-03', { days: 30, monthEnd: false })).toBe('2026-03-05');
  });
});

describe('moments', () => {
  test('the same moment is tomorrow in Shanghai and today in London', () => {
    expect(dayOf('2026-11-21T16:00:00.000Z', 'Asia/Shanghai')).toBe('2026-11-22');
    expect(dayOf('2026-11-21T15:59:59.999Z', 'Asia/Shanghai')).toBe('2026-11-21');
    expect(dayOf('2026-11-21T16:00:00.000Z', 'Europe/London')).toBe('2026-11-21');
  });

  test('milliseconds and text tell the same moment', () => {
    expect(instantOf(0)).toBe('1970-01-01T00:00:00.000Z');
    fc.assert(fc.property(fc.integer({ min: -2e12, max: 7e12 }), (ms) => msOf(instantOf(ms)) === ms));
    expect(() => msOf('soon')).toThrow(RangeError);
  });
});

describe('a day as people type it', () => {
  test.each([
    ['5', '2026-11-05'],
    ['0315', '2026-03-15'],
    ['260315', '2026-03-15'],
    ['20260315', '2026-03-15'],
    ['２０２６０３１５', '2026-03-15'],
    ['2026-3-15', '2026-03-15'],
    ['2026/3/15', '2026-03-15'],
    ['2026.3.15', '2026-03-15'],
    ['2026年3月15日', '2026-03-15'],
    ['2026 年 3 月 15 日', '2026-03-15'],
    ['3月15日', '2026-03-15'],
    ['3-15', '2026-03-15'],
    ['+3', '2026-11-24'],
    ['-21', '2026-10-31'],
    ['t', '2026-11-21'],
    ['T', '2026-11-21'],
  ])('%s is %s', (text, day) => {
    expect(parseDay(text, today)).toBe(day);
  });

  test.each(['', '0', '31', '0230', '2026-02-29', '1899-12-31', '2026-3/15', 'soon', '123', '9'.repeat(50_000)])(
    'what is no day stays none (%#)',
    (text) => {
      expect(parseDay(text, today)).toBeNull();
    },
  );

  test('where the day comes before the month it is read that way', () => {
    expect(parseDay('15/3', today, 'dmy')).toBe('2026-03-15');
    expect(parseDay('15/3/2025', today, 'dmy')).toBe('2025-03-15');
    expect(parseDay('1503', today, 'dmy')).toBe('2026-03-15');
    expect(parseDay('3/15/2025', today, 'mdy')).toBe('2025-03-15');
    expect(parseDay('2025-3-15', today, 'dmy')).toBe('2025-03-15');
  });
});

describe('days out of a worksheet', () => {
  test('serial numbers step over the 29 February 1900 that never was', () => {
    expect([1, 59, 60, 61].map((serial) => dayFromExcelSerial(serial))).toEqual(['1900-01-01', '1900-02-28', null, '1900-03-01']);
    expect(dayFromExcelSerial(45_000.75)).toBe('2023-03-15');
  });

  test('workbooks of the 1904 system count from another day', () => {
    expect(dayFromExcelSerial(0, true)).toBe('1904-01-01');
    expect(dayFromExcelSerial(43_538, true)).toBe('2023-03-15');
  });

  test('numbers that no day has give none', () => {
    expect([0, -1, 109_575, 1e99, Number.NaN].map((serial) => dayFromExcelSerial(serial))).toEqual([null, null, null, null, null]);
    expect(dayFromExcelSerial(109_574)).toBe('2199-12-31');
  });
});
