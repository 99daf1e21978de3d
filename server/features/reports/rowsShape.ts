import type { Knex } from 'knex';
import type { ReportSource } from '../../../shared/reports/defineReport.ts';
import type { Span } from './span.ts';

/** The rows of a source before they are added up: where they are read from, and the columns of what is asked about. */
export interface SourceRows {
  readonly source: ReportSource;
  readonly query: Knex.QueryBuilder;
  /** By axis. */
  readonly columns: Readonly<Record<string, string>>;
  /** By measure: what is added up, or the first or last of it. */
  readonly values: Readonly<Record<string, Piece>>;
  /** What the sums must be told apart by before they can be turned into the company's money and the item's own unit. */
  readonly factors: Readonly<Partial<Record<Factor, string>>>;
  readonly document: { readonly type: Piece; readonly id: string; readonly day: string };
}
export interface Piece {
  readonly sql: string;
  readonly bindings: readonly (string | number)[];
}
export type Factor = 'currency' | 'exchange' | 'unit';

export interface RowsQuestion {
  readonly axes: readonly string[];
  readonly measures: readonly string[];
  readonly span: Span;
  /** Rows of a balance are moves when its documents are asked for. */
  readonly documents?: boolean;
}
