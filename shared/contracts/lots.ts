import type { Day } from '../kernel/days.ts';
import type { Tracking } from '../records/lot.ts';
import type { Titles } from './wire.ts';

/** Answers about batches and serial numbers. Quantities are in 10⁻⁶ of the item's own unit, values in minor units of the company's currency. */
export interface LotStockRow {
  lot: number;
  number: string;
  item: number;
  code: string | null;
  name: string;
  unit: string;
  by: Tracking;
  madeOn: Day | null;
  expiresOn: Day | null;
  /** Until it expires; below zero afterwards. Null: it never does. */
  daysLeft: number | null;
  blocked: boolean;
  /** What kind of place it lies at, and the record behind it. */
  kind: 'warehouse' | 'transit' | 'lent';
  place: number;
  held: number;
  /** At the moving average; for whoever may see cost. */
  value?: number;
}
export interface LotStockAnswer {
  rows: LotStockRow[];
  titles: Titles;
  next: string | null;
}
export const lotStates = ['all', 'expiring', 'expired', 'blocked'] as const;
export type LotState = (typeof lotStates)[number];

/** Of some items those that are told apart, and what may be chosen of them. */
export interface LotChoicesAnswer {
  tracked: Record<number, { by: Tracking; name: string; shelfLifeDays: number | null }>;
  lots: LotChoice[];
}
export interface LotChoice {
  item: number;
  warehouse: number;
  lot: number;
  number: string;
  madeOn: Day | null;
  expiresOn: Day | null;
  blocked: boolean;
  held: number;
}

/** Where a batch or a serial number came from, where it lies and where it went. */
export interface LotTraceAnswer {
  places: { kind: string; place: number; held: number }[];
  /** Everything that moved it and was not taken back, the oldest first. */
  moves: LotTraceMove[];
  titles: Titles;
}
export interface LotTraceMove {
  id: number;
  day: Day;
  /** `in` from outside, `out` to it, or from one place of ours to another. */
  way: 'in' | 'out' | 'inside';
  type: string;
  document: number;
  /** Absent when whoever asks may not see the document. */
  number?: string;
  from: { kind: string; place: number };
  to: { kind: string; place: number };
  amount: number;
  /** The customer or the supplier of the document, where it may be seen. */
  party?: { type: 'customer' | 'supplier'; id: number };
}
