import type { StoredRecord } from '../../../database/rows.ts';
import { began, type Cast, goodsLine, lineOf, one, priced, soldTo, yuan } from './cast.ts';

/** An order from quotation to invoice, with goods that come back, their credit invoice and the money returned. */
export async function sellTools(cast: Cast): Promise<StoredRecord> {
  const { diary, goods, customers, bank, masters } = cast;
  const [drill, grinder, , battery] = goods;
  const [buyer] = customers;
  const seller = (daysAgo: number) => diary.at(daysAgo, 'zhang.wei');
  const lines = [lineOf(cast, drill, 20), lineOf(cast, grinder, 10), lineOf(cast, battery, 20)];
  const offer = await seller(80).step(await seller(80).create('quotation', soldTo(buyer), { lines }), 'approve', 'send', 'revise');
  const better = { type: 'quotation', id: Number(offer.values.revisedBy) };
  const offered = (await seller(78).read(better)).parts.lines ?? [];
  await seller(78).change(better, { parts: { lines: offered.map(({ id }, place) => (place === 0 ? { id, discount: 30_000 } : { id })) } });
  await seller(78).step(better, 'approve');
  const order = await seller(76).step(await seller(76).follow('salesOrder', [better]), 'approve');
  const keeper = diary.at(73, 'li.na');
  const note = await keeper.follow('stockOut', [order], { carrier: masters.carriers[0] ?? null });
  await keeper.change(note, {
    parts: { parcels: [{ carrier: masters.carriers[0] ?? null, number: 'SF1390027745120', boxCount: 6, weight: 84 * one }] },
  });
  const shipped = await keeper.step(note, 'post');
  await keeper.step(
    await keeper.follow('packingList', [shipped], {}, (row) => ({ boxNumber: row.item === battery?.id ? '6' : '1-5' })),
    'pack',
  );
  await diary.at(70, 'li.na').change(shipped, { values: { signedOn: diary.at(70, 'li.na').day, signedBy: '收货员 王建' } });
  const accountant = (daysAgo: number) => diary.at(daysAgo, 'wu.ting');
  const blue = await accountant(68).follow('salesInvoice', [order], { invoiceKind: 'general', invoiceNumber: '25312000000014208851' });
  await accountant(68).step(blue, 'issue');
  const amount = Number(order.values.total);
  await accountant(62).step(await accountant(62).follow('receipt', [order], { account: bank, amount }), 'post');
  await giveBack(cast, { order, shipped, blue });
  return order;
}

async function giveBack({ diary, bank }: Cast, of: { order: StoredRecord; shipped: StoredRecord; blue: StoredRecord }): Promise<void> {
  const accountant = (daysAgo: number) => diary.at(daysAgo, 'wu.ting');
  const returnReason = await diary.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
  const rows = [{ id: of.shipped.parts.lines?.[0]?.id ?? 0, amount: 2 * one }];
  const keeper = diary.at(58, 'li.na');
  const returned = await keeper.step(await keeper.follow('salesReturn', [{ ...of.shipped, rows }], { returnReason }), 'post');
  const taken = [{ id: of.blue.parts.lines?.[0]?.id ?? 0, amount: 2 * one }];
  const red = await accountant(56).follow('redInvoice', [{ ...of.blue, rows: taken }], {
    redReason: 'returned',
    confirmationState: 'notNeeded',
    invoiceNumber: '25312000000014209903',
  });
  await accountant(56).step(red, 'issue');
  const refund = await accountant(55).follow('refund', [returned], {
    account: bank,
    payee: '上海同济工具有限公司',
    purpose: '两台手电钻退货',
  });
  await diary.at(54, 'ma.qiang').step(refund, 'approve');
  await accountant(53).step(refund, 'post');
}

/** Orders of other kinds: in another currency, paid in instalments, released before they go, called off a contract. */
export async function sellOtherwise(cast: Cast): Promise<void> {
  const { diary, goods, customers, masters, set } = cast;
  const [, abroad, machines, fitters] = customers;
  const seller = (daysAgo: number) => diary.at(daysAgo, 'zhang.wei');
  const [, grinder, laser, battery] = goods;
  const dollars = await diary.id('currencies', { code: 'USD' });
  await diary.at(began, 'admin').change({ type: 'currency', id: dollars }, { values: { rate: 7_120_000_000 } });
  const dollarAccount = (await diary.at(began, 'admin').create('account', { name: '美元户', accountKind: 'bank', currency: dollars })).id;
  const inDollars = { ...soldTo(abroad), currency: dollars, exchangeRate: 7_120_000_000, customerReference: 'PO-88213' };
  const export_ = await seller(29).create('salesOrder', inDollars, {
    lines: [lineOf(cast, grinder, 12, { grossPrice: priced(41.5), taxRate: 0 })],
  });
  await seller(29).step(export_, 'approve');
  await diary.at(26, 'li.na').step(await diary.at(26, 'li.na').follow('stockOut', [export_]), 'post');
  const some = { account: dollarAccount, exchangeRate: 7_150_000_000, amount: 300 * yuan };
  const money = await diary.at(11, 'wu.ting').follow('receipt', [{ ...export_, rows: [{ id: 1, amount: 300 * yuan }] }], some);
  await diary.at(11, 'wu.ting').step(money, 'post');
  const planned = await seller(21).create(
    'salesOrder',
    { ...soldTo(machines), deliverBy: seller(-10).day },
    {
      lines: [lineOf(cast, set, 5), lineOf(cast, laser, 8)],
      instalments: [
        { dueOn: seller(19).day, share: 300_000, remark: '预付款' },
        { dueOn: seller(-9).day, share: 600_000, remark: '到货款' },
        { dueOn: seller(-180).day, share: 100_000, remark: '质保金' },
      ],
    },
  );
  await seller(21).step(planned, 'approve');
  const frame = await seller(48).create(
    'frameContract',
    { ...soldTo(fitters), subject: '装修季工具供应', validUntil: seller(-120).day },
    { lines: [lineOf(cast, battery, 100), lineOf(cast, laser, 20)] },
  );
  await seller(48).step(frame, 'approve');
  const called = await seller(19).follow('salesOrder', [frame], { orderType: masters.depositType }, () => ({ quantity: 4 * one }));
  const waiting = await seller(19).step(called, 'approve');
  const deposit = Math.ceil(Number(waiting.values.total) * 0.4);
  const paid = await diary.at(6, 'wu.ting').follow('receipt', [{ ...waiting, rows: [{ id: 1, amount: deposit }] }], { amount: deposit });
  await diary.at(6, 'wu.ting').step(paid, 'post');
  await seller(2).step(
    await seller(2).follow('deliveryNotice', [waiting], { shipOn: seller(-1).day }, () => ({ quantity: 3 * one })),
    'approve',
  );
}

