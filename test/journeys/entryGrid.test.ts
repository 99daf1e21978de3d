import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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
  soon,
} from './company.ts';
import { ground } from './ground.ts';

let premises: Premises;
let seller: Person;
let page: Page;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const lay = ground(await premises.as('ma.qiang'));
  await lay.customer({ name: '常州平安里百货店', owner: 'zhang.wei' });
  for (const at of [1, 2, 3, 4, 5])
    await lay.item({ code: `PA-00${at}`, name: `搪瓷杯${at}号`, spec: `${at}00ml`, grossPrice: at * 1_130_000 });
  seller = await premises.person('zhang.wei');
  ({ page } = seller);
  await seller.context.grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

beforeEach(async () => {
  await goTo(page, '/list/salesOrder');
  await page.getByRole('heading', { name: '销售订单', exact: true }).waitFor();
  await goTo(page, '/record/salesOrder/new');
  await page.getByRole('heading', { name: '新建销售订单' }).waitFor();
  await pick(page, field(page, '客户'), { text: 'czpal', hit: '常州平安里百货店' });
  await page.locator('.tp-grid-row .tp-grid-cell').first().click();
});

test('arrows, Home, End and the ends of the sheet move the mark; typing overwrites, Esc restores, F2 goes on from what is there', async () => {
  await enterLine('PA-001', '7');
  await enterLine('PA-002', '8');
  await page.keyboard.press('Control+Home');
  await atCell(page, '商品 1');
  await page.keyboard.press('ArrowDown');
  await atCell(page, '商品 2');
  await rightBy(4);
  await atCell(page, '数量 2: 8');
  await page.keyboard.press('Home');
  await atCell(page, '商品 2');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await rightBy(4);
  await byHand(page, '99');
  await page.keyboard.press('Escape');
  await atCell(page, '数量 2: 8');
  await page.keyboard.press('F2');
  await page.keyboard.press('End');
  await byHand(page, '.5*2');
  await page.keyboard.press('ArrowUp');
  await atCell(page, '数量 1: 7');
  await page.keyboard.press('ArrowDown');
  await atCell(page, '数量 2: 17');
});

test('whoever types faster than the screen is drawn loses no sign after F2 and none after Tab', async () => {
  await enterLine('PA-001', '8');
  await page.keyboard.press('Control+Home');
  await rightBy(4);
  await atCell(page, '数量 1: 8');
  expect(await markedAfterKey(page.locator('.tp-grid-editor'), 'F2')).toEqual({ text: '8', marked: '8' });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /交易条款/ }).click();
  const days = field(page, '账期（天）');
  await days.fill('45');
  await page.keyboard.press('Tab');
  expect(await markedOnEntering(days)).toEqual({ text: '45', marked: '45' });
  // Whoever goes on from the end at once is not marked again a frame later.
  expect(await markedAfterEnd(days)).toBe('');
});

test('a candidate of the input method is confirmed with Enter without leaving the cell', async () => {
  await enterLine('PA-001', '1');
  await page.keyboard.press('Control+Home');
  await rightBy(1);
  await atCell(page, '品名 1');
  const wire = await seller.context.newCDPSession(page);
  await wire.send('Input.imeSetComposition', { text: 'beizi', selectionStart: 5, selectionEnd: 5 });
  await page
    .locator('.tp-grid-editor')
    .evaluate((input) => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true })));
  await atCell(page, '品名 1');
  await wire.send('Input.insertText', { text: '杯子' });
  await page.keyboard.press('Enter');
  await expect.poll(() => lineTexts(page, 0), soon).toContain('杯子');
});

test('lines are inserted, moved, filled down and deleted by keys, and every step can be undone and done again', async () => {
  await enterLine('PA-001', '1');
  await enterLine('PA-002', '2');
  await enterLine('PA-003', '3');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(names, soon).toEqual(['搪瓷杯2号', '搪瓷杯1号', '搪瓷杯3号']);
  await page.keyboard.press('Insert');
  await expect.poll(() => page.getByText('4 行').count(), soon).toBe(1);
  await page.keyboard.press('Control+Delete');
  await page.keyboard.press('Control+Delete');
  await expect.poll(names, soon).toEqual(['搪瓷杯2号', '搪瓷杯3号']);
  await page.keyboard.press('Control+z');
  await expect.poll(names, soon).toEqual(['搪瓷杯2号', '搪瓷杯1号', '搪瓷杯3号']);
  await page.keyboard.press('Control+y');
  await expect.poll(names, soon).toEqual(['搪瓷杯2号', '搪瓷杯3号']);
  await page.keyboard.press('Control+Home');
  await rightBy(4);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+Enter');
  await expect.poll(quantities, soon).toEqual(['2', '2']);
});

