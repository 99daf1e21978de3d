import type { Knex } from 'knex';
import type { GroundKind } from '../../shared/contracts/explaining.ts';
import type { AnyRecord, Definition, Operation, Scope, Visibility } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { SpecialRight } from '../../shared/kernel/specialRights.ts';
import { marksOf, quoted, rowsOf } from '../database/rows.ts';
import { columnOf, tableOf } from '../database/tables.ts';
import type { Actor, Work } from '../work.ts';
import { compareScopes } from './rights.ts';

/**
 * Narrows a query on the definition's table to the records that the actor may do the operation with: by scope, by share,
 * and for reading also through the record they hang on. What cannot be read cannot be changed either. `alias` names the
 * table where the query calls it otherwise.
 */
export function restrict(
  work: Work,
  definition: Definition,
  query: Knex.QueryBuilder,
  operation: Operation,
  alias = tableOf(definition),
): void {
  narrow(work, definition, query, { operation, alias, isFew: false });
}

/** The same for a query that speaks of a few records by their ids: each is looked at by itself, instead of all that may be seen. */
export function restrictFew(work: Work, definition: Definition, query: Knex.QueryBuilder, operation: Operation): void {
  narrow(work, definition, query, { operation, alias: tableOf(definition), isFew: true });
}

function narrow(work: Work, definition: Definition, query: Knex.QueryBuilder, asked: Omit<Asked, 'reach'>): void {
  const reach = work.actor.reach(definition.type, asked.operation);
  const reading = work.actor.reach(definition.type, 'read');
  if (asked.operation !== 'read' && compareScopes(reading, reach) < 0) narrow(work, definition, query, { ...asked, operation: 'read' });
  apply(query, narrowingOf(work, definition, { ...asked, reach }));
}

/** Whether the actor may do the operation with this record; false also for a record that does not exist. */
export async function canSee(work: Work, definition: Definition, id: number, operation: Operation = 'read'): Promise<boolean> {
  return (await visibleIds(work, definition, [id], operation)).has(id);
}

/** Those of the records that the actor may do the operation with. */
export async function visibleIds(
  work: Work,
  definition: Definition,
  ids: readonly number[],
  operation: Operation = 'read',
): Promise<Set<number>> {
  const table = tableOf(definition);
  const found = new Set<number>();
  const isAll = reachesAll(work, definition, 'read') && reachesAll(work, definition, operation);
  for (let start = 0; start < ids.length; start += 500) {
    if (isAll) {
      const few = ids.slice(start, start + 500);
      const text = `select "id" from ${quoted(table)} where "id" in (${marksOf(few)})`;
      for (const row of await rowsOf(work.tx, text, few)) found.add(Number(row.id));
      continue;
    }
    const query = work.tx(table).whereIn(`${table}.id`, ids.slice(start, start + 500));
    restrictFew(work, definition, query, operation);
    for (const row of (await query.select(`${table}.id`)) as { id: number }[]) found.add(row.id);
  }
  return found;
}

/**
 * Refuses 'record.notFound' when the record does not exist or the actor may not see it (both answer alike), and
 * 'access.denied' when it may be seen but the operation is not the actor's.
 */
export async function refuseUnlessSeen(work: Work, definition: Definition, id: number, operation: Operation = 'read'): Promise<void> {
  if (!(await canSee(work, definition, id, 'read'))) throw new Refusal('record.notFound', { type: definition.type, id });
  if (operation !== 'read' && !(await canSee(work, definition, id, operation))) {
    throw new Refusal('access.denied', { operation, type: definition.type });
  }
}

/** The same for a record that is loaded next, which finds out by itself whether it exists. */
export async function refuseUnlessReached(work: Work, definition: Definition, id: number, operation: Operation): Promise<void> {
  if (!reachesAll(work, definition, 'read') || !reachesAll(work, definition, operation))
    await refuseUnlessSeen(work, definition, id, operation);
}

