import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { award, comparisonOf } from '../../server/features/purchase/comparison.ts';
import { expectProven, stores } from '../scenarios/office.ts';
import { piece, priced } from '../trade/shop.ts';
import { type Buying, openBuying } from './buying.ts';

describe.each(stores)('Asking several suppliers, on $name', (kind) => {
  let shop: Buying;
  let other: StoredRecord;
  beforeEach(async () => {
    shop = await openBuying(kind);
    other = await shop.office.create('qian', 'supplier', { name: '温州笔业' });
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  const write = (suppliers: StoredRecord[]) =>
    shop.office.create(
      'qian',
      'inquiry',
      { subject: '秋季文具' },
      {
        lines: [
          { item: shop.pen.id, quantity: 100 * piece, unit: '支' },
          { item: shop.book.id, quantity: 50 * piece, unit: '本' },
        ],
        suppliers: suppliers.map(({ id }) => ({ supplier: id })),
      },
    );
  const compare = (inquiry: { id: number }, who = 'qian') => shop.office.look(who, (work) => comparisonOf(work, inquiry.id));
  const answer = async (id: number, prices: number[], leadDays = 5) => {
    const known = await shop.office.read('qian', 'supplierQuotation', id);
    const lines = (known.parts.lines ?? []).map((line, index) => ({
      id: Number(line.id),
      grossPrice: priced(prices[index] ?? 0),
      leadDays,
    }));
    const changed = await shop.office.change('qian', known, { parts: { lines } });
    return shop.office.step('qian', changed, 'answer');
  };
  const sent = async () => {
    const inquiry = await shop.office.step('qian', await write([shop.supplier, other]), 'send');
    const quotations = (await compare(inquiry)).quotations.map(({ id }) => id);
    return { inquiry, first: quotations[0] ?? 0, second: quotations[1] ?? 0 };
  };

  test('sending an inquiry writes a quotation to fill in for each supplier, and one more for who is added later', async () => {
    const inquiry = await shop.office.step('qian', await write([shop.supplier]), 'send');
    expect((await compare(inquiry)).quotations).toMatchObject([{ supplierName: '宁波文具制造厂', state: 'draft' }]);
    const back = await shop.office.step('qian', inquiry, 'withdraw');
    const more = await shop.office.change('qian', back, { parts: { suppliers: [{ supplier: shop.supplier.id }, { supplier: other.id }] } });
    await shop.office.step('qian', more, 'send');
    expect((await compare(inquiry)).quotations.map((quotation) => quotation.supplierName)).toEqual(['宁波文具制造厂', '温州笔业']);
    const nobody = await write([]);
    await expect(shop.office.step('qian', nobody, 'send')).rejects.toMatchObject({ code: 'inquiry.noSuppliers' });
  });

  test('answers stand side by side without tax, the cheapest of each line is marked', async () => {
    const { inquiry, first, second } = await sent();
    await expect(answer(first, [0, 0])).rejects.toMatchObject({ code: 'inquiry.noPrices' });
    await answer(first, [4.52, 9.04]);
    await answer(second, [5.65, 7.91], 12);
    const { lines } = await compare(inquiry);
    expect(lines.map((line) => line.offers.map((offer) => [offer.netPrice, offer.leadDays, offer.isBest]))).toEqual([
      [
        [priced(4), 5, true],
        [priced(5), 12, false],
      ],
      [
        [priced(8), 5, false],
        [priced(7), 12, true],
      ],
    ]);
  });

  test('the work is given out in parts: one order for each supplier, all of them or none', async () => {
    const { inquiry, first, second } = await sent();
    await answer(first, [4.52, 9.04]);
    await answer(second, [5.65, 7.91]);
    const { lines } = await compare(inquiry);
    const rowOf = (line: number, quotation: number) => lines[line]?.offers.find((one) => one.quotation === quotation)?.row ?? 0;
    const give = (awards: [number, number, number][]) =>
      shop.office.work('qian', (work) =>
        award(
          work,
          inquiry.id,
          awards.map(([line, quotation, quantity]) => ({ offer: quotation, row: rowOf(line, quotation), quantity: quantity * piece })),
        ),
      );
    await expect(give([])).rejects.toMatchObject({ code: 'inquiry.nothingAwarded' });
    await expect(give([[0, shop.pen.id + 9000, 1]])).rejects.toMatchObject({ code: 'record.notFound' });
    const orders = await give([
      [0, first, 60],
      [0, second, 40],
      [1, second, 50],
    ]);
    expect(orders.map((order) => [order.values.supplier, order.parts.lines?.map((line) => [line.quantity, line.grossPrice])])).toEqual([
      [shop.supplier.id, [[60 * piece, priced(4.52)]]],
      [
        other.id,
        [
          [40 * piece, priced(5.65)],
          [50 * piece, priced(7.91)],
        ],
      ],
    ]);
    for (const order of orders) await shop.office.step('sun', order, 'approve');
    const after = await compare(inquiry);
    expect(after.lines.map((line) => line.ordered)).toEqual([100 * piece, 50 * piece]);
    expect((await shop.office.read('qian', 'inquiry', inquiry.id)).values.orderedState).toBe('all');
    expect((await shop.office.read('qian', 'supplierQuotation', first)).values.orderedState).toBe('part');
  });

  test('prices of an inquiry are not for those who may not see them', async () => {
    const { inquiry } = await sent();
    for (const who of ['wang', 'chen']) await expect(compare(inquiry, who)).rejects.toMatchObject({ code: 'access.denied' });
  });
});
