import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../server/database/store.ts';
import { pickRecords } from '../../server/engine/list/pickRecords.ts';
import type { Actor, Company } from '../../server/work.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { buyer, catalogue, deal, fill } from './buyers.ts';
import { anActor, companyOn, lookAs } from './company.ts';
import { openWith, stores } from './stores.ts';

describe.each(stores)('the picker on $name', (kind) => {
  let store: Store;
  let company: Company;

  const pick = async (query: Parameters<typeof pickRecords>[2], actor: Actor = anActor(), definition: Definition = buyer) =>
    (await lookAs(company, actor, (work) => pickRecords(work, definition, query))).rows.map((row) => row.title);

  beforeAll(async () => {
    store = await openWith(kind, catalogue.definitions);
    company = companyOn(store, catalogue);
    await fill(store);
  });
  afterAll(() => store.close());

  test('the picker offers the exact code first, then what begins so, then what is found', async () => {
    expect(await pick({ text: 'c001' })).toEqual(['宏远贸易', 'Boeing']);
    expect(await pick({ text: '阿里' })).toEqual(['阿里巴巴']);
    expect(await pick({ text: 'bo' })).toEqual(['Boeing']);
    expect(await pick({ text: 'nothing' })).toEqual([]);
    expect(await pick({ text: '' })).toEqual(['Boeing', '阿里巴巴', '宏远贸易']);
    expect(await pick({ text: '', limit: 1 })).toEqual(['Boeing']);
    expect(await pick({ text: '', filter: { field: 'region', is: 'under', value: 1 } })).toEqual(['阿里巴巴', '宏远贸易']);
    expect(await pick({ text: '' }, anActor({ reach: () => 'own' }))).toEqual(['宏远贸易']);
  });

  test('the picker does not offer what is stopped, and narrows by what the form knows', async () => {
    expect(await pick({ text: '重庆' })).toEqual([]);
    expect(await pick({ text: '', context: { buyer: 2, warehouse: 7 } }, anActor(), deal)).toEqual(['D0002']);
    const { rows } = await lookAs(company, anActor(), (work) => pickRecords(work, buyer, { text: 'C002' }));
    expect(rows).toEqual([
      { id: 2, title: '阿里巴巴', code: 'C002', values: { code: 'C002', name: '阿里巴巴', region: 2 }, titles: { region: { 2: '上海' } } },
    ]);
  });
});
