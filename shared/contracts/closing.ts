import type { Day, Instant } from '../kernel/days.ts';
import type { Titles } from './wire.ts';

/** What is looked at before a month is closed, in the order in which it is. */
export const closingChecks = [
  'drafts',
  'pending',
  'openCounts',
  'negativeStock',
  'uninvoicedGoods',
  'unallocatedMoney',
  'openAdvances',
  'unclosedDays',
  'numberGaps',
  'ledgers',
  'flows',
] as const;
export type ClosingCheck = (typeof closingChecks)[number];

/** A month is not closed while one of these finds something. */
export const closingMusts: readonly ClosingCheck[] = ['ledgers', 'flows'];

/** What a check found: how much altogether, and where to look. */
export interface ClosingFindings {
  readonly check: ClosingCheck;
  readonly count: number;
  readonly rows: readonly ClosingRow[];
  /** A long check is asked slice by slice: how many there are. */
  readonly slices: number;
}

export interface ClosingRow {
  /** The type of record concerned; the list of it is opened with `states`, the record with `id`. */
  readonly type?: string;
  readonly states?: readonly string[];
  readonly id?: number;
  readonly title?: string;
  readonly count?: number;
  /** A quantity 10⁻⁶ or money in minor units of `currency`. */
  readonly quantity?: number;
  readonly amount?: number;
  readonly currency?: number;
  /** What a proof says, for whoever keeps the server. */
  readonly detail?: string;
}

export interface ClosingAnswer {
  /** Closed up to and with this day. */
  readonly closedThrough: Day | null;
  readonly by: string | null;
  readonly at: Instant | null;
  readonly history: readonly {
    readonly action: 'close' | 'reopen';
    readonly through: Day | null;
    readonly reason: string | null;
    readonly at: Instant;
    readonly by: string;
  }[];
}

export interface MonthSummaryAnswer {
  readonly accounts: readonly {
    readonly account: number;
    readonly name: string;
    readonly currency: number;
    readonly opening: number;
    readonly income: number;
    readonly expense: number;
    readonly closing: number;
  }[];
  /** By where money came from or went to (a place of the cash ledger) and currency: in less out. */
  readonly kinds: readonly { readonly kind: string; readonly currency: number; readonly amount: number }[];
}

/** What claims spent for a customer or an order, in minor units of the company's currency. */
export interface ExpensesAnswer {
  readonly rows: readonly {
    readonly id: number;
    readonly number: string;
    readonly day: Day;
    readonly state: string;
    readonly amount: number;
  }[];
  readonly total: number;
}

/** What a year hands to the next: quantities 10⁻⁶, amounts in minor units of their currency (values and advances in the company's own). */
export interface YearFigures {
  readonly stock: readonly { readonly item: number; readonly quantity: number; readonly value: number }[];
  readonly receivable: readonly YearDebt[];
  readonly payable: readonly YearDebt[];
  readonly cash: readonly { readonly account: number; readonly currency: number; readonly amount: number }[];
  readonly advance: readonly { readonly user: number; readonly amount: number }[];
}
export interface YearDebt {
  readonly party: number;
  readonly currency: number;
  readonly amount: number;
}

export interface YearsAnswer {
  /** Closed years, the latest first. */
  readonly years: readonly { readonly year: string; readonly at: Instant; readonly by: string }[];
  /** The year whose months are all closed and that can be closed now. */
  readonly next: string | null;
  readonly history: readonly {
    readonly action: 'close' | 'reopen';
    readonly year: string;
    readonly reason: string | null;
    readonly at: Instant;
    readonly by: string;
  }[];
}

export interface YearAnswer {
  readonly year: string;
  readonly isClosed: boolean;
  /** Whether what was put on record equals what the books hand to the next year now; null for an open year. */
  readonly agrees: boolean | null;
  readonly figures: YearFigures;
  readonly titles: Titles;
}
