import { mulDiv } from '../../../shared/kernel/numbers.ts';
import type { Work } from '../../work.ts';

export interface CurrencyRow {
  readonly id: number;
  readonly code: string;
  readonly digits: number;
  /** What one of it is worth in the company's own currency, 10⁻⁹; null when nobody has said. */
  readonly rate: number | null;
  readonly main: number;
}

/** The company's currencies at its own rates. */
export interface Exchange {
  readonly base: CurrencyRow;
  /** The currency itself; an unknown one counts as the company's own. */
  readonly of: (id: number | null) => CurrencyRow;
  /** Whether a price in one can be said in the other: both rates are known, or none is needed. */
  readonly knows: (from: CurrencyRow, to: CurrencyRow) => boolean;
  /** A price (10⁻⁶ of the major unit) in another currency. */
  readonly price: (price: number, from: CurrencyRow, to: CurrencyRow) => number;
  /** An amount (minor units) in the company's own currency. */
  readonly toBase: (amount: number, from: CurrencyRow) => number;
}

const fallback: CurrencyRow = { id: 0, code: '', digits: 2, rate: 1_000_000_000, main: 1 };

async function currencyRows({ tx, company: { store } }: Work): Promise<readonly CurrencyRow[]> {
  const known = store.memory.recall<readonly CurrencyRow[]>(['currencies'], 'rates');
  if (known) return known;
  const rows = (await tx('currencies').select('id', 'code', 'digits', 'rate', 'main')) as CurrencyRow[];
  store.memory.keep(tx, ['currencies'], 'rates', rows);
  return rows;
}

export async function exchangeOf(work: Work): Promise<Exchange> {
  const rows = await currencyRows(work);
  const base = rows.find((row) => row.main === 1) ?? fallback;
  const worth = (currency: CurrencyRow): number => (currency.id === base.id ? 1_000_000_000 : (currency.rate ?? 1_000_000_000));
  return {
    base,
    knows: (from, to) => from.id === to.id || [from, to].every(({ id, rate }) => id === base.id || rate !== null),
    of: (id) => rows.find((row) => row.id === id) ?? base,
    price: (price, from, to) => (from.id === to.id ? price : mulDiv([price, worth(from)], [worth(to)])),
    toBase: (amount, from) =>
      from.id === base.id ? amount : mulDiv([amount, worth(from), 10 ** base.digits], [1_000_000_000, 10 ** from.digits]),
  };
}
