import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/catalogue.ts';
import { calculateCommercial } from '../../shared/documents/commercial.ts';
import { calculateInvoice } from '../../shared/documents/money/invoiceLines.ts';
import { lineAmounts, taxWithin } from '../../shared/kernel/amounts.ts';
import type { AnyRecord, AnyRow, Value } from '../../shared/kernel/definition.ts';

const piece = 1_000_000;

/** Laws and rulings the examples are taken from; no article stands here that was not read. */
const source = {
  cnGross: '增值税暂行条例实施细则第十四条: 销售额＝含税销售额÷(1＋税率)',
  cnSmall: '增值税暂行条例实施细则第三十条: 销售额＝含税销售额÷(1＋征收率)',
  cnOutside: '增值税法: 增值税为价外税, 销售额不包括增值税税额',
  twRate: '加值型及非加值型營業稅法第10條',
  twOnSales: '加值型及非加值型營業稅法第14條: 就銷售額計算銷項稅額, 尾數不滿通用貨幣一元者, 按四捨五入計算',
  twInTotal: '加值型及非加值型營業稅法施行細則第32條之1: 銷項稅額＝發票總額÷(1＋徵收率)×徵收率, 銷售額＝發票總額－銷項稅額',
  euRounding: 'Court of Justice C-484/06 (Koninklijke Ahold): how VAT is rounded is for each state to say, per item or per invoice',
} as const;

/** One amount with tax, taken apart. Amounts in minor units, rates in millionths. */
const parts: { law: string; gross: number; rate: number; net: number; tax: number }[] = [
  { law: source.cnGross, gross: 11_300, rate: 130_000, net: 10_000, tax: 1_300 },
  { law: source.cnGross, gross: 10_000, rate: 130_000, net: 8_850, tax: 1_150 },
  { law: source.cnGross, gross: 100, rate: 130_000, net: 88, tax: 12 },
  { law: source.cnGross, gross: 1, rate: 130_000, net: 1, tax: 0 },
  { law: source.cnGross, gross: 10_900, rate: 90_000, net: 10_000, tax: 900 },
  { law: source.cnGross, gross: 10_600, rate: 60_000, net: 10_000, tax: 600 },
  { law: source.cnSmall, gross: 10_300, rate: 30_000, net: 10_000, tax: 300 },
  { law: source.cnSmall, gross: 10_100, rate: 10_000, net: 10_000, tax: 100 },
  { law: source.cnSmall, gross: 9_999, rate: 0, net: 9_999, tax: 0 },
  { law: source.twInTotal, gross: 105, rate: 50_000, net: 100, tax: 5 },
  { law: source.twInTotal, gross: 1_000, rate: 50_000, net: 952, tax: 48 },
  { law: source.twInTotal, gross: 10, rate: 50_000, net: 10, tax: 0 },
  { law: source.twInTotal, gross: 11, rate: 50_000, net: 10, tax: 1 },
];

describe('one amount with tax', () => {
  test.each(parts)('$gross at $rate is $net and $tax ($law)', ({ gross, rate, net, tax }) => {
    expect(taxWithin(gross, rate)).toEqual({ netAmount: net, tax, grossAmount: gross });
  });

  test('the tax that the law rounds and the one left beside the rounded sales are the same at every rate in use', () => {
    const rates = fc.constantFrom(10_000, 30_000, 50_000, 60_000, 90_000, 130_000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), rates, (gross, rate) => {
        // Half a unit never falls out of these rates, so that it does not matter which of the two is rounded.
        const [top, bottom] = [2n * BigInt(gross) * BigInt(rate), 2n * (1_000_000n + BigInt(rate))];
        expect(taxWithin(gross, rate).tax).toBe(Number((top + bottom / 2n) / bottom));
      }),
    );
  });
});

type Typed = { quantity?: number; price: number; basis?: 'net' | 'gross'; rate: number; discount?: number };

