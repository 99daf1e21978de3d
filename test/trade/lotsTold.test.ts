import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { tellExpiringLots } from '../../server/features/lots/expiryNotices.ts';
import { exportLots } from '../../server/features/lots/exportLots.ts';
import { lotChoices, lotStock } from '../../server/features/lots/lotStock.ts';
import { lotTrace } from '../../server/features/lots/lotTrace.ts';
import { listNotices } from '../../server/features/notices/notices.ts';
import { printDataFor } from '../../server/features/printing/data/printDataFor.ts';
import { firstExpired, numbersIn } from '../../shared/documents/lots.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { type LotShop, openLotShop } from './lotShop.ts';
import { piece } from './shop.ts';

describe.each(stores)('What is told of batches, on $name', (kind) => {
  let shop: LotShop;
  let today: string;
  beforeEach(async () => {
    shop = await openLotShop(kind);
    today = await shop.office.look('admin', async (work) => work.today);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });
  const lotId = async (number: string) => shop.office.id('lots', { number });

  test('a batch is traced back to its supplier and forward to every customer, as far as the person may see them', async () => {
    const { office, milk, customer } = shop;
    const came = await shop.receive([{ item: milk.id, quantity: 10 }], [{ number: 'A', quantity: 10 }]);
    const out = await shop.ship(await shop.order([{ item: milk.id, quantity: 4 }]), [{ number: 'A', quantity: 4 }]);
    const wrong = await shop.ship(await shop.order([{ item: milk.id, quantity: 3 }]), [{ number: 'A', quantity: 3 }]);
    await office.step('chen', wrong, 'takeBack', '发错了');
    const trace = await office.look('admin', async (work) => lotTrace(work, await lotId('A')));
    expect(trace.places).toEqual([{ kind: 'warehouse', place: shop.warehouse, held: 6 * piece }]);
    expect(trace.moves).toMatchObject([
      { way: 'in', type: 'stockIn', document: came.id, amount: 10 * piece, party: { type: 'supplier', id: shop.supplier } },
      {
        way: 'out',
        type: 'stockOut',
        document: out.id,
        number: out.values.number,
        amount: 4 * piece,
        party: { type: 'customer', id: customer.id },
      },
    ]);
    const paper = await office.look('admin', (work) =>
      printDataFor(work, work.company.catalogue.get('stockOut'), out.id, { language: 'zh-CN', shown: new Set(['lotNumbers']) }),
    );
    expect(paper.lines[0]?.lotNumbers).toEqual({ kind: 'text', value: 'A ×4' });
    expect(trace.titles.customer?.[customer.id]).toBe('浙江宏远贸易有限公司');
    // The salesperson sees the own customer, and nothing of where the goods came from.
    const seen = await office.look('wang', async (work) => lotTrace(work, await lotId('A')));
    expect(seen.moves.map(({ way, number, party }) => [way, number, party?.type])).toEqual([
      ['in', undefined, undefined],
      ['out', out.values.number, 'customer'],
    ]);
    expect(JSON.stringify(seen)).not.toContain('牧原');
    expect((await office.read('wang', 'lot', await lotId('A'))).values.supplier).toBeUndefined();
    // Another salesperson does not even see who got them.
    const other = await office.look('li', async (work) => lotTrace(work, await lotId('A')));
    expect(other.moves.map(({ number, party }) => [number, party])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test('the list of batches shows what lies where, near its day, past it and blocked, with what it is worth', async () => {
    const { office, milk } = shop;
    await shop.receive(
      [{ item: milk.id, quantity: 10 }],
      [
        { number: 'SOON', quantity: 4, expiresOn: addDays(today, 20) },
        { number: 'LATE', quantity: 3, expiresOn: addDays(today, 21) },
        { number: 'OVER', quantity: 2, expiresOn: addDays(today, -1) },
        { number: 'EVER', quantity: 1 },
      ],
    );
    await office.change('chen', await office.read('chen', 'lot', await lotId('LATE')), { values: { blocked: true } });
    const listed = async (query: Parameters<typeof lotStock>[1], who = 'zhao') =>
      (await office.look(who, (work) => lotStock(work, query))).rows.map(({ number, daysLeft, held }) => [number, daysLeft, held / piece]);
    expect(await listed({})).toEqual([
      ['OVER', -1, 2],
      ['SOON', 20, 4],
      ['LATE', 21, 3],
      ['EVER', null, 1],
    ]);
    expect(await listed({ state: 'expiring' })).toEqual([['SOON', 20, 4]]);
    expect(await listed({ state: 'expired' })).toEqual([['OVER', -1, 2]]);
    expect(await listed({ state: 'blocked' })).toEqual([['LATE', 21, 3]]);
    expect(await listed({ search: 'so' })).toEqual([['SOON', 20, 4]]);
    expect(await listed({ search: '鲜奶', warehouse: shop.warehouse })).toHaveLength(4);
    const first = await office.look('zhao', (work) => lotStock(work, { limit: 3 }));
    expect(await listed({ limit: 3, after: first.next ?? '' })).toEqual([['EVER', null, 1]]);
    // Ten boxes at 5.00 with tax at 13 % of it taken off are worth what the stock-in says.
    expect(first.rows.reduce((sum, row) => sum + (row.value ?? 0), 0)).toBeGreaterThan(0);
    expect((await office.look('chen', (work) => lotStock(work, {}))).rows[0]).not.toHaveProperty('value');
    const { company } = office;
    const file = await exportLots(company, await office.actor('zhao'), { state: 'expiring' }, 'zh-CN');
    await writeFile(join(company.folder, file.name), file.bytes);
    const cells = (await rowsIn(join(company.folder, file.name))).map((row) => row.cells.map(shown));
    expect(cells[0]).toEqual(expect.arrayContaining(['批号/序列号', '有效期至', '剩余天数', '金额']));
    expect(cells.slice(1)).toEqual([expect.arrayContaining(['SOON', '鲜奶', '主仓库', '4', '20'])]);
    await expect(exportLots(company, await office.actor('wang'), {}, 'zh-CN')).rejects.toMatchObject({ code: 'access.denied' });
    // Whoever is limited to another warehouse sees none of it.
    const cold = await office.create('admin', 'warehouse', { name: '冷库', code: 'CS' });
    const li = await office.read('admin', 'user', await office.id('users', { login: 'li' }));
    await office.change('admin', li, { parts: { warehouses: [{ warehouse: cold.id }] } });
    expect(await listed({}, 'li')).toEqual([]);
    // What may be chosen goes out first expired first, without what is blocked or past its day.
    const { tracked, lots } = await office.look('chen', (work) => lotChoices(work, [milk.id, shop.pen.id]));
    expect(tracked).toEqual({ [milk.id]: { by: 'lot', name: '鲜奶', shelfLifeDays: 180 } });
    expect(firstExpired(lots, 6 * piece, today)).toEqual({
      picked: [
        { number: 'SOON', quantity: 4 * piece },
        { number: 'EVER', quantity: piece },
      ],
      short: piece,
    });
  });

  test('the keeper hears of a batch that comes near its day once, and of none that is gone', async () => {
    const { office, milk } = shop;
    const chen = await office.id('users', { login: 'chen' });
    await office.change('admin', await office.read('admin', 'warehouse', shop.warehouse), { values: { keeper: chen } });
    await shop.receive(
      [{ item: milk.id, quantity: 9 }],
      [
        { number: 'SOON', quantity: 4, expiresOn: addDays(today, 19) },
        { number: 'LATE', quantity: 3, expiresOn: addDays(today, 25) },
        { number: 'GONE', quantity: 2, expiresOn: addDays(today, 5) },
      ],
    );
    await shop.ship(await shop.order([{ item: milk.id, quantity: 2 }]), [{ number: 'GONE', quantity: 2 }]);
    const told = async () =>
      (await office.look('chen', (work) => listNotices(work, {}))).rows.filter(({ code }) => code === 'notice.lotExpiring');
    const signal = new AbortController().signal;
    expect(await tellExpiringLots(office.company, signal)).toBe(1);
    expect(await tellExpiringLots(office.company, signal)).toBe(0);
    expect((await told()).map(({ facts, record }) => [facts.number, facts.days, record])).toEqual([['SOON', 19, await lotId('SOON')]]);
    // An item that says nothing of its own goes by what the company says.
    await office.change('admin', await office.read('admin', 'item', milk.id), { values: { expiryWarnDays: null } });
    expect(await tellExpiringLots(office.company, signal)).toBe(1);
    expect(await told()).toHaveLength(2);
  });

  test('a stock-take counts batch by batch: one too many and one too few are two notes although the sum is right', async () => {
    const { office, milk } = shop;
    await shop.receive(
      [{ item: milk.id, quantity: 10 }],
      [
        { number: 'A', quantity: 6 },
        { number: 'B', quantity: 4 },
      ],
    );
    const count = await office.step(
      'chen',
      await office.create('chen', 'stockCount', { warehouse: shop.warehouse }, { lines: [{ item: milk.id }] }),
      'start',
    );
    const sheet = async (lines: Record<string, string | number>[]) =>
      office.step(
        'chen',
        await office.create('chen', 'countSheet', { count: count.id }, { lines: lines.map((line) => ({ item: milk.id, ...line })) }),
        'post',
      );
    await expect(sheet([{ quantity: 10 * piece }])).rejects.toMatchObject({ code: 'count.lotMissing', facts: { item: '鲜奶' } });
    await sheet([
      { quantity: 4 * piece, lotNumber: 'a' },
      { quantity: 5 * piece, lotNumber: 'B' },
      { quantity: piece, lotNumber: 'C' },
    ]);
    const now = async () => (await office.read('admin', 'stockCount', count.id)) as unknown as StoredRecord;
    await office.step('chen', await now(), 'finish');
    const posted = await office.step('zhao', await now(), 'post');
    expect(posted.parts.lines?.[0]?.difference).toBe(0);
    const note = async (type: string, id: unknown) =>
      (await office.read('admin', type, Number(id))).parts.lots?.map(({ number, quantity }) => [number, quantity]);
    expect(await note('stockGain', posted.values.gainNote)).toEqual([
      ['B', piece],
      ['C', piece],
    ]);
    expect(await note('stockLoss', posted.values.lossNote)).toEqual([['A', 2 * piece]]);
    expect(await shop.heldOf(milk.id)).toEqual({ A: 4, B: 5, C: 1 });
  });
});

test('a list of numbers is read one a line, by commas and as ranges', () => {
  expect(numbersIn('SN008-SN011\n A-1，B\t')).toEqual(['SN008', 'SN009', 'SN010', 'SN011', 'A-1', 'B']);
  expect(numbersIn('SN08~10')).toEqual(['SN08', 'SN09', 'SN10']);
  // No range: it would run backwards, or its ends are not of one kind.
  expect(numbersIn('A10-A02,X1-Y5,2026-11')).toEqual(['A10-A02', 'X1-Y5', '2026-11']);
  expect(numbersIn('N0001-N9999', 3)).toHaveLength(3);
});
