import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { listRecords } from '../../server/engine/list/listRecords.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { takeStep } from '../../server/engine/takeStep.ts';
import { releaseBoard } from '../../server/features/selling/releaseBoard.ts';
import { type Release, releaseLines } from '../../server/features/selling/releaseLines.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { expectProven, type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, type Shop, yuan } from '../trade/shop.ts';

describe.each(stores)('releasing goods, on $name', (kind) => {
  let shop: Shop;
  let office: Office;
  let byNotice: number;
  let withDeposit: number;
  let today: string;

  beforeAll(async () => {
    shop = await openShop(kind);
    office = shop.office;
    byNotice = (await office.create('admin', 'orderType', { name: '先通知', outboundBy: 'notice' })).id;
    withDeposit = (await office.create('admin', 'orderType', { name: '三成预付', outboundBy: 'notice', depositRate: 300_000 })).id;
    today = await office.look('admin', async (work) => work.today);
  });
  afterEach(() => expectProven(office));
  afterAll(() => office.close());

  const sold = (quantity: number, values: Record<string, string | number> = {}) =>
    shop.order([{ item: shop.pen.id, quantity: quantity * piece }], { orderType: byNotice, ...values });
  const board = (who: string) => office.look(who, (work) => releaseBoard(work, {}));
  const lineOf = (order: StoredRecord, quantity: number) => ({
    order: order.id,
    row: order.parts.lines?.[0]?.id ?? 0,
    quantity: quantity * piece,
  });
  const release = (who: string, of: Release) => office.work(who, (work) => releaseLines(work, of));
  const rule = (key: string, value: string) => office.work('admin', (work) => storeSettings(work, { [`parameter.${key}`]: value }));
  const reasonsOf = async (order: StoredRecord) =>
    (await board('wang')).rows.find((row) => row.order === order.id)?.reasons.map(({ code, level }) => `${code} ${level}`);
  const drop = async (order: StoredRecord) => {
    const now = await office.read('admin', 'salesOrder', order.id);
    await office.step('admin', { ...now, type: 'salesOrder' }, 'void', '演示完');
  };

  test('order lines stand on the board until they are released in full, and one click writes a notice for each address', async () => {
    const [near, far] = [await sold(4), await sold(6, { deliveryAddress: '宁波仓' })];
    const rows = (await board('wang')).rows.filter((row) => [near.id, far.id].includes(row.order));
    expect(rows).toMatchObject([
      { open: 4 * piece, free: 100 * piece, paid: 0, needed: 0, reasons: [] },
      { open: 6 * piece, deliveryAddress: '宁波仓' },
    ]);
    const { notices } = await release('wang', { lines: [lineOf(near, 3), lineOf(far, 6)] });
    expect(notices).toHaveLength(2);
    expect((await board('wang')).rows.filter((row) => [near.id, far.id].includes(row.order))).toMatchObject([
      { order: near.id, open: 1 * piece, released: 3 * piece, free: 91 * piece },
    ]);
    await expect(release('wang', { lines: [lineOf(near, 2)] })).rejects.toMatchObject({ code: 'flow.overQuantity' });
    expect((await office.look('li', (work) => releaseBoard(work, {}))).rows).toEqual([]);
    await expect(board('chen')).rejects.toMatchObject({ code: 'access.denied' });
  });

  test('a release that fails for one line releases none', async () => {
    const order = await sold(5);
    const before = (await board('wang')).rows.length;
    await expect(release('wang', { lines: [lineOf(order, 5), { order: 999_999, row: 1, quantity: piece }] })).rejects.toBeTruthy();
    expect((await board('wang')).rows).toHaveLength(before);
  });

  test('whoever has too little on the shelf is warned, and may go on', async () => {
    const order = await sold(200);
    expect(await reasonsOf(order)).toEqual(['release.stockShort warn']);
    const lines = [lineOf(order, 200)];
    await expect(release('wang', { lines })).rejects.toMatchObject({ code: 'release.stockShort', facts: { level: 'warn' } });
    expect(await release('wang', { lines, confirmed: ['release.stockShort'] })).toMatchObject({
      notices: [{ customer: shop.customer.id }],
    });
  });

  test('without the payment agreed only somebody with the right releases, and says why', async () => {
    const order = await sold(1, { orderType: withDeposit });
    expect(await reasonsOf(order)).toEqual(expect.arrayContaining(['release.depositMissing approve']));
    const of = { lines: [lineOf(order, 1)], confirmed: ['release.stockShort'] };
    await expect(release('wang', { ...of, reason: '老客户' })).rejects.toMatchObject({ code: 'release.depositMissing' });
    await expect(release('zhou', of)).rejects.toMatchObject({ code: 'step.overrideReasonMissing' });
    const { notices } = await release('zhou', { ...of, reason: '老客户，货款下周到' });
    expect((await office.read('admin', 'deliveryNotice', notices[0]?.id ?? 0)).values).toMatchObject({ reason: '老客户，货款下周到' });
    const paid = await sold(1, { orderType: withDeposit });
    await shop.pay(paid, Math.ceil(11.3 * 0.3 * yuan));
    expect(await reasonsOf(paid)).not.toContain('release.depositMissing approve');
  });

  test('the warehouse sees notices once they are released, and not before', async () => {
    const order = await sold(2);
    const draft = await office.become('wang', 'deliveryNotice', [{ type: 'salesOrder', id: order.id }]);
    const seen = async () =>
      (
        await office.look('chen', (work) => listRecords(work, office.company.catalogue.get('deliveryNotice'), { fields: ['number'] }))
      ).rows.map(({ id }) => id);
    expect(await seen()).not.toContain(draft.id);
    await expect(office.read('chen', 'deliveryNotice', draft.id)).rejects.toMatchObject({ code: 'record.notFound' });
    const related = async () => (await office.read('chen', 'salesOrder', order.id)).related?.map(({ id, type }) => `${type} ${id}`);
    expect(await related()).toEqual([]);
    await office.work('wang', (work) =>
      takeStep(work, office.company.catalogue.get('deliveryNotice'), draft.id, 'approve', {
        version: draft.version,
        confirmed: ['release.stockShort'],
      }),
    );
    expect(await seen()).toContain(draft.id);
    expect(await related()).toEqual([`deliveryNotice ${draft.id}`]);
  });

  describe('credit', () => {
    test.each([
      ['ignore', null],
      ['warn', 'credit.overdue'],
      ['approve', 'credit.overdue'],
      ['block', 'credit.overdue'],
    ])('an order of a customer who pays late is handled as the company says: %s', async (handling, code) => {
      const late = await office.step(
        'wang',
        await office.create(
          'wang',
          'salesOrder',
          { customer: shop.customer.id, day: addDays(today, -90), termDays: 30 },
          { lines: [{ item: shop.pen.id, quantity: piece, unit: '支', grossPrice: 11_300_000, taxRate: 130_000 }] },
        ),
        'approve',
      );
      await rule('credit.order.overdue', handling);
      const draft = await office.create(
        'wang',
        'salesOrder',
        { customer: shop.customer.id },
        late.parts.lines ? { lines: linesOf(late) } : {},
      );
      const approve = (who: string, confirmed?: string[]) =>
        office.work(who, (work) =>
          takeStep(work, office.company.catalogue.get('salesOrder'), draft.id, 'approve', {
            version: draft.version,
            ...(confirmed ? { confirmed } : {}),
          }),
        );
      if (code) await expect(approve('wang')).rejects.toMatchObject({ code, facts: { days: 60, amount: 1130 } });
      if (handling === 'block') await expect(approve('admin', ['credit.overdue'])).rejects.toMatchObject({ code });
      if (handling === 'approve') await expect(approve('wang', ['credit.overdue'])).rejects.toMatchObject({ code });
      const passed = {
        ignore: () => approve('wang'),
        warn: () => approve('wang', ['credit.overdue']),
        approve: () => approve('zhou'),
        block: async () => {
          await rule('credit.order.overdue', 'ignore');
          return approve('wang');
        },
      }[handling as 'ignore'];
      const approved = await passed();
      await rule('credit.order.overdue', 'ignore');
      await drop(approved);
      await drop(late);
    });

    test('what is ordered and owed only with the goods counts as used from the order on', async () => {
      const customer = await office.create('wang', 'customer', { name: '宁波海天五金有限公司', creditLimit: 100 * yuan });
      const type = await office.create('admin', 'orderType', { name: '出库应收', receivableFrom: 'stockOut' });
      const order = async (quantity: number) =>
        office.create(
          'wang',
          'salesOrder',
          { customer: customer.id, orderType: type.id },
          {
            lines: [
              {
                item: shop.pen.id,
                quantity: quantity * piece,
                unit: '支',
                grossPrice: 11_300_000,
                taxRate: 130_000,
                warehouse: shop.warehouse,
              },
            ],
          },
        );
      const first = await office.step('wang', await order(8), 'approve');
      await expect(office.step('wang', await order(1), 'approve')).rejects.toMatchObject({
        code: 'credit.exceeded',
        facts: { used: 9040, wanted: 10_170 },
      });
      await shop.ship(first, 3 * piece);
      await expect(office.step('wang', await order(1), 'approve')).rejects.toMatchObject({ facts: { used: 9040 } });
    });

    test('goods leave an overdue customer only where the company does not mind', async () => {
      const order = await shop.order([{ item: shop.pen.id, quantity: piece }], { day: addDays(today, -90), termDays: 30 });
      await rule('credit.outbound.overdue', 'block');
      await expect(shop.ship(order)).rejects.toMatchObject({ code: 'credit.overdue' });
      await rule('credit.outbound.overdue', 'ignore');
      await shop.ship(order);
    });
  });

  const linesOf = (record: StoredRecord) =>
    (record.parts.lines ?? []).map(({ item, quantity, unit, grossPrice, taxRate }) => ({
      item: item ?? null,
      quantity: quantity ?? null,
      unit: unit ?? null,
      grossPrice: grossPrice ?? null,
      taxRate: taxRate ?? null,
    }));
});
