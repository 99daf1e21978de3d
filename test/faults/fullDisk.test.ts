import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken } from '../../server/access/tokens.ts';
import { clock } from '../../server/clock.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type DataFolder, findingsIn, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { type Api, type Doors, openDoors, type Reply } from '../support/server.ts';
import { fillDisk, mountSmallDisk } from '../support/smallDisk.ts';
import { openTrade, piece, type Trade } from './trade.ts';

const sqlite = stores.find(({ name }) => name === 'sqlite')!;
const note = '记'.repeat(2000);

/** Writes customers with long notes until one is refused; gives that answer and how many were taken. */
async function fillUp(
  api: Api,
  token: string | undefined,
  run: string,
  remark: string | null = note,
): Promise<{ refused: Reply; taken: number }> {
  for (let taken = 0; taken < 20_000; taken += 1) {
    const body = { values: { name: `${run} 第 ${taken} 家`, remark } };
    const reply = await api.call('POST', '/api/records/customer', { token, key: `${run}-fill-${taken}`, body });
    if (reply.status !== 201) return { refused: reply, taken };
  }
  throw new Error('The disk never became full');
}

describe('a database that may not grow any more', () => {
  let office: Office;
  let doors: Doors;
  let trade: Trade;
  let token: string;

  beforeAll(async () => {
    office = await openOffice(sqlite);
    doors = await openDoors(office);
    trade = await openTrade(office, 100);
    token = await doors.enter('wang');
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  const pagesAtMost = (pages: number) => office.company.store.write((tx) => tx.raw(`pragma max_page_count = ${pages}`));

  test('refuses with a reason, keeps nothing of what it refused, is read as before, and takes writes again by itself', async () => {
    const order = await office.create('wang', 'salesOrder', trade.draft(2).values, trade.draft(2).parts);
    const [{ page_count: pages = 0 } = {}] = (await office.company.store.read((tx) => tx.raw('pragma page_count'))) as {
      page_count: number;
    }[];
    await pagesAtMost(pages);
    const { refused, taken } = await fillUp(doors, token, 'small');
    expect(refused).toMatchObject({ status: 507, body: { code: 'database.full', title: 'database.full' } });
    expect(doors.logged).toEqual([]);
    const count = async () =>
      Number(((await office.company.store.read((tx) => tx('customers').count({ count: '*' }).first())) as { count: number }).count);
    expect(await count()).toBe(taken + 1);
    await expectProven(office);

    expect((await doors.call('POST', '/api/records/customer/list', { token, body: { totals: true } })).body.count).toBe(taken + 1);
    expect((await doors.call('GET', `/api/records/salesOrder/${order.id}`, { token })).body).toMatchObject({ state: 'draft', version: 1 });

    await pagesAtMost(1_000_000);
    const again = await doors.call('POST', '/api/records/customer', {
      token,
      key: 'again-after-full',
      body: { values: { name: `small 第 ${taken} 家`, remark: note } },
    });
    expect(again.status).toBe(201);
    expect((await office.step('wang', order, 'approve')).state).toBe('approved');
    expect(await count()).toBe(taken + 2);
    await expectProven(office);
  });
});

test('that it cannot be noted who was here is no reason to turn anybody away', async () => {
  const office = await openOffice(sqlite);
  const doors = await openDoors(office);
  const person = await doors.enter('sun');
  const program = (await office.work('sun', (work) => createToken(work, { name: 'p', scopes: ['all'] }))).token;
  const now = clock.now;
  clock.now = () => now() + 120_000;
  const { write } = office.company.store;
  // The disk has not even room for one changed row.
  Object.assign(office.company.store, { write: () => Promise.reject(new Refusal('database.full')) });
  for (const token of [person, program]) expect((await doors.call('GET', '/api/session', { token })).status).toBe(200);
  const signingIn = { company: 'test', login: 'sun', password: 'whatever-it-is' };
  expect(await doors.call('POST', '/api/sign-in', { body: signingIn })).toMatchObject({ status: 507, body: { code: 'database.full' } });
  Object.assign(office.company.store, { write });
  clock.now = now;
  await doors.close();
  await office.close();
});

describe('a disk of 24 megabytes', { timeout: 240_000 }, () => {
  let disk = '';
  let isMounted = false;
  let data: DataFolder<Trade> | undefined;
  let server: RunningServer | undefined;

  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'tradepost-disk-'));
    isMounted = mountSmallDisk(disk);
  });
  afterAll(async () => {
    await server?.kill();
    if (isMounted) execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test('runs full under a working server, and the work goes on when there is room again', async () => {
    // Where no disk may be mounted the story above stands alone; it has said so.
    if (!isMounted) return;
    data = await makeDataFolder(sqlite, { people: ['wang', 'sun'], fill: (office) => openTrade(office, 100), path: disk });
    server = await startServer(data);
    const token = data.tokens.wang;
    const ballast = fillDisk(disk, 1_500_000);
    const { refused, taken } = await fillUp(server, token, 'full');
    expect(refused).toMatchObject({ status: 507, body: { code: 'database.full' } });
    expect(server.process.exitCode).toBeNull();

    const more = await fillUp(server, token, 'brim', null);
    // Whoever comes now was last seen a while ago: that this cannot be noted is no reason to turn them away.
    const list = await server.call('POST', '/api/records/customer/list', { token: data.tokens.sun, body: { totals: true, limit: 500 } });
    expect(list.body.count).toBe(taken + more.taken + 1);
    const { values, parts } = {
      values: { customer: data.filled.customer },
      parts: { lines: [{ item: data.filled.pen, quantity: piece, grossPrice: piece }] },
    };
    const order = { token, key: 'order-on-a-full-disk', body: { values, parts } };
    const tried = await server.call('POST', '/api/records/salesOrder', order);
    expect([201, 507]).toContain(tried.status);

    unlinkSync(ballast);
    const done = await server.call('POST', '/api/records/salesOrder', order);
    expect(done.status).toBe(201);
    expect((await fillUpTo(server, token, 20)).every((status) => status === 201)).toBe(true);
    await server.stop();
    expect(await findingsIn(data)).toEqual([]);
  });
});

const fillUpTo = async (api: Api, token: string | undefined, count: number): Promise<number[]> => {
  const statuses = [];
  for (let index = 0; index < count; index += 1) {
    statuses.push(
      (await api.call('POST', '/api/records/customer', { token, body: { values: { name: `其后 ${index}`, remark: note } } })).status,
    );
  }
  return statuses;
};
