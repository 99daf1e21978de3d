import type { PersonRights } from '../../../shared/contracts/explaining.ts';
import { specialRights } from '../../../shared/kernel/specialRights.ts';
import { refuseUnlessKept } from '../../access/delegation.ts';
import { loadPerson, type Person } from '../../access/people.ts';
import { actorLike, reachOf } from '../../access/rights.ts';
import type { Actor, Company, Work } from '../../work.ts';
import { personSeen, positionNames, whyFields } from './whyRecord.ts';

/** Everything a person may do, each with the positions that let them. Refuses 'record.notFound', 'access.denied' and 'access.signedOut'. */
export async function personRights(work: Work, userId: number): Promise<PersonRights> {
  await refuseUnlessKept(work, userId);
  const person = await loadPerson(work.tx, userId);
  const names = await positionNames(work, person.positionIds);
  const department = (await work.tx('departments').where({ id: person.departmentId }).first('name')) as { name: string } | undefined;
  const actor = actorLike(person, work.company.catalogue);
  const readable = work.company.catalogue.definitions.filter(({ type }) => actor.reach(type, 'read') !== 'none');
  return {
    person: personSeen(person, department?.name),
    administrator: actor.administrator,
    positions: person.positionIds.map((id) => ({ id, name: names.get(id) ?? '' })),
    types: typesOf(work.company, person, actor),
    special: specialRights
      .filter((right) => actor.special.has(right))
      .map((right) => ({
        right,
        positions: holders(person, (position) => position.administrator || position.special.includes(right)),
      })),
    fields: readable.flatMap((definition) => whyFields(work, person, definition).map((why) => ({ ...why, type: definition.type }))),
  };
}

function typesOf({ catalogue }: Company, person: Person, actor: Actor): PersonRights['types'] {
  return catalogue.definitions.flatMap(({ type, operations }) => {
    const allowed = operations.flatMap((operation) => {
      const scope = actor.reach(type, operation);
      if (scope === 'none') return [];
      return [{ operation, scope, positions: holders(person, (position) => reachOf(position, catalogue, type, operation) === scope) }];
    });
    return allowed.length > 0 ? [{ type, operations: allowed }] : [];
  });
}

const holders = (person: Person, gives: (position: Person['positions'][number]) => boolean): number[] =>
  person.positionIds.filter((_, index) => {
    const position = person.positions[index];
    return position !== undefined && gives(position);
  });
