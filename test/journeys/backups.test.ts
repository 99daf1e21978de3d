import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled } from './company.ts';

let premises: Premises;
let admin: Person;
let nas: string;

beforeAll(async () => {
  nas = mkdtempSync(join(tmpdir(), 'tradepost-nas-'));
  premises = await openPremises({ demoOrders: 30 });
  admin = await premises.person('admin');
});
afterAll(async () => {
  await premises?.close();
  rmSync(nas, { recursive: true, force: true });
});
keepPicturesOfFailures(() => premises);

test('the administrator backs up now, goes elsewhere and comes back to the same backup', async () => {
  const { page } = admin;
  await goTo(page, '/settings/backups');
  await page.getByText('还没有做过备份').waitFor();
  await page.getByRole('button', { name: '立即备份' }).click();
  await page.getByRole('heading', { name: '正在备份' }).waitFor();
  await goTo(page, '/settings/company');
  await page.getByRole('heading', { name: '公司资料与参数' }).waitFor();
  await goTo(page, '/settings/backups');
  await page.getByText('备份正常').first().waitFor();
  await page.getByRole('table', { name: '历次备份' }).getByText('可用').waitFor();
  await settled(page);
  await takePicture(page, 'backups');
  expect(admin.troubles).toEqual([]);
});

test('every backup goes to a second folder too, and a folder that is not there is refused in plain words', async () => {
  const { page } = admin;
  await page.getByLabel('文件夹路径').fill(nas);
  await page.getByRole('button', { name: '检查并使用' }).click();
  await page.getByText('已复制并校验').waitFor();
  await page.getByLabel('文件夹路径').fill(join(nas, 'nothing'));
  await page.getByRole('button', { name: '检查并使用' }).click();
  await page.getByText(/找不到备份文件夹/).waitFor();
});

test('a passphrase is typed twice, and the page says that nobody can find it again', async () => {
  const { page } = admin;
  await page
    .getByText(/口令没有任何办法找回/)
    .first()
    .waitFor();
  await page.getByLabel('备份口令（至少 10 个字符）').fill('海上生明月天涯共此时');
  await page.getByLabel('再输一遍').fill('海上生明月');
  await page.getByText('两次输入不一致').waitFor();
  expect(await page.getByRole('button', { name: '设置口令' }).isDisabled()).toBe(true);
  await page.getByLabel('再输一遍').fill('海上生明月天涯共此时');
  await page.getByRole('button', { name: '设置口令' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '设置口令' }).click();
  await page.getByText('口令已设置，下一份备份起加密').waitFor();
  await page.getByText('已加密', { exact: true }).waitFor();
});
