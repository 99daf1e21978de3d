import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import { afterEach, inject } from 'vitest';
import { buildRenderer } from '../../scripts/prepare.mjs';
import { demoPassword, makeDemo } from '../../server/features/demo/makeDemo.ts';
import { offerFeatures } from '../../server/features/offer.ts';
import { setUpCompany } from '../../server/features/setup/setUpCompany.ts';
import { Companies } from '../../server/start/companies.ts';
import type { Company, NewCompany } from '../../server/work.ts';
import { catalogue as shipped } from '../../shared/catalogue.ts';
import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import { fitTables } from '../scenarios/office.ts';
import { launchChromium, newViewer, takePicture, type Viewer } from '../support/browser.ts';
import { startServer } from '../support/childServer.ts';
import type { Api } from '../support/server.ts';
import { type Desk, deskOf } from './ground.ts';
import { serveHere } from './serveHere.ts';

/** The real server on a folder of its own with the built screens, and a browser to sit down at. */
export interface Premises {
  readonly server: Api;
  readonly browser: Browser;
  /** Somebody at a screen of their own, at the door. */
  visitor(viewer?: Viewer): Promise<Person>;
  /** Somebody of the demo company who has signed in by hand. */
  person(login: string, viewer?: Viewer): Promise<Person>;
  /** The API as that person's client calls it, to lay the ground for a journey. */
  as(login: string): Promise<Desk>;
  close(): Promise<void>;
}

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong on the screen without being shown: console errors, broken scripts, faults of the server. */
  readonly troubles: string[];
}

/** A further company on the same server. */
export interface SecondCompany {
  readonly code: string;
  readonly name: string;
  readonly login: string;
  readonly password: string;
}

/**
 * Opens the premises: without a company, or with the demo company and so many orders of history, and perhaps a second one;
 * with a catalogue of its own where the product's is not meant, and further words to the server.
 */
export async function openPremises(
  of: { demoOrders?: number; second?: SecondCompany; catalogue?: Catalogue; flags?: readonly string[] } = {},
): Promise<Premises> {
  await buildRenderer();
  const path = mkdtempSync(join(tmpdir(), 'tradepost-journey-'));
  if (of.demoOrders !== undefined) await copyDemo(path, of.demoOrders, of);
  const [server, browser] = await Promise.all([
    of.catalogue ? serveHere(path, of.catalogue) : startServer({ path }, undefined, of.flags),
    launchChromium(),
  ]);
  const visitor = (viewer: Viewer = {}) => sitDown(browser, server.url, viewer);
  return {
    server,
    browser,
    visitor,
    person: async (login, viewer) => {
      const person = await visitor(viewer);
      await signIn(person.page, login, demoPassword);
      return person;
    },
    as: async (login) => {
      const { body } = await server.call('POST', '/api/sign-in', { body: { company: 'demo', login, password: demoPassword } });
      return deskOf(server, String(body.token));
    },
    close: async () => {
      await browser.close();
      await server.stop();
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Keeps pictures of all screens when a journey fails: what stood there says more than what was missing. */
export function keepPicturesOfFailures(premises: () => Premises | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const pages =
      premises()
        ?.browser.contexts()
        .flatMap((context) => context.pages()) ?? [];
    for (const [index, page] of pages.entries())
      await takePicture(page, `failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}-${index + 1}`);
  });
}

/** How long a busy machine may take until something is seen. */
export const soon = { timeout: 45_000 };

/** Types name and password at the door and waits until the work begins. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  const name = page.locator('#login');
  await name.fill(login);
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.tp-shell').waitFor();
}

/** Goes to an address of the client (`/list/customer`) as a bookmark would. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, place);
}

/** Waits until the screen asks the server for nothing more and has drawn what it got. */
export async function settled(page: Page): Promise<void> {
  const quietForMs = 250;
  for (let quietSince = performance.now(); performance.now() - quietSince < quietForMs; ) {
    if ((underWay.get(page)?.size ?? 0) > 0) quietSince = performance.now();
    await page.waitForTimeout(25);
  }
  await page.locator('.ant-skeleton, .ant-spin-spinning, [aria-busy=true]').first().waitFor({ state: 'hidden' });
}

/** Requests that have no answer yet, by page. */
const underWay = new WeakMap<Page, Set<Request>>();

/** Follows what the page asks for, so that `settled` knows. */
export function watchRequests(page: Page): void {
  const open = new Set<Request>();
  underWay.set(page, open);
  // The live link stays open as long as the page does.
  page.on('request', (request) => void (request.url().includes('/socket.io/') || open.add(request)));
  page.on('requestfinished', (request) => void open.delete(request));
  page.on('requestfailed', (request) => void open.delete(request));
}

/** A field of the head of a form by its label. */
export const field = (page: Page, label: string): Locator => page.locator('.tp-field').getByLabel(label, { exact: true });

/** Types into a field in which a record is chosen and takes the hit that is named. */
export async function pick(page: Page, input: Locator, of: { text: string; hit: string | RegExp }): Promise<void> {
  await input.click();
  await input.fill(of.text);
  await page.getByRole('option').filter({ hasText: of.hit }).first().click();
}

/** Types as a hand does: slower than any scanner. */
export const byHand = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: 70 });

