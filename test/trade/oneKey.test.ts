import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { stores } from '../scenarios/office.ts';
import { type Doors, openDoors, type Reply } from '../support/server.ts';
import { openShop, piece, priced, type Shop } from './shop.ts';

describe.each(stores)('Saved and approved with one key, on $name', (kind) => {
  let shop: Shop;
  let doors: Doors;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    shop = await openShop(kind);
    doors = await openDoors(shop.office);
    for (const who of ['wang', 'chen', 'zhao']) tokens[who] = await doors.enter(who);
  });
  afterAll(async () => {
    await doors.close();
    await shop.office.close();
  });

  const post = (who: string, path: string, body: object, key?: string) =>
    doors.call('POST', path, { token: tokens[who], body, ...(key ? { key } : {}) });
  const order = (grossPrice = 11.3) => ({
    values: { customer: shop.customer.id },
    parts: {
      lines: [
        {
          item: shop.pen.id,
          unit: '支',
          quantity: 2 * piece,
          grossPrice: priced(grossPrice),
          taxCode: shop.taxCode,
          taxRate: 130_000,
          warehouse: shop.warehouse,
        },
      ],
    },
  });
  const approving = (body: object) => ({ ...body, step: { name: 'approve' } });
  const record = (reply: Reply) => reply.body as unknown as RecordAnswer;
  const deedsOf = ({ id }: RecordAnswer) =>
    shop.office.look('system', ({ tx }) => tx('audit').where({ type: 'salesOrder', record_id: id }).orderBy('seq').pluck('action'));
  const count = (table: string) =>
    shop.office.look('system', async ({ tx }) => Number(((await tx(table).count({ n: '*' })) as { n: number }[])[0]?.n));

  test('an order is what it would be after two requests, with the same two deeds in the trail', async () => {
    const one = await post('wang', '/api/records/salesOrder', approving(order()));
    expect([one.status, record(one).state, record(one).version]).toEqual([201, 'approved', 2]);
    const draft = record(await post('wang', '/api/records/salesOrder', order()));
    const two = await post('wang', `/api/records/salesOrder/${draft.id}/steps/approve`, { version: draft.version });
    const without = ({ values, steps, may }: RecordAnswer) => ({ values: { ...values, number: null }, steps, may });
    expect(without(record(one))).toEqual(without(record(two)));
    expect(await deedsOf(record(one))).toEqual(['create', 'step.approve']);
    expect(await deedsOf(record(two))).toEqual(['create', 'step.approve']);
  });

  test('what the step refuses is not saved either, and leaves no hole in the numbers', async () => {
    const before = await count('sales_orders');
    const last = record(await post('wang', '/api/records/salesOrder', order()));
    const refused = await post('wang', '/api/records/salesOrder', approving(order(5)));
    expect([refused.status, refused.body.code]).toEqual([409, 'price.belowFloor']);
    const next = record(await post('wang', '/api/records/salesOrder', order()));
    expect(await count('sales_orders')).toBe(before + 2);
    const serial = ({ values }: RecordAnswer) => Number(String(values.number).slice(-4));
    expect(serial(next)).toBe(serial(last) + 1);
  });

  test('the same key gives the same approved order, however often it is sent', async () => {
    const first = await post('wang', '/api/records/salesOrder', approving(order()), 'one-key-0001');
    const again = await post('wang', '/api/records/salesOrder', approving(order()), 'one-key-0001');
    expect(record(again).id).toBe(record(first).id);
    expect(await deedsOf(record(first))).toEqual(['create', 'step.approve']);
    const other = await post('wang', '/api/records/salesOrder', order(), 'one-key-0001');
    expect(other.body.code).toBe('idempotency.otherBody');
  });

  test('a step that is unknown, automatic or somebody else’s stops the whole', async () => {
    const before = await count('sales_orders');
    for (const name of ['fly', 'complete', 'toString']) {
      const reply = await post('wang', '/api/records/salesOrder', { ...order(), step: { name } });
      expect([name, reply.body.code]).toEqual([name, 'step.unknown']);
    }
    expect((await post('chen', '/api/records/salesOrder', approving(order()))).body.code).toBe('access.denied');
    expect(await count('sales_orders')).toBe(before);
  });

  test('a draft is changed and approved at once; whoever saw an older one is told', async () => {
    const draft = record(await post('wang', '/api/records/salesOrder', order()));
    const change = { version: draft.version, values: { customerReference: 'PO-7' }, step: { name: 'approve' } };
    const patch = () => doors.call('PATCH', `/api/records/salesOrder/${draft.id}`, { token: tokens.wang, body: change });
    const changed = record(await patch());
    expect([changed.state, changed.values.customerReference, changed.version]).toEqual(['approved', 'PO-7', 3]);
    expect((await patch()).body.code).toBe('record.stale');
  });

  test('an order becomes a posted delivery with one key, as proposed', async () => {
    const sold = record(await post('wang', '/api/records/salesOrder', approving(order())));
    const sources = [{ type: 'salesOrder', id: sold.id }];
    const made = await post('chen', '/api/records/stockOut/make', { sources, step: { name: 'post' } });
    expect([made.status, record(made).state]).toEqual([201, 'posted']);
    expect(record(made).parts.lines).toMatchObject([{ item: shop.pen.id, quantity: 2 * piece, sourceNumber: sold.values.number }]);
    const again = await post('chen', '/api/records/stockOut/make', { sources, step: { name: 'post' } });
    expect(again.body.code).toBe('flow.nothingOpen');
  });

  test('goods that are not there are neither posted nor written down', async () => {
    const body = order();
    const much = { ...body, parts: { lines: [{ ...body.parts.lines[0], quantity: 500 * piece }] } };
    const sold = record(await post('wang', '/api/records/salesOrder', approving(much)));
    const before = await count('stock_outs');
    const sources = [{ type: 'salesOrder', id: sold.id }];
    const refused = await post('chen', '/api/records/stockOut/make', { sources, step: { name: 'post' } });
    expect(refused.body.code).toBe('stock.notEnough');
    expect(await count('stock_outs')).toBe(before);
  });
});
