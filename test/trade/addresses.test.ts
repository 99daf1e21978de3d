import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { followingLink, suggestedFrom } from '../../app/renderer/documents/form/suggestions.ts';
import { trimDefinitions } from '../../server/access/trim.ts';
import { printDocument } from '../../server/features/printing/data/printDocument.ts';
import { closePrinting, renderPdf } from '../../server/features/printing/renderPdf.ts';
import { catalogue as shipped } from '../../shared/catalogue.ts';
import type { DefinitionAnswer, RecordAnswer } from '../../shared/contracts/wire.ts';
import { Catalogue } from '../../shared/kernel/catalogue.ts';
import type { Suggestion } from '../../shared/kernel/fields.ts';
import { proveDefinitions } from '../../shared/kernel/proveDefinitions.ts';
import { readPdf } from '../printing/readPdf.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, type Shop } from './shop.ts';

const east = { purpose: 'delivery', address: '宁波市鄞州区百丈东路199号2号库', recipient: '王建国', phone: '13805712233', main: true };
const west = { purpose: 'delivery', address: '杭州市余杭区文一西路88号', recipient: '李梅', phone: '0571-88990011' };
const books = { purpose: 'billing', address: '宁波市海曙区中山路1号', recipient: '财务部', phone: null };

describe.each(stores)('Documents pick from what a customer keeps, on $name', (kind) => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(kind);
    shop = {
      ...shop,
      customer: await shop.office.change('wang', shop.customer, {
        values: { address: '宁波市江北区人民路5号', phone: '0574-87000000' },
        parts: {
          addresses: [books, west, east],
          billingTitles: [{ title: '宏远贸易（宁波）分公司' }, { title: '浙江宏远贸易有限公司', main: true }],
        },
      }),
    };
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });
  afterAll(closePrinting);

  const definitionFor = async (who: string, type: string): Promise<DefinitionAnswer> => {
    const all = trimDefinitions(await shop.office.actor(who), shop.office.company.catalogue);
    return all.find((one) => one.type === type) as DefinitionAnswer;
  };
  const keptFor = (who: string, id = shop.customer.id): Promise<RecordAnswer> => shop.office.read(who, 'customer', id);
  const filledFor = async (who: string, type: string, now = {}, before: RecordAnswer | null = null, chosen?: RecordAnswer) =>
    followingLink({
      definition: await definitionFor(who, type),
      link: 'customer',
      chosen: chosen ?? (await keptFor(who)),
      before,
      now,
      isOpen: () => true,
    });
  const suggestOf = (type: string, field: string): Suggestion => {
    const found = shop.office.company.catalogue.get(type).fields[field];
    if (found?.kind !== 'text' || !found.suggest) throw new Error(`${field} suggests nothing`);
    return found.suggest;
  };
  const printed = async (who: string, type: string, id: number): Promise<string> => {
    const { catalogue } = shop.office.company;
    const print = await shop.office.work(who, (work) => printDocument(work, catalogue.get(type), id, { language: 'zh-CN' }));
    return (await readPdf(await renderPdf(print.template, print.data, print))).map(({ text }) => text.replaceAll('\n', '')).join('');
  };

  test('choosing the customer fills the main delivery address with its receiver and phone', async () => {
    for (const type of ['quotation', 'salesOrder', 'stockOut']) {
      expect(await filledFor('wang', type)).toMatchObject({
        deliveryAddress: east.address,
        recipient: east.recipient,
        recipientPhone: east.phone,
      });
    }
    expect(await filledFor('wang', 'salesOrder')).toMatchObject({ billingTitle: '浙江宏远贸易有限公司' });
  });

  test('the list offers delivery addresses first, the main one at the top, and the customer’s own address last', async () => {
    const definition = await definitionFor('wang', 'quotation');
    const offered = suggestedFrom(suggestOf('quotation', 'deliveryAddress'), definition, 'deliveryAddress', await keptFor('wang'));
    expect(offered.map(({ values }) => [values.deliveryAddress, values.recipient, values.recipientPhone])).toEqual([
      [east.address, east.recipient, east.phone],
      [west.address, west.recipient, west.phone],
      [books.address, books.recipient, null],
      ['宁波市江北区人民路5号', null, '0574-87000000'],
    ]);
  });

  test('a customer without a list has its own address filled in', async () => {
    const plain = await shop.office.create('wang', 'customer', { name: '温州新桥五金店', address: '温州市瓯海区新桥街12号' });
    const kept = await keptFor('wang', plain.id);
    expect(await filledFor('wang', 'quotation', {}, null, kept)).toEqual({ deliveryAddress: '温州市瓯海区新桥街12号' });
  });

  test('another customer takes the first one’s address along with it, but not what a person wrote', async () => {
    const other = await shop.office.create('wang', 'customer', { name: '温州新桥五金店' });
    const before = await keptFor('wang');
    const kept = await keptFor('wang', other.id);
    const filled = { deliveryAddress: east.address, recipient: east.recipient, recipientPhone: east.phone };
    expect(await filledFor('wang', 'quotation', filled, before, kept)).toEqual({
      deliveryAddress: null,
      recipient: null,
      recipientPhone: null,
    });
    expect(await filledFor('wang', 'quotation', { deliveryAddress: '工地现场' }, before, kept)).toEqual({});
  });

  test('who may not see phones is offered addresses without them and cannot write one', async () => {
    const definition = await definitionFor('chen', 'stockOut');
    const kept = await keptFor('chen');
    const offered = suggestedFrom(suggestOf('stockOut', 'deliveryAddress'), definition, 'deliveryAddress', kept);
    expect(JSON.stringify([offered, kept, definition.fields])).not.toMatch(/13805712233|0571-88990011|0574-87000000/);
    expect(offered[0]?.values).toEqual({ deliveryAddress: east.address, recipient: east.recipient });
    expect(definition.fields).not.toHaveProperty('recipientPhone');
  });

  test('the delivery note takes address, receiver and phone from its order, although the storekeeper does not see the phone', async () => {
    const order = await shop.order(undefined, { deliveryAddress: west.address, recipient: west.recipient, recipientPhone: west.phone });
    const note = await shop.ship(order);
    expect(note.values).toMatchObject({ deliveryAddress: west.address, recipient: west.recipient, recipientPhone: west.phone });
    expect((await shop.office.read('chen', 'stockOut', note.id)).values).not.toHaveProperty('recipientPhone');
    const paper = await printed('wang', 'stockOut', note.id);
    for (const words of [west.address, '收货人', west.recipient, west.phone]) expect(paper).toContain(words);
    expect(await printed('chen', 'stockOut', note.id)).not.toContain(west.phone);
  });

  test('the contract names where the goods go, who takes them and whom the invoice is for', async () => {
    const order = await shop.order(undefined, {
      deliveryAddress: east.address,
      recipient: east.recipient,
      recipientPhone: east.phone,
      billingTitle: '宏远贸易（宁波）分公司',
    });
    const paper = await printed('wang', 'salesOrder', order.id);
    for (const words of [east.address, east.recipient, east.phone, '开票抬头', '宏远贸易（宁波）分公司']) expect(paper).toContain(words);
  });
});

describe('A suggestion that does not fit is a fault of the definition', () => {
  const withSuggestion = (change: Partial<Suggestion>, field = {}) => {
    const definitions = shipped.definitions.map((definition) => {
      const address = definition.fields.deliveryAddress;
      if (definition.type !== 'quotation' || address?.kind !== 'text' || !address.suggest) return definition;
      const suggest = { ...address.suggest, ...change };
      return { ...definition, fields: { ...definition.fields, deliveryAddress: { ...address, suggest }, ...field } };
    });
    return proveDefinitions(new Catalogue(definitions, shipped.ledgers)).join('\n');
  };

  test('it names a list that is there, takes text into text that has room, and tells no secret', () => {
    expect(withSuggestion({})).toBe('');
    expect(withSuggestion({ part: 'houses' })).toContain('leads to no list houses');
    expect(withSuggestion({ takes: { deliveryAddress: 'main' } })).toContain('is no text');
    expect(withSuggestion({ takes: { recipient: 'address' } })).toContain('no room for address');
    expect(withSuggestion({ takes: { recipient: 'phone' } })).toContain('would tell the secret phone');
    expect(withSuggestion({ prefers: { field: 'address', is: 'x' } })).toContain('which is no choice');
  });
});
