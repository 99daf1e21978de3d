import type { StoredRecord } from '../../server/database/rows.ts';
import { storeSettings } from '../../server/engine/settings.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import type { StoreKind } from '../stores/stores.ts';
import { openShop, piece, priced, type Shop } from './shop.ts';

export interface Goods {
  readonly item: number;
  /** Whole pieces. */
  readonly quantity: number;
}
export interface LotRow {
  /** The milk unless said. */
  readonly item?: number;
  readonly number: string;
  readonly quantity: number;
  readonly madeOn?: string;
  readonly expiresOn?: string;
}

/** A shop that also sells milk by the batch (180 days of shelf life) and drills by the serial number. */
export interface LotShop extends Omit<Shop, 'order' | 'ship' | 'pay'> {
  readonly supplier: number;
  readonly milk: StoredRecord;
  readonly drill: StoredRecord;
  /** A posted stock-in from the supplier. */
  receive(goods: readonly Goods[], lots: readonly LotRow[]): Promise<StoredRecord>;
  order(goods: readonly Goods[]): Promise<StoredRecord>;
  /** A delivery of an order that is not posted yet. */
  shipping(order: { id: number }, lots: readonly LotRow[], quantity?: number): Promise<StoredRecord>;
  ship(order: { id: number }, lots: readonly LotRow[]): Promise<StoredRecord>;
  /** Any other posted document of goods in the main warehouse. */
  note(type: string, goods: readonly Goods[], lots: readonly LotRow[], values?: Record<string, Value>): Promise<StoredRecord>;
  /** The document as it is now. */
  now(document: { type: string; id: number }): Promise<StoredRecord>;
  lotsOf(item: number): Promise<Record<string, Value>[]>;
  /** By number: how many pieces lie in warehouses, on the way and at customers on loan. */
  heldOf(item: number): Promise<Record<string, number>>;
  /** The same by place; nothing that is zero. */
  placesOf(item: number): Promise<Record<string, Record<string, number>>>;
  parameter(key: string, value: Value): Promise<void>;
}

export async function openLotShop(kind: StoreKind): Promise<LotShop> {
  const { order: _order, ship: _ship, pay: _pay, ...shop } = await openShop(kind);
  const { office } = shop;
  const milk = await office.create('admin', 'item', {
    name: '鲜奶',
    unit: '盒',
    grossPrice: priced(12),
    tracking: 'lot',
    shelfLifeDays: 180,
    expiryWarnDays: 20,
  });
  const drill = await office.create('admin', 'item', { name: '电钻', unit: '台', grossPrice: priced(900), tracking: 'serial' });
  const supplier = (await office.create('admin', 'supplier', { name: '牧原乳业有限公司' })).id;
  const all = { ...shop, supplier, milk, drill };
  return { ...all, ...papersOf(all), ...booksOf(all) };
}

type Base = Pick<LotShop, 'office' | 'warehouse' | 'customer' | 'taxCode' | 'milk' | 'supplier'>;

function papersOf({ office, warehouse, customer, taxCode, milk, supplier }: Base) {
  const lines = (goods: readonly Goods[], more: Record<string, Value> = {}) =>
    goods.map(({ item, quantity }) => ({ item, quantity: quantity * piece, ...more }));
  const rows = (lots: readonly LotRow[]) => lots.map((row) => ({ item: milk.id, ...row, quantity: row.quantity * piece }));
  const shipping: LotShop['shipping'] = async (order, lots, quantity) => {
    const draft = await office.become(
      'chen',
      'stockOut',
      [{ type: 'salesOrder', id: order.id }],
      quantity === undefined ? {} : { part: 'lines', rows: { quantity: quantity * piece } },
    );
    return office.change('chen', draft, { parts: { lots: rows(lots) } });
  };
  return {
    receive: async (goods: readonly Goods[], lots: readonly LotRow[]) => {
      const parts = { lines: lines(goods, { warehouse, grossPrice: priced(5) }), lots: rows(lots) };
      return office.step('admin', await office.create('admin', 'stockIn', { supplier }, parts), 'post');
    },
    order: async (goods: readonly Goods[]) => {
      const parts = { lines: lines(goods, { warehouse, grossPrice: priced(20), taxCode, taxRate: 130_000 }) };
      return office.step('wang', await office.create('wang', 'salesOrder', { customer: customer.id }, parts), 'approve');
    },
    shipping,
    ship: async (order: { id: number }, lots: readonly LotRow[]) => office.step('chen', await shipping(order, lots), 'post'),
    note: async (type: string, goods: readonly Goods[], lots: readonly LotRow[], values: Record<string, Value> = {}) =>
      office.step('admin', await office.create('admin', type, { warehouse, ...values }, { lines: lines(goods), lots: rows(lots) }), 'post'),
    now: async ({ type, id }: { type: string; id: number }) => (await office.read('admin', type, id)) as unknown as StoredRecord,
    parameter: async (key: string, value: Value) => office.work('admin', (work) => storeSettings(work, { [key]: value })),
  };
}

function booksOf({ office }: Base) {
  const lotsOf: LotShop['lotsOf'] = (item) => office.company.store.read((tx) => tx('lots').where({ item }).orderBy('id'));
  const placesOf: LotShop['placesOf'] = async (item) => {
    const lots = (await lotsOf(item)) as { id: number; number: string }[];
    const balances = (await office.company.store.read((tx) => tx('balances').where({ ledger: 'lots' }).whereNot('amount', 0))) as {
      subject: number;
      place: string;
      amount: number;
    }[];
    const inside = balances.filter(({ place }) => /^(warehouse|transit|lent):/.test(place));
    return Object.fromEntries(
      lots.map(({ id, number }) => [
        number,
        Object.fromEntries(inside.filter(({ subject }) => subject === id).map(({ place, amount }) => [place, amount / piece])),
      ]),
    );
  };
  const heldOf: LotShop['heldOf'] = async (item) =>
    Object.fromEntries(
      Object.entries(await placesOf(item)).map(([number, places]) => [
        number,
        Object.values(places).reduce((sum, amount) => sum + amount, 0),
      ]),
    );
  return { lotsOf, placesOf, heldOf };
}
