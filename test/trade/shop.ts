import type { StoredRecord } from '../../server/database/rows.ts';
import { type Office, openOffice } from '../scenarios/office.ts';
import type { StoreKind } from '../stores/stores.ts';

export const piece = 1_000_000;
export const yuan = 100;
/** A price in yuan as it is stored. */
export const priced = (amount: number): number => amount * 1_000_000;

/** A company with something to sell, somebody to sell it to, and stock: 100 pens at 6.00 and 40 notebooks at 10.00. */
export interface Shop {
  readonly office: Office;
  readonly warehouse: number;
  readonly level: number;
  readonly taxCode: number;
  readonly cny: number;
  readonly pen: StoredRecord;
  readonly book: StoredRecord;
  readonly customer: StoredRecord;
  /** An approved order of the customer; ten pens at 11.30 unless said. */
  order(lines?: { item: number; quantity: number; grossPrice?: number }[], values?: Record<string, string | number>): Promise<StoredRecord>;
  /** A posted delivery of some of what is open. */
  ship(order: { id: number }, quantity?: number): Promise<StoredRecord>;
  /** A posted receipt over an order. */
  pay(order: { id: number }, amount: number, values?: Record<string, string | number>): Promise<StoredRecord>;
}

export async function openShop(kind: StoreKind): Promise<Shop> {
  const office = await openOffice(kind);
  const warehouse = await office.id('warehouses', { main: 1 });
  const taxCode = await office.id('tax_codes', { rate: 130_000 });
  const level = await office.id('dictionary_entries', { dictionary: 'priceLevel', name: '批发价' });
  const category = await office.create('admin', 'itemCategory', { name: '文具' });
  const pen = await office.create(
    'admin',
    'item',
    {
      name: '钢笔',
      spec: '黑',
      unit: '支',
      category: category.id,
      taxCode,
      grossPrice: priced(12),
      floorPrice: priced(10),
      safetyStock: 95 * piece,
    },
    { units: [{ unit: '盒', ratio: 12 * piece }], prices: [{ level, grossPrice: priced(11.5) }] },
  );
  const book = await office.create('admin', 'item', { name: '笔记本', spec: 'A5', unit: '本', taxCode, grossPrice: priced(20) });
  const customer = await office.create('wang', 'customer', {
    name: '浙江宏远贸易有限公司',
    creditLimit: 1_000_000 * yuan,
    priceLevel: level,
    termDays: 30,
  });
  const lines = [
    { item: pen.id, quantity: 100 * piece, unitCost: priced(6) },
    { item: book.id, quantity: 40 * piece, unitCost: priced(10) },
  ];
  await office.step('admin', await office.create('admin', 'openingStock', { warehouse }, { lines }), 'post');
  const shop: Omit<Shop, 'order' | 'ship' | 'pay'> = {
    office,
    warehouse,
    level,
    taxCode,
    cny: await office.id('currencies', { main: 1 }),
    pen,
    book,
    customer,
  };
  return { ...shop, ...dealsOf(shop) };
}

function dealsOf({
  office,
  warehouse,
  pen,
  book,
  customer,
  taxCode,
}: Omit<Shop, 'order' | 'ship' | 'pay'>): Pick<Shop, 'order' | 'ship' | 'pay'> {
  return {
    order: async (lines = [{ item: pen.id, quantity: 10 * piece }], values = {}) => {
      const rows = lines.map((line) => ({
        unit: line.item === book.id ? '本' : '支',
        grossPrice: priced(11.3),
        taxCode,
        taxRate: 130_000,
        warehouse,
        ...line,
      }));
      return office.step(
        'wang',
        await office.create('wang', 'salesOrder', { customer: customer.id, ...values }, { lines: rows }),
        'approve',
      );
    },
    ship: async (order, quantity) => {
      const rows = quantity === undefined ? {} : { part: 'lines', rows: { quantity } };
      return office.step('chen', await office.become('chen', 'stockOut', [{ type: 'salesOrder', id: order.id }], rows), 'post');
    },
    pay: async (order, amount, values = {}) => {
      const source = { type: 'salesOrder', id: order.id, rows: [{ id: 1, amount }] };
      return office.step('zhao', await office.become('zhao', 'receipt', [source], { values: { amount, ...values } }), 'post');
    },
  };
}

/** Every key that stands anywhere in an answer. */
export function keysIn(answer: unknown): Set<string> {
  const keys = new Set<string>();
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) keys.add(key);
      walk(inner);
    }
  };
  walk(answer);
  return keys;
}
