import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calculationOf } from '../../app/renderer/documents/form/calculations.ts';
import type { StoredRecord } from '../../server/database/rows.ts';
import { tableOf } from '../../server/database/tables.ts';
import { exportRecords } from '../../server/features/exchange/export/exportRecords.ts';
import { printDocument } from '../../server/features/printing/data/printDocument.ts';
import { closePrinting, renderPdf } from '../../server/features/printing/renderPdf.ts';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import { taxWithin } from '../../shared/kernel/amounts.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { formatExact } from '../../shared/kernel/numbers.ts';
import { rowsIn, shown } from '../exchange/fixtures.ts';
import { openTrade, piece, type Trade } from '../faults/trade.ts';
import { readPdf } from '../printing/readPdf.ts';
import { expectProven, type Office, openOffice, stores } from '../scenarios/office.ts';
import { directPapers, directTypes } from './directPapers.ts';

/** The same documents every time; another seed makes others. */
const seed = Number(process.env.TRADEPOST_SEED ?? 20_261_122);
const runs = 14;

const line = fc.record({
  quantity: fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((pieces) => pieces * piece),
    fc.integer({ min: 1_000, max: 90_000_000 }),
  ),
  priced: fc.integer({ min: 1_000, max: 2_000_000_000 }),
  priceBasis: fc.constantFrom<'net' | 'gross'>('net', 'gross'),
  discount: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400_000 })),
  taxRate: fc.constantFrom(0, 10_000, 30_000, 50_000, 60_000, 90_000, 130_000),
  gift: fc.constantFrom(false, false, false, true),
});
const sample = fc.record({
  type: fc.constantFrom<'quotation' | 'salesOrder'>('quotation', 'salesOrder'),
  currency: fc.constantFrom<'CNY' | 'TWD' | 'KWD'>('CNY', 'TWD', 'KWD'),
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  discountRate: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 300_000 })),
  roundOff: fc.integer({ min: 0, max: 9 }),
});
type Sample = ReturnType<typeof documents>[number];
const documents = () => fc.sample(sample, { seed, numRuns: runs });

const heads = ['netTotal', 'taxTotal', 'total'] as const;
const rows = ['netAmount', 'taxAmount', 'grossAmount'] as const;

