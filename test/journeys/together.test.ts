import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { takePicture } from '../support/browser.ts';
import { field, goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';
import { ground } from './ground.ts';

const name = '无锡听雨轩茶业有限公司';
let premises: Premises;
let seller: Person;
let manager: Person;
let stranger: Person;
let customer: RecordAnswer;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const lay = ground(await premises.as('ma.qiang'));
  customer = await lay.customer({ name, owner: 'zhang.wei' });
  [seller, manager, stranger] = await Promise.all([
    premises.person('zhang.wei'),
    premises.person('wang.fang'),
    premises.person('chen.jing'),
  ]);
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('what a colleague saves appears in the list and in the open record, without reloading and without moving the list', async () => {
  await goTo(seller.page, '/list/customer');
  await seller.page.getByPlaceholder('编号、名称、拼音（F3）').fill('wxtyx');
  const row = seller.page.getByRole('row').filter({ hasText: name });
  await row.waitFor();
  await seller.page.evaluate('window.stayed = true');

  await goTo(manager.page, `/record/customer/${customer.id}`);
  await field(manager.page, '城市').fill('无锡');
  await manager.page.getByRole('button', { name: /保存$/ }).click();
  await row.getByText('无锡', { exact: true }).waitFor();
  expect(await seller.page.evaluate('window.stayed')).toBe(true);

  await row.getByRole('link', { name }).click();
  await field(seller.page, '城市').waitFor();
  await field(manager.page, '邮编').fill('214000');
  await manager.page.getByRole('button', { name: /保存$/ }).click();
  await expect.poll(() => field(seller.page, '邮编').inputValue(), soon).toBe('214000');
  await seller.page.getByText('王芳 刚刚修改了这条记录').waitFor();
  expect([...seller.troubles, ...manager.troubles]).toEqual([]);
});

test('two people change the same field: the later one sees both versions side by side and chooses', async () => {
  await field(seller.page, '简称').fill('听雨轩');
  await field(seller.page, '网址').fill('www.tingyu.example');
  await field(manager.page, '简称').fill('无锡茶业');
  await manager.page.getByRole('button', { name: /保存$/ }).click();
  // What is being typed is not overwritten; it is only marked.
  await seller.page.getByText('您输入的内容没有被覆盖').waitFor();
  await expect.poll(() => field(seller.page, '简称').inputValue(), soon).toBe('听雨轩');

  await seller.page.keyboard.press('Control+s');
  const dialog = seller.page.getByRole('dialog').filter({ hasText: '王芳 也改了这条记录' });
  await dialog.getByText('听雨轩').waitFor();
  await dialog.getByText('无锡茶业').waitFor();
  await takePicture(seller.page, 'conflict');
  await dialog.getByText('无锡茶业').click();
  await dialog.getByRole('button', { name: '合并后继续' }).click();
  await expect.poll(() => field(seller.page, '简称').inputValue(), soon).toBe('无锡茶业');
  await seller.page.keyboard.press('Control+s');
  await expect.poll(() => field(manager.page, '网址').inputValue(), soon).toBe('www.tingyu.example');
  await expect.poll(() => field(manager.page, '简称').inputValue(), soon).toBe('无锡茶业');
  expect([...seller.troubles, ...manager.troubles]).toEqual([]);
});

test('a salesperson finds another one’s customer neither in the list nor in the search nor while choosing nor by its address', async () => {
  const { page } = stranger;
  await goTo(page, '/list/customer');
  await page.getByRole('row').nth(1).waitFor();
  await page.getByPlaceholder('编号、名称、拼音（F3）').fill('听雨轩');
  await page.getByText('没有符合条件的记录').waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('输入编号、名称、拼音首字母或功能名').fill('听雨轩');
  await page.getByText('没有找到').first().waitFor();
  await settled(page);
  expect(await page.getByText('茶业').count()).toBe(0);
  await page.keyboard.press('Escape');
  await goTo(page, '/record/quotation/new');
  await field(page, '客户').fill('wxtyx');
  await page.getByText('没有找到“wxtyx”').waitFor();
  await page.keyboard.press('Escape');
  await field(page, '客户').fill('');
  await goTo(page, `/record/customer/${customer.id}`);
  await page.getByText('无权查看').waitFor();
  expect(await page.getByText('茶业').count()).toBe(0);
  expect(stranger.troubles).toEqual([]);
});

test('a person who is signed out elsewhere is shown the door, and what was typed is offered again', async () => {
  const { page } = seller;
  await goTo(page, '/record/quotation/new');
  await page.getByRole('heading', { name: '新建报价单' }).waitFor();
  await field(page, '备注').fill('周五前回复');
  await page.waitForTimeout(4_000);
  await page.evaluate(`sessionStorage.setItem('tradepost.token', 'demo.none')`);
  await page.reload();
  await page.locator('#login').waitFor();
  await page.locator('#password').fill('tradepost-demo');
  await page.keyboard.press('Enter');
  await page.getByText('没有保存的内容').waitFor();
  await page.getByRole('button', { name: '找回' }).click();
  await expect.poll(() => field(page, '备注').inputValue(), soon).toBe('周五前回复');
});
