import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import {
  atCell,
  byHand,
  goTo,
  keepPicturesOfFailures,
  lineTexts,
  openPremises,
  type Person,
  type Premises,
  scan,
  soon,
} from './company.ts';
import { ground } from './ground.ts';

let premises: Premises;
let seller: Person;
let manager: Person;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const lay = ground(await premises.as('ma.qiang'));
  await lay.customer({ name: '宁波启明五金商行', owner: 'zhang.wei' });
  await lay.item({ code: 'QM-1001', name: '黄铜球阀', spec: 'DN20', grossPrice: 38_500_000, floorPrice: 30_000_000 });
  await lay.item({
    code: 'QM-1002',
    name: '不锈钢喉箍',
    spec: '32mm',
    barcode: '6901234567892',
    grossPrice: 2_400_000,
    floorPrice: 2_000_000,
  });
  await lay.item({ code: 'QM-1003', name: '生料带', spec: '20m', grossPrice: 3_000_000, floorPrice: 2_500_000 });
  [seller, manager] = await Promise.all([premises.person('zhang.wei'), premises.person('wang.fang')]);
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('a quotation is opened, entered and saved without touching the mouse', async () => {
  const { page } = seller;
  await page.evaluate(countPresses);
  await page.keyboard.press('Control+k');
  await byHand(page, '新建报价单');
  await page.getByRole('option', { name: '新建报价单' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#field-customer').and(page.locator(':focus')).waitFor();
  await byHand(page, 'nbqm');
  await page.getByRole('option', { name: '宁波启明五金商行' }).waitFor();
  await page.keyboard.press('Enter');
  await focusIn(page, 'contact');
  await page.keyboard.press('Enter');
  await focusIn(page, 'day');
  await page.keyboard.press('Enter');
  await focusIn(page, 'remark');
  await byHand(page, '含税含运');
  await page.keyboard.press('Enter');

  await atCell(page, '商品 1');
  await byHand(page, 'QM-1001');
  await page.keyboard.press('Enter');
  await atCell(page, '数量 1');
  await expect.poll(() => lineTexts(page, 0), soon).toContain('38.50');
  await byHand(page, '40');
  await page.keyboard.press('Enter');
  await atCell(page, '商品 2');
  // A scanner types at once and ends with Enter; the same code again raises the quantity.
  for (const _ of [1, 2]) await scan(page, '6901234567892');
  await expect.poll(async () => (await lineTexts(page, 1))[4], soon).toBe('2');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await atCell(page, '商品 3');
  await byHand(page, 'QM-1003');
  await page.keyboard.press('Enter');
  await atCell(page, '数量 3');
  await byHand(page, '10');
  for (const label of ['不含税单价 3', '含税单价 3']) {
    await page.keyboard.press('Tab');
    await atCell(page, label);
  }
  await byHand(page, '2.1');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { name: /^报价单 QT\d{8}-\d{4}/ }).waitFor();
  await expect.poll(() => lineTexts(page, 0), soon).toEqual(expect.arrayContaining(['黄铜球阀', 'DN20', '40', '38.50', '1,540.00']));
  await expect.poll(() => lineTexts(page, 1), soon).toEqual(expect.arrayContaining(['不锈钢喉箍', '2', '2.40', '4.80']));
  await expect.poll(() => lineTexts(page, 2), soon).toEqual(expect.arrayContaining(['生料带', '10', '2.10', '21.00']));
  await expect.poll(() => page.locator('[data-place=total]').innerText(), soon).toContain('1,565.80');
  expect(await page.evaluate('window.presses')).toBe(0);
  await takePicture(page, 'quotation');
  expect(seller.troubles).toEqual([]);
});

test('below the floor price the salesperson is told so, hands it in, and the manager approves with the facts in sight', async () => {
  const { page } = seller;
  await page.getByRole('button', { name: '审核', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: '最低' }).waitFor();
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('待审核').first().waitFor();
  const number = await numberOf(page);

  await goTo(manager.page, '/list/customer');
  await goTo(manager.page, '/');
  const waiting = manager.page.locator('.tp-panel').filter({ hasText: '等我审批' });
  await waiting.getByText(number).click();
  const sheet = manager.page.locator('.tp-panel').filter({ hasText: '审批参考' });
  await sheet.getByText('生料带').waitFor();
  await expect.poll(() => sheet.innerText(), soon).toMatch(/标准 3\.00 · 最低价 2\.50/);
  await takePicture(manager.page, 'approval');
  await manager.page.getByRole('button', { name: '审核', exact: true }).click();
  await manager.page.getByText('已审核').first().waitFor();
  await page.getByText('已审核').first().waitFor();
  expect([...seller.troubles, ...manager.troubles]).toEqual([]);
});

test('the customer orders in two parts; what is left of the quotation is offered the second time', async () => {
  const { page } = seller;
  const quotation = new URL(page.url()).hash;
  await orderPart(page, async (dialog) => {
    await dialog.getByLabel('全部').uncheck();
    await dialog.getByLabel('1', { exact: true }).check();
    await dialog.getByLabel('本次 1').fill('15');
  });
  await expect.poll(() => lineTexts(page, 0), soon).toEqual(expect.arrayContaining(['黄铜球阀', '15', '577.50']));
  await page.getByRole('button', { name: '审核', exact: true }).click();
  await page.getByText('已审核').first().waitFor();
  await takePicture(page, 'order');

  await goTo(page, quotation.slice(1));
  await page.getByText('部分转单').waitFor();
  await orderPart(page, async (dialog) => {
    await expect.poll(() => dialog.getByLabel('本次 1').inputValue(), soon).toBe('25');
  });
  await page.keyboard.press('F8');
  await goTo(page, quotation.slice(1));
  await expect.poll(() => page.getByRole('button', { name: '生成销售订单' }).count(), soon).toBe(1);
  expect(seller.troubles).toEqual([]);
});

test('the contract opens as a real PDF before it is printed', async () => {
  const { page } = seller;
  const order = page.getByRole('link', { name: /SO\d{8}/ }).first();
  await order.click();
  await page.getByRole('heading', { name: /^销售订单 SO/ }).waitFor();
  const [answer] = await Promise.all([
    page.waitForResponse((response) => /\/api\/print\/salesOrder\/\d+\?/.test(response.url())),
    page.keyboard.press('F9'),
  ]);
  expect(answer.headers()['content-type']).toContain('application/pdf');
  await page.getByRole('dialog').getByText('打印').first().waitFor();
  const paper = await page.evaluate(async (address) => {
    const token = sessionStorage.getItem('tradepost.token') ?? '';
    const bytes = new Uint8Array(await (await fetch(address, { headers: { Authorization: `Bearer ${token}` } })).arrayBuffer());
    return { size: bytes.length, head: String.fromCharCode(...bytes.slice(0, 5)), tail: String.fromCharCode(...bytes.slice(-6)).trim() };
  }, answer.url());
  expect(paper).toEqual({ size: expect.any(Number), head: '%PDF-', tail: '%%EOF' });
  expect(paper.size).toBeGreaterThan(5_000);
  await takePicture(page, 'print-preview');
  expect(seller.troubles).toEqual([]);
});

const focusIn = (page: Page, place: string): Promise<void> => page.locator(`#field-${place}:focus`).waitFor();

async function numberOf(page: Page): Promise<string> {
  const title = await page.getByRole('heading', { level: 1 }).innerText();
  return /[A-Z]{2}\d{8}-\d{4}/.exec(title)?.[0] ?? title;
}

async function orderPart(page: Page, choose: (dialog: ReturnType<Page['getByRole']>) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: '生成销售订单' }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog);
  await dialog.getByRole('button', { name: '生成销售订单' }).click();
  await page.getByRole('heading', { name: '新建销售订单' }).waitFor();
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: /^销售订单 SO/ }).waitFor();
}

const countPresses = `window.presses = 0; for (const kind of ['mousedown', 'pointerdown', 'click']) addEventListener(kind, (event) => { if (event.detail > 0) window.presses += 1; }, true)`;