/** Whether the actor may do the operation with every record of the type. */
export const reachesAll = (work: Work, definition: Definition, operation: Operation): boolean => {
  const asked = { operation, reach: work.actor.reach(definition.type, operation), alias: tableOf(definition), isFew: true };
  return narrowingOf(work, definition, asked) === null;
};

/** Refuses 'access.denied' when the actor may do the operation with no record of the type at all. */
export function refuseUnlessMay(work: Work, definition: Definition, operation: Operation): void {
  if (work.actor.reach(definition.type, operation) === 'none') throw new Refusal('access.denied', { operation, type: definition.type });
}

/** What the actor may do with a record that was found readable; asks the database only where owner and department do not decide. */
export async function operationsOn(work: Work, definition: Definition, record: Pick<AnyRecord, 'id' | 'values'>): Promise<Operation[]> {
  const allowed: Operation[] = [];
  for (const operation of definition.operations) {
    const reach = work.actor.reach(definition.type, operation);
    if (reach === 'none') continue;
    if (isWithin(work, definition, record, reach) || (await canSee(work, definition, record.id, operation))) allowed.push(operation);
  }
  return allowed;
}

function isWithin({ actor }: Work, definition: Definition, { values }: Pick<AnyRecord, 'values'>, reach: Scope): boolean {
  const { visibility } = definition;
  if (visibility.by === 'company') {
    const home = visibility.branch === undefined ? null : values[visibility.branch];
    return reach === 'all' || typeof home !== 'number' || branchesOf(actor, reach).includes(home);
  }
  if (visibility.by === 'parent') return false;
  // Who asks this has already read the record, so that here only the operation's own scope counts.
  if (reach === 'all' || values.owner === actor.userId) return true;
  if (reach === 'department') return values.department === actor.departmentId;
  return reach === 'departmentTree' && actor.departmentTree.includes(Number(values.department));
}

/** A condition to add, 'nothing' when no record passes, or null when every record does. */
type Narrowing = ((where: Knex.QueryBuilder) => void) | 'nothing' | null;

interface Asked {
  readonly operation: Operation;
  readonly reach: Scope;
  readonly alias: string;
  readonly isFew: boolean;
}

function apply(query: Knex.QueryBuilder, narrowing: Narrowing): void {
  if (narrowing === 'nothing') query.whereRaw('1 = 0');
  else if (narrowing) query.where((where) => narrowing(where));
}

function narrowingOf(work: Work, definition: Definition, asked: Asked): Narrowing {
  const scope = byScope(work, definition, asked);
  const internal = statesUnseen(work, definition);
  if (scope === 'nothing' || internal.length === 0) return scope;
  return (where) => {
    where.whereNotIn(`${asked.alias}.state`, internal);
    if (scope) where.where(scope);
  };
}

/** States that are not meant for whoever may only read. */
function statesUnseen({ actor }: Work, { type, states = {} }: Definition): string[] {
  if (actor.reach(type, 'create') !== 'none' || actor.reach(type, 'change') !== 'none') return [];
  return Object.keys(states).filter((state) => states[state]?.internal);
}

interface Ground {
  readonly kind: GroundKind;
  readonly passes: Narrowing;
  /** Of what is reached through the record above: that record's definition and what is asked of it. */
  readonly above?: { readonly definition: Definition; readonly through: string; readonly asked: AskedOfParent };
}

const byScope = (work: Work, definition: Definition, asked: Asked): Narrowing => anyOf(groundsOf(work, definition, asked));

function anyOf(grounds: readonly Ground[]): Narrowing {
  const passing = grounds.map(({ passes }) => passes).filter((passes) => passes !== 'nothing');
  if (passing.length === 0) return 'nothing';
  if (passing.includes(null)) return null;
  return (where) => {
    for (const passes of passing) if (passes) where.orWhere(passes);
  };
}

/** Every ground there may be for the actor to do what is asked; a record that passes one of them is reached. */
function groundsOf(work: Work, definition: Definition, asked: Asked): Ground[] {
  if (asked.reach === 'none') return [];
  const { visibility } = definition;
  if (visibility.by === 'company') return byCompany(work, visibility, asked);
  if (visibility.by === 'parent') return [throughParent(work, definition, visibility.through, asked)];
  return asked.reach === 'all' ? [{ kind: 'all', passes: null }] : byOwner(work, definition, visibility.through, asked);
}

