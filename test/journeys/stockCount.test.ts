import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, lineTexts, openPremises, type Person, type Premises, scan, settled, soon } from './company.ts';
import { created, type Desk, ground, rowsOf, step } from './ground.ts';

let premises: Premises;
let boss: Desk;
let keeper: Person;
let accountant: Person;
let count: RecordAnswer;
let drill: RecordAnswer;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  boss = await premises.as('ma.qiang');
  const lay = ground(boss);
  drill = await lay.item({ code: 'PD-01', name: '冲击钻', spec: '18V', barcode: '6901234567892', grossPrice: 432_000_000 });
  const saw = await lay.item({ code: 'PD-02', name: '曲线锯', spec: '65mm', barcode: '6901234567885', grossPrice: 321_000_000 });
  await lay.stocked([drill, saw], 4);
  const [warehouse] = await rowsOf(boss, 'warehouse', { field: 'main', is: 'equal', value: true });
  count = await created(boss, 'stockCount', {
    values: { warehouse: warehouse?.id },
    parts: { lines: [drill, saw].map((item) => ({ item: item.id, name: item.values.name ?? null, unit: 'pc' })) },
  });
  [keeper, accountant] = await Promise.all([premises.person('li.na'), premises.person('wu.ting')]);
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('the clerk starts the stock-take and scans what lies there, without being told what should', async () => {
  const { page } = keeper;
  await goTo(page, `/record/stockCount/${count.id}`);
  await page.getByRole('button', { name: '开始盘点' }).click();
  await page.getByText('盘点中').first().waitFor();
  await settled(page);
  expect(await page.getByText('开始时账面').count()).toBe(0);
  await page.getByRole('button', { name: '录入盘点' }).click();
  await page.getByRole('heading', { name: '新建盘点录入单' }).waitFor();
  await page.locator('.tp-grid-row .tp-grid-cell').first().click();
  for (const code of ['6901234567892', '6901234567892', '6901234567892', '6901234567885']) await scan(page, code);
  await expect.poll(async () => (await lineTexts(page, 0)).includes('3'), soon).toBe(true);
  await expect.poll(async () => (await lineTexts(page, 1)).includes('1'), soon).toBe(true);
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: /^盘点录入单 CS/ }).waitFor();
  await takePicture(page, 'count-sheet');
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('已提交').first().waitFor();
  expect(keeper.troubles).toEqual([]);
});

test('goods that leave after they were counted change nothing, and the accountant posts what differs', async () => {
  const [reason] = await rowsOf(boss, 'dictionaryEntry', { field: 'dictionary', is: 'equal', value: 'stockReason' });
  const values = { warehouse: count.values.warehouse, stockReason: reason?.id };
  const lines = [{ item: drill.id, quantity: 2_000_000 }];
  await step(boss, await created(boss, 'otherOut', { values, parts: { lines } }), 'post');
  const { page } = accountant;
  await goTo(page, `/record/stockCount/${count.id}`);
  const panel = page.locator('.tp-panel').filter({ hasText: '盘点汇总' });
  await panel.getByText('冲击钻').waitFor();
  await page.getByRole('button', { name: '结束盘点' }).click();
  await page.getByText('待确认').first().waitFor();
  // Four drills were there and three were counted; two more left afterwards. Four saws were there and one was counted.
  await expect.poll(() => panel.getByRole('row').filter({ hasText: '冲击钻' }).innerText(), soon).toMatch(/3\s+-1/);
  await expect.poll(() => panel.getByRole('row').filter({ hasText: '曲线锯' }).innerText(), soon).toMatch(/1\s+-3/);
  await takePicture(page, 'stock-count-review');
  await page.getByRole('button', { name: '生成盘盈盘亏' }).click();
  await page.getByText('已过账').first().waitFor();
  const [loss] = await rowsOf(boss, 'stockLoss', { field: 'count', is: 'equal', value: count.id });
  expect(await rowsOf(boss, 'stockGain', { field: 'count', is: 'equal', value: count.id })).toEqual([]);
  await goTo(page, `/record/stockLoss/${loss?.id}`);
  await page.getByRole('heading', { name: /^盘亏单 SL/ }).waitFor();
  expect(accountant.troubles).toEqual([]);
});