/** Goods at customers without an order: two loans, of which one is overdue today, and a sample. */
export async function lendTools(cast: Cast): Promise<void> {
  const { diary, goods, customers, masters } = cast;
  const [drill, , laser, , bits] = goods;
  const [tools, , , fitters] = customers;
  const lend = async (daysAgo: number, dueIn: number, customer: number, line: ReturnType<typeof goodsLine>) => {
    const seller = diary.at(daysAgo, 'zhang.wei');
    const values = { customer, warehouse: masters.warehouses[0] ?? 0, dueOn: diary.at(daysAgo - dueIn, 'zhang.wei').day, purpose: '试用' };
    await diary.at(daysAgo, 'ma.qiang').step(await seller.create('loan', values, { lines: [line] }), 'post');
  };
  await lend(47, 30, fitters?.id ?? 0, goodsLine(laser, 2));
  await lend(41, 60, tools?.id ?? 0, goodsLine(drill, 5));
  await giveSample(cast, 34, 'free', goodsLine(bits, 2));
}

/** Of what was lent something comes back, something is bought and something is lost; another sample is paid for. */
export async function settleLoans(cast: Cast): Promise<void> {
  const { diary, goods, customers, masters } = cast;
  const [drill, , , battery] = goods;
  const taxed = { taxCode: masters.tax.id, taxRate: masters.tax.rate };
  const loan = { type: 'loan', id: await diary.id('loans', { customer: customers[0]?.id ?? 0 }) };
  const onward = async (daysAgo: number, type: string, pieces: number, values = {}, more = {}) => {
    const owner = diary.at(daysAgo, 'ma.qiang');
    await owner.step(await owner.follow(type, [loan], values, () => ({ quantity: pieces * one, ...more })), 'post');
  };
  await onward(24, 'loanReturn', 2, { warehouse: masters.warehouses[0] ?? 0 });
  await onward(22, 'loanSale', 1, {}, { grossPrice: Number(drill?.values.grossPrice), ...taxed });
  await onward(20, 'loanWriteOff', 1, { writeOffKind: 'lost' });
  await giveSample(cast, 18, 'charged', goodsLine(battery, 2, { grossPrice: priced(109), ...taxed }));
}

async function giveSample(
  { diary, customers, masters }: Cast,
  daysAgo: number,
  charge: string,
  line: ReturnType<typeof goodsLine>,
): Promise<void> {
  const seller = diary.at(daysAgo, 'zhang.wei');
  const followUpOn = diary.at(daysAgo - 7, 'zhang.wei').day;
  const values = { ...soldTo(customers[3]), warehouse: masters.warehouses[0] ?? 0, charge, followUpOn };
  await diary.at(daysAgo, 'ma.qiang').step(await seller.create('sampleNote', values, { lines: [line] }), 'post');
}

/** Prices that hold for a time: a book, a promotion, and what was agreed with one customer; and an offer that was lost. */
export async function priceTools(cast: Cast): Promise<void> {
  const { diary, goods, customers } = cast;
  const manager = diary.at(60, 'wang.fang');
  const listed = goods.map((item) => ({
    item: item.id,
    name: item.values.name ?? null,
    spec: item.values.spec ?? null,
    unit: item.values.unit ?? null,
    grossPrice: Math.floor((Number(item.values.grossPrice) * 97) / 100 / 10_000) * 10_000,
  }));
  await manager.step(
    await manager.create('priceBook', { subject: '秋季工具价格', validUntil: diary.at(-90, 'wang.fang').day }, { lines: listed }),
    'approve',
  );
  const sale = [{ item: goods[3]?.id ?? 0, name: goods[3]?.values.name ?? null, minQuantity: 10 * one, discount: 80_000 }];
  const until = { subject: '锂电池满十块九二折', validUntil: diary.at(-20, 'wang.fang').day };
  const week = diary.at(10, 'wang.fang');
  await week.step(await week.create('promotion', until, { lines: sale }), 'approve');
  const seller = diary.at(59, 'zhang.wei');
  await seller.create('customerItem', {
    customer: customers[0]?.id ?? 0,
    item: goods[0]?.id ?? 0,
    code: 'TJ-D12',
    grossPrice: priced(349),
  });
  const lost = await seller.create('quotation', soldTo(customers[3]), { lines: [lineOf(cast, goods[2], 30)] });
  await seller.step(lost, 'approve', 'send');
  await diary.at(50, 'zhang.wei').step(lost, 'lose');
  await diary.at(50, 'zhang.wei').change(lost, { values: { lostReason: 'price' } });
}
