import type { Knex } from 'knex';
import type { Definition } from '../../../../shared/kernel/definition.ts';
import { linksOf } from '../../../../shared/kernel/definition.ts';
import { columnOf, partTableOf, tableOf } from '../../../database/tables.ts';
import type { Work } from '../../../work.ts';
import type { StoredImport } from './importStore.ts';
import { planOf } from './importStore.ts';

export interface ConcernedRecord {
  readonly type: string;
  readonly id: number;
  readonly title: string;
}

/** The living records of a type that an import made or changed, with their versions. */
export async function recordsOf(work: Work, definition: Definition, stored: StoredImport): Promise<{ id: number; version: number }[]> {
  const table = tableOf(definition);
  return (await work
    .tx(table)
    .whereIn(`${table}.id`, notedIds(work, definition.type, stored))
    .whereNull('deleted_at')
    .orderBy('id')
    .select('id', 'version')) as {
    id: number;
    version: number;
  }[];
}

/** Records of an import that somebody changed or threw away since, at most a hundred of each type. */
export async function changedSince(work: Work, stored: StoredImport): Promise<ConcernedRecord[]> {
  const found: ConcernedRecord[] = [];
  for (const definition of concerned(work, stored)) {
    const table = tableOf(definition);
    const rows = (await work
      .tx(table)
      .whereIn(`${table}.id`, notedIds(work, definition.type, stored))
      .where((where) => where.whereNotNull('deleted_at').orWhereNot('version', stored.content.versions?.[definition.type] ?? 1))
      .orderBy('id')
      .select('id', 'version', 'deleted_at', { title: columnOf(definition.title) })) as {
      id: number;
      version: number;
      deleted_at: string | null;
      title: string;
    }[];
    const left = leftAt(stored, definition.type);
    const changed = rows.filter((row) => row.deleted_at !== null || row.version !== left.get(row.id));
    found.push(...changed.slice(0, foundMax).map((row) => ({ type: definition.type, id: row.id, title: row.title })));
  }
  return found;
}

/** Records of an import that something points to by now which did not come with it. */
export async function usedSince(work: Work, stored: StoredImport): Promise<ConcernedRecord[]> {
  const found: ConcernedRecord[] = [];
  for (const definition of concerned(work, stored)) {
    const changed = new Set(leftAt(stored, definition.type).keys());
    for (const query of pointersTo(work, definition, stored)) {
      const rows = (await query) as { used: number }[];
      const ids = rows.map((row) => row.used).filter((id) => !changed.has(id));
      if (ids.length > 0) found.push(...(await titled(work, definition, ids.slice(0, foundMax))));
    }
  }
  return found;
}

const foundMax = 100;

/** The type itself and its companions; list entries that came along may stay. */
function concerned(work: Work, stored: StoredImport): Definition[] {
  const plan = planOf(work.company, stored.type);
  return [stored.type, ...Object.values(plan.companions).map((rule) => rule.type)].map((type) => work.company.catalogue.get(type));
}

/** The version in which the import left records that were there before. */
function leftAt(stored: StoredImport, type: string): Map<number, number> {
  return new Map((stored.content.changed ?? []).filter((one) => one[0] === type).map(([, id, version]) => [id, version]));
}

const notedIds = (work: Work, type: string, stored: StoredImport): Knex.QueryBuilder =>
  work.tx('import_records').where({ import: stored.id, type }).select('record_id');

/** One query for each field anywhere that can point to the type: which of the import's records it points to, from outside. */
function pointersTo(work: Work, definition: Definition, stored: StoredImport): Knex.QueryBuilder[] {
  return work.company.catalogue.definitions.flatMap((other) => {
    const head = tableOf(other);
    const ids = () => notedIds(work, definition.type, stored);
    const foreign = (query: Knex.QueryBuilder, id: string) => query.whereNotIn(id, notedIds(work, other.type, stored)).limit(foundMax);
    const own = linksOf(other.fields)
      .filter(([, field]) => field.to === definition.type)
      .map(([name]) =>
        foreign(work.tx(head).whereNull('deleted_at').whereIn(columnOf(name), ids()), 'id').distinct({ used: columnOf(name) }),
      );
    const inParts = Object.entries(other.parts).flatMap(([part, { fields }]) =>
      linksOf(fields)
        .filter(([, field]) => field.to === definition.type)
        .map(([name]) =>
          foreign(
            work
              .tx(`${partTableOf(other, part)} as row`)
              .join(`${head} as head`, 'head.id', 'row.parent')
              .whereNull('head.deleted_at')
              .whereIn(`row.${columnOf(name)}`, ids()),
            'head.id',
          ).distinct({ used: `row.${columnOf(name)}` }),
        ),
    );
    return [...own, ...inParts];
  });
}

async function titled(work: Work, definition: Definition, ids: readonly number[]): Promise<ConcernedRecord[]> {
  const rows = (await work
    .tx(tableOf(definition))
    .whereIn('id', [...ids])
    .orderBy('id')
    .select('id', { title: columnOf(definition.title) })) as {
    id: number;
    title: string;
  }[];
  return rows.map((row) => ({ type: definition.type, id: row.id, title: row.title }));
}
