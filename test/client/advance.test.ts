import { describe, expect, test } from 'vitest';
import { byUntil, numberAfter } from '../../app/renderer/ui/advance.ts';
import { periodsOf, proposalFor, type SeriesKnown } from '../../server/features/numbering/propose.ts';
import { advanceMax } from '../../shared/contracts/numbering.ts';

const daily = { type: 'salesOrder', next: { head: 'SO20261122-', serial: 5, digits: 4, tail: '' }, by: 0 };

describe('the last number on a paper', () => {
  test('of today is passed by the next one', () => {
    for (const typed of ['SO20261122-0037', ' 0037 ', '37']) {
      const by = byUntil(daily, typed);
      expect([typed, by]).toEqual([typed, 33]);
      expect(numberAfter(daily, by ?? 0)).toBe('SO20261122-0038');
    }
  });

  test('of an earlier day is passed on that day, whose series began with 1', () => {
    expect(byUntil(daily, 'SO20261121-0028')).toBe(28);
  });

  test('is nothing to leave out when the data knows it, and no number when it is none of the series', () => {
    expect(byUntil(daily, 'SO20261122-0004')).toBe(0);
    for (const typed of ['', 'SO20261122-', 'abc', 'SO20261122-00x7', String(advanceMax + 9)]) expect(byUntil(daily, typed)).toBeNull();
  });

  test('may have something behind its serial', () => {
    const branch = { type: 'quotation', next: { head: 'Q', serial: 2, digits: 3, tail: '/北' }, by: 0 };
    expect([byUntil(branch, 'Q010/北'), byUntil(branch, '10'), numberAfter(branch, 9)]).toEqual([9, 9, 'Q011/北']);
  });
});

describe('how many numbers are left out after a restore', () => {
  const known = (pattern: string, made: Record<string, number>): SeriesKnown => ({
    type: 'salesOrder',
    pattern,
    last: new Map([['SO20261120-#', 7]]),
    made: new Map(Object.entries(made)),
  });
  const days = { from: '2026-11-20', to: '2026-11-22' };
  const made = { '2026-11-20': 4, '2026-11-10': 9, '2026-11-11': 6, '2026-11-12': 1, '2026-10-01': 500 };

  test('is as many as the busiest day took, where every day begins anew', () => {
    const pattern = 'SO{yyyy}{mm}{dd}-{serial:4}';
    expect(proposalFor(known(pattern, made), days, '')).toEqual({
      type: 'salesOrder',
      next: { head: 'SO20261122-', serial: 1, digits: 4, tail: '' },
      by: 9,
    });
    expect(periodsOf(pattern, days, [])).toEqual(['SO20261120-#', 'SO20261121-#', 'SO20261122-#']);
  });

  test('is as many as the busiest three days took, where three days are not known and the year goes on', () => {
    expect(proposalFor(known('SO{yyyy}-{serial:4}', made), days, '').by).toBe(16);
    expect(periodsOf('SO{yyyy}-{serial:4}', { from: '2025-12-30', to: '2026-01-02' }, [])).toEqual(['SO2025-#', 'SO2026-#']);
  });

  test('grows with the days when more are not known than are looked back on, but never without end', () => {
    const long = { from: '2026-11-20', to: '2027-02-17' };
    expect(proposalFor(known('SO{serial:6}', made), long, '').by).toBe(60);
    expect(proposalFor(known('SO{serial:6}', { '2026-11-20': 70_000 }), long, '').by).toBe(advanceMax);
    expect(proposalFor(known('SO{serial:6}', {}), long, '').by).toBe(0);
  });

  test('counts for every department whose code stands in the number', () => {
    expect(periodsOf('SO{branch}{yyyy}-{serial:4}', { from: '2026-11-22', to: '2026-11-22' }, ['N', 'S'])).toEqual([
      'SO2026-#',
      'SON2026-#',
      'SOS2026-#',
    ]);
  });
});
