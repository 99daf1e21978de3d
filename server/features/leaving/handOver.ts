import { type HandOverAnswer, type HandOverPlace, isLeaving } from '../../../shared/contracts/leaving.ts';
import type { AnyRecord } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import { refuseUnlessDelegated } from '../../access/delegation.ts';
import { departmentsOfPeople } from '../../access/people.ts';
import { loadActor } from '../../access/rights.ts';
import { assignRecords, giveRecords, shareRecords, unshareRecords } from '../../access/sharing.ts';
import { canSee } from '../../access/visibility.ts';
import { tableOf } from '../../database/tables.ts';
import { writeAudit } from '../../engine/audit.ts';
import { storeChange } from '../../engine/changeRecord.ts';
import type { Work } from '../../work.ts';
import { askedToApprove, type Holding, heldBy, holdingsToGive, sharesWith, takesAlong } from './belongings.ts';

export interface HandOverWish {
  /** Everything to one, or in turn to each. */
  readonly owners: readonly number[];
  /** Who gets the records of a type instead. */
  readonly byType: Readonly<Record<string, number>>;
  /** Where the piece before has ended; null begins. */
  readonly after: HandOverPlace | null;
}

const pen = { storeChange, writeAudit };

// Small, so that people who are saving come between; a customer takes its documents along.
const recordsAtOnce = 50;

/**
 * Gives a piece of everything that stands in the name of somebody who leaves to others, with what is not done with, and says where
 * the next one begins; the last piece passes on what is shared with them and what waits for their approval. Each record is on record
 * as assigned, each piece as a hand-over of the person. Refuses 'access.denied' and 'record.notFound' to whoever does not keep them,
 * 'handOver.notLeaving' while neither a last day is set nor they have left, 'handOver.oneself' and 'access.unknownPerson'.
 */
export async function handOverPiece(work: Work, userId: number, wish: HandOverWish): Promise<HandOverAnswer> {
  await refuseUnlessDelegated(work, userId);
  await refuseUnlessLeaving(work, userId);
  const people = [...new Set([...wish.owners, ...Object.values(wish.byType)])];
  if (wish.owners.length === 0) throw new Refusal('assign.oneOwner', { owners: 0 });
  if (people.includes(userId)) throw new Refusal('handOver.oneself', { user: userId });
  await departmentsOfPeople(work.tx, people);
  const piece = await nextPiece(work, userId, wish.after);
  const answer = piece ? await givePiece(work, piece, wish) : await giveRest(work, userId, wish);
  const { next, ...changes } = answer;
  await writeAudit(work, { action: 'handOver', type: 'user', recordId: userId, changes: { to: people, ...changes } });
  return { given: answer.given, next };
}

async function refuseUnlessLeaving(work: Work, userId: number): Promise<void> {
  const user = (await work.tx('users').where({ id: userId }).first('employment', 'left_on')) as { employment: string; left_on: string };
  if (!isLeaving({ employment: user.employment, leftOn: user.left_on })) throw new Refusal('handOver.notLeaving', { user: userId });
}

interface Piece {
  readonly holding: Holding;
  readonly ids: readonly number[];
}

async function nextPiece(work: Work, userId: number, after: HandOverPlace | null): Promise<Piece | null> {
  const holdings = holdingsToGive(work);
  const from = after ? holdings.findIndex(({ definition }) => definition.type === after.type) : 0;
  for (const holding of holdings.slice(Math.max(0, from))) {
    const table = tableOf(holding.definition);
    const query = heldBy(work, holding, userId).orderBy(`${table}.id`).limit(recordsAtOnce);
    if (after?.type === holding.definition.type) query.where(`${table}.id`, '>', after.id);
    const ids = ((await query.select(`${table}.id`)) as { id: number }[]).map(({ id }) => id);
    if (ids.length > 0) return { holding, ids };
  }
  return null;
}

type Given = HandOverAnswer & Readonly<Record<string, unknown>>;

