import { afterAll, beforeAll, expect, test } from 'vitest';
import { calculationOf } from '../../app/renderer/documents/form/calculations.ts';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { formatExact } from '../../shared/kernel/numbers.ts';
import { takePicture } from '../support/browser.ts';
import { atCell, byHand, goTo, keepPicturesOfFailures, lineTexts, openPremises, type Person, type Premises, soon } from './company.ts';
import { created, ground, rowsOf } from './ground.ts';

let premises: Premises;
let boss: Person;
const made: { record: RecordAnswer; digits: number }[] = [];

/** Net prices, gross prices, discounts and a gift, at amounts that no cent divides. */
const lines = [
  { quantity: 3_333_000, grossPrice: 9_990_000, priceBasis: 'gross', taxRate: 130_000, discount: 33_333 },
  { quantity: 7_000_000, price: 33_330_000, priceBasis: 'net', taxRate: 60_000 },
  { quantity: 11_000_000, price: 9_000_000, priceBasis: 'net', taxRate: 50_000 },
  { quantity: 2_000_000, grossPrice: 55_550_000, priceBasis: 'gross', taxRate: 50_000 },
  { quantity: 1_000_000, grossPrice: 80_000_000, priceBasis: 'gross', taxRate: 130_000, gift: true },
];

beforeAll(async () => {
  premises = await openPremises({ demoOrders: 0 });
  const [desk, admin] = await Promise.all([premises.as('ma.qiang'), premises.as('admin')]);
  const lay = ground(desk);
  const customer = await lay.customer({ name: '台州零头贸易有限公司', owner: 'ma.qiang' });
  const item = await lay.item({ code: 'LT-1', name: '垫圈', grossPrice: 10_000_000 });
  await created(admin, 'currency', { values: { code: 'KWD', name: '科威特第纳尔', symbol: 'KD', digits: 3, rate: 23_500_000_000 } });
  for (const { id, values } of await rowsOf(admin, 'currency')) {
    if (!['CNY', 'TWD', 'KWD'].includes(String(values.code))) continue;
    const head = { customer: customer.id, currency: id, exchangeRate: 1_500_000_000, discountRate: 12_345, roundOff: 1 };
    const rows = lines.map((line) => ({ ...line, item: item.id, unit: 'pc' }));
    made.push({ record: await created(desk, 'salesOrder', { values: head, parts: { lines: rows } }), digits: Number(values.digits) });
  }
  boss = await premises.person('ma.qiang');
});
afterAll(() => premises?.close());
keepPicturesOfFailures(() => premises);

const shownSums = async () =>
  Object.fromEntries(
    await Promise.all(
      ['netTotal', 'taxTotal', 'total'].map(async (place) => {
        const text = await boss.page.locator(`[data-place=${place}]`).innerText();
        return [place, /-?[\d,]+(\.\d+)?/.exec(text.replace(/^\D+/, ''))?.[0]];
      }),
    ),
  );
const sumsOf = (values: Readonly<Record<string, unknown>>, digits: number) =>
  Object.fromEntries(
    ['netTotal', 'taxTotal', 'total'].map((place) => [place, formatExact(Number(values[place]), digits, { group: true })]),
  );

test('the form shows every amount as it is stored, in money with no, two and three decimals', async () => {
  expect(made.map(({ digits }) => digits).toSorted()).toEqual([0, 2, 3]);
  for (const { record, digits } of made) {
    await goTo(boss.page, `/record/salesOrder/${record.id}`);
    await expect.poll(shownSums, soon).toEqual(sumsOf(record.values, digits));
    for (const [index, row] of (record.parts.lines ?? []).entries()) {
      const amount = formatExact(Number(row.grossAmount), digits, { group: true });
      await expect.poll(() => lineTexts(boss.page, index), soon).toContain(amount);
    }
    await takePicture(boss.page, `amounts-${digits}`);
  }
  expect(boss.troubles).toEqual([]);
});

test('while a quantity is typed the sums are already what the server stores afterwards', async () => {
  const { page } = boss;
  for (const { record, digits } of made) {
    await goTo(page, `/record/salesOrder/${record.id}`);
    await expect.poll(shownSums, soon).toEqual(sumsOf(record.values, digits));
    await page.locator('.tp-grid-row').nth(1).getByRole('gridcell', { name: '7', exact: true }).click();
    await atCell(page, '数量 2');
    await byHand(page, '13');
    await page.keyboard.press('Enter');
    const rows = (record.parts.lines ?? []).map((row, index) => (index === 1 ? { ...row, quantity: 13_000_000 } : row));
    const setting = { currencyDigits: digits, baseDigits: 2 };
    const reckoned = calculationOf('salesOrder', setting)({ values: { ...record.values }, parts: { lines: rows as never } });
    await expect.poll(shownSums, soon).toEqual(sumsOf(reckoned.values, digits));
    await page.keyboard.press('Control+s');
    const desk = await premises.as('ma.qiang');
    const stored = async () => (await desk('GET', `/api/records/salesOrder/${record.id}`)).body as unknown as RecordAnswer;
    await expect.poll(async () => (await stored()).version, soon).toBe(record.version + 1);
    expect(sumsOf((await stored()).values, digits)).toEqual(await shownSums());
  }
  expect(boss.troubles).toEqual([]);
});
