import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../server/features/demo/makeDemo.ts';
import type { DevicesAnswer } from '../../shared/contracts/devices.ts';
import { takePicture, type Viewer } from '../support/browser.ts';
import { field, goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, signIn, soon } from './company.ts';

let premises: Premises;
let admin: Person;

/** Somebody at a screen elsewhere in the office. */
async function sitDownAt(address: string, viewer?: Viewer): Promise<Person> {
  const person = await premises.visitor(viewer);
  await person.context.setExtraHTTPHeaders({ 'x-forwarded-for': address });
  await person.page.reload();
  return person;
}

async function knock({ page }: Person, login: string): Promise<void> {
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
}

beforeAll(async () => {
  premises = await openPremises({ demoOrders: 5, flags: ['--trust-proxy', '127.0.0.1'] });
  admin = await sitDownAt('192.168.1.10');
  await signIn(admin.page, 'admin', demoPassword);
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('the administrator asks for approved devices and stays in, with the device approved in the same step', async () => {
  const { page } = admin;
  await goTo(page, '/settings/devices');
  await page.getByRole('row').filter({ hasText: '本机' }).getByText('未审批').waitFor();
  await page.getByLabel('设备审批').click();
  await page.getByTitle('一律要求').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s?定/ })
    .click();
  await page.getByRole('row').filter({ hasText: '本机' }).getByText('已批准').waitFor();
  await settled(page);
});

test('whoever comes to another network while filling in a form goes on there without noticing, and hears of news', async () => {
  const { page, context } = admin;
  const name = '换网络时录入的客户';
  const proofs: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/devices/prove') proofs.push(request.url());
  });
  await goTo(page, '/record/customer/new');
  await page.locator('#field-name').fill(name);
  await page.evaluate('window.stayed = true');
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': '10.8.0.7' });
  await page.keyboard.press('Control+s');
  await page.waitForURL(/record\/customer\/\d+/);
  await settled(page);
  expect(await page.locator('#field-name').inputValue()).toBe(name);
  expect([await page.evaluate('window.stayed'), proofs.length]).toEqual([true, 1]);

  // A window that is loaded anew there comes in with its session, and its live connection with a proof of its own.
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': '10.8.0.8' });
  await page.reload();
  await field(page, '城市').waitFor();
  const id = Number(/customer\/(\d+)/.exec(page.url())?.[1]);
  const desk = await premises.as('admin');
  const { body } = await desk('GET', `/api/records/customer/${id}`);
  await expect.poll(() => page.getByText('与服务器的连接已断开').count(), soon).toBe(0);
  expect((await desk('PATCH', `/api/records/customer/${id}`, { version: body.version, values: { city: '无锡' } })).status).toBe(200);
  await expect.poll(() => field(page, '城市').inputValue(), soon).toBe('无锡');
  await context.setExtraHTTPHeaders({ 'x-forwarded-for': '192.168.1.10' });
  expect(admin.troubles).toEqual([]);
});

test('a new browser waits with a code, is approved from another screen, goes in by itself, and is out when it is blocked', async () => {
  const seller = await sitDownAt('192.168.1.20');
  await knock(seller, 'zhang.wei');
  const shown = seller.page.getByRole('status', { name: '代码' });
  await shown.waitFor();
  const code = (await shown.innerText()).trim();
  expect(code).toMatch(/^[2-9A-Z]{4}$/);
  await takePicture(seller.page, 'device-waiting');

  const { page } = admin;
  await goTo(page, '/');
  await page.getByText('1 台设备等待批准').waitFor();
  await page.getByRole('link', { name: '查看' }).click();
  const row = page.getByRole('row').filter({ hasText: code });
  await row.getByRole('button', { name: /批\s?准/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('设备名称').fill('前台电脑');
  await dialog.getByText('仅 192.168.1.20').click();
  await takePicture(page, 'device-approving');
  await dialog.getByRole('button', { name: /批\s?准/ }).click();
  await seller.page.locator('.tp-shell').waitFor();
  await page.getByRole('row').filter({ hasText: '前台电脑' }).getByText('已批准').waitFor();
  await takePicture(page, 'devices');

  // The same browser keeps its key: next time nobody has to approve it.
  await seller.page.evaluate(() => sessionStorage.clear());
  await seller.page.reload();
  await signIn(seller.page, 'zhang.wei', demoPassword);

  await page
    .getByRole('row')
    .filter({ hasText: '前台电脑' })
    .getByRole('button', { name: /停\s?用/ })
    .click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /停\s?用/ })
    .click();
  await seller.page.locator('.tp-gate').waitFor();
  await knock(seller, 'zhang.wei');
  await seller.page.getByText('此设备已被停用').waitFor();
  expect(admin.troubles).toEqual([]);
});

test('a page that came in plain HTTP from elsewhere has no key, and says what to do', async () => {
  const { page } = await sitDownAt('192.168.1.30');
  await page.evaluate(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  await page.locator('#login').fill('wang.fang');
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.getByText('此浏览器不能证明自己是哪台设备').waitFor();
  const desk = await premises.as('admin');
  const { rows } = (await desk('GET', '/api/devices')).body as unknown as DevicesAnswer;
  await expect.poll(() => rows.filter(({ address }) => address === '192.168.1.30'), soon).toEqual([]);
});
