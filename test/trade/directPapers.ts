import fc from 'fast-check';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import type { Value } from '../../shared/kernel/definition.ts';
import { piece, type Trade } from '../faults/trade.ts';
import type { Office } from '../scenarios/office.ts';

/** Papers that carry prices of their own because no order went before them. */
export const directTypes = ['sampleNote', 'loanSale', 'salesReturn', 'stockIn'] as const;

/** Many small amounts of one rate are where rounding line by line goes furthest astray. */
const small = fc.record({
  quantity: fc.constant(piece),
  grossPrice: fc.integer({ min: 8_000_000, max: 12_000_000 }),
  taxRate: fc.constant(50_000),
});
const any = fc.record({
  quantity: fc.integer({ min: 1_000, max: 90_000_000 }),
  grossPrice: fc.integer({ min: 1_000, max: 2_000_000_000 }),
  taxRate: fc.constantFrom(0, 10_000, 50_000, 130_000),
});
const paper = fc.record({
  currency: fc.constantFrom<'CNY' | 'TWD' | 'KWD'>('TWD', 'CNY', 'TWD', 'KWD'),
  lines: fc.array(fc.oneof(small, any), { minLength: 4, maxLength: 9 }),
});
type Paper = ReturnType<typeof papersOf>[number];
const papersOf = (seed: number) => fc.sample(paper, { seed, numRuns: 4 });

/** One of each, posted, for each of some lists of lines; the same ones for the same seed. */
export async function directPapers(office: Office, trade: Trade, seed: number): Promise<{ record: RecordAnswer; currency: string }[]> {
  const returnReason = await office.id('dictionary_entries', { dictionary: 'returnReason', name: '质量问题' });
  const supplier = (await office.create('sun', 'supplier', { name: '宁波文具制造厂' })).id;
  const { customer, warehouse, pen } = trade;
  const made: { record: RecordAnswer; currency: string }[] = [];
  const post = async (type: string, paper: Paper, values: Record<string, Value>, more: Record<string, Value> = {}) => {
    const money = await moneyOf(office, paper);
    const lines = paper.lines.map((line) => ({ item: pen, ...line, ...more }));
    const draft =
      type === 'loanSale'
        ? await ofLoan(office, trade, paper, money)
        : await office.create('sun', type, { ...values, ...money }, { lines });
    const posted = await office.step('sun', draft, 'post');
    made.push({ record: await office.read('sun', type, posted.id), currency: paper.currency });
  };
  for (const paper of papersOf(seed)) {
    await post('sampleNote', paper, { customer, warehouse, charge: 'charged' });
    await post('loanSale', paper, { customer });
    await post('salesReturn', paper, { customer, returnReason }, { warehouse });
    await post('stockIn', paper, { supplier }, { warehouse });
  }
  return made;
}

const moneyOf = async (office: Office, { currency }: Paper): Promise<Record<string, Value>> => ({
  currency: await office.id('currencies', { code: currency }),
  ...(currency === 'CNY' ? {} : { exchangeRate: 230_000_000 }),
});

/** Lent first, then kept at these prices. */
async function ofLoan(office: Office, { customer, warehouse, pen }: Trade, { lines }: Paper, money: Record<string, Value>) {
  const lent = lines.map(({ quantity }) => ({ item: pen, quantity }));
  const draft = await office.create('sun', 'loan', { customer, warehouse, dueOn: '2030-12-31' }, { lines: lent });
  const loan = await office.step('sun', draft, 'post');
  const sale = await office.become('sun', 'loanSale', [{ type: 'loan', id: loan.id }], { values: money });
  const prices = (sale.parts.lines ?? []).map(({ id }, index) => ({ id, ...lines[index] }));
  return office.change('sun', sale, { parts: { lines: prices } });
}
