import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { limits } from '../../server/features/reports/gather.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { keysIn, openShop, piece, priced, type Shop } from '../trade/shop.ts';
import { ask, askDocuments, offered, written } from './asking.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };

describe.each(stores)('What was sold, on $name', { timeout: 120_000 }, (kind) => {
  let shop: Shop;
  const realNow = clock.now;

  beforeEach(async () => {
    clock.now = () => msOf('2026-03-20T02:00:00.000Z');
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  const books = (quantity: number) => [{ item: shop.book.id, quantity: quantity * piece, grossPrice: priced(22.6) }];
  const entry = (dictionary: string, name: string) => shop.office.create('admin', 'dictionaryEntry', { dictionary, name });

  test('the product summary adds up what left, at what it cost, without what was taken back or reversed', async () => {
    // Ten pens at 11.30 are 100.00 net and cost 6.00 each; six notebooks at 22.60 are 120.00 net and cost 10.00 each.
    await shop.ship(await shop.order());
    await shop.ship(await shop.order(books(6)));
    await shop.office.step('chen', await shop.ship(await shop.order()), 'takeBack', '数错了');
    await shop.office.step('chen', await shop.ship(await shop.order()), 'reverse', '客户不要了');
    const answer = await ask(shop.office, 'sun', 'salesSummary', march);
    expect(answer.measures).toEqual(['quantity', 'net', 'cost', 'margin', 'marginRate']);
    expect(written(answer)).toEqual([
      `笔记本 | ${6 * piece} | 12000 | 6000 | 6000 | 500000`,
      `钢笔 | ${10 * piece} | 10000 | 6000 | 4000 | 400000`,
    ]);
    expect(answer.totals).toEqual({ quantity: 16 * piece, net: 22_000, cost: 12_000, margin: 10_000, marginRate: 454_545 });
    expect(answer.labels.item?.[String(shop.pen.id)]).toMatchObject({
      title: '钢笔',
      type: 'item',
      beside: [expect.any(String), '黑', '支'],
    });
  });

  test('a figure is made of its documents, the one that was reversed and the one that reversed it among them', async () => {
    await shop.ship(await shop.order(), 4 * piece);
    const wrong = await shop.ship(await shop.order());
    await shop.office.step('chen', wrong, 'reverse', '客户不要了');
    const question = { ...march, measure: 'margin', keys: { item: shop.pen.id } };
    const documents = await askDocuments(shop.office, 'sun', 'salesSummary', question);
    expect(documents.rows.map((row) => [row.type, row.figure, row.party]).sort()).toEqual([
      ['stockOut', -4000, '浙江宏远贸易有限公司'],
      ['stockOut', 1600, '浙江宏远贸易有限公司'],
      ['stockOut', 4000, '浙江宏远贸易有限公司'],
    ]);
    const report = await ask(shop.office, 'sun', 'salesSummary', march);
    expect(documents.total).toBe(report.rows[0]?.figures.margin);
    const first = await askDocuments(shop.office, 'sun', 'salesSummary', { ...question, limit: 2 });
    const second = await askDocuments(shop.office, 'sun', 'salesSummary', { ...question, limit: 2, after: first.next ?? '' });
    expect([...first.rows, ...second.rows]).toEqual(documents.rows);
    expect(second.next).toBeNull();
    expect(documents.rows.every((row) => row.number?.startsWith('OUT'))).toBe(true);
  });

  test('figures are told apart by what customers are, month by month', async () => {
    const east = await entry('region', '钱塘江口');
    const far = await shop.office.create('wang', 'customer', { name: '安徽广达有限公司', region: east.id });
    await shop.ship(await shop.order(undefined, { customer: far.id, day: '2026-03-01' }));
    await shop.ship(await shop.order(books(6)));
    const question = { from: '2026-01-01', to: '2026-03-31', groupBy: ['region'], pivot: { axis: 'month', measure: 'net' } };
    const answer = await ask(shop.office, 'sun', 'salesByRegion', question);
    expect(answer.pivot).toMatchObject({ columns: ['2026-03'], totals: [22_000] });
    expect(answer.rows.map(({ keys, cells }) => [keys[0], cells])).toEqual([
      [east.id, [10_000]],
      [null, [12_000]],
    ]);
    const quarters = await ask(shop.office, 'sun', 'salesByRegion', { ...question, groupBy: ['quarter', 'year'], pivot: null });
    expect(quarters.rows.map(({ keys, figures }) => [...keys, figures.net])).toEqual([['2026-Q1', '2026', 22_000]]);
    const documents = await askDocuments(shop.office, 'sun', 'salesByRegion', {
      ...question,
      measure: 'net',
      keys: { quarter: '2026-Q1', region: null },
    });
    expect(documents.total).toBe(12_000);
  });

  test('a branch of the tree of goods is taken whole, and gathers what stands below it', async () => {
    const paper = await shop.office.create('admin', 'itemCategory', { name: '纸品', parent: shop.pen.values.category ?? null });
    await shop.office.change('admin', shop.book, { values: { category: paper.id } });
    await shop.ship(await shop.order());
    await shop.ship(await shop.order(books(6)));
    const branch = Number(shop.pen.values.category);
    const inBranch = await ask(shop.office, 'sun', 'salesSummary', { ...march, filters: { itemCategory: [branch] } });
    expect(inBranch.totals.net).toBe(22_000);
    const below = await ask(shop.office, 'sun', 'salesSummary', { ...march, filters: { itemCategory: [paper.id] } });
    expect(written(below)).toEqual([expect.stringMatching(/^笔记本/)]);
    const tops = await ask(shop.office, 'sun', 'salesSummary', { ...march, groupBy: ['itemBranch'] });
    expect(written(tops, ['net'])).toEqual(['文具 | 22000']);
    const documents = await askDocuments(shop.office, 'sun', 'salesSummary', { ...march, measure: 'net', keys: { itemBranch: branch } });
    expect(documents.total).toBe(22_000);
  });

  test('goods sold in boxes count in pieces, and money of others is turned into our own as the documents say', async () => {
    const dollar = await shop.office.id('currencies', { code: 'USD' });
    const boxes = [{ item: shop.pen.id, unit: '盒', unitRatio: 12 * piece, quantity: 2 * piece, grossPrice: priced(113) }];
    await shop.ship(await shop.order(boxes, { currency: dollar, exchangeRate: 7_100_000_000 }));
    // 200.00 dollars net at 7.10.
    expect(written(await ask(shop.office, 'sun', 'salesSummary', march), ['quantity', 'net'])).toEqual([`钢笔 | ${24 * piece} | 142000`]);
  });

  test('each sees what they may: own customers, no cost, no prices', async () => {
    await shop.ship(await shop.order());
    const own = await ask(shop.office, 'wang', 'salesSummary', march);
    expect(own.measures).toEqual(['quantity', 'net']);
    expect(own.totals).toEqual({ quantity: 10 * piece, net: 10_000 });
    expect((await ask(shop.office, 'li', 'salesSummary', march)).rows).toEqual([]);
    const clerk = await ask(shop.office, 'chen', 'outbound', march);
    expect(clerk.measures).toEqual(['quantity']);
    expect([...keysIn(clerk)].filter((key) => ['net', 'cost', 'margin'].includes(key))).toEqual([]);
    const names = async (who: string) => (await offered(shop.office, who)).map((report) => report.name);
    expect(await names('chen')).not.toContain('receiptsByMethod');
    const info = (await offered(shop.office, 'chen')).find((report) => report.name === 'outbound');
    expect(Object.keys(info?.measures ?? {})).toEqual(['notes', 'quantity']);
    expect(info?.mayExport).toBe(false);
    await expect(ask(shop.office, 'chen', 'receiptsByMethod')).rejects.toMatchObject({ code: 'report.unknown' });
    await expect(askDocuments(shop.office, 'wang', 'salesSummary', { measure: 'cost', keys: {} })).rejects.toMatchObject({
      code: 'report.unknownMeasure',
    });
  });

  test('what a report does not know is refused', async () => {
    const refusal = (question: object) =>
      ask(shop.office, 'sun', 'salesSummary', question).catch((thrown: { code: string }) => thrown.code);
    await expect(ask(shop.office, 'sun', 'weather')).rejects.toMatchObject({ code: 'report.unknown' });
    expect(await refusal({ groupBy: ['colour'] })).toBe('report.unknownAxis');
    expect(await refusal({ filters: { colour: [1] } })).toBe('report.unknownAxis');
    expect(await refusal({ pivot: { axis: 'month', measure: 'height' } })).toBe('report.unknownMeasure');
    expect(await refusal({ sort: { by: 'height', direction: 'ascending' } })).toBe('report.unknownMeasure');
    expect(await refusal({ from: '2026-03-02', to: '2026-03-01' })).toBe('record.invalid');
  });

  test('more rows than anybody can read are refused, in the report as among its documents', async () => {
    await shop.ship(await shop.order());
    await shop.ship(await shop.order(books(6)));
    const most = limits.groupsMax;
    limits.groupsMax = 1;
    const many = { code: 'report.tooMany', facts: { most: 1 } };
    await expect(ask(shop.office, 'sun', 'salesSummary', march)).rejects.toMatchObject(many);
    await expect(askDocuments(shop.office, 'sun', 'salesSummary', { ...march, measure: 'net', keys: {} })).rejects.toMatchObject(many);
    limits.groupsMax = most;
  });

  test('a column for every day of a long time is no table, and the wish for one is refused; rows come page by page', async () => {
    for (const day of ['2026-01-05', '2026-02-05', '2026-02-06', '2026-03-07'])
      await shop.order([{ item: shop.pen.id, quantity: piece }], { day });
    const question = { from: '2026-01-01', to: '2026-03-31', groupBy: ['owner'], pivot: { axis: 'day', measure: 'ordered' } };
    const most = limits.columnsMax;
    limits.columnsMax = 3;
    await expect(ask(shop.office, 'sun', 'salesPerformance', question)).rejects.toMatchObject({ code: 'report.tooManyColumns' });
    limits.columnsMax = most;
    expect((await ask(shop.office, 'sun', 'salesPerformance', question)).rows[0]?.cells).toEqual([1130, 1130, 1130, 1130]);
    const byDay = { ...question, groupBy: ['day'], pivot: null, limit: 3 };
    const first = await ask(shop.office, 'sun', 'salesPerformance', byDay);
    const second = await ask(shop.office, 'sun', 'salesPerformance', { ...byDay, after: first.next ?? '' });
    expect([first.rows.length, second.rows.length, first.count, second.next]).toEqual([3, 1, 4, null]);
    expect([...first.rows, ...second.rows].map((row) => row.keys[0])).toEqual(['2026-01-05', '2026-02-05', '2026-02-06', '2026-03-07']);
  });

  test('salespeople are measured by what they ordered, shipped and received', async () => {
    const order = await shop.order();
    await shop.ship(order, 4 * piece);
    await shop.pay(order, 6000);
    const answer = await ask(shop.office, 'sun', 'salesPerformance', march);
    const wang = answer.rows[0];
    expect(answer.labels.owner?.[String(wang?.keys[0])]?.title).toBe('wang');
    expect(wang?.figures).toMatchObject({ orders: 1, ordered: 11_300, net: 4000, received: 6000, margin: 1600, marginRate: 400_000 });
  });

  test('what is not delivered yet is listed with its day and with what is there', async () => {
    const order = await shop.order(undefined, { deliverBy: '2026-04-01' });
    await shop.ship(order, 4 * piece);
    const later = await shop.order(undefined, { deliverBy: '2026-05-01' });
    await shop.ship(await shop.order(books(6)));
    const answer = await ask(shop.office, 'chen', 'undelivered');
    expect(written(answer)).toEqual([
      `钢笔 | ${order.values.number} | 浙江宏远贸易有限公司 | ${10 * piece} | ${4 * piece} | ${6 * piece} | 2026-04-01 | ${96 * piece} | ${80 * piece}`,
      `钢笔 | ${later.values.number} | 浙江宏远贸易有限公司 | ${10 * piece} | 0 | ${10 * piece} | 2026-05-01 | ${96 * piece} | ${80 * piece}`,
    ]);
    // The same stock stands beside both rows and is counted once: it has no total.
    expect(answer.totals).toEqual({ orderedQuantity: 20 * piece, shippedQuantity: 4 * piece, open: 16 * piece });
    const byItem = await ask(shop.office, 'chen', 'undelivered', { groupBy: ['item'] });
    expect(written(byItem, ['open', 'due', 'available'])).toEqual([`钢笔 | ${16 * piece} | 2026-04-01 | ${80 * piece}`]);
    const documents = await askDocuments(shop.office, 'chen', 'undelivered', { measure: 'open', keys: { item: shop.pen.id } });
    expect(documents.total).toBe(16 * piece);
  });
});
