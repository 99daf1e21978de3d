import type { Knex } from 'knex';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import { restrictFew } from '../access/visibility.ts';
import { partTableOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

type Related = NonNullable<RecordAnswer['related']>;

// A frame order may have hundreds of deliveries; the page shows the newest and links to the list.
const relatedMax = 50;

/** The documents this one came from and those that came from it, as far as the actor may see them. */
export async function relatedOf(work: Work, definition: Definition, record: AnyRecord): Promise<Related> {
  // One after the other: a transaction has one connection.
  const before: Related[] = [];
  for (const [type, ids] of sourcesOf(record)) before.push(await named(work, type, ids, 'before'));
  const after: Related[] = [];
  for (const target of Object.keys(definition.becomes ?? {})) after.push(await followers(work, definition, record, target));
  return [...before.flat(), ...after.flat()];
}

function sourcesOf(record: AnyRecord): [string, number[]][] {
  const rows = Object.values(record.parts)
    .flat()
    .filter((row) => row.sourceType && row.source);
  const byType = Map.groupBy(rows, (row) => String(row.sourceType));
  return [...byType].map(([type, group]) => [type, [...new Set(group.map((row) => Number(row.source)))].slice(0, relatedMax)]);
}

async function followers(work: Work, definition: Definition, record: AnyRecord, type: string): Promise<Related> {
  const target = work.company.catalogue.find(type);
  const part = definition.becomes?.[type]?.into.part;
  if (!target || !part) return [];
  const parents = work
    .tx(partTableOf(target, part))
    .where({ source: record.id, source_type: definition.type })
    .distinct('parent')
    .orderBy('parent', 'desc')
    .limit(relatedMax);
  return named(work, type, parents, 'after');
}

async function named(
  work: Work,
  type: string,
  ids: readonly number[] | Knex.QueryBuilder,
  direction: 'before' | 'after',
): Promise<Related> {
  const definition = work.company.catalogue.find(type);
  if (!definition || (Array.isArray(ids) && ids.length === 0)) return [];
  const table = tableOf(definition);
  const query = work
    .tx(table)
    // Knex takes a subquery wherever its types ask for a list.
    .whereIn(`${table}.id`, ids as number[])
    .whereNull(`${table}.deleted_at`)
    .orderBy(`${table}.id`);
  restrictFew(work, definition, query, 'read');
  const rows = (await query.select(`${table}.id`, { title: `${table}.${definition.title}` }, `${table}.state`)) as {
    id: number;
    title: string;
    state: string;
  }[];
  return rows.map((row) => ({ type, id: row.id, title: row.title, state: row.state, direction }));
}
