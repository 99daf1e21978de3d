import { describe, expect, test } from 'vitest';
import { type BackupRow, missedDays, nextDue } from '../../server/backup/plan.ts';
import { type Known, standingOf } from '../../server/backup/standing.ts';
import { type BackupLine, usualPlan } from '../../shared/contracts/backups.ts';
import { addDays } from '../../shared/kernel/days.ts';

const now = '2026-11-22T08:00:00.000Z';
const refusal = { code: 'backup.diskFull', facts: {} };
const line = (finishedAt: string, of: Partial<BackupLine> = {}): BackupLine => ({
  id: 1,
  day: finishedAt.slice(0, 10),
  kind: 'daily',
  name: 'demo.zip',
  state: 'good',
  isThere: true,
  isEncrypted: false,
  bytes: 1,
  rows: 1,
  files: 0,
  startedAt: finishedAt,
  finishedAt,
  by: null,
  refusal: null,
  copies: [],
  ...of,
});
const fresh = line('2026-11-21T18:00:10.000Z');
const known = (of: Partial<Known>): Known => ({
  now,
  began: '2026-01-01T00:00:00.000Z',
  newest: fresh,
  last: fresh,
  plan: { ...usualPlan, remindDays: 0 },
  second: '/nas',
  awayAt: null,
  ...of,
});
const signOf = (of: Partial<Known>) => {
  const { signal, warnings } = standingOf(known(of));
  return [signal, ...warnings.map(({ kind }) => kind)].join(' ');
};

describe('the sign of the backups', () => {
  test('is green while the newest good one is younger than 26 hours, whoever made it', () => {
    expect(signOf({})).toBe('green');
    expect(signOf({ newest: line('2026-11-21T06:00:01.000Z') })).toBe('green');
    expect(signOf({ newest: line('2026-11-21T05:59:59.000Z') })).toBe('red old');
    expect(signOf({ newest: line('2026-11-21T20:00:00.000Z', { kind: 'manual' }) })).toBe('green');
  });

  test('is red when the last try failed, and green again when one succeeded', () => {
    const failed = line('2026-11-22T07:00:00.000Z', { id: 2, state: 'failed', refusal });
    expect(signOf({ last: failed })).toBe('red failed');
    expect(signOf({ last: line('2026-11-22T07:30:00.000Z', { id: 3 }) })).toBe('green');
  });

  test('is red when there was never any, unless the company has just begun', () => {
    expect(signOf({ newest: null, last: null })).toBe('red none');
    expect(signOf({ newest: null, last: null, began: '2026-11-22T01:00:00.000Z' })).toBe('waiting');
  });

  test('is red when the newest file has gone, or the second folder did not get it', () => {
    expect(signOf({ newest: { ...fresh, isThere: false } })).toBe('red gone');
    const copy = { target: 'second', place: '/nas', at: now, refusal } as const;
    expect(signOf({ newest: { ...fresh, copies: [{ ...copy, state: 'failed' }] } })).toBe('red copyFailed');
    expect(signOf({ newest: { ...fresh, copies: [{ ...copy, state: 'failed' }] }, second: null })).toBe('green');
    expect(signOf({ newest: { ...fresh, copies: [{ ...copy, state: 'good', refusal: null }] } })).toBe('green');
  });

  test('is yellow when nothing left the house for as many days as the company wants to be reminded after', () => {
    expect(signOf({ plan: usualPlan, awayAt: '2026-11-15T08:00:00.000Z' })).toBe('yellow notAway');
    expect(signOf({ plan: usualPlan, awayAt: '2026-11-15T08:00:01.000Z' })).toBe('green');
    expect(signOf({ plan: usualPlan })).toBe('yellow notAway');
    expect(signOf({ plan: usualPlan, began: '2026-11-20T00:00:00.000Z' })).toBe('green');
  });
});

describe('what the page says of days', () => {
  const plan = { timeZone: 'Asia/Shanghai', at: '02:00' };
  const row = (day: string, of: Partial<BackupRow> = {}): BackupRow => ({
    id: 1,
    day,
    kind: 'daily',
    name: 'demo.zip',
    state: 'good',
    finishedAt: `${addDays(day, -1)}T18:00:10.000Z`,
    ...of,
  });

  test('the next one is due at its hour, now when it is late, and half an hour after one that failed', () => {
    expect(nextDue(plan, now, [row('2026-11-22')])).toMatchObject({ day: '2026-11-23', at: '02:00' });
    expect(nextDue(plan, '2026-11-21T17:00:00.000Z', [row('2026-11-21')])).toMatchObject({ day: '2026-11-22', at: '02:00', isDue: false });
    expect(nextDue(plan, now, [row('2026-11-21')])).toMatchObject({ day: '2026-11-22', isDue: true });
    const failed = row('2026-11-22', { state: 'failed', finishedAt: '2026-11-22T07:50:00.000Z' });
    expect(nextDue(plan, now, [failed])).toMatchObject({ day: '2026-11-22', at: '16:20', isDue: false });
  });

  test('days without a good one are missed, but not those before the company began, nor today', () => {
    const rows = [row('2026-11-21'), row('2026-11-20', { state: 'failed' }), row('2026-11-18', { state: 'removed' })];
    expect(missedDays(plan, now, { began: '2026-11-16', rows })).toEqual(['2026-11-20', '2026-11-19', '2026-11-17']);
    expect(missedDays(plan, now, { began: '2026-11-22', rows: [] })).toEqual([]);
  });
});
