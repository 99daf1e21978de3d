import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { deleteRecord, purgeRecord, restoreRecord } from '../../server/engine/removeRecord.ts';
import { catalogue } from '../../shared/catalogue.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { defineRecord } from '../../shared/kernel/defineRecord.ts';
import { link, text } from '../../shared/kernel/fields.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';
import { expectProven, type Office, openOffice, stores } from './office.ts';

const [customer, contact] = [catalogue.get('customer'), catalogue.get('contact')];

describe.each(stores)('thrown away and brought back, on $name', (kind) => {
  let office: Office;
  let names = 0;

  beforeAll(async () => {
    office = await openOffice(kind);
  });
  afterEach(() => expectProven(office));
  afterAll(() => office.close());

  /** A customer with contacts of these names. */
  async function withContacts(...people: string[]): Promise<{ owner: StoredRecord; contacts: StoredRecord[] }> {
    names += 1;
    const owner = await office.create('wang', 'customer', { name: `回收站客户${names}` });
    const contacts: StoredRecord[] = [];
    for (const name of people) contacts.push(await office.create('wang', 'contact', { customer: owner.id, name }));
    return { owner, contacts };
  }
  const throwAway = (record: { type: string; id: number; version: number }) =>
    office.work('admin', (work) => deleteRecord(work, catalogue.get(record.type), record.id, record.version));
  const restore = (record: { type: string; id: number }) =>
    office.work('admin', (work) => restoreRecord(work, catalogue.get(record.type), record.id));
  const contactsOf = async (owner: StoredRecord, deleted = false) => {
    const filter = { field: 'customer', is: 'equal' as const, value: owner.id };
    const { rows } = await office.look('wang', (work) => listRecords(work, contact, { filter, deleted }));
    return rows.map((row) => row.values.name).sort();
  };
  const bin = () => office.look('wang', (work) => listRecords(work, customer, { deleted: true }));

  test('a customer goes with its contacts and comes back with exactly those', async () => {
    const { owner, contacts } = await withContacts('甲', '乙', '丙');
    await office.change('wang', contacts[1]!, { version: 1, values: { superior: contacts[0]!.id } });
    await throwAway(contacts[2]!);
    await throwAway(owner);
    expect(await contactsOf(owner)).toEqual([]);
    expect((await bin()).along?.[owner.id]).toEqual({ contact: 2 });
    await restore(owner);
    expect(await contactsOf(owner)).toEqual(['乙', '甲']);
    expect(await contactsOf(owner, true)).toEqual(['丙']);
    expect((await office.read('wang', 'contact', contacts[1]!.id)).values.superior).toBe(contacts[0]!.id);
  });

  test('thrown away twice, it brings back what went the second time', async () => {
    const { owner, contacts } = await withContacts('甲', '乙');
    await throwAway(owner);
    const back = await restore(owner);
    await throwAway({ type: 'contact', id: contacts[0]!.id, version: 3 });
    await throwAway(back);
    expect((await bin()).along?.[owner.id]).toEqual({ contact: 1 });
    await restore(owner);
    expect(await contactsOf(owner)).toEqual(['乙']);
  });

  test('documents protect a customer, and its contacts too', async () => {
    const { owner, contacts } = await withContacts('甲');
    const item = await office.create('admin', 'item', { name: `回收站商品${names}`, unit: '支', grossPrice: 1_000_000 });
    const lines = [{ item: item.id, quantity: 1_000_000, grossPrice: 1_000_000 }];
    const order = await office.create('wang', 'salesOrder', { customer: owner.id, contact: contacts[0]!.id }, { lines });
    await expect(throwAway(owner)).rejects.toMatchObject({ code: 'record.inUse', facts: { type: 'salesOrder', id: order.id } });
    await expect(throwAway(contacts[0]!)).rejects.toMatchObject({ code: 'record.inUse' });
    expect(await contactsOf(owner)).toEqual(['甲']);
    await throwAway(order);
    await throwAway(owner);
    expect(await contactsOf(owner)).toEqual([]);
  });

  test('a contact does not come back to a customer that lies in the recycle bin', async () => {
    const { owner, contacts } = await withContacts('甲');
    await throwAway(owner);
    await expect(restore(contacts[0]!)).rejects.toMatchObject({
      code: 'record.ownerDeleted',
      facts: { type: 'customer', title: owner.values.name },
    });
  });

  test('what is purged takes all its contacts along, also those thrown away before', async () => {
    const { owner, contacts } = await withContacts('甲', '乙');
    await throwAway(contacts[0]!);
    await throwAway(owner);
    await office.work('admin', (work) => purgeRecord(work, customer, owner.id));
    const left = await office.company.store.read((tx) => tx('contacts').where({ customer: owner.id }).select('id'));
    expect(left).toEqual([]);
    const deeds = await office.company.store.read((tx) =>
      tx('audit').where({ type: 'contact', action: 'purge' }).orderBy('seq').pluck('record_id'),
    );
    expect(deeds).toEqual(contacts.map(({ id }) => id));
  });
});

describe('what belongs to something', () => {
  const faultsOf = (field: ReturnType<typeof link>) => {
    const leaf = defineRecord({
      type: 'leaf',
      area: 'customers',
      title: 'name',
      visibility: { by: 'company' },
      fields: { name: text({ max: 20 }), tree: field },
    });
    const known = new Catalogue([...catalogue.definitions, leaf], catalogue.ledgers);
    return proveDefinitions(known).filter((fault) => fault.startsWith('leaf'));
  };

  test('belongs to one thing for good, and to nothing that belongs itself', () => {
    expect(faultsOf(link('customer', { required: true, owned: true }))).toEqual([]);
    expect(faultsOf(link('customer', { owned: true }))).toEqual(['leaf.fields.tree: what it belongs to may be missing']);
    expect(faultsOf(link('contact', { required: true, owned: true }))).toEqual(['leaf.fields.tree: contact belongs to another itself']);
  });
});
