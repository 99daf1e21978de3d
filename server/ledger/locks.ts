import type { Day } from '../../shared/kernel/days.ts';
import type { Move } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';

export interface LedgerLock {
  readonly ledger: string;
  readonly subject: number;
  readonly throughDay: Day;
  readonly reason: string | null;
}

/**
 * Locks what a ledger says of a subject up to and with a day: a customer has confirmed its statement, an account's day is closed.
 * Nothing of those days is posted or taken back any more. A later day moves the lock on; an earlier one is a matter of unlocking.
 */
export async function lockLedger(work: Work, lock: Omit<LedgerLock, 'reason'> & { readonly reason?: string | null }): Promise<void> {
  const row = {
    ledger: work.company.catalogue.ledger(lock.ledger).name,
    subject: lock.subject,
    through_day: lock.throughDay,
    reason: lock.reason ?? null,
    locked_at: work.now,
    locked_by: work.actor.userId,
  };
  await work.tx('ledger_locks').insert(row).onConflict(['ledger', 'subject']).merge();
}

/** Takes the lock away, or back to an earlier day. */
export async function unlockLedger(work: Work, of: { readonly ledger: string; readonly subject: number }): Promise<void> {
  await work.tx('ledger_locks').where({ ledger: of.ledger, subject: of.subject }).delete();
}

/** How far a ledger is locked for a subject; null where it is open. */
export async function ledgerLockOf(work: Work, ledger: string, subject: number): Promise<LedgerLock | null> {
  const [row] = (await work.tx('ledger_locks').where({ ledger, subject }).select('*')) as LockRow[];
  return row ? { ledger, subject, throughDay: row.through_day, reason: row.reason } : null;
}

interface LockRow {
  readonly ledger: string;
  readonly subject: number;
  readonly through_day: Day;
  readonly reason: string | null;
}

/** Refuses 'ledger.locked' {ledger, through, day} when a move is of a day that is locked for its subject. */
export async function refuseLockedMoves(work: Work, day: Day, moves: readonly Pick<Move, 'ledger' | 'subject' | 'day'>[]): Promise<void> {
  const locks = await locksOf(work, moves);
  const dayOf = (move: Pick<Move, 'day'>): Day => move.day ?? day;
  const hit = moves.find((move) => dayOf(move) <= (locks.get(keyOf(move)) ?? ''));
  if (hit) throw new Refusal('ledger.locked', { ledger: hit.ledger, day: dayOf(hit), through: locks.get(keyOf(hit)) ?? '' });
}

const keyOf = ({ ledger, subject }: { readonly ledger: string; readonly subject: number }): string => `${ledger}:${subject}`;

/**
 * Asked in one statement: a step moves in several ledgers, and hardly any of their subjects is locked. Where the table may be
 * remembered and holds little, it is not asked at all.
 */
async function locksOf(work: Work, moves: readonly Pick<Move, 'ledger' | 'subject'>[]): Promise<ReadonlyMap<string, Day>> {
  const all = await allLocks(work);
  if (all) return all;
  const locks = new Map<string, Day>();
  const wanted = [...new Map(moves.map((move) => [keyOf(move), move])).values()];
  for (let start = 0; start < wanted.length; start += 1000) {
    const byLedger = Map.groupBy(wanted.slice(start, start + 1000), ({ ledger }) => ledger);
    const query = work.tx('ledger_locks').select('ledger', 'subject', 'through_day');
    for (const [ledger, group] of byLedger) {
      query.orWhere((where) =>
        where.where({ ledger }).whereIn(
          'subject',
          group.map(({ subject }) => subject),
        ),
      );
    }
    for (const row of (await query) as LockRow[]) locks.set(keyOf(row), row.through_day);
  }
  return locks;
}

// A company that confirms every customer's statement has thousands; those are asked for.
const rememberedMax = 500;

/** All locks there are; null where they are too many to hold, or may change without our knowing. */
async function allLocks({ tx, company: { store } }: Work): Promise<ReadonlyMap<string, Day> | null> {
  const { memory } = store;
  if (!memory.remembers) return null;
  const known = memory.recall<{ locks: ReadonlyMap<string, Day> | null }>(['ledger_locks'], 'all');
  if (known) return known.locks;
  const rows = (await tx('ledger_locks')
    .orderBy(['ledger', 'subject'])
    .limit(rememberedMax + 1)
    .select('ledger', 'subject', 'through_day')) as LockRow[];
  const locks = rows.length > rememberedMax ? null : new Map(rows.map((row) => [keyOf(row), row.through_day]));
  memory.keep(tx, ['ledger_locks'], 'all', { locks });
  return locks;
}
