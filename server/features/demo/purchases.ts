import { addDays } from '../../../shared/kernel/days.ts';
import type { Value } from '../../../shared/kernel/definition.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import { actorOf } from '../../access/rights.ts';
import type { StoredRecord } from '../../database/rows.ts';
import { changeRecord } from '../../engine/changeRecord.ts';
import { createRecord } from '../../engine/createRecord.ts';
import { load } from '../../engine/load.ts';
import { takeStep } from '../../engine/takeStep.ts';
import { transact } from '../../engine/transact.ts';
import type { Company, Work } from '../../work.ts';
import { makeFrom } from '../purchase/makeFrom.ts';
import type { Masters } from './masters.ts';
import type { Random } from './random.ts';

const one = 1_000_000;

const suppliers = [
  ['宁波华信轴承制造有限公司', '浙江省', '宁波', '陈国梁', 'A'],
  ['苏州金辉五金有限公司', '江苏省', '苏州', '吴志强', 'A'],
  ['温州永兴阀门厂', '浙江省', '温州', '林建平', 'B'],
  ['佛山恒瑞机电设备有限公司', '广东省', '佛山', '黄丽华', 'B'],
  ['青岛盛泰包装材料有限公司', '山东省', '青岛', '孙海燕', 'C'],
  ['无锡精工自动化股份有限公司', '江苏省', '无锡', '徐东', 'A'],
] as const;

/** Suppliers with prices, orders on their way and received, an inquiry with answers: written by the buyer as in daily work. */
export async function makePurchases(company: Company, { random, masters }: { random: Random; masters: Masters }): Promise<void> {
  const buyer = (await company.store.read((tx) => tx('users').where({ login: 'zhou.min' }).first('id'))) as { id: number };
  await transact(company, await actorOf(company, buyer.id), async (work) => {
    const known = await makeSuppliers(work);
    const tale = { work, random, masters, suppliers: known, goods: masters.items.slice(0, 24) };
    for (const [index, item] of tale.goods.slice(0, 12).entries()) await makePrices(tale, item, index);
    for (let index = 0; index < 9; index += 1) await makeOrder(tale, index);
    await makeInquiry(tale);
  });
}

interface Tale {
  readonly work: Work;
  readonly random: Random;
  readonly masters: Masters;
  readonly suppliers: readonly StoredRecord[];
  readonly goods: readonly StoredRecord[];
}

async function makeSuppliers(work: Work): Promise<StoredRecord[]> {
  const grades = (await work.tx('dictionary_entries').where({ dictionary: 'supplierGrade' }).select('id', 'name')) as {
    id: number;
    name: string;
  }[];
  const definition = work.company.catalogue.get('supplier');
  const made: StoredRecord[] = [];
  for (const [index, [name, province, city, person, grade]] of suppliers.entries()) {
    const values = {
      name,
      province,
      city,
      grade: grades.find((entry) => entry.name === grade)?.id ?? null,
      phone: `0574-8${index}20${index}66`,
      termDays: [30, 60, 45][index % 3] ?? 30,
      leadDays: 5 + index * 2,
      overReceipt: index % 2 === 0 ? 50_000 : null,
    };
    const contacts = [
      { name: person, jobTitle: '销售经理', mobile: `138${String(57_100_000 + index * 1357).padStart(8, '0')}`, main: true },
    ];
    made.push(await createRecord(work, definition, { values, parts: { contacts } }));
  }
  return made;
}

/** Goods cost about six tenths of what they are sold for. */
const costOf = (item: StoredRecord, percent: number): number => mulDiv([Number(item.values.grossPrice), percent], [100 * 10_000]) * 10_000;

