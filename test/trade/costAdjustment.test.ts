import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { costCard } from '../../server/features/trade/costCard.ts';
import { stockList } from '../../server/features/trade/stockList.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from './shop.ts';

describe.each(stores)('Adjusting what stock is worth, on $name', (kind) => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const adjustment = (who: string, lines: { item: number; amount: number }[]) => shop.office.create(who, 'costAdjustment', {}, { lines });
  const pens = async () => (await shop.office.look('zhao', (work) => stockList(work, { search: '钢笔' }))).rows[0];

  test('freight billed late makes the pens dearer once somebody with the right approves, and the next delivery takes the new cost', async () => {
    const freight = await adjustment('zhao', [{ item: shop.pen.id, amount: 100 * yuan }]);
    const waiting = await shop.office.step('zhao', freight, 'submit');
    await expect(shop.office.step('zhao', waiting, 'post')).rejects.toMatchObject({ code: 'access.denied' });
    expect(await pens()).toMatchObject({ value: 600 * yuan, averageCost: priced(6) });
    const posted = await shop.office.step('admin', waiting, 'post');
    expect(posted.parts.lines?.[0]).toMatchObject({ valueBefore: 600 * yuan, valueAfter: 700 * yuan });
    expect(posted.values.amountTotal).toBe(100 * yuan);
    expect(await pens()).toMatchObject({ onHand: 100 * piece, value: 700 * yuan, averageCost: priced(7) });
    const note = await shop.ship(await shop.order(), 4 * piece);
    expect(note.values.costTotal).toBe(28 * yuan);
    const card = await shop.office.look('zhao', (work) => costCard(work, { item: shop.pen.id }));
    expect(card.rows.map((row) => row.type)).toEqual(['openingStock', 'costAdjustment', 'stockOut']);
  });

  test('an adjustment is taken back as a whole', async () => {
    const posted = await shop.office.step('admin', await adjustment('zhao', [{ item: shop.pen.id, amount: -90 * yuan }]), 'post');
    expect(await pens()).toMatchObject({ value: 510 * yuan });
    await shop.office.step('admin', posted, 'takeBack', '写错');
    expect(await pens()).toMatchObject({ value: 600 * yuan });
  });

  test('without goods there is nothing to adjust, and goods are never worth less than nothing', async () => {
    const none = await shop.office.create('admin', 'item', { name: '橡皮', unit: '块', grossPrice: priced(1) });
    const empty = await adjustment('zhao', [{ item: none.id, amount: 5 * yuan }]);
    await expect(shop.office.step('admin', empty, 'post')).rejects.toMatchObject({
      code: 'cost.nothingHeld',
      fields: [{ path: 'lines.0.item', code: 'cost.nothingHeld' }],
    });
    const lines = [
      { item: shop.pen.id, amount: -400 * yuan },
      { item: shop.pen.id, amount: -200 * yuan - 1 },
    ];
    await expect(shop.office.step('admin', await adjustment('zhao', lines), 'post')).rejects.toMatchObject({
      code: 'cost.belowZero',
      fields: [{ path: 'lines.1.amount', code: 'cost.belowZero' }],
    });
    expect(await pens()).toMatchObject({ value: 600 * yuan });
  });

  test('who may not see cost sees no amounts of an adjustment', async () => {
    const posted = await shop.office.step('admin', await adjustment('zhao', [{ item: shop.pen.id, amount: yuan }]), 'post');
    await expect(shop.office.read('chen', 'costAdjustment', posted.id)).rejects.toMatchObject({ code: 'record.notFound' });
  });
});
