import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../server/database/store.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { pickRecords } from '../../server/engine/list/pickRecords.ts';
import type { Actor, Company } from '../../server/work.ts';
import type { Filter, ListQuery } from '../../shared/contracts/wire.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { buyer, catalogue, deal, fill, region, stamps } from './buyers.ts';
import { anActor, companyOn, lookAs } from './company.ts';
import { openWith, stores } from './stores.ts';

describe.each(stores)('lists on $name', (kind) => {
  let store: Store;
  let company: Company;

  const list = (definition: Definition, query: ListQuery, actor: Actor = anActor()) =>
    lookAs(company, actor, (work) => listRecords(work, definition, query));
  const names = async (query: ListQuery, actor?: Actor) =>
    (await list(buyer, { fields: ['name'], ...query }, actor)).rows.map((row) => row.values.name);
  const where = (filter: Filter) => names({ filter });
  const pick = async (query: Parameters<typeof pickRecords>[2], actor: Actor = anActor(), definition: Definition = buyer) =>
    (await lookAs(company, actor, (work) => pickRecords(work, definition, query))).rows.map((row) => row.title);

  beforeAll(async () => {
    store = await openWith(kind, catalogue.definitions);
    company = companyOn(store, catalogue);
    await fill(store);
  });
  afterAll(() => store.close());

  test('names stand in the order of a phone book, whatever script they are in', async () => {
    expect(await names({})).toEqual(['Boeing', '阿里巴巴', '重庆火锅', '宏远贸易']);
    expect(await names({ sort: [{ field: 'name', direction: 'descending' }] })).toEqual(['宏远贸易', '重庆火锅', '阿里巴巴', 'Boeing']);
  });

  test('what is missing stands last, and first when the order is turned', async () => {
    expect(await names({ sort: [{ field: 'credit', direction: 'ascending' }] })).toEqual(['宏远贸易', '阿里巴巴', 'Boeing', '重庆火锅']);
    expect(await names({ sort: [{ field: 'credit', direction: 'descending' }] })).toEqual(['重庆火锅', 'Boeing', '阿里巴巴', '宏远贸易']);
  });

  test('a link is sorted by the name of what it points to', async () => {
    expect(await names({ sort: [{ field: 'region', direction: 'ascending' }] })).toEqual(['Boeing', '宏远贸易', '阿里巴巴', '重庆火锅']);
  });

  test.each([
    ['name', 'ascending'],
    ['credit', 'ascending'],
    ['credit', 'descending'],
    ['region', 'descending'],
  ] as const)('pages by %s %s follow each other without a gap or a repetition', async (field, direction) => {
    const query: ListQuery = { sort: [{ field, direction }], fields: ['name'], limit: 1 };
    const whole = await names({ ...query, limit: 500 });
    const seen: unknown[] = [];
    for (let after: string | null = null, page = 0; page < 10; page += 1) {
      const answer = await list(buyer, { ...query, ...(after ? { after } : {}) });
      seen.push(...answer.rows.map((row) => row.values.name));
      after = answer.next;
      if (!after) break;
    }
    expect(seen).toEqual(whole);
  });

  test('a cursor that was made for another order, or by hand, is refused', async () => {
    const { next } = await list(buyer, { limit: 1 });
    await expect(list(buyer, { after: next!, sort: [{ field: 'code', direction: 'ascending' }] })).rejects.toMatchObject({
      code: 'list.badCursor',
    });
    const forged = [['+name,+id', 'a', 'b'], ['+name,+id', 7, 1], ['+name,+id', 'a'], ['+name,+id', 'a', 1.5], {}, 'x'].map((one) =>
      Buffer.from(JSON.stringify(one)).toString('base64url'),
    );
    for (const after of [...forged, '', '%%%', "' or 1=1"])
      await expect(list(buyer, { after })).rejects.toMatchObject({ code: 'list.badCursor' });
  });

  test('a page brings the names of what it links to', async () => {
    const answer = await list(buyer, { fields: ['name', 'region', 'region.parent'], limit: 2 });
    expect(answer.titles).toEqual({ region: { 1: '华东', 2: '上海', 4: '华北' } });
    expect(answer.rows[1]?.values).toEqual({ name: '阿里巴巴', region: 2, 'region.parent': 1 });
    expect(answer.next).not.toBeNull();
  });

  test('every kind of question finds what it means', async () => {
    expect(await where({ field: 'code', is: 'equal', value: 'C002' })).toEqual(['阿里巴巴']);
    expect(await where({ field: 'credit', is: 'greater', value: 150 })).toEqual(['Boeing', '阿里巴巴']);
    expect(await where({ field: 'credit', is: 'between', value: [100, 200] })).toEqual(['阿里巴巴', '宏远贸易']);
    expect(await where({ field: 'credit', is: 'notEqual', value: 100 })).toEqual(['Boeing', '阿里巴巴', '重庆火锅']);
    expect(await where({ field: 'region', is: 'in', value: [2, 4] })).toEqual(['Boeing', '阿里巴巴']);
    expect(await where({ field: 'region', is: 'in', value: [] })).toEqual([]);
    expect(await where({ field: 'remark', is: 'empty' })).toEqual(['Boeing', '重庆火锅']);
    expect(await where({ field: 'remark', is: 'filled' })).toEqual(['阿里巴巴', '宏远贸易']);
    expect(await where({ field: 'stopped', is: 'equal', value: true })).toEqual(['重庆火锅']);
    expect(await where({ field: 'name', is: 'startsWith', value: 'boE' })).toEqual(['Boeing']);
    expect(await where({ field: 'region.name', is: 'equal', value: '上海' })).toEqual(['阿里巴巴']);
    expect(await where({ field: 'createdAt', is: 'less', value: '2026-01-02T00:00:00Z' })).toHaveLength(4);
    expect(
      await where({
        any: [
          { field: 'code', is: 'equal', value: 'C001' },
          { field: 'code', is: 'equal', value: 'C003' },
        ],
      }),
    ).toEqual(['重庆火锅', '宏远贸易']);
    expect(await where({ all: [] })).toHaveLength(4);
    expect(await where({ any: [] })).toEqual([]);
  });

  test('the opposite of a question finds everything the question leaves out', async () => {
    const question: Filter = {
      all: [
        { field: 'credit', is: 'less', value: 250 },
        { field: 'region', is: 'filled' },
      ],
    };
    expect(await where({ not: question })).toEqual(['Boeing', '重庆火锅']);
    expect(await where({ not: { not: question } })).toEqual(['阿里巴巴', '宏远贸易']);
  });

  test('a branch of a tree holds everything below it', async () => {
    expect(await where({ field: 'region', is: 'under', value: 1 })).toEqual(['阿里巴巴', '宏远贸易']);
    expect(await where({ field: 'region', is: 'under', value: 3 })).toEqual(['宏远贸易']);
    const branch = await list(region, { fields: ['name'], filter: { field: 'id', is: 'under', value: 2 } });
    expect(branch.rows.map((row) => row.values.name)).toEqual(['浦东', '上海']);
    await expect(where({ field: 'version', is: 'under', value: 1 })).rejects.toMatchObject({ code: 'list.unknownOperator' });
  });

  test('a document is found by what stands in its lines', async () => {
    const found = await list(deal, { fields: ['number'], filter: { field: 'lines.good', is: 'equal', value: 3 } });
    expect(found.rows.map((row) => [row.values.number, row.state])).toEqual([['D0001', 'draft']]);
    await expect(list(deal, { fields: ['lines.good'] })).rejects.toMatchObject({ code: 'list.unknownField' });
    await expect(list(deal, { sort: [{ field: 'lines.good', direction: 'ascending' }] })).rejects.toMatchObject({
      code: 'list.unknownField',
    });
  });

  test('signs that mean something to a database are only signs', async () => {
    expect(await where({ field: 'remark', is: 'contains', value: '0%_o' })).toEqual(['宏远贸易']);
    expect(await where({ field: 'remark', is: 'contains', value: '\\' })).toEqual([]);
    expect(await where({ field: 'remark', is: 'contains', value: '!' })).toEqual([]);
    expect(await names({ search: '%_' })).toEqual([]);
    expect(await names({ search: `\\'"*:&|` })).toEqual([]);
  });

  test('text that cannot be text is refused', async () => {
    for (const bad of ['\uD800', 'a\0b', 'x'.repeat(10_000)]) {
      await expect(names({ search: bad })).rejects.toMatchObject({ code: 'list.badText' });
      await expect(where({ field: 'name', is: 'contains', value: bad })).rejects.toMatchObject({ code: 'list.badText' });
      await expect(where({ field: 'name', is: 'in', value: [bad] })).rejects.toMatchObject({ code: 'list.badText' });
      await expect(pick({ text: bad })).rejects.toMatchObject({ code: 'list.badText' });
    }
  });

  test('names that are no fields are refused, however they are spelt', async () => {
    for (const field of [
      'name;--',
      '(select 1)',
      'constructor',
      '__proto__',
      'buyers.name',
      'region.name.x',
      'region.',
      '.name',
      'nearKey',
      'name_sort',
      'lines.id',
      '',
    ]) {
      await expect(names({ sort: [{ field, direction: 'ascending' }] })).rejects.toMatchObject({ code: 'list.unknownField' });
      await expect(where({ field, is: 'empty' })).rejects.toMatchObject({ code: 'list.unknownField' });
      await expect(names({ fields: [field] })).rejects.toMatchObject({ code: 'list.unknownField' });
    }
  });

  test('questions that make no sense for a field are refused', async () => {
    const refused = (filter: unknown, code: string) => expect(where(filter as Filter)).rejects.toMatchObject({ code });
    await refused({ field: 'credit', is: 'contains', value: '1' }, 'list.unknownOperator');
    await refused({ field: 'credit', is: 'or 1=1', value: 1 }, 'list.unknownOperator');
    await refused({ field: 'credit', is: 'equal', value: '1' }, 'list.badValue');
    await refused({ field: 'credit', is: 'equal', value: 0.5 }, 'list.badValue');
    await refused({ field: 'credit', is: 'equal', value: null }, 'list.badValue');
    await refused({ field: 'credit', is: 'between', value: [1] }, 'list.badValue');
    await refused({ field: 'name', is: 'equal', value: { a: 1 } }, 'list.badValue');
    await refused({ field: 'createdAt', is: 'less', value: 'yesterday' }, 'list.badValue');
    await expect(list(deal, { filter: { field: 'day', is: 'equal', value: '2026-02-30' } })).rejects.toMatchObject({
      code: 'list.badValue',
    });
    await expect(list(deal, { filter: { field: 'kind', is: 'equal', value: 'other' } })).rejects.toMatchObject({ code: 'list.badValue' });
  });

  test('a question too deep or too long is refused', async () => {
    const one: Filter = { field: 'code', is: 'filled' };
    let deep: Filter = one;
    for (let level = 0; level < 20; level += 1) deep = { not: deep };
    await expect(where(deep)).rejects.toMatchObject({ code: 'list.tooComplex' });
    await expect(where({ any: Array.from({ length: 200 }, () => one) })).rejects.toMatchObject({ code: 'list.tooComplex' });
    await expect(
      names({ sort: ['code', 'name', 'credit', 'region', 'remark'].map((field) => ({ field, direction: 'ascending' as const })) }),
    ).rejects.toMatchObject({ code: 'list.tooComplex' });
  });

  test('what a person may not see is neither shown, asked, sorted nor summed', async () => {
    const blind = anActor({ fieldAccess: (type, path) => (type === 'buyer' && ['credit', 'phone'].includes(path) ? 'hidden' : 'write') });
    const answer = await list(buyer, { totals: true }, blind);
    expect(Object.keys(answer.rows[0]?.values ?? {})).toEqual(['code', 'name', 'region', 'stopped', 'remark', 'owner', 'department']);
    expect(answer.sums).toEqual({});
    await expect(list(buyer, { fields: ['credit'] }, blind)).rejects.toMatchObject({ code: 'list.unknownField' });
    await expect(list(buyer, { filter: { field: 'credit', is: 'filled' } }, blind)).rejects.toMatchObject({ code: 'list.unknownField' });
    await expect(list(buyer, { sort: [{ field: 'credit', direction: 'ascending' }] }, blind)).rejects.toMatchObject({
      code: 'list.unknownField',
    });
    await expect(list(deal, { fields: ['buyer.credit'] }, blind)).rejects.toMatchObject({ code: 'list.unknownField' });
  });

  test('a search does not betray a number that a person may not see', async () => {
    const blind = anActor({ fieldAccess: (type, path) => (type === 'buyer' && path === 'phone' ? 'hidden' : 'write') });
    expect(await names({ search: '1380013' })).toEqual(['宏远贸易']);
    expect(await names({ search: '1380013' }, blind)).toEqual([]);
    expect(await names({ search: 'hymy' }, blind)).toEqual(['宏远贸易']);
    expect(await pick({ text: '1380013' }, blind)).toEqual([]);
    expect((await list(deal, { search: '1380013' }, blind)).rows).toEqual([]);
  });

  test('a person sees own records only, and of others nothing through links', async () => {
    const seller = anActor({ userId: 1, reach: (type) => (type === 'region' ? 'all' : 'own') });
    expect(await names({}, seller)).toEqual(['重庆火锅', '宏远贸易']);
    const other = anActor({ userId: 2, reach: (type) => (type === 'region' ? 'all' : 'own') });
    const deals = await list(
      deal,
      { fields: ['number', 'buyer', 'buyer.credit'], sort: [{ field: 'number', direction: 'ascending' }] },
      other,
    );
    expect(deals.rows.map((row) => row.values)).toEqual([
      { number: 'D0002', buyer: 2, 'buyer.credit': 200 },
      { number: 'D0003', buyer: 1, 'buyer.credit': null },
    ]);
    expect(deals.titles.buyer).toEqual({ 1: '宏远贸易', 2: '阿里巴巴' });
  });

  test('totals are exact, and money of two currencies is not added up', async () => {
    expect(await list(buyer, { totals: true, limit: 1 })).toMatchObject({ count: 4, sums: { credit: 600 } });
    expect(await list(deal, { totals: true, fields: ['total'] })).toMatchObject({ count: 3, sums: {} });
    const oneCurrency: Filter = { field: 'currency', is: 'equal', value: 1 };
    expect(await list(deal, { totals: true, fields: ['total'], filter: oneCurrency })).toMatchObject({ count: 2, sums: { total: 1500 } });
    expect(await list(deal, { totals: true, fields: ['total'], filter: { any: [] } })).toMatchObject({ count: 0, sums: { total: 0 } });
    expect((await list(buyer, {})).count).toBeUndefined();
  });

  test('words, pinyin, initials and codes find a name, and a document by its buyer', async () => {
    for (const search of ['宏远', '远贸', 'hongyuan', 'hymy', 'c001', '宏远 C001']) expect(await names({ search })).toContain('宏远贸易');
    expect(await names({ search: 'cq' })).toEqual(['重庆火锅']);
    expect(await names({ search: '宏远 C002' })).toEqual([]);
    const deals = await list(deal, { fields: ['number'], search: '阿里' });
    expect(deals.rows.map((row) => row.values.number)).toEqual(['D0002']);
  });

  test('the recycle bin is a list of its own', async () => {
    await store.write(async (tx) => void (await tx('regions').where({ id: 4 }).update({ deleted_at: stamps.at })));
    const bin = await list(region, { deleted: true, fields: ['name', 'deletedAt'] });
    expect(bin.rows.map((row) => row.values)).toEqual([{ name: '华北', deletedAt: stamps.at }]);
    await store.write(async (tx) => void (await tx('regions').where({ id: 4 }).update({ deleted_at: null })));
  });

  test('what others shared with me is a list of its own', async () => {
    const share = { type: 'buyer', record_id: 4, user: 1, access: 'read', shared_by: 3, at: stamps.at };
    await store.write(async (tx) => void (await tx('shares').insert(share)));
    expect(await names({ sharedWithMe: true })).toEqual(['Boeing']);
    await store.write(async (tx) => void (await tx('shares').delete()));
  });
});