/** A ground that a record passes, and the grounds of the record above where it is reached through that. */
export interface Passed {
  readonly kind: GroundKind;
  readonly above?: { readonly type: string; readonly id: number; readonly grounds: readonly Passed[] };
}

/** Why the actor reaches the record with this operation: the filter's own grounds, each asked by itself. Empty when there is none. */
export function groundsOn(work: Work, definition: Definition, id: number, operation: Operation): Promise<Passed[]> {
  const asked = { operation, reach: work.actor.reach(definition.type, operation), alias: tableOf(definition), isFew: true };
  return passedOn(work, definition, id, asked);
}

async function passedOn(work: Work, definition: Definition, id: number, asked: Asked): Promise<Passed[]> {
  const passed: Passed[] = [];
  for (const { kind, passes, above } of groundsOf(work, definition, asked)) {
    const query = work.tx(tableOf(definition)).where(`${asked.alias}.id`, id);
    apply(query, passes);
    if (above) query.select({ parent: `${asked.alias}.${columnOf(above.through)}` });
    const row = (await query.first(`${asked.alias}.id`)) as { parent?: number } | undefined;
    if (!row) continue;
    if (!above || typeof row.parent !== 'number') passed.push({ kind });
    else {
      const ofParent = { ...above.asked, alias: tableOf(above.definition), isFew: true };
      const grounds = await passedOn(work, above.definition, row.parent, ofParent);
      passed.push({ kind, above: { type: above.definition.type, id: row.parent, grounds } });
    }
  }
  return passed;
}

/** Whether the record is in a state that is not meant for the actor, whatever else they may do with it. */
export async function isInternalTo(work: Work, definition: Definition, id: number): Promise<boolean> {
  const states = statesUnseen(work, definition);
  return states.length > 0 && (await work.tx(tableOf(definition)).where({ id }).whereIn('state', states).first('id')) !== undefined;
}

/** Departments whose records count as the actor's own: theirs and those above, and with the reach of a tree those below. */
const branchesOf = (actor: Actor, reach: Scope): number[] => [
  ...new Set([...actor.departmentPath, ...(reach === 'departmentTree' ? actor.departmentTree : [])]),
];

function byCompany(
  work: Work,
  { hides, branch }: Extract<Visibility, { by: 'company' }>,
  { reach, alias }: Pick<Asked, 'reach' | 'alias'>,
): Ground[] {
  const open = withoutHidden(work, hides, alias);
  if (branch === undefined || reach === 'all') return [{ kind: 'company', passes: open }];
  const home = `${alias}.${columnOf(branch)}`;
  const besides = (narrow: (where: Knex.QueryBuilder) => void) => (where: Knex.QueryBuilder) => {
    narrow(where);
    if (open) where.where(open);
  };
  return [
    { kind: 'company', passes: besides((where) => void where.whereNull(home)) },
    { kind: 'branch', passes: besides((where) => void where.whereIn(home, branchesOf(work.actor, reach))) },
  ];
}

/** Whether everybody who fills a form may choose every record of this type. */
export const isOpenToAll = ({ visibility }: Definition): boolean =>
  visibility.by === 'company' && visibility.hides === undefined && visibility.branch === undefined;

/** Narrows a query to what the actor may name in a link: what they can read, and of the company's own lists also what they cannot. */
export function restrictChoice(work: Work, definition: Definition, query: Knex.QueryBuilder): void {
  const reach = work.actor.reach(definition.type, 'read');
  if (definition.visibility.by !== 'company' || reach !== 'none') restrictFew(work, definition, query, 'read');
  else apply(query, anyOf(byCompany(work, definition.visibility, { reach: 'department', alias: tableOf(definition) })));
}

