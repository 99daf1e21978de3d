import { type Day, msOf } from '../../shared/kernel/days.ts';
import type { AnyRecord, Definition, Operation } from '../../shared/kernel/definition.ts';
import { type Facts, Refusal } from '../../shared/kernel/refusal.ts';
import { loadRecords, type StoredRecord } from '../database/rows.ts';
import { columnOf, tableOf } from '../database/tables.ts';
import type { Work } from '../work.ts';
import { audienceOf } from './audience.ts';
import { departmentsOfPeople } from './people.ts';
import { refuseUnlessMay, refuseUnlessSeen, visibleIds } from './visibility.ts';

/** How records are written and deeds put on record; the engine lends its own, which stands a floor higher. */
export interface Pen {
  readonly storeChange: (
    work: Work,
    definition: Definition,
    before: StoredRecord,
    after: AnyRecord,
    action: string,
  ) => Promise<StoredRecord>;
  readonly writeAudit: (
    work: Work,
    deed: { action: string; type: string; recordId: number; version: number; changes: unknown },
  ) => Promise<void>;
}

/** What became of one of many records. */
export type RecordResult =
  | { readonly id: number; readonly ok: true }
  | { readonly id: number; readonly ok: false; readonly problem: { code: string; facts: Facts } };

export interface SharesInput {
  readonly ids: readonly number[];
  readonly users: readonly number[];
  readonly access: 'read' | 'write';
  /** The last day it holds; without one it holds until it is taken back. */
  readonly until?: Day | null;
}

/**
 * Lets colleagues see records, or change them too, and gives what became of each. Only what the actor may share, and with
 * 'write' only what the actor may change. Sharing again replaces what held before. Refuses 'access.denied',
 * 'access.unknownPerson' and 'share.untilPast'.
 */
export async function shareRecords(work: Work, definition: Definition, input: SharesInput, pen: Pen): Promise<RecordResult[]> {
  refuseUnlessMay(work, definition, 'share');
  if (input.until && input.until < work.today) throw new Refusal('share.untilPast', { until: input.until });
  await departmentsOfPeople(work.tx, input.users);
  const needed: Operation[] = input.access === 'write' ? ['share', 'change'] : ['share'];
  return eachRecord(work, definition, input.ids, needed, async (record) => {
    const users = input.users.filter((user) => user !== record.values.owner);
    const { access, until = null } = input;
    const rows = users.map((user) => ({
      type: definition.type,
      record_id: record.id,
      user,
      access,
      until,
      shared_by: work.actor.userId,
      at: work.now,
    }));
    if (rows.length > 0) await work.tx('shares').insert(rows).onConflict(['type', 'record_id', 'user']).merge();
    await pen.writeAudit(work, {
      action: 'share',
      type: definition.type,
      recordId: record.id,
      version: record.version,
      changes: { users, access, until },
    });
    announceTo(work, record, await audienceOf(work, definition, record));
  });
}

/** Takes shares back; whoever may share a record may also end anybody's share of it. Refuses 'access.denied'. */
export async function unshareRecords(
  work: Work,
  definition: Definition,
  input: Pick<SharesInput, 'ids' | 'users'>,
  pen: Pen,
): Promise<RecordResult[]> {
  refuseUnlessMay(work, definition, 'share');
  return eachRecord(work, definition, input.ids, ['share'], async (record) => {
    const rooms = await audienceOf(work, definition, record);
    const users = [...input.users];
    await work.tx('shares').where({ type: definition.type, record_id: record.id }).whereIn('user', users).delete();
    await pen.writeAudit(work, {
      action: 'unshare',
      type: definition.type,
      recordId: record.id,
      version: record.version,
      changes: { users },
    });
    announceTo(work, record, rooms);
  });
}

export interface ShareRow {
  readonly user: number;
  readonly userName: string;
  readonly access: 'read' | 'write';
  readonly until: Day | null;
  readonly sharedBy: number;
  readonly at: string;
}

/** With whom a record is shared, ended shares included. Refuses 'record.notFound'. */
export async function listShares(work: Work, definition: Definition, id: number): Promise<ShareRow[]> {
  await refuseUnlessSeen(work, definition, id);
  const query = work
    .tx('shares')
    .join('users', 'users.id', 'shares.user')
    .where({ 'shares.type': definition.type, 'shares.record_id': id })
    .orderBy('shares.id');
  return (await query.select(
    'shares.user',
    'users.name as userName',
    'shares.access',
    'shares.until',
    'shares.shared_by as sharedBy',
    'shares.at',
  )) as ShareRow[];
}

