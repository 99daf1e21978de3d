import type { Day } from '../kernel/days.ts';
import type { GuardLevel } from '../kernel/definition.ts';
import type { Facts } from '../kernel/refusal.ts';
import type { Shipment } from './trade.ts';
import type { Titles } from './wire.ts';

/**
 * Answers about releasing and shipping. Fields behind a question mark are absent when the reader may not see them. Money is in minor
 * units, quantity in 10⁻⁶.
 */
export interface ReleaseRow {
  order: number;
  number: string;
  row: number;
  day: string;
  customer: number;
  owner: number | null;
  deliverBy: string | null;
  deliveryAddress: string | null;
  item: number;
  name: string | null;
  spec: string | null;
  unit: string | null;
  warehouse: number | null;
  quantity: number;
  released: number;
  shipped: number;
  open: number;
  /** What lies in the warehouse and is released to nobody, in the line's unit; null for what is not kept in stock. */
  free: number | null;
  currency?: number;
  total?: number;
  /** What came in for the order, advances included, and what has to before it is released. */
  paid?: number;
  needed?: number;
  /** What is left of the customer's credit, in the company's currency; null without a limit. */
  creditLeft?: number | null;
  overdueDays?: number;
  reasons: ReleaseReason[];
}

/** Why a line is not simply released, and how firm that is. */
export interface ReleaseReason {
  code: string;
  level: GuardLevel;
  facts?: Facts;
}

export interface ReleaseAnswer {
  rows: ReleaseRow[];
  titles: Titles;
  next: string | null;
}

export interface ReleasedAnswer {
  notices: { id: number; number: string; customer: number }[];
}

/** A delivery that nobody has signed for. */
export interface TransitRow {
  id: number;
  number: string;
  day: string;
  customer: number;
  owner: number | null;
  carrier: string | null;
  parcelNumber: string | null;
  /** The carrier's own page about the parcel. */
  trackAt: string | null;
  expectedOn: string;
  ageDays: number;
}
export interface TransitAnswer {
  rows: TransitRow[];
  titles: Titles;
  next: string | null;
}

/** Goods of a loan that are still out. */
export interface LoanRow {
  /** The line. */
  id: number;
  loan: number;
  number: string;
  day: string;
  dueOn: string;
  customer: number;
  owner: number | null;
  item: number;
  name: string | null;
  unit: string | null;
  quantity: number;
  left: number;
  ageDays: number;
}
export interface LoansAnswer {
  rows: LoanRow[];
  titles: Titles;
  next: string | null;
}

/** How the deliveries of a carrier or into a region arrived. */
export interface QualityRow {
  id: number | null;
  name: string | null;
  shipped: number;
  signed: number;
  onTime: number;
  /** In time of all that was shipped, 10⁻⁶. */
  share: number | null;
  /** From shipping to signature, 10⁻⁶ days. */
  averageDays: number | null;
}
export interface QualityAnswer {
  rows: QualityRow[];
}

/** How far the goods of an order have come, for the customer who asks. */
export interface DeliveryStatus {
  number: string;
  day: Day;
  deliverBy: Day | null;
  /** Goods leave by delivery notice: what was released is told apart from what was sent. */
  byNotice: boolean;
  lines: DeliveryStatusLine[];
  shipments: (Shipment & { parcelNumbers: string[] })[];
  /** The same in words, ready to be sent. */
  text: string;
}

/** Quantities in the unit of the line. */
export interface DeliveryStatusLine {
  row: number;
  name: string;
  spec: string;
  unit: string;
  ordered: number;
  released: number;
  shipped: number;
  inTransit: number;
  signed: number;
}
