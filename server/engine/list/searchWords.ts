import type { Knex } from 'knex';
import { type AnyRecord, type Definition, linksOf } from '../../../shared/kernel/definition.ts';
import { matchesQuery, queryTokens } from '../../../shared/kernel/searchTerms.ts';
import { isVisible } from '../../access/trim.ts';
import { loadRecords } from '../../database/rows.ts';
import { columnOf, isSearched, searchedFields, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

/**
 * Narrows a query on the definition's table to the records found by words, pinyin or codes: in their own searched fields,
 * or in those of a record that a searched link points to. Text without any letter or digit finds nothing.
 */
export async function narrowToWords(work: Work, definition: Definition, query: Knex.QueryBuilder, text: string): Promise<void> {
  if (text.trim() === '') return;
  const table = tableOf(definition);
  const own = await hitsFor(work, definition, text);
  const linked: { column: string; hits: Hits }[] = [];
  for (const [name, target] of searchedLinks(work, definition)) {
    const hits = await hitsFor(work, target, text);
    if (hits) linked.push({ column: `${table}.${columnOf(name)}`, hits });
  }
  const found = [...(own ? [{ column: `${table}.id`, hits: own }] : []), ...linked];
  if (found.length === 0) query.whereRaw('1 = 0');
  query.where((where) => {
    for (const { column, hits } of found) where.orWhereIn(column, hits.ids);
  });
}

/** What was found: ids to compare with, and a table of them (column `id`) where it is worth more to begin with the hits. */
export interface Hits {
  // Knex takes a subquery wherever its types ask for a list.
  readonly ids: number[];
  readonly table: Knex.QueryBuilder | null;
}

/** The records whose own searched fields answer to the text; null when nothing can. */
export async function hitsFor(work: Work, definition: Definition, text: string): Promise<Hits | null> {
  const { all } = queryTokens(text);
  if (all.length === 0 || !isSearched(definition)) return null;
  const matching = work.company.store.dialect.matching(work.tx, tableOf(definition), all);
  if (!seesAllSearched(work, definition)) return { ids: await verified(work, definition, text, matching), table: null };
  return { ids: matching as unknown as number[], table: matching };
}

// One who may not see every searched field gets no more than this many candidates looked at.
const candidatesMax = 2000;

/** The index knows values the actor may not see, and a hit would betray them: each hit is looked for again in what may be seen. */
async function verified(work: Work, definition: Definition, text: string, matching: Knex.QueryBuilder): Promise<number[]> {
  const hits = (await work.tx.from(matching.as('hits')).orderBy('id', 'desc').limit(candidatesMax).select('id')) as { id: number }[];
  const hasRows = Object.values(definition.parts).some((part) => searchedFields(part.fields).length > 0);
  const ids = hits.map((hit) => hit.id);
  const records = await loadRecords(work.tx, definition, ids, { parts: hasRows });
  return records.filter((record) => matchesQuery(text, ...wordsOf(work, definition, record))).map((record) => record.id);
}

/** The texts and the codes that the actor may see of a record. */
function wordsOf(work: Work, definition: Definition, record: Pick<AnyRecord, 'values' | 'parts'>): [texts: string[], codes: string[]] {
  const words: [string[], string[]] = [[], []];
  for (const { path, search } of searchedPaths(definition)) {
    if (!isVisible(work.actor, definition, path)) continue;
    const [head = '', name] = path.split('.');
    const values = name === undefined ? [record.values[head]] : (record.parts[head] ?? []).map((row) => row[name]);
    words[search === 'code' ? 1 : 0].push(...values.filter((value) => typeof value === 'string'));
  }
  return words;
}

const seesAllSearched = (work: Work, definition: Definition): boolean =>
  searchedPaths(definition).every(({ path }) => isVisible(work.actor, definition, path));

function searchedPaths(definition: Definition): { path: string; search: 'text' | 'code' | undefined }[] {
  const own = searchedFields(definition.fields).map(([name, field]) => ({ path: name, search: field.search }));
  const inParts = Object.entries(definition.parts).flatMap(([part, { fields }]) =>
    searchedFields(fields).map(([name, field]) => ({ path: `${part}.${name}`, search: field.search })),
  );
  return [...own, ...inParts];
}

/** Links whose target's words also find the record: a document by its customer's name. */
function searchedLinks(work: Work, definition: Definition): [string, Definition][] {
  return linksOf(definition.fields)
    .filter(([name, link]) => link.search !== undefined && isVisible(work.actor, definition, name))
    .map(([name, link]) => [name, work.company.catalogue.get(link.to)]);
}
