import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AddressRulesAnswer } from '../../shared/contracts/addressRules.ts';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';

let premises: Premises;
let admin: Person;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 5 });
  admin = await premises.person('admin');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('the administrator sees who is there and signs somebody out, whose screen is at the door at once', async () => {
  const seller = await premises.person('zhang.wei');
  const { page } = admin;
  await goTo(page, '/settings/sessions');
  const row = page.getByRole('row').filter({ hasText: '张伟' });
  await row.getByRole('button', { name: '强制退出' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '强制退出' }).click();
  await seller.page.locator('.tp-gate').waitFor();
  await expect.poll(() => row.count(), soon).toBe(0);

  await goTo(page, '/settings/sign-ins');
  const line = page.getByRole('row').filter({ hasText: '张伟' }).first();
  await line.getByText(/被强制退出/).waitFor();
  await takePicture(page, 'sign-ins');
});

test('an address rule is written in a dialog and counts once it is saved', async () => {
  const { page } = admin;
  await goTo(page, '/settings/addresses');
  await page.getByRole('button', { name: '新建规则' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('地址', { exact: true }).fill('192.168.1.0/24\n10.8.0.7');
  await dialog.getByText('只在这些时间').click();
  await dialog.getByText('允许，但有限制').click();
  await dialog.getByRole('button', { name: /应\s?用/ }).click();
  await page.getByText('192.168.1.0/24 · 10.8.0.7').waitFor();
  await page.getByRole('switch', { name: '启用地址规则' }).click();
  await page.getByRole('button', { name: /保\s?存/ }).click();
  await page.getByText('已保存').waitFor();
  await takePicture(page, 'address-rules');
  const desk = await premises.as('admin');
  const kept = (await desk('GET', '/api/address-rules')).body as unknown as AddressRulesAnswer;
  expect(kept).toMatchObject({
    isOn: true,
    rules: [
      {
        who: { kind: 'everybody' },
        addresses: ['192.168.1.0/24', '10.8.0.7'],
        hours: { from: '08:30', to: '18:00', days: [1, 2, 3, 4, 5] },
        effect: 'limit',
        lookOnly: true,
      },
    ],
  });
  await page.getByRole('switch', { name: '启用地址规则' }).click();
  await page.getByRole('button', { name: /保\s?存/ }).click();
  await settled(page);
  expect(admin.troubles).toEqual([]);
});

test('where a picture must be read, whoever misreads it gets another one and need not type the password again', async () => {
  const { page } = admin;
  await goTo(page, '/settings/safety');
  await page.getByLabel('登录验证码').click();
  await page.getByTitle('每次都用').click();
  await page
    .getByRole('button', { name: /保\s?存/ })
    .first()
    .click();
  await page.getByText('已保存').first().waitFor();

  const visitor = await premises.visitor();
  const picture = visitor.page.getByRole('img', { name: '看不清，换一张' });
  await picture.waitFor();
  const first = await picture.getAttribute('src');
  await visitor.page.locator('#login').fill('zhang.wei');
  await visitor.page.locator('#password').fill('tradepost-demo');
  await visitor.page.getByLabel('验证码').fill('?????');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByText(/验证码不正确/).waitFor();
  await expect.poll(() => picture.getAttribute('src'), soon).not.toBe(first);
  expect(await visitor.page.locator('#password').inputValue()).toBe('tradepost-demo');
  await takePicture(visitor.page, 'door-with-picture');
});

test('the page of somebody who has left shows what they still answer for', async () => {
  const { page } = admin;
  await goTo(page, '/settings/users');
  await page.getByRole('link', { name: '张伟' }).click();
  await page.getByText('名下资料').waitFor();
  await page.getByLabel('在职状态').click();
  await page.getByTitle('离职', { exact: true }).click();
  await page.getByRole('button', { name: /保存$/ }).click();
  await page.getByText(/已离职，名下还有/).waitFor();
  await takePicture(page, 'left');
  await page.getByRole('link', { name: /^客户 \d/ }).click();
  await settled(page);
  await expect.poll(() => page.locator('.tp-table-row').count(), soon).toBeGreaterThan(0);
});
