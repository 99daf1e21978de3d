import type { Day } from '../kernel/days.ts';
import type { ExecutionAnswer, ExecutionDocument } from './trade.ts';

/** Answers of purchasing. Prices and quantities in 10⁻⁶. */
export interface ComparisonAnswer {
  id: number;
  number: string;
  state: string;
  quotations: ComparisonQuotation[];
  lines: ComparisonLine[];
}
export interface ComparisonQuotation {
  id: number;
  version: number;
  number: string;
  state: string;
  supplier: number;
  supplierName: string;
  /** Code of the currency its prices are in. */
  currency: string;
  validUntil: Day | null;
}
export interface ComparisonLine {
  id: number;
  item: number;
  name: string;
  spec: string | null;
  unit: string;
  quantity: number;
  ordered: number;
  /** What was last paid, with tax in the company's own currency, per unit of the line. */
  last: { grossPrice: number; day: Day; supplierName: string } | null;
  offers: ComparisonOffer[];
}
export interface ComparisonOffer {
  quotation: number;
  row: number;
  isAnswered: boolean;
  /** Without tax, in the company's own currency. */
  netPrice: number;
  /** As the supplier says it: with tax, in its currency. */
  grossPrice: number;
  taxRate: number;
  leadDays: number | null;
  minQuantity: number | null;
  quantity: number;
  ordered: number;
  /** The cheapest without tax. */
  isBest: boolean;
}

/** How far an order or a contract has come. Money is absent without the right to see purchase prices. */
export interface PurchaseExecutionAnswer {
  state: string;
  total?: number;
  /** What the goods received come to at the order's prices. */
  receivedAmount?: number;
  paid?: number;
  openAmount?: number;
  /** What it came from, what came from it, in the order of the trade; `amount` is quantity for goods, money for payments. */
  documents: (ExecutionDocument & { holds: 'origin' | 'goods' | 'money' })[];
  track: (Omit<ExecutionAnswer['track'][number], 'step'> & { step: 'approved' | 'called' | 'received' | 'paid' })[];
}

/** What the goods of a sales order were bought for: net, in the company's own currency. */
export interface MarginAnswer {
  lines: { id: number; name: string; quantity: number; purchased: number; sold: number; bought: number; margin: number }[];
  totals: { sold: number; bought: number; margin: number; marginRate: number | null };
}

export interface PlanAnswer {
  rows: PlanRow[];
  /** More items are short than are shown. */
  hasMore: boolean;
}
/** What should be bought of an item; quantities in its own unit. */
export interface PlanRow {
  item: number;
  code: string | null;
  name: string;
  spec: string | null;
  unit: string;
  warehouse: number | null;
  onHand: number;
  promised: number;
  onOrder: number;
  safetyStock: number;
  /** What will be sold, by the months looked back at. */
  forecast: number;
  /** safetyStock + promised + forecast − onHand − onOrder, where above nothing. */
  suggested: number;
  supplier: number | null;
  supplierName: string | null;
  /** With tax, per own unit, in the company's own currency. */
  grossPrice: number | null;
  leadDays: number | null;
}
