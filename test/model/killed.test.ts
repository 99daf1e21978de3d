import { fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../server/access/rights.ts';
import { look } from '../../server/engine/transact.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { randomFrom } from '../faults/trade.ts';
import { stores } from '../scenarios/office.ts';
import { beside, type DataFolder, findingsIn, makeDataFolder } from '../support/childServer.ts';
import { openMarket } from './market.ts';
import { allPapers, differences, oddValues, PlainBooks } from './plainBooks.ts';
import { costDifferences } from './plainCosts.ts';
import type { Walk } from './walk.ts';

/** The same walk every time; `TRADEPOST_SEED` begins another one. */
const seed = Number(process.env.TRADEPOST_SEED ?? 20_261_122);
/** The long form of this test turns these up. */
const rounds: Record<string, number> = { sqlite: 6, postgres: 3 };

describe.each(stores)('Random business that is killed again and again, on $name', { timeout: 600_000 }, (kind) => {
  let data: DataFolder<Walk['pool']>;

  beforeAll(async () => {
    data = await makeDataFolder(kind, { people: [], fill: openMarket });
  }, 120_000);
  afterAll(() => data.remove());

  test(`keeps what was confirmed, and its books agree (seed ${seed})`, async () => {
    console.log(`random business killed, ${kind.name}: TRADEPOST_SEED=${seed}`);
    const random = randomFrom(seed);
    const confirmed = new Map<string, number>();
    for (let round = 0; round < (rounds[kind.name] ?? 1); round += 1) {
      await walkUntilKilled(data, { seed: seed + round, aliveMs: 700 + random() * 2500, confirmed });
      expect(await findingsIn(data)).toEqual([]);
      expect(await booksOf(data, confirmed)).toEqual({ lost: [], differences: [], values: [], costs: [] });
    }
    expect(confirmed.size).toBeGreaterThan(20);
  });
});

async function walkUntilKilled(
  data: DataFolder<Walk['pool']>,
  of: { seed: number; aliveMs: number; confirmed: Map<string, number> },
): Promise<void> {
  const task = { place: data.place, folder: data.path, seed: of.seed, pool: data.filled };
  const child = fork(fileURLToPath(new URL('./walkChild.ts', import.meta.url)), [JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const ended = new Promise<string | number>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)));
  const ready = new Promise<void>((resolve) => child.once('message', () => resolve()));
  child.on('message', (told: { key?: string; version?: number }) => {
    if (told.key) of.confirmed.set(told.key, Math.max(told.version ?? 0, of.confirmed.get(told.key) ?? 0));
  });
  await Promise.race([ready, ended]);
  await sleep(of.aliveMs);
  child.kill('SIGKILL');
  expect(await ended, said).toBe('SIGKILL');
}

function booksOf(data: DataFolder<unknown>, confirmed: ReadonlyMap<string, number>) {
  return beside(data, async (store) => {
    const place = { code: 'test', name: '', folder: '', catalogue, store, timeZone: 'Asia/Shanghai' };
    const company = { ...place, announce: () => undefined, report: () => undefined };
    return look(company, systemActor(company), async (work) => {
      const all = await allPapers(work);
      const versions = new Map(all.map((document) => [`${document.type}:${document.id}`, document.version]));
      const services = new Set((await work.tx('items').where({ item_type: 'service' }).pluck('id')) as number[]);
      return {
        lost: [...confirmed].filter(([key, version]) => (versions.get(key) ?? 0) < version).map(([key]) => key),
        differences: await differences(work, new PlainBooks(all, services)),
        values: await oddValues(work),
        costs: await costDifferences(work, all, services),
      };
    });
  });
}
