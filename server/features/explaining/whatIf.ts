import type { Knex } from 'knex';
import type { PersonChange, RightsChange, WhatIfAnswer } from '../../../shared/contracts/whatIf.ts';
import type { Definition } from '../../../shared/kernel/definition.ts';
import { departmentParents, type KnownPosition, loadPositions, type Person, personFrom } from '../../access/people.ts';
import { restrict } from '../../access/visibility.ts';
import { tableOf } from '../../database/tables.ts';
import type { Actor, Work } from '../../work.ts';
import { peopleKept } from './peopleKept.ts';
import { asPerson, pathsOf, personSeen } from './whyRecord.ts';

const shownMax = 50;
/** For so many people records are counted; a change for more is told by its rights alone. */
const countedMax = 10;

/**
 * What a change of a position, a person's positions and department, or the tree of departments would change, for whom: worked out on
 * people as they would be, with the same functions that decide; nothing is written. Of the people whom the asker keeps. Refuses
 * 'access.denied'.
 */
export async function whatIf(work: Work, change: RightsChange): Promise<WhatIfAnswer> {
  const concerned = await peopleKept(work, (users) => narrowTo(work, users, change));
  const changing = await changingTo(work, change);
  const changed = concerned.flatMap(({ person: before, department }) => {
    const after = changedPerson(before, change, changing);
    const told = changeFor(work, { before, after, department });
    return isDifferent(told, before, after) ? [{ before, after, told }] : [];
  });
  const isCounted = changed.length <= countedMax;
  const people: PersonChange[] = [];
  for (const { before, after, told } of changed.slice(0, shownMax))
    people.push({ ...told, seen: isCounted ? await seenChanges(asPerson(work, before), asPerson(work, after)) : null });
  return { people, count: changed.length };
}

const isDifferent = ({ rights, special, fields }: PersonChange, before: Person, after: Person): boolean =>
  rights.length + special.gained.length + special.lost.length + fields.length > 0 ||
  before.departmentTree.join() !== after.departmentTree.join() ||
  before.departmentId !== after.departmentId;

function narrowTo({ tx }: Work, users: Knex.QueryBuilder, change: RightsChange): void {
  if (change.kind === 'user') users.where('users.id', change.id);
  if (change.kind === 'position') users.whereIn('users.id', tx('user_positions').where({ held: change.id }).select('parent'));
}

/** What the change brings, read once for everybody. */
interface Changing {
  readonly parents: ReadonlyMap<number, number | null>;
  /** The positions that somebody is to hold; null where they keep theirs. */
  readonly given: readonly KnownPosition[] | null;
}

async function changingTo({ tx }: Work, change: RightsChange): Promise<Changing> {
  const parents = new Map(await departmentParents(tx));
  if (change.kind === 'department') parents.set(change.id, change.parent);
  return { parents, given: change.kind === 'user' && change.positions ? await loadPositions(tx, change.positions) : null };
}

function changedPerson(before: Person, change: RightsChange, { parents, given }: Changing): Person {
  const held = given ?? before.positions.map((position, index) => ({ ...position, id: before.positionIds[index] ?? 0 }));
  const isMoved = change.kind === 'user' && change.department !== undefined;
  const department = isMoved ? (change.department ?? before.departmentId) : before.departmentId;
  const positions = change.kind === 'position' ? held.map((position) => (position.id === change.id ? edited(change) : position)) : held;
  return personFrom({ userId: before.userId, name: before.name, department }, parents, positions);
}

const edited = ({ id, position }: RightsChange & { kind: 'position' }): KnownPosition => ({ id, ...position });

function changeFor(work: Work, { before, after, department }: { before: Person; after: Person; department: string }): PersonChange {
  const [then, now] = [asPerson(work, after), asPerson(work, before)];
  const { catalogue } = work.company;
  const rights = catalogue.definitions.flatMap(({ type, operations }) =>
    operations.flatMap((operation) => {
      const reach = { before: now.actor.reach(type, operation), after: then.actor.reach(type, operation) };
      return reach.before === reach.after ? [] : [{ type, operation, ...reach }];
    }),
  );
  const special = {
    gained: [...then.actor.special.difference(now.actor.special)],
    lost: [...now.actor.special.difference(then.actor.special)],
  };
  const fields = catalogue.definitions.flatMap((definition) => fieldChanges(definition, now.actor, then.actor));
  return { person: personSeen(before, department), rights, special, fields, seen: null };
}

/** Fields of types that are read before and after: of others the whole record is news. */
function fieldChanges(definition: Definition, now: Actor, then: Actor): PersonChange['fields'][number][] {
  const { type } = definition;
  if (now.reach(type, 'read') === 'none' || then.reach(type, 'read') === 'none') return [];
  return pathsOf(definition).flatMap((path) => {
    const access = { before: now.fieldAccess(type, path), after: then.fieldAccess(type, path) };
    return access.before === access.after ? [] : [{ type, path, ...access }];
  });
}

async function seenChanges(now: Work, then: Work): Promise<PersonChange['seen']> {
  const seen: { type: string; before: number; after: number }[] = [];
  for (const definition of now.company.catalogue.definitions) {
    if (!mayDiffer(now.actor, then.actor, definition)) continue;
    const [before, after] = [await countSeen(now, definition), await countSeen(then, definition)];
    if (before !== after) seen.push({ type: definition.type, before, after });
  }
  return seen;
}

/** Whether the two may see different records: another reach, another place where places count, or the same of the record above. */
function mayDiffer(now: Actor, then: Actor, definition: Definition): boolean {
  const { visibility, type, fields } = definition;
  const reach = now.reach(type, 'read');
  if (reach !== then.reach(type, 'read') || now.special.symmetricDifference(then.special).size > 0) return true;
  const touches = (['create', 'change'] as const).some((one) => now.reach(type, one) !== then.reach(type, one));
  const isMoved = now.departmentId !== then.departmentId || now.departmentTree.join() !== then.departmentTree.join();
  if (touches || (isMoved && (reach === 'department' || reach === 'departmentTree'))) return true;
  const link = visibility.by !== 'company' && visibility.through ? fields[visibility.through] : undefined;
  if (link?.kind !== 'link' || link.to === type) return false;
  const above = now.reach(link.to, 'read');
  return above !== then.reach(link.to, 'read') || (isMoved && (above === 'department' || above === 'departmentTree'));
}

async function countSeen(as: Work, definition: Definition): Promise<number> {
  const table = tableOf(definition);
  const query = as.tx(table).whereNull(`${table}.deleted_at`);
  restrict(as, definition, query, 'read');
  const row = (await query.count({ count: '*' }).first()) as { count: number | string } | undefined;
  return Number(row?.count ?? 0);
}
