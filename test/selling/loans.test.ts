import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { expectProven, movesOf, type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('goods at customers without an order, on $name', (kind) => {
  let shop: Shop;
  let office: Office;
  let today: string;

  beforeAll(async () => {
    shop = await openShop(kind);
    office = shop.office;
    today = await office.look('admin', async (work) => work.today);
  });
  afterEach(() => expectProven(office));
  afterAll(() => office.close());

  const lend = async (pieces: number) => {
    const values = { customer: shop.customer.id, warehouse: shop.warehouse, dueOn: addDays(today, 14) };
    const lines = [{ item: shop.pen.id, quantity: pieces * piece, unit: '支' }];
    return office.step('chen', await office.create('wang', 'loan', values, { lines }), 'post');
  };
  const goOn = (who: string, type: string, loan: { id: number }, pieces: number, values: Record<string, string | number> = {}, rows = {}) =>
    office.become(who, type, [{ type: 'loan', id: loan.id }], { values, part: 'lines', rows: { quantity: pieces * piece, ...rows } });
  const stateOf = async (loan: { id: number }) => (await office.read('admin', 'loan', loan.id)).values.settledState;

  test('what is lent lies at the customer and stays ours, at its cost', async () => {
    const loan = await lend(5);
    expect(await movesOf(office, loan)).toBe(`stock | warehouse:${shop.warehouse} -> lent:${shop.customer.id} | 5000000`);
    expect(loan.parts.lines?.[0]).toMatchObject({ cost: 5 * 6 * yuan });
    const note = await shop.ship(await shop.order());
    expect(note.parts.lines?.[0]).toMatchObject({ cost: 10 * 6 * yuan });
  });

  test('a loan comes back in parts, is sold, given away or lost, and never more of it than was lent', async () => {
    const loan = await lend(10);
    await office.step('chen', await goOn('chen', 'loanReturn', loan, 3, { warehouse: shop.warehouse }), 'post');
    expect(await stateOf(loan)).toBe('part');
    const draft = await goOn('wang', 'loanSale', loan, 4, {}, { grossPrice: priced(11.3), taxRate: 130_000 });
    const sale = await office.step('zhou', draft, 'post');
    expect(await movesOf(office, sale)).toBe(
      [
        `stock | lent:${shop.customer.id} -> customer | 4000000`,
        'cost | stock -> costOfSales | 2400',
        `receivable | sales:${shop.cny} -> loanSale:${sale.id} | 4520`,
      ].join('\n'),
    );
    const gift = await office.step('zhou', await goOn('wang', 'loanWriteOff', loan, 1, { writeOffKind: 'gift' }), 'post');
    expect(await movesOf(office, gift)).toMatch(/-> customer \| 1000000\ncost \| stock -> use \| 600/);
    await expect(office.step('chen', await goOn('chen', 'loanReturn', loan, 2), 'post')).resolves.toBeTruthy();
    await expect(goOn('chen', 'loanReturn', loan, 1)).rejects.toMatchObject({ code: 'flow.nothingOpen' });
    expect(await stateOf(loan)).toBe('all');
    await expect(office.step('admin', { ...(await now(loan)), type: 'loan' }, 'takeBack', '错')).rejects.toMatchObject({
      code: 'document.hasFollowers',
    });
    await office.step('sun', sale, 'takeBack', '价格不对');
    expect(await stateOf(loan)).toBe('part');
  });

  test('what was lost is missing from the stock with its value', async () => {
    const loan = await lend(2);
    const lost = await office.step('zhou', await goOn('wang', 'loanWriteOff', loan, 2, { writeOffKind: 'lost' }), 'post');
    expect(await movesOf(office, lost)).toBe(
      [`stock | lent:${shop.customer.id} -> adjustment | 2000000`, 'cost | stock -> adjustment | 1200'].join('\n'),
    );
    expect(lost.values.costTotal).toBe(2 * 6 * yuan);
  });

  test('a loan that is sold below the floor price waits for somebody with the right', async () => {
    const loan = await lend(1);
    const draft = await goOn('sun', 'loanSale', loan, 1, {}, { grossPrice: priced(5), taxRate: 130_000 });
    const { special } = await office.actor('zhou');
    expect(special.has('price.belowFloor')).toBe(true);
    await office.step('zhou', draft, 'post');
  });

  test('samples are given free of charge or sold, and only what is charged is owed', async () => {
    const sample = (charge: string) =>
      office.create(
        'wang',
        'sampleNote',
        { customer: shop.customer.id, warehouse: shop.warehouse, charge, followUpOn: addDays(today, 7), recipient: '采购部 刘工' },
        { lines: [{ item: shop.pen.id, quantity: 2 * piece, unit: '支', grossPrice: priced(11.3), taxRate: 130_000 }] },
      );
    const free = await office.step('chen', await sample('free'), 'post');
    expect(free.values).toMatchObject({ total: 0, dueTotal: 0 });
    expect(await movesOf(office, free)).toBe(
      [`stock | warehouse:${shop.warehouse} -> customer | 2000000`, 'cost | stock -> use | 1200'].join('\n'),
    );
    const charged = await office.step('chen', await sample('charged'), 'post');
    expect(charged.values).toMatchObject({ total: 2260, openAmount: 2260 });
    const source = { type: 'sampleNote', id: charged.id, rows: [{ id: 1, amount: 2260 }] };
    await office.step('zhao', await office.become('zhao', 'receipt', [source], { values: { amount: 2260 } }), 'post');
    expect((await now(charged)).values).toMatchObject({ paymentState: 'all' });
    await expect(office.become('zhao', 'receipt', [{ type: 'sampleNote', id: free.id }])).rejects.toMatchObject({
      code: expect.stringMatching(/^flow\./),
    });
  });

  test('boxes hold no more than was delivered', async () => {
    const note = await shop.ship(await shop.order());
    const pack = async (pieces: number, box: string) => {
      const rows = { quantity: pieces * piece, boxNumber: box, grossWeight: 2 * piece };
      return office.step(
        'chen',
        await office.become('chen', 'packingList', [{ type: 'stockOut', id: note.id }], { part: 'lines', rows }),
        'pack',
      );
    };
    expect((await pack(6, 'A1')).values).toMatchObject({ boxCount: 1, grossWeight: 2 * piece });
    await expect(office.step('chen', await packed(note, 5), 'pack')).resolves.toBeTruthy();
    await expect(packed(note, 1)).rejects.toMatchObject({ code: 'flow.nothingOpen' });
  });

  const packed = (note: StoredRecord, pieces: number) =>
    office.become('chen', 'packingList', [{ type: 'stockOut', id: note.id }], {
      part: 'lines',
      rows: { quantity: Math.min(pieces, 4) * piece },
    });
  const now = (record: { type: string; id: number }) => office.read('admin', record.type, record.id);
});
