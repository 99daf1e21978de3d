import { restrict } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

export interface DocumentReference {
  readonly type: string;
  readonly id: number;
}

/** The numbers of documents that a ledger names, as far as the actor may see them: numbers.get(keyOf(reference)). */
export async function documentNumbers(work: Work, references: readonly DocumentReference[]): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>();
  for (const [type, group] of Map.groupBy(references, (reference) => reference.type)) {
    const ids = [...new Set(group.map((reference) => reference.id))];
    for (let start = 0; start < ids.length; start += 500) {
      for (const row of await titlesIn(work, type, ids.slice(start, start + 500))) numbers.set(keyOf({ type, id: row.id }), row.title);
    }
  }
  return numbers;
}

export const keyOf = (reference: DocumentReference): string => `${reference.type}:${reference.id}`;

async function titlesIn(work: Work, type: string, ids: readonly number[]): Promise<{ id: number; title: string }[]> {
  const definition = work.company.catalogue.find(type);
  if (!definition) return [];
  const table = tableOf(definition);
  const query = work.tx(table).whereIn(`${table}.id`, [...ids]);
  restrict(work, definition, query, 'read');
  return query.select(`${table}.id`, { title: `${table}.${columnOf(definition.title)}` });
}
