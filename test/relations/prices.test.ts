import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { pickRecords } from '../../server/engine/list/pickRecords.ts';
import { listNotices } from '../../server/features/notices/notices.ts';
import { printDataFor } from '../../server/features/printing/data/printDataFor.ts';
import { changeSettings, readSettings } from '../../server/features/settings/companySettings.ts';
import { offeredPrices } from '../../server/features/trade/offeredPrices.ts';
import { offeredPrice } from '../../shared/contracts/offeredPrice.ts';
import { msOf } from '../../shared/kernel/days.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop } from '../trade/shop.ts';

const dayMs = 24 * 60 * 60_000;

describe.each(stores)('The price that is offered on $name', (kind) => {
  let shop: Shop;
  let nowMs: number;
  const realNow = clock.now;

  beforeEach(async () => {
    nowMs = msOf('2026-03-02T04:00:00.000Z');
    clock.now = () => nowMs;
    shop = await openShop(kind);
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
    clock.now = realNow;
  });

  const known = async (who = 'wang', customer: number | undefined = shop.customer.id, item = shop.pen.id) =>
    (await shop.office.look(who, (work) => offeredPrices(work, { items: [item], ...(customer ? { customer } : {}) }))).prices[item];
  const offered = async (line: Record<string, unknown> = {}, customer?: number) => {
    const prices = await known('wang', customer ?? shop.customer.id);
    const found = prices && offeredPrice(prices, { unit: '支', unitRatio: piece, quantity: piece, ...line });
    return found && [found.source, found.grossPrice / 1_000_000];
  };
  const inForce = async (type: 'priceBook' | 'promotion', values: Record<string, Value>, lines: Record<string, Value>[], more = {}) => {
    const draft = await shop.office.create('zhou', type, { subject: '春季', ...values }, { lines, ...more });
    return shop.office.step('zhou', draft, 'approve');
  };
  const agree = (values: Record<string, Value>) =>
    shop.office.create('wang', 'customerItem', { customer: shop.customer.id, item: shop.pen.id, ...values });

  test('comes from the list, the level, the book, the last sale, a promotion, the agreement, in this order', async () => {
    const other = await shop.office.create('wang', 'customer', { name: '温州新桥五金店' });
    expect(await offered({}, other.id)).toEqual(['list', 12]);
    expect(await offered()).toEqual(['level', 11.5]);
    await inForce('priceBook', {}, [{ item: shop.pen.id, grossPrice: priced(11.4) }]);
    expect(await offered()).toEqual(['priceBook', 11.4]);
    await shop.order();
    expect(await offered()).toEqual(['last', 11.3]);
    await inForce('promotion', { validUntil: '2026-03-31' }, [{ item: shop.pen.id, grossPrice: priced(11) }]);
    expect(await offered()).toEqual(['promotion', 11]);
    await agree({ grossPrice: priced(11.1) });
    expect(await offered()).toEqual(['agreed', 11.1]);
    expect(await offered({ unit: '盒', unitRatio: 12 * piece })).toEqual(['agreed', 133.2]);
  });

  test('a price book that came into force after the last sale counts before it', async () => {
    await shop.order();
    nowMs += dayMs;
    await inForce('priceBook', {}, [{ item: shop.pen.id, grossPrice: priced(11.9) }]);
    expect(await offered()).toEqual(['priceBook', 11.9]);
  });

  test('a book counts for its level from its first to its last day, approved and not ended; the newest one first', async () => {
    const retail = await shop.office.id('dictionary_entries', { dictionary: 'priceLevel', name: '零售价' });
    await inForce('priceBook', { priceLevel: retail }, [{ item: shop.pen.id, grossPrice: priced(5) }]);
    await shop.office.create('zhou', 'priceBook', { subject: '草稿' }, { lines: [{ item: shop.pen.id, grossPrice: priced(4) }] });
    await inForce('priceBook', { validFrom: '2026-03-10', validUntil: '2026-03-20' }, [{ item: shop.pen.id, grossPrice: priced(10.5) }]);
    expect(await offered()).toEqual(['level', 11.5]);
    nowMs += 10 * dayMs;
    expect(await offered()).toEqual(['priceBook', 10.5]);
    const own = await inForce('priceBook', { priceLevel: shop.level, validFrom: '2026-03-01' }, [
      { item: shop.pen.id, grossPrice: priced(10.2) },
    ]);
    expect(await offered()).toEqual(['priceBook', 10.2]);
    await shop.office.step('zhou', own, 'close', '价格有误');
    expect(await offered()).toEqual(['priceBook', 10.5]);
    nowMs += 10 * dayMs;
    expect(await offered()).toEqual(['level', 11.5]);
  });

  test('a promotion begins with its quantity, reaches everything below its category, and only its customers', async () => {
    const { office, customer, pen } = shop;
    const category = Number(pen.values.category);
    const above = await office.create('admin', 'itemCategory', { name: '办公' });
    const stationery = await office.read('admin', 'itemCategory', category);
    await office.change('admin', stationery, { values: { parent: above.id } });
    await inForce('promotion', { validUntil: '2026-03-31' }, [{ category: above.id, discount: 100_000, minQuantity: 24 * piece }], {
      customers: [{ customer: customer.id }],
    });
    expect(await offered({ quantity: 23 * piece })).toEqual(['level', 11.5]);
    expect(await offered({ quantity: 24 * piece })).toEqual(['promotion', 10.35]);
    expect(await offered({ quantity: 2 * piece, unitRatio: 12 * piece, unit: '盒' })).toEqual(['promotion', 124.2]);
    const other = await office.create('wang', 'customer', { name: '温州新桥五金店' });
    expect(await offered({ quantity: 24 * piece }, other.id)).toEqual(['list', 12]);
    nowMs += 40 * dayMs;
    expect(await offered({ quantity: 24 * piece })).toEqual(['level', 11.5]);
  });

  test('a promotion says of what and how much, and does not end before it begins', async () => {
    const draft = (lines: Record<string, Value>[], values: Record<string, Value> = {}) =>
      shop.office.create('zhou', 'promotion', { subject: '春季', validUntil: '2026-03-31', ...values }, { lines });
    const wrong = await draft([{ item: shop.pen.id }, { category: Number(shop.pen.values.category), grossPrice: priced(5) }]);
    await expect(shop.office.step('zhou', wrong, 'approve')).rejects.toMatchObject({ code: 'prices.lineIncomplete', facts: { count: 2 } });
    const backwards = await draft([{ item: shop.pen.id, discount: 50_000 }], { validFrom: '2026-04-02' });
    await expect(shop.office.step('zhou', backwards, 'submit')).rejects.toMatchObject({ code: 'prices.endsTooEarly' });
  });

  test('an agreement ends with its day; the customer’s code stays, and finds the item for that customer alone', async () => {
    await agree({ code: 'HY-0007', name: '宏远钢笔', grossPrice: priced(11), validUntil: '2026-03-05' });
    nowMs += 5 * dayMs;
    const prices = await known();
    expect([prices?.agreed, prices?.customerCode, prices?.customerName]).toEqual([undefined, 'HY-0007', '宏远钢笔']);
    const pick = (who: string, customer?: number) =>
      shop.office.look(who, async (work) => {
        const context = customer ? { context: { customer } } : {};
        return (await pickRecords(work, work.company.catalogue.get('item'), { text: 'hy-00', ...context })).rows.map(({ id }) => id);
      });
    expect(await pick('wang', shop.customer.id)).toEqual([shop.pen.id]);
    expect(await pick('wang')).toEqual([]);
    expect(await pick('li', shop.customer.id)).toEqual([]);
  });

  test('the customer’s code goes from the offer to the order and the delivery, and stands on the paper', async () => {
    const { office, customer, pen } = shop;
    const line = {
      item: pen.id,
      quantity: piece,
      unit: '支',
      grossPrice: priced(11),
      warehouse: shop.warehouse,
      customerCode: 'HY-0007',
      priceSource: 'agreed',
    };
    const quotation = await office.step(
      'wang',
      await office.create('wang', 'quotation', { customer: customer.id }, { lines: [line] }),
      'approve',
    );
    const order = await office.become('wang', 'salesOrder', [{ type: 'quotation', id: quotation.id }]);
    expect(order.parts.lines).toMatchObject([{ customerCode: 'HY-0007', priceSource: 'agreed' }]);
    await office.step('wang', order, 'approve');
    const note = await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }]);
    const paper = (type: string, id: number) =>
      office.look('sun', (work) => printDataFor(work, work.company.catalogue.get(type), id, { language: 'zh-CN', shown: new Set() }));
    expect((await paper('stockOut', note.id)).lines[0]?.customerCode).toEqual({ kind: 'text', value: 'HY-0007' });
    expect((await paper('salesOrder', order.id)).lines[0]?.customerCode).toEqual({ kind: 'text', value: 'HY-0007' });
  });

  test('whoever may not see sales prices hears of no book, promotion or agreement', async () => {
    await inForce('priceBook', {}, [{ item: shop.pen.id, grossPrice: priced(11.4) }]);
    await inForce('promotion', { validUntil: '2026-03-31' }, [{ item: shop.pen.id, grossPrice: priced(11) }]);
    await agree({ grossPrice: priced(11.1) });
    const prices = await known('chen');
    expect([prices?.book, prices?.promotions, prices?.agreed, prices?.list]).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a person sells down to the prices of the level given to them or their position, and no further', async () => {
    const { office, customer, pen } = shop;
    const member = await office.id('dictionary_entries', { dictionary: 'priceLevel', name: '会员价' });
    const now = await office.read('admin', 'item', pen.id);
    await office.change('admin', now, {
      parts: {
        prices: [
          ...(now.parts.prices ?? []).map(({ id, level, grossPrice }) => ({ id, level, grossPrice })),
          { level: member, grossPrice: priced(9) },
        ],
      } as never,
    });
    const quote = async (price: number): Promise<StoredRecord> => {
      const lines = [{ item: pen.id, quantity: piece, grossPrice: priced(price) }];
      return office.step('wang', await office.create('wang', 'quotation', { customer: customer.id }, { lines }), 'approve');
    };
    await expect(quote(9.5)).rejects.toMatchObject({ code: 'price.belowFloor' });
    const position = await office.read('admin', 'position', await office.id('positions', { code: 'salesperson' }));
    await office.change('admin', position, { values: { priceLevel: member } });
    expect((await quote(9.5)).state).toBe('approved');
    await expect(quote(8.9)).rejects.toMatchObject({ code: 'price.belowFloor' });
    const wang = await office.read('admin', 'user', await office.id('users', { login: 'wang' }));
    await office.change('admin', wang, { values: { priceLevel: shop.level } });
    await expect(quote(11)).rejects.toMatchObject({ code: 'price.belowFloor' });
  });

  test('new products and new prices are announced to sales where the company wants it, to nobody else', async () => {
    const news = async (who: string) =>
      (await shop.office.look(who, (work) => listNotices(work, {}))).rows
        .filter(({ code }) => code.startsWith('notice.new'))
        .map(({ code, facts }) => [code, facts.title]);
    await shop.office.create('admin', 'item', { name: '铅笔', unit: '支', grossPrice: priced(1) });
    expect(await news('wang')).toEqual([]);
    await shop.office.work('admin', async (work) =>
      changeSettings(work, (await readSettings(work)).version, { 'parameter.itemNotices': true }),
    );
    const ruler = await shop.office.create('admin', 'item', { name: '直尺', unit: '把', grossPrice: priced(3) });
    const dearer = await shop.office.change('admin', ruler, { values: { grossPrice: priced(4) } });
    await shop.office.change('admin', dearer, { values: { grossPrice: priced(5) } });
    expect(await news('wang')).toEqual([
      ['notice.newPrice', '直尺'],
      ['notice.newItem', '直尺'],
    ]);
    expect(await news('chen')).toEqual([]);
  });
});