describe.each(stores)(`every amount is the same wherever it is read, on $name (seed ${seed})`, { timeout: 240_000 }, (kind) => {
  let office: Office;
  let trade: Trade;
  const digits: Record<string, number> = { CNY: 2, TWD: 0, KWD: 3 };
  const made: { record: RecordAnswer; digits: number }[] = [];

  beforeAll(async () => {
    office = await openOffice(kind);
    trade = await openTrade(office, 100_000);
    await office.create('admin', 'currency', { code: 'KWD', name: '科威特第纳尔', digits: 3, rate: 23_500_000_000 });
    for (const one of documents()) {
      const stored = await office.create('wang', one.type, await headOf(one), { lines: one.lines.map((typed) => lineOf(typed)) });
      made.push({ record: await office.read('wang', one.type, stored.id), digits: digits[one.currency] ?? 2 });
    }
    for (const { record, digits: own } of await invoicesOf(made)) made.push({ record, digits: own });
    for (const { record, currency } of await directPapers(office, trade, seed)) made.push({ record, digits: digits[currency] ?? 2 });
  });
  afterAll(async () => {
    await expectProven(office);
    await office.close();
    await closePrinting();
  });

  const headOf = async ({ currency, discountRate, roundOff }: Sample): Promise<Record<string, Value>> => ({
    customer: trade.customer,
    currency: await office.id('currencies', { code: currency }),
    ...(currency === 'CNY' ? {} : { exchangeRate: 230_000_000 }),
    discountRate,
    roundOff,
  });
  const lineOf = ({ priced, ...typed }: Sample['lines'][number]): Record<string, Value> => ({
    ...typed,
    item: trade.pen,
    [typed.priceBasis === 'net' ? 'price' : 'grossPrice']: priced,
  });

  /** Half of each line of the orders that may be approved, then the rest. */
  async function invoicesOf(orders: readonly { record: RecordAnswer; digits: number }[]) {
    const invoices: { record: RecordAnswer; digits: number }[] = [];
    for (const { record, digits: own } of orders) {
      if (record.type !== 'salesOrder' || Number(record.values.total) < 0) continue;
      const order = await office.step('sun', record as unknown as StoredRecord, 'approve');
      for (const part of ['half', 'rest']) {
        const invoice = await office.become('wang', 'salesInvoice', [
          {
            type: 'salesOrder',
            id: order.id,
            ...(part === 'half' ? { rows: halvesOf(order) } : {}),
          },
        ]);
        const numbered = await office.change('zhao', invoice, {
          values: { invoiceKind: 'general', invoiceNumber: `${order.id}-${part}` },
        });
        await office.step('zhao', numbered, 'issue');
        invoices.push({ record: await office.read('wang', 'salesInvoice', invoice.id), digits: own });
      }
    }
    return invoices;
  }
  const halvesOf = (order: StoredRecord) =>
    (order.parts.lines ?? []).map((row) => ({ id: row.id, amount: Math.max(1, Math.floor(Number(row.quantity) / 2)) }));

  test('in every document net and tax are the gross amount, and its lines are its sums', () => {
    expect(made.length).toBeGreaterThan(runs);
    for (const { record } of made) {
      const sum = (field: string) => (record.parts.lines ?? []).reduce((all, row) => all + Number(row[field]), 0);
      expect([record.values.number, ...rows.map(sum)]).toEqual([record.values.number, ...heads.map((head) => record.values[head])]);
      for (const row of record.parts.lines ?? []) expect(Number(row.netAmount) + Number(row.taxAmount)).toBe(row.grossAmount);
    }
  });

  test('in money without cents each rate is taxed once on every paper that is priced by itself', () => {
    const whole = made.filter(({ record: { type }, digits: own }) => own === 0 && type !== 'salesInvoice');
    expect(new Set(whole.map(({ record }) => record.type))).toEqual(new Set(['quotation', 'salesOrder', ...directTypes]));
    for (const { record } of whole)
      for (const [taxRate, lines] of Map.groupBy(record.parts.lines ?? [], (row) => Number(row.taxRate))) {
        const sum = (field: string) => lines.reduce((all, row) => all + Number(row[field]), 0);
        expect([record.values.number, taxRate, sum('taxAmount')]).toEqual([
          record.values.number,
          taxRate,
          taxWithin(sum('grossAmount'), taxRate).tax,
        ]);
      }
  });

  test('what the form reckons while typing is what the server stores', () => {
    for (const { record, digits: own } of made) {
      const reckoned = calculationOf(record.type, { currencyDigits: own, baseDigits: 2 })({
        values: withoutSums(record.values),
        parts: { lines: (record.parts.lines ?? []).map(withoutSums) as never },
      });
      for (const head of heads)
        expect([record.values.number, head, reckoned.values[head]]).toEqual([record.values.number, head, record.values[head]]);
      const amounts = (lines: readonly object[] = []) => lines.map((row) => rows.map((name) => (row as Record<string, unknown>)[name]));
      expect(amounts(reckoned.parts.lines)).toEqual(amounts(record.parts.lines));
    }
  });

  test('the tables hold the same, and what the database adds up is the same', async () => {
    for (const { record } of made) {
      const table = tableOf(office.company.catalogue.get(record.type));
      const [head, lines] = await office.company.store.read(async (tx) => [
        await tx(table).where({ id: record.id }).first('net_total', 'tax_total', 'total'),
        await tx(`${table.replace(/s$/, '')}_lines`)
          .where({ parent: record.id })
          .sum({ net_total: 'net_amount', tax_total: 'tax_amount', total: 'gross_amount' })
          .first(),
      ]);
      expect(head).toEqual({ net_total: record.values.netTotal, tax_total: record.values.taxTotal, total: record.values.total });
      // An invoice may carry a few cents that were moved by hand; none of these does.
      expect(lines).toEqual(head);
    }
  });

  test('the paper carries the same figures', async () => {
    // Invoices are printed by the tax program, and the storekeeper's paper has no prices.
    for (const { record, digits: own } of made.filter(({ record: { type } }) => !['salesInvoice', 'stockIn'].includes(type))) {
      const definition = office.company.catalogue.get(record.type);
      const { template, data, ...options } = await office.work('sun', (work) => printDocument(work, definition, record.id, {}));
      const words = (await readPdf(await renderPdf(template, data, options))).flatMap((page) => page.words);
      const amount = (minor: unknown) => formatExact(Number(minor), own, { group: true });
      const behind = (label: string) => words[words.findIndex(({ text }) => text === label) + 1]?.text.replace(/[^\d.,-]/g, '');
      // Samples are mostly free: their paper has no sums of net and tax below the lines.
      if (record.type !== 'sampleNote')
        expect([record.values.number, behind('不含税金额'), behind('税额'), behind('价税合计')]).toEqual([
          record.values.number,
          ...heads.map((head) => amount(record.values[head])),
        ]);
      const numbers = words.filter(({ text }) => /^-?[\d,.]+$/.test(text));
      const column = Math.max(...numbers.map(({ right }) => right));
      const printed = numbers.filter(({ right }) => Math.abs(right - column) < 1).map(({ text }) => text);
      const summed = words.some(({ text }) => text === '合计') ? [amount(record.values.total)] : [];
      expect(printed).toEqual([...(record.parts.lines ?? []).map((row) => amount(row.grossAmount)), ...summed]);
    }
  });

  test('the list in Excel carries the same figures', async () => {
    for (const type of ['quotation', 'salesOrder', 'salesInvoice', ...directTypes]) {
      const file = await exportRecords(office.company, await office.actor('admin'), office.company.catalogue.get(type), {
        query: { fields: ['number', ...heads] },
        format: 'xlsx',
        language: 'zh-CN',
      });
      const listed = new Map(
        (await rowsIn(file.path)).slice(1).map(({ cells }) => [shown(cells[0]), cells.slice(1).map((cell) => Number(shown(cell)))]),
      );
      for (const { record, digits: own } of made.filter(({ record: one }) => one.type === type)) {
        const sums = heads.map((head) => Number(formatExact(Number(record.values[head]), own)));
        expect([record.values.number, listed.get(String(record.values.number))]).toEqual([record.values.number, sums]);
      }
    }
  });

  test('the two halves of an order that was invoiced in two are the order to the cent', () => {
    for (const { record } of made.filter(({ record: { type } }) => type === 'salesOrder')) {
      const halves = made.filter(({ record: one }) => one.type === 'salesInvoice' && one.parts.lines?.[0]?.source === record.id);
      if (halves.length === 0) continue;
      const sum = (head: string) => halves.reduce((all, { record: one }) => all + Number(one.values[head]), 0);
      expect([record.values.number, ...heads.map(sum)]).toEqual([record.values.number, ...heads.map((head) => record.values[head])]);
    }
  });
});

/** What a person typed, without what was reckoned from it. */
function withoutSums<V>(values: Readonly<Record<string, V>>): Record<string, V> {
  const reckoned: readonly string[] = [...heads, ...rows, 'baseTotal'];
  return Object.fromEntries(Object.entries(values).filter(([name]) => !reckoned.includes(name)));
}