async function givePiece(work: Work, { holding, ids }: Piece, wish: HandOverWish): Promise<Given> {
  const { definition, field } = holding;
  const chosen = wish.byType[definition.type];
  const owners = chosen === undefined ? wish.owners : [chosen];
  let turn = wish.after?.dealt ?? 0;
  const deal = (_record: AnyRecord): number => owners[turn++ % owners.length] ?? 0;
  let given = ids.length;
  if (takesAlong(holding)) {
    const results = await assignRecords(work, definition, { ids, owners, deal, withDocuments: true }, pen);
    given = results.filter(({ ok }) => ok).length;
  } else {
    await giveRecords(work, definition, { ids, field, owners, deal }, pen);
  }
  return { given, of: definition.type, next: { type: definition.type, id: ids.at(-1) ?? 0, dealt: turn } };
}

/** What hangs on the person themselves goes to the first of the new ones. */
async function giveRest(work: Work, userId: number, wish: HandOverWish): Promise<Given> {
  const heir = wish.owners[0] ?? 0;
  const shares = await passShares(work, userId, heir);
  const approvals = await passApprovals(work, userId, wish.owners);
  return { given: 0, shares, approvals, next: null };
}

interface Share {
  readonly type: string;
  readonly record_id: number;
  readonly access: 'read' | 'write';
  readonly until: string | null;
}

async function passShares(work: Work, userId: number, heir: number): Promise<number> {
  const held = (await sharesWith(work, userId).orderBy('id').select('type', 'record_id', 'access', 'until')) as Share[];
  const has = new Set(((await sharesWith(work, heir).select('type', 'record_id')) as Share[]).map(keyOf));
  let passed = 0;
  for (const group of Map.groupBy(held, ({ type, access, until }) => [type, access, until].join()).values()) {
    const [{ type, access, until }] = group as [Share];
    const definition = work.company.catalogue.find(type);
    if (!definition || work.actor.reach(type, 'share') === 'none') continue;
    const ids = group.map((share) => share.record_id);
    const fresh = group.filter((share) => !has.has(keyOf(share))).map((share) => share.record_id);
    await shareRecords(work, definition, { ids: fresh, users: [heir], access, until }, pen);
    const results = await unshareRecords(work, definition, { ids, users: [userId] }, pen);
    passed += results.filter(({ ok }) => ok).length;
  }
  return passed;
}

const keyOf = ({ type, record_id }: Share): string => `${type}:${record_id}`;

/** Asks the first of the new ones who may approve it instead. Gives how many documents that were; the others wait for whoever else may. */
async function passApprovals(work: Work, userId: number, heirs: readonly number[]): Promise<number> {
  const actors = [];
  for (const heir of heirs) actors.push(await loadActor(work.tx, work.company.catalogue, heir));
  let passed = 0;
  for (const { definition, ids } of await askedToApprove(work, userId)) {
    for (const id of ids) {
      const heir = await firstOf(actors, (actor) => canSee({ ...work, actor }, definition, id, 'approve'));
      if (!heir) continue;
      await passNotices(work, { code: 'notice.handedIn', type: definition.type, record_id: id }, { from: userId, to: heir.userId });
      passed += 1;
    }
  }
  return passed;
}

async function firstOf<T>(all: readonly T[], is: (one: T) => Promise<boolean>): Promise<T | null> {
  for (const one of all) if (await is(one)) return one;
  return null;
}

async function passNotices(work: Work, said: Readonly<Record<string, string | number>>, { from, to }: Passing): Promise<void> {
  const notices = work.tx('notices').where({ ...said, user: from });
  const asked = (await notices.clone().orderBy('id', 'desc').first('facts')) as { facts: string };
  const knows = await work
    .tx('notices')
    .where({ ...said, user: to })
    .first('id');
  if (!knows) await work.tx('notices').insert({ ...said, user: to, at: work.now, facts: asked.facts });
  await notices.delete();
}

interface Passing {
  readonly from: number;
  readonly to: number;
}
