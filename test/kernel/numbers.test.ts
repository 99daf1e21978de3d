import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentTotals, type LineInput, lineAmounts } from '../../shared/kernel/amounts.ts';
import {
  amountOf,
  assertSafe,
  digitsOf,
  evaluateSum,
  formatExact,
  mulDiv,
  parseExact,
  parseNumber,
  percentOf,
  splitByLargestRemainder,
} from '../../shared/kernel/numbers.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';

const quantityOf = (units: number) => Math.round(units * 1e6);
const priceOf = (yuan: number) => Math.round(yuan * 1e6);

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'no refusal';
}

describe('exact products', () => {
  test('half a cent is rounded away from zero, upwards and downwards', () => {
    expect(mulDiv([5], [10])).toBe(1);
    expect(mulDiv([-5], [10])).toBe(-1);
    expect(mulDiv([4], [10])).toBe(0);
    expect(Object.is(mulDiv([-4], [10]), 0)).toBe(true);
  });

  test('the product may be far beyond what a plain number holds, as long as the result is not', () => {
    expect(mulDiv([9_007_199_254_740_991, 9_007_199_254_740_991], [9_007_199_254_740_991])).toBe(9_007_199_254_740_991);
  });

  test('a result or an input that is not an exact integer is refused', () => {
    expect(codeOf(() => mulDiv([9_007_199_254_740_991, 2], [1]))).toBe('number.tooLarge');
    expect(codeOf(() => mulDiv([0.5], [1]))).toBe('number.tooLarge');
    expect(codeOf(() => assertSafe(Number.NaN))).toBe('number.tooLarge');
    expect(assertSafe(-3)).toBe(-3);
  });

  test('quantity times price gives the minor units of the currency', () => {
    expect(amountOf({ quantity: quantityOf(3), price: priceOf(1.115), currencyDigits: 2 })).toBe(335);
    expect(amountOf({ quantity: quantityOf(3), price: priceOf(100.5), currencyDigits: 0 })).toBe(302);
    expect(percentOf(10_050, 130_000)).toBe(1_307);
    expect([digitsOf('money', 2), digitsOf('quantity', 2), digitsOf('exchangeRate', 0)]).toEqual([2, 6, 9]);
  });
});

describe('parts of a whole', () => {
  test('a hundred in three parts gives the odd cent to the first', () => {
    expect(splitByLargestRemainder(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(splitByLargestRemainder(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(splitByLargestRemainder(5, [0, 0])).toEqual([3, 2]);
    expect(splitByLargestRemainder(10, [0, 3])).toEqual([0, 10]);
  });

  test('whatever is split, the parts add up and no part is a unit away from its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.array(fc.nat(1e9), { minLength: 1, maxLength: 40 }), (total, weights) => {
        const parts = splitByLargestRemainder(total, weights);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
        const sum = weights.reduce((all, weight) => all + weight, 0);
        if (sum === 0) return;
        for (const [index, part] of parts.entries()) {
          const distance = BigInt(part) * BigInt(sum) - BigInt(total) * BigInt(weights[index] ?? 0);
          expect(distance < BigInt(sum) && distance > -BigInt(sum)).toBe(true);
        }
      }),
    );
  });

  test('a split without weights or with a negative one is a fault of the program', () => {
    expect(() => splitByLargestRemainder(1, [])).toThrow(RangeError);
    expect(() => splitByLargestRemainder(1, [2, -1])).toThrow(RangeError);
  });
});

