import type { Knex } from 'knex';
import type { Definition } from '../../../shared/kernel/definition.ts';
import type { Work } from '../../work.ts';
import { hitsFor } from './searchWords.ts';

/** Where the lines of a list that is not one of records are looked through. */
export interface SearchedLines {
  /** Columns that may hold the text, in capitals or not. */
  readonly columns: readonly string[];
  /** A column that names a record: it is found by that record's words, pinyin and codes. */
  readonly link: { readonly column: string; readonly to: Definition };
}

/** Narrows a query to the lines that answer to the text; all of them for an empty one. */
export async function narrowToLines(work: Work, query: Knex.QueryBuilder, text: string, { columns, link }: SearchedLines): Promise<void> {
  const sought = text.trim().toLowerCase();
  if (sought === '') return;
  const pattern = `%${sought.replaceAll(/[!%_]/g, (sign) => `!${sign}`)}%`;
  const linked = await hitsFor(work, link.to, sought);
  query.where((where) => {
    for (const column of columns) where.orWhereRaw("lower(??) like ? escape '!'", [column, pattern]);
    if (linked) where.orWhereIn(link.column, linked.ids);
  });
}
