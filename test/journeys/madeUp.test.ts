import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aFile, rowsIn, shown } from '../exchange/fixtures.ts';
import { madeUpCatalogue } from '../scenarios/madeUp.ts';
import { takePicture } from '../support/browser.ts';
import { field, goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, pick, settled, soon } from './company.ts';
import { created, deskOf } from './ground.ts';

let premises: Premises;
let boss: Person;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20, catalogue: madeUpCatalogue });
  const { body } = await premises.server.call('POST', '/api/sign-in', {
    body: { company: 'demo', login: 'admin', password: 'tradepost-demo' },
  });
  const desk = deskOf(premises.server, String(body.token));
  await created(desk, 'customer', { values: { name: '广东顺达工程有限公司', siteManager: '何建军' } });
  boss = await premises.person('admin');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('a document that no screen was written for stands in the menu, and its empty list offers a new one', async () => {
  const { page } = boss;
  await page.getByRole('menuitem', { name: 'machineHire' }).click();
  await page.getByRole('heading', { level: 1, name: 'machineHire' }).waitFor();
  await page.getByRole('button', { name: '新建machineHire' }).first().click();
  await page.getByRole('heading', { name: '新建machineHire' }).waitFor();
});

test('it is entered in the form that its definition describes, lines and all, and saved with its number and sum', async () => {
  const { page } = boss;
  await pick(page, field(page, '客户'), { text: 'gdsd', hit: '广东顺达工程有限公司' });
  await field(page, 'machine').fill('挖掘机');
  await field(page, 'deposit').fill('500');
  const row = page.locator('.tp-grid-row').first();
  await row.getByRole('gridcell').first().click();
  for (const text of ['3', '800', '含司机']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await takePicture(page, 'made-up-entry');
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { name: /MH\d{4}-001/ }).waitFor();
  await settled(page);
  await expect.poll(() => page.locator('.tp-grid-row').first().innerText(), soon).toContain('含司机');
  await expect.poll(() => page.locator('main').innerText(), soon).toContain('2,400.00');
  await takePicture(page, 'made-up-record');
  expect(boss.troubles).toEqual([]);
});

test('it takes its step, and then only what its state leaves open can be changed', async () => {
  const { page } = boss;
  await page.getByRole('button', { name: 'agree', exact: true }).click();
  await page.getByText('agreed', { exact: true }).first().waitFor();
  await settled(page);
  expect(await field(page, 'machine').isEditable()).toBe(false);
  expect(boss.troubles).toEqual([]);
});

test('the list finds it by pinyin and gives it as a workbook', async () => {
  const { page } = boss;
  await goTo(page, '/list/machineHire');
  await page.getByPlaceholder(/F3/).first().fill('wjj');
  const row = page.locator('.tp-table-row').filter({ hasText: '挖掘机' });
  await row.getByText(/MH\d{4}-001/).waitFor();
  await takePicture(page, 'made-up-list');
  await page.getByRole('button', { name: '更多' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /导出/ }).first().click()]);
  const path = await aFile('list.xlsx', readFileSync(await file.path()));
  const cells = (await rowsIn(path)).map((one) => one.cells.map(shown));
  expect(cells).toHaveLength(2);
  expect(cells[1]).toEqual(expect.arrayContaining(['广东顺达工程有限公司', '挖掘机', '2400']));
  expect(boss.troubles).toEqual([]);
});

test('a made-up field of the customer stands in its form and its list', async () => {
  const { page } = boss;
  await goTo(page, '/list/customer');
  await page.getByPlaceholder(/F3/).first().fill('hjj');
  await page.getByRole('link', { name: '广东顺达工程有限公司' }).click();
  await expect.poll(() => field(page, 'siteManager').inputValue(), soon).toBe('何建军');
  expect(boss.troubles).toEqual([]);
});
