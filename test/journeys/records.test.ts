import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { addDays, type Day } from '../../shared/kernel/days.ts';
import { takePicture } from '../support/browser.ts';
import {
  atCell,
  byHand,
  field,
  goTo,
  keepPicturesOfFailures,
  lineTexts,
  openPremises,
  type Person,
  type Premises,
  pick,
  settled,
  soon,
} from './company.ts';
import { created, type Desk, ground, rowsOf, step } from './ground.ts';

let premises: Premises;
let boss: Person;
let desk: Desk;
let customer: RecordAnswer;
let orders: RecordAnswer[];
let cup: RecordAnswer;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 10 });
  desk = await premises.as('ma.qiang');
  const lay = ground(desk);
  customer = await lay.customer({ name: '湖州永丰百货', owner: 'zhang.wei' });
  cup = await lay.item({ code: 'YF-1', name: '玻璃杯', spec: '300ml', grossPrice: 5_000_000 });
  await desk('PATCH', `/api/records/item/${cup.id}`, {
    version: cup.version,
    parts: { units: [{ unit: '箱', ratio: 24_000_000 }] },
  });
  orders = [];
  for (const pieces of [1, 2, 3]) orders.push(await lay.order({ customer, lines: [{ item: cup, pieces, grossPrice: 5_000_000 }] }));
  boss = await premises.person('ma.qiang');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

const numberOf = (order: RecordAnswer | undefined): string => String(order?.values.number);
const heading = (order: RecordAnswer | undefined) => boss.page.getByRole('heading', { name: `销售订单 ${numberOf(order)}` });

test('from a record one goes to the next and the previous of the list, by key and by arrow, up to its ends', async () => {
  const { page } = boss;
  await goTo(page, '/list/salesOrder');
  await page.locator('.tp-list-search input').fill('湖州永丰');
  await expect.poll(() => page.locator('.tp-table-row').count(), soon).toBe(3);
  await page.locator('.tp-table-row').first().dblclick();
  const at = page.locator('.tp-neighbours');
  await at.getByText('1 / 3').waitFor();
  expect(await page.getByRole('button', { name: '上一条' }).isDisabled()).toBe(true);
  await page.keyboard.press('Alt+PageDown');
  await at.getByText('2 / 3').waitFor();
  await heading(orders[1]).waitFor();
  await page.getByRole('button', { name: '下一条' }).click();
  await at.getByText('3 / 3').waitFor();
  expect(await page.getByRole('button', { name: '下一条' }).isDisabled()).toBe(true);
  await page.keyboard.press('Alt+PageUp');
  await at.getByText('2 / 3').waitFor();
  await takePicture(page, 'neighbours');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.tp-table-row.tp-active').innerText(), soon).toContain(numberOf(orders[1]));
});

test('a changed form is not left by going to the next record', async () => {
  const { page } = boss;
  await goTo(page, '/list/customer');
  await page.getByRole('heading', { name: '客户', exact: true }).waitFor();
  await settled(page);
  await page.locator('.tp-table-row').first().dblclick();
  await page.locator('.tp-neighbours').getByText(/^1 \//).waitFor();
  await field(page, '备注').first().fill('改了一半');
  await page.keyboard.press('Alt+PageDown');
  const question = page.getByRole('dialog').filter({ hasText: '没有保存的修改' });
  await question.getByRole('button', { name: '留在这里' }).click();
  await question.waitFor({ state: 'hidden' });
  await expect.poll(() => field(page, '备注').first().inputValue(), soon).toBe('改了一半');
  await page.keyboard.press('Alt+PageDown');
  await question.getByRole('button', { name: '不保存' }).click();
  await page.locator('.tp-neighbours').getByText(/^2 \//).waitFor();
});

test('several documents are looked through and printed as one PDF', async () => {
  const { page } = boss;
  await goTo(page, '/list/salesOrder');
  await expect.poll(() => page.locator('.tp-table-row').count(), soon).toBe(3);
  await page.locator('.tp-table').focus();
  await page.keyboard.press('Control+a');
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().includes('/api/print/salesOrder/batch')),
    page.locator('.tp-bulk').getByRole('button', { name: '打印' }).click(),
  ]);
  expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
  await page.getByRole('dialog').getByText('批量打印 · 销售订单 3 张').waitFor();
  await takePicture(page, 'batch-print');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /关闭|Close/ })
    .click();
});

