import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, findingsIn, makeDataFolder, startServer } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import { fillDisk, mountSmallDisk } from '../support/smallDisk.ts';
import { addCustomers, atTheDoor, bytesIn, customers, later, laterAndBroken, stateOf, untilSettled } from './later.ts';
import { stepsOfLater } from './laterMigrations.ts';

type Point = Parameters<typeof startServer>[1];

const points: Point[] = [
  'upgrade-archived',
  ...Array.from({ length: stepsOfLater }, (_, index): Point => `upgrade-step:kill:${index + 1}`),
  'upgrade-before-commit',
];

const archivesIn = (data: { path: string }): string[] =>
  readdirSync(join(data.path, 'companies', 'test', 'backups')).filter((name) => name.includes('before-upgrade-9.1.0'));

const newOnes = (data: DataFolder<unknown>) =>
  beside(data, (store) =>
    store.read(async (tx) => ({
      birds: Number(((await tx('birds').count({ count: '*' }).first()) as { count: number }).count),
      songs: Number(((await tx('customers').where({ remark: 'has a bird' }).count({ count: '*' }).first()) as { count: number }).count),
      version: ((await tx('migrations').orderBy('number', 'desc').first('version')) as { version: string }).version,
      archives: await tx('backups').where({ kind: 'upgrade' }).select('name', 'state'),
      told: await tx('audit').where({ action: 'upgrade' }).pluck('changes'),
    })),
  );