/** Whole documents as somebody types them: prices in millionths, sums in minor units. */
const documents: {
  law: string;
  name: string;
  digits: number;
  lines: Typed[];
  head?: Record<string, number>;
  net: number;
  tax: number;
  total: number;
}[] = [
  {
    law: source.cnOutside,
    name: 'three goods at three rates, prices without tax',
    digits: 2,
    lines: [
      { price: 100_000_000, basis: 'net', rate: 130_000 },
      { price: 100_000_000, basis: 'net', rate: 90_000 },
      { price: 100_000_000, basis: 'net', rate: 60_000 },
    ],
    net: 30_000,
    tax: 2_800,
    total: 32_800,
  },
  {
    law: source.cnGross,
    name: 'the same goods thrice for 33.33, taxed line by line',
    digits: 2,
    lines: [1, 2, 3].map(() => ({ price: 33_330_000, rate: 130_000 })),
    net: 8_850,
    tax: 1_149,
    total: 9_999,
  },
  {
    law: source.cnGross,
    name: 'a discount of a tenth and thirty cents that nobody pays',
    digits: 2,
    lines: [{ price: 113_000_000, rate: 130_000 }],
    head: { discountRate: 100_000, roundOff: 30 },
    net: 8_973,
    tax: 1_167,
    total: 10_140,
  },
  {
    law: source.twOnSales,
    name: 'three goods for 33 dollars without tax are taxed once: 99 × 5 % is 4.95, so 5',
    digits: 0,
    lines: [1, 2, 3].map(() => ({ price: 33_000_000, basis: 'net', rate: 50_000 })),
    net: 99,
    tax: 5,
    total: 104,
  },
  {
    law: source.twOnSales,
    name: 'twenty small things for 9 dollars without tax: 180 × 5 % is 9',
    digits: 0,
    lines: Array.from({ length: 20 }, () => ({ price: 9_000_000, basis: 'net' as const, rate: 50_000 })),
    net: 180,
    tax: 9,
    total: 189,
  },
  {
    law: source.twInTotal,
    name: 'twenty small things for 10 dollars with tax: 200 ÷ 1.05 × 5 % is 9.52, so 10',
    digits: 0,
    lines: Array.from({ length: 20 }, () => ({ price: 10_000_000, rate: 50_000 })),
    net: 190,
    tax: 10,
    total: 200,
  },
  {
    law: source.twRate,
    name: 'what is taxed and what is exported beside each other',
    digits: 0,
    lines: [
      { price: 33_000_000, basis: 'net', rate: 50_000 },
      { price: 33_000_000, basis: 'net', rate: 50_000 },
      { price: 1_000_000_000, basis: 'net', rate: 0 },
    ],
    net: 1_066,
    tax: 3,
    total: 1_069,
  },
  {
    law: source.twOnSales,
    name: 'a tenth off: 900 × 5 % is 45',
    digits: 0,
    lines: [{ price: 1_000_000_000, basis: 'net', rate: 50_000 }],
    head: { discountRate: 100_000 },
    net: 900,
    tax: 45,
    total: 945,
  },
  {
    law: source.euRounding,
    name: 'three articles for 1.99 € with 21 %, taxed line by line',
    digits: 2,
    lines: [1, 2, 3].map(() => ({ price: 1_990_000, rate: 210_000 })),
    net: 492,
    tax: 105,
    total: 597,
  },
  {
    law: source.euRounding,
    name: 'a dinar has three decimals',
    digits: 3,
    lines: [{ quantity: 3 * piece, price: 1_235_500, basis: 'net', rate: 50_000 }],
    net: 3_707,
    tax: 185,
    total: 3_892,
  },
];

/** Papers whose rows are worth a share of another paper and nothing else. */
const ofShares = ['purchaseReturn', 'redInvoice'];
/** Every other paper that taxes what is typed on it. */
const taxing = catalogue.definitions.flatMap(({ type, parts, calculation }) =>
  calculation && parts.lines?.fields.taxRate && parts.lines.fields.taxAmount && !ofShares.includes(type)
    ? [[type, calculation] as const]
    : [],
);

