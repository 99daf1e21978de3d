import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { costCard } from '../../server/features/trade/costCard.ts';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { keysIn, openShop, piece, priced, type Shop, yuan } from './shop.ts';

describe.each(stores)('Goods that come and go without being traded, on $name', (kind) => {
  let shop: Shop;
  let scrapped: number;
  let department: number;
  beforeEach(async () => {
    shop = await openShop(kind);
    scrapped = await shop.office.id('dictionary_entries', { dictionary: 'stockReason', name: '报废' });
    department = await shop.office.id('departments', { name: '销售一部' });
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const note = (who: string, type: string, lines: Record<string, string | number>[], values: Record<string, number> = {}) =>
    shop.office.create(who, type, { warehouse: shop.warehouse, stockReason: scrapped, ...values }, { lines });
  const taken = (quantity: number) =>
    shop.office.create(
      'chen',
      'requisition',
      { warehouse: shop.warehouse, forDepartment: department, purpose: '展会' },
      { lines: [{ item: shop.pen.id, quantity }] },
    );
  const broughtBack = async (requisition: { id: number }, quantity: number) =>
    shop.office.step(
      'chen',
      await shop.office.become('chen', 'requisitionReturn', [{ type: 'requisition', id: requisition.id }], {
        part: 'lines',
        rows: { quantity },
      }),
      'post',
    );
  const average = async () => (await shop.office.look('zhao', (work) => costCard(work, { item: shop.pen.id }))).rows.at(-1);

  test('found goods come in at the cost entered, or at the average where none is known', async () => {
    const priciest = await note('admin', 'otherIn', [{ item: shop.pen.id, quantity: 20 * piece, unitCost: priced(9) }]);
    expect(priciest.values.costTotal).toBe(180 * yuan);
    await shop.office.step('admin', priciest, 'post');
    expect(await average()).toMatchObject({ quantityAfter: 120 * piece, valueAfter: 780 * yuan, averageAfter: priced(6.5) });
    const found = await shop.office.step('chen', await note('chen', 'otherIn', [{ item: shop.pen.id, quantity: 2 * piece }]), 'post');
    expect(await movesOf(shop.office, found)).toBe(
      `stock | adjustment -> warehouse:${shop.warehouse} | ${2 * piece}\ncost | adjustment -> stock | ${13 * yuan}`,
    );
    expect([...keysIn(await shop.office.read('chen', 'otherIn', found.id))]).not.toContain('cost');
  });

  test('scrapped goods go with what they cost, the last piece with whatever is left', async () => {
    const some = await shop.office.step('chen', await note('chen', 'otherOut', [{ item: shop.pen.id, quantity: 3 * piece }]), 'post');
    expect(some.values.costTotal).toBe(18 * yuan);
    const dearer = await shop.office.create('zhao', 'costAdjustment', {}, { lines: [{ item: shop.pen.id, amount: 1 }] });
    await shop.office.step('admin', dearer, 'post');
    const rest = await note('chen', 'otherOut', [
      { item: shop.pen.id, quantity: 96 * piece },
      { item: shop.pen.id, quantity: piece },
    ]);
    const posted = await shop.office.step('chen', rest, 'post');
    expect(posted.values.costTotal).toBe(582 * yuan + 1);
    expect(await average()).toMatchObject({ quantityAfter: 0, valueAfter: 0 });
    await shop.office.step('chen', posted, 'takeBack', '未报废');
    expect(await average()).toMatchObject({ quantityAfter: 97 * piece, valueAfter: 582 * yuan + 1 });
  });

  test('services have no stock that could move', async () => {
    const service = await shop.office.create('admin', 'item', { name: '安装', unit: '次', itemType: 'service', grossPrice: priced(100) });
    const draft = await note('chen', 'otherOut', [{ item: service.id, quantity: piece }]);
    await expect(shop.office.step('chen', draft, 'post')).rejects.toMatchObject({
      code: 'stock.notKept',
      fields: [{ path: 'lines.0.item' }],
    });
  });

  test('a department bears what it takes, and what it brings back comes in at the cost it was taken at', async () => {
    const out = await shop.office.step('chen', await taken(3 * piece), 'post');
    expect(await movesOf(shop.office, out)).toBe(
      `stock | warehouse:${shop.warehouse} -> use | ${3 * piece}\ncost | stock -> use | ${18 * yuan}`,
    );
    const dearer = await shop.office.create('zhao', 'costAdjustment', {}, { lines: [{ item: shop.pen.id, amount: 97 * yuan }] });
    await shop.office.step('admin', dearer, 'post');
    const back = await broughtBack(out, piece);
    expect(back.values.costTotal).toBe(6 * yuan);
    expect((await shop.office.read('chen', 'requisition', out.id)).parts.lines?.[0]).toMatchObject({ returned: piece });
    await expect(broughtBack(out, 3 * piece)).rejects.toMatchObject({ code: 'flow.overQuantity' });
  });

  test('what comes back in parts adds up to the fen, whatever was taken back between', async () => {
    const uneven = await shop.office.create('zhao', 'costAdjustment', {}, { lines: [{ item: shop.pen.id, amount: 100 }] });
    await shop.office.step('admin', uneven, 'post');
    const out = await shop.office.step('chen', await taken(3 * piece), 'post');
    const cost = Number(out.values.costTotal);
    const first = await broughtBack(out, piece);
    const second = await broughtBack(out, piece);
    await shop.office.step('chen', first, 'takeBack', '又要用');
    const third = await broughtBack(out, 2 * piece);
    expect(Number(second.values.costTotal) + Number(third.values.costTotal)).toBe(cost);
    await expect(
      shop.office.step('chen', { ...out, version: (await shop.office.read('chen', 'requisition', out.id)).version }, 'takeBack', '错'),
    ).rejects.toMatchObject({ code: 'document.hasFollowers' });
  });

  test('nothing comes back that was not taken', async () => {
    const bare = await shop.office.create(
      'chen',
      'requisitionReturn',
      { warehouse: shop.warehouse, forDepartment: department },
      { lines: [{ item: shop.pen.id, quantity: piece }] },
    );
    await expect(shop.office.step('chen', bare, 'post')).rejects.toMatchObject({ code: 'delivery.withoutOrder' });
  });
});
