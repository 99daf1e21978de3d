import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { piece } from '../faults/trade.ts';
import type { Office } from '../scenarios/office.ts';
import type { Walk } from './walk.ts';

/** A small company: few of everything, so that people get in each other's way. Gives the ids that random links may point to. */
export async function openMarket(office: Office): Promise<Walk['pool']> {
  const made = async (type: string, all: readonly Record<string, string | number | boolean>[]): Promise<number[]> => {
    const ids: number[] = [];
    for (const values of all) ids.push((await office.create('admin', type, values)).id);
    return ids;
  };
  const item = await made('item', [
    ...['纸', '笔', '墨', '砚', '册'].map((name, index) => ({ name, unit: '个', grossPrice: 10_000_000 + index })),
    { name: '运输', unit: '次', grossPrice: 50_000_000, itemType: 'service' },
    { name: '奶', unit: '个', grossPrice: 10_000_000, tracking: 'lot' },
    { name: '钻', unit: '个', grossPrice: 10_000_000, tracking: 'serial' },
  ]);
  const customer = await made(
    'customer',
    ['甲', '乙', '丙', '丁'].map((name) => ({ name: `${name}商行` })),
  );
  const supplier = await made(
    'supplier',
    ['戊', '己'].map((name, index) => ({ name: `${name}厂`, ...(index === 0 ? { customer: customer[0] ?? 0 } : {}) })),
  );
  const warehouse = [await office.id('warehouses', { main: 1 }), ...(await made('warehouse', [{ name: '河西仓', code: 'HX' }]))];
  const account = [await office.id('accounts', { main: 1 }), ...(await made('account', [{ name: '门店零钱', accountKind: 'cash' }]))];
  await openWith(office, { item: item.slice(0, 5), warehouse: warehouse[0] ?? 0, account: account[0] ?? 0 });
  const orderType = (await office.company.store.read((tx) => tx('order_types').pluck('id'))) as number[];
  orderType.push(
    ...(await made('orderType', [
      { name: '先通知', outboundBy: 'notice', receivableFrom: 'order' },
      { name: '按出库收款', outboundBy: 'order', receivableFrom: 'stockOut' },
      { name: '通知与出库', outboundBy: 'notice', receivableFrom: 'stockOut' },
    ])),
  );
  const user = (await office.company.store.read((tx) => tx('users').limit(4).orderBy('id').pluck('id'))) as number[];
  const department = (await office.company.store.read((tx) => tx('departments').limit(3).orderBy('id').pluck('id'))) as number[];
  return { item, customer, supplier, warehouse, account, orderType, user, department, ...(await dictionariesOf(office)) };
}

async function openWith(office: Office, of: { item: readonly number[]; warehouse: number; account: number }): Promise<void> {
  const lines = of.item.map((item) => ({ item, quantity: 300 * piece, unitCost: 5_000_000 }));
  const stock = await office.create('admin', 'openingStock', { warehouse: of.warehouse }, { lines });
  await office.step('admin', stock, 'post');
  const cash = await office.create('admin', 'openingCash', { account: of.account, amount: 5_000_000 });
  await office.step('admin', cash, 'post');
}

async function dictionariesOf(office: Office): Promise<Record<string, number[]>> {
  const rows = (await office.company.store.read((tx) => tx('dictionary_entries').select('id', 'dictionary'))) as {
    id: number;
    dictionary: string;
  }[];
  return Object.fromEntries(
    [...Map.groupBy(rows, (row) => `dictionary.${row.dictionary}`)].map(([name, all]) => [name, all.map(({ id }) => id)]),
  );
}

/** Documents that may be written without a source, the daily ones more often; what closes or confirms days would stop everybody. */
export const rootsOf = (catalogue: Catalogue): string[] =>
  catalogue.definitions
    .filter(({ kind, type }) => kind === 'document' && !closing.includes(type))
    .filter(({ parts }) => Object.values(parts).every((part) => !part.required || !('sourceType' in part.fields) || 'item' in part.fields))
    .flatMap(({ type }) => Array.from({ length: daily[type] ?? 1 }, () => type));

const closing = ['accountDay', 'customerConfirmation', 'supplierConfirmation'];
const daily: Readonly<Record<string, number>> = { salesOrder: 12, purchaseOrder: 6, stockIn: 3, receipt: 3, payment: 3, stockTransfer: 3 };

export const everybody = ['admin', 'sun', 'wang', 'chen', 'zhao'] as const;
