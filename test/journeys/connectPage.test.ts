import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageHeaders } from '../../app/main/contentSecurity.ts';
import { launchChromium, newViewer, takePicture } from '../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

const mediaTypes: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** The desktop client's page for choosing a server, with the client's own headers and a bridge that knows one server. */
async function openConnectPage(language: 'zh-CN' | 'zh-TW' | 'en'): Promise<Page> {
  const viewer = await newViewer(browser, { language, width: 1024, height: 700 });
  const page = await viewer.newPage();
  await page.addInitScript(`window.tradepost = {
    findServers: async () => ['http://192.168.1.10:7180'],
    discoverServers: async () => [{ name: '总部仓库', server: 'https://192.168.1.20:7180' }],
    useServer: async (address, code, fingerprint) => {
      window.asked = [address, code, fingerprint];
      if (address.includes('secure') && code === undefined && fingerprint === undefined) return { ok: false, problem: 'needsCode' };
      if (fingerprint !== undefined) return { ok: false, problem: 'wrongFingerprint' };
      if (address.includes('printer')) return { ok: false, problem: 'notTradepost' };
      document.title = 'paired with ' + address;
      return { ok: true, server: address };
    },
  };`);
  await page.route('http://client.test/**', async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    const body = await readFile(`app/main/connect/${name}`).catch(() => null);
    if (body === null) return route.fulfill({ status: 404 });
    return route.fulfill({ body, headers: pageHeaders(null, mediaTypes[extname(name)] ?? 'text/plain') });
  });
  await page.goto('http://client.test/connect.html');
  return page;
}

test('a person in Taipei is told that the address belongs to another program, and connects to the server used before', async () => {
  const page = await openConnectPage('zh-TW');
  await page.getByLabel('伺服器位址').fill('printer:631');
  await page.getByRole('button', { name: '連線' }).click();
  await page.getByText('這個位址上不是商驛伺服器').waitFor();
  await takePicture(page, 'connect-zh-TW');
  await page.getByLabel('伺服器位址').fill('http://192.168.1.10:7180');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.title()).toBe('paired with http://192.168.1.10:7180');
});

test.each([
  ['zh-CN', '服务器地址', '连接'],
  ['en', 'Address of the server', 'Connect'],
] as const)('in %s the page speaks the language of the computer and offers the last server', async (language, label, button) => {
  const page = await openConnectPage(language);
  const last = page.getByLabel(label);
  await expect.poll(() => last.inputValue()).toBe('http://192.168.1.10:7180');
  expect(await page.getByRole('button', { name: button, exact: true }).count()).toBe(1);
});

test('a server that calls itself out is offered by its name, and taken by whoever chooses it', async () => {
  const page = await openConnectPage('en');
  await page.getByRole('button', { name: '总部仓库 · 192.168.1.20:7180' }).click();
  expect(await page.getByLabel('Address of the server').inputValue()).toBe('https://192.168.1.20:7180');
  await takePicture(page, 'connect-found');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.title()).toBe('paired with https://192.168.1.20:7180');
});

test('whoever cannot use a code types the fingerprint instead, and goes back to the code if they want', async () => {
  const page = await openConnectPage('zh-CN');
  await page.getByLabel('服务器地址').fill('secure:7180');
  await page.getByRole('button', { name: '连接' }).click();
  await page.getByLabel('配对码').waitFor();
  await page.getByRole('button', { name: '改用证书指纹' }).click();
  await page.getByLabel('证书指纹').fill('12AB 34CD 56EF 7890');
  await takePicture(page, 'connect-fingerprint');
  await page.keyboard.press('Enter');
  await page.getByText('指纹与服务器出示的证书不一致').waitFor();
  expect(await page.evaluate('window.asked')).toEqual(['secure:7180', undefined, '12AB 34CD 56EF 7890']);
  await page.getByRole('button', { name: '改用配对码' }).click();
  await page.getByLabel('配对码').waitFor();
});

test('a scanner that reads the picture types address and code in one go', async () => {
  const page = await openConnectPage('en');
  await page.getByLabel('Address of the server').fill('TRADEPOST https://secure:7180 ABCDE-FGH23');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.title()).toBe('paired with https://secure:7180');
  expect(await page.evaluate('window.asked')).toEqual(['https://secure:7180', 'ABCDE-FGH23', undefined]);
});
