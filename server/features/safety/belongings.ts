import type { Belonging } from '../../../shared/contracts/signIns.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { refuseUnlessKept } from '../../access/delegation.ts';
import { restrict } from '../../access/visibility.ts';
import { tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';

/**
 * What a person answers for: how many living records of each type are theirs, and of documents how many are not done with. Only what
 * the actor may read. Refuses 'record.notFound' for somebody unknown and 'access.denied' to whoever does not keep them.
 */
export async function belongingsOf(work: Work, userId: number): Promise<Belonging[]> {
  await refuseUnlessKept(work, userId);
  const found: Belonging[] = [];
  for (const definition of work.company.catalogue.definitions) {
    if (definition.visibility.by !== 'owner' || work.actor.reach(definition.type, 'read') === 'none') continue;
    const row = await countOf(work, definition, userId);
    if (row.count > 0) found.push(row);
  }
  return found;
}

async function countOf(work: Work, definition: Definition, userId: number): Promise<Belonging> {
  const table = tableOf(definition);
  const open = Object.entries(definition.states ?? {}).flatMap(([name, { look }]) => (look === 'done' || look === 'void' ? [] : [name]));
  const query = work
    .tx(table)
    .where({ [`${table}.owner`]: userId })
    .whereNull(`${table}.deleted_at`);
  if (definition.states) query.whereIn(`${table}.state`, open);
  restrict(work, definition, query, 'read');
  const row = (await query.count({ count: '*' }).first()) as { count: number | string } | undefined;
  return { type: definition.type, count: Number(row?.count ?? 0), states: definition.states ? open : null };
}
