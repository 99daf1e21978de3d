import type { RecordDraft } from '../../shared/kernel/checkRecord.ts';
import { type Definition, targetOf, type Value } from '../../shared/kernel/definition.ts';
import type { Field, Fields } from '../../shared/kernel/fields.ts';
import { type FieldRefusal, Refusal } from '../../shared/kernel/refusal.ts';
import { isOpenToAll, reachesAll, restrictChoice } from '../access/visibility.ts';
import { marksOf, quoted, rowsOf } from '../database/rows.ts';
import { tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

interface Pointer {
  readonly path: string;
  readonly to: string;
  readonly id: number;
  readonly dictionary?: string;
}

/**
 * Every link of the draft must point to a living record that the actor may see; a file to a file; an entry to its own
 * dictionary. One query per type. Refuses 'record.invalid' with 'field.unknownLink' at each wrong field; unknown and
 * forbidden answer alike.
 */
export async function refuseUnknownLinks(work: Work, definition: Definition, draft: RecordDraft, before?: RecordDraft): Promise<void> {
  const pointers = [
    ...pointersIn(definition.fields, draft.values, '', before?.values),
    ...Object.entries(draft.parts).flatMap(([part, rows]) => {
      const known = new Map((before?.parts[part] ?? []).map((row) => [row.id, row]));
      return rows.flatMap((row, index) =>
        pointersIn(
          definition.parts[part]?.fields ?? {},
          row,
          `${part}.${index}.`,
          row.id ? (known.get(row.id) as Record<string, Value>) : undefined,
        ),
      );
    }),
  ];
  const refusals: FieldRefusal[] = [];
  for (const [to, group] of Map.groupBy(pointers, (pointer) => pointer.to)) {
    const found = await findLinks(work, to, [...new Set(group.map((pointer) => pointer.id))]);
    refusals.push(
      ...group.filter((pointer) => isWrong(pointer, found)).map((pointer) => ({ path: pointer.path, code: 'field.unknownLink' })),
    );
  }
  if (refusals.length > 0) throw new Refusal('record.invalid', { count: refusals.length }, refusals);
}

/** Links that did not change are not asked again: what they point to may have been retired since. */
function pointersIn(
  fields: Fields,
  values: Readonly<Record<string, Value | undefined>>,
  path: string,
  before?: Readonly<Record<string, Value>>,
): Pointer[] {
  return Object.entries(fields).flatMap(([name, field]): Pointer[] => {
    const id = values[name];
    const to = pointedTo(field);
    if (to === null || typeof id !== 'number' || before?.[name] === id) return [];
    return [{ path: path + name, to, id, ...(field.kind === 'dictionary' ? { dictionary: field.dictionary } : {}) }];
  });
}

const pointedTo = (field: Field): string | null => (field.kind === 'file' || field.kind === 'picture' ? 'file' : targetOf(field));

async function findLinks(work: Work, to: string, ids: number[]): Promise<Map<number, string | null>> {
  const found = new Map<number, string | null>();
  const { memory } = work.company.store;
  const table = sharedTable(work, to);
  const unknown: number[] = [];
  for (const id of ids) {
    const living = table === null ? undefined : memory.recall<{ dictionary: string | null }>([table], `living:${id}`);
    if (living) found.set(id, living.dictionary);
    else unknown.push(id);
  }
  for (let start = 0; start < unknown.length; start += 500) {
    for (const row of await linkRows(work, to, unknown.slice(start, start + 500))) {
      const living = { dictionary: row.dictionary ?? null };
      found.set(row.id, living.dictionary);
      if (table !== null) memory.keep(work.tx, [table], `living:${row.id}`, living);
    }
  }
  return found;
}

/** The table of a type that everybody may choose from: whether a record of it lives is one answer for all. */
function sharedTable(work: Work, to: string): string | null {
  const target = to === 'file' ? undefined : work.company.catalogue.find(to);
  return target && isOpenToAll(target) ? tableOf(target) : null;
}

async function linkRows(work: Work, to: string, ids: number[]): Promise<{ id: number; dictionary?: string }[]> {
  if (to === 'file') return work.tx('files').whereIn('id', ids).select('id');
  const target = work.company.catalogue.get(to);
  const table = tableOf(target);
  const columns = 'dictionary' in target.fields ? ['id', 'dictionary'] : ['id'];
  // Lists of the company (users, warehouses, tax codes) may be chosen by everybody who fills a form.
  if (isOpenToAll(target) || reachesAll(work, target, 'read')) {
    const text = `select ${columns.map(quoted).join(', ')} from ${quoted(table)} where "id" in (${marksOf(ids)})`;
    return (await rowsOf(work.tx, `${text} and "deleted_at" is null`, ids)) as unknown as { id: number; dictionary?: string }[];
  }
  const query = work.tx(table).whereIn(`${table}.id`, ids).whereNull(`${table}.deleted_at`);
  restrictChoice(work, target, query);
  return query.select(columns.map((column) => `${table}.${column}`));
}

const isWrong = (pointer: Pointer, found: ReadonlyMap<number, string | null>): boolean =>
  !found.has(pointer.id) || (pointer.dictionary !== undefined && found.get(pointer.id) !== pointer.dictionary);
