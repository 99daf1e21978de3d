import type { AnyRecord, AnyRow, CalculationSetting, FactBag, Guard, GuardRefusal, PostingResult } from '../../kernel/definition.ts';
import { choice, link, money, price, quantity, rate, type Secret, text } from '../../kernel/fields.ts';
import { mulDiv, sumOf } from '../../kernel/numbers.ts';
import { goodsFields, pricedApart, priceLines, sourced } from '../commercial.ts';
import { inOwnMoney, rateOf } from '../exchange.ts';
import { fact } from '../facts.ts';

/**
 * A line of an invoice. What comes from another document is worth its share of what was agreed there; only a line of its own has a
 * price that is typed.
 */
export const invoiceLineFields = <const S extends Secret>(secret: S) =>
  ({
    ...sourced,
    sourceNumber: text({ max: 40, derived: true }),
    ...goodsFields,
    price: price({ min: 0, secret, enteredWhen: { field: 'priceBasis', is: 'net' } }),
    grossPrice: price({ min: 0, secret, enteredWhen: { field: 'priceBasis', is: 'gross' } }),
    priceBasis: choice(['net', 'gross'], { default: 'gross', hidden: true }),
    taxCode: link('taxCode'),
    taxRate: rate({ min: 0, max: 1_000_000, default: 0, secret }),
    netAmount: money({ derived: true, secret }),
    taxAmount: money({ derived: true, secret }),
    grossAmount: money({ derived: true, secret }),
    agreedQuantity: quantity({ min: 0, hidden: true }),
    agreedNet: money({ hidden: true, secret }),
    agreedGross: money({ hidden: true, secret }),
    takenBefore: quantity({ min: 0, hidden: true }),
    remark: text({ max: 200 }),
  }) as const;

/** Row field of an invoice ← row field of what is invoiced; `before` counts what earlier invoices took of it. */
export const invoiceRowCopy = (before: string) =>
  ({
    item: 'item',
    name: 'name',
    spec: 'spec',
    unit: 'unit',
    unitRatio: 'unitRatio',
    taxCode: 'taxCode',
    taxRate: 'taxRate',
    agreedQuantity: 'quantity',
    agreedNet: 'netAmount',
    agreedGross: 'grossAmount',
    takenBefore: before,
  }) as const;

/**
 * Amounts of the lines and their sums. The tax of an invoice may be moved by a few cents to agree with the paper; the gross total
 * never moves, because it is what was agreed.
 */
export function calculateInvoice(record: AnyRecord, setting: CalculationSetting): AnyRecord {
  const lines = amountsOf(record.parts.lines ?? [], setting);
  const sum = (field: string): number => sumOf(lines.map((line) => Number(line[field])));
  const total = sum('grossAmount');
  const taxTotal = sumOf([sum('taxAmount'), Number(record.values.taxAdjustment ?? 0)]);
  const baseTotal = inOwnMoney(total, rateOf(record), setting);
  const values = { ...record.values, total, taxTotal, netTotal: sumOf([total, -taxTotal]), baseTotal };
  return { ...record, values, parts: { ...record.parts, lines } };
}

function amountsOf(lines: readonly AnyRow[], setting: CalculationSetting): AnyRow[] {
  const isOwn = (line: AnyRow): boolean => !line.source || Number(line.agreedQuantity ?? 0) <= 0;
  return pricedApart(lines, isOwn, {
    own: (rows) => priceLines(rows, setting),
    shares: (rows) => rows.map((line) => shareOf(line, setting)),
  });
}

/**
 * What this line takes of what was agreed. Counted from the beginning each time, so that all invoices over one line together are
 * the line to the cent, however many there are.
 */
function shareOf(line: AnyRow, { currencyDigits }: CalculationSetting): AnyRow {
  const [whole, before, taken] = [Number(line.agreedQuantity), Number(line.takenBefore ?? 0), Number(line.quantity ?? 0)];
  // Nobody is billed for more than was agreed: what is taken beyond it is refused where it is counted.
  const within = (quantity: number): number => Math.min(whole, quantity);
  const share = (agreed: unknown): number =>
    sumOf([
      mulDiv([Number(agreed ?? 0), within(sumOf([before, taken]))], [whole]),
      -mulDiv([Number(agreed ?? 0), within(before)], [whole]),
    ]);
  const grossAmount = share(line.agreedGross);
  const netAmount = share(line.agreedNet);
  // The price is only read; an amount on next to nothing has none that could be held.
  const priceOf = (amount: number): number | null =>
    amount < taken * 10 ** (3 + currencyDigits) ? mulDiv([amount, 10 ** (12 - currencyDigits)], [taken]) : null;
  return {
    ...line,
    price: priceOf(netAmount),
    grossPrice: priceOf(grossAmount),
    netAmount,
    grossAmount,
    taxAmount: sumOf([grossAmount, -netAmount]),
  };
}

/**
 * The step that makes an invoice count moves nothing in the ledgers: the debt is the order's. It fixes what the sources say at this
 * moment, so that a share does not rest on what was true when the draft was written.
 */
export const fixShares = (before: string) => ({
  name: 'fixShares',
  facts: ['sources'],
  moves: (document: AnyRecord, facts: FactBag): PostingResult => {
    const sources = fact(facts, 'sources');
    const rows = (document.parts.lines ?? []).flatMap((line) => {
      const from = sources[`lines.${line.id}`]?.row;
      if (!from) return [];
      const values = {
        agreedQuantity: Number(from.quantity),
        agreedNet: Number(from.netAmount ?? 0),
        agreedGross: Number(from.grossAmount ?? 0),
        takenBefore: Number(from[before] ?? 0),
      };
      return [{ part: 'lines', id: line.id, values }];
    });
    return { moves: [], rows };
  },
});

/** The tax moves by no more than the cents by which the tax program and we may round differently. */
export const taxAdjustedLittle: Guard = {
  name: 'taxAdjustedLittle',
  facts: ['taxAdjustmentMax'],
  check: (document, facts) => {
    const limit = fact(facts, 'taxAdjustmentMax');
    const adjusted = Number(document.values.taxAdjustment ?? 0);
    if (Math.abs(adjusted) <= limit) return null;
    const [path, code] = ['taxAdjustment', 'invoice.taxAdjustedTooFar'];
    return { code, facts: { limit, adjusted }, fields: [{ path, code, facts: { limit, adjusted } }] };
  },
};

/** What is issued is of some kind, and every invoice that exists on paper or at the tax office has a number there. */
export const invoiceNumberGiven: Guard = {
  name: 'invoiceNumberGiven',
  check: ({ values }) => {
    const refused = (path: string, code: string): GuardRefusal => ({ code, fields: [{ path, code }] });
    if (!values.invoiceKind) return refused('invoiceKind', 'invoice.kindMissing');
    const isGiven = values.invoiceKind === 'none' || String(values.invoiceNumber ?? '').trim() !== '';
    return isGiven ? null : refused('invoiceNumber', 'invoice.numberMissing');
  },
};

/** Kinds that let the buyer deduct the tax name the buyer by tax number (发票管理办法; 統一發票使用辦法第9條). */
const deductible: readonly unknown[] = ['special', 'electronicSpecial', 'threePart'];

export const taxNumberGiven: Guard = {
  name: 'taxNumberGiven',
  check: (document) =>
    deductible.includes(document.values.invoiceKind) && String(document.values.billingTaxNumber ?? '').trim() === ''
      ? { code: 'invoice.taxNumberMissing', fields: [{ path: 'billingTaxNumber', code: 'invoice.taxNumberMissing' }] }
      : null,
};
