import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import { field, goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, pick, settled, soon } from './company.ts';
import { ground } from './ground.ts';

const customerName = '苏州青禾农机有限公司';
let premises: Premises;
let keeper: Person;
let cashier: Person;
let orders: string[];
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const lay = ground(await premises.as('ma.qiang'));
  const customer = await lay.customer({ name: customerName, owner: 'zhang.wei' });
  const valve = await lay.item({ code: 'QH-01', name: '燃油滤芯', spec: 'F-88', grossPrice: 43_210_000 });
  const belt = await lay.item({ code: 'QH-02', name: '收割机皮带', spec: 'HB-2100', grossPrice: 87_650_000 });
  await lay.stocked([valve, belt], 100);
  const first = await lay.order({
    customer,
    lines: [
      { item: valve, pieces: 10, grossPrice: 43_210_000 },
      { item: belt, pieces: 4, grossPrice: 87_650_000 },
    ],
  });
  const second = await lay.order({ customer, lines: [{ item: valve, pieces: 6, grossPrice: 43_210_000 }] });
  orders = [first, second].map((order) => String(order.values.number));
  [keeper, cashier] = await Promise.all([premises.person('li.na'), premises.person('wu.ting')]);
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('the warehouse clerk finds what is to be shipped and no price on any screen', async () => {
  const { page } = keeper;
  const toShip = page.locator('.tp-panel').filter({ hasText: '待出库订单' });
  await toShip.getByText(customerName).first().waitFor();
  await expectNoPrice(page);
  for (const [place, title] of Object.entries(clerksPlaces)) {
    await goTo(page, place);
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    await settled(page);
    await expectNoPrice(page);
  }
  await goTo(page, '/list/salesOrder');
  await page.getByRole('link', { name: orders[0] ?? '' }).click();
  await page.getByRole('heading', { name: orders[0] ?? '' }).waitFor();
  await settled(page);
  await expectNoPrice(page);
  expect(keeper.troubles).toEqual([]);
});

test('one stock-out takes rows of two orders, leaves a part for later, and prints as the delivery note', async () => {
  const { page } = keeper;
  await goTo(page, '/record/stockOut/new');
  await page.getByRole('heading', { name: '新建出库单' }).waitFor();
  await pick(page, field(page, '客户'), { text: 'szqh', hit: customerName });
  await page.getByRole('button', { name: /取自/ }).click();
  const dialog = page.getByRole('dialog');
  for (const number of orders)
    await dialog
      .getByRole('row')
      .filter({ hasText: `销售订单 ${number}` })
      .getByRole('checkbox')
      .check();
  await takePicture(page, 'fetch-from-orders');
  await expectNoPrice(page);
  await dialog.getByRole('button', { name: '取 3 行' }).click();
  const belt = page.locator('.tp-grid-row').filter({ hasText: '收割机皮带' });
  await belt.locator('.is-number').first().dblclick();
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect.poll(() => belt.locator('.is-number').first().innerText(), soon).toBe('3');
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: /^出库单 OUT/ }).waitFor();
  await page.getByRole('button', { name: '确认出库' }).click();
  await page.getByText('已出库').first().waitFor();
  await settled(page);
  await expectNoPrice(page);
  const [paper] = await Promise.all([page.waitForResponse(/\/api\/print\/stockOut\/\d+\?/), page.keyboard.press('F9')]);
  expect(paper.headers()['content-type']).toContain('application/pdf');
  await takePicture(page, 'delivery-note');
  await page.keyboard.press('Escape');
  await goTo(page, '/list/salesOrder');
  await page
    .getByRole('row')
    .filter({ hasText: orders[0] ?? '' })
    .getByText('部分出库')
    .waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: orders[1] ?? '' })
    .getByText('已全部出库')
    .waitFor();
  expect(keeper.troubles).toEqual([]);
});

test('the cashier takes one payment for both orders, less the fee of the bank, and keeps the rest for the customer', async () => {
  const { page } = cashier;
  await goTo(page, '/record/receipt/new');
  await pick(page, field(page, '客户'), { text: 'szqh', hit: customerName });
  await field(page, '收款金额').fill('1,200');
  await field(page, '手续费').fill('12.5');
  await page.getByRole('button', { name: /取自/ }).click();
  const dialog = page.getByRole('dialog');
  for (const number of orders)
    await dialog
      .getByRole('row')
      .filter({ hasText: `销售订单 ${number}` })
      .getByRole('checkbox')
      .check();
  await dialog.getByRole('button', { name: '取 2 行' }).click();
  for (const number of orders) await page.locator('.tp-grid-row').filter({ hasText: number }).waitFor();
  await page.getByRole('button', { name: /保存$/ }).click();
  await page.getByRole('heading', { name: /^收款单 RC/ }).waitFor();
  // 10 × 43.21 + 4 × 87.65 = 782.70 and 6 × 43.21 = 259.26; what is over is the customer's.
  expect(await shownIn(page, 'allocated')).toBe('1,041.96');
  expect(await shownIn(page, 'arrived')).toBe('1,187.50');
  expect(await shownIn(page, 'prepaid')).toBe('158.04');
  await page.getByRole('button', { name: '确认收款' }).click();
  await page.getByText('已收款').first().waitFor();
  await takePicture(page, 'receipt');
  await goTo(page, '/list/salesOrder');
  for (const number of orders) await page.getByRole('row').filter({ hasText: number }).getByText('已收齐').waitFor();
  expect(cashier.troubles).toEqual([]);
});

test('the statement of the customer closes at what was paid in advance', async () => {
  const { page } = cashier;
  await goTo(page, '/receivables');
  await page.getByPlaceholder('客户名称、编号（F3）').fill('szqh');
  await page.getByRole('row').filter({ hasText: customerName }).dblclick();
  const statement = page.getByRole('dialog');
  await statement.getByText(orders[0] ?? '').waitFor();
  await takePicture(page, 'statement');
  await expect.poll(() => statement.innerText(), soon).toContain('158.04');
});

const clerksPlaces = {
  '/list/salesOrder': '销售订单',
  '/list/stockOut': '出库单',
  '/list/customer': '客户',
  '/list/item': '商品',
  '/stock': '库存总览',
  '/record/stockOut/new': '新建出库单',
};

/** Labels of prices and amounts, and the very prices of these orders. */
const priceWords = /单价|售价|金额|价税|税额|税率|折扣|成本|毛利|信用|应收|未收金额|已收金额|¥|43\.21|87\.65|432\.10|350\.60|782\.70/;

async function expectNoPrice(page: Page): Promise<void> {
  const shown = await page.locator('body').innerText();
  const typed = await page.locator('input').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  const words = `${shown}\n${typed.join('\n')}`.split('\n').filter((line) => priceWords.test(line));
  expect({ address: page.url(), words }).toEqual({ address: page.url(), words: [] });
}

const shownIn = (page: Page, place: string): Promise<string> => page.locator(`[data-place=${place}] .tp-read-only`).innerText();
