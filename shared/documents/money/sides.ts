import type { Visibility } from '../../kernel/definition.ts';

/**
 * Money is owed to us or by us. Both sides go the same way with other names: a document makes a debt, money pays it or is held
 * in advance, what is held is set against debts later or given back. What is owed is positive in either ledger.
 */
export interface Side {
  readonly party: 'customer' | 'supplier';
  readonly ledger: 'receivable' | 'payable';
  readonly visibility: Visibility;
  /** The field of a debt that counts what was paid of it; in the ledger the outside place the money comes from. */
  readonly settled: 'received' | 'paid';
  /** Where the money of this side comes from or goes to, as the cash ledger sees it. */
  readonly cash: 'customers' | 'suppliers';
  /** What really reached or left the account, after the bank's fee. */
  readonly booked: 'arrived' | 'paidOut';
  /** Money that is worth more than the debt it pays is a gain where we get it and a loss where we give it. */
  readonly gain: 1 | -1;
  /** The types of document of this side, by what they do. */
  readonly money: 'receipt' | 'payment';
  readonly settlement: 'settlement' | 'supplierSettlement';
  readonly refund: 'refund' | 'supplierRefund';
  readonly transfer: 'debtTransfer' | 'payableTransfer';
  /** Which part of a netting holds the debts of this side. */
  readonly nettingPart: 'allocations' | 'payables';
  /** Documents whose money in advance lies together at `prepaid:CURRENCY`; every other credit lies at its own document. */
  readonly pooled: readonly string[];
}

export const customerSide: Side = {
  party: 'customer',
  ledger: 'receivable',
  visibility: { by: 'owner', through: 'customer' },
  settled: 'received',
  cash: 'customers',
  booked: 'arrived',
  gain: 1,
  money: 'receipt',
  settlement: 'settlement',
  refund: 'refund',
  transfer: 'debtTransfer',
  nettingPart: 'allocations',
  pooled: ['receipt', 'openingCredit'],
};

export const supplierSide: Side = {
  party: 'supplier',
  ledger: 'payable',
  visibility: { by: 'company' },
  settled: 'paid',
  cash: 'suppliers',
  booked: 'paidOut',
  gain: -1,
  money: 'payment',
  settlement: 'supplierSettlement',
  refund: 'supplierRefund',
  transfer: 'payableTransfer',
  nettingPart: 'payables',
  pooled: ['payment', 'openingSupplierCredit'],
};