test('an item counted in boxes is ordered by the box: the price is that of a box, and the stock is promised by the piece', async () => {
  const { page } = boss;
  await goTo(page, `/record/salesOrder/new?with=customer:${customer.id}`);
  await page.locator('.tp-grid').waitFor();
  await page.locator('.tp-grid-row').first().getByRole('gridcell').first().click();
  await atCell(page, '商品 1');
  await byHand(page, 'YF-1');
  await page.keyboard.press('Enter');
  await expect.poll(() => lineTexts(page, 0), soon).toContain('5.00');
  await page.locator('.tp-grid-row').first().getByRole('gridcell', { name: 'pc' }).dblclick();
  await page.getByRole('option', { name: /箱/ }).click();
  await expect.poll(() => lineTexts(page, 0), soon).toContain('120.00');
  await page.locator('.tp-grid-row').first().getByRole('gridcell').nth(4).click();
  await byHand(page, '2');
  await page.keyboard.press('Enter');
  await takePicture(page, 'units');
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: /^销售订单 SO/ }).waitFor();
  const id = Number(/\d+$/.exec(page.url())?.[0]);
  const { body } = await desk('GET', `/api/records/salesOrder/${id}`);
  const saved = body as unknown as RecordAnswer;
  expect(saved.parts.lines?.[0]).toMatchObject({ unit: '箱', unitRatio: 24_000_000, quantity: 2_000_000, grossPrice: 120_000_000 });
  const before = (await desk('GET', `/api/stock?items=${cup.id}`)).body as unknown as { rows: { promised: number }[] };
  await step(desk, saved, 'approve');
  const after = (await desk('GET', `/api/stock?items=${cup.id}`)).body as unknown as { rows: { promised: number }[] };
  const promised = ({ rows }: { rows: { promised: number }[] }) => rows.reduce((sum, row) => sum + row.promised, 0);
  expect(promised(after) - promised(before)).toBe(48_000_000);
});

test('orders fetched into a receipt come oldest first and say how much the receipt is', async () => {
  const { page } = boss;
  await goTo(page, '/record/receipt/new');
  await page.getByRole('heading', { name: '新建收款单' }).waitFor();
  await pick(page, field(page, '客户'), { text: '湖州永丰', hit: '湖州永丰百货' });
  await page.getByRole('button', { name: /取自/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(numberOf(orders[0])).first().waitFor();
  const offered = await dialog.locator('tbody').innerText();
  expect(offered.indexOf(numberOf(orders[0]))).toBeLessThan(offered.indexOf(numberOf(orders[2])));
  for (const order of orders.slice(0, 2))
    await dialog
      .getByRole('checkbox', { name: numberOf(order), exact: true })
      .first()
      .check();
  await dialog.locator('.ant-modal-footer .ant-btn-primary').click();
  await expect.poll(() => field(page, '收款金额').inputValue(), soon).toBe('15.00');
});

test('the check of numbers names what is missing and void, for a period, and gives it as a workbook', async () => {
  const { page } = boss;
  const spare = await created(desk, 'salesOrder', {
    values: { customer: customer.id },
    parts: { lines: [{ item: cup.id, quantity: 1_000_000, grossPrice: 5_000_000 }] },
  });
  await desk('POST', `/api/records/salesOrder/${spare.id}/steps/void`, { version: spare.version, reason: '重复' });
  await goTo(page, '/settings/gaps');
  await page.getByText('没有断号').waitFor();
  await page.getByRole('combobox', { name: '单据类型' }).click();
  await page.getByTitle('销售订单').click();
  const row = page.locator('.tp-table-row').filter({ hasText: numberOf(spare) });
  await row.getByText('已作废').waitFor();
  await takePicture(page, 'gaps');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Excel' }).click()]);
  expect(file.suggestedFilename()).toMatch(/断号检查.*\.xlsx$/);
  await row.getByRole('link').click();
  await heading(spare).waitFor();
});

test('F1 says what the page is for and which keys work on it', async () => {
  const { page } = boss;
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog').filter({ hasText: '这一页的用途' });
  await help.getByText('客户确认的订单').waitFor();
  await help.getByText('Alt PgDn').waitFor();
  await takePicture(page, 'help');
  await help.getByRole('button', { name: '全部快捷键' }).click();
  await page.getByRole('dialog').filter({ hasText: '明细行' }).waitFor();
  await page.keyboard.press('Escape');
});

test('when the server is newer than the screens, they say so and offer to load the new ones', async () => {
  const { page } = boss;
  await page.route('**/api/state', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), version: '99.1.0' } });
  });
  await page.reload();
  await page.getByText(/服务器已更新到 99\.1\.0/).waitFor();
  await page.unroute('**/api/state');
  await page.getByRole('button', { name: '刷新页面' }).click();
  await page.locator('.tp-shell').waitFor();
  await settled(page);
  expect(await page.getByText(/服务器已更新/).count()).toBe(0);
  expect(boss.troubles).toEqual([]);
});

