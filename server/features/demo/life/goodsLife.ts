import { type Cast, goodsLine, lineOf, one, priced, yuan } from './cast.ts';

/** The tools are bought: ordered, received with their freight, invoiced by the supplier and paid for in part. */
export async function buyTools(cast: Cast): Promise<void> {
  const { diary, goods, supplier, bank } = cast;
  const costs = [210, 160, 265, 72, 48];
  const lines = goods.map((item, place) => lineOf(cast, item, 60, { grossPrice: priced(costs[place] ?? 0) }));
  const contract = await diary
    .at(100, 'zhou.min')
    .create(
      'purchaseContract',
      { supplier: supplier.id, subject: '年度工具采购框架', validUntil: diary.at(-260, 'zhou.min').day },
      { lines: lines.map((line) => ({ ...line, quantity: 200 * one })) },
    );
  await diary.at(99, 'ma.qiang').step(contract, 'approve');
  const called = await diary.at(98, 'zhou.min').follow('purchaseOrder', [contract], {}, () => ({ quantity: 60 * one }));
  const order = await diary.at(98, 'ma.qiang').step(called, 'approve');
  const note = await diary.at(94, 'li.na').follow('stockIn', [order]);
  // The storekeeper takes the goods in, the buyer knows what the freight was.
  await diary.at(94, 'zhou.min').change(note, { values: { freight: 300 * yuan, freightBy: 'amount' } });
  const received = await diary.at(94, 'li.na').step(note, 'post');
  const total = Number(received.values.total);
  const invoice = await diary.at(88, 'wu.ting').follow('purchaseInvoice', [received], {
    invoiceKind: 'special',
    invoiceNumber: '25332000000071190046',
    invoiceTotal: total,
  });
  await diary.at(88, 'wu.ting').step(invoice, 'post');
  const paid = Math.floor(total / 2);
  const payment = await diary
    .at(70, 'wu.ting')
    .follow('payment', [{ ...received, rows: [{ id: 1, amount: paid }] }], { account: bank, amount: paid, fee: 15 * yuan });
  await diary.at(70, 'wu.ting').step(payment, 'post');
}

/** Eight sets are made of what was bought. */
export async function assembleTools({ diary, masters, set, goods }: Cast): Promise<void> {
  const keeper = diary.at(57, 'li.na');
  const values = { warehouse: masters.warehouses[0] ?? 0, setItem: set.id, quantity: 8 * one };
  await keeper.step(await keeper.create('assembly', values, { lines: partsOf(goods, 8) }), 'post');
}

const partsOf = ([drill, , , battery, bits]: Cast['goods'], sets: number) => [
  goodsLine(drill, sets),
  goodsLine(battery, 2 * sets),
  goodsLine(bits, sets),
];

const betweenWarehouses = ({ warehouses: [main, , , spare], carriers }: Cast['masters']) => ({
  warehouse: main ?? 0,
  toWarehouse: spare ?? 0,
  carrier: carriers[1] ?? null,
});

/** Goods go from warehouse to warehouse, and something does not arrive. */
export async function moveTools({ diary, masters, goods }: Cast): Promise<void> {
  const [drill, grinder] = goods;
  const keeper = (daysAgo: number) => diary.at(daysAgo, 'li.na');
  const lines = [goodsLine(drill, 10), goodsLine(grinder, 12)];
  const sent = await keeper(52).step(await keeper(52).create('stockTransfer', betweenWarehouses(masters), { lines }), 'post');
  const lossReason = await diary.id('dictionary_entries', { dictionary: 'stockReason', name: '运输损耗' });
  const arrived = await keeper(50).follow('transferIn', [sent], {}, (row) => ({
    lost: row.item === grinder?.id ? one : null,
    lossReason: row.item === grinder?.id ? lossReason : null,
  }));
  await keeper(50).step(arrived, 'post');
}

