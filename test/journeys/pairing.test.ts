import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairWithCode } from '../../app/main/pairing.ts';
import { takePicture } from '../support/browser.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises } from './company.ts';

let premises: Premises;
let admin: Person;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 5, flags: ['--tls', 'on'] });
  admin = await premises.person('admin');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('the administrator makes a code, sees it used, makes another and takes it back', async () => {
  const { page } = admin;
  await goTo(page, '/settings/pairing');
  await page.getByText('现在没有配对码').waitFor();
  await page.getByRole('button', { name: '生成配对码' }).click();
  const shown = page.getByRole('status', { name: '配对码' });
  await shown.waitFor();
  await page.getByText(/还有 (9|10) 分/).waitFor();
  await page.getByRole('img', { name: '地址和配对码的图' }).waitFor();
  await takePicture(page, 'pairing');
  const code = (await shown.innerText()).trim();
  expect(code).toMatch(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/);
  expect(await pairWithCode(premises.server.url, code, AbortSignal.timeout(20_000))).toMatchObject({ ok: true });
  await page.getByText('一台客户端用配对码完成了配对').waitFor();
  await page.getByRole('button', { name: '生成配对码' }).click();
  await shown.waitFor();
  await page.getByRole('button', { name: /停\s?止/ }).click();
  await page.getByText('配对码已停止').waitFor();
  expect(admin.troubles).toEqual([]);
});
