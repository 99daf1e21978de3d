import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import type { Definition } from '../../shared/kernel/definition.ts';
import { chunksOf } from '../database/codec.ts';
import { columnOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';

/** A record that belongs to another one by an `owned` link. */
export interface Belonging {
  readonly definition: Definition;
  readonly id: number;
}

/** The deed that took a record into the recycle bin together with its owner, as it stands in the audit trail. */
export interface ThrownWith {
  readonly type: string;
  readonly id: number;
  /** The owner's version in the recycle bin. */
  readonly version: number;
}

/** The links of records that belong to records of the type: which type, by which field. */
export const ownedLinksTo = (catalogue: Catalogue, type: string): { definition: Definition; field: string }[] =>
  catalogue.definitions.flatMap((definition) =>
    Object.entries(definition.fields).flatMap(([field, of]) =>
      of.kind === 'link' && of.owned && of.to === type ? [{ definition, field }] : [],
    ),
  );

/** Everything that belongs to the record now: alive, or `deleted` in the recycle bin, however it came there. */
export async function belongingsOf(work: Work, owner: Definition, id: number, deleted = false): Promise<Belonging[]> {
  const found: Belonging[] = [];
  for (const { definition, field } of ownedLinksTo(work.company.catalogue, owner.type)) {
    const query = work
      .tx(tableOf(definition))
      .where({ [columnOf(field)]: id })
      .orderBy('id')
      .select('id');
    const rows = (await (deleted ? query.whereNotNull('deleted_at') : query.whereNull('deleted_at'))) as { id: number }[];
    found.push(...rows.map((row) => ({ definition, id: row.id })));
  }
  return found;
}

/**
 * What went into the recycle bin together with each of these records, by the owner's id: exactly those whose last deletion was
 * the owner's own, not what had been thrown away before. The version is the one the owner has in the recycle bin.
 */
export async function thrownAlong(
  work: Work,
  owner: Definition,
  owners: readonly { id: number; version: number }[],
): Promise<Map<number, Belonging[]>> {
  const along = new Map<number, Belonging[]>();
  const versions = new Map(owners.map(({ id, version }) => [id, version]));
  for (const { definition, field } of ownedLinksTo(work.company.catalogue, owner.type)) {
    for (const { id, thrownWith } of await lastDeletions(work, definition, { column: columnOf(field), owners: [...versions.keys()] })) {
      if (thrownWith?.type !== owner.type || versions.get(thrownWith.id) !== thrownWith.version) continue;
      along.set(thrownWith.id, [...(along.get(thrownWith.id) ?? []), { definition, id }]);
    }
  }
  return along;
}

/** The records in the recycle bin that hang on the owners, each with what its last deletion says. */
async function lastDeletions(
  work: Work,
  definition: Definition,
  of: { column: string; owners: readonly number[] },
): Promise<{ id: number; thrownWith: ThrownWith | undefined }[]> {
  const table = tableOf(definition);
  const last = new Map<number, string | null>();
  for (const owners of chunksOf(of.owners, 1)) {
    const rows = (await work
      .tx(table)
      .join('audit', 'audit.record_id', `${table}.id`)
      .where({ 'audit.type': definition.type, 'audit.action': 'delete' })
      .whereIn(`${table}.${of.column}`, owners)
      .whereNotNull(`${table}.deleted_at`)
      .orderBy('audit.seq')
      .select(`${table}.id`, 'audit.changes')) as { id: number; changes: string | null }[];
    for (const { id, changes } of rows) last.set(id, changes);
  }
  return [...last].map(([id, changes]) => ({ id, thrownWith: (JSON.parse(changes ?? '{}') as { with?: ThrownWith }).with }));
}