describe('numbers as people type them', () => {
  test.each([
    ['1,234.5', 123_450],
    ['１，２３４．５', 123_450],
    ['12。5', 1_250],
    ['-3', -300],
    ['－3', -300],
    [' +7 ', 700],
    ['.5', 50],
    ['5.', 500],
    ['1.500', 150],
    ['0012', 1_200],
    ['90071992547409.91', 9_007_199_254_740_991],
  ])('%s is understood', (text, value) => {
    expect(parseExact(text, 2)).toBe(value);
  });

  test.each([
    ['1e5', 'notANumber'],
    ['0x1F', 'notANumber'],
    ['NaN', 'notANumber'],
    ['Infinity', 'notANumber'],
    ['1,5', 'notANumber'],
    ['1.2.3', 'notANumber'],
    ['', 'notANumber'],
    ['.', 'notANumber'],
    ['-', 'notANumber'],
    ['十万', 'notANumber'],
    ['1.234', 'tooManyDigits'],
    ['90071992547409.92', 'tooLarge'],
    ['9'.repeat(50_000), 'tooLarge'],
    [`${'1,'.repeat(25_000)}x`, 'notANumber'],
  ])('a text that is no such number says why (%#)', (text, problem) => {
    expect(parseNumber(text, 2)).toEqual({ problem });
    expect(parseExact(text, 2)).toBeNull();
  });

  test('minus nothing is nothing', () => {
    expect(Object.is(parseExact('-0', 2), 0)).toBe(true);
  });

  test('what is shown is read back as the same number, grouped and trimmed or not', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 9 }), fc.boolean(), fc.boolean(), (value, digits, group, trim) => {
        expect(parseExact(formatExact(value, digits, { group, trim }), digits)).toBe(value);
      }),
    );
  });

  test('numbers are shown with the digits asked for', () => {
    expect(formatExact(-1_234_567, 2, { group: true })).toBe('-12,345.67');
    expect(formatExact(12_000_000, 6, { trim: true })).toBe('12');
    expect(formatExact(12_500_000, 6, { trim: true, minDigits: 2 })).toBe('12.50');
    expect(formatExact(12_345_600, 6, { trim: true, minDigits: 2 })).toBe('12.3456');
    expect(formatExact(5, 2)).toBe('0.05');
    expect(formatExact(1_234, 0, { group: true })).toBe('1,234');
  });
});

describe('small sums typed into an amount', () => {
  test.each([
    ['12*3+5', 4_100],
    ['=（1,200－50）×0.87', 100_050],
    ['2+3*4', 1_400],
    ['(2+3)*4', 2_000],
    ['10/3', 333],
    ['-(-3)', 300],
    ['1/3*3', 100],
    ['100÷8', 1_250],
    ['7.5', 750],
  ])('%s is reckoned', (text, value) => {
    expect(evaluateSum(text, 2)).toEqual({ value });
  });

  test.each([
    ['1/0', 'notANumber'],
    ['((2', 'notANumber'],
    ['2 3', 'notANumber'],
    ['2**3', 'notANumber'],
    ['process.exit()', 'notANumber'],
    ['', 'notANumber'],
    [`1${'+1'.repeat(50)}`, 'notANumber'],
    ['1.234', 'tooManyDigits'],
    ['999999999999*999999999999', 'tooLarge'],
  ])('%s is not', (text, problem) => {
    expect(evaluateSum(text, 2)).toEqual({ problem });
  });
});

const someLine = fc.record({
  quantity: fc.integer({ min: -1e9, max: 1e9 }),
  basis: fc.constantFrom('net' as const, 'gross' as const),
  price: fc.integer({ min: 0, max: 1e11 }),
  discountRate: fc.integer({ min: 0, max: 1e6 }),
  taxRate: fc.constantFrom(0, 10_000, 30_000, 60_000, 90_000, 130_000),
  currencyDigits: fc.constantFrom(0, 2, 3),
});

describe('a commercial line', () => {
  const line: LineInput = { quantity: quantityOf(3), basis: 'gross', price: priceOf(113), taxRate: 130_000, currencyDigits: 2 };

  test('the price with tax is what the customer agreed to, the tax is what lies between', () => {
    expect(lineAmounts(line)).toEqual({
      netPrice: priceOf(100),
      grossPrice: priceOf(113),
      netAmount: 30_000,
      tax: 3_900,
      grossAmount: 33_900,
    });
  });

  test('a net price carries its tax and the line discount into the gross amount in one rounding', () => {
    // 3 × 33.333333 × 0.95 × 1.13 = 107.349998…
    expect(lineAmounts({ ...line, basis: 'net', price: 33_333_333, discountRate: 50_000 })).toEqual({
      netPrice: 33_333_333,
      grossPrice: 37_666_666,
      netAmount: 9_500,
      tax: 1_235,
      grossAmount: 10_735,
    });
  });

  test('reckoning again from the same side changes nothing, and tax always fits between net and gross', () => {
    fc.assert(
      fc.property(someLine, (input) => {
        const first = lineAmounts(input);
        const price = input.basis === 'net' ? first.netPrice : first.grossPrice;
        expect(price).toBe(input.price);
        expect(lineAmounts({ ...input, price })).toEqual(first);
        expect(first.netAmount + first.tax).toBe(first.grossAmount);
        expect(Math.abs(first.netAmount)).toBeLessThanOrEqual(Math.abs(first.grossAmount));
      }),
    );
  });

  test('an amount beyond all bounds is refused instead of rounded', () => {
    expect(codeOf(() => lineAmounts({ ...line, quantity: 9e15, price: 9e15 }))).toBe('number.tooLarge');
  });
});

