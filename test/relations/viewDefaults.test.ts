import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeView, createView, deleteView, listViews, setViewDefaults } from '../../server/features/views/savedViews.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';

describe.each(stores)('The view a list begins with on $name', (kind) => {
  let office: Office;

  beforeEach(async () => {
    office = await openOffice(kind);
  });
  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const customers = () => office.company.catalogue.get('customer');
  const keep = (name: string, shared = true) =>
    office.work('zhou', (work) => createView(work, customers(), { name, shared, content: { search: name } }));
  const firstOf = async (who: string) =>
    (await office.look(who, (work) => listViews(work, customers()))).filter(({ isDefault }) => isDefault).map(({ name }) => name);
  const begin = (view: { id: number }, ...positions: number[]) =>
    office.work('admin', (work) => setViewDefaults(work, { type: 'customer', id: view.id }, positions));

  test('is the one set for a position one holds, one for each list; a position that is given another one leaves the first', async () => {
    const salesperson = await office.id('positions', { code: 'salesperson' });
    const manager = await office.id('positions', { code: 'salesManager' });
    const quiet = await keep('久未往来');
    const key = await keep('重点客户');
    await begin(quiet, salesperson, manager);
    expect([await firstOf('wang'), await firstOf('zhou'), await firstOf('chen')]).toEqual([['久未往来'], ['久未往来'], []]);
    await begin(key, salesperson);
    expect([await firstOf('wang'), await firstOf('zhou')]).toEqual([['重点客户'], ['久未往来']]);
    await office.work('zhou', (work) => deleteView(work, { type: 'customer', id: quiet.id }));
    expect(await firstOf('zhou')).toEqual([]);
  });

  test('is shared, and no longer anybody’s beginning once it is taken back', async () => {
    const salesperson = await office.id('positions', { code: 'salesperson' });
    const own = await keep('我的', false);
    await expect(begin(own, salesperson)).rejects.toMatchObject({ code: 'view.notShared' });
    const of = { type: 'customer', id: own.id };
    const shared = await office.work('zhou', (work) => changeView(work, { ...of, version: own.version }, { shared: true }));
    await begin(shared, salesperson);
    expect(await firstOf('wang')).toEqual(['我的']);
    await office.work('zhou', (work) => changeView(work, { ...of, version: shared.version }, { shared: false }));
    expect(await firstOf('wang')).toEqual([]);
    await expect(begin({ id: 999 }, salesperson)).rejects.toMatchObject({ code: 'record.notFound' });
  });
});
