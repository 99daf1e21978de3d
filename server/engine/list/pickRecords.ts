import type { Knex } from 'knex';
import type { Filter, PickAnswer, PickRow } from '../../../shared/contracts/wire.ts';
import { type AnyRecord, type Definition, linksOf } from '../../../shared/kernel/definition.ts';
import { foldText, sortKey } from '../../../shared/kernel/searchTerms.ts';
import { isVisible } from '../../access/trim.ts';
import { restrict } from '../../access/visibility.ts';
import { quoted, rowsOf } from '../../database/rows.ts';
import { columnOf, isSorted, sortColumnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { FieldPlaces } from './fieldPlaces.ts';
import { conditionFor } from './filterSql.ts';
import { refuseBadText } from './filterValues.ts';
import { type Hits, hitsFor } from './searchWords.ts';
import { titlesFor } from './titles.ts';

export interface PickQuery {
  readonly text: string;
  readonly limit?: number;
  readonly filter?: Filter;
  /** What the form around the picker already knows: links of this name narrow the choice (a customer's contacts). */
  readonly context?: Readonly<Record<string, number | null | undefined>>;
}

const limitUsual = 20;
const limitMax = 100;
// So many hits of the word index are ranked; who wants one beyond them types another letter.
const candidatesMax = 60;

/**
 * The few records a person most likely means: the exact code first, then codes and names that begin so, then whatever the
 * words, pinyin or initials find; without text those changed last. Living, not stopped, and only what the actor may read.
 * Refuses like listRecords.
 */
export async function pickRecords(work: Work, definition: Definition, query: PickQuery): Promise<PickAnswer> {
  refuseBadText(query.text);
  const text = query.text.trim();
  const limit = Math.min(limitMax, Math.max(1, Math.trunc(query.limit ?? limitUsual)));
  const choice = choiceOf(work, definition, query);
  if (text === '') return { rows: await rowsFor(work, definition, await latest(work, definition, choice, limit)) };
  const known = await knownAs(work, definition, choice, query);
  const found = ranked(work, definition, await candidates(work, definition, choice, text, limit), text);
  const ids = new Set(known.map(({ id }) => id));
  const all = [...known, ...found.filter(({ id }) => !ids.has(id))];
  return { rows: await rowsFor(work, definition, all.slice(0, limit)) };
}

/** Finds records by other names than their own, where the form around the picker says whose names these are. */
type AliasFinder = (work: Work, text: string, context: NonNullable<PickQuery['context']>) => Promise<readonly number[]>;

const aliases = new Map<string, AliasFinder>();

/** A feature offers other names for records of a type; what they find stands first. */
export function offerAliases(type: string, find: AliasFinder): void {
  aliases.set(type, find);
}

async function knownAs(work: Work, definition: Definition, choice: Choice, { text, context }: PickQuery): Promise<Candidate[]> {
  const ids = (await aliases.get(definition.type)?.(work, text.trim(), context ?? {})) ?? [];
  if (ids.length === 0) return [];
  const picked = pickedFields(work, definition);
  const rows = await choice()
    .whereIn(`${tableOf(definition)}.id`, [...ids])
    .select(columnsOf(definition, picked));
  return candidatesFrom(definition, picked, rows as FoundRow[]);
}

/** As much of a record as a list to choose from shows and ranks by. */
type Candidate = Pick<AnyRecord, 'id' | 'values'>;

/** Makes a query on what may be chosen; each use narrows and orders its own. */
type Choice = () => Knex.QueryBuilder;

function choiceOf(work: Work, definition: Definition, query: PickQuery): Choice {
  const table = tableOf(definition);
  const places = new FieldPlaces(work, definition);
  const condition =
    query.filter && conditionFor(query.filter, { catalogue: work.company.catalogue, definition, places, today: work.today });
  const known = linksOf(definition.fields).flatMap(([name]) => (query.context?.[name] ? [[name, query.context[name]] as const] : []));
  return () => {
    const choice = work.tx(table).whereNull(`${table}.deleted_at`);
    restrict(work, definition, choice, 'read');
    places.joinTo(choice);
    if (condition) choice.whereRaw(condition.sql, [...condition.bindings]);
    if (definition.fields.stopped?.kind === 'flag') choice.where(`${table}.stopped`, 0);
    for (const [name, id] of known) choice.where(`${table}.${columnOf(name)}`, id);
    return choice;
  };
}

async function latest(work: Work, definition: Definition, choice: Choice, limit: number): Promise<Candidate[]> {
  const table = tableOf(definition);
  const query = choice().limit(limit);
  if (definition.kind === 'record') query.orderBy(`${table}.changed_at`, 'desc');
  const picked = pickedFields(work, definition);
  return candidatesFrom(
    definition,
    picked,
    (await query.orderBy(`${table}.id`, 'desc').select(columnsOf(definition, picked))) as FoundRow[],
  );
}

/** All ways to find a record go to the database as one question. */
async function candidates(work: Work, definition: Definition, choice: Choice, text: string, limit: number): Promise<Candidate[]> {
  const picked = pickedFields(work, definition);
  const columns = columnsOf(definition, picked);
  const ways: Knex.Sql[] = [];
  // All beginnings are looked for in the same choice: it is put into words once.
  const chosen = choice().select(columns).toSQL();
  for (const { column, order, prefix } of beginnings(work, definition, text)) {
    const sql = `${chosen.sql} and ${named(column)} >= ? and ${named(column)} < ? order by ${named(order)} limit ?`;
    ways.push({ ...chosen, sql, bindings: [...chosen.bindings, prefix, `${prefix}\u{10FFFF}`, limit] });
  }
  const hits = await hitsFor(work, definition, text);
  if (hits) ways.push(newestOf(choice(), tableOf(definition), hits).select(columns).toSQL());
  if (ways.length === 0) return [];
  const rows = (await rowsOf(
    work.tx,
    ways.map(({ sql }) => `select * from (${sql}) as way`).join(' union all '),
    ways.flatMap(({ bindings }) => bindings as (string | number | null)[]),
  )) as FoundRow[];
  return candidatesFrom(definition, picked, [...new Map(rows.map((row) => [row.id, row])).values()]);
}

/** A column with its table as both engines read it. */
const named = (column: string): string => column.split('.').map(quoted).join('.');

type FoundRow = Record<string, string | number | null> & { id: number };

/** Only what is shown or ranked by is read. */
const pickedFields = (work: Work, definition: Definition): string[] => [
  ...new Set([definition.title, ...codeFields(work, definition).map(([name]) => name), ...shownFields(work, definition)]),
];

const columnsOf = (definition: Definition, names: readonly string[]): string[] => {
  const table = tableOf(definition);
  return [`${table}.id as id`, ...names.map((name) => `${table}.${columnOf(name)} as ${name}`)];
};

function candidatesFrom(definition: Definition, names: readonly string[], rows: readonly FoundRow[]): Candidate[] {
  const flags = names.filter((name) => definition.fields[name]?.kind === 'flag');
  return rows.map(({ id, ...values }) => ({
    id,
    values: flags.length > 0 ? { ...values, ...Object.fromEntries(flags.map((name) => [name, values[name] === 1])) } : values,
  }));
}

/** Begins with the hits and looks at no more of them than it takes, however many there are. */
function newestOf(query: Knex.QueryBuilder, table: string, hits: Hits): Knex.QueryBuilder {
  query.limit(candidatesMax);
  if (!hits.table) return query.whereIn(`${table}.id`, hits.ids).orderBy(`${table}.id`, 'desc');
  return query.join(hits.table.as('hits'), 'hits.id', `${table}.id`).orderBy('hits.id', 'desc');
}

/** Columns with an index in which the text may stand at the beginning: codes as typed and in capitals, the title by its sound. */
function beginnings(work: Work, definition: Definition, text: string): { column: string; order: string; prefix: string }[] {
  const table = tableOf(definition);
  const codes = uniqueCodes(work, definition).map((name) => `${table}.${columnOf(name)}`);
  const spellings = [...new Set([text, text.toUpperCase()])];
  const title = definition.fields[definition.title];
  const isSounded = title && isSorted(title) && isVisible(work.actor, definition, definition.title);
  const sounded = `${table}.${sortColumnOf(definition.title)}`;
  return [
    ...codes.flatMap((column) => spellings.map((prefix) => ({ column, order: column, prefix }))),
    ...(isSounded ? soundsOf(text).map((prefix) => ({ column: sounded, order: sounded, prefix })) : []),
  ];
}

/** How the sort keys of names begin that begin with the text, or, typed in Latin, with a syllable that begins so. */
function soundsOf(text: string): string[] {
  const sound = sortKey(text).split(' ')[0] ?? '';
  if (sound === '') return [];
  return /^[a-z]+$/.test(sound) ? [sound, `~${sound}`] : [sound];
}

const uniqueCodes = (work: Work, definition: Definition): string[] =>
  Object.entries(definition.fields)
    .filter(([name, field]) => field.unique && field.search === 'code' && isVisible(work.actor, definition, name))
    .map(([name]) => name);

const codeFields = (work: Work, definition: Definition) =>
  Object.entries(definition.fields).filter(([name, field]) => field.search === 'code' && isVisible(work.actor, definition, name));

const shownFields = (work: Work, definition: Definition): string[] =>
  (definition.search?.show ?? [definition.title]).filter((name) => isVisible(work.actor, definition, name));

/** The likeliest first; equals stay in the order of their names. */
function ranked(work: Work, definition: Definition, records: readonly Candidate[], text: string): Candidate[] {
  const wanted = foldText(text);
  const codes = codeFields(work, definition);
  const places = records.map((record) => {
    const title = folded(String(record.values[definition.title] ?? ''));
    const own = codes.map(([name]) => folded(String(record.values[name] ?? '')));
    const rank = own.includes(wanted)
      ? 0
      : title === wanted
        ? 1
        : own.some((code) => code.startsWith(wanted))
          ? 2
          : title.startsWith(wanted)
            ? 3
            : 4;
    return { record, rank, title };
  });
  // A shorter name that holds the text is closer to it.
  places.sort((a, b) => a.rank - b.rank || a.title.length - b.title.length || (a.title < b.title ? -1 : 1));
  return places.map((place) => place.record);
}

const folds = new Map<string, string>();
const foldsMax = 20_000;

/** The same names are ranked with every letter that somebody types. */
function folded(text: string): string {
  const known = folds.get(text);
  if (known !== undefined) return known;
  if (folds.size >= foldsMax) folds.clear();
  const fold = foldText(text);
  folds.set(text, fold);
  return fold;
}

async function rowsFor(work: Work, definition: Definition, records: readonly Candidate[]): Promise<PickRow[]> {
  const shown = shownFields(work, definition);
  const links = linksOf(definition.fields).filter(([name]) => shown.includes(name));
  const wanted = new Map<string, Set<number>>();
  for (const [name, { to }] of links) {
    const ids = records.map((record) => record.values[name]).filter((id) => typeof id === 'number');
    wanted.set(to, new Set([...(wanted.get(to) ?? []), ...ids]));
  }
  const titles = await titlesFor(work, wanted);
  const [code] = uniqueCodes(work, definition);
  const isNamed = isVisible(work.actor, definition, definition.title);
  return records.map((record) => ({
    id: record.id,
    title: isNamed ? String(record.values[definition.title] ?? '') : '',
    ...(code && record.values[code] ? { code: String(record.values[code]) } : {}),
    values: Object.fromEntries(shown.map((name) => [name, record.values[name] ?? null])),
    titles: Object.fromEntries(links.map(([, { to }]) => [to, titles[to] ?? {}])),
  }));
}
