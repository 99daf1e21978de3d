import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { noteExport } from '../../server/features/handOuts/noteExport.ts';
import { writeReadings } from '../../server/features/reading/noteReading.ts';
import { tellUnusualReading } from '../../server/features/reading/unusual.ts';
import { sweepReadings } from '../../server/features/sweeping/sweepRows.ts';
import type { ReadingAnswer } from '../../shared/contracts/reading.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { countingQueries } from '../support/queries.ts';
import { type Doors, openDoors } from '../support/server.ts';

const dayMs = 24 * 60 * 60_000;
// A Monday at ten in the morning in Shanghai.
const morningMs = msOf('2026-03-02T02:00:00.000Z');

describe.each(stores)('unusual reading, on $name', (kind) => {
  let office: Office;
  let doors: Doors;
  let nowMs = morningMs;
  const realNow = clock.now;
  const customers: number[] = [];
  const open = async (who: string, count: number) => {
    const token = await doors.enter(who);
    for (const id of customers.slice(0, count))
      expect((await doors.call('GET', `/api/records/customer/${id}`, { token })).status).toBe(200);
  };
  const told = async (): Promise<Record<string, unknown>[]> =>
    (await office.company.store.read((tx) => tx('notices').where({ code: 'notice.unusualReading' }).orderBy('id'))).map((row) =>
      JSON.parse(String(row.facts)),
    );
  const set = (values: Record<string, number>) => office.work('admin', (work) => storeSettings(work, values));
  const readingOf = async (who: string): Promise<ReadingAnswer> => {
    const answer = await doors.call('GET', `/api/users/${await office.id('users', { login: who })}/reading`, {
      token: await doors.enter('admin'),
    });
    return answer.body as unknown as ReadingAnswer;
  };

  beforeAll(async () => {
    clock.now = () => nowMs;
    office = await openOffice(kind);
    doors = await openDoors(office);
    const department = await office.id('departments', { name: '销售一部' });
    const owner = await office.id('users', { login: 'wang' });
    for (let n = 0; n < 12; n += 1) customers.push((await office.create('admin', 'customer', { name: `客户${n}`, owner, department })).id);
    await set({ 'parameter.readingTimes': 3, 'parameter.readingFloor': 4, 'parameter.readingFloorLeaving': 2 });
  });
  afterAll(async () => {
    clock.now = realNow;
    await doors.close();
    await office.close();
  });

  test('each customer counts once a day, and nothing is written for every one that is opened', async () => {
    await open('zhou', 2);
    await open('zhou', 2);
    expect(await office.company.store.read((tx) => tx('readings'))).toEqual([]);
    nowMs += 61_000;
    await open('zhou', 3);
    // The first one after a minute has written them all; the next minute writes the third.
    expect((await readingOf('zhou')).rows).toMatchObject([{ opened: 2 }]);
    await writeReadings(office.company);
    expect((await readingOf('zhou')).rows).toMatchObject([{ day: '2026-03-02', opened: 3, atNight: 0, exported: 0, toldAt: null }]);
  });

  test('far more than they usually open is told to the administrators, once a day', async () => {
    for (const count of [2, 3, 2]) {
      nowMs += dayMs;
      await open('zhou', count);
      expect(await tellUnusualReading(office.company)).toBe(0);
    }
    nowMs += dayMs;
    // The median of the days before is three, and three times that is usual enough.
    await open('zhou', 9);
    expect(await tellUnusualReading(office.company)).toBe(0);
    await open('zhou', 10);
    expect(await tellUnusualReading(office.company)).toBe(1);
    await open('zhou', 12);
    expect(await tellUnusualReading(office.company)).toBe(0);
    expect(await told()).toEqual([{ name: 'zhou', day: '2026-03-06', opened: 10, atNight: 0, exported: 0, usual: 3 }]);
    expect(await readingOf('zhou')).toMatchObject({
      usual: { opened: 3 },
      rows: [{ opened: 12, toldAt: expect.any(String) }, {}, {}, {}, {}],
    });
    const refused = await doors.call('GET', '/api/users/1/reading', { token: await doors.enter('wang') });
    expect(refused.body.code).toBe('access.denied');
  });

  test('nobody is held up by few readings, but whoever has a last day set sooner, and so are exported rows', async () => {
    nowMs += dayMs;
    await open('wang', 4);
    expect(await tellUnusualReading(office.company)).toBe(0);
    const wang = await office.id('users', { login: 'wang' });
    const { version } = (await office.read('admin', 'user', wang)) as { version: number };
    await office.change('admin', { type: 'user', id: wang, version }, { values: { leftOn: '2026-12-31' } });
    expect(await tellUnusualReading(office.company)).toBe(1);
    await office.work('sun', (work) => noteExport(work, { type: 'customer', changes: { rows: 1000 } }));
    expect(await tellUnusualReading(office.company)).toBe(0);
    await office.work('sun', (work) => noteExport(work, { type: 'customer', changes: { rows: 1 } }));
    expect(await tellUnusualReading(office.company)).toBe(1);
    expect((await told()).at(-1)).toMatchObject({ name: 'sun', exported: 1001 });
  });

  test('at night it is told from the number that the company sets', async () => {
    nowMs = msOf('2026-03-09T15:00:00.000Z');
    await open('zhou', 3);
    expect(await tellUnusualReading(office.company)).toBe(0);
    await set({ 'parameter.readingNight': 2 });
    await writeReadings(office.company);
    expect(await tellUnusualReading(office.company)).toBe(1);
    expect((await told()).at(-1)).toMatchObject({ name: 'zhou', day: '2026-03-09', opened: 3, atNight: 3 });
  });

  test('people who read little cost no look at what is usual for them', async () => {
    nowMs = msOf('2026-03-20T02:00:00.000Z');
    const asking = async () => {
      const { company, count } = countingQueries(office.company);
      expect(await tellUnusualReading(company)).toBe(0);
      return count();
    };
    const few = await asking();
    const readers = Array.from({ length: 40 }, (_, at) => ({
      user: 1_000 + at,
      day: '2026-03-20',
      opened: 1 + (at % 4),
      at_night: 0,
      exported: 5,
    }));
    const like = (await office.company.store.read((tx) => tx('users').where({ login: 'zhou' }).first())) as Record<string, unknown>;
    await office.company.store.write(async (tx) => {
      for (const { user } of readers) await tx('users').insert({ ...like, id: user, login: `u${user}` });
      await tx('readings').insert(readers);
    });
    expect(await asking()).toBe(few);
  });

  test('counts are kept for four hundred days, and no longer', async () => {
    nowMs = msOf('2027-04-10T02:00:00.000Z');
    const days = async () =>
      (await office.company.store.read((tx) => tx('readings').distinct('day').orderBy('day').pluck('day'))) as string[];
    expect((await days())[0]).toBe('2026-03-02');
    expect(await sweepReadings(office.company, AbortSignal.timeout(30_000))).toBeGreaterThan(0);
    expect((await days())[0]).toBe('2026-03-06');
  });
});
