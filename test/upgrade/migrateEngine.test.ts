import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemActor } from '../../server/access/rights.ts';
import { moveCompany } from '../../server/console/migrateEngine.ts';
import { openStore } from '../../server/database/openStore.ts';
import { writeAudit } from '../../server/engine/audit.ts';
import { transact } from '../../server/engine/transact.ts';
import { Companies } from '../../server/start/companies.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { openTrade, type Trade } from '../faults/trade.ts';
import { stores } from '../scenarios/office.ts';
import { type DataFolder, makeDataFolder } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import { newPostgresDatabase } from '../support/postgresDatabase.ts';

let data: DataFolder<Trade>;
let url: string;
const [sqlite] = stores;

beforeAll(async () => {
  data = await makeDataFolder(sqlite as (typeof stores)[number], {
    people: [],
    fill: async (office) => {
      const trade = await openTrade(office, 1_000);
      const { values, parts } = trade.draft(2);
      await office.step('wang', await office.create('wang', 'salesOrder', values, parts), 'approve');
      return trade;
    },
  });
  url = await newPostgresDatabase();
}, 120_000);
afterAll(() => data?.remove());

const companies = () => join(data.path, 'companies');
const engine = async (): Promise<string | undefined> => (await tradepost(data.path, ['company', 'list'])).text.trim().split('\t')[2];
const toPostgres = () => ['migrate-engine', '--engine', 'postgres', '--url', url];
const toSqlite = ['migrate-engine', '--engine', 'sqlite'];
const kept = (): string[] => readdirSync(companies()).filter((name) => name.startsWith('test.replaced_'));

/** Every row of the tables that tell most. */
async function rows(): Promise<string> {
  const isThere = existsSync(join(companies(), 'test', 'company.sqlite'));
  const store = await openStore(
    isThere ? { engine: 'sqlite', file: join(companies(), 'test', 'company.sqlite') } : { engine: 'postgres', url, schema: 'company_test' },
  );
  try {
    return await store.read(async (tx) => {
      const found = [];
      for (const table of ['moves', 'sales_orders', 'sales_order_lines', 'customers']) found.push(await tx(table).orderBy('id'));
      found.push(await tx('audit').orderBy('seq').select('seq', 'hash'), await tx('number_series').orderBy(['series', 'period']));
      return JSON.stringify(found);
    });
  } finally {
    await store.close();
  }
}

test('a company moves to PostgreSQL and back with every row, killed on the way too, and the old databases go when told', {
  timeout: 300_000,
}, async () => {
  const before = await rows();
  expect(await tradepost(data.path, ['migrate-engine'])).toMatchObject({ code: 2 });
  expect(await tradepost(data.path, [...toPostgres(), '--company', 'other'])).toMatchObject({ code: 1 });
  const running = await openStore(data.place);
  expect(await tradepost(data.path, toPostgres())).toMatchObject({ code: 1, text: expect.stringContaining('database.inUse') });
  await running.close();

  expect(await tradepost(data.path, toPostgres(), 'restore-loaded')).toMatchObject({ signal: 'SIGKILL' });
  expect([await engine(), kept()]).toEqual(['sqlite', []]);
  expect(await rows()).toBe(before);
  expect(await tradepost(data.path, toPostgres(), 'restore-put-aside')).toMatchObject({ signal: 'SIGKILL' });
  expect(await engine()).toBe('postgres');
  expect((await tradepost(data.path, toPostgres())).code).toBe(0);
  expect(await rows()).toBe(before);
  expect(kept()).toHaveLength(1);
  expect(await tradepost(data.path, ['prove'])).toMatchObject({ code: 0 });

  // The data there was before SQLite was left is kept, so the way back is not open yet.
  expect(await tradepost(data.path, toSqlite)).toMatchObject({ code: 1, text: expect.stringContaining('engine.oldKept') });
  expect((await tradepost(data.path, ['migrate-engine', '--drop-old'])).code).toBe(2);
  expect(kept()).toHaveLength(1);
  expect((await tradepost(data.path, ['migrate-engine', '--drop-old', '--yes'])).code).toBe(0);
  expect(kept()).toEqual([]);
  expect(await engine()).toBe('postgres');

  const back = await tradepost(data.path, toSqlite);
  expect(back).toMatchObject({ code: 0, text: expect.stringContaining('the old database is kept') });
  expect(await engine()).toBe('sqlite');
  expect(await rows()).toBe(before);
  expect(await tradepost(data.path, ['prove'])).toMatchObject({ code: 0 });
  expect((await tradepost(data.path, ['migrate-engine', '--drop-old', '--yes'])).code).toBe(0);
  const there = await openStore({ engine: 'postgres', url, schema: 'company_test' });
  expect(await there.read((tx) => tx.schema.hasTable('moves'))).toBe(false);
  await there.close();
});

test('whoever writes between the backup and the move stops it, and all stays as it was', { timeout: 120_000 }, async () => {
  const other = await makeDataFolder(sqlite as (typeof stores)[number], { people: [], fill: async () => 0 });
  const open = async (): Promise<Companies> => {
    const opened = await Companies.open({ dataFolder: other.path, catalogue, log: pino({ level: 'silent' }), announce: () => undefined });
    const close = opened.close.bind(opened);
    opened.close = async () => {
      const [company] = opened.list();
      if (company)
        await transact(company, systemActor(company), (work) => writeAudit(work, { action: 'setting', type: 'setting', recordId: 0 }));
      await close();
    };
    return opened;
  };
  const to = { kind: 'postgres', url: await newPostgresDatabase() } as const;
  await expect(moveCompany({ dataFolder: other.path, code: 'test', to, open, tell: () => undefined })).rejects.toMatchObject({
    code: 'engine.changed',
  });
  expect((await tradepost(other.path, ['company', 'list'])).text).toContain('sqlite');
  other.remove();
});
