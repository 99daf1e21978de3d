import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importing } from '../../shared/language/ui/zh-CN/importing.ts';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, sampleFile, signIn, soon } from './company.ts';
import { newKey } from './ground.ts';

const expected = JSON.parse(readFileSync(sampleFile('expected.json'), 'utf8')) as Record<'customers' | 'products', Record<string, number>>;
const kinds: Readonly<Record<string, string>> = importing.kinds;
const aMinute = { timeout: 120_000 };

let premises: Premises;
let clerk: Person;
beforeAll(async () => {
  premises = await openPremises();
  const administrator = { login: 'admin', name: '陈会', password: 'Import-2026' };
  const { body } = await premises.server.call('POST', '/api/setup', {
    body: {
      company: { name: '上海远航商贸有限公司' },
      administrator,
      language: 'zh-CN',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      taxRate: 130_000,
      content: 'empty',
    },
  });
  for (const name of ['二号仓', '太原办事处仓']) {
    await premises.server.call('POST', '/api/records/warehouse', { token: String(body.token), key: newKey(), body: { values: { name } } });
  }
  clerk = await premises.visitor();
  await signIn(clerk.page, 'admin', 'Import-2026');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('a customer list as it is: dropped, understood, judged row by row before anything is written', async () => {
  const { page } = clerk;
  await goTo(page, '/list/customer');
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '导入' }).click();
  await page.getByRole('heading', { name: '导入客户' }).waitFor();
  await drop(page.locator('.ant-upload-btn'), 'customers.xlsx');
  const button = page.getByRole('button', { name: '开始检查' });
  await button.waitFor(aMinute);
  const unmapped = await page.locator('tbody tr').filter({ hasText: '不导入' }).count();
  expect(unmapped).toBe(0);
  await button.click();
  await page.getByText('共 3266 行').waitFor(aMinute);
  expect(await countsOn(page)).toEqual(expected.customers);
  await takePicture(page, 'import');
  await goTo(page, '/list/customer');
  await page.getByText('还没有客户').first().waitFor();
  expect(clerk.troubles).toEqual([]);
});

test('near duplicates are decided as a kind and one by one; exactly what was promised comes in', async () => {
  const { page } = clerk;
  await goTo(page, '/import/customer');
  await page.getByRole('button', { name: 'customers.xlsx' }).click();
  await page.getByRole('button', { name: '导入 3000 行' }).waitFor(aMinute);
  await page.getByTitle('疑似重复', { exact: true }).click();
  const rows = page.locator('.tp-import-rows tbody tr');
  await rows
    .first()
    .getByText(/与第 \d+ 行(相近|是同一名称)/)
    .waitFor();
  for (const at of [0, 1]) {
    await rows.nth(at).getByRole('combobox').focus();
    // The last choice is always to merge; what bears the same name is not offered to be taken as another customer.
    for (const key of ['Enter', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await rows.nth(at).getByTitle('合并到已有').waitFor();
  }
  await page.getByRole('button', { name: '导入 3002 行' }).click();
  await page.getByText('导入完成').waitFor(aMinute);
  const told = await page.locator('.ant-result-subtitle').innerText();
  for (const words of ['新增 3000', '合并 2', '未导入 264']) expect(told).toContain(words);
  await takePicture(page, 'import-result');
  await page.getByRole('button', { name: '查看列表' }).click();
  await page.getByText('合计 3000 条').waitFor(aMinute);
  expect(clerk.troubles).toEqual([]);
});

test('items bring their opening stock along, and the stock overview shows it', async () => {
  const { page } = clerk;
  await goTo(page, '/import/item');
  await page.getByRole('heading', { name: '导入商品' }).waitFor();
  await page.locator('input[type=file]').setInputFiles(sampleFile('products.xlsx'));
  await page.getByRole('button', { name: '开始检查' }).click(aMinute);
  await page.getByText('共 1600 行').waitFor(aMinute);
  expect(await countsOn(page)).toEqual(expected.products);
  await page.getByRole('button', { name: '导入 1500 行' }).click();
  await page.getByText('导入完成').waitFor(aMinute);
  await expect.poll(() => page.locator('.ant-result-subtitle').innerText(), soon).toMatch(/新增 1500.*期初库存单? 3/);
  await goTo(page, '/stock');
  await page.getByPlaceholder('商品编码、名称、规格、条码（F3）').fill('YY00382');
  await page.getByRole('row').filter({ hasText: '齿轮泵' }).first().waitFor();
  expect(clerk.troubles).toEqual([]);
});

test('an import is taken back as a whole, with the reason written down', async () => {
  const { page } = clerk;
  await goTo(page, '/import/customer');
  await page.getByRole('button', { name: 'customers.xlsx' }).click();
  await page.getByText('导入完成').waitFor();
  await page.getByRole('button', { name: '撤销整个导入' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').fill('发错了文件');
  await dialog.getByRole('button', { name: '撤销整个导入' }).click();
  await page.getByText('这次导入已撤销').waitFor(aMinute);
  await goTo(page, '/list/customer');
  await page.getByText('还没有客户').first().waitFor();
  await goTo(page, '/list/item');
  await page.getByText('合计 1500 条').waitFor();
  expect(clerk.troubles).toEqual([]);
});

/** Drags a file from the desktop onto the page and lets it go. */
async function drop(onto: Locator, name: string): Promise<void> {
  await onto.waitFor();
  const transfer = await onto.page().evaluateHandle(
    ([base64 = '', fileName = '']) => {
      const made = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      made.items.add(new File([bytes], fileName, { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }));
      return made;
    },
    [readFileSync(sampleFile(name)).toString('base64'), name],
  );
  for (const kind of ['dragenter', 'dragover', 'drop']) await onto.dispatchEvent(kind, { dataTransfer: transfer });
}

/** The counts of the dry run by kind, as they stand on the screen. */
async function countsOn(page: Page): Promise<Record<string, number>> {
  const rows = Number(/\d+/.exec(await page.getByText(/^共 \d+ 行$/).innerText())?.[0]);
  const tags = await page.locator('.ant-tag').allInnerTexts();
  const counts = Object.entries(kinds).flatMap(([kind, label]) => {
    const tag = tags.find((text) => new RegExp(`^${label}\\s+\\d+$`).test(text.trim()));
    return tag ? [[kind, Number(/\d+$/.exec(tag.trim())?.[0])] as const] : [];
  });
  return { rows, ...Object.fromEntries(counts) };
}
