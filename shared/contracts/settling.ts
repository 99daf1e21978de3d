import type { Day } from '../kernel/days.ts';

/**
 * What was invoiced of a document so far, and the day of the last invoice that stands. Both are null where nothing of it can be
 * invoiced, or the reader may not see what is.
 */
export interface InvoicedAnswer {
  invoiced: number | null;
  invoicedOn: Day | null;
}

/** Open debts and money held of one customer or supplier; amounts in minor units of the row's currency. */
export interface SettleAnswer {
  debts: SettleDebt[];
  credits: SettleCredit[];
  /** The same company on the other side, where it both buys and sells and the reader may see that. */
  other: { party: number; name: string; debts: SettleDebt[] } | null;
}
export interface SettleDebt extends InvoicedAnswer {
  type: string;
  id: number;
  number: string;
  day: Day;
  dueOn: Day;
  /** Which instalment of the document's plan; null without a plan. */
  period: number | null;
  currency: number;
  total: number;
  open: number;
}
export interface SettleCredit extends InvoicedAnswer {
  type: string;
  id: number;
  number: string;
  day: Day;
  currency: number;
  total: number;
  left: number;
  /** What was written on it: a remark, a bank's reference. */
  note: string;
}

/** A settlement as it was put together: so much of each debt against so much of what is held, or of the other side's debts. */
export interface SettleInput {
  side: 'customer' | 'supplier';
  party: number;
  currency: number;
  against: 'credits' | 'otherSide';
  /** The company on the other side, when it is netted. */
  other?: number | undefined;
  day?: Day | undefined;
  remark?: string | undefined;
  debts: { type: string; id: number; amount: number }[];
  credits: { type: string; id: number; amount: number }[];
}

/** How far the drawing of many statements has come. */
export interface BatchAnswer {
  id: string;
  state: 'running' | 'done' | 'cancelled' | 'failed';
  done: number;
  total: number;
}

/** What a credit limit is decided by; money in minor units of the company's currency, shares in 10⁻⁶. */
export interface CreditHistoryAnswer {
  credit: { limit: number | null; used: number; free: number | null };
  /** Paid in the last twelve months, after so many days on average, so many days late at worst, so much of it late. */
  paid: number;
  averageDays: number | null;
  latestDays: number;
  lateShare: number | null;
  open: number;
  overdue: number;
  overdueDays: number;
}
