import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stores } from '../scenarios/office.ts';
import { takePicture } from '../support/browser.ts';
import { type DataFolder, makeDataFolder } from '../support/childServer.ts';
import { tradepost } from '../support/console.ts';
import { keepPicturesOfFailures, openPremises, type Premises } from './company.ts';

let premises: Premises;
let home: DataFolder<number>;
let archive: string;

beforeAll(async () => {
  const [sqlite] = stores;
  home = await makeDataFolder(sqlite as (typeof stores)[number], { people: [], fill: async () => 0 });
  expect(await tradepost(home.path, ['backup'])).toMatchObject({ code: 0 });
  const folder = join(home.path, 'companies', 'test', 'backups');
  archive = join(folder, readdirSync(folder).find((name) => name.endsWith('.zip')) ?? 'none');
  premises = await openPremises();
});
afterAll(async () => {
  await premises?.close();
  home?.remove();
});
keepPicturesOfFailures(() => premises);

test('on an empty machine the backup is chosen, looked into and restored, and the administrator signs in as before', async () => {
  const { page, troubles } = await premises.visitor();
  await page.getByText('首次设置').waitFor();
  await page.getByRole('link', { name: '已有备份？从备份恢复' }).click();
  await page.getByText('没有找到备份').waitFor();
  await page.setInputFiles('input[type=file]', archive);
  await page.getByText('远航商贸 (test)').waitFor();
  await takePicture(page, 'restore');
  await page.getByRole('button', { name: '开始恢复' }).click();
  await page.getByText('已恢复').waitFor();
  await page.getByRole('button', { name: '登录' }).click();
  await page.locator('#login').fill('admin');
  await page.locator('#password').fill('correct horse battery');
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('menuitem', { name: '设置' }).waitFor();
  expect(troubles).toEqual([]);
});
