import type { StoredRecord } from '../../../database/rows.ts';
import type { Masters } from '../masters.ts';
import type { Diary } from './diary.ts';

export const one = 1_000_000;
export const yuan = 100;
export const priced = (amount: number): number => amount * 1_000_000;

/** Goods and partners of their own, so that what happens with them can be followed by eye. */
export interface Cast {
  readonly diary: Diary;
  readonly masters: Masters;
  /** Drill, grinder, laser meter, battery, drill bits; and the set made of drill, batteries and bits. */
  readonly goods: readonly StoredRecord[];
  readonly set: StoredRecord;
  readonly customers: readonly StoredRecord[];
  readonly supplier: StoredRecord;
  readonly otherSupplier: StoredRecord;
  readonly bank: number;
  readonly cash: number;
}

export const began = 110;

export async function makeCast(diary: Diary, masters: Masters): Promise<Cast> {
  const admin = diary.at(began, 'admin');
  const category = (await admin.create('itemCategory', { name: '电动工具' })).id;
  const item = (name: string, spec: string, unit: string, price: number, parts = {}) =>
    admin.create(
      'item',
      {
        name,
        spec,
        unit,
        category,
        taxCode: masters.tax.id,
        grossPrice: priced(price),
        floorPrice: (priced(price) * 8) / 10,
        mainWarehouse: masters.warehouses[0] ?? null,
      },
      parts,
    );
  const goods: StoredRecord[] = [];
  for (const [name, spec, unit, price] of tools) goods.push(await item(name, spec, unit, price));
  const components = [0, 3, 4].map((place) => ({ component: goods[place]?.id ?? 0, quantity: (place === 3 ? 2 : 1) * one }));
  const set = await item('锂电工具套装', '一机两电一套钻头', '套', 899, { components });
  const seller = diary.at(began, 'zhang.wei');
  const customers: StoredRecord[] = [];
  for (const [name, shortName, city] of buyers)
    customers.push(
      await seller.create('customer', {
        name,
        shortName,
        city,
        address: `${city}高新路${customers.length + 1}8号`,
        creditLimit: 2_000_000 * yuan,
        termDays: 30,
      }),
    );
  // Only who sees both sides can tell that a supplier is a customer too.
  const buyer = diary.at(began, 'ma.qiang');
  return {
    diary,
    masters,
    goods,
    set,
    customers,
    supplier: await buyer.create('supplier', {
      name: '金华力锋电动工具有限公司',
      city: '金华',
      termDays: 30,
      customer: customers[2]?.id ?? null,
    }),
    otherSupplier: await buyer.create('supplier', { name: '义乌联拓商业保理有限公司', city: '义乌', termDays: 30 }),
    bank: await diary.id('accounts', { main: 1 }),
    cash: await diary.id('accounts', { account_kind: 'cash' }),
  };
}

const tools = [
  ['手电钻', '12V 双速', '台', 369],
  ['角磨机', '100mm 850W', '台', 279],
  ['激光测距仪', '60m 绿光', '台', 459],
  ['锂电池', '12V 2.0Ah', '块', 129],
  ['钻头套装', '19 支', '套', 89],
] as const;

const buyers = [
  ['上海同济工具有限公司', '同济工具', '上海'],
  ['宁波港联进出口有限公司', '港联进出口', '宁波'],
  ['苏州宏图机电设备有限公司', '宏图机电', '苏州'],
  ['杭州西湖装饰工程有限公司', '西湖装饰', '杭州'],
] as const;

/** The head of a sale as the form fills it from the customer. */
export const soldTo = (customer: StoredRecord | undefined) => ({
  customer: customer?.id ?? 0,
  termDays: customer?.values.termDays ?? null,
  deliveryAddress: customer?.values.address ?? null,
});

/** A line as the form writes it: what the item is called, its unit, its tax. */
export const lineOf = (
  { masters }: Pick<Cast, 'masters'>,
  item: StoredRecord | undefined,
  pieces: number,
  more: Record<string, string | number> = {},
) => ({
  item: item?.id ?? 0,
  name: item?.values.name ?? null,
  spec: item?.values.spec ?? null,
  unit: item?.values.unit ?? null,
  quantity: pieces * one,
  grossPrice: Number(item?.values.grossPrice ?? 0),
  taxCode: masters.tax.id,
  taxRate: masters.tax.rate,
  warehouse: masters.warehouses[0] ?? null,
  ...more,
});

/** A line that only moves goods: no price, no tax. */
export const goodsLine = (item: StoredRecord | undefined, pieces: number, more: Record<string, string | number> = {}) => ({
  item: item?.id ?? 0,
  name: item?.values.name ?? null,
  spec: item?.values.spec ?? null,
  unit: item?.values.unit ?? null,
  quantity: pieces * one,
  ...more,
});
