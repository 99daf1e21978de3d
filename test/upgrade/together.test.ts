import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stores } from '../stores/stores.ts';
import { beside, type DataFolder, findingsIn, makeDataFolder, type RunningServer, startServer } from '../support/childServer.ts';
import { addCustomers, atTheDoor, customers, later } from './later.ts';

const [, postgres] = stores;

const open: RunningServer[] = [];
const homes: DataFolder<unknown>[] = [];
afterAll(async () => {
  await Promise.all(open.map((server) => server.kill().catch(() => undefined)));
  for (const home of homes) home.remove();
});

let data: DataFolder<void>;
beforeAll(async () => {
  if (!postgres) throw new Error('There is no second engine');
  data = await makeDataFolder(postgres, { people: ['wang'], fill: addCustomers });
  homes.push(data);
}, 120_000);

async function start(...of: Parameters<typeof startServer> extends [unknown, ...infer Rest] ? Rest : never): Promise<RunningServer> {
  const server = await startServer(data, ...of);
  open.push(server);
  return server;
}

/** The phases that the door tells of until the company is open. */
async function phasesAt(server: RunningServer): Promise<Set<string>> {
  const seen = new Set<string>();
  for (;;) {
    const { closed } = await atTheDoor(server);
    if (!closed) return seen;
    if (closed.phase === 'failed') throw new Error(JSON.stringify(closed.refusal));
    seen.add(closed.phase);
    await sleep(10);
  }
}

const upgradedIn = () =>
  beside(data, (store) =>
    store.read(async (tx) => ({
      birds: Number(((await tx('birds').count({ count: '*' }).first()) as { count: number }).count),
      lines: (await tx('audit').where({ action: 'upgrade' }).pluck('seq')).length,
      backups: (await tx('backups').where({ kind: 'upgrade' }).pluck('name')).length,
    })),
  );
const archives = (): string[] =>
  readdirSync(join(data.path, 'companies', 'test', 'backups')).filter((name) => name.includes('before-upgrade'));

test('one of two processes begins an upgrade and dies in it: the one that waited does it', { timeout: 180_000 }, async () => {
  const first = await start('upgrade-before-commit', [], later);
  while (!['archiving', 'proving'].includes((await atTheDoor(first)).closed?.phase ?? '')) await sleep(5);
  const second = await start(undefined, [], later);
  expect((await atTheDoor(second)).closed).toMatchObject({ phase: 'waiting' });
  expect(await first.ended()).toBe('SIGKILL');
  expect([...(await phasesAt(second))]).toContain('changing');
  expect(await upgradedIn()).toEqual({ birds: customers, lines: 1, backups: 1 });
  expect(archives()).toHaveLength(1);
  await second.stop();
});

test('two processes that find older data at the same moment: exactly one upgrades it, both serve it then', {
  timeout: 180_000,
}, async () => {
  if (!postgres) throw new Error('There is no second engine');
  data = await makeDataFolder(postgres, { people: ['wang'], fill: addCustomers });
  homes.push(data);
  const servers = await Promise.all([start(undefined, [], later), start(undefined, [], later)]);
  const phases = await Promise.all(servers.map(phasesAt));
  const working = phases.filter((seen) => ['archiving', 'proving', 'changing'].some((phase) => seen.has(phase)));
  expect(working).toHaveLength(1);
  for (const server of servers) {
    const made = await server.call('GET', '/api/session', { token: data.tokens.wang });
    expect(made.status).toBe(200);
  }
  expect(await upgradedIn()).toEqual({ birds: customers, lines: 1, backups: 1 });
  expect(archives()).toHaveLength(1);
  await Promise.all(servers.map((server) => server.stop()));
  expect(await findingsIn(data)).toEqual([]);
});