describe('a whole document', () => {
  const record = (lines: Typed[], values: Record<string, Value>): AnyRecord => ({
    id: 1,
    version: 1,
    type: 'salesOrder',
    values,
    parts: {
      lines: lines.map(
        ({ quantity = piece, price, basis = 'gross', rate, discount = 0 }, index): AnyRow => ({
          id: index + 1,
          quantity,
          [basis === 'net' ? 'price' : 'grossPrice']: price,
          priceBasis: basis,
          taxRate: rate,
          discount,
        }),
      ),
    },
  });
  const sumsOf = ({ values }: AnyRecord) => ({ net: values.netTotal, tax: values.taxTotal, total: values.total });
  const addUp = ({ parts: { lines = [] } }: AnyRecord) => {
    const sum = (field: string): number => lines.reduce((all, line) => all + Number(line[field]), 0);
    return { net: sum('netAmount'), tax: sum('taxAmount'), total: sum('grossAmount') };
  };

  test.each(documents)('$name: $net + $tax = $total ($law)', ({ digits, lines, head = {}, net, tax, total }) => {
    const setting = { currencyDigits: digits, baseDigits: 2 };
    const reckoned = calculateCommercial(record(lines, head), setting);
    expect(sumsOf(reckoned)).toEqual({ net, tax, total });
    expect(addUp(reckoned)).toEqual({ net, tax, total });
    if (head.discountRate) return;
    // An invoice of its own says the same as the order would.
    expect(sumsOf(calculateInvoice(record(lines, {}), setting))).toEqual({ net, tax, total });
  });

  test.each(taxing)('in money without cents the tax of each rate on a %s is that of the sum of its lines', (_type, calculation) => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 40 }).map((pieces) => pieces * piece),
      price: fc.integer({ min: 0, max: 900_000_000 }),
      basis: fc.constantFrom<'net' | 'gross'>('net', 'gross'),
      rate: fc.constantFrom(0, 50_000, 100_000),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), fc.nat(200_000), (lines, discountRate) => {
        const typed = { discountRate, charge: 'charged', inOwnCurrency: true };
        const reckoned = calculation.run(record(lines, typed), { currencyDigits: 0, baseDigits: 2 });
        expect(addUp(reckoned)).toEqual(sumsOf(reckoned));
        for (const rows of Map.groupBy(reckoned.parts.lines ?? [], (row) => Number(row.taxRate)).values()) {
          const sum = (field: string): number => rows.reduce((all, row) => all + Number(row[field]), 0);
          expect(sum('taxAmount')).toBe(taxWithin(sum('grossAmount'), Number(rows[0]?.taxRate)).tax);
          for (const row of rows) expect(Number(row.netAmount) + Number(row.taxAmount)).toBe(row.grossAmount);
        }
      }),
    );
  });

  test('without cents and with prices before tax the sales of a line are its own and the tax is that of all sales', () => {
    const line = fc.record({ price: fc.integer({ min: 1, max: 5_000 }).map((dollars) => dollars * 1_000_000), rate: fc.constant(50_000) });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 30 }), (lines) => {
        const typed = lines.map((one) => ({ ...one, basis: 'net' as const }));
        const reckoned = calculateCommercial(record(typed, {}), { currencyDigits: 0, baseDigits: 2 });
        expect(reckoned.parts.lines?.map((row) => Number(row.netAmount) * 1_000_000)).toEqual(lines.map(({ price }) => price));
        const sales = lines.reduce((sum, { price }) => sum + price / 1_000_000, 0);
        expect(reckoned.values.taxTotal).toBe(Math.floor((sales * 5 + 50) / 100));
      }),
    );
  });
});

test('on a line the tax stays within a cent of net times rate, which is what an invoice program checks', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e10 }),
      fc.constantFrom(10_000, 30_000, 50_000, 60_000, 90_000, 130_000, 200_000),
      (gross, rate) => {
        const { netAmount, tax } = taxWithin(gross, rate);
        expect(Math.abs(tax * 1_000_000 - netAmount * rate)).toBeLessThan(1_000_000);
      },
    ),
  );
});

test('from the net price to the gross price and back, a line comes to the same amounts', () => {
  const rates = fc.constantFrom(0, 10_000, 30_000, 50_000, 60_000, 90_000, 130_000);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), rates, fc.constantFrom(0, 2, 3), (cents, taxRate, currencyDigits) => {
      const net = lineAmounts({ quantity: piece, basis: 'net', price: cents * 10_000, taxRate, currencyDigits });
      // A net price of whole cents makes a gross price that has room for all its decimals.
      const gross = lineAmounts({ quantity: piece, basis: 'gross', price: net.grossPrice, taxRate, currencyDigits });
      const again = lineAmounts({ quantity: piece, basis: 'net', price: gross.netPrice, taxRate, currencyDigits });
      expect([gross.netAmount, gross.tax, gross.grossAmount]).toEqual([net.netAmount, net.tax, net.grossAmount]);
      expect(again).toEqual(net);
    }),
  );
});
