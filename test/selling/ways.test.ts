import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { expectProven, movesOf, type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from '../trade/shop.ts';

const ways = [
  { outboundBy: 'order', receivableFrom: 'order' },
  { outboundBy: 'order', receivableFrom: 'stockOut' },
  { outboundBy: 'notice', receivableFrom: 'order' },
  { outboundBy: 'notice', receivableFrom: 'stockOut' },
] as const;

describe.each(stores)('the four ways of selling, on $name', (kind) => {
  let shop: Shop;
  let office: Office;
  const types = new Map<(typeof ways)[number], number>();

  beforeAll(async () => {
    shop = await openShop(kind);
    office = shop.office;
    for (const way of ways) {
      const type = await office.create('admin', 'orderType', { name: `${way.outboundBy} ${way.receivableFrom}`, ...way });
      types.set(way, type.id);
    }
  });
  afterEach(() => expectProven(office));
  afterAll(() => office.close());

  const sold = (way: (typeof ways)[number], quantity = 10) =>
    shop.order([{ item: shop.pen.id, quantity: quantity * piece }], { orderType: types.get(way) ?? 0 });
  const lineOf = (record: StoredRecord) => record.parts.lines?.[0] ?? { id: 0 };
  const now = async (record: { type: string; id: number }) => office.read('admin', record.type, record.id);
  const balance = async (place: string): Promise<number> => {
    const row = await office.company.store.read((tx) => tx('balances').where({ ledger: 'receivable', place }).first('amount'));
    return Number((row as { amount: number } | undefined)?.amount ?? 0);
  };

  /** Releases where the way asks for it, and ships. */
  const ship = async (way: (typeof ways)[number], order: { id: number }, pieces: number): Promise<StoredRecord> => {
    const rows = { part: 'lines', rows: { quantity: pieces * piece } };
    if (way.outboundBy === 'order') {
      return office.step('chen', await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], rows), 'post');
    }
    const notice = await office.step(
      'wang',
      await office.become('wang', 'deliveryNotice', [{ type: 'salesOrder', id: order.id }], rows),
      'approve',
    );
    return office.step('chen', await office.become('chen', 'stockOut', [{ type: 'deliveryNotice', id: notice.id }]), 'post');
  };

  describe.each(ways)('goods leave by the $outboundBy and the customer owes by the $receivableFrom', (way) => {
    test('what was shipped in parts adds up to the order, to the cent', async () => {
      // 11.30 with three percent off: no third of it is a whole cent.
      const order = await shop.order([{ item: shop.pen.id, quantity: 3 * piece, grossPrice: priced(11.33) }], {
        orderType: types.get(way) ?? 0,
        discountAmount: 1 * yuan,
      });
      const notes = [await ship(way, order, 1), await ship(way, order, 1), await ship(way, order, 1)];
      const sum = (name: string) => notes.reduce((total, note) => total + Number(lineOf(note)[name]), 0);
      expect([sum('grossAmount'), sum('netAmount'), sum('taxAmount')]).toEqual([
        order.values.total,
        order.values.netTotal,
        order.values.taxTotal,
      ]);
      expect(lineOf(notes[0] as StoredRecord)).toMatchObject({ order: order.id, orderRow: lineOf(order).id });
      expect(await now(order)).toMatchObject({ state: way.receivableFrom === 'order' ? 'approved' : 'completed' });
    });

    test('the debt stands at the paper that makes it, and at no other', async () => {
      const order = await sold(way);
      const note = await ship(way, order, 4);
      const owed = Math.round(4 * 11.3 * yuan);
      expect(await balance(`salesOrder:${order.id}`)).toBe(way.receivableFrom === 'order' ? order.values.total : 0);
      expect(await balance(`stockOut:${note.id}`)).toBe(way.receivableFrom === 'order' ? 0 : owed);
      const source = way.receivableFrom === 'order' ? order : note;
      const receipt = await office.step(
        'zhao',
        await office.become('zhao', 'receipt', [{ type: source.type, id: source.id, rows: [{ id: 1, amount: owed }] }], {
          values: { amount: owed },
        }),
        'post',
      );
      expect((await now(source)).values).toMatchObject({ received: owed });
      const other = source === order ? note : order;
      await expect(office.become('zhao', 'receipt', [{ type: other.type, id: other.id }])).rejects.toMatchObject({
        code: expect.stringMatching(/^flow\./),
      });
      await office.step('zhao', receipt, 'takeBack', '退票');
      expect((await now(source)).values).toMatchObject({ received: 0 });
    });

    test('closing early gives up the rest, and reopening takes it up again', async () => {
      const order = await sold(way);
      await ship(way, order, 4);
      const closed = await office.step('wang', { ...(await now(order)), type: 'salesOrder' }, 'close', '客户不要了');
      expect(await movesOf(office, closed)).toMatch(/promise \| promised:\d+ -> free \| 6000000/);
      expect(closed.values).toMatchObject(
        way.receivableFrom === 'order'
          ? { waived: Math.round(6 * 11.3 * yuan), dueTotal: Math.round(4 * 11.3 * yuan) }
          : { waived: 0, dueTotal: 0 },
      );
      expect((await office.step('wang', closed, 'reopen')).values).toMatchObject({
        waived: 0,
        dueTotal: way.receivableFrom === 'order' ? order.values.total : 0,
      });
    });

    test('a delivery taken back is as if it had never been', async () => {
      const order = await sold(way);
      const note = await ship(way, order, 10);
      const back = await office.step('chen', note, 'takeBack', '装错');
      expect(lineOf(back)).toMatchObject({ grossAmount: null, cost: null });
      expect(await balance(`stockOut:${note.id}`)).toBe(0);
      const again = await office.step('chen', back, 'post');
      expect(again.values).toMatchObject({ total: order.values.total });
      expect((await now(order)).parts.lines?.[0]).toMatchObject({ shipped: 10 * piece });
      const reversed = await office.step('chen', again, 'reverse', '已结账');
      expect(reversed.values.reversedBy).toBeGreaterThan(0);
      expect(await balance(`stockOut:${note.id}`)).toBe(0);
      expect((await now(order)).parts.lines?.[0]).toMatchObject({ shipped: 0 });
    });
  });

  test('an order that goes by notice is not shipped without one, nor released twice', async () => {
    const order = await sold(ways[2]);
    await expect(office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }])).rejects.toMatchObject({
      code: expect.stringMatching(/^flow\./),
    });
    const release = () => office.become('wang', 'deliveryNotice', [{ type: 'salesOrder', id: order.id }]);
    const [one, two] = [await release(), await release()];
    await office.step('wang', one, 'approve');
    await expect(office.step('wang', two, 'approve')).rejects.toMatchObject({ code: 'flow.overQuantity' });
  });

  test('one notice covers several deliveries up to what it releases, one order has several notices', async () => {
    const order = await sold(ways[2]);
    const part = { part: 'lines', rows: { quantity: 6 * piece } };
    const notice = await office.step(
      'wang',
      await office.become('wang', 'deliveryNotice', [{ type: 'salesOrder', id: order.id }], part),
      'approve',
    );
    const deliver = async (pieces: number) =>
      office.step(
        'chen',
        await office.become('chen', 'stockOut', [{ type: 'deliveryNotice', id: notice.id }], {
          part: 'lines',
          rows: { quantity: pieces * piece },
        }),
        'post',
      );
    await deliver(2);
    await expect(office.step('wang', { ...(await now(order)), type: 'salesOrder' }, 'close', '不要了')).rejects.toMatchObject({
      code: 'order.releasedNotShipped',
    });
    await deliver(1);
    await expect(deliver(4)).rejects.toMatchObject({ code: 'flow.overQuantity' });
    const closed = await office.step('wang', { ...(await now(notice)), type: 'deliveryNotice' }, 'close', '先停一停');
    expect(lineOf(closed)).toMatchObject({ quantity: 3 * piece, shipped: 3 * piece });
    expect((await now(order)).parts.lines?.[0]).toMatchObject({ released: 3 * piece, shipped: 3 * piece });
    const rest = await office.become('wang', 'deliveryNotice', [{ type: 'salesOrder', id: order.id }]);
    expect(lineOf(rest)).toMatchObject({ quantity: 7 * piece });
  });
});