/** Sends a code as a scanner does: all signs at once and Enter behind them, without waiting for the screen. */
export async function scan(page: Page, code: string): Promise<void> {
  const wire = await page.context().newCDPSession(page);
  const press = (key: string, text: string) => [
    wire.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key,
      text,
      ...(key === 'Enter' ? { code: 'Enter', windowsVirtualKeyCode: 13 } : {}),
    }),
    wire.send('Input.dispatchKeyEvent', { type: 'keyUp', key }),
  ];
  await Promise.all([...[...code].flatMap((sign) => press(sign, sign)), ...press('Enter', '\r')]);
  await wire.detach();
}

/** Waits until the mark of the grid stands in the cell that is read out as `label`. */
export const atCell = (page: Page, label: string): Promise<void> => page.locator(`.tp-grid-editor:focus[aria-label^="${label}"]`).waitFor();

/** The cells of a line of the entry grid as they stand there. */
export const lineTexts = (page: Page, row: number): Promise<string[]> =>
  page.locator('.tp-grid-row').nth(row).getByRole('gridcell').allInnerTexts();

/** A file of the sample data. */
export const sampleFile = (name: string): string => fileURLToPath(new URL(`../data/${name}`, import.meta.url));

/** Lays the demo company, as it was made the first time in the run that a journey asked for so many orders. */
async function copyDemo(path: string, orders: number, of: { second?: SecondCompany; catalogue?: Catalogue }): Promise<void> {
  if (of.second || of.catalogue) return layDemo(path, orders, of);
  const like = join(inject('runFolder'), `demo-${orders}`);
  if (!existsSync(like)) {
    const making = `${like}.${process.pid}`;
    await layDemo(making, orders, {});
    renameSync(making, like);
  }
  cpSync(like, path, { recursive: true });
}

async function layDemo(
  path: string,
  orders: number,
  { second, catalogue = shipped }: { second?: SecondCompany; catalogue?: Catalogue },
): Promise<void> {
  offerFeatures();
  const companies = await Companies.open({ dataFolder: path, catalogue, log: pino({ level: 'silent' }), announce: () => undefined });
  try {
    const createCompany = <T>(wanted: NewCompany, fill: (company: Company) => Promise<T>) =>
      companies.create(wanted, async (company) => {
        await fitTables(company.store, catalogue);
        return fill(company);
      });
    const host = { company: (code: string) => companies.find(code), createCompany };
    await makeDemo(host, { orders, seed: 1 });
    if (second) await layCompany(companies, second);
  } finally {
    await companies.close();
  }
}

async function layCompany(companies: Companies, { code, name, login, password }: SecondCompany): Promise<void> {
  const wanted = { administrator: { login, name: login, password }, language: 'zh-CN', currency: 'CNY', taxRate: 130_000 } as const;
  await companies.create({ code, name, timeZone: 'Asia/Shanghai', engine: { kind: 'sqlite' } }, (company) => setUpCompany(company, wanted));
}

async function sitDown(browser: Browser, url: string, viewer: Viewer): Promise<Person> {
  const context = await newViewer(browser, { width: 1366, height: 768, ...viewer });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  watchRequests(page);
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // An expected "no" of the server is shown on the screen and also logged by the browser itself.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) troubles.push(message.text());
  });
  page.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url);
  return { page, context, troubles };
}