describe('a whole document', () => {
  const lines = [
    { grossAmount: 10_000, taxRate: 130_000 },
    { grossAmount: 10_000, taxRate: 60_000 },
    { grossAmount: 10_000, taxRate: 0 },
  ];

  test('a discount of ten yuan on three equal lines leaves the odd cent in the first', () => {
    const totals = documentTotals(lines, { documentDiscount: 1_000 });
    expect(totals.lines.map((line) => line.discount)).toEqual([334, 333, 333]);
    expect(totals.grossAmount).toBe(29_000);
    expect(totals.lines[0]).toEqual({ discount: 334, grossAmount: 9_666, netAmount: 8_554, tax: 1_112 });
  });

  test('the round-off goes to the last line that can bear it whole', () => {
    const totals = documentTotals([...lines, { grossAmount: 20, taxRate: 0 }], { roundOff: 21 });
    expect(totals.lines.map((line) => line.discount)).toEqual([0, 0, 21, 0]);
    expect(totals.grossAmount).toBe(29_999);
  });

  test('a returned line among sold ones bears no part of the discount', () => {
    const totals = documentTotals([...lines, { grossAmount: -5_000, taxRate: 130_000 }], { documentDiscount: 900 });
    expect(totals.lines.map((line) => line.discount)).toEqual([300, 300, 300, 0]);
  });

  test('a document without lines has totals of nothing', () => {
    expect(documentTotals([], { documentDiscount: 5, roundOff: 1 })).toEqual({
      lines: [],
      netAmount: 0,
      tax: 0,
      grossAmount: 0,
      discount: 0,
    });
  });

  test('totals are the sum of their lines to the cent, whatever is taken off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ grossAmount: fc.integer({ min: -1e9, max: 1e9 }), taxRate: fc.constantFrom(0, 60_000, 130_000) }), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.nat(1e6),
        fc.nat(99),
        (some, documentDiscount, roundOff) => {
          const totals = documentTotals(some, { documentDiscount, roundOff });
          const before = some.reduce((sum, line) => sum + line.grossAmount, 0);
          expect(totals.grossAmount).toBe(before - documentDiscount - roundOff);
          expect(totals.discount).toBe(documentDiscount + roundOff);
          expect(totals.netAmount + totals.tax).toBe(totals.grossAmount);
          expect(totals.lines.reduce((sum, line) => sum + line.tax, 0)).toBe(totals.tax);
        },
      ),
    );
  });

  test('a hundred thousand lines drift by not one cent', () => {
    const inputs = fc.sample(someLine, { numRuns: 100_000, seed: 20_261_121 });
    let [gross, net, tax] = [0n, 0n, 0n];
    const amounts = inputs.map((input) => lineAmounts({ ...input, currencyDigits: 2 }));
    for (const line of amounts) {
      gross += BigInt(line.grossAmount);
      net += BigInt(line.netAmount);
      tax += BigInt(line.tax);
    }
    expect(net + tax).toBe(gross);
    const kept = amounts.map((line, index) => ({ grossAmount: line.grossAmount, taxRate: inputs[index]?.taxRate ?? 0 }));
    const totals = documentTotals(kept);
    expect([totals.grossAmount, totals.netAmount, totals.tax].map(BigInt)).toEqual([gross, net, tax]);
  });
});
