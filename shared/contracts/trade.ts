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
  taxCode?: number | null;
  taxRate?: number;
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

export interface StockRow {
  item: number;
  /** Null: promised to orders whose lines name no warehouse. */
  warehouse: number | null;
  onHand: number;
  promised: number;
  available: number;
}
export interface StockListRow extends StockRow {
  code?: string | null;
  name?: string;
  spec?: string | null;
  unit?: string;
  category?: number | null;
  safetyStock?: number | null;
  /** Base currency. */
  value?: number;
  /** Base currency for one unit. */
  averageCost?: number | null;
}
export interface StockListAnswer {
  rows: StockListRow[];
  titles: Titles;
  next: string | null;
}
export interface StockMovesAnswer {
  rows: StockMoveRow[];
  titles: Titles;
  next: number | null;
}
export interface StockMoveRow {
  id: number;
  day: Day;
  at: Instant;
  user: number;
  type: string;
  document: number;
  number?: string;
  step: string;
  /** Takes back an earlier move. */
  isMirror: boolean;
  /** Warehouses it left and reached; null is the world outside. */
  from: number | null;
  to: number | null;
  before: number;
  quantity: number;
  after: number;
}
export interface CostCardAnswer {
  item: number;
  rows: CostCardRow[];
  titles: Titles;
  next: number | null;
}
export interface CostCardRow {
  day: Day;
  at: Instant;
  type: string;
  document: number;
  number?: string;
  step: string;
  isMirror: boolean;
  /** What the step added (or took), and the value it carried in base currency. */
  quantity: number;
  value: number;
  quantityAfter: number;
  valueAfter: number;
  /** Base currency for one unit; null without stock. */
  averageAfter: number | null;
}

export interface OpenSourceRow {
  type: string;
  id: number;
  number: string;
  day: Day;
  customer?: number;
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
  track: { step: 'approved' | 'shipped' | 'paid'; progress: 'none' | 'part' | 'all'; first: Day | null; at: Day | null }[];
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
}

export interface HomeAnswer {
  quotations?: HomeList;
  approvals?: HomeList;
  toShip?: HomeList;
  receivables?: HomeList;
  lowStock?: HomeList;
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
  onHand?: number;
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
  }[];
  next: string | null;
}
