import { addDays, endOfMonth, startOfMonth } from '../../../../shared/kernel/days.ts';
import type { StoredRecord } from '../../../database/rows.ts';
import { closeMonth } from '../../closing/closing.ts';
import { began, type Cast, lineOf, one, priced, soldTo, yuan } from './cast.ts';

/** What was owed and held on the first day of these partners and of the cash box. */
export async function openBooks({ diary, customers, supplier, otherSupplier, cash }: Cast): Promise<void> {
  const first = diary.at(began, 'wu.ting');
  const opened = async (type: string, values: Record<string, string | number>) => first.step(await first.create(type, values), 'post');
  await opened('openingBalance', { customer: customers[2]?.id ?? 0, total: 8600 * yuan, reference: '旧系统 XS-1182' });
  await opened('openingCredit', { customer: customers[3]?.id ?? 0, total: 1200 * yuan, reference: '定金' });
  await opened('openingPayable', { supplier: supplier.id, total: 5400 * yuan, reference: '旧系统 CG-0377' });
  await opened('openingSupplierCredit', { supplier: otherSupplier.id, total: 900 * yuan });
  await opened('openingCash', { account: cash, amount: 3000 * yuan });
}

/** Debts are settled otherwise than by paying: set against advances, netted, handed to somebody else, paid back, confirmed. */
export async function settleTools(cast: Cast): Promise<void> {
  const { diary, customers, supplier, otherSupplier, bank, goods } = cast;
  const [tools, , machines, fitters] = customers;
  const desk = (daysAgo: number) => diary.at(daysAgo, 'wu.ting');
  const row = (paper: StoredRecord | { type: string; id: number }, amount: number) => ({
    sourceType: paper.type,
    source: paper.id,
    amount,
  });
  const posted = async (daysAgo: number, type: string, values: Record<string, string | number>, parts = {}) =>
    desk(daysAgo).step(await desk(daysAgo).create(type, values, parts), 'post');
  const openOf = async (table: string, type: string, where: Record<string, number>) => ({ type, id: await diary.id(table, where) });
  const balance = await openOf('opening_balances', 'openingBalance', { customer: machines?.id ?? 0 });
  const payable = await openOf('opening_payables', 'openingPayable', { supplier: supplier.id });
  const advance = await posted(32, 'receipt', {
    customer: machines?.id ?? 0,
    account: bank,
    amount: 2000 * yuan,
    bankReference: '预付货款',
  });
  const settled = { allocations: [row(balance, 1500 * yuan)], credits: [row(advance, 1500 * yuan)] };
  await posted(31, 'settlement', { customer: machines?.id ?? 0 }, settled);
  const netted = { allocations: [row(balance, 3000 * yuan)], payables: [row(payable, 3000 * yuan)] };
  await posted(23, 'netting', { customer: machines?.id ?? 0, supplier: supplier.id }, netted);
  const handed = { allocations: [row(balance, 1000 * yuan)] };
  await posted(17, 'debtTransfer', { fromCustomer: machines?.id ?? 0, customer: tools?.id ?? 0 }, handed);
  const factored = await posted(
    16,
    'payableTransfer',
    { fromSupplier: supplier.id, supplier: otherSupplier.id },
    { allocations: [row(payable, 1400 * yuan)] },
  );
  const credit = await openOf('opening_supplier_credits', 'openingSupplierCredit', { supplier: otherSupplier.id });
  await posted(
    15,
    'supplierSettlement',
    { supplier: otherSupplier.id },
    { allocations: [row(factored, 600 * yuan)], credits: [row(credit, 600 * yuan)] },
  );
  await bringBack(cast, goods[1]);
  const through = endOfMonth(addDays(startOfMonth(diary.today), -1));
  await desk(0).step(
    await desk(0).create('customerConfirmation', { customer: fitters?.id ?? 0, through, confirmedBy: '财务 何敏' }),
    'confirm',
  );
  await desk(0).step(
    await desk(0).create('supplierConfirmation', { supplier: otherSupplier.id, through, confirmedBy: '结算部' }),
    'confirm',
  );
}

/** Faulty goods go back to the supplier, who pays for them. */
async function bringBack({ diary, supplier, bank }: Cast, item: StoredRecord | undefined): Promise<void> {
  const returnReason = await diary.id('dictionary_entries', { dictionary: 'purchaseReturnReason', name: '质量问题' });
  const id = await diary.id('stock_ins', { supplier: supplier.id });
  const line = await diary.id('stock_in_lines', { parent: id, item: item?.id ?? 0 });
  const keeper = diary.at(14, 'li.na');
  const rows = [{ id: line, amount: 2 * one }];
  const returned = await keeper.step(await keeper.follow('purchaseReturn', [{ type: 'stockIn', id, rows }], { returnReason }), 'post');
  const refund = await diary.at(9, 'wu.ting').follow('supplierRefund', [returned], { account: bank, payee: '金华力锋电动工具有限公司' });
  await diary.at(9, 'ma.qiang').step(refund, 'approve');
  await diary.at(8, 'wu.ting').step(refund, 'post');
}

