import type { Instant } from '../kernel/days.ts';
import type { Facts } from '../kernel/refusal.ts';

export type ImportState = 'read' | 'checking' | 'checked' | 'committing' | 'done' | 'cancelled' | 'failed' | 'undone';

/** What a person decides about a row that waits: leave it out, take it as a record of its own, or fill gaps of what it is like. */
export type Decision = 'skip' | 'take' | 'mergeInto';

/** For all waiting rows, for all rows of a kind, for one row by its number; the narrowest counts. */
export interface Decisions {
  all?: Decision;
  kinds?: Record<string, Decision>;
  rows?: Record<string, Decision>;
}

/** What happens to rows whose record the company already has. */
export type ExistingRule = 'skip' | 'update';

export interface ImportOptions {
  /** Lists and categories that are missing are made; otherwise such rows are refused. */
  createMissing: boolean;
  /** Who gets rows without a known owner. */
  ownerless: 'importer' | 'nobody';
}

export interface ImportColumnAnswer {
  /** Position in the sheet, from 0. */
  index: number;
  header: string;
  /** The target it goes to: `name`, `contact.mobile`, `prices[Wholesale]`; null: left out. */
  field: string | null;
  sample: string[];
  /** Why a known column cannot be used: 'import.fieldDenied', 'import.columnTwice'. */
  hint?: string;
}

export interface MissingEntry {
  type: string;
  dictionary?: string;
  name: string;
  /** How many rows name it. */
  rows: number;
}

export interface ImportAnswer {
  id: number;
  type: string;
  name: string;
  state: ImportState;
  createdAt: Instant;
  createdBy: number;
  createdByName: string;
  finishedAt: Instant | null;
  undoneAt: Instant | null;
  progress: { done: number; total: number } | null;
  columns: ImportColumnAnswer[];
  /** Everything a column may go to, with the type and path its label is found by. */
  targets: { target: string; type: string; path: string; required: boolean }[];
  options: ImportOptions;
  /** Rows by verdict; `rows` is all of them. */
  counts: Record<string, number>;
  /** Rows by kind that wait for a decision. */
  waiting: Record<string, number>;
  /** How many of them, and of the rows whose record the company has, may be decided how. */
  choices: Record<string, RowChoices>;
  /** Rows that are taken with a remark: read differently than written, or an owner nobody knows. */
  remarks: number;
  missing: MissingEntry[];
  result?: ImportResult;
  problem?: { code: string; facts: Facts };
  problems: ImportRowAnswer[];
}

/** Rows that may become records of their own, and rows that may be merged into another or bring a record up to date. */
export interface RowChoices {
  take: number;
  mergeInto: number;
}

export interface ImportResult {
  added: number;
  updated: number;
  merged: number;
  rejected: number;
  /** Records made besides, by type: contacts, list entries, opening stock. */
  companions: Record<string, number>;
}

/** A row as the preview shows it: its verdict, what is wrong, what was read differently than it stands there. */
export interface ImportRowAnswer {
  row: number;
  kind: string;
  title: string;
  problems: CellRemark[];
  remarks: CellRemark[];
  match?: RowMatch;
}

export interface CellRemark {
  /** What the column goes to. */
  target?: string;
  /** Position of the column, from 0, and its heading; absent where no one cell is meant. */
  column?: number;
  header?: string;
  code: string;
  facts: Facts;
  /** The cell as it stands in the file. */
  text: string;
}

/** What a row is like: an earlier row, or a record of the company. */
export interface RowMatch {
  row?: number;
  /** Absent when the person may not see the record. */
  id?: number;
  title?: string;
  /** `exact`: the server takes them for the same name, of which there can be but one. */
  likeness: 'exact' | 'near';
  /** Whether the person may change that record; false also for a row of the file that is refused itself. */
  changeable?: boolean;
}
