import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { newViewer, takePicture } from '../support/browser.ts';
import { type Line, layLine } from '../support/line.ts';
import { field, goTo, keepPicturesOfFailures, openPremises, type Premises, settled, signIn, soon, watchRequests } from './company.ts';
import { created, type Desk, rowsOf } from './ground.ts';

let premises: Premises;
let desk: Desk;
let line: Line;
let page: Page;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 300 });
  desk = await premises.as('admin');
});
afterAll(() => premises?.close());
afterEach(async () => {
  await page?.context().close();
  await line?.close();
});
keepPicturesOfFailures(() => premises);

/** Somebody with an empty browser at the far end of a line. */
async function sitDownFarAway(): Promise<Crossed> {
  line = await layLine(Number(new URL(premises.server.url).port));
  const viewer = await newViewer(premises.browser, { width: 1366, height: 768 });
  viewer.setDefaultTimeout(45_000);
  page = await viewer.newPage();
  watchRequests(page);
  const crossed = watchBytes(page);
  await page.goto(line.url);
  await page.locator('#login').waitFor();
  return crossed;
}

interface Crossed {
  /** What was asked for since the last time somebody looked, in the order it came, with its bytes on the line. */
  since(): Promise<{ path: string; method: string; bytes: number }[]>;
}

function watchBytes(of: Page): Crossed {
  let asked: Request[] = [];
  of.on('requestfinished', (request) => void (request.url().includes('/socket.io/') || asked.push(request)));
  const crossing = async (request: Request) => {
    const { responseBodySize, responseHeadersSize } = await request.sizes();
    return { path: new URL(request.url()).pathname, method: request.method(), bytes: responseBodySize + responseHeadersSize };
  };
  return {
    since: async () => {
      await settled(of);
      const all = asked;
      asked = [];
      return Promise.all(all.map(crossing));
    },
  };
}

const kilobytes = (of: readonly { bytes: number }[]): number => of.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;

/** An order that is still a draft, opened by its address. */
async function openDraft(): Promise<RecordAnswer> {
  const [customer] = await rowsOf(desk, 'customer');
  const [item] = await rowsOf(desk, 'item');
  const lines = [{ item: item?.id ?? 0, quantity: 1_000_000, grossPrice: 5_000_000 }];
  const order = await created(desk, 'salesOrder', { values: { customer: customer?.id ?? 0 }, parts: { lines } });
  await goTo(page, `/record/salesOrder/${order.id}`);
  await field(page, '备注').waitFor();
  await settled(page);
  return order;
}

const stored = async ({ id }: RecordAnswer): Promise<RecordAnswer> =>
  (await desk('GET', `/api/records/salesOrder/${id}`)).body as unknown as RecordAnswer;

const offline = () => page.getByText('与服务器的连接已断开');

test('little crosses the line until the door can be used, for a list, and for a change', async () => {
  const crossed = await sitDownFarAway();
  const program = await crossed.since();
  // The door is shown when the server has said which companies it keeps; what comes after it comes while somebody types.
  const door = program.slice(0, program.findIndex(({ path }) => path === '/api/state') + 1);
  expect(kilobytes(door)).toBeLessThan(400);
  expect(kilobytes(program)).toBeLessThan(800);
  await signIn(page, 'admin', 'tradepost-demo');
  const entered = await crossed.since();
  expect(kilobytes(entered)).toBeLessThan(40);
  // What was fetched while somebody typed is not fetched again.
  expect(entered.filter(({ path, bytes }) => path.startsWith('/assets/') && bytes > 0)).toEqual([]);

  await goTo(page, '/list/salesOrder');
  await page.locator('.tp-table-row').first().waitFor();
  const listed = await crossed.since();
  expect(kilobytes(listed)).toBeLessThan(20);
  // The first page of three hundred orders, and no other.
  expect(listed.filter(({ path }) => path === '/api/records/salesOrder/list')).toHaveLength(1);

  await openDraft();
  expect(kilobytes(await crossed.since())).toBeLessThan(30);
  await field(page, '备注').fill('经专线修改');
  await page.keyboard.press('Control+s');
  const saved = await crossed.since();
  expect(saved.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  expect(kilobytes(saved)).toBeLessThan(20);
  expect(saved.length).toBeLessThanOrEqual(10);
});

test('over a line that is dead and says nothing the draft stays, and is saved once when the line is back', async () => {
  await sitDownFarAway();
  await signIn(page, 'admin', 'tradepost-demo');
  const order = await openDraft();
  await field(page, '备注').fill('隧道断开时输入');
  line.swallow(true);
  await page.keyboard.press('Control+s');
  await offline().waitFor();
  await page.getByText('您的输入仍在这里').waitFor();
  expect(await field(page, '备注').inputValue()).toBe('隧道断开时输入');
  await takePicture(page, 'line-dead');
  expect((await stored(order)).version).toBe(order.version);
  // The tunnel is up again, and what was open before it broke is known to nobody.
  line.forget();
  line.swallow(false);
  await offline().waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+s');
  await expect.poll(async () => (await stored(order)).values.remark, soon).toBe('隧道断开时输入');
  await settled(page);
  expect((await stored(order)).version).toBe(order.version + 1);
});

test('a change whose answer never came because the line died is not made a second time', async () => {
  await sitDownFarAway();
  await signIn(page, 'admin', 'tradepost-demo');
  const order = await openDraft();
  await field(page, '备注').fill('只有回答丢失');
  line.loseAnswers(true);
  await page.keyboard.press('Control+s');
  await expect.poll(async () => (await stored(order)).version, soon).toBe(order.version + 1);
  await offline().waitFor();
  line.loseAnswers(false);
  await offline().waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+s');
  await settled(page);
  await page.getByRole('button', { name: /保存$/, disabled: true }).waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await stored(order)).toMatchObject({ version: order.version + 1, values: { remark: '只有回答丢失' } });
});
