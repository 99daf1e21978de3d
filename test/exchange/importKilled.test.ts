import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actorOf, systemActor } from '../../server/access/rights.ts';
import { openStore } from '../../server/database/openStore.ts';
import type { StorePlace } from '../../server/database/store.ts';
import { proveAudit } from '../../server/engine/audit.ts';
import { look } from '../../server/engine/transact.ts';
import { checkImport } from '../../server/features/exchange/import/checkImport.ts';
import { commitImport } from '../../server/features/exchange/import/commitImport.ts';
import { importStatus } from '../../server/features/exchange/import/importStatus.ts';
import { startImport } from '../../server/features/exchange/import/startImport.ts';
import { setUpCompany } from '../../server/features/setup/setUpCompany.ts';
import type { Company } from '../../server/work.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { stores } from '../stores/stores.ts';
import { sample } from './importing.ts';

describe.each(stores)('A server killed in the middle of an import, on $name', (kind) => {
  test('leaves nothing of it, and the import can be committed afterwards', async () => {
    const { place, remove } = await kind.newPlace();
    const folder = await mkdtemp(join(tmpdir(), 'tradepost-killed-'));
    await mkdir(join(folder, 'imports'));
    try {
      const before = await openCompany(place, folder);
      await before.store.migrate();
      const { administrator } = await setUpCompany(before, {
        administrator: { login: 'admin', name: '管理员', password: 'correct horse battery' },
        language: 'zh-CN',
        currency: 'CNY',
        taxRate: 130_000,
      });
      const actor = await actorOf(before, administrator);
      const id = await startImport(before, actor, { type: 'customer', name: 'c.xlsx', bytes: await sample('customers.xlsx') });
      await (await checkImport(before, actor, id, {})).finished;
      const entries = await countIn(before, 'dictionary_entries');
      await before.store.close();

      expect(await killMidway({ place, folder, user: administrator, import: id, rows: 3000 })).toBe('killed');

      const after = await openCompany(place, folder);
      for (const table of ['customers', 'contacts', 'import_records']) expect(await countIn(after, table)).toBe(0);
      expect(await countIn(after, 'dictionary_entries')).toBe(entries);
      expect(await look(after, systemActor(after), proveAudit)).toEqual([]);
      const again = await actorOf(after, administrator);
      expect((await importStatus(after, again, id)).state).toBe('checked');
      await (await commitImport(after, again, id, { decisions: { all: 'skip' }, existing: 'skip' })).finished;
      expect(await countIn(after, 'customers')).toBe(3000);
      await after.store.close();
    } finally {
      await rm(folder, { recursive: true, force: true });
      remove();
    }
  }, 120_000);
});

async function openCompany(place: StorePlace, folder: string): Promise<Company> {
  const store = await openStore(place);
  return {
    code: 'test',
    name: '远航商贸',
    folder,
    catalogue,
    store,
    timeZone: 'Asia/Shanghai',
    announce: () => undefined,
    report: (fault) => {
      throw fault;
    },
  };
}

/** Runs the commit in a process of its own and kills that as soon as it says that it is midway. */
function killMidway(task: object): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'importChild.ts'), JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said += String(piece);
      if (said.startsWith('midway')) child.kill('SIGKILL');
    });
    child.on('close', (_code, signal) => resolve(signal === 'SIGKILL' && !said.includes('finished') ? 'killed' : `ended with ${said}`));
  });
}

async function countIn(company: Company, table: string): Promise<number> {
  const [row] = (await company.store.read((tx) => tx(table).count({ count: '*' }))) as { count: number }[];
  return Number(row?.count ?? 0);
}
