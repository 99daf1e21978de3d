import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnyRow } from '../../shared/kernel/definition.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { openTrade, type Trade } from './trade.ts';

const seed = Number(process.env.TRADEPOST_SEED ?? Math.floor(Math.random() * 2 ** 31));
const documents = 60;

const offices: { name: string; office: Office; trade: Trade }[] = [];

beforeAll(async () => {
  for (const kind of stores) {
    const office = await openOffice(kind);
    offices.push({ name: kind.name, office, trade: await openTrade(office, 100) });
  }
});
afterAll(async () => {
  for (const { office } of offices) await office.close();
});

/** Lines as strange as people can type them: up to six decimals everywhere, tiny and large, discounts, net or gross. */
const line = fc.record({
  quantity: fc.oneof(
    fc.integer({ min: 1, max: 999 }),
    fc.integer({ min: 1, max: 2_000_000_000 }),
    fc.integer({ min: 1, max: 40 }).map((pieces) => pieces * 1_000_000),
  ),
  grossPrice: fc.oneof(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 5_000_000_000 })),
  price: fc.integer({ min: 0, max: 5_000_000_000 }),
  priceBasis: fc.constantFrom('net', 'gross'),
  discount: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000_000 })),
  taxRate: fc.constantFrom(0, 10_000, 30_000, 60_000, 90_000, 130_000, 50_000, 123_457),
});
const document = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  discountRate: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 500_000 })),
  roundOff: fc.integer({ min: 0, max: 99 }),
});

test(`random lines come to the same amounts on both engines, to the last fen (seed ${seed})`, { timeout: 120_000 }, async () => {
  console.log(`random lines: TRADEPOST_SEED=${seed}`);
  for (const [index, { lines, discountRate, roundOff }] of fc.sample(document, { seed, numRuns: documents }).entries()) {
    const results = [];
    for (const { office, trade } of offices) {
      const values = { customer: trade.customer, discountRate, roundOff };
      const made = await office.create('wang', 'quotation', values, { lines: lines.map((one) => ({ ...one, item: trade.pen })) });
      const stored = await office.read('wang', 'quotation', made.id);
      results.push({ values: amountsOf(stored.values), lines: stored.parts.lines?.map((row) => amountsOf(row as AnyRow)) });
    }
    expect([index, results[1]]).toEqual([index, results[0]]);
    const { values, lines: rows = [] } = results[0]!;
    const sum = (name: string) => rows.reduce((all, row) => all + Number(row[name]), 0);
    expect(values).toMatchObject({ total: sum('grossAmount'), netTotal: sum('netAmount'), taxTotal: sum('taxAmount') });
    for (const row of rows) expect(Number(row.netAmount) + Number(row.taxAmount)).toBe(row.grossAmount);
  }
});

test('the database adds up what is stored, and comes to the same', async () => {
  for (const { office } of offices) {
    const [heads, rows] = await office.company.store.read(async (tx) => [
      (await tx('quotations').sum({ total: 'total', net: 'net_total', tax: 'tax_total' }).first()) as object,
      (await tx('quotation_lines').sum({ total: 'gross_amount', net: 'net_amount', tax: 'tax_amount' }).first()) as object,
    ]);
    expect(heads).toEqual(rows);
    await expectProven(office);
  }
});

test.each([
  [2 ** 53, 1],
  [1, 2 ** 53],
  [9_007_199_254_740_991, 9_007_199_254_740_991],
  [900_000_000_000_000, 900_000_000_000_000],
  [0.1, 1_000_000],
])('a quantity of %d at %d is refused and never rounded', async (quantity, grossPrice) => {
  for (const { office, trade } of offices) {
    const made = office.create('wang', 'quotation', { customer: trade.customer }, { lines: [{ item: trade.pen, quantity, grossPrice }] });
    await expect(made).rejects.toMatchObject({ code: expect.stringMatching(/^(record\.invalid|number\.tooLarge)$/) });
  }
});

test('a sum of lines that are each exact is refused when it is not', async () => {
  const large = { quantity: 9_000_000_000_000_000, grossPrice: 9_000_000 * 1_000 };
  for (const { office, trade } of offices) {
    const lines = Array.from({ length: 20 }, () => ({ ...large, item: trade.pen }));
    await expect(office.create('wang', 'quotation', { customer: trade.customer }, { lines })).rejects.toMatchObject({
      code: 'number.tooLarge',
    });
  }
});

const names = ['netAmount', 'taxAmount', 'grossAmount', 'price', 'grossPrice', 'total', 'netTotal', 'taxTotal', 'baseTotal'];
const amountsOf = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name]]] : [])));
