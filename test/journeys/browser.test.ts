import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, newViewer, takePicture } from '../support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test('a person in Taipei gets a dark screen of the size and language asked for', async () => {
  const viewer = await newViewer(browser, { language: 'zh-TW', width: 1024, height: 700, colorScheme: 'dark' });
  const page = await viewer.newPage();
  await page.setContent('<h1>商驛</h1>');
  const seen = await page.evaluate('[navigator.language, innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches]');
  expect(seen).toEqual(['zh-TW', 1024, 700, true]);
  expect(await takePicture(page, 'viewer')).toMatch(/screens\/viewer\.png$|screens\\viewer\.png$/);
});
