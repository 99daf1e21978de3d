import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { takePicture } from '../support/browser.ts';
import { field, goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';
import { created, ground, step } from './ground.ts';

let premises: Premises;
let seller: Person;
let customer: RecordAnswer;
let quotation: RecordAnswer;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const boss = await premises.as('ma.qiang');
  const lay = ground(boss);
  customer = await lay.customer({ name: '宁波启明五金商行', owner: 'zhang.wei' });
  const valve = await lay.item({ code: 'QM-1001', name: '黄铜球阀', grossPrice: 38_500_000, floorPrice: 30_000_000 });
  const desk = await premises.as('zhang.wei');
  await created(desk, 'contact', { values: { customer: customer.id, name: '启明老总' } });
  const lines = [{ item: valve.id, name: '黄铜球阀', unit: 'pc', quantity: 40_000_000, grossPrice: 38_500_000, taxRate: 130_000 }];
  quotation = await step(desk, await created(desk, 'quotation', { values: { customer: customer.id }, parts: { lines } }), 'approve');
  seller = await premises.person('zhang.wei');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('a quotation is revised: the new revision opens as a draft, and the two are compared', async () => {
  const { page } = seller;
  const number = String(quotation.values.number);
  await goTo(page, `/record/quotation/${quotation.id}`);
  await page.getByRole('button', { name: '修订新版' }).click();
  await page.getByRole('heading', { name: `报价单 ${number}-R2` }).waitFor();
  await field(page, '备注').fill('第二版：含运费');
  await page.keyboard.press('Control+s');
  await expect.poll(() => page.getByRole('button', { name: /保存$/ }).isDisabled(), soon).toBe(true);
  const revisions = page.locator('.tp-panel').filter({ has: page.getByRole('heading', { name: '版本' }) });
  await revisions.getByRole('link', { name: '与上一版比较' }).click();
  await page.getByRole('heading', { name: '报价单版本比较' }).waitFor();
  await page.getByText('第二版：含运费').waitFor();
  await expect.poll(() => page.locator('.tp-compare').last().innerText(), soon).toMatch(/未变\s*黄铜球阀/);
  await settled(page);
  await takePicture(page, 'compare');
  expect(seller.troubles).toEqual([]);
});

test('the customer’s page tells what happened, of one kind alone when asked, and its figures open their lists', async () => {
  const { page } = seller;
  await goTo(page, `/record/customer/${customer.id}`);
  await page.getByRole('tab', { name: '往来记录' }).click();
  const past = page.getByRole('tabpanel', { name: '往来记录' });
  await past.getByRole('link', { name: `${quotation.values.number}-R2` }).waitFor();
  await past.getByRole('link', { name: '启明老总' }).waitFor();
  await past.getByLabel('往来类型').click();
  await page.getByTitle('联系人', { exact: true }).last().click();
  await expect.poll(() => past.getByRole('link').allInnerTexts(), soon).toEqual(['启明老总']);
  await settled(page);
  await takePicture(page, 'timeline');
  await page.getByRole('tab', { name: '组织架构' }).click();
  await page.getByRole('tree').getByRole('link', { name: '启明老总' }).waitFor();
  const figures = page.locator('.tp-panel').filter({ has: page.getByRole('heading', { name: '往来汇总' }) });
  await figures
    .getByRole('row', { name: /联系人/ })
    .getByRole('link')
    .click();
  await page.getByRole('heading', { name: '联系人', exact: true }).waitFor();
  await expect.poll(() => page.getByText('合计 1 条').count(), soon).toBe(1);
  expect(seller.troubles).toEqual([]);
});
