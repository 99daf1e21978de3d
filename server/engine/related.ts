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
  for (const [type, ids] of sourcesOf(record)) before.push(await named(work, type, 'before', byIds(ids)));
  const after: Related[] = [];
  for (const [type, { into }] of Object.entries(definition.becomes ?? {}))
    after.push(await named(work, type, 'after', byRows(into.part, { source: record.id, source_type: definition.type })));
  return [...before.flat(), ...after.flat()];
}

function sourcesOf(record: AnyRecord): [string, number[]][] {
  const rows = Object.values(record.parts)
    .flat()
    .filter((row) => row.sourceType && row.source);
  const byType = Map.groupBy(rows, (row) => String(row.sourceType));
  return [...byType].map(([type, group]) => [type, [...new Set(group.map((row) => Number(row.source)))].slice(0, relatedMax)]);
}

/** Narrows a query on the table of a type to the documents meant. */
type Meaning = (query: Knex.QueryBuilder, definition: Definition) => void;

const byIds =
  (ids: readonly number[]): Meaning =>
  (query, definition) =>
    query.whereIn(`${tableOf(definition)}.id`, [...ids]);

/** Documents with a row that answers to this; each once, however many of its rows do. */
const byRows =
  (part: string, like: Readonly<Record<string, string | number>>): Meaning =>
  (query, definition) => {
    query.join({ r: partTableOf(definition, part) }, 'r.parent', `${tableOf(definition)}.id`).distinct();
    for (const [column, value] of Object.entries(like)) query.where(`r.${column}`, value);
  };

async function named(work: Work, type: string, direction: 'before' | 'after', means: Meaning): Promise<Related> {
  const definition = work.company.catalogue.find(type);
  if (!definition) return [];
  const table = tableOf(definition);
  const query = work.tx(table).whereNull(`${table}.deleted_at`).orderBy(`${table}.id`, 'desc').limit(relatedMax);
  means(query, definition);
  restrictFew(work, definition, query, 'read');
  const rows = (await query.select(`${table}.id`, { title: `${table}.${definition.title}` }, `${table}.state`)) as {
    id: number;
    title: string;
    state: string;
  }[];
  return rows.reverse().map((row) => ({ type, id: row.id, title: row.title, state: row.state, direction }));
}
