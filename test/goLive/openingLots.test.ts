import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importRows } from '../../server/features/exchange/import/importStatus.ts';
import { importTemplate } from '../../server/features/exchange/import/importTemplate.ts';
import { undoImport } from '../../server/features/exchange/import/undoImport.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { check, commit, countOf, sheetOf, taken, upload } from '../exchange/importing.ts';
import { expectProven, movesOf, type Office, stores } from '../scenarios/office.ts';
import { type LotShop, openLotShop } from '../trade/lotShop.ts';
import { piece } from '../trade/shop.ts';

describe.each(stores)('Opening stock told apart by batches and serial numbers, from workbooks, on $name', { timeout: 400_000 }, (kind) => {
  let shop: LotShop;
  let office: Office;

  beforeEach(async () => {
    shop = await openLotShop(kind);
    office = shop.office;
  });

  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const headings = ['商品名称', '仓库', '数量', '成本', '批号', '生产日期', '有效期至'];
  const problemsOf = async (id: number) =>
    (await importRows(office.company, await office.actor('admin'), id, {})).rows
      .filter(({ problems }) => problems.length > 0)
      .map(({ row, problems }) => [row, ...problems.map(({ code, header, target }) => [code, header, target])]);
  const lotOf = async (number: string) => {
    const { values } = await office.read('admin', 'lot', await office.id('lots', { number }));
    return [values.madeOn, values.expiresOn];
  };

  test('the rows of an item are its batches, and together they are what lies there', async () => {
    const cold = await office.create('admin', 'warehouse', { name: '冷库' });
    const file = await sheetOf(
      headings,
      ['鲜奶', '', 6, 3, 'A-1', '2026-03-01', ''],
      ['鲜奶', '', 4, 3.5, 'A-2', '2026-03-05', '2026-08-01'],
      ['鲜奶', '冷库', 2.5, 3, 'a-1', '', ''],
      ['电钻', '', 1, 400, 'SN-1', '', ''],
      ['电钻', '', 1, 410, 'SN-2', '', ''],
      ['钢笔', '冷库', 7, 6, '', '', ''],
    );
    const id = await upload(office, 'zhao', 'openingStock', file);
    expect((await check(office, 'zhao', id)).counts).toEqual({ rows: 6, clean: 6 });
    expect(await commit(office, 'zhao', id)).toMatchObject({ state: 'done', result: { added: 2, rejected: 0 } });
    expect(await shop.placesOf(shop.milk.id)).toEqual({
      'A-1': { [`warehouse:${shop.warehouse}`]: 6, [`warehouse:${cold.id}`]: 2.5 },
      'A-2': { [`warehouse:${shop.warehouse}`]: 4 },
    });
    expect(await shop.heldOf(shop.drill.id)).toEqual({ 'SN-1': 1, 'SN-2': 1 });
    // 180 days of shelf life where the file says nothing of the end.
    expect([await lotOf('A-1'), await lotOf('A-2')]).toEqual([
      ['2026-03-01', '2026-08-28'],
      ['2026-03-05', '2026-08-01'],
    ]);
    const document = { type: 'openingStock', id: await office.id('opening_stocks', { warehouse: cold.id }) };
    const stored = await office.read('admin', 'openingStock', document.id);
    expect(stored.parts.lots).toMatchObject([{ item: shop.milk.id, number: 'a-1', quantity: 2.5 * piece }]);
    const lot = await office.id('lots', { number: 'A-1' });
    expect(await movesOf(office, document)).toContain(`lots | opening -> warehouse:${cold.id} | 2500000`);
    expect(stored.parts.lots?.[0]?.lot).toBe(lot);
  });

  test('what cannot be taken is refused before anything is stored, and the cell is named', async () => {
    const file = await sheetOf(
      headings,
      ['鲜奶', '', 6, 3, '', '', ''],
      ['电钻', '', 2, 400, 'SN-1', '', ''],
      ['鲜奶', '', 4, 3, 'A-2', '2026-08-02', '2026-08-01'],
      ['钢笔', '', 7, 6, 'B-1', '', ''],
      ['鲜奶', '', 4, 3, '', '2026-08-02', ''],
      ['电钻', '', 1, 400, 'SN-2', '', ''],
      ['电钻', '', 1, 405, 'sn-2', '', ''],
      ['鲜奶', '', 5, 3, 'A-3', '2026-03-01', ''],
      ['鲜奶', '', 4, 3.1, 'A-3', '2026-03-02', ''],
      ['鲜奶', '', 4, 3, 'A-4', '三月', ''],
      ['没有的商品', '', 4, 3, 'A-5', '', ''],
      ['鲜奶', '', '四', 3, 'A-6', '', ''],
    );
    const id = await upload(office, 'zhao', 'openingStock', file);
    await check(office, 'zhao', id);
    expect(await problemsOf(id)).toEqual([
      [2, ['lots.missing', '批号', 'lots.number']],
      [3, ['lots.oneEach', '数量', 'lines.quantity']],
      [4, ['lots.daysReversed', '有效期至', 'lots.expiresOn']],
      [5, ['lots.notTracked', '批号', 'lots.number']],
      [6, ['field.required', '批号', 'lots.number']],
      [8, ['import.serialTwice', '批号', 'lots.number']],
      [10, ['import.lotDiffers', '生产日期', 'lots.madeOn']],
      [11, ['import.notADay', '生产日期', 'lots.madeOn']],
      [12, ['import.unknownValue', '商品名称', 'lines.item']],
      [13, ['import.notANumber', '数量', 'lines.quantity']],
    ]);
    expect(await countOf(office, 'lots')).toBe(0);
    expect(await commit(office, 'zhao', id)).toMatchObject({ state: 'done', result: { added: 1, rejected: 10 } });
    expect(await shop.heldOf(shop.drill.id)).toEqual({ 'SN-2': 1 });
    expect(await shop.heldOf(shop.milk.id)).toEqual({ 'A-3': 5 });
  });

  test('a file without a column for batches is refused where the item stands', async () => {
    const id = await upload(office, 'zhao', 'openingStock', await sheetOf(['商品', '数量'], ['鲜奶', 6]));
    await check(office, 'zhao', id);
    expect(await problemsOf(id)).toEqual([[2, ['lots.missing', '商品', 'lines.item']]]);
  });

  test('an import that was taken back comes again with other days; the same batch twice is asked about', async () => {
    const of = (madeOn: string, quantity = 6) => sheetOf(headings, ['鲜奶', '', quantity, 3, 'A-1', madeOn, '']);
    const first = await upload(office, 'admin', 'openingStock', await of('2026-03-01'));
    await check(office, 'admin', first);
    await commit(office, 'admin', first);
    const again = await upload(office, 'admin', 'openingStock', await of('2026-03-01', 5));
    expect(await check(office, 'admin', again)).toMatchObject({ counts: { sameOpening: 1 }, waiting: { sameOpening: 1 } });
    const other = await upload(office, 'admin', 'openingStock', await of('2026-04-01'));
    await check(office, 'admin', other);
    expect(await problemsOf(other)).toEqual([[2, ['lots.otherDays', '生产日期', 'lots.madeOn']]]);

    // Wherever a machine lies: there is one of it.
    const machine = (warehouse: string) => sheetOf(headings, ['电钻', warehouse, 1, 400, 'SN-1', '', '']);
    await office.create('admin', 'warehouse', { name: '冷库' });
    await taken(office, 'admin', 'openingStock', await machine(''));
    const elsewhere = await upload(office, 'admin', 'openingStock', await machine('冷库'));
    await check(office, 'admin', elsewhere);
    expect(await problemsOf(elsewhere)).toEqual([[2, ['lots.alreadyHere', '批号', 'lots.number']]]);

    await undoImport(office.company, await office.actor('admin'), first, '日期有误');
    expect(await shop.heldOf(shop.milk.id)).toEqual({ 'A-1': 0 });
    expect(await taken(office, 'admin', 'openingStock', await of('2026-04-01'))).toMatchObject({ state: 'done', result: { added: 1 } });
    expect([await lotOf('A-1'), await shop.heldOf(shop.milk.id)]).toEqual([['2026-04-01', '2026-09-28'], { 'A-1': 6 }]);
  });

  test('the workbook to fill in has the columns, and what it shows as an example is read as it is meant', async () => {
    for (const [language, columns] of [
      ['zh-CN', ['批号', '生产日期', '有效期至']],
      ['zh-TW', ['批號', '製造日期', '有效期限']],
      ['en', ['Lot no.', 'Made on', 'Expires on']],
    ] as const) {
      const { bytes } = await importTemplate(office.company, await office.actor('zhao'), 'openingStock', language);
      const path = join(office.company.folder, 'template.xlsx');
      await writeFile(path, bytes);
      const [head] = await rowsIn(path);
      expect(head?.cells.map(shown)).toEqual(expect.arrayContaining([...columns]));
      const id = await upload(office, 'zhao', 'openingStock', bytes);
      const { columns: known } = await check(office, 'zhao', id);
      expect(known.map(({ field }) => field)).toEqual(expect.arrayContaining(['lots.number', 'lots.madeOn', 'lots.expiresOn']));
    }
  });
});
