import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUp, backupFolderOf } from '../../server/backup/backUp.ts';
import { check, commit, countOf, sheetOf, upload } from '../exchange/importing.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';

const rowsEach = 200;

describe.each(stores)('two imports, a backup and reports at the same time, on $name', (kind) => {
  let office: Office;
  let doors: Doors;

  beforeAll(async () => {
    office = await openOffice(kind);
    doors = await openDoors(office);
    mkdirSync(backupFolderOf(office.company));
  });
  afterAll(async () => {
    await doors.close();
    await office.close();
  });

  test('let a person go on saving meanwhile, and all of it is there afterwards', { timeout: 120_000 }, async () => {
    const before = await countOf(office, 'customers');
    const ids: number[] = [];
    for (const name of ['甲', '乙']) {
      const rows = Array.from({ length: rowsEach }, (_, index) => [`${name}第${index}贸易有限公司`]);
      const id = await upload(office, 'admin', 'customer', await sheetOf(['客户名称'], ...rows));
      await check(office, 'admin', id);
      ids.push(id);
    }
    const [wang, sun] = [await doors.enter('wang'), await doors.enter('sun')];
    let isBusy = true;
    const imports = Promise.all(ids.map((id) => commit(office, 'admin', id, { decisions: { all: 'take' } })));
    const backup = backUp(office.company, { kind: 'manual' });
    const busy = Promise.all([imports, backup]).finally(() => {
      isBusy = false;
    });
    const saved: number[] = [];
    const asked: number[] = [];
    const save = async () => {
      for (let turn = 0; isBusy; turn += 1) {
        const { status } = await doors.call('POST', '/api/records/customer', {
          token: wang,
          body: { values: { name: `手工录入 ${turn}` } },
        });
        saved.push(status);
      }
    };
    const report = async () => {
      while (isBusy) asked.push((await doors.call('POST', '/api/reports/salesSummary', { token: sun, body: {} })).status);
    };
    await Promise.all([busy, save(), report()]);
    expect(await imports).toMatchObject([{ state: 'done' }, { state: 'done' }]);
    expect((await backup).rows).toBeGreaterThan(0);
    expect(saved.length).toBeGreaterThan(2);
    expect(saved.filter((status) => status !== 201)).toEqual([]);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((status) => status !== 200)).toEqual([]);
    expect(await countOf(office, 'customers')).toBe(before + 2 * rowsEach + saved.length);
    await expectProven(office);
  });
});
