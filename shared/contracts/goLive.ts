import type { Instant } from '../kernel/days.ts';

/** What is counted before a company goes live: records, what lies in warehouses, what is owed, what accounts hold. */
export const openingKinds = [
  'items',
  'customers',
  'suppliers',
  'stockQuantity',
  'stockValue',
  'receivable',
  'customerAdvance',
  'payable',
  'supplierAdvance',
  'account',
] as const;
export type OpeningKind = (typeof openingKinds)[number];

/** One figure of the opening, and what the old system said of it. */
export interface OpeningFigure {
  /** `stockValue:3`: the kind, and the warehouse, currency or account it is of. */
  key: string;
  kind: OpeningKind;
  /** The name of the warehouse, currency or account; empty for records. */
  title: string;
  /** How many records, lines or documents it adds up. */
  count: number;
  /** Quantity in 10⁻⁶, money in minor units of its currency, records as they are counted. */
  amount: number;
  /** In the same unit; null while nobody has said. Of records nobody has to. */
  control: number | null;
  /** Decimal digits and symbol of money. */
  digits?: number;
  symbol?: string;
}

export interface GoLiveAnswer {
  isLive: boolean;
  /** Of the control totals. */
  version: number;
  figures: OpeningFigure[];
  /** Opening documents that wait to be posted, by type. */
  drafts: Record<string, number>;
  /** What was agreed when the figures were locked. */
  agreed: { at: Instant; by: string; reason: string | null } | null;
}

/** Records are counted for information; everything else has to agree. */
export const mustAgree = ({ kind }: Pick<OpeningFigure, 'kind'>): boolean =>
  kind !== 'items' && kind !== 'customers' && kind !== 'suppliers';

/** A figure that differs from its control total, or that has none although it needs one. */
export const differs = (figure: Pick<OpeningFigure, 'kind' | 'amount' | 'control'>): boolean =>
  figure.control === null ? mustAgree(figure) : figure.control !== figure.amount;