/** Others are still on the way. */
export async function moveMore({ diary, masters, goods }: Cast): Promise<void> {
  const [drill, , laser] = goods;
  const keeper = (daysAgo: number) => diary.at(daysAgo, 'li.na');
  const lines = [goodsLine(laser, 6), goodsLine(drill, 5)];
  const sent = await keeper(3).step(await keeper(3).create('stockTransfer', betweenWarehouses(masters), { lines }), 'post');
  await keeper(1).step(await keeper(1).follow('transferIn', [sent], {}, () => ({ quantity: 2 * one })), 'post');
}

/** What comes and goes without trade: scrapped, found, taken by a department. */
export async function useTools({ diary, masters, goods }: Cast): Promise<void> {
  const [, grinder, laser, battery] = goods;
  const warehouse = masters.warehouses[0] ?? 0;
  const keeper = (daysAgo: number) => diary.at(daysAgo, 'li.na');
  const noted = async (daysAgo: number, type: string, why: string, line: ReturnType<typeof goodsLine>) => {
    const stockReason = await diary.id('dictionary_entries', { dictionary: 'stockReason', name: why });
    await keeper(daysAgo).step(await keeper(daysAgo).create(type, { warehouse, stockReason }, { lines: [line] }), 'post');
  };
  await noted(45, 'otherOut', '报废', goodsLine(grinder, 1, { remark: '外壳开裂' }));
  await noted(44, 'otherIn', '盘外找到', goodsLine(battery, 2));
  const forDepartment = await diary.id('departments', { code: 'XS1' });
  const wish = { warehouse, forDepartment, purpose: '上海五金展样机' };
  await keeper(43).step(await keeper(43).create('requisition', wish, { lines: [goodsLine(laser, 3)] }), 'post');
}

/** What was taken comes back in part, a set is taken apart again, and goods are valued anew. */
export async function bringToolsBack({ diary, masters, goods, set }: Cast): Promise<void> {
  const keeper = (daysAgo: number) => diary.at(daysAgo, 'li.na');
  const taken = { type: 'requisition', id: await diary.id('requisitions', { state: 'posted' }) };
  await keeper(30).step(await keeper(30).follow('requisitionReturn', [taken], {}, () => ({ quantity: 2 * one })), 'post');
  const values = { warehouse: masters.warehouses[0] ?? 0, setItem: set.id, quantity: one };
  await keeper(28).step(await keeper(28).create('disassembly', values, { lines: partsOf(goods, 1) }), 'post');
  const duty = [{ item: goods[2]?.id ?? 0, amount: 120 * yuan, remark: '补记进口关税' }];
  const dearer = await diary.at(27, 'wu.ting').create('costAdjustment', {}, { lines: duty });
  await diary.at(26, 'ma.qiang').step(dearer, 'post');
}

/** The spare parts store was counted: one piece missing, one too many. */
export async function countTools({ diary, masters, goods }: Cast): Promise<void> {
  const [drill, grinder] = goods;
  const values = { warehouse: masters.warehouses[3] ?? 0, category: Number(drill?.values.category) };
  const keeper = diary.at(36, 'li.na');
  const count = await keeper.step(await keeper.create('stockCount', values), 'start');
  const lines = [goodsLine(drill, 9), goodsLine(grinder, 12)];
  await keeper.step(await keeper.create('countSheet', { count: count.id, zone: 'A 区货架' }, { lines }), 'post');
  await keeper.step(count, 'finish');
  await diary.at(36, 'wu.ting').step(count, 'post');
}

/** The main warehouse is being counted today. */
export async function countToday({ diary, masters, goods }: Cast): Promise<void> {
  const values = { warehouse: masters.warehouses[0] ?? 0, category: Number(goods[0]?.values.category) };
  const now = diary.at(0, 'li.na');
  const going = await now.step(await now.create('stockCount', values), 'start');
  await now.step(await now.create('countSheet', { count: going.id, zone: '二楼' }, { lines: [goodsLine(goods[4], 40)] }), 'post');
}
