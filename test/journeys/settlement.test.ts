import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';
import { created, type Desk, ground, step } from './ground.ts';

const name = '无锡长风电器有限公司';
let premises: Premises;
let accountant: Person;
let boss: Desk;
let customer: RecordAnswer;
let orders: RecordAnswer[];

beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  boss = await premises.as('ma.qiang');
  const lay = ground(boss);
  customer = await lay.customer({ name, owner: 'zhang.wei' });
  const fan = await lay.item({ code: 'CF-01', name: '散热风扇', grossPrice: 10_000_000 });
  const order = (pieces: number) => lay.order({ customer, lines: [{ item: fan, pieces, grossPrice: 10_000_000 }] });
  orders = [await order(10), await order(25), await order(6)];
  const supplier = await created(boss, 'supplier', { values: { name: '无锡长风电器采购部', customer: customer.id } });
  await posted('openingBalance', { customer: customer.id, total: 5_000 });
  await posted('openingPayable', { supplier: supplier.id, total: 12_345 });
  await posted('receipt', { customer: customer.id, amount: 25_000 });
  await posted('receipt', { customer: customer.id, amount: 9_000, bankReference: `货款 ${orders[2]?.values.number}` });
  accountant = await premises.person('wu.ting');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

async function posted(type: string, values: object): Promise<RecordAnswer> {
  return step(boss, await created(boss, type, { values }), 'post');
}

const button = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true });
const difference = (page: Page) => page.getByTestId('difference').innerText();
const openOf = async (order: RecordAnswer | undefined) =>
  ((await boss('GET', `/api/records/salesOrder/${order?.id}`)).body as unknown as RecordAnswer).values.openAmount;

test('beside every open order stands what was invoiced of it, and when last', async () => {
  const sources = [{ type: 'salesOrder', id: orders[1]?.id }];
  const values = { invoiceKind: 'general', invoiceNumber: '25322000000000000001' };
  const { body } = await boss('POST', '/api/records/salesInvoice/make', { sources, values, step: { name: 'issue' } });
  const { page } = accountant;
  await goTo(page, `/settle/customer/${customer.id}`);
  const row = page.getByRole('row').filter({ hasText: String(orders[1]?.values.number) });
  await row.waitFor();
  for (const head of ['已开票金额', '最近开票日']) await page.getByRole('columnheader', { name: head, exact: true }).waitFor();
  const cells = (await row.getByRole('gridcell').allInnerTexts()).map((text) => text.trim());
  expect(cells.slice(-2)).toEqual(['250.00', (body as unknown as RecordAnswer).values.day]);
});

test('money of the same amount finds its order, and one key settles it', async () => {
  const { page } = accountant;
  await goTo(page, `/settle/customer/${customer.id}`);
  await page.locator('#debt-0').waitFor();
  await settled(page);
  await takePicture(page, 'settle-desk');
  await button(page, '按金额匹配').click();
  await expect.poll(() => page.getByLabel(`本次核销 ${orders[1]?.values.number}`).inputValue(), soon).toBe('250.00');
  expect(await difference(page)).toBe('0.00');
  await page.keyboard.press('F8');
  await page.getByText(/^已核销：ST/).waitFor();
  await expect.poll(() => openOf(orders[1]), soon).toBe(0);
  expect(accountant.troubles).toEqual([]);
});

test('money that names an order pays it, first in first out pays the earliest due', async () => {
  const { page } = accountant;
  await button(page, '按单号匹配').click();
  await expect.poll(() => page.getByLabel(`本次核销 ${orders[2]?.values.number}`).inputValue(), soon).toBe('60.00');
  await button(page, '先到期先核销').click();
  await expect.poll(() => difference(page), soon).toBe('0.00');
  await button(page, '清空').click();
});

test('amounts are typed by hand with the keyboard alone, and the difference shows at once', async () => {
  const { page } = accountant;
  const first = page.locator('#debt-0');
  await first.click();
  await page.keyboard.type('12.5');
  await page.keyboard.press('Enter');
  await expect.poll(() => difference(page), soon).toBe('12.50');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('debt-1');
  await page.keyboard.press(' ');
  await button(page, '抵扣补齐').click();
  await expect.poll(() => page.locator('#credit-0').inputValue(), soon).not.toBe('');
  await button(page, '清空').click();
  await first.click();
  await page.keyboard.type('12.5');
  await page.keyboard.press('Enter');
  await button(page, '抵扣补齐').click();
  await expect.poll(() => difference(page), soon).toBe('0.00');
  await page.keyboard.press('F8');
  await page
    .getByText(/^已核销：ST/)
    .last()
    .waitFor();
  await settled(page);
});

test('what we owe the same company is netted on the same desk', async () => {
  const { page } = accountant;
  await page.getByText('对冲：无锡长风电器采购部').first().click();
  await page.locator('#credit-0').click();
  await page.keyboard.press(' ');
  await expect.poll(() => page.locator('#credit-0').inputValue(), soon).toBe('123.45');
  const order = page.getByLabel(`本次核销 ${orders[0]?.values.number}`);
  await order.click();
  await page.keyboard.type('100');
  await page.keyboard.press('Enter');
  await expect.poll(() => difference(page), soon).toBe('-23.45');
  const rest = page.getByLabel(`本次核销 ${orders[2]?.values.number}`);
  await rest.click();
  await page.keyboard.type('23.45');
  await page.keyboard.press('Enter');
  await takePicture(page, 'settle-netting');
  await page.keyboard.press('F8');
  await page.getByText(/^已核销：NT/).waitFor();
  await expect.poll(() => openOf(orders[0]), soon).toBe(0);
});

test('a settlement is undone from its history with a reason, and everything is open again', async () => {
  const { page } = accountant;
  await page.getByRole('button', { name: '核销记录' }).click();
  const row = page.getByRole('row').filter({ hasText: 'NT' });
  await row.getByText('撤销').click();
  await page.getByLabel('撤销的原因').fill('对方要求分开结算');
  await takePicture(page, 'settle-undo');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /撤\s*销/ })
    .last()
    .click();
  await page.getByText(/^已撤销：NT/).waitFor();
  await expect.poll(() => openOf(orders[0]), soon).toBe(10_000);
  expect(accountant.troubles).toEqual([]);
});
