import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { idleMaxMs, lifeMaxMs } from '../../server/access/sessions.ts';
import { endSession } from '../../server/access/signIn.ts';
import { clock } from '../../server/clock.ts';
import { idempotencyKeptMs, sessionsKeptMs, throttlesKeptMs } from '../../server/features/sweeping/sweepRows.ts';
import { type Job, jobs } from '../../server/jobs/jobs.ts';
import { heldMs, Timetable } from '../../server/jobs/timetable.ts';
import { instantOf } from '../../shared/kernel/days.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, heard, openDoors } from '../support/server.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const log = pino({ level: 'silent' });

describe.each(stores)('what is done by itself, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let nowMs: number;
  const realNow = clock.now;

  beforeEach(async () => {
    nowMs = realNow();
    clock.now = () => nowMs;
    office = await openOffice(kind);
    doors = await openDoors(office);
  });
  afterEach(async () => {
    await doors.close();
    await office.close();
    clock.now = realNow;
  });

  const timetable = (of: readonly Job[] = jobs) => new Timetable(() => [office.company], log, of);
  const counting = (): Job & { runs: number } => {
    const job = {
      name: 'counting',
      everyMs: 60 * minuteMs,
      runs: 0,
      run: async () => {
        job.runs += 1;
        return 1;
      },
    };
    return job;
  };
  const rows = async (table: string) => Number((await office.company.store.read((tx) => tx(table).count({ count: '*' })))[0]?.count);

  test('a job is done at once, then when its time has come round, and its last run is on record', async () => {
    const job = counting();
    await timetable([job]).runDue();
    await timetable([job]).runDue();
    expect(job.runs).toBe(1);
    nowMs += job.everyMs;
    await timetable([job]).runDue();
    expect(job.runs).toBe(2);
    const run = await office.company.store.read((tx) => tx('job_runs').where({ name: 'counting' }).first());
    expect(run).toMatchObject({ finished_at: instantOf(nowMs), held_until: null, done: 1 });
  });

  test('two processes do a job once', async () => {
    const job = counting();
    await Promise.all([timetable([job]), timetable([job]), timetable([job])].map((one) => one.runDue()));
    expect(job.runs).toBe(1);
  });

  test('a job that was killed or failed is done again when its hold has run out', async () => {
    const job = counting();
    const failing = { ...job, run: () => Promise.reject(new Error('killed')) };
    await timetable([failing]).runDue();
    await timetable([job]).runDue();
    expect(job.runs).toBe(0);
    nowMs += heldMs;
    await timetable([job]).runDue();
    expect(job.runs).toBe(1);
  });

  test('a server that stops cuts its job short, and the next one goes on with it', async () => {
    const job = counting();
    const stopping: Timetable = timetable([
      {
        ...job,
        run: async () => {
          void stopping.stop();
          return 0;
        },
      },
    ]);
    await stopping.runDue();
    await timetable([job]).runDue();
    expect(job.runs).toBe(1);
  });

  test('old answers, sessions and tries go, and young ones stay', async () => {
    const old = instantOf(nowMs);
    const key = (name: string, at: string) => ({ actor: 1, key: name, request_hash: 'x', status: 200, answer: '{}', at });
    await office.company.store.write(async (tx) => {
      for (let count = 0; count < 1100; count += 100) {
        await tx('idempotency_keys').insert(Array.from({ length: 100 }, (_, index) => key(`old-${count + index}`, old)));
      }
      await tx('throttles').insert({ key: 'account:old', failures: 3, until_at: null, at: old });
    });
    const ended = await doors.enter('wang');
    await endSession(office.company, 1, 'signedOut');
    nowMs += Math.max(idempotencyKeptMs, sessionsKeptMs, throttlesKeptMs) - dayMs;
    await office.company.store.write(async (tx) => {
      await tx('idempotency_keys').insert(key('young', instantOf(nowMs)));
      await tx('throttles').insert({ key: 'account:held', failures: 9, until_at: instantOf(nowMs + 2 * dayMs), at: old });
    });
    const living = await doors.enter('li');
    await timetable().runDue();
    expect(await rows('idempotency_keys')).toBe(1);
    expect(await rows('throttles')).toBe(1);
    expect(await rows('sessions')).toBe(2);
    nowMs += 2 * dayMs;
    await timetable().runDue();
    expect(await rows('sessions')).toBe(1);
    expect((await doors.call('GET', '/api/session', { token: ended })).status).toBe(401);
    expect(living).not.toBe(ended);
  });

  test('files that nothing refers to are swept', async () => {
    const folder = join(office.company.folder, 'files', 'ab');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ab12'), 'nobody wants this');
    utimesSync(join(folder, 'ab12'), nowMs / 1000, nowMs / 1000);
    nowMs += 2 * dayMs;
    await timetable().runDue();
    const run = await office.company.store.read((tx) => tx('job_runs').where({ name: 'sweepFiles' }).first('done'));
    expect(run).toEqual({ done: 1 });
  });

  test('a session that nobody used for half a day is ended, and its window closed', async () => {
    const [idle, busy] = [await doors.enter('wang'), await doors.enter('li')];
    const sockets = [doors.socket(idle), doors.socket(busy)];
    await Promise.all(sockets.map((socket) => heard(socket, 'connect')));
    nowMs += idleMaxMs / 2;
    expect((await doors.call('GET', '/api/session', { token: busy })).status).toBe(200);
    nowMs += idleMaxMs / 2;
    const gone = heard(sockets[0]!, 'signedOut');
    await timetable().runDue();
    await gone;
    expect(sockets[1]!.connected).toBe(true);
    const session = await office.company.store.read((tx) => tx('sessions').where({ id: 1 }).first('end_reason', 'ended_at'));
    expect(session).toEqual({ end_reason: 'idle', ended_at: instantOf(nowMs) });
    nowMs += lifeMaxMs;
    const late = heard(sockets[1]!, 'disconnect');
    await timetable().runDue();
    await late;
  });

  test('a process that keeps the same company closes the window of a session that another one ended', async () => {
    const token = await doors.enter('wang');
    const socket = doors.socket(token);
    await heard(socket, 'connect');
    await office.company.store.write((tx) => tx('sessions').update({ ended_at: instantOf(nowMs), end_reason: 'revoked' }));
    const gone = heard(socket, 'disconnect');
    await doors.sockets.closeEnded();
    await gone;
  });
});
