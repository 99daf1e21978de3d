import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { trimDefinitions } from '../../server/access/trim.ts';
import { propose } from '../../server/engine/become.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { pickRecords } from '../../server/engine/list/pickRecords.ts';
import { versionsOf } from '../../server/engine/versions.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';
import { madeUpCatalogue as catalogue, machineHire } from './madeUp.ts';
import { expectProven, type Office, openOffice, stores } from './office.ts';

describe.each(stores)('One definition gives everything, on $name', (kind) => {
  let office: Office;
  let customer: number;

  beforeEach(async () => {
    office = await openOffice(kind, catalogue);
    customer = (await office.create('admin', 'customer', { name: '广东顺达工程有限公司' })).id;
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const hire = () =>
    office.create(
      'admin',
      'machineHire',
      { customer, machine: '挖掘机', deposit: 500_00 },
      {
        lines: [
          { days: 3_000_000, rate: 80_000 },
          { days: 1_000_000, rate: 60_000 },
        ],
      },
    );

  test('the made-up type is proven like any other', () => {
    expect(proveDefinitions(catalogue)).toEqual([]);
  });

  test('it is stored with number, sum, rows and an audit row', async () => {
    const stored = await hire();
    expect(stored.values).toMatchObject({ number: expect.stringMatching(/^MH\d{4}-001$/), total: 300_000, condition: 'used' });
    const read = await office.read('admin', 'machineHire', stored.id);
    expect(read.parts.lines?.map((line) => line.rate)).toEqual([80_000, 60_000]);
    expect(read.titles.customer?.[customer]).toBe('广东顺达工程有限公司');
    const versions = await office.look('admin', (work) => versionsOf(work, machineHire, stored.id));
    expect(versions.map((version) => version.action)).toEqual(['create']);
  });

  test('it is listed, sorted, filtered, summed and found by words, pinyin and its customer', async () => {
    const stored = await hire();
    const list = (query: object) => office.look('admin', (work) => listRecords(work, machineHire, query));
    expect(await list({ totals: true, filter: { field: 'total', is: 'greater', value: 299_999 } })).toMatchObject({
      count: 1,
      sums: { total: 300_000 },
    });
    for (const search of ['挖掘', 'wjj', stored.values.number as string, 'gdsd'])
      expect((await list({ search })).rows.map((row) => row.id)).toEqual([stored.id]);
    expect((await list({ search: '推土' })).rows).toEqual([]);
    expect((await office.look('admin', (work) => pickRecords(work, machineHire, { text: 'wjj' }))).rows.map((row) => row.id)).toEqual([
      stored.id,
    ]);
  });

  test('its steps, states and locks hold', async () => {
    const stored = await hire();
    const agreed = await office.step('admin', stored, 'agree');
    await expect(office.change('admin', agreed, { values: { machine: '推土机' } })).rejects.toMatchObject({
      code: 'record.locked',
      fields: [{ path: 'machine' }],
    });
    expect((await office.change('admin', agreed, { values: { condition: 'new' } })).values.condition).toBe('new');
    await expect(office.step('admin', { ...agreed, version: agreed.version + 1 }, 'agree')).rejects.toMatchObject({ code: 'step.notNow' });
  });

  test('its secret field is absent for people without the right, and nobody without a grant sees it at all', async () => {
    const stored = await hire();
    await expect(office.read('chen', 'machineHire', stored.id)).rejects.toMatchObject({ code: 'record.notFound' });
    const owner = await office.actor('sun');
    expect(trimDefinitions(owner, catalogue).find((definition) => definition.type === 'machineHire')).toBeUndefined();
    const admin = trimDefinitions(await office.actor('admin'), catalogue).find((definition) => definition.type === 'machineHire');
    expect(Object.keys(admin?.fields ?? {})).toEqual(
      expect.arrayContaining(['number', 'customer', 'machine', 'deposit', 'total', 'owner']),
    );
  });

  test('nothing becomes of it unless its definition says so', async () => {
    const stored = await hire();
    const attempt = office.look('admin', (work) => propose(work, catalogue.get('receipt'), [{ type: 'machineHire', id: stored.id }]));
    await expect(attempt).rejects.toMatchObject({ code: 'flow.noWay' });
  });
});
