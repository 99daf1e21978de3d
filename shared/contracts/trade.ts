import type { Day, Instant } from '../kernel/days.ts';
import type { Facts } from '../kernel/refusal.ts';
import type { Titles } from './wire.ts';

/**
 * Answers about prices, stock, debts, money and the way of an order. Fields behind a question mark are absent when the reader
 * may not see them. Money is in minor units, quantity, price and rate in 10⁻⁶.
 */
export interface ItemPrices {
  name: string;
  code?: string | null;
  spec?: string | null;
  unit: string;
  /** Further units; `ratio` is how many of the item's own unit one of them is. */
  units: { unit: string; ratio: number }[];
  /** Gross per own unit, in the currency asked for. */
  list?: number | null;
  level?: { name: string; grossPrice: number };
  /** What the customer paid last; `currency` is the one it was agreed in, the prices are in the one asked for. */
  last?: LastPrice;
  floor?: number | null;
  /** How the customer calls it, and what was agreed with it for now. */
  customerCode?: string;
  customerName?: string;
  agreed?: { grossPrice: number; until: Day | null };
  /** Promotions that run today for this customer. */
  promotions?: PromotionPrice[];
  /** The price book in force. */
  book?: BookPrice;
  /** What the supplier asked about asks today, by quantity (in own units), the cheapest first. */
  tiers?: SupplierTier[];
  /** What other suppliers ask, the cheapest first, and were last paid, the latest first. */
  others?: (SupplierTier | (LastPrice & { supplier: number; supplierName: string }))[];
  taxCode?: number | null;
  taxRate?: number;
}
/** A price or so much off, for the item's own unit, from a quantity on where one is given. */
export interface PromotionPrice {
  id: number;
  title: string;
  until: Day;
  minQuantity: number | null;
  grossPrice: number | null;
  discount: number | null;
}
export interface BookPrice {
  id: number;
  title: string;
  from: Day;
  grossPrice: number;
}
export interface SupplierTier {
  supplier: number;
  supplierName: string;
  minQuantity: number;
  grossPrice: number;
  until: Day | null;
  leadDays: number | null;
  supplierCode: string | null;
}
export interface LastPrice {
  grossPrice: number;
  price: number;
  unit: string | null;
  day: Day;
  currency?: number;
  /** The document it was agreed in, when the reader may see it. */
  type?: string;
  id?: number;
  number?: string;
}
export interface PricesAnswer {
  currency: number;
  prices: Record<number, ItemPrices>;
}

export interface OpenSourceRow {
  type: string;
  id: number;
  number: string;
  day: Day;
  customer?: number;
  supplier?: number;
  /** Absent when the whole document becomes one row. */
  row?: number;
  item?: number | null;
  name?: string | null;
  spec?: string | null;
  unit?: string | null;
  warehouse?: number | null;
  deliverBy?: Day | null;
  currency?: number | null;
  open?: number;
  limit?: number;
}
export interface OpenSourcesAnswer {
  rows: OpenSourceRow[];
  titles: Titles;
  next: string | null;
}

export interface CustomerBalanceAnswer {
  /** Absent without the right to see sales prices. */
  balances?: { currency: number; open: number; prepaid: number; balance: number }[];
  /** Base currency; a null limit means that none was given. */
  credit?: { limit: number | null; used: number; free: number | null };
}
export interface BookRow {
  day: Day;
  type: string;
  id: number;
  number?: string;
  step: string;
  isMirror: boolean;
  debit: number;
  credit: number;
  balance: number;
  /** Names the entry in the ledger. */
  entry: number;
  /** Found on the bank's statement; only in the book of an account. */
  isReconciled?: boolean;
}
export interface BookAnswer {
  from: Day;
  to: Day;
  currency: number;
  /** Balance before the first day, before the first row of this page, and after the last day. */
  opening: number;
  carried: number;
  closing: number;
  debit: number;
  credit: number;
  rows: BookRow[];
  next: string | null;
}

/** A book of what somebody owes, with what its period came to by kind and, when asked for, the goods of each document. */
export interface StatementAnswer extends Omit<BookAnswer, 'rows'> {
  rows: StatementRow[];
  /** By outside place of the ledger (`sales`, `received`, `discount` …): what came from there (above zero) or went there. */
  kinds: Record<string, number>;
}
export interface StatementRow extends BookRow {
  /** Stands at the row with which a document came to be owed; absent where nothing of it can be invoiced. As of today. */
  invoiced?: number;
  invoicedOn?: Day | null;
  goods?: { name: string; spec?: string; unit?: string; quantity: number; grossPrice?: number; grossAmount: number }[];
}

export interface ReceivableRow {
  customer: number;
  name: string;
  owner?: number | null;
  currency: number;
  open: number;
  prepaid: number;
  overdue: number;
  /** Days since the oldest open document fell due. */
  overdueDays: number;
  /** Overdue by 1–30, 31–60, 61–90 and more days. */
  buckets: [number, number, number, number];
  /** Of the open documents: what was invoiced of them so far, and the day of the last invoice. Null where none of them can be invoiced. */
  invoiced: number | null;
  invoicedOn: Day | null;
}
/** The same of what we owe a supplier. */
export type PayableRow = Omit<ReceivableRow, 'customer'> & { supplier: number };
export interface PayablesAnswer {
  rows: PayableRow[];
  titles: Titles;
  next: string | null;
}
export interface ReceivablesAnswer {
  rows: ReceivableRow[];
  titles: Titles;
  next: string | null;
}

