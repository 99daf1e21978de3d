import type { Day, Instant } from '../kernel/days.ts';
import type { Titles } from './wire.ts';

/** Answers about stock. Quantities are in 10⁻⁶ of the item's own unit, values in minor units of the company's currency. */
export interface StockRow {
  item: number;
  /** Null: promised to orders whose lines name no warehouse. */
  warehouse: number | null;
  onHand: number;
  promised: number;
  available: number;
  /** Ordered from suppliers for this warehouse and not received yet. */
  onOrder: number;
  /** On the way to this warehouse: sent by another one and not received yet. */
  inTransit: number;
  /** At customers' on loan; a row of its own, without a warehouse. */
  lent: number;
}
export interface StockListRow extends StockRow {
  code?: string | null;
  name?: string;
  spec?: string | null;
  unit?: string;
  /** Further units it is counted in; `ratio` is how many of its own unit one of them is. */
  units?: { unit: string; ratio: number }[];
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
  item: number;
  /** Warehouses it left and reached; null is the world outside. `fromKind` and `toKind` say what kind of place it was. */
  from: number | null;
  to: number | null;
  fromKind: string;
  toKind: string;
  /** How much moved, and by how much that changed what lies at the places looked at. */
  amount: number;
  before: number;
  quantity: number;
  after: number;
}
/** An item outside one of its limits; the limit is a warehouse's, or everywhere's. */
export interface StockLimitRow {
  item: number;
  code: string | null;
  name: string;
  spec: string | null;
  unit: string;
  units: { unit: string; ratio: number }[];
  warehouse: number | null;
  minimum: number | null;
  maximum: number | null;
  available: number;
  /** Ordered from suppliers and not here yet. */
  onOrder: number;
  /** To order now, so that there is as much as may lie there at most (twice the minimum where nothing is said). */
  suggested: number;
}
export interface StockLimitsAnswer {
  rows: StockLimitRow[];
  titles: Titles;
  next: string | null;
}
export interface CostCardAnswer {
  item: number;
  rows: CostCardRow[];
  titles: Titles;
  next: string | null;
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
  /** The document that changed the cost of this one later. */
  cause?: { type: string; document: number; number?: string };
}
/** What posting a document on an earlier day does to documents posted before. */
export interface CostChangesAnswer {
  /** How many documents, and how many of their rows are not named here. */
  documents: number;
  left: number;
  rows: CostChangeRow[];
  titles: Titles;
  /** Of all rows together, in minor units of the company's currency. */
  before: number;
  after: number;
}
export interface CostChangeRow {
  day: Day;
  type: string;
  document: number;
  number?: string;
  item: number;
  quantity: number;
  before: number;
  after: number;
}
