import type { Day, Instant } from '../kernel/days.ts';
import type { Value } from '../kernel/definition.ts';
import type { Titles } from './wire.ts';

/** What can be asked of a record's own past, besides the types of what is linked to it. */
export const ownPast = ['changes', 'assignments', 'files', 'papers'] as const;

/** Everything that happened with a record and with whatever is linked to it, the newest first. */
export interface TimelineAnswer {
  rows: TimelineRow[];
  titles: Titles;
  next: number | null;
  /** What the list can be narrowed to: parts of the own past, and types the reader may see. */
  kinds: string[];
}
export interface TimelineRow {
  seq: number;
  at: Instant;
  /** Part of the own past, or the type of the linked record. */
  kind: string;
  type: string;
  id: number;
  title: string;
  /** State the linked document is in now. */
  state?: string;
  day?: Day;
  action: string;
  byName: string | null;
  reason?: string;
  /** What the document comes to, in minor units of its currency; absent without the right to see it. */
  amount?: number;
  currency?: number;
  changes: { path: string; before: Value; after: Value }[];
  /** Name of the file that was attached or taken away. */
  file?: string;
}

/** How a record stands with us, in figures that open their lists. */
export interface SummaryAnswer {
  own: SummaryFigures;
  /** The same of every record below it in the tree, itself not counted; absent where nothing is below. */
  below?: SummaryFigures & { members: number };
}
export interface SummaryFigures {
  rows: SummaryRow[];
  /** What is owed and was paid in advance, by currency; absent without the right to see it. */
  balances?: { currency: number; open: number; prepaid: number }[];
}
export interface SummaryRow {
  type: string;
  /** The field of the type by which it hangs on the record. */
  field: string;
  count: number;
  lastDay: Day | null;
  /** Sums of the documents that count, by currency in its minor units; empty for what has no amount, or without the right. */
  sums: { currency: number; amount: number }[];
}

/** Who bought an item, and who was offered it and has not. */
export interface ItemBuyersAnswer {
  bought: ItemBuyer[];
  offered: Pick<ItemBuyer, 'customer' | 'last'>[];
  titles: Titles;
}
export interface ItemBuyer {
  customer: number;
  lastDay: Day;
  /** What its lines of this item came to, by currency. */
  sums: { currency: number; amount: number }[];
  /** The last price, in the currency of the document it was agreed in. */
  last?: { grossPrice: number; unit: string | null; day: Day; type?: string; id?: number; number?: string };
}