export interface ApprovalLine {
  id: number;
  item: number;
  name?: string | null;
  /** Gross per own unit of the item, base currency. */
  listPrice?: number | null;
  floorPrice?: number | null;
  agreedPrice: number;
  /** What the agreed price lies under the list price; null without a list price. */
  discount?: number | null;
  /** Base currency, for the whole line. */
  netAmount: number;
  cost?: number;
  margin?: number;
  /** Of the net amount. */
  marginRate?: number | null;
  below: boolean;
}
export interface ApprovalAnswer {
  type: string;
  id: number;
  version: number;
  state: string | null;
  lines: ApprovalLine[];
  totals: { grossAmount: number; netAmount: number; cost?: number; margin?: number; marginRate?: number | null; below: number };
  credit?: { limit: number | null; used: number; free: number | null; wanted: number };
}

export interface ExecutionAnswer {
  type: string;
  id: number;
  number: string;
  day: Day;
  state: string;
  summary: ExecutionSummary;
  quotations: ExecutionDocument[];
  stockOuts: ExecutionDocument[];
  receipts: ExecutionDocument[];
  notices: ExecutionDocument[];
  returns: ExecutionDocument[];
  refunds: ExecutionDocument[];
  shipments: Shipment[];
  invoices: ExecutionDocument[];
  track: { step: 'approved' | 'shipped' | 'signed' | 'paid'; progress: 'none' | 'part' | 'all'; first: Day | null; at: Day | null }[];
}
/** How some of an order's goods travelled. */
export interface Shipment {
  id: number;
  number: string;
  day: Day;
  method: string | null;
  carrier: string | null;
  parcelNumber: string | null;
  /** The carrier's own page about the parcel. */
  trackAt: string | null;
  signedOn: Day | null;
  signedBy: string | null;
  lines: { item: number; name: string | null; unit: string | null; quantity: number }[];
}
export interface ExecutionSummary {
  customer?: number;
  signedOn?: Day | null;
  deliverBy?: Day | null;
  currency?: number | null;
  total?: number;
  /** What the shipped goods come to at the order's prices. */
  shippedAmount?: number;
  received?: number;
  openAmount?: number;
  lines: { id: number; item: number; name?: string | null; unit?: string | null; quantity: number; shipped: number; open: number }[];
}
export interface ExecutionDocument {
  type: string;
  id: number;
  number: string;
  day: Day;
  state: string;
  /** What of it concerns this order: quantity of a delivery, money of a receipt. */
  amount?: number;
  /** Its number elsewhere: an invoice's at the tax office. */
  reference?: string;
}

export interface HomeAnswer {
  quotations?: HomeList;
  approvals?: HomeList;
  toShip?: HomeList;
  receivables?: HomeList;
  lowStock?: HomeList;
  /** Devices that wait for somebody to approve them, for whoever may. */
  devicesWaiting?: number;
  figures?: { currency: number; sales?: HomeFigure; receipts?: HomeFigure };
}
export interface HomeList {
  /** Counted up to `countMax`. */
  count: number;
  countMax: number;
  rows: HomeRow[];
}
export interface HomeRow {
  type: string;
  id: number;
  title: string;
  day: Day | null;
  state?: string | null;
  customer?: string;
  total?: number;
  currency?: number;
  /** Days since it fell due; negative while there is time. */
  overdueDays?: number;
  available?: number;
  safetyStock?: number;
  unit?: string;
}
export interface HomeFigure {
  today: number;
  month: number;
  lastMonth: number;
}

export interface SettingsAnswer {
  version: number;
  values: Record<string, string | number | boolean | null>;
}
export interface NumberingAnswer {
  version: number;
  rows: { type: string; series: string; standard: string; next: string; drawnAt: string; editable: boolean }[];
}

export interface SavedView {
  id: number;
  type: string;
  name: string;
  shared: boolean;
  mine: boolean;
  version: number;
  /** What people begin with who hold one of these positions; and whether the reader does. */
  positions: number[];
  isDefault: boolean;
  content: unknown;
}
export interface NoticesAnswer {
  rows: { id: number; at: Instant; code: string; facts: Facts; type: string | null; record: number | null; readAt: Instant | null }[];
  unread: number;
  next: number | null;
}
export interface GapsAnswer {
  rows: {
    period: string;
    last: number;
    missing: string[];
    void: { id: number; number: string }[];
    deleted: { id: number; number: string }[];
    /** Left out on purpose and on record; no reason means after a restore. */
    skipped: { number: string; reason: string | null }[];
    /** Numbers of red-letter invoices; `period` then begins with the kind of invoice and a bar. */
    red?: { id: number; number: string }[];
  }[];
  next: string | null;
}
