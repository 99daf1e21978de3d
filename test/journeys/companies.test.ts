import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../server/features/demo/makeDemo.ts';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, signIn, soon } from './company.ts';
import { deskOf, ground } from './ground.ts';

const second = { code: 'haina', name: '宁波海纳进出口有限公司', login: 'ma.qiang', password: 'Haina-Trade-2026' };

let premises: Premises;
let boss: Person;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 10, second });
  boss = await premises.visitor();
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('with two companies on a server the door asks for which one, and remembers the answer', async () => {
  const { page } = boss;
  await page.getByLabel('账套').click();
  expect(await page.getByRole('option').allTextContents()).toHaveLength(2);
  await page.getByTitle(second.name).click();
  await takePicture(page, 'door-of-two-companies');
  await signIn(page, second.login, second.password);
  await page.getByText(second.name, { exact: true }).first().waitFor();
  await page.getByRole('button', { name: '个人菜单' }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
  await page.locator('.tp-gate').waitFor();
  await expect.poll(() => page.locator('.tp-gate-fields').innerText(), soon).toContain(second.name);
});

test('the same login name works in both, each with its own password, and nothing of one is seen in the other', async () => {
  const { page } = boss;
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await signIn(page, second.login, second.password);
  const { body } = await premises.server.call('POST', '/api/sign-in', {
    body: { company: second.code, login: second.login, password: second.password },
  });
  await ground(deskOf(premises.server, String(body.token))).customer({ name: '海纳独有客户', owner: second.login });
  await goTo(page, '/list/customer');
  await page.getByText('海纳独有客户').waitFor();
  await page.locator('.tp-list-search input').fill('海纳');
  await settled(page);

  await switchTo(demoPassword);
  await goTo(page, '/list/customer');
  await settled(page);
  await expect.poll(() => page.locator('.tp-company').innerText(), soon).not.toBe(second.name);
  // Neither the customers nor the words that were searched for come along.
  expect(await page.getByText('海纳独有客户').count()).toBe(0);
  await expect.poll(() => page.locator('.tp-table-row').count(), soon).toBeGreaterThan(3);
  await switchTo(second.password);
  await goTo(page, '/list/customer');
  await expect.poll(() => page.locator('.tp-table-row').count(), soon).toBe(1);
  expect(boss.troubles).toEqual([]);
});

test('the session in the company that was left has ended', async () => {
  const { page } = boss;
  const left = await page.evaluate(`sessionStorage.getItem('tradepost.token')`);
  await switchTo(demoPassword);
  expect((await premises.server.call('GET', '/api/session', { token: String(left) })).status).toBe(401);
});

test('whoever has typed something is asked before going to the other company', async () => {
  const { page } = boss;
  await goTo(page, '/record/customer/new');
  await page.locator('#field-name').fill('还没存的客户');
  await openSwitch();
  const question = page.getByRole('dialog').filter({ hasText: '没有保存的修改' });
  await question.getByRole('button', { name: '留在这里' }).click();
  await expect.poll(() => page.locator('#field-name').inputValue(), soon).toBe('还没存的客户');
});

test('the administrator reads how a further company is made', async () => {
  const { page } = await premises.person('admin');
  await goTo(page, '/settings/companies');
  await page.getByText(second.name).waitFor();
  await page.getByText(/company create/).waitFor();
  await takePicture(page, 'companies');
});

async function openSwitch(): Promise<void> {
  await boss.page.getByRole('button', { name: '个人菜单' }).click();
  await boss.page.getByRole('menuitem', { name: '切换账套' }).click();
}

async function switchTo(password: string): Promise<void> {
  await openSwitch();
  await boss.page.locator('#password').fill(password);
  await boss.page.keyboard.press('Enter');
  await boss.page.locator('.tp-shell').waitFor();
}
