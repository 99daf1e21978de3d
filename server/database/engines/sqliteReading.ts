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
export type ReadingAnswer = { readonly id: number } & ({ readonly tables: readonly Table[] } | { readonly fault: string });

/** Rows on their way between threads: their cells one after the other are copied far faster than thousands of objects. */
export interface Table {
  readonly columns: readonly string[];
  readonly cells: readonly DatabaseRow[string][];
}

export function rowsIn({ columns, cells }: Table): DatabaseRow[] {
  const rows: DatabaseRow[] = [];
  for (let start = 0; start < cells.length; start += columns.length) {
    const row: DatabaseRow = {};
    for (let at = 0; at < columns.length; at += 1) row[columns[at] ?? ''] = cells[start + at] ?? null;
    rows.push(row);
  }
  return rows;
}
