import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';
import { ground } from './ground.ts';

const customerName = '苏州青禾农机有限公司';
let premises: Premises;
let owner: Person;
let order: string;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const lay = ground(await premises.as('ma.qiang'));
  const customer = await lay.customer({ name: customerName, owner: 'zhang.wei' });
  const belt = await lay.item({ code: 'QH-02', name: '收割机皮带', spec: 'HB-2100', grossPrice: 113_000_000 });
  await lay.stocked([belt], 100);
  order = String((await lay.order({ customer, lines: [{ item: belt, pieces: 4, grossPrice: 113_000_000 }] })).values.number);
  owner = await premises.person('ma.qiang');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('the owner finds a report, groups it otherwise, opens the document behind a figure and takes the whole as a workbook', async () => {
  const { page } = owner;
  await page.getByRole('menuitem', { name: '报表' }).click();
  await page.getByRole('link', { name: /未发货商品统计/ }).click();
  await page.getByRole('heading', { name: '未发货商品统计' }).waitFor();
  const row = page.locator('.tp-table-body [role=row]').filter({ hasText: order });
  await row.waitFor();
  await page
    .locator('.ant-select')
    .filter({ hasText: '订单' })
    .locator('.ant-select-selection-item')
    .filter({ hasText: '订单' })
    .locator('.ant-select-selection-item-remove')
    .click();
  const grouped = page.locator('.tp-table-body [role=row]').filter({ hasText: '收割机皮带' });
  await expect.poll(() => grouped.innerText(), soon).toContain(customerName);
  await settled(page);
  await takePicture(page, 'report-undelivered');
  await grouped.getByRole('button', { name: '4', exact: true }).first().click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('grid').getByText(customerName).waitFor();
  await takePicture(page, 'report-documents');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: '导出 Excel' }).click();
    })(),
  ]);
  expect(file.suggestedFilename()).toBe('未发货商品统计.xlsx');
  await grouped.getByRole('button', { name: '4', exact: true }).first().click();
  await drawer.getByRole('link', { name: new RegExp(order) }).click();
  await page.getByRole('heading', { name: new RegExp(order) }).waitFor();
  expect(owner.troubles).toEqual([]);
});

test('the command search leads to a report', async () => {
  const { page } = owner;
  await goTo(page, '/');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('库存周转');
  await page.getByRole('option', { name: '库存周转' }).click();
  await page.getByRole('heading', { name: '库存周转' }).waitFor();
  await settled(page);
  await expect.poll(() => page.locator('.tp-table-body [role=row]').count(), soon).toBeGreaterThan(0);
  expect(owner.troubles).toEqual([]);
});
