import type { AnyRecord, Value } from '../../../shared/kernel/definition.ts';
import { mnemonicOf } from '../../../shared/kernel/searchTerms.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { createRecord } from '../../engine/createRecord.ts';
import type { Work } from '../../work.ts';
import type { Bulk } from './bulk.ts';
import { companyFor, goodsCategories, goodsFor, mobileFor, personFor, phoneFor, placeFor } from './names.ts';
import type { Random } from './random.ts';

/** What the history asks of a customer. */
export interface Customer {
  readonly id: number;
  readonly address: Value;
  readonly termDays: Value;
  readonly monthEndTerms: boolean;
  readonly priceLevel: Value;
  readonly owner: Value;
  readonly department: Value;
}

/** Everything the history of a demo company is made of. */
export interface Masters {
  readonly customers: readonly Customer[];
  readonly contacts: ReadonlyMap<number, number>;
  readonly items: readonly StoredRecord[];
  readonly warehouses: readonly number[];
  readonly accounts: readonly number[];
  readonly method: number;
  readonly currency: number;
  readonly carriers: readonly number[];
  readonly orderType: number;
  /** Goods leave by delivery notice, after three tenths were paid. */
  readonly depositType: number;
  readonly tax: { readonly id: number; readonly rate: number };
  /** Salespeople with their departments, and who does the rest. */
  readonly sellers: readonly { readonly id: number; readonly department: number }[];
  readonly clerk: number;
  readonly accountant: number;
}

interface Sizes {
  readonly customers: number;
  readonly items: number;
}

const fresh = (type: string, values: Record<string, Value>, parts: AnyRecord['parts'] = {}): AnyRecord => ({
  id: 0,
  version: 1,
  type,
  values,
  parts,
});

export async function makeMasters(work: Work, bulk: Bulk, random: Random, sizes: Sizes, started: string): Promise<Masters> {
  const people = (await work.tx('users').whereNot({ login: 'admin' }).orderBy('id').select('id', 'login', 'department')) as {
    id: number;
    login: string;
    department: number;
  }[];
  const who = (login: string) => people.find((person) => person.login === login) ?? { id: 1, department: 1 };
  const sellers = ['zhang.wei', 'liu.yang', 'chen.jing', 'zhao.lei'].map(who).map(({ id, department }) => ({ id, department }));
  const tax = (await work.tx('tax_codes').orderBy('main', 'desc').orderBy('id').first('id', 'rate')) as { id: number; rate: number };
  const currency = (await work.tx('currencies').where({ main: 1 }).first('id')) as { id: number };
  const orderType = (await work.tx('order_types').where({ main: 1 }).first('id')) as { id: number };
  const deposit = await createRecord(work, work.company.catalogue.get('orderType'), {
    values: { name: '预付三成通知发货', outboundBy: 'notice', depositRate },
  });
  const carriers = (await work.tx('dictionary_entries').where({ dictionary: 'carrier' }).orderBy('sequence').select('id')) as {
    id: number;
  }[];
  const method = (await work.tx('payment_methods').orderBy('main', 'desc').orderBy('id').first('id')) as { id: number };
  const accounts = ((await work.tx('accounts').orderBy('id').select('id')) as { id: number }[]).map((row) => row.id);
  const stamp = { at: `${started}T01:00:00.000Z`, by: 1 };
  const warehouses = await makeWarehouses(work, bulk, who('li.na').id, stamp);
  const items = await makeItems(work, bulk, random, { count: sizes.items, tax: tax.id, warehouses, stamp });
  const customers = await makeCustomers(work, bulk, random, { count: sizes.customers, sellers, stamp });
  const contacts = await makeContacts(work, bulk, random, customers, stamp);
  return {
    customers,
    contacts,
    items,
    warehouses,
    accounts,
    method: method.id,
    currency: currency.id,
    carriers: carriers.map(({ id }) => id),
    orderType: orderType.id,
    depositType: deposit.id,
    tax,
    sellers,
    clerk: who('li.na').id,
    accountant: who('wu.ting').id,
  };
}

/** Paid before goods are released, 10⁻⁶ of an order. */
export const depositRate = 300_000;

interface Stamp {
  readonly at: string;
  readonly by: number;
}

async function makeWarehouses(work: Work, bulk: Bulk, keeper: number, stamp: Stamp): Promise<number[]> {
  const main = (await work.tx('warehouses').where({ main: 1 }).first('id')) as { id: number };
  const names = [
    ['02', '二号仓'],
    ['03', '太原办事处仓'],
    ['04', '备件仓'],
  ] as const;
  const records = names.map(([code, name]) =>
    fresh('warehouse', { code, name, keeper, negativeStock: 'forbid', main: false, stopped: false }),
  );
  const stored = await bulk.store(work, work.company.catalogue.get('warehouse'), records, () => stamp);
  return [main.id, ...stored.map((record) => record.id)];
}

