import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectProven, movesOf, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from './shop.ts';

describe.each(stores)('Sets and their parts, on $name', (kind) => {
  let shop: Shop;
  let set: number;
  beforeEach(async () => {
    shop = await openShop(kind);
    const components = [
      { component: shop.pen.id, quantity: 2 * piece },
      { component: shop.book.id, quantity: piece },
    ];
    set = (await shop.office.create('admin', 'item', { name: '文具套装', unit: '套', grossPrice: priced(50) }, { components })).id;
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const lines = (sets: number, shares: (number | null)[] = [null, null]) => [
    { item: shop.pen.id, quantity: 2 * sets * piece, ...(shares[0] === null ? {} : { share: shares[0] }) },
    { item: shop.book.id, quantity: sets * piece, ...(shares[1] === null ? {} : { share: shares[1] }) },
  ];
  const make = async (type: string, sets: number, rows = lines(sets)) =>
    shop.office.step(
      'chen',
      await shop.office.create('chen', type, { warehouse: shop.warehouse, setItem: set, quantity: sets * piece }, { lines: rows }),
      'post',
    );

  test('a set costs what its parts cost', async () => {
    const made = await make('assembly', 3);
    expect(await movesOf(shop.office, made)).toBe(
      [
        `stock | warehouse:${shop.warehouse} -> assembly | ${6 * piece}`,
        `cost | stock -> assembly | ${36 * yuan}`,
        `stock | warehouse:${shop.warehouse} -> assembly | ${3 * piece}`,
        `cost | stock -> assembly | ${30 * yuan}`,
        `stock | assembly -> warehouse:${shop.warehouse} | ${3 * piece}`,
        `cost | assembly -> stock | ${66 * yuan}`,
      ].join('\n'),
    );
    await shop.office.step('chen', made, 'takeBack', '装错');
  });

  test('a set that is broken up gives its cost to the parts by their shares, to the fen', async () => {
    await make('assembly', 3);
    const extra = await shop.office.create('zhao', 'costAdjustment', {}, { lines: [{ item: set, amount: 1 }] });
    await shop.office.step('admin', extra, 'post');
    const broken = await make('disassembly', 3, lines(3, [2_000_000, 1_000_000]));
    expect(broken.parts.lines?.map((line) => line.cost)).toEqual([44 * yuan + 1, 22 * yuan]);
    expect(broken.values.costTotal).toBe(66 * yuan + 1);
  });

  test('without shares the quantities decide', async () => {
    await make('assembly', 1);
    const broken = await make('disassembly', 1);
    expect(broken.parts.lines?.map((line) => line.cost)).toEqual([1467, 733]);
  });

  test('a set is no part of itself, and is not made of what is not there', async () => {
    const own = { item: set, quantity: piece };
    await expect(make('assembly', 1, [own])).rejects.toMatchObject({ code: 'assembly.partOfItself', fields: [{ path: 'lines.0.item' }] });
    await expect(make('assembly', 41)).rejects.toMatchObject({ code: 'stock.notEnough' });
    await expect(make('disassembly', 1)).rejects.toMatchObject({ code: 'stock.notEnough' });
  });
});
