import type { AccountRule } from '../exchange/voucherRules.ts';
import type { Day } from '../kernel/days.ts';

/** What makes one voucher: a document, all of a type in a day, or all of a type in a month. */
export const voucherSpans = ['document', 'day', 'month'] as const;
export type VoucherSpan = (typeof voucherSpans)[number];

export interface Voucher {
  readonly day: Day;
  readonly number: number;
  readonly type: string;
  /** The document, where the voucher is of one. */
  readonly title: string | null;
  /** How many documents it is made of. */
  readonly documents: number;
  readonly entries: readonly VoucherEntry[];
}

/** One side of each is zero; minor units of the company's currency. */
export interface VoucherEntry {
  readonly code: string;
  readonly name: string;
  readonly auxiliary: string | null;
  readonly auxiliaryKind: string | null;
  readonly debit: number;
  readonly credit: number;
}

export interface VouchersAnswer {
  readonly vouchers: readonly Voucher[];
  readonly debit: number;
  readonly credit: number;
}

export interface AccountRulesAnswer {
  readonly version: number;
  readonly rules: readonly AccountRule[];
}
