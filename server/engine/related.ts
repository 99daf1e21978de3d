import type { Knex } from 'knex';
import type { RecordAnswer } from '../../shared/contracts/wire.ts';
import type { AnyRecord, Definition } from '../../shared/kernel/definition.ts';
import { reachesAll, restrictFew } from '../access/visibility.ts';
import { quoted, rowsOf } from '../database/rows.ts';
import { columnOf, partTableOf, tableOf } from '../database/tables.ts';
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
  for (const [type, { into }] of Object.entries(definition.becomes ?? {})) after.push(await followers(work, record, type, into.part));
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

/** Documents with a row that came from this one; each once, however many of its rows did. */
async function followers(work: Work, record: AnyRecord, type: string, part: string): Promise<Related> {
  const target = work.company.catalogue.find(type);
  if (!target) return [];
  if (reachesAll(work, target, 'read')) {
    const rows = await rowsOf(work.tx, followersText(target, part), [record.id, record.type, relatedMax]);
    return relatedFrom(type, 'after', rows as unknown as FoundRow[]);
  }
  return named(work, type, 'after', (query) => {
    query.join({ r: partTableOf(target, part) }, 'r.parent', `${tableOf(target)}.id`).distinct();
    query.where({ 'r.source': record.id, 'r.source_type': record.type });
  });
}

const followersText = (target: Definition, part: string): string =>
  `select distinct d."id", d.${quoted(columnOf(target.title))} as "title", d."state" from ${quoted(partTableOf(target, part))} r ` +
  `join ${quoted(tableOf(target))} d on d."id" = r."parent" ` +
  'where r."source" = ? and r."source_type" = ? and d."deleted_at" is null order by d."id" desc limit ?';

async function named(work: Work, type: string, direction: 'before' | 'after', means: Meaning): Promise<Related> {
  const definition = work.company.catalogue.find(type);
  if (!definition) return [];
  const table = tableOf(definition);
  const query = work.tx(table).whereNull(`${table}.deleted_at`).orderBy(`${table}.id`, 'desc').limit(relatedMax);
  means(query, definition);
  restrictFew(work, definition, query, 'read');
  const rows = (await query.select(`${table}.id`, { title: `${table}.${columnOf(definition.title)}` }, `${table}.state`)) as FoundRow[];
  return relatedFrom(type, direction, rows);
}

interface FoundRow {
  readonly id: number;
  readonly title: string;
  readonly state: string;
}

/** The oldest first. */
const relatedFrom = (type: string, direction: 'before' | 'after', rows: readonly FoundRow[]): Related =>
  rows.toReversed().map(({ id, title, state }) => ({ type, id, title, state, direction }));