describe.each(stores)('a later release finds a company on $name', { timeout: 420_000 }, (kind) => {
  let data: DataFolder<void>;
  beforeAll(async () => {
    data = await makeDataFolder(kind, { people: ['wang'], fill: addCustomers });
  }, 120_000);
  afterAll(() => data?.remove());

  /** Starts the later program and lets it die on its way. */
  async function die(point: Point): Promise<void> {
    const how = await startServer(data, point, [], later).then(
      (server) => server.ended(),
      (fault: Error) => fault.message,
    );
    expect(String(how)).toContain('SIGKILL');
  }

  test('a release that fails leaves everything as it was, says so at the door, and the old program goes on', async () => {
    const before = await stateOf(data);
    const server = await startServer(data, undefined, [], laterAndBroken);
    const company = await untilSettled(server);
    expect(company.closed).toMatchObject({ phase: 'failed', refusal: { code: 'fault' } });
    const token = data.tokens.wang;
    expect(await server.call('GET', '/api/session', { token })).toMatchObject({ status: 503, body: { code: 'company.notUpgraded' } });
    expect((await server.call('GET', '/api/state')).body).toMatchObject({ setUp: true });
    expect((await server.call('GET', '/healthz')).status).toBe(200);
    await server.stop();
    expect(await stateOf(data)).toBe(before);
    expect(archivesIn(data)).toEqual([]);
    const said = await tradepost(data.path, ['prove'], undefined, laterAndBroken);
    expect(said).toMatchObject({ code: 1, text: expect.stringContaining('nothing was changed') });
    expect((await tradepost(data.path, ['prove'])).code).toBe(0);
  });

  test('killed after every statement the old data is there, one archive is made, and the last start takes all of it', async () => {
    const before = await stateOf(data);
    for (const point of points) {
      await die(point);
      expect([point, await stateOf(data)]).toEqual([point, before]);
      expect(archivesIn(data)).toHaveLength(1);
    }
    await die('upgrade-committed');
    const [archive = ''] = archivesIn(data);
    const wanted = { birds: customers, songs: customers, version: '9.1.0', archives: [{ name: archive, state: 'good' }] };
    expect(await newOnes(data)).toMatchObject({ ...wanted, told: [expect.stringContaining(archive)] });
    const server = await startServer(data, undefined, [], later);
    expect((await server.call('GET', '/api/session', { token: data.tokens.wang })).status).toBe(200);
    expect(await atTheDoor(server)).not.toHaveProperty('closed');
    await server.stop();
    expect(await newOnes(data)).toMatchObject(wanted);
    expect(await findingsIn(data)).toEqual([]);
  });

  test('the program of before refuses the data, names the release, and leaves every byte', async () => {
    const folder = join(data.path, 'companies', 'test');
    const [before, state] = [bytesIn(folder), await stateOf(data)];
    const said = await tradepost(data.path, ['prove']);
    expect(said).toMatchObject({ code: 1, text: expect.stringContaining('database.newer') });
    expect(said.text).toContain('"version":"9.1.0"');
    const server = await startServer(data);
    expect(await atTheDoor(server)).toMatchObject({ closed: { phase: 'failed', refusal: { code: 'database.newer' } } });
    expect(await server.call('GET', '/api/session', { token: data.tokens.wang })).toMatchObject({
      status: 503,
      body: { code: 'database.newer', facts: { version: '9.1.0' } },
    });
    await server.stop();
    expect(bytesIn(folder)).toEqual(before);
    expect(await stateOf(data)).toBe(state);
  });

  test('the archive of before gives the old program its company back', async () => {
    const [archive = ''] = archivesIn(data);
    const file = join(data.path, 'companies', 'test', 'backups', archive);
    const engine = data.place.engine === 'postgres' ? ['--engine', 'postgres', '--url', data.place.url] : [];
    expect(await tradepost(data.path, ['restore', file, '--yes', ...engine])).toMatchObject({ code: 0 });
    expect(await tradepost(data.path, ['prove'])).toMatchObject({ code: 0, text: expect.stringContaining('proven') });
    const count = await beside(data, (store) => store.read((tx) => tx('customers').whereNull('remark').count({ count: '*' }).first()));
    expect(Number((count as { count: number }).count)).toBe(customers);
  });

  test('while it is done the doors say how far it is, and people go on with their session afterwards', async () => {
    const server = await startServer(data, undefined, [], later);
    const seen = new Set<string>();
    for (;;) {
      const { status, body, headers } = await server.call('GET', '/api/session', { token: data.tokens.wang });
      if (status !== 503) break;
      seen.add(String((body.facts as { phase: string }).phase));
      expect([body.code, headers.get('retry-after')]).toEqual(['company.upgrading', '2']);
      const signIn = { company: 'test', login: 'wang', password: 'no matter which' };
      expect([401, 503]).toContain((await server.call('POST', '/api/sign-in', { body: signIn })).status);
    }
    expect(seen).toContain('archiving');
    expect(seen).toContain('proving');
    await server.stop();
    expect(await newOnes(data)).toMatchObject({ birds: customers });
  });
});

test('a disk that runs full in the middle leaves the old data, and the next start with room goes on', { timeout: 240_000 }, async () => {
  const disk = mkdtempSync(join(tmpdir(), 'tradepost-disk-'));
  if (!mountSmallDisk(disk, 64)) return rmSync(disk, { recursive: true, force: true });
  const [sqlite] = stores;
  try {
    const data = await makeDataFolder(sqlite as (typeof stores)[number], { people: [], fill: addCustomers, path: disk });
    const killed = await startServer(data, 'upgrade-archived', [], later);
    expect(await killed.ended()).toBe('SIGKILL');
    const before = await stateOf(data);
    const ballast = fillDisk(disk, 300_000);
    const server = await startServer(data, undefined, [], later);
    expect(await untilSettled(server)).toMatchObject({ closed: { phase: 'failed', refusal: { code: 'database.full' } } });
    await server.stop();
    expect(await stateOf(data)).toBe(before);
    unlinkSync(ballast);
    expect(await tradepost(data.path, ['prove'], undefined, later)).toMatchObject({ code: 0, text: expect.stringContaining('upgraded') });
    expect(await newOnes(data)).toMatchObject({ birds: customers });
    expect(archivesIn(data)).toHaveLength(1);
  } finally {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});