/** What everybody sees but for records that are marked as hidden, unless the actor has the right to those too. */
function withoutHidden(
  { actor }: Work,
  hides: { readonly field: string; readonly right: SpecialRight } | undefined,
  alias: string,
): Narrowing {
  if (!hides || actor.administrator || actor.special.has(hides.right)) return null;
  return (where) => where.whereRaw('coalesce(??, 0) = 0', [`${alias}.${columnOf(hides.field)}`]);
}

function byOwner(work: Work, definition: Definition, through: string | undefined, asked: Asked): Ground[] {
  const { actor } = work;
  const { operation, reach, alias } = asked;
  const grounds: Ground[] = [{ kind: 'owner', passes: (where) => where.where(`${alias}.owner`, actor.userId) }];
  if (reach === 'department')
    grounds.push({ kind: 'department', passes: (where) => where.where(`${alias}.department`, actor.departmentId) });
  if (reach === 'departmentTree')
    grounds.push({ kind: 'departmentTree', passes: (where) => where.whereIn(`${alias}.department`, [...actor.departmentTree]) });
  if (operation === 'read' || operation === 'change') {
    const shared = sharedIds(work, definition.type, operation === 'change');
    grounds.push({ kind: 'share', passes: (where) => where.whereIn(`${alias}.id`, shared) });
  }
  if (operation === 'read' && through) grounds.push(readThrough(work, definition, through, asked));
  return grounds;
}

/** Reading follows whoever reads the record above; without one there is nothing to follow. */
function readThrough(work: Work, definition: Definition, through: string, asked: Asked): Ground {
  const ground = groundAbove(work, definition, through, { ...asked, own: null });
  const hasParent = (where: Knex.QueryBuilder) => void where.whereNotNull(`${asked.alias}.${columnOf(through)}`);
  return ground.passes === null ? { ...ground, passes: hasParent } : ground;
}

/** Reading follows whoever sees the parent; other operations measure their own scope by the parent's owner and department. */
function throughParent(work: Work, definition: Definition, through: string, asked: Asked): Ground {
  const { operation, reach } = asked;
  const parentOperation = operation === 'create' || operation === 'delete' ? 'change' : operation;
  return groundAbove(work, definition, through, {
    ...asked,
    own: operation === 'read' ? null : { operation: parentOperation, reach },
  });
}

type AskedOfParent = Pick<Asked, 'operation' | 'reach'>;

/** That the parent passes; without `own` the actor's reading of the parent's type decides. */
function groundAbove(
  work: Work,
  definition: Definition,
  through: string,
  { own, alias, isFew }: Pick<Asked, 'alias' | 'isFew'> & { readonly own: AskedOfParent | null },
): Ground {
  const parent = parentOf(work, definition, through);
  const asked = own ?? { operation: 'read' as const, reach: work.actor.reach(parent.type, 'read') };
  const ground = { kind: 'through', above: { definition: parent, through, asked } } as const;
  // A name of its own: a customer may hang on a customer.
  const above = `${alias}_above`;
  const narrowing = narrowingOf(work, parent, { ...asked, alias: above, isFew });
  if (narrowing === null || narrowing === 'nothing') return { ...ground, passes: narrowing };
  const link = `${alias}.${columnOf(through)}`;
  const parents = work.tx({ [above]: tableOf(parent) }).select(`${above}.id`);
  apply(parents, narrowing);
  if (!isFew) return { ...ground, passes: (where) => where.whereIn(link, parents) };
  return { ...ground, passes: (where) => where.whereExists(parents.whereRaw('?? = ??', [`${above}.id`, link])) };
}

/** The definition of the record that this one hangs on. */
export function parentOf(work: Work, definition: Definition, through: string): Definition {
  const field = definition.fields[through];
  if (field?.kind !== 'link') throw new Error(`${definition.type}.${through} is no link`);
  return work.company.catalogue.get(field.to);
}

function sharedIds(work: Work, type: string, forChange: boolean): Knex.QueryBuilder {
  const shares = work.tx('shares').where({ type, user: work.actor.userId, ...(forChange ? { access: 'write' } : {}) });
  return shares.where((where) => where.whereNull('until').orWhere('until', '>=', work.today)).select('record_id');
}
