import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import type { GoLiveAnswer } from '../../shared/contracts/goLive.ts';
import { readPdf } from '../printing/readPdf.ts';
import { stores } from '../scenarios/office.ts';
import { type Doors, openDoors } from '../support/server.ts';
import { openShop, piece, type Shop, yuan } from './shop.ts';

describe.each(stores)('The doors of trade, on $name', (kind) => {
  let shop: Shop;
  let doors: Doors;
  let order: { id: number };
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    shop = await openShop(kind);
    order = await shop.order();
    await shop.ship(order, 4 * piece);
    await shop.pay(order, 13 * yuan);
    doors = await openDoors(shop.office);
    for (const who of ['wang', 'li', 'chen', 'zhao', 'admin']) tokens[who] = await doors.enter(who);
  });
  afterAll(async () => {
    await doors.close();
    await shop.office.close();
    await closePrinting();
  });

  const get = (who: string, path: string) => doors.call('GET', path, { token: tokens[who] });

  test('every door answers whoever may ask', async () => {
    const { pen, customer } = shop;
    const asked: [string, string][] = [
      ['wang', `/api/prices?items=${pen.id},${shop.book.id}&customer=${customer.id}&currency=${shop.cny}`],
      ['chen', `/api/stock?items=${pen.id}`],
      ['chen', `/api/stock/list?search=gb&warehouse=${shop.warehouse}&held=true&limit=10`],
      ['chen', `/api/stock/moves?item=${pen.id}`],
      ['zhao', `/api/stock/cost?item=${pen.id}`],
      ['chen', `/api/records/stockOut/sources?same=customer:${customer.id}`],
      ['wang', `/api/approval/salesOrder/${order.id}`],
      ['wang', `/api/execution/salesOrder/${order.id}`],
      ['wang', `/api/orders/${order.id}/execution`],
      ['wang', `/api/customers/${customer.id}/balance`],
      ['wang', `/api/customers/${customer.id}/statement?from=2026-01-01&to=2199-12-31`],
      ['wang', '/api/receivables'],
      ['zhao', '/api/accounts/balances'],
      ['zhao', '/api/accounts/1/book'],
      ['wang', '/api/home'],
      ['wang', '/api/waiting'],
      ['wang', '/api/settings'],
      ['admin', '/api/numbering'],
      ['wang', '/api/views/customer'],
      ['wang', '/api/notices'],
      ['zhao', '/api/numbers/gaps?type=salesOrder'],
      ['zhao', '/api/numbers/gaps/workbook?type=salesOrder&from=2026-01-01&to=2026-12-31&language=en'],
    ];
    for (const [who, path] of asked) expect([path, (await get(who, path)).status]).toEqual([path, 200]);
  });

  test('a question that makes no sense is refused before anybody looks', async () => {
    const asked = [
      '/api/prices',
      '/api/prices?items=1;2',
      '/api/prices?items=1&items=2',
      '/api/stock?items=',
      '/api/stock/list?limit=501',
      '/api/stock/list?limit=0',
      '/api/stock/list?search=%00',
      '/api/stock/moves?item=-1',
      '/api/receivables?sort=open',
      `/api/customers/${shop.customer.id}/statement?from=2026-02-30`,
      '/api/notices?after=x',
    ];
    for (const path of asked) {
      const { status, body } = await get('wang', path);
      expect([path, status, body.code]).toEqual([path, 400, 'record.invalid']);
    }
    const halfPeriod = await get('admin', '/api/numbers/gaps?type=salesOrder&from=2026-01-01');
    expect([halfPeriod.status, halfPeriod.body.code]).toEqual([400, 'record.invalid']);
    expect((await get('wang', '/api/stock/list?after=bm90IG91cnM')).body.code).toBe('list.badCursor');
  });

  test('what is not there and what is not theirs answer alike', async () => {
    for (const path of [
      `/api/customers/${shop.customer.id}/statement`,
      `/api/customers/${shop.customer.id}/balance`,
      `/api/orders/${order.id}/execution`,
      `/api/approval/salesOrder/${order.id}`,
    ]) {
      const theirs = await get('li', path);
      const nobodys = await get('li', path.replace(/\d+/, '987654321'));
      expect([theirs.status, theirs.body.code]).toEqual([404, 'record.notFound']);
      expect([nobodys.status, nobodys.body.code]).toEqual([404, 'record.notFound']);
    }
    expect((await get('wang', '/api/numbers/gaps?type=salesOrder')).body.code).toBe('access.denied');
    expect((await get('chen', '/api/stock/cost?item=1')).body.code).toBe('access.denied');
  });

  test('the statement comes on paper with its numbers', async () => {
    const { status, headers } = await get('wang', `/api/customers/${shop.customer.id}/statement.pdf`);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const answer = await fetch(`${doors.url}/api/customers/${shop.customer.id}/statement.pdf?language=zh-CN`, {
      headers: { authorization: `Bearer ${tokens.wang}` },
    });
    const pages = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    const text = JSON.stringify(pages).replaceAll(/\s/g, '');
    for (const words of ['浙江宏远贸易有限公司', '销售订单', '113.00', '13.00', '100.00']) expect(text).toContain(words);
  });

  test('settings, numbers and going live are for whoever may change settings', async () => {
    const { version } = (await get('admin', '/api/settings')).body as unknown as { version: number };
    const change = { version, values: { 'company.phone': '021-12345678' } };
    expect((await doors.call('PATCH', '/api/settings', { token: tokens.wang, body: change })).body.code).toBe('access.denied');
    const { status, body } = await doors.call('PATCH', '/api/settings', { token: tokens.admin, body: change });
    expect([status, (body.values as unknown as Record<string, string>)['company.phone']]).toEqual([200, '021-12345678']);
    expect((await doors.call('PATCH', '/api/settings', { token: tokens.admin, body: change })).body.code).toBe('settings.changed');
    expect((await doors.call('POST', '/api/go-live', { token: tokens.wang })).body.code).toBe('access.denied');
    expect((await doors.call('GET', '/api/go-live/figures', { token: tokens.wang })).body.code).toBe('access.denied');
    const figures = (await doors.call('GET', '/api/go-live/figures', { token: tokens.admin })).body as unknown as GoLiveAnswer;
    const totals = Object.fromEntries(figures.figures.map(({ key, amount }) => [key, amount]));
    const controls = { token: tokens.admin, body: { version: figures.version, totals } };
    expect((await doors.call('POST', '/api/go-live', { token: tokens.admin, body: {} })).body.code).toBe('opening.reasonMissing');
    expect((await doors.call('PUT', '/api/go-live/controls', controls)).status).toBe(200);
    expect((await doors.call('PUT', '/api/go-live/controls', controls)).body.code).toBe('settings.changed');
    expect((await doors.call('POST', '/api/go-live', { token: tokens.admin, body: {} })).status).toBe(200);
    expect((await doors.call('POST', '/api/go-live/reopen', { token: tokens.wang, body: { reason: '改' } })).body.code).toBe(
      'access.denied',
    );
    expect((await doors.call('POST', '/api/go-live/reopen', { token: tokens.admin, body: { reason: '改' } })).status).toBe(200);
  });

  test('a view is kept once however often the request comes', async () => {
    const body = { name: '我的客户', shared: false, content: { search: '宏远' } };
    const key = 'view-0001-aaaa';
    const first = await doors.call('POST', '/api/views/customer', { token: tokens.wang, body, key });
    const again = await doors.call('POST', '/api/views/customer', { token: tokens.wang, body, key });
    expect([first.status, again.body.id]).toEqual([201, first.body.id]);
    const id = Number(first.body.id);
    const renamed = await doors.call('PATCH', `/api/views/customer/${id}`, { token: tokens.wang, body: { version: 1, name: '宏远' } });
    expect(renamed.body).toMatchObject({ name: '宏远', version: 2, content: { search: '宏远' } });
    expect((await doors.call('DELETE', `/api/views/item/${id}`, { token: tokens.wang })).status).toBe(404);
    expect((await doors.call('DELETE', `/api/views/customer/${id}`, { token: tokens.wang })).status).toBe(200);
    expect((await get('wang', '/api/views/customer')).body.rows).toEqual([]);
    expect((await doors.call('POST', '/api/notices/read', { token: tokens.wang, body: { upTo: 1 } })).status).toBe(200);
  });
});