async function makePrices({ work, random, suppliers: from }: Tale, item: StoredRecord, index: number): Promise<void> {
  const definition = work.company.catalogue.get('supplierPrice');
  const price = (values: Record<string, Value>) => createRecord(work, definition, { values: { item: item.id, ...values } });
  const [first, second] = [from[index % from.length], from[(index + 2) % from.length]];
  await price({ supplier: first?.id ?? null, grossPrice: costOf(item, 62), leadDays: 7, supplierCode: `HX-${1000 + index}` });
  await price({ supplier: first?.id ?? null, grossPrice: costOf(item, 58), leadDays: 7, minQuantity: 200 * one });
  if (random.chance(60)) await price({ supplier: second?.id ?? null, grossPrice: costOf(item, random.whole(57, 66)), leadDays: 12 });
}

async function makeOrder(tale: Tale, index: number): Promise<void> {
  const { work, random, masters, goods } = tale;
  const supplier = tale.suppliers[index % tale.suppliers.length];
  const lines = goods.slice((index * 5) % 20, ((index * 5) % 20) + 4).map((item) => ({
    item: item.id,
    name: item.values.name ?? null,
    spec: item.values.spec ?? null,
    unit: item.values.unit ?? null,
    quantity: random.whole(4, 30) * 10 * one,
    warehouse: masters.warehouses[0] ?? null,
    grossPrice: costOf(item, 60),
    taxCode: masters.tax.id,
    taxRate: masters.tax.rate,
  }));
  const values = { supplier: supplier?.id ?? null, day: addDays(work.today, index - 20), deliverBy: addDays(work.today, index * 2 - 6) };
  const draft = await createRecord(work, work.company.catalogue.get('purchaseOrder'), { values, parts: { lines } });
  if (index === 8) return;
  const order = await step(work, draft, index === 7 ? 'submit' : 'approve');
  if (index >= 5) return;
  const note = await makeFrom(work, 'stockIn', [{ type: order.type, id: order.id }], { day: addDays(work.today, index - 8) }, (row) => ({
    quantity: index % 2 === 0 ? (row.quantity ?? null) : mulDiv([Number(row.quantity), 1], [2]),
  }));
  const received = await step(work, note, 'post');
  if (index === 0) await makeReturn(work, received);
}

async function makeReturn(work: Work, note: StoredRecord): Promise<void> {
  const reason = (await work.tx('dictionary_entries').where({ dictionary: 'purchaseReturnReason' }).orderBy('id').first('id')) as {
    id: number;
  };
  const rows = [{ id: note.parts.lines?.[0]?.id ?? 0, amount: 5 * one }];
  await step(work, await makeFrom(work, 'purchaseReturn', [{ type: note.type, id: note.id, rows }], { returnReason: reason.id }), 'post');
}

/** Three are asked, two have answered. */
async function makeInquiry({ work, random, suppliers: from, goods }: Tale): Promise<void> {
  const lines = goods.slice(6, 10).map((item) => ({
    item: item.id,
    name: item.values.name ?? null,
    spec: item.values.spec ?? null,
    unit: item.values.unit ?? null,
    quantity: random.whole(5, 40) * 10 * one,
  }));
  const asked = from.slice(0, 3).map(({ id }) => ({ supplier: id }));
  const values = { subject: '下季度补货', replyBy: addDays(work.today, 5), deliverBy: addDays(work.today, 30) };
  await step(work, await createRecord(work, work.company.catalogue.get('inquiry'), { values, parts: { lines, suppliers: asked } }), 'send');
  const definition = work.company.catalogue.get('supplierQuotation');
  const waiting = (await work.tx('supplier_quotations').orderBy('id').limit(2).select('id')) as { id: number }[];
  for (const { id } of waiting) {
    const quotation = await load(work, definition, id);
    const answers = (quotation.parts.lines ?? []).map((line) => {
      const item = goods.find((one) => one.id === line.item);
      return { id: line.id, grossPrice: item ? costOf(item, random.whole(56, 66)) : 0, leadDays: random.whole(5, 15) };
    });
    await step(work, await changeRecord(work, definition, id, { version: quotation.version, parts: { lines: answers } }), 'answer');
  }
}

const step = (work: Work, record: StoredRecord, name: string): Promise<StoredRecord> =>
  takeStep(work, work.company.catalogue.get(record.type), record.id, name, { version: record.version, confirmed: ['cost.backDated'] });
