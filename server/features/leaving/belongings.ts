import type { Knex } from 'knex';
import type { Belonging, BelongingsAnswer } from '../../../shared/contracts/leaving.ts';
import type { Definition, Operation } from '../../../shared/kernel/definition.ts';
import { sumOf } from '../../../shared/kernel/numbers.ts';
import { refuseUnlessKept } from '../../access/delegation.ts';
import { restrict, visibleIds } from '../../access/visibility.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { balancesOf } from '../../ledger/balances.ts';
import type { Work } from '../../work.ts';

/** What is settled with the person and never becomes somebody else's. */
const ownAffairs: readonly string[] = ['expenseClaim', 'advance', 'advanceReturn'];

/**
 * What a person answers for: how many living records of each type stand in their name, and of documents how many are not done with;
 * what is shared with them, waits for their approval, and what they owe. Only what the actor may read. Refuses 'record.notFound' for
 * somebody unknown and 'access.denied' to whoever does not keep them.
 */
export async function belongingsOf(work: Work, userId: number): Promise<BelongingsAnswer> {
  await refuseUnlessKept(work, userId);
  const rows: Belonging[] = [];
  for (const holding of holdingsOf(work)) {
    const row = await countOf(work, holding, userId);
    if (row.count > 0) rows.push(row);
  }
  const shares = (await sharesWith(work, userId).count({ count: '*' }).first()) as { count: number | string } | undefined;
  const approvals = await askedToApprove(work, userId);
  const maySeeAdvances = work.actor.reach('advance', 'read') !== 'none';
  return {
    rows: rows.filter(({ type }) => !ownAffairs.includes(type)),
    claims: rows.filter(({ type }) => ownAffairs.includes(type)),
    shares: Number(shares?.count ?? 0),
    approvals: sumOf(approvals.map(({ ids }) => ids.length)),
    advance: maySeeAdvances ? sumOf((await balancesOf(work, 'advance', [userId])).map(({ amount }) => amount)) : null,
  };
}

/** A type that people answer for: by which field, and in which states it is not done with. */
export interface Holding {
  readonly definition: Definition;
  readonly field: string;
  readonly open: readonly string[] | null;
  /** What one must be allowed to do with it to give it to somebody else. */
  readonly operation: Operation;
}

/** The types the actor may read, those first that take others along when they are given. */
export function holdingsOf(work: Work): Holding[] {
  const holdings = work.company.catalogue.definitions.flatMap((definition) => {
    const found = work.actor.reach(definition.type, 'read') === 'none' ? null : fieldOf(definition);
    if (!found) return [];
    const open = Object.entries(definition.states ?? {}).flatMap(([name, { look }]) => (look === 'done' || look === 'void' ? [] : [name]));
    const operation: Operation = definition.operations.includes('assign') ? 'assign' : found.isPost ? 'change' : 'read';
    return [{ definition, field: found.field, open: definition.states ? open : null, operation }];
  });
  return [...holdings.filter(takesAlong), ...holdings.filter((holding) => !takesAlong(holding))];
}

/** Whether its documents and contacts go along with it. */
export const takesAlong = ({ operation }: Holding): boolean => operation === 'assign';

/** What of it may be given to others: own claims stay with the person. */
export const holdingsToGive = (work: Work): Holding[] =>
  holdingsOf(work).filter(
    ({ definition: { type }, operation }) => !ownAffairs.includes(type) && work.actor.reach(type, operation) !== 'none',
  );

/** Those of a type that stand in the person's name, before anything is picked from them. */
export function heldBy(work: Work, { definition, field, open }: Holding, userId: number): Knex.QueryBuilder {
  const table = tableOf(definition);
  const query = work
    .tx(table)
    .where({ [`${table}.${columnOf(field)}`]: userId })
    .whereNull(`${table}.deleted_at`);
  if (open) query.whereIn(`${table}.state`, open);
  restrict(work, definition, query, 'read');
  return query;
}

/** The owner; else whoever it was filled with when it was made; else, on what the company keeps, the post a person holds there. */
function fieldOf({ type, fields, states, visibility }: Definition): { field: string; isPost: boolean } | null {
  const people = Object.entries(fields).filter(([, field]) => field.kind === 'link' && field.to === 'user');
  const own = people.filter(([, field]) => field.kind === 'link' && field.default === 'actor').map(([name]) => name);
  const field = own.includes('owner') ? 'owner' : own[0];
  if (field) return { field, isPost: false };
  // Who stands above whom is nobody's work to be given away.
  const post = visibility.by === 'company' && !states && type !== 'user' ? people[0]?.[0] : undefined;
  return post ? { field: post, isPost: true } : null;
}

async function countOf(work: Work, holding: Holding, userId: number): Promise<Belonging> {
  const row = (await heldBy(work, holding, userId).count({ count: '*' }).first()) as { count: number | string } | undefined;
  return { type: holding.definition.type, field: holding.field, count: Number(row?.count ?? 0), states: holding.open };
}

/** Shares that hold today. */
export const sharesWith = (work: Work, userId: number): Knex.QueryBuilder =>
  work
    .tx('shares')
    .where({ user: userId })
    .where((where) => where.whereNull('until').orWhere('until', '>=', work.today));

/** The documents the person was asked to approve, that still wait and that the actor may see. */
export async function askedToApprove(work: Work, userId: number): Promise<{ definition: Definition; ids: readonly number[] }[]> {
  const asked = (await work
    .tx('notices')
    .where({ user: userId, code: 'notice.handedIn' })
    .whereNotNull('record_id')
    .distinct('type', 'record_id')) as { type: string; record_id: number }[];
  const waiting: { definition: Definition; ids: readonly number[] }[] = [];
  for (const [type, rows] of Map.groupBy(asked, (row) => row.type)) {
    const definition = work.company.catalogue.find(type);
    if (!definition) continue;
    const states = Object.entries(definition.states ?? {}).flatMap(([name, { look }]) => (look === 'waiting' ? [name] : []));
    const seen = await visibleIds(
      work,
      definition,
      rows.map((row) => row.record_id),
    );
    const query = work.tx(tableOf(definition)).whereIn('id', [...seen]);
    const ids = (await query.whereIn('state', states).whereNull('deleted_at').orderBy('id').pluck('id')) as number[];
    if (ids.length > 0) waiting.push({ definition, ids });
  }
  return waiting;
}
