import type { Knex } from 'knex';

/** One step on a schema's way, written down once and never changed after its release. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly steps: readonly MigrationStep[];
}

/** Tables, columns and indexes are told as tableSpec.ts reads them; `sql` must mean the same on both engines. */
export type MigrationStep =
  | { readonly createTable: string }
  | { readonly addColumn: string; readonly to: string }
  | { readonly createIndex: string; readonly on: string }
  | { readonly createSearchIndex: string }
  | { readonly dropIndex: string }
  | { readonly sql: string };

/** A step that was taken, among all that are to be taken. */
export interface StepTaken {
  readonly migration: string;
  /** The first line of what was done. */
  readonly statement: string;
  readonly done: number;
  readonly all: number;
}

/** What somebody wants to hear of a migration, and to add to it. */
export interface Following {
  readonly step?: (taken: StepTaken) => void;
  /** Runs in the same transaction, after the last step, when there was one. */
  readonly atEnd?: (tx: Knex) => Promise<void>;
}
