import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StoredRecord } from '../../server/database/rows.ts';
import { tablesFor } from '../../server/database/tables.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import { closedThroughKey } from '../../shared/contracts/parameters.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { expectProven, type Office, stores } from '../scenarios/office.ts';
import { openShop, piece, priced, type Shop, yuan } from './shop.ts';

type Ground = { order: StoredRecord; note: StoredRecord; usd: number };
interface Wrong {
  readonly what: string;
  readonly code: string;
  /** Brings everything to the point where only the wrong deed is left to do. */
  readonly before: (shop: Shop, ground: Ground) => Promise<() => Promise<unknown>>;
}

const lineOf = (shop: Shop, more: Record<string, Value> = {}) => ({
  item: shop.pen.id,
  unit: '支',
  quantity: 10 * piece,
  grossPrice: priced(11.3),
  taxRate: 130_000,
  warehouse: shop.warehouse,
  ...more,
});
const drafted = (shop: Shop, values: Record<string, Value> = {}, line: Record<string, Value> = {}) =>
  shop.office.create('wang', 'salesOrder', { customer: shop.customer.id, ...values }, { lines: [lineOf(shop, line)] });
const become = (shop: Shop, who: string, target: string, from: StoredRecord, more: object = {}) =>
  shop.office.become(who, target, [{ type: from.type, id: from.id }], more);
const fresh = async (shop: Shop, record: StoredRecord) =>
  (await shop.office.read('admin', record.type, record.id)) as unknown as StoredRecord;
const closeThrough = (office: Office, day: string) => office.work('admin', (work) => storeSettings(work, { [closedThroughKey]: day }));

