import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { goTo, keepPicturesOfFailures, openPremises, type Person, type Premises, settled, soon } from './company.ts';
import { ground } from './ground.ts';

// What somebody wrote into a name to see whether a screen would run it.
const trap = '<img src="/trap.png" onerror="window.trapped=1">';
const customerName = `${trap}王麻子剪刀铺`;
const itemName = `${trap}裁缝剪`;
let premises: Premises;
let owner: Person;
let customer: RecordAnswer;
let order: RecordAnswer;
beforeAll(async () => {
  premises = await openPremises({ demoOrders: 20 });
  const lay = ground(await premises.as('ma.qiang'));
  customer = await lay.customer({ name: customerName, owner: 'zhang.wei' });
  const scissors = await lay.item({ code: 'AA-1', name: itemName, spec: trap, grossPrice: 113_000_000 });
  await lay.stocked([scissors], 100);
  order = await lay.order({
    customer,
    lines: [{ item: scissors, pieces: 4, grossPrice: 113_000_000 }],
    values: { remark: `${trap}${trap}` },
  });
  owner = await premises.person('ma.qiang');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

test('markup in names, remarks and specifications is text on every page, in the search, in the title and on paper', async () => {
  const { page } = owner;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const pages: readonly (readonly [string, string | null])[] = [
    ['/list/customer', customerName],
    [`/record/customer/${customer.id}`, customerName],
    ['/list/salesOrder', customerName],
    [`/record/salesOrder/${order.id}`, null],
    ['/list/item', itemName],
    ['/receivables', customerName],
    ['/release', null],
    ['/stock', itemName],
    ['/stock-moves', null],
    ['/reports/undelivered', itemName],
    ['/', null],
  ];
  for (const [place, shown] of pages) {
    await goTo(page, place);
    await settled(page);
    if (shown) await expect.poll(() => page.locator('main').innerText(), { ...soon, message: place }).toContain(shown);
    await nothingRan(page, place);
  }
  await goTo(page, `/record/customer/${customer.id}`);
  await expect.poll(() => page.title(), soon).toContain('王麻子');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('王麻子');
  await page.getByRole('option').filter({ hasText: '王麻子剪刀铺' }).first().waitFor();
  await nothingRan(page, 'search');
  await page.keyboard.press('Escape');
  expect(asked.filter((url) => url.includes('trap.png'))).toEqual([]);
  expect(owner.troubles).toEqual([]);
});

async function nothingRan(page: Page, place: string): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: (window as { trapped?: number }).trapped ?? 0,
    made: document.querySelectorAll('img[src*="trap"], [onerror]').length,
  }));
  expect(found, place).toEqual({ ran: 0, made: 0 });
}
