import type { Catalogue } from '../../shared/kernel/catalogue.ts';
import type { AnyRecord, Definition, Scope, Value } from '../../shared/kernel/definition.ts';
import { quoted, rowsOf } from '../database/rows.ts';
import { tableOf } from '../database/tables.ts';
import type { Actor, Work } from '../work.ts';
import { ancestorsOf, departmentParents } from './people.ts';
import { parentOf } from './visibility.ts';

/**
 * The rooms whose members may know that this record changed: everybody's, the department's, its superiors', the owner's and
 * those it is shared with, and the same for the record it hangs on. After a change of owner both audiences are concerned,
 * so ask before and after.
 */
export async function audienceOf(work: Work, definition: Definition, record: Pick<AnyRecord, 'id' | 'values'>): Promise<string[]> {
  const { visibility, type } = definition;
  if (visibility.by === 'company') return [`${type}:all`];
  const own = visibility.by === 'owner' ? await roomsAround(work, definition, type, record) : [];
  const through = visibility.through;
  const parentId = through ? record.values[through] : null;
  if (!through || typeof parentId !== 'number') return own;
  return [...own, ...(await roomsOfParent(work, parentOf(work, definition, through), type, parentId))];
}

/** The rooms a person belongs to, besides the one of their own (`person:ID`). Worked out by the server, never asked for by a client. */
export function roomsOf(actor: Actor, catalogue: Catalogue): string[] {
  const rooms = catalogue.definitions.flatMap((definition) => {
    const reach = actor.reach(definition.type, 'read');
    if (reach === 'none') return [];
    const { visibility, type } = definition;
    if (visibility.by === 'company') return [`${type}:all`];
    const own = visibility.by === 'owner' ? roomsInReach(actor, type, reach) : [];
    const field = visibility.through ? definition.fields[visibility.through] : undefined;
    if (field?.kind !== 'link') return own;
    const parent = catalogue.get(field.to);
    const parentReach = actor.reach(parent.type, 'read');
    return [
      ...own,
      ...roomsInReach(actor, `${type}.${parent.type}`, parent.visibility.by === 'company' && parentReach !== 'none' ? 'all' : parentReach),
    ];
  });
  return [personalRoom(actor.userId), ...rooms];
}

/** Where one person alone listens: notices, the end of a session. */
export const personalRoom = (userId: number): string => `person:${userId}`;

function roomsInReach(actor: Actor, prefix: string, reach: Scope): string[] {
  if (reach === 'none') return [];
  if (reach === 'all') return [`${prefix}:all`];
  const personal = `${prefix}:user:${actor.userId}`;
  return reach === 'own' ? [personal] : [personal, `${prefix}:${reach}:${actor.departmentId}`];
}

async function roomsOfParent(work: Work, parent: Definition, childType: string, id: number): Promise<string[]> {
  const prefix = `${childType}.${parent.type}`;
  if (parent.visibility.by !== 'owner') return [`${prefix}:all`];
  const values = await holdersOf(work, parent, id);
  return values ? roomsAround(work, parent, prefix, { id, values }) : [];
}

/** Owner and department of a record. */
async function holdersOf(work: Work, definition: Definition, id: number): Promise<Record<string, Value> | undefined> {
  const { memory } = work.company.store;
  const tables = [tableOf(definition)];
  const key = `holders:${id}`;
  const known = memory.recall<Record<string, Value>>(tables, key);
  if (known) return known;
  const [row] = await rowsOf(work.tx, `select "owner", "department" from ${quoted(tableOf(definition))} where "id" = ?`, [id]);
  if (row) memory.keep(work.tx, tables, key, row);
  return row;
}

async function roomsAround(
  work: Work,
  definition: Definition,
  prefix: string,
  { id, values }: Pick<AnyRecord, 'id' | 'values'>,
): Promise<string[]> {
  const rooms = [`${prefix}:all`];
  if (typeof values.department === 'number') {
    const above = ancestorsOf(values.department, await departmentsIn(work));
    rooms.push(`${prefix}:department:${values.department}`, ...above.map((department) => `${prefix}:departmentTree:${department}`));
  }
  const people = new Set([...(typeof values.owner === 'number' ? [values.owner] : []), ...(await sharersOf(work, definition.type, id))]);
  return [...rooms, ...[...people].map((user) => `${prefix}:user:${user}`)];
}

/** Who the record is shared with. Of most types nothing is. */
async function sharersOf(work: Work, type: string, id: number): Promise<number[]> {
  if (work.company.store.memory.remembers && !(await typesShared(work)).has(type)) return [];
  const rows = await rowsOf(work.tx, 'select "user" from "shares" where "type" = ? and "record_id" = ?', [type, id]);
  return rows.map(({ user }) => Number(user));
}

async function typesShared({ tx, company: { store } }: Work): Promise<ReadonlySet<string>> {
  const known = store.memory.recall<ReadonlySet<string>>(['shares'], 'types');
  if (known) return known;
  const types = new Set((await rowsOf(tx, 'select distinct "type" from "shares"', [])).map(({ type }) => String(type)));
  store.memory.keep(tx, ['shares'], 'types', types);
  return types;
}

// A unit of work that touches thousands of records asks for the tree of departments once.
const trees = new WeakMap<Work, Promise<ReadonlyMap<number, number | null>>>();

async function departmentsIn(work: Work): Promise<ReadonlyMap<number, number | null>> {
  const { store } = work.company;
  const known = store.memory.recall<ReadonlyMap<number, number | null>>(['departments'], 'tree');
  if (known) return known;
  const tree = trees.get(work) ?? departmentParents(work.tx);
  trees.set(work, tree);
  store.memory.keep(work.tx, ['departments'], 'tree', await tree);
  return tree;
}
