import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import { field, keepPicturesOfFailures, openPremises, type Person, type Premises, pick, signIn, soon } from './company.ts';

let premises: Premises;
let boss: Person;
beforeAll(async () => {
  premises = await openPremises();
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('on an empty server the first person sets up a company and finds the first steps waiting', async () => {
  boss = await premises.visitor();
  const { page } = boss;
  await page.getByText('首次设置').waitFor();
  await page.getByLabel('公司名称').fill('杭州启明贸易有限公司');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('您的姓名').fill('周启明');
  await page.getByLabel('用户名').fill('qiming');
  await page.getByLabel('密码', { exact: true }).fill('Lantern-4711');
  await page.getByLabel('再输入一次密码').fill('Lantern-4712');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('两次输入的密码不一致').waitFor();
  await page.getByLabel('再输入一次密码').fill('Lantern-4711');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('CNY · 人民币').waitFor();
  await expect.poll(() => page.getByLabel('常用税率').inputValue(), soon).toBe('13');
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('空白账套', { exact: true }).click();
  await page.getByRole('button', { name: '完成设置' }).click();
  await page.getByText('周启明，您好').waitFor();
  await page.getByText('从这里开始').waitFor();
  await takePicture(page, 'first-start');
  expect(boss.troubles).toEqual([]);
});

test('the administrator hires a salesperson, who replaces the first password at once and sees no settings of the company', async () => {
  const { page } = boss;
  await page.getByRole('menuitem', { name: '设置' }).click();
  await page.getByRole('menuitem', { name: '用户' }).click();
  await page.getByRole('button', { name: '新建用户' }).click();
  await field(page, '登录名').fill('lin.xia');
  await field(page, '姓名').fill('林夏');
  await page.getByRole('tab', { name: '所任岗位' }).click();
  await page.getByRole('button', { name: '添加' }).click();
  await pick(page, page.getByLabel('岗位 1'), { text: 'ywy', hit: '业务员' });
  await page.getByRole('button', { name: /保存$/ }).click();
  await page.getByText('林夏').first().waitFor();
  await page.getByRole('menuitem', { name: '设置' }).click();
  await page.getByRole('menuitem', { name: '用户' }).click();
  await page.getByRole('row').filter({ hasText: '林夏' }).getByRole('button', { name: '设置密码' }).click();
  await page.getByRole('dialog').getByLabel('新密码').fill('First-Pass-1');
  await page.getByRole('dialog').getByRole('button', { name: /保存$/ }).click();
  await page.getByText('林夏 的密码已设置').waitFor();
  expect(boss.troubles).toEqual([]);

  const newcomer = await premises.visitor();
  await newcomer.page.locator('#login').fill('lin.xia');
  await newcomer.page.locator('#password').fill('First-Pass-1');
  await newcomer.page.keyboard.press('Enter');
  await newcomer.page.getByText('这是管理员为您设的初始密码').waitFor();
  await newcomer.page.getByLabel('当前密码').fill('First-Pass-1');
  await newcomer.page.getByLabel('新密码').fill('Own-Pass-2026');
  await newcomer.page.getByLabel('再输入一次密码').fill('Own-Pass-2026');
  await newcomer.page.getByRole('button', { name: /保存$/ }).click();
  await newcomer.page.getByText('林夏，您好').waitFor();
  await newcomer.page.getByRole('menuitem', { name: '设置' }).click();
  await newcomer.page.getByRole('menuitem', { name: '当前在线' }).waitFor();
  expect(await newcomer.page.getByRole('menuitem', { name: '公司资料与参数' }).count()).toBe(0);
  expect(newcomer.troubles).toEqual([]);
});

test('a wrong password is refused in words, the right one opens the door after a restart of the browser', async () => {
  const { page } = await premises.visitor();
  await page.locator('#login').fill('qiming');
  await page.locator('#password').fill('Lantern-0000');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: '密码' }).waitFor();
  await signIn(page, 'qiming', 'Lantern-4711');
  await page.getByText('周启明，您好').waitFor();
});
