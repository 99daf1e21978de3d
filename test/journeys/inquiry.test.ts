import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';
import { created, type Desk, ground, rowsOf } from './ground.ts';

let premises: Premises;
let buyer: Person;
let desk: Desk;
let inquiry: RecordAnswer;

beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const lay = ground(await premises.as('ma.qiang'));
  const valve = await lay.item({ code: 'XJ-01', name: '截止阀', grossPrice: 80_000_000 });
  const flange = await lay.item({ code: 'XJ-02', name: '平焊法兰', grossPrice: 30_000_000 });
  desk = await premises.as('zhou.min');
  const suppliers = [];
  for (const name of ['绍兴阀门有限公司', '台州法兰制造厂']) suppliers.push(await created(desk, 'supplier', { values: { name } }));
  const lines = [valve, flange].map((item) => ({ item: item.id, name: item.values.name, unit: 'pc', quantity: 100_000_000 }));
  inquiry = await created(desk, 'inquiry', {
    values: { subject: '阀门补货' },
    parts: { lines, suppliers: suppliers.map(({ id }) => ({ supplier: id })) },
  });
  buyer = await premises.person('zhou.min');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('an inquiry is sent, answered by two suppliers, compared, split and ordered', async () => {
  const { page } = buyer;
  await goTo(page, `/record/inquiry/${inquiry.id}`);
  await page.getByRole('button', { name: '发出询价' }).click();
  await page.getByText('已发出', { exact: true }).first().waitFor();
  await page.getByRole('tab', { name: '比价' }).click();

  const answer = async (supplier: string, prices: readonly [string, string]) => {
    for (const [index, name] of ['截止阀', '平焊法兰'].entries()) {
      const box = page.getByLabel(`${supplier} ${name} 含税单价`);
      await box.fill(prices[index] ?? '');
      await box.press('Tab');
    }
    await page.getByRole('columnheader').filter({ hasText: supplier }).getByRole('button', { name: '保存并确认报价' }).click();
    await page.getByRole('columnheader').filter({ hasText: supplier }).getByText('已报价').waitFor();
  };
  await answer('绍兴阀门有限公司', ['45.20', '22.60']);
  await answer('台州法兰制造厂', ['56.50', '16.95']);
  await expect
    .poll(() => page.locator('.tp-comparison td.is-best').allInnerTexts(), soon)
    .toEqual([expect.stringContaining('40.00'), expect.stringContaining('15.00')]);
  await settled(page);
  await takePicture(page, 'inquiry-comparison');

  await page.getByRole('button', { name: '全部给最低价' }).click();
  const split = page.getByLabel('绍兴阀门有限公司 截止阀 定标数量');
  await expect.poll(() => split.inputValue(), soon).toBe('100');
  await split.fill('60');
  await split.press('Tab');
  const rest = page.getByLabel('台州法兰制造厂 截止阀 定标数量');
  await rest.fill('40');
  await rest.press('Tab');
  await page.getByRole('button', { name: '生成采购订单（2 家）' }).click();
  await page.getByText(/^已生成采购订单 PO/).waitFor();

  const made = await rowsOf(desk, 'purchaseOrder', { field: 'state', is: 'equal', value: 'draft' });
  const totals = made.map((row) => row.values.total);
  // 60 × 45.20, and 40 × 56.50 with 100 × 16.95.
  expect(totals).toEqual(expect.arrayContaining([271_200, 395_500]));
  expect(buyer.troubles).toEqual([]);
});
