import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { approvalSheet } from '../../server/features/trade/approvalSheet.ts';
import { catalogue as shipped } from '../../shared/catalogue.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import { isRequired } from '../../shared/kernel/fields.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';
import { item } from '../../shared/records/item.ts';
import { expectProven, type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from './shop.ts';

const refusedAt = (path: string) =>
  expect.objectContaining({ code: 'record.invalid', fields: [expect.objectContaining({ path, code: 'field.required' })] });

describe.each(stores)('The type of an item decides what it must have, on $name', (kind) => {
  let shop: Shop;
  let office: Office;

  beforeEach(async () => {
    shop = await openShop(kind);
    office = shop.office;
  });
  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  test('what is sold has a price; what is used up in the office or given away needs none', async () => {
    for (const itemType of ['goods', 'service', 'sparePart']) {
      const bare = { name: `无价 ${itemType}`, unit: '件', itemType };
      await expect(office.create('admin', 'item', bare), itemType).rejects.toEqual(refusedAt('grossPrice'));
      expect((await office.create('admin', 'item', { ...bare, grossPrice: 0 })).values.grossPrice).toBe(0);
    }
    for (const itemType of ['officeSupply', 'gift']) {
      expect((await office.create('admin', 'item', { name: `赠 ${itemType}`, unit: '件', itemType })).values.grossPrice).toBe(null);
    }
  });

  test('what we make ourselves has a standard cost', async () => {
    const made = { name: '自制托盘', unit: '只', origin: 'made', grossPrice: priced(30) };
    await expect(office.create('admin', 'item', made)).rejects.toEqual(refusedAt('standardCost'));
    const stored = await office.create('admin', 'item', { ...made, standardCost: priced(18) });
    expect((await office.read('wang', 'item', stored.id)).values).not.toHaveProperty('standardCost');
  });

  test('nobody is asked for a price who may not see prices', async () => {
    const bare = { name: '仓库自建', unit: '件' };
    const position = (await office.actor('chen')).fieldAccess('item', 'grossPrice');
    expect(position).toBe('hidden');
    const grants = (await office.actor('chen')).reach('item', 'create');
    const made = office.create('chen', 'item', bare);
    if (grants === 'none') await expect(made).rejects.toMatchObject({ code: 'access.denied' });
    else expect((await made).values.grossPrice).toBe(null);
  });

  test('a gift that becomes goods asks for its price; an old item without one may still be renamed', async () => {
    const gift = await office.create('admin', 'item', { name: '台历', unit: '本', itemType: 'gift' });
    await expect(office.change('admin', gift, { values: { itemType: 'goods' } })).rejects.toEqual(refusedAt('grossPrice'));
    const goods = await office.change('admin', gift, { values: { itemType: 'goods', grossPrice: priced(9) } });
    await expect(office.change('admin', goods, { values: { grossPrice: null } })).rejects.toEqual(refusedAt('grossPrice'));
    await office.company.store.write((tx) => tx('items').where({ id: gift.id }).update({ gross_price: null }));
    expect((await office.change('admin', goods, { values: { name: '新台历' } })).values.name).toBe('新台历');
  });

  test('the margin of what lies in no warehouse is measured by its standard cost', async () => {
    const fitting = await office.create('admin', 'item', {
      name: '上门安装',
      unit: '次',
      itemType: 'service',
      grossPrice: priced(200),
      standardCost: priced(80),
    });
    const order = await office.create(
      'wang',
      'salesOrder',
      { customer: shop.customer.id },
      { lines: [{ item: fitting.id, quantity: 2 * piece, grossPrice: priced(200), taxRate: 0 }] },
    );
    const sheet = await office.look('sun', (work) => approvalSheet(work, office.company.catalogue.get('salesOrder'), order.id));
    expect(sheet.lines[0]).toMatchObject({ cost: 160 * yuan, margin: 240 * yuan });
  });
});

test('the form marks the same fields as required', () => {
  const requiredFor = (values: Record<string, string>) =>
    Object.entries(item.fields).flatMap(([name, field]) => (isRequired(field, values) ? [name] : []));
  expect(requiredFor({ itemType: 'goods', origin: 'bought' })).toContain('grossPrice');
  expect(requiredFor({ itemType: 'gift', origin: 'bought' })).not.toContain('grossPrice');
  expect(requiredFor({ itemType: 'gift', origin: 'made' })).toContain('standardCost');
});

test('a condition that names no choice is a fault of the definition', () => {
  const definitions = shipped.definitions.map((definition) =>
    definition.type === 'item'
      ? {
          ...definition,
          fields: { ...definition.fields, remark: { kind: 'note' as const, max: 9, requiredWhen: { itemType: ['toy'], unit: ['x'] } } },
        }
      : definition,
  );
  const faults = proveDefinitions(new Catalogue(definitions, shipped.ledgers)).join('\n');
  expect(faults).toContain('it would be required by itemType toy, which does not exist');
  expect(faults).toContain('it would be required by unit, which does not exist');
});
