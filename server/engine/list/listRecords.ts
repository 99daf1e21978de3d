import type { Knex } from 'knex';
import type { ListAnswer, ListQuery, ListRow } from '../../../shared/contracts/wire.ts';
import { type Definition, linksOf, type Value } from '../../../shared/kernel/definition.ts';
import type { Field } from '../../../shared/kernel/fields.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import type { DatabaseRow } from '../../database/codec.ts';
import { tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { ownedLinksTo, thrownAlong } from '../belongings.ts';
import { type FieldPlace, FieldPlaces } from './fieldPlaces.ts';
import { type Condition, conditionFor } from './filterSql.ts';
import { refuseBadText } from './filterValues.ts';
import { conditionAfter, cursorAfter, type SortColumn, sortColumnsFor } from './paging.ts';
import { narrowToWords } from './searchWords.ts';
import { titlesFor } from './titles.ts';

const limitUsual = 50;
const limitMax = 500;
const fieldsMax = 200;

/**
 * One page of the records of a type that the actor may read: filtered, searched, sorted, with the names of what they link
 * to; on wish the exact count and the exact sums of the shown money and quantity fields over everything that was found.
 * Fields the actor may not see can be neither shown nor filtered, sorted or summed. Refuses 'list.unknownField' {field},
 * 'list.unknownOperator', 'list.badValue', 'list.badText', 'list.badCursor' and 'list.tooComplex'.
 */
export async function listRecords(work: Work, definition: Definition, query: ListQuery): Promise<ListAnswer> {
  const places = new FieldPlaces(work, definition);
  const shown = shownPlaces(work, definition, query, places);
  const sorts = sortColumnsFor(definition, query, places);
  const filter = query.filter && conditionFor(query.filter, { catalogue: work.company.catalogue, definition, places, today: work.today });
  const found = work.tx(tableOf(definition));
  await narrow(work, definition, found, query, filter);
  places.joinTo(found);

  const limit = Math.min(limitMax, Math.max(1, Math.trunc(query.limit ?? limitUsual)));
  const rows = await pageOf(work, definition, found.clone(), { shown, sorts, limit: limit + 1, after: query.after });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map((row) => rowFrom(row, shown)),
    titles: await titlesIn(work, page, shown),
    next: rows.length > limit && last ? cursorAfter(last, sorts) : null,
    ...(query.totals ? await totalsOf(definition, found, shown) : {}),
    ...(query.deleted ? await alongIn(work, definition, page) : {}),
  };
}

/** Leaves what the list speaks of, all pages of it; columns, order and joins are the caller's. */
async function narrow(
  work: Work,
  definition: Definition,
  found: Knex.QueryBuilder,
  query: ListQuery,
  filter: Condition | undefined,
): Promise<void> {
  const table = tableOf(definition);
  if (query.deleted) found.whereNotNull(`${table}.deleted_at`);
  else found.whereNull(`${table}.deleted_at`);
  restrict(work, definition, found, 'read');
  if (query.sharedWithMe)
    found.whereIn(`${table}.id`, work.tx('shares').where({ type: definition.type, user: work.actor.userId }).select('record_id'));
  if (filter) found.whereRaw(filter.sql, [...filter.bindings]);
  if (query.search === undefined) return;
  refuseBadText(query.search);
  await narrowToWords(work, definition, found, query.search);
}

/** What would come back with each record of the recycle bin, as far as the actor may read such records. */
async function alongIn(work: Work, definition: Definition, page: readonly DatabaseRow[]): Promise<Pick<ListAnswer, 'along'>> {
  if (ownedLinksTo(work.company.catalogue, definition.type).length === 0) return {};
  const owners = page.map((row) => ({ id: Number(row.id), version: Number(row.version) }));
  const along: NonNullable<ListAnswer['along']> = {};
  for (const [id, belongings] of await thrownAlong(work, definition, owners)) {
    const readable = belongings.filter((one) => work.actor.reach(one.definition.type, 'read') !== 'none');
    const byType = Map.groupBy(readable, (one) => one.definition.type);
    along[id] = Object.fromEntries([...byType].map(([type, ones]) => [type, ones.length]));
  }
  return { along };
}

interface Page {
  readonly shown: readonly FieldPlace[];
  readonly sorts: readonly SortColumn[];
  readonly limit: number;
  readonly after: string | undefined;
}

