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
    useServer: async (address) => {
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
  await page.waitForFunction('document.title === "paired with http://192.168.1.10:7180"');
});

test.each([
  ['zh-CN', '服务器地址', '连接'],
  ['en', 'Address of the server', 'Connect'],
] as const)('in %s the page speaks the language of the computer and offers the last server', async (language, label, button) => {
  const page = await openConnectPage(language);
  const last = page.getByLabel(label);
  await page.waitForFunction('document.getElementById("address").value !== ""');
  expect(await last.inputValue()).toBe('http://192.168.1.10:7180');
  expect(await page.getByRole('button').textContent()).toBe(button);
});
