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
