import { mulDiv } from '../../../shared/kernel/numbers.ts';
import type { Work } from '../../work.ts';

export interface CurrencyRow {
  readonly id: number;
  readonly code: string;
  readonly digits: number;
  /** What one of it is worth in the company's own currency, 10⁻⁹. */
  readonly rate: number;
  readonly main: number;
}

/** The company's currencies at its own rates. */
export interface Exchange {
  readonly base: CurrencyRow;
  /** The currency itself; an unknown one counts as the company's own. */
  readonly of: (id: number | null) => CurrencyRow;
  /** A price (10⁻⁶ of the major unit) in another currency. */
  readonly price: (price: number, from: CurrencyRow, to: CurrencyRow) => number;
  /** An amount (minor units) in the company's own currency. */
  readonly toBase: (amount: number, from: CurrencyRow) => number;
}

const fallback: CurrencyRow = { id: 0, code: '', digits: 2, rate: 1_000_000_000, main: 1 };

export async function exchangeOf(work: Work): Promise<Exchange> {
  const rows = (await work.tx('currencies').select('id', 'code', 'digits', 'rate', 'main')) as CurrencyRow[];
  const base = rows.find((row) => row.main === 1) ?? fallback;
  const worth = (currency: CurrencyRow): number => (currency.id === base.id ? 1_000_000_000 : currency.rate);
  return {
    base,
    of: (id) => rows.find((row) => row.id === id) ?? base,
    price: (price, from, to) => (from.id === to.id ? price : mulDiv([price, worth(from)], [worth(to)])),
    toBase: (amount, from) =>
      from.id === base.id ? amount : mulDiv([amount, worth(from), 10 ** base.digits], [1_000_000_000, 10 ** from.digits]),
  };
}