async function pageOf(
  work: Work,
  definition: Definition,
  query: Knex.QueryBuilder,
  { shown, sorts, limit, after }: Page,
): Promise<DatabaseRow[]> {
  const { tx } = work;
  const { dialect } = work.company.store;
  const table = tableOf(definition);
  if (after !== undefined) {
    const beyond = conditionAfter(after, sorts);
    query.whereRaw(beyond.sql, [...beyond.bindings]);
  }
  for (const { place, direction } of sorts) {
    // Every record has an id: to say where its absence goes would keep the engine from using the index to its end.
    if (place.path === 'id') query.orderBy(place.column, direction === 'ascending' ? 'asc' : 'desc');
    else query.orderByRaw(dialect.orderBy(tx.ref(place.sortColumn).toString(), direction));
  }
  query.select({ id: `${table}.id`, version: `${table}.version`, ...(definition.states ? { state: `${table}.state` } : {}) });
  query.select(Object.fromEntries(shown.map((place, index) => [`shown_${index}`, place.column])));
  query.select(Object.fromEntries(sorts.map((sort) => [sort.alias, sort.place.sortColumn])));
  return query.limit(limit);
}

/** What the list was asked to show, or every field the actor may see. */
function shownPlaces(work: Work, definition: Definition, query: ListQuery, places: FieldPlaces): FieldPlace[] {
  const names = query.fields ?? Object.keys(definition.fields).filter((name) => isShownUnasked(work, definition, name));
  if (names.length > fieldsMax) throw new Refusal('list.tooComplex', { fields: fieldsMax });
  return [...new Set(names)].map((name) => {
    const place = places.find(name);
    if (place.partTable) throw new Refusal('list.unknownField', { field: name });
    return place;
  });
}

/** Long hidden texts (the layout of a paper) are read with their record, not with a list of it. */
function isShownUnasked(work: Work, definition: Definition, name: string): boolean {
  const field = definition.fields[name];
  return isVisible(work.actor, definition, name) && !(field?.kind === 'note' && field.hidden);
}

function rowFrom(row: DatabaseRow, shown: readonly FieldPlace[]): ListRow {
  return {
    id: row.id as number,
    version: row.version as number,
    ...(row.state === undefined ? {} : { state: row.state as string }),
    values: Object.fromEntries(shown.map((place, index) => [place.path, valueFrom(place.field, row[`shown_${index}`] ?? null)])),
  };
}

/** A flag of a record that is not there (behind an empty link) is neither yes nor no. */
const valueFrom = (field: Field, stored: string | number | null): Value =>
  field.kind === 'flag' && stored !== null ? stored === 1 : stored;

async function titlesIn(work: Work, rows: readonly DatabaseRow[], shown: readonly FieldPlace[]): Promise<ListAnswer['titles']> {
  const wanted = new Map<string, Set<number>>();
  for (const [index, place] of shown.entries()) {
    const type = targetOf(place.field);
    if (type === undefined) continue;
    const ids = wanted.get(type) ?? new Set();
    for (const row of rows) {
      const id = row[`shown_${index}`];
      if (typeof id === 'number') ids.add(id);
    }
    wanted.set(type, ids);
  }
  return titlesFor(work, wanted);
}

const targetOf = (field: Field): string | undefined => linksOf({ field })[0]?.[1].to;

/** The database adds what is stored and multiplies nothing. Money of several currencies has no sum and gets none. */
async function totalsOf(
  definition: Definition,
  found: Knex.QueryBuilder,
  shown: readonly FieldPlace[],
): Promise<{ count: number; sums: Record<string, number> }> {
  const summed = shown.filter((place) => place.isOwn && (place.field.kind === 'money' || place.field.kind === 'quantity'));
  const isForeign = (place: FieldPlace): boolean => place.field.kind === 'money' && place.field.in !== 'base';
  const currency = definition.fields.currency?.kind === 'link' && summed.some(isForeign) ? `${tableOf(definition)}.currency` : undefined;
  const query = found.clone().count({ count: '*' });
  for (const [index, place] of summed.entries()) query.sum({ [`sum_${index}`]: place.column });
  if (currency) query.min({ currency_from: currency }).max({ currency_to: currency });
  const [totals = {}] = (await query) as DatabaseRow[];
  const isMixed = currency !== undefined && totals.currency_from !== totals.currency_to;
  const sums = summed.map((place, index): [string, number][] =>
    isMixed && isForeign(place) ? [] : [[place.path, Number(totals[`sum_${index}`] ?? 0)]],
  );
  return { count: Number(totals.count ?? 0), sums: Object.fromEntries(sums.flat()) };
}
