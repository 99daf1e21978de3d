import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculateInvoice } from '../../shared/documents/money/invoiceLines.ts';
import type { AnyRecord, AnyRow } from '../../shared/kernel/definition.ts';
import { lineAmounts, taxWithin } from '../../shared/kernel/numbers.ts';

const money = { currencyDigits: 2, baseDigits: 2 };
const piece = 1_000_000;

/**
 * Worked examples: price with tax ÷ (1 + rate) = price without tax (增值税暂行条例实施细则第14条: 销售额＝含税销售额÷(1＋税率); 加值型及非加值型
 * 營業稅法施行細則第32條之1). Amounts in fen, rates in millionths.
 */
describe('gross and net of an invoice', () => {
  test.each([
    { gross: 11_300, rate: 130_000, net: 10_000, tax: 1_300 },
    { gross: 10_000, rate: 130_000, net: 8_850, tax: 1_150 },
    { gross: 100, rate: 130_000, net: 88, tax: 12 },
    { gross: 1, rate: 130_000, net: 1, tax: 0 },
    { gross: 10_900, rate: 90_000, net: 10_000, tax: 900 },
    { gross: 10_600, rate: 60_000, net: 10_000, tax: 600 },
    { gross: 10_300, rate: 30_000, net: 10_000, tax: 300 },
    { gross: 10_100, rate: 10_000, net: 10_000, tax: 100 },
    { gross: 105, rate: 50_000, net: 100, tax: 5 },
    { gross: 9_999, rate: 0, net: 9_999, tax: 0 },
  ])('$gross at $rate is $net and $tax', ({ gross, rate, net, tax }) => {
    expect(taxWithin(gross, rate)).toEqual({ netAmount: net, tax, grossAmount: gross });
  });

  test('from the net price there and back the amounts are the same, whichever price was typed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom(0, 10_000, 50_000, 60_000, 90_000, 130_000), (yuan, taxRate) => {
        // A net price of whole cents makes a gross price that has room for all its decimals.
        const net = lineAmounts({ quantity: piece, basis: 'net', price: yuan * 10_000, taxRate, currencyDigits: 2 });
        const gross = lineAmounts({ quantity: piece, basis: 'gross', price: net.grossPrice, taxRate, currencyDigits: 2 });
        expect([gross.netAmount, gross.tax, gross.grossAmount]).toEqual([net.netAmount, net.tax, net.grossAmount]);
      }),
    );
  });
});

describe('parts of a line', () => {
  const line = (of: Partial<AnyRow>): AnyRow => ({ id: 1, source: 7, quantity: piece, ...of });
  const invoice = (lines: AnyRow[], values = {}): AnyRecord =>
    calculateInvoice({ id: 1, version: 1, type: 'salesInvoice', values, parts: { lines } }, money);

  test('however a line is cut into invoices, they are the line to the cent, net, tax and gross', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 1e9 }),
        fc.constantFrom(0, 50_000, 130_000),
        (pieces, agreedGross, taxRate) => {
          const agreedQuantity = pieces.reduce((sum, one) => sum + one, 0);
          const { netAmount: agreedNet } = taxWithin(agreedGross, taxRate);
          let takenBefore = 0;
          const cut = pieces.map((quantity) => {
            const part = invoice([line({ quantity, agreedQuantity, agreedNet, agreedGross, takenBefore, taxRate })]);
            takenBefore += quantity;
            return part.values;
          });
          const sum = (field: string) => cut.reduce((all, values) => all + Number(values[field]), 0);
          expect([sum('netTotal'), sum('taxTotal'), sum('total')]).toEqual([agreedNet, agreedGross - agreedNet, agreedGross]);
        },
      ),
    );
  });

  test('the tax that was moved by hand comes out of the net amount', () => {
    const whole = { agreedQuantity: piece, agreedNet: 10_000, agreedGross: 11_300, takenBefore: 0 };
    expect(invoice([line(whole)], { taxAdjustment: 3 }).values).toMatchObject({ total: 11_300, taxTotal: 1_303, netTotal: 9_997 });
  });
});
