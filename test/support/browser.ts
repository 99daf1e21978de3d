import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium, howToGetChromium } from '../../scripts/chromium.mjs';

/** How the person in a journey sees the program. */
export type Viewer = {
  language?: 'zh-CN' | 'zh-TW' | 'en';
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
};

/**
 * Starts the Chromium of this machine without a window; the journey closes it.
 * @throws when there is none, with a sentence that says how to get one
 */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(howToGetChromium);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...asRoot,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A fresh person at the screen: own cookies, own language, own window size. */
export function newViewer(browser: Browser, viewer: Viewer = {}): Promise<BrowserContext> {
  const { language = 'zh-CN', width = 1440, height = 900, colorScheme = 'light' } = viewer;
  return browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    ignoreHTTPSErrors: true,
  });
}

/**
 * Keeps a picture of the page in test/results/screens.
 * @returns path of the picture
 */
export async function takePicture(page: Page, name: string): Promise<string> {
  const path = fileURLToPath(new URL(`../results/screens/${name}.png`, import.meta.url));
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}