async function makeItems(
  work: Work,
  bulk: Bulk,
  random: Random,
  of: { count: number; tax: number; warehouses: readonly number[]; stamp: Stamp },
): Promise<StoredRecord[]> {
  const category = work.company.catalogue.get('itemCategory');
  const categories = await bulk.store(
    work,
    category,
    goodsCategories.map((name) => fresh('itemCategory', { name })),
    () => of.stamp,
  );
  const idOf = new Map(categories.map((record) => [record.values.name, record.id]));
  const levels = (await work.tx('dictionary_entries').where({ dictionary: 'priceLevel' }).orderBy('sequence').select('id')) as {
    id: number;
  }[];
  const stored: StoredRecord[] = [];
  for (let start = 0; start < of.count; start += 500) {
    const records = Array.from({ length: Math.min(500, of.count - start) }, (_, offset) => {
      const goods = goodsFor(random, start + offset);
      const grossPrice = random.whole(8, 4000) * 1_000_000 + random.whole(0, 99) * 10_000;
      const values = {
        code: goods.code,
        name: goods.name,
        spec: goods.spec,
        unit: goods.unit,
        barcode: goods.barcode,
        category: idOf.get(goods.category) ?? null,
        mnemonic: mnemonicOf(goods.name).slice(0, 40),
        itemType: 'goods',
        origin: 'bought',
        taxCode: of.tax,
        grossPrice,
        floorPrice: Math.floor((grossPrice * 9) / 10),
        safetyStock: random.whole(2, 60) * 1_000_000,
        mainWarehouse: of.warehouses[0] ?? null,
        stopped: false,
      };
      const prices = levels
        .slice(0, 2)
        .map((level, index) => ({ level: level.id, grossPrice: Math.floor((grossPrice * (95 + index * 5)) / 100) }));
      return fresh('item', values, {
        units: [],
        barcodes: [],
        pictures: [],
        prices: prices.map((price, index) => ({ ...price, id: index + 1 })),
      });
    });
    stored.push(...(await bulk.store(work, work.company.catalogue.get('item'), records, () => of.stamp)));
  }
  return stored;
}

async function makeCustomers(
  work: Work,
  bulk: Bulk,
  random: Random,
  of: { count: number; sellers: Masters['sellers']; stamp: Stamp },
): Promise<Customer[]> {
  const entries = (await work.tx('dictionary_entries').select('id', 'dictionary')) as { id: number; dictionary: string }[];
  const lists = Map.groupBy(entries, (entry) => entry.dictionary);
  const entry = (dictionary: string): number => random.pick(lists.get(dictionary) ?? []).id;
  const stored: Customer[] = [];
  for (let start = 0; start < of.count; start += 500) {
    const records = Array.from({ length: Math.min(500, of.count - start) }, (_, offset) => {
      const place = placeFor(random);
      const { name, shortName } = companyFor(random, place.city, start + offset);
      const seller = random.pick(of.sellers);
      const values = {
        code: `C${String(start + offset + 1).padStart(6, '0')}`,
        name,
        shortName,
        mnemonic: mnemonicOf(name).slice(0, 40),
        ...place,
        grade: entry('customerGrade'),
        region: entry('region'),
        trade: entry('trade'),
        source: entry('customerSource'),
        status: entry('customerStatus'),
        phone: phoneFor(random),
        creditLimit: random.whole(5, 200) * 10_000_000,
        termDays: random.pick([0, 15, 30, 30, 60]),
        monthEndTerms: random.chance(40),
        priceLevel: entry('priceLevel'),
        registeredOn: of.stamp.at.slice(0, 10),
        owner: seller.id,
        department: seller.department,
      };
      return fresh('customer', values, keptBy(values, start + offset));
    });
    stored.push(...(await bulk.store(work, work.company.catalogue.get('customer'), records, () => of.stamp)).map(remembered));
  }
  await work.tx('number_series').insert({ series: 'customer', period: 'C#', last: of.count }).onConflict(['series', 'period']).merge();
  return stored;
}

/** Every third customer has a second place for its goods and a title of its own on invoices. */
function keptBy(of: { name: string; shortName: string; city: string; address: string; phone: string }, index: number): AnyRecord['parts'] {
  if (index % 3 !== 0) return { addresses: [], billingTitles: [] };
  const delivery = { purpose: 'delivery', recipient: null, phone: of.phone, main: false };
  return {
    addresses: [
      { ...delivery, id: 1, address: `${of.address}1号库`, recipient: '收货组', main: true },
      { ...delivery, id: 2, address: `${of.city}物流园B区8号（${of.shortName}中转仓）`, recipient: '值班室' },
    ],
    billingTitles: [
      { id: 1, title: of.name, taxNumber: null, address: of.address, phone: of.phone, bank: null, bankAccount: null, main: true },
    ],
  };
}

/** Of a hundred thousand customers only what the history asks for stays in memory. */
const remembered = ({ id, values }: StoredRecord): Customer => ({
  id,
  address: values.address ?? null,
  termDays: values.termDays ?? null,
  monthEndTerms: values.monthEndTerms === true,
  priceLevel: values.priceLevel ?? null,
  owner: values.owner ?? null,
  department: values.department ?? null,
});

async function makeContacts(
  work: Work,
  bulk: Bulk,
  random: Random,
  customers: readonly Customer[],
  stamp: Stamp,
): Promise<Map<number, number>> {
  const mains = new Map<number, number>();
  for (let start = 0; start < customers.length; start += 500) {
    const records = customers.slice(start, start + 500).map((customer) =>
      fresh('contact', {
        customer: customer.id,
        name: personFor(random),
        main: true,
        jobTitle: random.pick(['采购经理', '总经理', '财务主管', '仓库主管', '办公室主任']),
        mobile: mobileFor(random),
        responsible: customer.owner,
      }),
    );
    for (const contact of await bulk.store(work, work.company.catalogue.get('contact'), records, () => stamp))
      mains.set(Number(contact.values.customer), contact.id);
  }
  return mains;
}