test('what only a warning held up among many is done all the same once it was read', async () => {
  const { page } = boss;
  const [warehouse] = await rowsOf(desk, 'warehouse', { field: 'main', is: 'equal', value: true });
  const [reason] = await rowsOf(desk, 'dictionaryEntry', { field: 'dictionary', is: 'equal', value: 'stockReason' });
  const moved = (type: string, quantity: number, more: object, day?: Day) =>
    created(desk, type, {
      values: { warehouse: warehouse?.id, stockReason: reason?.id, ...(day ? { day } : {}) },
      parts: { lines: [{ item: cup.id, quantity: quantity * 1_000_000, ...more }] },
    });
  const draft = await moved('otherOut', 5, {});
  const today = String(draft.values.day);
  await step(desk, await moved('otherIn', 10, { unitCost: 1_000_000 }, addDays(today, -9)), 'post');
  await step(desk, draft, 'post');
  const late = await moved('otherIn', 10, { unitCost: 4_000_000 }, addDays(today, -5));
  await goTo(page, '/list/otherIn');
  const row = page.locator('.tp-table-row').filter({ hasText: numberOf(late) });
  await row.getByRole('checkbox').check();
  await page.locator('.tp-bulk').getByRole('button', { name: '确认入库' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认入库' }).click();
  const told = page.getByRole('dialog').filter({ hasText: '失败 1' });
  await takePicture(page, 'bulk-warning');
  await told.getByRole('button', { name: '已阅提示，仍要执行（1 条）' }).click();
  await page.getByRole('dialog').filter({ hasText: '成功 1' }).getByRole('button', { name: '关闭' }).last().click();
  await expect.poll(() => row.innerText(), soon).not.toContain('草稿');
});

test('a saved view that is pinned stands above the list, and one click narrows it and lets go again', async () => {
  const { page } = boss;
  await goTo(page, '/list/otherIn');
  const rows = page.locator('.tp-table-row');
  await page.getByRole('group', { name: '状态' }).getByText('草稿').click();
  await expect.poll(() => rows.count(), soon).toBe(0);
  await page.getByRole('button', { name: /视图/ }).click();
  await page.getByRole('menuitem', { name: '保存当前视图' }).click();
  await page.getByRole('textbox', { name: '视图名称' }).fill('还没入库');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /还没入库/ }).click();
  await page.getByRole('button', { name: '置顶到列表上方' }).click();
  await page.reload();
  await settled(page);
  const chip = page.locator('.tp-pinned-view').filter({ hasText: '还没入库' });
  await chip.waitFor();
  await takePicture(page, 'pinned-view');
  await chip.click();
  await expect.poll(() => rows.count(), soon).toBeGreaterThan(0);
  await chip.click();
  await expect.poll(() => rows.count(), soon).toBe(0);
});