/** Everything a trading day may be asked and has to say no to, each with its own reason. */
const wrongs: readonly Wrong[] = [
  {
    what: 'more goods leave than were ordered',
    code: 'flow.overQuantity',
    before: async (shop, { order }) => {
      const note = await become(shop, 'chen', 'stockOut', order, { part: 'lines', rows: { quantity: 7 * piece } });
      return () => shop.office.step('chen', note, 'post');
    },
  },
  {
    what: 'more goods leave than lie there',
    code: 'stock.notEnough',
    before: async (shop) => {
      const large = await shop.order([{ item: shop.pen.id, quantity: 500 * piece }]);
      const note = await become(shop, 'chen', 'stockOut', large);
      return () => shop.office.step('chen', note, 'post');
    },
  },
  {
    what: 'a customer brings back more than it got',
    code: 'flow.overQuantity',
    before: async (shop, { note }) => {
      const reason = await shop.office.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
      const back = await become(shop, 'chen', 'salesReturn', note, {
        values: { returnReason: reason },
        part: 'lines',
        rows: { quantity: 5 * piece },
      });
      return () => shop.office.step('admin', back, 'post');
    },
  },
  {
    what: 'an order is paid twice',
    code: 'flow.overQuantity',
    before: async (shop, { order }) => {
      const pay = () => become(shop, 'zhao', 'receipt', order, { values: { amount: 11_300 } });
      const [first, second] = [await pay(), await pay()];
      await shop.office.step('zhao', first, 'post');
      return () => shop.office.step('zhao', second, 'post');
    },
  },
  {
    what: 'more is invoiced than was ordered',
    code: 'flow.overQuantity',
    before: async (shop, { order }) => {
      const values = { invoiceKind: 'general', invoiceNumber: '1' };
      const invoice = await become(shop, 'zhao', 'salesInvoice', order, { values, part: 'lines', rows: { quantity: 11 * piece } });
      return () => shop.office.step('zhao', invoice, 'issue');
    },
  },
  {
    what: 'something is posted into a month that is closed',
    code: 'period.closed',
    before: async (shop, { order }) => {
      const note = await become(shop, 'chen', 'stockOut', order);
      await closeThrough(shop.office, String(note.values.day));
      return () => shop.office.step('chen', note, 'post');
    },
  },
  {
    what: 'foreign money has no rate and nobody typed one',
    code: 'money.rateMissing',
    before: async (shop, { usd }) => {
      const order = await drafted(shop, { currency: usd });
      return () => shop.office.step('wang', order, 'approve');
    },
  },
  {
    what: 'the company’s own money has a rate',
    code: 'money.rateOfOwnCurrency',
    before: async (shop) => {
      const order = await drafted(shop, { exchangeRate: 7_000_000_000 });
      return () => shop.office.step('wang', order, 'approve');
    },
  },
  {
    what: 'goods are counted in a unit they do not have',
    code: 'goods.unknownUnit',
    before: async (shop) => () => drafted(shop, {}, { unit: '托盘' }),
  },
  {
    what: 'two currencies meet in one paper',
    code: 'flow.different',
    before: async (shop, { order, usd }) => {
      const values = { customer: shop.customer.id, currency: usd, exchangeRate: 7_000_000_000 };
      const dollars = await shop.office.step(
        'wang',
        await shop.office.create('wang', 'salesOrder', values, { lines: [lineOf(shop)] }),
        'approve',
      );
      const sources = [order, dollars].map(({ type, id }) => ({ type, id }));
      return () => shop.office.become('zhao', 'salesInvoice', sources);
    },
  },
  {
    what: 'dollars pay what is owed in renminbi',
    code: 'flow.different',
    before: async (shop, { order, usd }) => {
      const account = await shop.office.create('admin', 'account', { name: '美元户', accountKind: 'bank', currency: usd });
      const receipt = await become(shop, 'zhao', 'receipt', order, {
        values: { amount: 11_300, currency: usd, exchangeRate: 7_000_000_000, account: account.id },
      });
      return () => shop.office.step('zhao', receipt, 'post');
    },
  },
  {
    what: 'somebody else’s order is read',
    code: 'record.notFound',
    before:
      async (shop, { order }) =>
      () =>
        shop.office.read('li', 'salesOrder', order.id),
  },
  {
    what: 'somebody else’s order is approved',
    code: 'record.notFound',
    before: async (shop) => {
      const order = await drafted(shop);
      return () => shop.office.step('li', order, 'approve');
    },
  },
  {
    what: 'somebody approves what is not theirs to approve',
    code: 'access.denied',
    before: async (shop, { order }) => {
      const invoice = await become(shop, 'wang', 'salesInvoice', order);
      return () => shop.office.step('wang', invoice, 'issue');
    },
  },
  {
    what: 'a paper is changed that somebody changed meanwhile',
    code: 'record.stale',
    before: async (shop) => {
      const order = await drafted(shop);
      await shop.office.change('wang', order, { values: { remark: '先到先得' } });
      return () => shop.office.change('wang', order, { values: { remark: '后到' } });
    },
  },
  {
    what: 'a step is taken on a version that is gone',
    code: 'record.stale',
    before: async (shop) => {
      const order = await drafted(shop);
      await shop.office.change('wang', order, { values: { remark: '改过' } });
      return () => shop.office.step('wang', order, 'approve');
    },
  },
  {
    what: 'an approved order is approved once more',
    code: 'step.notNow',
    before: async (shop, { order }) => {
      const now = await fresh(shop, order);
      return () => shop.office.step('wang', now, 'approve');
    },
  },
  {
    what: 'an approved order gets other lines',
    code: 'record.locked',
    before: async (shop, { order }) => {
      const now = await fresh(shop, order);
      return () => shop.office.change('wang', now, { parts: { lines: [lineOf(shop)] } });
    },
  },
  {
    what: 'goods of an order leave before it is approved',
    code: 'flow.sourceNotReady',
    before: async (shop) => {
      const order = await drafted(shop);
      return () => become(shop, 'chen', 'stockOut', order);
    },
  },
  {
    what: 'an order is taken back although goods have left',
    code: 'document.hasFollowers',
    before: async (shop, { order }) => {
      const now = await fresh(shop, order);
      return () => shop.office.step('wang', now, 'takeBack', '客户改单');
    },
  },
  {
    what: 'goods leave that nobody ordered',
    code: 'delivery.withoutOrder',
    before: async (shop) => {
      const lines = [{ item: shop.pen.id, quantity: piece, warehouse: shop.warehouse }];
      const note = await shop.office.create('chen', 'stockOut', { customer: shop.customer.id }, { lines });
      return () => shop.office.step('chen', note, 'post');
    },
  },
  {
    what: 'a void order says no reason',
    code: 'step.reasonMissing',
    before: async (shop) => {
      const order = await drafted(shop);
      return () => shop.office.step('wang', order, 'void');
    },
  },
  {
    what: 'a price lies below the floor',
    code: 'price.belowFloor',
    before: async (shop) => {
      const order = await drafted(shop, {}, { grossPrice: priced(9) });
      return () => shop.office.step('wang', order, 'approve');
    },
  },
  {
    what: 'more is taken off an order than it is worth',
    code: 'document.negativeTotal',
    before: async (shop) => {
      const order = await drafted(shop, { discountAmount: 200_000 * yuan });
      return () => shop.office.step('wang', order, 'approve');
    },
  },
  {
    what: 'an item or a customer does not exist',
    code: 'record.invalid',
    before: async (shop) => () => drafted(shop, { customer: 999_999 }, { item: 999_999 }),
  },
  {
    what: 'fewer than none are ordered',
    code: 'record.invalid',
    before: async (shop) => () => drafted(shop, {}, { quantity: -piece }),
  },
];

describe.each(stores)('What the trade says no to, on $name', (kind) => {
  let shop: Shop;
  let ground: Ground;
  beforeEach(async () => {
    shop = await openShop(kind);
    const order = await shop.order();
    const note = await shop.ship(order, 4 * piece);
    ground = { order, note, usd: await shop.office.id('currencies', { code: 'USD' }) };
  });
  afterEach(async () => {
    await expectProven(shop.office);
    await shop.office.close();
  });

  test.each(wrongs)('$what: $code, and nothing has changed', async ({ code, before }) => {
    const attempt = await before(shop, ground);
    const was = await everything(shop.office);
    await expect(attempt()).rejects.toMatchObject({ code });
    expect(await everything(shop.office)).toEqual(was);
  });
});

/** What lies in the database, table by table. */
async function everything(office: Office): Promise<Record<string, string>> {
  const tables = [...tablesFor(office.company.catalogue.definitions).map(({ name }) => name), 'moves', 'balances', 'audit'];
  return office.company.store.read(async (tx) => {
    const found: Record<string, string> = {};
    for (const table of tables) {
      const rows = (await tx(table).select()) as object[];
      found[table] = rows
        .map((row) => JSON.stringify(row))
        .toSorted()
        .join('\n');
    }
    return found;
  });
}
