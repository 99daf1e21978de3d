import type { DatabaseRow } from '../codec.ts';

export interface Statement {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** What the thread is asked, and what it answers. */
export interface Reading {
  readonly id: number;
  readonly statements: readonly Statement[];
}
export type ReadingAnswer = { readonly id: number } & ({ readonly rows: DatabaseRow[][] } | { readonly fault: string });
