import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportRecords } from '../../server/features/exchange/export/exportRecords.ts';
import { importRows } from '../../server/features/exchange/import/importStatus.ts';
import { startJob } from '../../server/features/exchange/import/jobs.ts';
import { type Office, openOffice, stores } from '../scenarios/office.ts';
import { check, sheetOf, upload } from './importing.ts';

const sqlite = stores.find(({ name }) => name === 'sqlite')!;

describe('what an import is in doubt about', () => {
  let office: Office;
  const faults: unknown[] = [];

  beforeAll(async () => {
    office = await openOffice(sqlite);
    Object.assign(office.company, { report: (fault: unknown) => faults.push(fault) });
  });
  afterAll(() => office.close());

  const doubts = async (type: string, ...rows: (string | number)[][]): Promise<string> => {
    const id = await upload(office, 'admin', type, await sheetOf(...rows));
    await check(office, 'admin', id);
    return JSON.stringify(await importRows(office.company, await office.actor('admin'), id, {}));
  };

  test('a code that two rows claim', async () => {
    const answer = await doubts('customer', ['客户编号', '客户名称'], ['K-9', '甲方机械'], ['K-9', '乙方纺织']);
    expect(answer).toContain('import.codeTwice');
  });

  test('a row that is one customer by its code and another by its name', async () => {
    await office.create('admin', 'customer', { code: 'D-1', name: '东方机械' });
    await office.create('admin', 'customer', { code: 'X-1', name: '西方纺织' });
    expect(await doubts('customer', ['客户编号', '客户名称'], ['D-1', '西方纺织'])).toContain('import.twoMatches');
  });

  test('a tax rate that cannot be one', async () => {
    expect(await doubts('item', ['商品编码', '商品名称', '单位', '税率'], ['T-1', '怪税', '支', 250])).toContain('import.outOfRange');
  });

  test('a fault of ours is told as one, and goes to the log', async () => {
    const id = await upload(office, 'admin', 'customer', await sheetOf(['客户名称'], ['丙方'], ['丁方']));
    await rm(join(office.company.folder, 'imports'), { recursive: true });
    const answer = await check(office, 'admin', id);
    expect(answer).toMatchObject({ state: 'failed', problem: { code: 'import.fault' } });
    expect(faults).toHaveLength(1);
  });

  test('work that is told to stop stops at its next breath', async () => {
    let ended: unknown;
    const job = startJob(office.company, 1, 'checking', async ({ breathe }) => {
      try {
        for (;;) {
          await nextTurn();
          await breathe();
        }
      } catch (refusal) {
        ended = refusal;
      }
    });
    job.abort.abort();
    await job.finished;
    expect(ended).toMatchObject({ code: 'import.cancelled' });
  });

  test('a list beyond what a file can hold is not begun', { timeout: 120_000 }, async () => {
    const { id, stamps } = await office.create('admin', 'itemCategory', { name: '类' });
    expect(id).toBe(1);
    await office.company.store.write((tx) =>
      tx.raw(
        `insert into item_categories (name, name_sort, version, created_at, created_by, changed_at, changed_by)
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000)
         select 'c' || i, 'c' || i, 1, ?, 1, ?, 1 from n`,
        [stamps.createdAt, stamps.createdAt],
      ),
    );
    const request = { query: {}, format: 'csv', language: 'zh-CN' } as const;
    await expect(
      exportRecords(office.company, await office.actor('admin'), office.company.catalogue.get('itemCategory'), request),
    ).rejects.toMatchObject({
      code: 'export.tooMany',
      facts: { count: 200_001, most: 200_000 },
    });
  });
});
