import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ClosedCompany } from '../../shared/contracts/upgrades.ts';
import type { Office } from '../scenarios/office.ts';
import { beside, type DataFolder } from '../support/childServer.ts';
import type { Api } from '../support/server.ts';

const preload = pathToFileURL(fileURLToPath(new URL('./laterProgram.ts', import.meta.url))).href;

/** The environment in which the program is a later one. */
export const later: NodeJS.ProcessEnv = { NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${preload}` };
export const laterAndBroken: NodeJS.ProcessEnv = { ...later, LATER_IS_BROKEN: 'yes' };
export const laterAndLarge: NodeJS.ProcessEnv = { ...later, LATER_IS_LARGE: 'yes' };

export const customers = 3000;

/** Some thousand customers, as an import would leave them. */
export const addCustomers = (office: Office): Promise<void> =>
  office.company.store.write(async (tx) => {
    const at = '2026-01-01T00:00:00.000Z';
    const row = (index: number) => ({ version: 1, name: `客户 ${index}`, created_at: at, created_by: 1, changed_at: at, changed_by: 1 });
    for (let start = 0; start < customers; start += 500)
      await tx('customers').insert(Array.from({ length: 500 }, (_, index) => row(start + index)));
  });

/** All that an upgrade changes, as one text: which tables there are, and the rows that it writes, with all their columns. */
export const stateOf = (data: DataFolder<unknown>): Promise<string> =>
  beside(data, (store) =>
    store.read(async (tx) => {
      const hash = createHash('sha256');
      for (const table of ['birds', 'birds_search']) hash.update(String(await tx.schema.hasTable(table)));
      for (const [table, key] of Object.entries(keys)) hash.update(JSON.stringify(await tx(table).orderBy(key)));
      return hash.digest('hex');
    }),
  );

const keys = { customers: 'id', migrations: 'number', backups: 'id', audit: 'seq', settings: 'key' };

/** Every file of a company and its bytes, but what says who holds the database. */
export function bytesIn(folder: string): Record<string, string> {
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => !/\.sqlite-shm$|\.lock(-journal)?$/.test(name));
  const files = names.filter((name) => statSync(join(folder, name)).isFile()).sort();
  return Object.fromEntries(
    files
      // An empty log of writes says nothing.
      .filter((name) => !(name.endsWith('-wal') && statSync(join(folder, name)).size === 0))
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );
}

type AtTheDoor = { code: string; closed?: ClosedCompany };

/** What the door says of the company. */
export const atTheDoor = async (api: Api): Promise<AtTheDoor> => {
  const { companies } = (await api.call('GET', '/api/state')).body as unknown as { companies: AtTheDoor[] };
  return companies.find(({ code }) => code === 'test') ?? { code: 'none' };
};

/** Waits until the company is open, or stays closed. */
export async function untilSettled(api: Api): Promise<AtTheDoor> {
  for (;;) {
    const company = await atTheDoor(api);
    if (!company.closed || company.closed.phase === 'failed') return company;
    await sleep(30);
  }
}