/** Who gets the record; null leaves it where it is. */
export type Deal = (record: AnyRecord) => number | null;

export interface AssignInput {
  readonly ids: readonly number[];
  /** Everybody whom `deal` may name. */
  readonly owners: readonly number[];
  readonly deal: Deal;
  /** Open documents of the old owner, and what else hangs on the record in the old owner's name, go along. */
  readonly withDocuments: boolean;
}

/**
 * Gives records new owners and their departments, tells each owner, and gives what became of each record: 'assign.nobody' where
 * nobody gets it. Only what the actor may assign. Refuses 'access.denied' and 'access.unknownPerson'.
 */
export async function assignRecords(work: Work, definition: Definition, input: AssignInput, pen: Pen): Promise<RecordResult[]> {
  refuseUnlessMay(work, definition, 'assign');
  const departments = await departmentsOfPeople(work.tx, input.owners);
  const received = new Map<number, number[]>();
  const dealt = new Map<number, number>();
  const deal = (record: AnyRecord) => {
    const owner = input.deal(record);
    if (owner === null) return { code: 'assign.nobody', facts: {} };
    dealt.set(record.id, owner);
    return null;
  };
  const give = async (record: StoredRecord) => {
    const owner = dealt.get(record.id) ?? 0;
    const ownership = { owner, department: departments.get(owner) ?? null };
    await handOver(work, definition, record, ownership, pen);
    if (input.withDocuments) await handOverChildren(work, definition, record, ownership, pen);
    received.set(owner, [...(received.get(owner) ?? []), record.id]);
  };
  const results = await eachRecord(work, definition, input.ids, ['assign'], give, deal);
  for (const [owner, ids] of received) await notify(work, definition, owner, ids);
  return results;
}

export interface GiveInput {
  readonly ids: readonly number[];
  /** The field that says who answers for the record. */
  readonly field: string;
  /** Everybody whom `deal` may name. */
  readonly owners: readonly number[];
  readonly deal: (record: AnyRecord) => number;
}

/**
 * Puts others in the place of a person on records of any type, and tells each of them once. Asks for no right of the type: for those
 * who keep the person. Refuses 'access.unknownPerson'.
 */
export async function giveRecords(work: Work, definition: Definition, input: GiveInput, pen: Pen): Promise<void> {
  const { ids, field, deal } = input;
  const departments = await departmentsOfPeople(work.tx, input.owners);
  const isOwner = definition.visibility.by === 'owner' && field === 'owner';
  const received = new Map<number, number[]>();
  for (const record of await loadLocked(work, definition, ids)) {
    const owner = deal(record);
    const department = departments.get(owner) ?? null;
    await handOver(work, definition, record, isOwner ? { owner, department } : { [field]: owner }, pen);
    received.set(owner, [...(received.get(owner) ?? []), record.id]);
  }
  for (const [owner, given] of received) await notify(work, definition, owner, given);
}

interface Ownership {
  readonly owner: number;
  readonly department: number | null;
}

async function handOver(
  work: Work,
  definition: Definition,
  before: StoredRecord,
  ownership: Readonly<Record<string, number | null>>,
  pen: Pen,
): Promise<void> {
  const isSame = Object.entries(ownership).every(([name, value]) => before.values[name] === value);
  if (isSame) return;
  // Those who lose sight of the record must hear of it too.
  const rooms = await audienceOf(work, definition, before);
  const stored = await pen.storeChange(work, definition, before, { ...before, values: { ...before.values, ...ownership } }, 'assign');
  announceTo(work, stored, rooms);
}

async function handOverChildren(work: Work, definition: Definition, parent: StoredRecord, ownership: Ownership, pen: Pen): Promise<void> {
  const oldOwner = parent.values.owner;
  if (typeof oldOwner !== 'number') return;
  for (const child of work.company.catalogue.definitions) {
    const { visibility } = child;
    const through = visibility.by === 'company' ? undefined : visibility.through;
    const field = through ? child.fields[through] : undefined;
    if (!through || field?.kind !== 'link' || field.to !== definition.type) continue;
    const change = visibility.by === 'owner' ? { ...ownership } : personalFields(child, ownership.owner);
    for (const record of await childrenOf(work, child, through, parent.id)) {
      const own = Object.fromEntries(Object.entries(change).filter(([name]) => name === 'department' || record.values[name] === oldOwner));
      const isTheirs = Object.keys(own).some((name) => name !== 'department');
      if (isTheirs && isOpen(child, record)) await handOver(work, child, record, own, pen);
    }
  }
}

