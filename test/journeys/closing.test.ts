import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock } from '../../server/clock.ts';
import { addMonths, dayOf, endOfMonth, instantOf, monthOf, startOfMonth } from '../../shared/kernel/days.ts';
import { takePicture } from '../support/browser.ts';
import { field, goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, pick, settled, soon } from './company.ts';

let premises: Premises;
let accountant: Person;
const today = dayOf(instantOf(clock.now()), 'Asia/Shanghai');
const month = monthOf(addMonths(startOfMonth(today), -1));

beforeAll(async () => {
  premises = await openPremises({ demoOrders: 30 });
  accountant = await premises.person('wu.ting');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('an order is invoiced from its own page, and the number stands on it', async () => {
  const { page } = accountant;
  const boss = await premises.as('ma.qiang');
  const { body } = await boss('POST', '/api/records/salesOrder/list', {
    limit: 1,
    fields: ['number'],
    filter: { field: 'state', is: 'in', value: ['completed'] },
  });
  const order = (body.rows as unknown as { id: number }[])[0];
  await goTo(page, `/record/salesOrder/${order?.id}`);
  await page.getByRole('heading', { name: /^销售订单 SO/ }).waitFor();
  await settled(page);
  const others = page.getByRole('button', { name: '生成其他单据' });
  if ((await page.getByRole('button', { name: '生成销售发票' }).count()) === 0) await others.click();
  await page.getByText('生成销售发票').first().click();
  await page.getByRole('dialog').getByRole('button', { name: '生成销售发票' }).click();
  await page.getByRole('heading', { name: '新建销售发票' }).waitFor();
  await field(page, '发票类型').click();
  await page.getByTitle('增值税普通发票').click();
  await field(page, '发票号码').fill('25317000000012345678');
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: /^销售发票 INV/ }).waitFor();
  await page.getByRole('button', { name: '确认开票' }).click();
  await page.getByText('已开票').first().waitFor();
  await goTo(page, `/record/salesOrder/${order?.id}`);
  await page.getByText('25317000000012345678').first().waitFor();
  expect(accountant.troubles).toEqual([]);
});

test('the account’s book is ticked against the bank’s statement', async () => {
  const { page } = accountant;
  await goTo(page, '/accounts');
  const book = page.getByRole('grid', { name: '账户与流水' });
  await book.waitFor();
  await settled(page);
  await page.getByText(/已对账 0\.00/).waitFor();
  await book.getByRole('row').nth(1).getByRole('checkbox').click();
  await page.getByText(/已对账 (?!0\.00)/).waitFor();
  await takePicture(page, 'account-book');
  expect(accountant.troubles).toEqual([]);
});

test('the month is checked, closed, and says so to whoever posts into it; the owner opens it again', async () => {
  const { page } = accountant;
  await goTo(page, '/closing');
  await page.getByRole('heading', { level: 1, name: '月末结账' }).waitFor();
  const close = page.getByRole('button', { name: `结账 ${month}` });
  await expect.poll(() => close.isDisabled(), soon).toBe(true);
  await page
    .getByRole('button', { name: '检 查', exact: true })
    .or(page.getByRole('button', { name: '检查', exact: true }))
    .click();
  await page.getByRole('button', { name: '重新检查' }).waitFor();
  await takePicture(page, 'month-closing');
  await close.click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `结账 ${month}` })
    .click();
  await page.getByText('已结账至').first().waitFor();

  await goTo(page, '/record/cashEntry/new');
  await page.getByRole('heading', { name: '新建收支记账单' }).waitFor();
  await field(page, '记账日期').fill(endOfMonth(`${month}-01`));
  await pick(page, field(page, '收支类别'), { text: '房租', hit: '房租' });
  await field(page, '金额').fill('20');
  await page.keyboard.press('F8');
  const entry = (await page.getByRole('heading', { name: /^收支记账单 CE/ }).innerText()).match(/CE[\w-]+/)?.[0] ?? '';
  await expect.poll(() => page.getByRole('button', { name: '入账' }).count(), soon).toBe(0);

  const owner = await premises.person('ma.qiang');
  await goTo(owner.page, '/closing');
  await owner.page.getByRole('button', { name: '反结账' }).click();
  const dialog = owner.page.getByRole('dialog');
  await dialog.getByLabel('原因').fill('漏记一张房租');
  await dialog.getByRole('button', { name: '反结账' }).click();
  await owner.page.getByText('漏记一张房租').first().waitFor();
  await goTo(page, '/list/cashEntry');
  await page.getByRole('link', { name: entry }).click();
  await page.getByRole('button', { name: '入账' }).click();
  await page.getByText('已入账').first().waitFor();
  expect([...accountant.troubles, ...owner.troubles]).toEqual([]);
});

test('vouchers of the month go out in the columns of the accounting program', async () => {
  const { page } = accountant;
  await goTo(page, '/vouchers');
  await page.getByRole('grid', { name: '凭证' }).waitFor();
  await settled(page);
  await page.getByLabel('格式').click();
  await page.getByTitle('金蝶').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出凭证' }).click()]);
  expect(file.suggestedFilename()).toMatch(/^凭证 .*\.xlsx$/);
  expect(
    readFileSync(await file.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  await page.getByRole('button', { name: '科目对照' }).click();
  await page.getByLabel('应收账 · 销售收入 科目编码').fill('600101');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await page.getByText('科目对照已保存').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).or(page.locator('.ant-drawer-close')).first().click();
  // Which entry bears it is a matter of what the month held; only rows in sight are drawn.
  const books = await premises.as('wu.ting');
  const days = `from=${startOfMonth(`${month}-01`)}&to=${endOfMonth(`${month}-01`)}`;
  await expect.poll(async () => JSON.stringify((await books('GET', `/api/vouchers?${days}&span=document`)).body), soon).toContain('600101');
  expect(accountant.troubles).toEqual([]);
});
