import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { costCard } from '../../server/features/trade/costCard.ts';
import { piece } from '../faults/trade.ts';
import { expectProven, movesOf, type Office, openOffice, stores } from '../scenarios/office.ts';

describe.each(stores)('Goods taken back after others left at the average, on $name', (kind) => {
  let office: Office;
  let warehouse: number;
  let pen: number;
  let reason: number;

  beforeEach(async () => {
    office = await openOffice(kind);
    warehouse = await office.id('warehouses', { main: 1 });
    pen = (await office.create('admin', 'item', { name: '钢笔', unit: '支', grossPrice: 10_000_000 })).id;
    reason = await office.id('dictionary_entries', { dictionary: 'stockReason' });
  });
  afterEach(async () => {
    await expectProven(office);
    await office.close();
  });

  const opened = async (pieces: number, yuan: number) => {
    const lines = [{ item: pen, quantity: pieces * piece, unitCost: yuan * 1_000_000 }];
    return office.step('admin', await office.create('admin', 'openingStock', { warehouse }, { lines }), 'post');
  };
  const out = async (pieces: number) => {
    const lines = [{ item: pen, quantity: pieces * piece }];
    return office.step('admin', await office.create('admin', 'otherOut', { warehouse, stockReason: reason }, { lines }), 'post');
  };
  const stands = async () => {
    const { rows } = await office.look('admin', (work) => costCard(work, { item: pen }));
    const last = rows.at(-1);
    return { quantity: (last?.quantityAfter ?? 0) / piece, value: last?.valueAfter };
  };

  test('what is taken back dear leaves no goods worth less than nothing', async () => {
    await opened(10, 1);
    const dear = await opened(10, 100);
    const gone = await out(5);
    expect(await stands()).toEqual({ quantity: 15, value: 757_50 });
    await office.step('admin', dear, 'takeBack', '录错了');
    expect(await stands()).toEqual({ quantity: 5, value: 5_00 });
    expect(await movesOf(office, gone)).toMatch(/cost \| stock -> adjustment \| 25250\ncost \| adjustment -> stock \| 24750$/);
  });

  test('what is taken back cheap leaves no value without goods', async () => {
    const cheap = await opened(10, 1);
    await opened(10, 100);
    const gone = await out(10);
    expect(await stands()).toEqual({ quantity: 10, value: 505_00 });
    await office.step('admin', cheap, 'takeBack', '录错了');
    expect(await stands()).toEqual({ quantity: 0, value: 0 });
    expect((await office.read('admin', 'otherOut', gone.id)).values.costTotal).toBe(1000_00);
  });

  test('a document that is taken back with nothing between leaves the world as it was', async () => {
    await opened(10, 3);
    const before = await stands();
    const gone = await out(4);
    await office.step('admin', gone, 'takeBack', '录错了');
    expect(await stands()).toEqual(before);
  });
});
