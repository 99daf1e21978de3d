import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { closeMonth, reopenMonths } from '../../server/features/closing/closing.ts';
import { exportYear } from '../../server/features/closing/exportYear.ts';
import { closeYear, reopenYear, yearReport, yearsState } from '../../server/features/closing/yearClosing.ts';
import { msOf } from '../../shared/kernel/days.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openDoors } from '../support/server.ts';
import { openShop, piece, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('The end of a year, on $name', (kind) => {
  let shop: Shop;
  const realNow = clock.now;
  beforeEach(async () => {
    clock.now = () => msOf('2025-12-20T02:00:00.000Z');
    shop = await openShop(kind);
    const order = await shop.order();
    await shop.ship(order, 4 * piece);
    await shop.pay(order, 50 * yuan);
    clock.now = () => msOf('2026-01-10T02:00:00.000Z');
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  const closeDecember = () => shop.office.work('zhao', (work) => closeMonth(work, '2025-12-31'));
  const close = (year = '2025') => shop.office.work('zhao', (work) => closeYear(work, year));
  const report = (who = 'zhao') => shop.office.look(who, (work) => yearReport(work, '2025'));

  test('what a year hands to the next is put on record, and stays what the new year began with', async () => {
    await expect(close()).rejects.toMatchObject({ code: 'year.monthsOpen', facts: { year: '2025' } });
    await closeDecember();
    expect(await shop.office.look('zhao', yearsState)).toMatchObject({ next: '2025', years: [] });
    expect(await report()).toMatchObject({ isClosed: false, agrees: null });
    await close();
    await shop.ship(await shop.order(), 10 * piece);
    const { isClosed, agrees, figures, titles } = await report();
    expect({ isClosed, agrees }).toEqual({ isClosed: true, agrees: true });
    expect(figures.stock).toEqual([
      { item: shop.pen.id, quantity: 96 * piece, value: 576 * yuan },
      { item: shop.book.id, quantity: 40 * piece, value: 400 * yuan },
    ]);
    expect(figures.receivable).toEqual([{ party: shop.customer.id, currency: shop.cny, amount: 63 * yuan }]);
    expect(figures.cash).toMatchObject([{ currency: shop.cny, amount: 50 * yuan }]);
    expect(titles.customer?.[shop.customer.id]).toBe('浙江宏远贸易有限公司');
    expect(await shop.office.look('zhao', yearsState)).toMatchObject({ next: null, years: [{ year: '2025', by: 'zhao' }] });
    await expect(close()).rejects.toMatchObject({ code: 'year.alreadyClosed' });
  });

  test('months of a closed year are opened only after the year is, the latest first and with a reason', async () => {
    await closeDecember();
    await close();
    const openMonths = () => shop.office.work('sun', (work) => reopenMonths(work, '2025-11-30', '漏单'));
    const openYear = (year: string, reason: string) => shop.office.work('sun', (work) => reopenYear(work, year, reason));
    await expect(openMonths()).rejects.toMatchObject({ code: 'year.isClosed', facts: { year: '2025' } });
    await expect(openYear('2025', ' ')).rejects.toMatchObject({ code: 'closing.reasonMissing' });
    await expect(openYear('2024', '漏单')).rejects.toMatchObject({ code: 'year.notNewest', facts: { year: '2025' } });
    await openYear('2025', '漏单');
    await openMonths();
    const { history } = await shop.office.look('zhao', yearsState);
    expect(history.map(({ action, year, reason, by }) => [action, year, reason, by])).toEqual([
      ['reopen', '2025', '漏单', 'sun'],
      ['close', '2025', null, 'zhao'],
    ]);
  });

  test('the report goes into a workbook, and books that no longer agree with it are told', async () => {
    await closeDecember();
    await close();
    const { bytes } = await shop.office.look('zhao', (work) => exportYear(work, '2025', 'zh-CN'));
    const file = join(shop.office.company.folder, 'year.xlsx');
    await writeFile(file, bytes);
    const cells = (await rowsIn(file)).map((row) => row.cells.map(shown));
    expect(cells.slice(0, 3)).toEqual([
      ['商品', '现存量', '现存金额'],
      [expect.stringContaining('钢笔'), '96', '576'],
      [expect.stringContaining('笔记本'), '40', '400'],
    ]);
    const stock = await shop.office.look('zhao', (work) => work.tx('moves').where({ ledger: 'cost' }).orderBy('id').first());
    const { id: _id, ...move } = stock;
    await shop.office.company.store.write((tx) => tx('moves').insert({ ...move, amount: 1 }));
    expect((await report()).agrees).toBe(false);
    const balance = { ledger: 'cost', subject: move.subject };
    const raise = (place: string, by: number) =>
      shop.office.company.store.write((tx) =>
        tx('balances')
          .where({ ...balance, place })
          .increment('amount', by),
      );
    await raise(String(move.to_place), 1);
    await raise(String(move.from_place), -1);
  });

  test('who has no right sees no year, and a closed year is read and printed as before', async () => {
    await closeDecember();
    await close();
    const doors = await openDoors(shop.office);
    try {
      const [wang, zhao] = [await doors.enter('wang'), await doors.enter('zhao')];
      for (const path of ['/api/years', '/api/years/2025']) expect((await doors.call('GET', path, { token: wang })).status).toBe(403);
      expect((await doors.call('POST', '/api/years/2025/reopen', { token: zhao, body: { reason: '想改' } })).status).toBe(403);
      expect((await doors.call('GET', '/api/years/25', { token: zhao })).status).toBe(404);
      expect(await doors.call('GET', '/api/years/2025', { token: zhao })).toMatchObject({ status: 200, body: { agrees: true } });
      const [order] = (await shop.office.look('zhao', (work) => work.tx('sales_orders').select('id'))) as { id: number }[];
      expect(await doors.call('GET', `/api/records/salesOrder/${order?.id}`, { token: wang })).toMatchObject({ status: 200 });
    } finally {
      await doors.close();
    }
  });
});
