import type { Axis, Measure } from '../reports/defineReport.ts';

/** A report as this person may ask it: the axes and measures that are theirs. */
export interface ReportInfo {
  name: string;
  area: string;
  time: 'period' | 'day' | 'now';
  measures: Record<string, Pick<Measure, 'kind'>>;
  axes: Record<string, ReportAxis>;
  groupBy: string[];
  pivot: { axis: string; measure: string } | null;
  sort: { by: string; direction: 'ascending' | 'descending' };
  mayExport: boolean;
}
export interface ReportAxis extends Pick<Axis, 'kind' | 'to' | 'dictionary'> {
  /** Fields that stand beside the name of a record. */
  shows: string[];
  /** Several kinds of records or places stand behind it; a filter offers those of `to`. */
  mayFilter: boolean;
}

/** What is asked of a report; what is left out is as the report has it. */
export interface ReportQuestion {
  groupBy?: string[] | undefined;
  pivot?: { axis: string; measure: string } | null | undefined;
  from?: string | undefined;
  /** The end of the period, or the day itself. */
  to?: string | undefined;
  /** Ids by axis; a branch of a tree is taken whole. */
  filters?: Record<string, number[]> | undefined;
  sort?: { by: string; direction: 'ascending' | 'descending' } | undefined;
  after?: string | undefined;
  limit?: number | undefined;
}

/** What a row stands for on an axis: a record's id, a span of time or a place by its name, or nothing. */
export type ReportKey = number | string | null;
export type ReportFigures = Record<string, number | string | null>;

export interface ReportRow {
  /** In the order of `groupBy`. */
  keys: ReportKey[];
  figures: ReportFigures;
  /** By column of the pivot, in its order: the pivot's measure. */
  cells?: (number | null)[];
  /** Missing in one column while another has it to spare. */
  uneven?: boolean;
}

export interface ReportLabel {
  title: string;
  /** Where it leads. */
  type?: string;
  id?: number;
  beside?: (string | number | null)[];
}

export interface ReportAnswer {
  groupBy: string[];
  measures: string[];
  /** Those of them that open the documents they are made of. */
  drillable: string[];
  /** The days asked about. */
  from: string | null;
  to: string | null;
  rows: ReportRow[];
  /** How many rows there are on all pages. */
  count: number;
  totals: ReportFigures;
  pivot: { axis: string; measure: string; columns: ReportKey[]; totals: (number | null)[] } | null;
  /** By axis, then by key. */
  labels: Record<string, Record<string, ReportLabel>>;
  next: string | null;
}

/** Which documents a figure is made of: the keys of its row (and column) by axis. */
export interface DrillQuestion extends Pick<ReportQuestion, 'from' | 'to' | 'filters' | 'after' | 'limit'> {
  measure: string;
  keys: Record<string, ReportKey>;
}
export interface DrillRow {
  type: string;
  id: number;
  number?: string;
  day: string;
  party?: string;
  figure: number;
}
export interface DrillAnswer {
  rows: DrillRow[];
  /** Of all pages; equal to the figure asked about. */
  total: number;
  next: string | null;
}
