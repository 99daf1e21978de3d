import type { DefaultsFor, DraftInput } from '../../shared/kernel/checkRecord.ts';
import type { Definition, Value } from '../../shared/kernel/definition.ts';
import type { Field } from '../../shared/kernel/fields.ts';
import { isDerived } from '../../shared/kernel/fields.ts';
import { tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

/**
 * What a field holds when nobody filled it. Links to "the main one" need the database, so they are looked up before the
 * check, once per type and only where the input leaves such a field open.
 */
export async function defaultsFor(work: Work, definition: Definition, input: DraftInput): Promise<DefaultsFor> {
  const mains = new Map<string, number | null>();
  for (const field of openLinks(definition, input)) {
    const key = `${field.to}:${field.default}`;
    if (!mains.has(key)) mains.set(key, await firstOf(work, field.to, field.default === 'main'));
  }
  for (const field of openDictionaries(definition, input)) {
    const key = `${field.dictionary}:${field.default}`;
    if (!mains.has(key)) mains.set(key, await entryOf(work, field.dictionary, field.default ?? ''));
  }
  return (field) => defaultOf(work, field, mains);
}

function defaultOf(work: Work, field: Field, mains: ReadonlyMap<string, number | null>): Value | undefined {
  switch (field.kind) {
    case 'day':
      return field.default === 'today' ? work.today : undefined;
    case 'link':
      if (field.default === 'actor') return work.actor.userId || null;
      if (field.default === 'actorDepartment') return work.actor.departmentId || null;
      return mains.get(`${field.to}:${field.default}`) ?? undefined;
    case 'dictionary':
      return field.default === undefined ? undefined : (mains.get(`${field.dictionary}:${field.default}`) ?? undefined);
    case 'instant':
    case 'file':
    case 'picture':
      return undefined;
    default:
      return field.default;
  }
}

function openLinks(definition: Definition, input: DraftInput) {
  const isLooked = (field: Field | undefined) => field?.kind === 'link' && (field.default === 'main' || field.default === 'first');
  const own = Object.entries(definition.fields).filter(
    ([name, field]) => isLooked(field) && !isDerived(field) && input.values?.[name] === undefined,
  );
  const inParts = Object.values(definition.parts).flatMap((part) => Object.entries(part.fields).filter(([, field]) => isLooked(field)));
  return [...own, ...inParts].map(([, field]) => field as Extract<Field, { kind: 'link' }>);
}

const openDictionaries = (definition: Definition, input: DraftInput) =>
  Object.entries(definition.fields).flatMap(([name, field]) =>
    field.kind === 'dictionary' && field.default !== undefined && input.values?.[name] === undefined ? [field] : [],
  );

// Entries of dictionaries are records of a type that the kernel itself knows.
const entriesTable = 'dictionary_entries';

/** The company's own entry with this code; it may have none. */
async function entryOf(work: Work, dictionary: string, code: string): Promise<number | null> {
  const { memory } = work.company.store;
  const tables = [entriesTable];
  const key = `${dictionary}:${code}`;
  const known = memory.recall<{ id: number | null }>(tables, key);
  if (known) return known.id;
  const row = (await work.tx(entriesTable).where({ dictionary, code, stopped: 0 }).whereNull('deleted_at').orderBy('id').first('id')) as
    | { id: number }
    | undefined;
  const found = { id: row?.id ?? null };
  memory.keep(work.tx, tables, key, found);
  return found.id;
}

async function firstOf(work: Work, type: string, main: boolean): Promise<number | null> {
  const { memory } = work.company.store;
  const definition = work.company.catalogue.get(type);
  const tables = [tableOf(definition)];
  const key = main ? 'main' : 'first';
  const isOfBranches = main && definition.fields.department?.kind === 'link';
  const own = isOfBranches ? await ofBranch(work, definition) : null;
  if (own !== null) return own;
  const known = memory.recall<{ id: number | null }>(tables, key) ?? { id: await readFirst(work, type, main) };
  memory.keep(work.tx, tables, key, known);
  return known.id;
}

/** What belongs to the actor's own department, or to the nearest above that has any: the main one there, or the first. */
async function ofBranch(work: Work, definition: Definition): Promise<number | null> {
  const { memory } = work.company.store;
  const table = tableOf(definition);
  type Owned = { readonly id: number; readonly department: number };
  const known = memory.recall<readonly Owned[]>([table], 'ofBranches') ?? (await readOwned(work, definition));
  memory.keep(work.tx, [table], 'ofBranches', known);
  if (known.length === 0) return null;
  const found = work.actor.departmentPath.map((department) => known.find((one) => one.department === department));
  return found.find((one) => one !== undefined)?.id ?? null;
}

async function readOwned(work: Work, definition: Definition): Promise<{ id: number; department: number }[]> {
  const query = work.tx(tableOf(definition)).whereNull('deleted_at').whereNotNull('department');
  if (definition.fields.stopped) query.where((usable) => usable.whereNull('stopped').orWhere({ stopped: 0 }));
  return (await query.orderByRaw('coalesce(main, 0) desc').orderBy('id').select('id', 'department')) as {
    id: number;
    department: number;
  }[];
}

async function readFirst(work: Work, type: string, main: boolean): Promise<number | null> {
  const query = work
    .tx(tableOf(work.company.catalogue.get(type)))
    .whereNull('deleted_at')
    .orderBy('id')
    .first('id');
  const row = (await (main ? query.clone().where({ main: 1 }) : query)) as { id: number } | undefined;
  return row?.id ?? null;
}
