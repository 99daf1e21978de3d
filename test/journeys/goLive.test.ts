import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, signIn, soon } from './company.ts';
import { newKey } from './ground.ts';

const aMinute = { timeout: 120_000 };
const files = mkdtempSync(join(tmpdir(), 'tradepost-opening-'));

let premises: Premises;
let owner: Person;
beforeAll(async () => {
  premises = await openPremises();
  const administrator = { login: 'admin', name: '陈会', password: 'Opening-2026' };
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
  const create = (type: string, values: Record<string, unknown>) =>
    premises.server.call('POST', `/api/records/${type}`, { token: String(body.token), key: newKey(), body: { values } });
  for (const name of ['苏州汇瑞机械有限公司', '太原北方轴承厂']) await create('customer', { name });
  await create('account', { name: '工商银行基本户' });
  owner = await premises.visitor();
  await signIn(owner.page, 'admin', 'Opening-2026');
});
afterAll(async () => {
  await premises?.close();
  rmSync(files, { recursive: true, force: true });
});
keepPicturesOfFailures(() => premises);

async function sheet(name: string, rows: (string | number)[][]): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('期初').addRows(rows);
  const path = join(files, name);
  await workbook.xlsx.writeFile(path);
  return path;
}

/** Sends a file through the import that a step of the wizard opens, and comes back to the wizard. */
async function bringIn(page: Page, of: { type: string; file: string; rows: number }): Promise<void> {
  await page.locator('.tp-opening-type').filter({ hasText: of.type }).getByRole('button', { name: '从文件导入' }).click();
  await page.locator('input[type=file]').setInputFiles(of.file);
  await page.getByRole('button', { name: '开始检查' }).click(aMinute);
  await page.getByRole('button', { name: `导入 ${of.rows} 行` }).click(aMinute);
  await page.getByText('导入完成').waitFor(aMinute);
  await page.getByRole('button', { name: '返回开账向导' }).click();
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

async function enterTotal(page: Page, name: string, total: string): Promise<void> {
  const field = page.getByLabel(new RegExp(`^${name}.*旧系统合计`)).first();
  await field.fill(total);
  await field.press('Enter');
}

test('open items come in from a file, and the difference to the old system is seen at once', async () => {
  const { page } = owner;
  await goTo(page, '/settings/live');
  await page.getByRole('heading', { name: '开账' }).waitFor();
  await page.getByText('应收应付', { exact: true }).click();
  const rows = (last: number) => [
    ['客户名称', '应收余额', '单据号', '日期'],
    ['苏州汇瑞机械有限公司', 1200, 'XS-1', '2026-01-05'],
    ['太原北方轴承厂', last, 'XS-2', '2026-01-06'],
  ];
  await bringIn(page, { type: '期初余额', file: await sheet('wrong.xlsx', rows(8000)), rows: 2 });
  await rowOf(page, '期初应收').getByText('9,200.00').waitFor();
  await enterTotal(page, '期初应收', '2000');
  await rowOf(page, '期初应收').getByText('+7,200.00').waitFor();
  await takePicture(page, 'go-live-difference');

  await page.getByRole('button', { name: '撤销上次导入' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('原因').fill('多打了一个零');
  await dialog.getByRole('button', { name: '撤销整个导入' }).click();
  await rowOf(page, '期初应收').getByText('-2,000.00').waitFor(aMinute);
  await bringIn(page, { type: '期初余额', file: await sheet('right.xlsx', rows(800)), rows: 2 });
  await rowOf(page, '期初应收').getByText('一致').waitFor();
  expect(owner.troubles).toEqual([]);
});

test('accounts follow; once nothing differs the figures are locked, and the owner may open them again', async () => {
  const { page } = owner;
  await page.getByRole('button', { name: '下一步' }).click();
  await bringIn(page, {
    type: '账户期初',
    file: await sheet('cash.xlsx', [
      ['账户名称', '期初余额'],
      ['工商银行基本户', 30_000],
    ]),
    rows: 1,
  });
  await enterTotal(page, '账户余额 · 工商银行基本户', '30000');
  await rowOf(page, '账户余额 · 工商银行基本户').getByText('一致').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText(/还有 \d+ 项没有填写或不一致/).waitFor();
  await takePicture(page, 'go-live-check');
  await page.getByRole('button', { name: /其余没有期初的 \d+ 项填 0/ }).click();
  await page.getByText('全部一致', { exact: true }).waitFor();
  await page.getByRole('button', { name: '锁定期初，正式开账' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '锁定期初，正式开账' }).click();
  await page.getByText(/由 陈会 于 .* 锁定/).waitFor();
  await takePicture(page, 'go-live-locked');

  await goTo(page, '/import/openingBalance');
  await page.locator('input[type=file]').setInputFiles(join(files, 'right.xlsx'));
  await page.getByText('期初数据已经锁定').first().waitFor();

  await goTo(page, '/settings/live');
  await page.getByLabel('重新打开的原因').fill('漏了一家客户');
  await page.getByRole('button', { name: '重新打开期初' }).click();
  await page.getByText(/陈会 于 .* 重新打开了期初：漏了一家客户/).waitFor();
  await expect.poll(() => page.getByRole('button', { name: '下一步' }).isVisible(), soon).toBe(true);
  expect(owner.troubles).toEqual([]);
});
