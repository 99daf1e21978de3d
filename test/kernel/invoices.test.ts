import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculateInvoice } from '../../shared/documents/money/invoiceLines.ts';
import { taxWithin } from '../../shared/kernel/amounts.ts';
import type { AnyRecord, AnyRow } from '../../shared/kernel/definition.ts';

const money = { currencyDigits: 2, baseDigits: 2 };
const piece = 1_000_000;

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
