import type { StoredRecord } from '../../server/database/rows.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import type { StoreKind } from '../stores/stores.ts';
import { openShop, priced, type Shop } from '../trade/shop.ts';

/** A shop with somebody who buys for it (`qian`) and a supplier of pens. */
export interface Buying extends Shop {
  readonly supplier: StoredRecord;
  /** A purchase order of the buyer as it is written; 100 pens at 4.52 with tax unless said. */
  draft(lines?: Line[], values?: Record<string, Value>): Promise<StoredRecord>;
  /** The same, approved by the owner. */
  buy(lines?: Line[], values?: Record<string, Value>): Promise<StoredRecord>;
  /** A posted stock-in of the storekeeper over an order: of everything open, or so much of each line. */
  receive(order: { id: number }, quantity?: number): Promise<StoredRecord>;
}

type Line = { item: number; quantity: number } & Record<string, Value>;

export async function openBuying(kind: StoreKind): Promise<Buying> {
  const shop = await openShop(kind);
  const { office } = shop;
  await hire(shop, 'qian', 'buyer');
  const supplier = await office.create('qian', 'supplier', { name: '宁波文具制造厂', termDays: 60 });
  const draft: Buying['draft'] = (lines = [{ item: shop.pen.id, quantity: 100_000_000 }], values = {}) =>
    office.create(
      'qian',
      'purchaseOrder',
      { supplier: supplier.id, ...values },
      {
        lines: lines.map((line) => ({
          ...(line.item === shop.pen.id ? { unit: '支' } : {}),
          grossPrice: priced(4.52),
          taxCode: shop.taxCode,
          taxRate: 130_000,
          warehouse: shop.warehouse,
          ...line,
        })),
      },
    );
  return {
    ...shop,
    supplier,
    draft,
    buy: async (lines, values) => office.step('sun', await draft(lines, values), 'approve'),
    receive: async (order, quantity) => {
      const rows = quantity === undefined ? {} : { part: 'lines', rows: { quantity } };
      return office.step('chen', await office.become('chen', 'stockIn', [{ type: 'purchaseOrder', id: order.id }], rows), 'post');
    },
  };
}

/** Somebody new at the office with one of the ready positions. */
export async function hire({ office }: Shop, login: string, position: string): Promise<void> {
  const department = await office.id('departments', { name: '销售一部' });
  const held = await office.id('positions', { code: position });
  await office.create('admin', 'user', { login, name: login, department }, { positions: [{ held }] });
}
