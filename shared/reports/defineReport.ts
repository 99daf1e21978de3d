import type { Sort } from '../kernel/definition.ts';

/**
 * A report is a question about stored figures that is asked again and again: what is counted (measures), by what it can be told
 * apart (axes), and where both come from (sources). Pure data; the server turns it into queries, the client into a page.
 */
export interface ReportDefinition {
  readonly name: string;
  /** The area of the menu it belongs to. */
  readonly area: string;
  /** What happened between two days, how things stood when a day ended, or how they stand. */
  readonly time: 'period' | 'day' | 'now';
  readonly sources: readonly ReportSource[];
  /** In the order of the columns. */
  readonly measures: Readonly<Record<string, Measure>>;
  readonly axes: Readonly<Record<string, Axis>>;
  /** How it is grouped until somebody chooses otherwise: by one axis or two. */
  readonly groupBy: readonly string[];
  /** The axis whose values are columns, until somebody chooses otherwise, and the measure in their cells. */
  readonly pivot?: { readonly axis: string; readonly measure: string };
  /** A measure or an axis. */
  readonly sort: { readonly by: string; readonly direction: Sort['direction'] };
  /** Rows in which something is missing in one column while another has it to spare are marked. */
  readonly hint?: 'uneven';
}

/** A figure of the report; amounts are in the company's own currency, quantities in the item's own unit. */
export interface Measure {
  readonly kind: 'quantity' | 'money' | 'count' | 'rate' | 'times' | 'days' | 'day';
  /** Worked out from other measures instead of read. */
  readonly from?: Formula;
  /** Only others are worked out from it. */
  readonly hidden?: boolean;
}

export type Formula =
  | { readonly plus: readonly string[]; readonly minus: readonly string[] }
  /** The first as a part of the second. */
  | { readonly share: readonly [string, string] }
  /** How often what lay there was turned over: what went out, over the mean of what lay there at the beginning and at the end. */
  | { readonly turned: readonly [string, string, string] }
  /** For how many days the first lasts when the second went in the period. */
  | { readonly lasts: readonly [string, string] };

/**
 * What figures are told apart by. `link`: a record, or an entry of a dictionary; `branch`: the top of the tree a record stands in;
 * `place`: a place of a ledger, by its name; the others are spans of time.
 */
export interface Axis {
  readonly kind: 'link' | 'branch' | 'place' | 'day' | 'month' | 'quarter' | 'year';
  /** The type of record a link, a branch or the usual place leads to. */
  readonly to?: string;
  readonly dictionary?: string;
  /** Fields of the record that stand beside its name. */
  readonly shows?: readonly string[];
}

export type ReportSource = DocumentSource | MoveSource | BalanceSource;

interface SourceCommon {
  /** Measure ← what of each row is added to it. */
  readonly gives: Readonly<Record<string, Given>>;
  /** Axis ← where the source knows it from; an axis that is not here tells nothing apart in this source. */
  readonly axes: Readonly<Record<string, string>>;
  /** Stands beside every row that shares the axes it knows; makes no rows of its own and no totals. */
  readonly repeats?: boolean;
}

/**
 * Rows of documents. Paths of axes begin at the document or at a part (`customer.region`, `lines.item.category`); `id` is the
 * document itself.
 */
export interface DocumentSource extends SourceCommon {
  readonly kind: 'documents';
  readonly type: string;
  readonly part?: string;
  /** States that count, and whether they add or take away. */
  readonly states: Readonly<Record<string, 1 | -1>>;
  /** Only documents whose head fields hold one of these values. */
  readonly only?: Readonly<Record<string, readonly string[]>>;
  /** Only rows of which the first number is below the second. */
  readonly open?: readonly [string, string];
}

/**
 * Moves of a ledger that came to the places, left them, or both against each other; what was taken back counts as if it had not been.
 * Paths of axes: `subject` (and on from it), `place`, `other` (the other end) and `day`.
 */
export interface MoveSource extends SourceCommon {
  readonly kind: 'moves';
  readonly ledger: string;
  /** Kinds of places. */
  readonly places: readonly string[];
  readonly side: 'in' | 'out' | 'both';
  /** Kinds of places that the other end must be one of. */
  readonly against?: readonly string[];
  /** Everything before the period counts too. */
  readonly sinceEver?: boolean;
  /** Where the currency of the amounts stands, when it is not the company's own. */
  readonly currency?: string;
}

/** What lies at the places of a ledger; paths of axes as for moves. */
export interface BalanceSource extends SourceCommon {
  readonly kind: 'balances';
  readonly ledger: string;
  readonly places: readonly string[];
  readonly currency?: string;
  /** Kept for the subject as a whole: the places share it by this measure of another source. */
  readonly sharedBy?: string;
}

/**
 * A field of the row or document, less another one, in the unit that the factor beside it (10⁻⁶) turns it into; the `amount` of a
 * ledger; the number of documents; or the first or last day.
 */
export type Given =
  | 'amount'
  | 'count'
  | { readonly sum: string; readonly less?: string; readonly times?: string }
  | { readonly earliest: string }
  | { readonly latest: string };

export const defineReport = <const R extends ReportDefinition>(report: R): R & ReportDefinition => report;