test('Enter in the last cell adds a line, and the empty last line is not saved', async () => {
  await enterLine('PA-004', '6');
  await atCell(page, '商品 2');
  await page.keyboard.press('F8');
  await page.getByRole('heading', { name: /^销售订单 SO/ }).waitFor();
  await page.getByText('1 行', { exact: true }).waitFor();
  await expect.poll(() => lineTexts(page, 0), soon).toEqual(expect.arrayContaining(['搪瓷杯4号', '6', '4.52', '27.12']));
});

test('rows from a spreadsheet are shown before they are taken, unknown codes are marked, and one undo takes all back', async () => {
  const rows = [1, 2, 3, 4].map((at) => [`PA-00${at}`, '', '', '', `${at * 10}`].join('\t'));
  await paste([...rows, 'XX-404\t\t\t\t5'].join('\r\n'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText('粘贴 5 行 × 5 列').waitFor();
  await dialog.getByText('有 1 个单元格看不懂').waitFor();
  await expect.poll(() => dialog.locator('td.is-wrong').allInnerTexts(), soon).toEqual(['XX-404']);
  await takePicture(page, 'paste');
  await dialog.getByRole('button', { name: '粘贴，1 格留空' }).click();
  await expect.poll(names, soon).toEqual(['搪瓷杯1号', '搪瓷杯2号', '搪瓷杯3号', '搪瓷杯4号', '']);
  // 10 × 1.13 + 20 × 2.26 + 30 × 3.39 + 40 × 4.52
  await expect.poll(() => page.locator('[data-place=total]').innerText(), soon).toContain('339.00');
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.getByText('0 行', { exact: true }).count(), soon).toBe(1);
  await page.keyboard.press('Control+y');
  await expect.poll(names, soon).toHaveLength(5);
  expect(seller.troubles).toEqual([]);
});

test('marked cells go to a spreadsheet as tab-separated numbers and text', async () => {
  await enterLine('PA-001', '1200');
  await enterLine('PA-002', '2');
  await page.keyboard.press('Control+Home');
  await rightBy(1);
  await page.keyboard.press('Shift+ArrowDown');
  for (let at = 0; at < 3; at += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+c');
  const copied = await page.evaluate('navigator.clipboard.readText()');
  expect(String(copied).trim().split(/\r?\n/)).toEqual(['搪瓷杯1号\t100ml\tpc\t1200', '搪瓷杯2号\t200ml\tpc\t2']);
});

/** Types a line by hand: code, Enter, quantity, Enter; the price comes by itself. */
async function enterLine(code: string, quantity: string): Promise<void> {
  const row = await page.locator('.tp-grid-row:not(.is-blank)').count();
  await atCell(page, `商品 ${row + 1}`);
  await byHand(page, code);
  await page.getByRole('option').filter({ hasText: code }).first().waitFor();
  await page.keyboard.press('Enter');
  await atCell(page, `数量 ${row + 1}`);
  await expect.poll(async () => (await lineTexts(page, row))[6], soon).not.toBe('');
  await byHand(page, quantity);
  await page.keyboard.press('Enter');
  await atCell(page, `商品 ${row + 2}`);
}

async function rightBy(columns: number): Promise<void> {
  for (let at = 0; at < columns; at += 1) await page.keyboard.press('ArrowRight');
}

/** What is marked in an input at once after a key, before anything can be drawn. */
const markedAfterKey = (input: Locator, key: string): Promise<{ text: string; marked: string }> =>
  input.evaluate((node, pressed) => {
    const box = node as HTMLInputElement;
    box.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
    return { text: box.value, marked: box.value.slice(box.selectionStart ?? 0, box.selectionEnd ?? 0) };
  }, key);

/** What is marked in an input once it has the keyboard, before the next frame. */
const markedOnEntering = (input: Locator): Promise<{ text: string; marked: string }> =>
  input.evaluate(async (node) => {
    const box = node as HTMLInputElement;
    box.focus();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    return { text: box.value, marked: box.value.slice(box.selectionStart ?? 0, box.selectionEnd ?? 0) };
  });

/** What is marked once frames were drawn, when somebody went to the end as soon as the input had the keyboard. */
const markedAfterEnd = (input: Locator): Promise<string> =>
  input.evaluate(async (node) => {
    const box = node as HTMLInputElement;
    box.blur();
    box.focus();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    box.setSelectionRange(box.value.length, box.value.length);
    for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
    return box.value.slice(box.selectionStart ?? 0, box.selectionEnd ?? 0);
  });

const names = (): Promise<string[]> => columnTexts(0);
const quantities = (): Promise<string[]> => columnTexts(4);

async function columnTexts(at: number): Promise<string[]> {
  const count = await page.locator('.tp-grid-row:not(.is-blank)').count();
  return Promise.all(Array.from({ length: count }, async (_, row) => (await lineTexts(page, row))[at] ?? ''));
}

async function paste(text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+v');
}