/** What people laid out and were given before, and money that moves without an order. */
export async function spendMoney({ diary, customers, bank, cash }: Cast): Promise<void> {
  const category = (name: string) => diary.id('dictionary_entries', { dictionary: 'expenseCategory', name });
  const seller = (daysAgo: number) => diary.at(daysAgo, 'zhang.wei');
  const pay = async (daysAgo: number, paper: StoredRecord, account: number) => {
    await diary.at(daysAgo + 1, 'wang.fang').step(await seller(daysAgo + 2).step(paper, 'submit'), 'approve');
    await diary.at(daysAgo, 'wu.ting').change(paper, { values: { account } });
    return diary.at(daysAgo, 'wu.ting').step(paper, 'pay');
  };
  const given = await pay(
    38,
    await seller(40).create('advance', { amount: 3000 * yuan, purpose: '广州五金展差旅', clearBy: seller(20).day }),
    bank,
  );
  const spent = [
    { category: await category('差旅费'), receiptDay: seller(36).day, description: '高铁与住宿', amount: 1860 * yuan, taxAmount: 105_28 },
    {
      category: await category('业务招待费'),
      receiptDay: seller(35).day,
      description: '客户晚餐',
      amount: 640 * yuan,
      customer: customers[0]?.id ?? 0,
    },
  ];
  const offsets = [{ sourceType: 'advance', source: given.id, amount: 2500 * yuan }];
  await pay(27, await seller(33).create('expenseClaim', { purpose: '广州五金展' }, { lines: spent, offsets }), bank);
  const back = await diary.at(25, 'wu.ting').follow('advanceReturn', [given], { account: cash });
  await diary.at(25, 'wu.ting').step(back, 'post');
  const taxi = [
    {
      category: await category('交通费'),
      receiptDay: seller(4).day,
      description: '拜访客户打车',
      amount: 126 * yuan,
      customer: customers[3]?.id ?? 0,
    },
  ];
  await seller(4).step(await seller(4).create('expenseClaim', { purpose: '市内交通' }, { lines: taxi }), 'submit');
  await pay(12, await seller(15).create('advance', { amount: 800 * yuan, purpose: '备用金' }), cash);
  const desk = (daysAgo: number) => diary.at(daysAgo, 'wu.ting');
  const noted = async (daysAgo: number, direction: string, name: string, amount: number, account: number, party: string) => {
    const cashCategory = await diary.id('dictionary_entries', { dictionary: 'cashCategory', name });
    return desk(daysAgo).step(
      await desk(daysAgo).create('cashEntry', { direction, cashCategory, amount: amount * yuan, account, party }),
      'post',
    );
  };
  for (const daysAgo of [64, 34, 5]) await noted(daysAgo, 'expense', '房租', 18_000, bank, '张江物业');
  await noted(28, 'income', '利息收入', 312, bank, '工商银行');
  await noted(13, 'expense', '水电费', 460, cash, '浦东供电');
  await desk(20).step(
    await desk(20).create('cashTransfer', { fromAccount: bank, toAccount: cash, amount: 5000 * yuan, fee: 5 * yuan }),
    'post',
  );
  const before = desk(1);
  await before.step(await before.create('accountDay', { account: cash }), 'close');
}

/** The plan sees something to buy: promised and expected sales beyond what lies there. */
export async function runShort(cast: Cast): Promise<void> {
  const { diary, goods, customers, supplier } = cast;
  const buyer = diary.at(40, 'zhou.min');
  for (const [place, price] of [210, 160, 265, 72, 48].entries())
    await buyer.create('supplierPrice', { supplier: supplier.id, item: goods[place]?.id ?? 0, grossPrice: priced(price), leadDays: 7 });
  const seller = diary.at(2, 'zhang.wei');
  const order = await seller.create(
    'salesOrder',
    { ...soldTo(customers[0]), deliverBy: diary.at(-12, 'zhang.wei').day },
    { lines: [lineOf(cast, goods[4], 80)] },
  );
  await seller.step(order, 'approve');
}

/** The books are closed through the last month but one. */
export async function closeBooks({ diary }: Cast): Promise<void> {
  const thisMonth = startOfMonth(diary.today);
  const through = addDays(startOfMonth(addDays(thisMonth, -1)), -1);
  await closeMonth(diary.at(0, 'wu.ting').work, through);
}
