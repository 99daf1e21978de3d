import type { BrowserContext, Page } from 'playwright-core';
import { buildRenderer } from '../../../scripts/prepare.mjs';
import { demoPassword } from '../../../server/features/demo/makeDemo.ts';
import { launchChromium, newViewer } from '../../support/browser.ts';
import { type DataFolder, startServer } from '../../support/childServer.ts';
import { type Line, layLine } from '../../support/line.ts';
import type { Speed } from '../../support/oneWay.ts';
import { ask } from '../workloads.ts';
import { openDesk } from './company.ts';
import { type Figure, figure, round, told } from './figures.ts';

interface SlowLine extends Speed {
  readonly name: string;
  /** Seconds that the first load and a save may take; only told where nothing is asked. */
  readonly asked?: { readonly load: number; readonly save: number };
}

/** Delays are there and back; half of them in each direction. */
const lines: readonly SlowLine[] = [
  { name: '256 kbit/s, 300 ms', bytesPerSecond: 32_000, delayMs: 150, asked: { load: 20, save: 3 } },
  { name: '2 Mbit/s, 80 ms', bytesPerSecond: 250_000, delayMs: 40 },
  { name: '2 Mbit/s, 150 ms', bytesPerSecond: 250_000, delayMs: 75 },
];

/**
 * One person with an empty browser at the far end of a slow line: the program is loaded, they sign in without a moment's rest, look at
 * a list of ten thousand orders, open one and save a change.
 */
export async function workOverSlowLines(data: DataFolder<null>): Promise<Figure[]> {
  await buildRenderer();
  const server = await startServer(data);
  const desk = await openDesk(server.url);
  await ask(server.url, 'POST', '/api/records/salesOrder', desk.order(0), desk.token);
  const browser = await launchChromium();
  const figures: Figure[] = [];
  try {
    for (const of of lines) {
      const line = await layLine(Number(new URL(server.url).port), of);
      const viewer = await newViewer(browser);
      figures.push(...(await oneDay(line, viewer, of)));
      await viewer.close();
      await line.close();
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return figures;
}

async function oneDay(line: Line, viewer: BrowserContext, { name, asked }: SlowLine): Promise<Figure[]> {
  viewer.setDefaultTimeout(180_000);
  const page = await viewer.newPage();
  const found: Figure[] = [];
  const timed = async (what: string, work: () => Promise<unknown>, below?: number) => {
    const [began, before] = [performance.now(), line.carried()];
    await work();
    const seconds = (performance.now() - began) / 1000;
    const kilobytes = round((line.carried().down - before.down) / 1000);
    const label = `line ${name}: ${what}`;
    found.push(
      below ? figure(label, seconds, 'below', below, 's') : told(label, `${round(seconds)} s`),
      told(`${label}, bytes`, `${kilobytes} KB`),
    );
  };
  await timed('first load', () => load(page, line.url), asked?.load);
  await timed('sign in', () => signIn(page));
  await timed('first list', () => openList(page, 'salesOrder'));
  await timed('open an order', () => openOrder(page));
  await timed('save an order', () => saveOrder(page, name), asked?.save);
  await timed('another list', () => openList(page, 'customer'));
  return found;
}

async function load(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator('#login').waitFor();
}

async function signIn(page: Page): Promise<void> {
  await page.locator('#login').fill('admin');
  await page.locator('#password').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.locator('.tp-shell').waitFor();
}

async function openList(page: Page, type: string): Promise<void> {
  await page.evaluate(`location.hash = '#/list/${type}'`);
  await page.locator(`.tp-table-row`).first().waitFor();
}

async function openOrder(page: Page): Promise<void> {
  await page.locator('.tp-table-row').first().dblclick();
  await page.locator('#field-remark:enabled').waitFor();
}

async function saveOrder(page: Page, remark: string): Promise<void> {
  await page.locator('#field-remark').fill(remark);
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH' && answer.ok());
  await page.keyboard.press('Control+s');
  await saved;
  await page.getByRole('button', { name: /保存$/, disabled: true }).waitFor();
}