/** On records without an owner: the fields that were filled with whoever made them. */
function personalFields(definition: Definition, owner: number): Record<string, number> {
  const names = Object.entries(definition.fields).filter(
    ([, field]) => field.kind === 'link' && field.to === 'user' && field.default === 'actor',
  );
  return Object.fromEntries(names.map(([name]) => [name, owner]));
}

async function childrenOf(work: Work, definition: Definition, through: string, parentId: number): Promise<StoredRecord[]> {
  const rows = (await work
    .tx(tableOf(definition))
    .where({ [columnOf(through)]: parentId })
    .whereNull('deleted_at')
    .orderBy('id')
    .select('id')) as { id: number }[];
  return loadLocked(
    work,
    definition,
    rows.map((row) => row.id),
  );
}

/** Not yet done with, and not void; records without states always are. */
function isOpen(definition: Definition, record: AnyRecord): boolean {
  const look = record.state === undefined ? undefined : definition.states?.[record.state]?.look;
  return look !== 'done' && look !== 'void';
}

async function eachRecord(
  work: Work,
  definition: Definition,
  ids: readonly number[],
  needed: readonly Operation[],
  run: (record: StoredRecord) => Promise<void>,
  refuse: (record: StoredRecord) => { code: string; facts: Facts } | null = () => null,
): Promise<RecordResult[]> {
  const wanted = [...new Set(ids)];
  const records = new Map(
    (await loadLocked(work, definition, wanted)).filter((record) => record.stamps.deletedAt === null).map((record) => [record.id, record]),
  );
  const seen = await visibleIds(work, definition, wanted);
  const allowed = new Map<Operation, Set<number>>();
  for (const operation of needed) allowed.set(operation, await visibleIds(work, definition, wanted, operation));
  const results: RecordResult[] = [];
  for (const id of wanted) {
    const record = records.get(id);
    const missing = needed.find((operation) => !allowed.get(operation)?.has(id));
    if (!record || !seen.has(id))
      results.push({ id, ok: false, problem: { code: 'record.notFound', facts: { type: definition.type, id } } });
    else if (missing)
      results.push({ id, ok: false, problem: { code: 'access.denied', facts: { operation: missing, type: definition.type } } });
    else {
      const problem = refuse(record);
      if (!problem) await run(record);
      results.push(problem ? { id, ok: false, problem } : { id, ok: true });
    }
  }
  return results;
}

/** SQLite has one writer: whoever is in the transaction holds everything already. */
function loadLocked(work: Work, definition: Definition, ids: readonly number[]): Promise<StoredRecord[]> {
  return loadRecords(work.tx, definition, ids, { parts: true, lock: work.company.store.engine === 'postgres' });
}

function announceTo(work: Work, record: AnyRecord, rooms: readonly string[]): void {
  const { type, id, version } = record;
  work.afterCommit(() => work.company.announce([{ type, id, version, rooms }]));
}

/** Many are given in several requests, one after the other: the owner reads one number. */
const oneDealMs = 10 * 60_000;

async function notify(work: Work, definition: Definition, owner: number, ids: readonly number[]): Promise<void> {
  if (owner === work.actor.userId) return;
  const said = { user: owner, code: 'notice.assigned', type: definition.type };
  const facts = { type: definition.type, count: ids.length, by: work.actor.name };
  const last = (await work.tx('notices').where(said).whereNull('read_at').orderBy('id', 'desc').first('id', 'at', 'facts')) as
    | { id: number; at: string; facts: string }
    | undefined;
  const known = last && msOf(work.now) - msOf(last.at) < oneDealMs ? (JSON.parse(last.facts) as typeof facts) : null;
  if (last && known?.by === facts.by) {
    const all = { ...facts, count: facts.count + known.count };
    await work
      .tx('notices')
      .where({ id: last.id })
      .update({ at: work.now, facts: JSON.stringify(all), record_id: null });
  } else
    await work.tx('notices').insert({ ...said, at: work.now, facts: JSON.stringify(facts), record_id: ids.length === 1 ? ids[0] : null });
}
