import type { Knex } from 'knex';
import type { Operation, Scope } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';

/** What the database says of a person's place and rights. */
export interface Person {
  readonly userId: number;
  readonly name: string;
  readonly departmentId: number;
  readonly departmentTree: readonly number[];
  /** Own department and all above it. */
  readonly departmentPath: readonly number[];
  readonly positionIds: readonly number[];
  readonly positions: readonly HeldPosition[];
}

export interface HeldPosition {
  readonly administrator: boolean;
  readonly grants: readonly { readonly type: string; readonly operation: Operation; readonly scope: Scope }[];
  readonly special: readonly string[];
  readonly fieldRights: readonly { readonly type: string; readonly field: string; readonly access: 'hidden' | 'readOnly' }[];
}

/** Reads one person with all positions held. Refuses 'access.signedOut' when unknown, deleted or gone. */
export async function loadPerson(tx: Knex, userId: number): Promise<Person> {
  const user = (await tx('users').where({ id: userId, employment: 'employed' }).whereNull('deleted_at').first('name', 'department')) as
    | { name: string; department: number }
    | undefined;
  if (!user) throw new Refusal('access.signedOut');
  const held = (await tx('user_positions').where({ parent: userId }).pluck('held')) as number[];
  return personFrom({ userId, ...user }, await departmentParents(tx), await loadPositions(tx, held));
}

/** A position as it is stored, or as it would be. */
export type KnownPosition = HeldPosition & { readonly id: number };

/** A person at a place in the tree with positions: as they are, or as they would be. */
export function personFrom(
  { userId, name, department }: { readonly userId: number; readonly name: string; readonly department: number },
  parents: ReadonlyMap<number, number | null>,
  held: readonly KnownPosition[],
): Person {
  return {
    userId,
    name,
    departmentId: department,
    departmentTree: [...parents.keys()].filter((id) => ancestorsOf(id, parents).includes(department)),
    departmentPath: ancestorsOf(department, parents),
    positionIds: held.map(({ id }) => id),
    positions: held,
  };
}

/** Those of the positions that are not deleted, with everything they give. */
export async function loadPositions(tx: Knex, wanted: readonly number[]): Promise<KnownPosition[]> {
  const held = (await tx('positions')
    .whereIn('id', [...wanted])
    .whereNull('deleted_at')
    .orderBy('id')
    .select('id', 'administrator')) as { id: number; administrator: number | boolean | null }[];
  const ids = held.map((position) => position.id);
  const rowsOf = async <R>(table: string, columns: string[]) =>
    (await tx(table)
      .whereIn('parent', ids)
      .orderBy('id')
      .select('parent', ...columns)) as (R & { parent: number })[];
  const grants = await rowsOf<HeldPosition['grants'][number]>('position_grants', ['type', 'operation', 'scope']);
  const special = await rowsOf<{ right: string }>('position_special_rights', ['right']);
  const fieldRights = await rowsOf<HeldPosition['fieldRights'][number]>('position_field_rights', ['type', 'field', 'access']);
  return held.map(({ id, administrator }) => ({
    id,
    administrator: Boolean(administrator),
    grants: grants.filter((row) => row.parent === id),
    special: special.filter((row) => row.parent === id).map((row) => row.right),
    fieldRights: fieldRights.filter((row) => row.parent === id),
  }));
}

/** Each living department with the one above it. */
export async function departmentParents(tx: Knex): Promise<ReadonlyMap<number, number | null>> {
  const rows = (await tx('departments').whereNull('deleted_at').select('id', 'parent')) as { id: number; parent: number | null }[];
  return new Map(rows.map((row) => [row.id, row.parent]));
}

/** The department itself and all above it. */
export function ancestorsOf(department: number, parents: ReadonlyMap<number, number | null>): number[] {
  const way: number[] = [];
  for (let at: number | null | undefined = department; typeof at === 'number' && !way.includes(at); at = parents.get(at)) way.push(at);
  return way;
}

/** The department of each of these people who work here; refuses 'access.unknownPerson' when one does not. */
export async function departmentsOfPeople(tx: Knex, userIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const rows = (await tx('users')
    .whereIn('id', [...userIds])
    .where({ employment: 'employed' })
    .whereNull('deleted_at')
    .select('id', 'department')) as {
    id: number;
    department: number;
  }[];
  const departments = new Map(rows.map((row) => [row.id, row.department]));
  const missing = userIds.find((id) => !departments.has(id));
  if (missing !== undefined) throw new Refusal('access.unknownPerson', { user: missing });
  return departments;
}

/** Everybody who works here and holds a position of administrators. */
export const administratorsHere = (tx: Knex): Promise<number[]> => holdersOf(tx, (positions) => positions.where({ administrator: 1 }));

/** Everybody who works here and holds a position of administrators, or one that `granted` selects by its id. */
export const administratorsAnd = (tx: Knex, granted: Knex.QueryBuilder): Promise<number[]> =>
  holdersOf(tx, (positions) => positions.where((either) => either.where({ administrator: 1 }).orWhereIn('id', granted)));

/** Everybody who works here and holds one of the positions that `narrow` leaves, by id. */
export async function holdersOf(tx: Knex, narrow: (positions: Knex.QueryBuilder) => Knex.QueryBuilder): Promise<number[]> {
  return (await tx('users')
    .join('user_positions', 'user_positions.parent', 'users.id')
    .whereIn('user_positions.held', narrow(tx('positions').whereNull('deleted_at').select('id')))
    .where({ 'users.employment': 'employed' })
    .whereNull('users.deleted_at')
    .orderBy('users.id')
    .distinct('users.id')
    .pluck('users.id')) as number[];
}
