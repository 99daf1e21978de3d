import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePrinting } from '../../server/features/printing/renderPdf.ts';
import { deliveryStatus } from '../../server/features/selling/deliveryStatus.ts';
import { sellingRoutes } from '../../server/http/routes/selling.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { openDoor } from '../print-routes/door.ts';
import { readPdf } from '../printing/readPdf.ts';
import { type Office, stores } from '../scenarios/office.ts';
import { keysIn, openShop, piece, type Shop } from '../trade/shop.ts';

describe.each(stores)('where a customer’s goods are, on $name', (kind) => {
  let shop: Shop;
  let office: Office;
  let today: string;
  let order: { id: number; values: Record<string, unknown> };

  /** Ten pens ordered: four left and were signed for, three are on their way, three are still here. */
  beforeAll(async () => {
    shop = await openShop(kind);
    office = shop.office;
    today = await office.look('admin', async (work) => work.today);
    order = await shop.order([{ item: shop.pen.id, quantity: 10 * piece }], { deliverBy: addDays(today, 3) });
    const carrier = await office.id('dictionary_entries', { dictionary: 'carrier', name: '顺丰速运' });
    const send = async (quantity: number, parcelNumber: string) => {
      const values = { carrier, parcelNumber };
      const draft = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], {
        values,
        part: 'lines',
        rows: { quantity },
      });
      return office.step('chen', draft, 'post');
    };
    const first = await send(4 * piece, 'SF001');
    await office.change('chen', first, { values: { signedOn: today, signedBy: '李师傅' }, parts: { parcels: [{ number: 'SF002' }] } });
    await send(3 * piece, 'SF003');
  });
  afterAll(async () => {
    await office.close();
    await closePrinting();
  });

  const status = (who: string, language: 'zh-CN' | 'en' = 'zh-CN') => office.look(who, (work) => deliveryStatus(work, order.id, language));

  test('each line says what was ordered, sent, is on its way and was signed for, and how each parcel travelled', async () => {
    const { lines, shipments, byNotice, deliverBy } = await status('wang');
    expect(lines).toMatchObject([{ name: '钢笔', ordered: 10 * piece, shipped: 7 * piece, inTransit: 3 * piece, signed: 4 * piece }]);
    expect(shipments.map(({ parcelNumbers, signedBy }) => [parcelNumbers, signedBy])).toEqual([
      [['SF001', 'SF002'], '李师傅'],
      [['SF003'], null],
    ]);
    expect([byNotice, deliverBy]).toEqual([false, addDays(today, 3)]);
  });

  test('the text for the customer says the same in the language asked for, and no price', async () => {
    const { text } = await status('wang');
    expect(text).toContain('钢笔：订购 10 支，已发 7 支，在途 3 支，已签收 4 支');
    expect(text).toContain(`顺丰速运 SF001 SF002 · 已签收 ${today} 李师傅：钢笔 4 支`);
    expect((await status('wang', 'en')).text).toContain('In transit 3 支');
    expect([...keysIn(await status('wang'))].filter((key) => /price|amount|total/i.test(key))).toEqual([]);
  });

  test('it prints for the customer, and not for colleagues to whom the order does not belong', async () => {
    const door = await openDoor(office, [...sellingRoutes]);
    const answer = await door.ask('wang', 'GET', `/api/orders/${order.id}/delivery/paper?language=zh-CN`);
    const [page] = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    for (const words of ['发货进度', String(order.values.number), '钢笔', 'SF003', '运输途中']) expect(page?.text).toContain(words);
    expect((await door.ask('li', 'GET', `/api/orders/${order.id}/delivery`)).status).toBe(404);
    await door.close();
  });
});
