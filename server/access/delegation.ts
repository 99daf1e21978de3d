import type { AnyRecord } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';
import { type KnownPosition, loadPerson, loadPositions, personFrom } from './people.ts';
import { actorLike, compareScopes, reachOf } from './rights.ts';

/** The departments whose people the actor keeps: all (null) with the right users.manage, the own and those below for whoever they are delegated to. */
export function departmentsKept({ actor }: Pick<Work, 'actor'>): readonly number[] | null {
  if (actor.special.has('users.manage')) return null;
  if (actor.special.has('people.delegate')) return actor.departmentTree;
  throw new Refusal('access.denied', { right: 'users.manage' });
}

/** Refuses 'access.denied' unless the actor keeps people at all, and 'record.notFound' unless this one is among them. */
export async function refuseUnlessKept(work: Work, userId: number): Promise<void> {
  const kept = departmentsKept(work);
  const user = (await work.tx('users').where({ id: userId }).whereNull('deleted_at').first('department')) as
    | { department: number }
    | undefined;
  if (!user || (kept && !kept.includes(user.department))) throw new Refusal('record.notFound', { type: 'user', id: userId });
}

/**
 * Refuses what whoever keeps the people of a department must not do with a user who is made, changed or deleted: 'access.denied'
 * without the right, 'people.notYourself', 'people.outside' the own department and those below, 'people.tooMuch' {position} for
 * positions that allow more than their own and were not released, 'people.priceLevel' and 'people.warehouses'.
 */
export async function refuseBeyondDelegation(work: Work, before: AnyRecord | null, after: AnyRecord | null): Promise<void> {
  const { actor } = work;
  const kept = departmentsKept(work);
  if (kept === null) return;
  if (before?.id === actor.userId) throw new Refusal('people.notYourself');
  for (const user of [before, after])
    if (user && !kept.includes(Number(user.values.department))) throw new Refusal('people.outside', { department: actor.departmentId });
  await refuseTooMuch(work, [...heldIn(before), ...heldIn(after)]);
  const level = after?.values.priceLevel ?? null;
  if (level !== null && level !== before?.values.priceLevel) throw new Refusal('people.priceLevel');
  if (after) await refuseOtherWarehouses(work, after);
}

/** The same for somebody whose password is to be set: whoever could sign in as them would have their rights. */
export async function refuseUnlessDelegated(work: Work, userId: number): Promise<void> {
  await refuseUnlessKept(work, userId);
  if (departmentsKept(work) === null) return;
  if (userId === work.actor.userId) throw new Refusal('people.notYourself');
  await refuseTooMuch(work, (await loadPerson(work.tx, userId)).positionIds);
}

async function refuseTooMuch(work: Work, positions: readonly number[]): Promise<void> {
  const released = new Set((await work.tx('positions').where({ delegable: 1 }).pluck('id')) as number[]);
  for (const position of await loadPositions(work.tx, positions)) {
    if (position.administrator || (!released.has(position.id) && !(await isWithin(work, position)))) {
      const row = (await work.tx('positions').where({ id: position.id }).first('name')) as { name: string };
      throw new Refusal('people.tooMuch', { position: row.name });
    }
  }
}

/** Whether a position allows nothing that the actor may not do: no operation further, no other special right, no field more. */
async function isWithin(work: Work, position: KnownPosition): Promise<boolean> {
  const { actor, company } = work;
  if (position.special.some((right) => !actor.special.has(right))) return false;
  const level = (await work.tx('positions').where({ id: position.id }).first('price_level')) as { price_level: number | null };
  const own = await loadPerson(work.tx, actor.userId);
  if (level.price_level !== null && !own.positionIds.includes(position.id)) return false;
  const holder = actorLike(personFrom({ userId: 0, name: '', department: actor.departmentId }, new Map(), [position]), company.catalogue);
  return company.catalogue.definitions.every(({ type, operations, fields, parts }) => {
    const isFurther = operations.some(
      (operation) => compareScopes(reachOf(position, company.catalogue, type, operation), actor.reach(type, operation)) > 0,
    );
    if (isFurther) return false;
    if (holder.reach(type, 'read') === 'none') return true;
    const paths = [
      ...Object.keys(fields),
      ...Object.entries(parts).flatMap(([part, rows]) => Object.keys(rows.fields).map((name) => `${part}.${name}`)),
    ];
    return paths.every((path) => openness[holder.fieldAccess(type, path)] <= openness[actor.fieldAccess(type, path)]);
  });
}

const openness = { hidden: 0, readOnly: 1, write: 2 } as const;

/** Who works in some warehouses alone makes nobody who works in others. */
async function refuseOtherWarehouses(work: Work, after: AnyRecord): Promise<void> {
  const own = (await work.tx('user_warehouses').where({ parent: work.actor.userId }).pluck('warehouse')) as number[];
  if (own.length === 0) return;
  const given = (after.parts.warehouses ?? []).map((row) => Number(row.warehouse));
  if (given.length === 0 || given.some((warehouse) => !own.includes(warehouse))) throw new Refusal('people.warehouses');
}

const heldIn = (user: AnyRecord | null): number[] => (user?.parts.positions ?? []).map((row) => Number(row.held));
