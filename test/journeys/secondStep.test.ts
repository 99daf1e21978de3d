import { HOTP, Secret } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, signIn } from './company.ts';

const password = 'tradepost-demo';
let premises: Premises;
let admin: Person;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 5 });
  admin = await premises.person('admin');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

/** The code an app shows, so many steps of thirty seconds from now: every code is good once. */
const codeOf = (secret: string, steps: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret.replaceAll(' ', '')), counter: Math.floor(Date.now() / 30_000) + steps });

async function typePassword(page: Page, login: string): Promise<void> {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
}

async function signOut(page: Page): Promise<void> {
  await page.locator('.tp-person').click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.locator('#login').waitFor();
}

test('whoever must have a second step sets it up at the next sign-in, and comes in with a code from then on', async () => {
  const { page } = admin;
  await goTo(page, '/settings/safety');
  await page.getByText('以下岗位必须使用').click();
  await page.getByLabel('必须使用的岗位').click();
  await page.getByTitle('销售主管', { exact: true }).click();
  await page.keyboard.press('Escape');
  await takePicture(page, 'second-step-rule');
  await page
    .locator('.tp-panel', { hasText: '以下岗位必须使用' })
    .getByRole('button', { name: /保\s?存/ })
    .click();
  await page.getByText('已保存').waitFor();

  const manager = await premises.visitor();
  await typePassword(manager.page, 'wang.fang');
  const secret = (await manager.page.locator('.tp-step-secret').textContent()) ?? '';
  await manager.page.getByRole('img', { name: /二维码/ }).waitFor();
  await takePicture(manager.page, 'second-step-forced');
  await manager.page.getByLabel('6 位数字').fill(codeOf(secret, -1));
  await manager.page.keyboard.press('Enter');
  const codes = manager.page.getByRole('list', { name: '恢复码' }).getByRole('listitem');
  await expect.poll(() => codes.count()).toBe(10);
  const recovery = await codes.first().innerText();
  await takePicture(manager.page, 'second-step-recovery');
  await manager.page.getByRole('button', { name: '我已保存，完成' }).click();
  await manager.page.locator('.tp-shell').waitFor();

  await signOut(manager.page);
  await typePassword(manager.page, 'wang.fang');
  await manager.page.getByLabel('验证码').fill('000000');
  await manager.page.keyboard.press('Enter');
  await manager.page.getByText('验证码不正确').waitFor();
  await takePicture(manager.page, 'second-step-code');
  await manager.page.getByLabel('验证码').fill(codeOf(secret, 0));
  await manager.page.keyboard.press('Enter');
  await manager.page.locator('.tp-shell').waitFor();

  await signOut(manager.page);
  await typePassword(manager.page, 'wang.fang');
  await manager.page.getByRole('button', { name: /使用恢复码/ }).click();
  await manager.page.getByLabel('恢复码').fill(recovery);
  await manager.page.keyboard.press('Enter');
  await manager.page.locator('.tp-shell').waitFor();
  await goTo(manager.page, '/settings/second-step');
  await manager.page.getByText('还剩 9 个').waitFor();
  await takePicture(manager.page, 'second-step-own');
  expect(manager.troubles).toEqual([]);
});

test('the administrator sees who has one and resets it for somebody who has lost it', async () => {
  const { page } = admin;
  await goTo(page, '/settings/people-second-step');
  const row = page.getByRole('row').filter({ hasText: 'wang.fang' });
  await row.getByText('验证器').waitFor();
  await settled(page);
  await takePicture(page, 'second-step-people');
  await row.getByRole('button', { name: /清\s?除/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /清\s?除/ })
    .click();
  await row.getByText('待设置').waitFor();
  expect(admin.troubles).toEqual([]);
});

test('an administrator sets up a security key and signs in with it, on a page opened by name', async () => {
  const { page, troubles } = await premises.visitor();
  const wire = await page.context().newCDPSession(page);
  await wire.send('WebAuthn.enable');
  await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: false, isUserVerified: false },
  });
  // Opened by an address, the page says what to do instead.
  await signIn(page, 'admin', password);
  await goTo(page, '/settings/second-step');
  await page.getByText(/这里不能使用安全密钥/).waitFor();

  await page.goto(premises.server.url.replace('127.0.0.1', 'localhost'));
  await signIn(page, 'admin', password);
  await goTo(page, '/settings/second-step');
  await page.getByRole('button', { name: '登记安全密钥' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称').fill('办公室的钥匙');
  await dialog.getByLabel('当前密码').fill(password);
  await dialog.getByRole('button', { name: '登记安全密钥' }).click();
  await page.getByRole('button', { name: '我已保存，完成' }).click();
  await page.getByRole('cell', { name: '办公室的钥匙' }).waitFor();
  await takePicture(page, 'second-step-keys');

  await signOut(page);
  await typePassword(page, 'admin');
  await page.getByRole('button', { name: '使用安全密钥' }).waitFor();
  await takePicture(page, 'second-step-key');
  await page.getByRole('button', { name: '使用安全密钥' }).click();
  await page.locator('.tp-shell').waitFor();
  expect(troubles).toEqual([]);
});
