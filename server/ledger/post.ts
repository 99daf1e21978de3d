import type { Move } from '../../shared/kernel/definition.ts';
import type { LedgerDefinition } from '../../shared/kernel/ledger.ts';
import { assertSafe } from '../../shared/kernel/numbers.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import { insertInto } from '../database/rows.ts';
import type { Work } from '../work.ts';
import { refuseGaps } from './details.ts';
import { refuseLockedMoves } from './locks.ts';
import { tellWatchers } from './watch.ts';

/** The document step that causes moves. */
export interface Cause {
  readonly type: string;
  readonly id: number;
  readonly step: string;
  readonly day: string;
}

/**
 * Writes moves into their ledgers and carries them into the balances, in the caller's transaction. Amounts are integers in
 * the ledger's unit. Refuses with the ledger's shortage code ({subject, place, wanted, held, row}) when a place does not
 * hold what should leave it, and as a ledger that is the detail of another wants it.
 */
export async function post(work: Work, cause: Cause, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  for (const move of moves) refuseOddAmount(move);
  await refuseLockedMoves(work, cause.day, moves);
  await writeMoves(
    work,
    cause,
    moves.map((move) => ({ ...move, mirrorOf: null })),
  );
  await carry(work, moves);
  await refuseGaps(work, moves);
  await tellWatchers(work, moves);
}

/**
 * Takes back every move the document's steps have made and that is not taken back yet, by writing its mirror. Nothing is
 * edited or deleted. `as` is the document that does it where it is another one. Refuses like post.
 */
export async function mirror(work: Work, cause: Cause, steps: readonly string[], as: Cause = cause): Promise<void> {
  const rows = (await work
    .tx('moves as m')
    .leftJoin('moves as b', 'b.mirror_of', 'm.id')
    .where({ 'm.document_type': cause.type, 'm.document_id': cause.id })
    .whereIn('m.step', steps)
    .whereNull('m.mirror_of')
    .whereNull('b.id')
    .orderBy('m.id')
    .select('m.*')) as StoredMove[];
  if (rows.length === 0) return;
  const moves = rows.map((row) => ({
    ledger: row.ledger,
    subject: row.subject,
    from: row.to_place,
    to: row.from_place,
    amount: row.amount,
    ...(row.row_id === null ? {} : { row: row.row_id }),
    mirrorOf: row.id,
  }));
  await refuseLockedMoves(work, as.day, moves);
  await writeMoves(work, as, moves);
  await carry(work, moves);
  await refuseGaps(work, moves);
  await tellWatchers(work, moves);
}

export interface StoredMove {
  id: number;
  ledger: string;
  subject: number;
  from_place: string;
  to_place: string;
  amount: number;
  document_type: string;
  document_id: number;
  row_id: number | null;
  step: string;
  mirror_of: number | null;
  day: string;
  at: string;
  actor: number;
}

function refuseOddAmount(move: Move): void {
  if (!(assertSafe(move.amount) > 0)) throw new Error(`A move of ${move.ledger} needs a positive amount, not ${move.amount}`);
}

// SQLite takes 32,766 parameters in a statement and PostgreSQL 65,535; a move has 13.
const rowsPerStatement = 1000;

async function writeMoves(work: Work, cause: Cause, moves: readonly (Move & { mirrorOf: number | null })[]): Promise<void> {
  const rows = moves.map((move) => ({
    ledger: work.company.catalogue.ledger(move.ledger).name,
    subject: move.subject,
    from_place: move.from,
    to_place: move.to,
    amount: move.amount,
    document_type: cause.type,
    document_id: cause.id,
    row_id: move.row ?? null,
    step: cause.step,
    mirror_of: move.mirrorOf,
    day: move.day ?? cause.day,
    at: work.now,
    actor: work.actor.userId,
  }));
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    await insertInto(work.tx, 'moves', rows.slice(start, start + rowsPerStatement));
}

interface Change {
  ledger: LedgerDefinition;
  subject: number;
  place: string;
  amount: number;
  guarded: boolean;
  row?: number;
}

/** One statement adds all changes; the rows come sorted, so that two postings never wait for each other crosswise. */
async function carry(work: Work, moves: readonly Move[]): Promise<void> {
  const changes = [...sumChanges(work, moves)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, change]) => (change.amount === 0 ? [] : [change]));
  for (let start = 0; start < changes.length; start += rowsPerStatement) {
    const chunk = changes.slice(start, start + rowsPerStatement);
    const rows = chunk.map(({ ledger, subject, place, amount }) => ({ ledger: ledger.name, subject, place, amount }));
    refuseShortage(changes, (await insertInto(work.tx, 'balances', rows, adding)) as unknown as Held[]);
  }
}

const adding =
  ' on conflict ("ledger", "subject", "place") do update set "amount" = "balances"."amount" + excluded."amount" ' +
  'returning "ledger", "subject", "place", "amount"';

interface Held {
  readonly ledger: string;
  readonly subject: number;
  readonly place: string;
  readonly amount: number;
}

function sumChanges(work: Work, moves: readonly Move[]): Map<string, Change> {
  const changes = new Map<string, Change>();
  const add = (move: Move, place: string, amount: number): void => {
    const ledger = work.company.catalogue.ledger(move.ledger);
    const fresh: Change = {
      ledger,
      subject: move.subject,
      place,
      amount: 0,
      guarded: isGuarded(ledger, place),
      ...(move.row ? { row: move.row } : {}),
    };
    const key = keyOf(fresh);
    const change = changes.get(key) ?? fresh;
    change.amount = assertSafe(change.amount + amount);
    if (amount < 0 && move.mayOverdraw) change.guarded = false;
    changes.set(key, change);
  };
  for (const move of moves) {
    add(move, move.from, -move.amount);
    add(move, move.to, move.amount);
  }
  return changes;
}

const keyOf = (of: { ledger: LedgerDefinition | string; subject: number; place: string }): string =>
  `${typeof of.ledger === 'string' ? of.ledger : of.ledger.name}|${String(of.subject).padStart(16, '0')}|${of.place}`;

/** A real place of an unsigned ledger may not fall below zero. */
export function isGuarded(ledger: LedgerDefinition, place: string): boolean {
  return !ledger.signed && !ledger.outside.includes(place.split(':')[0] ?? place);
}

function refuseShortage(changes: readonly Change[], balances: readonly Held[]): void {
  const byKey = new Map(changes.flatMap((change) => (change.guarded && change.amount < 0 ? [[keyOf(change), change] as const] : [])));
  if (byKey.size === 0) return;
  for (const balance of balances) {
    const change = byKey.get(keyOf(balance));
    if (!change || balance.amount >= 0) continue;
    const wanted = -change.amount;
    throw new Refusal(change.ledger.shortage, {
      subject: change.subject,
      place: change.place,
      wanted,
      held: balance.amount + wanted,
      row: change.row ?? null,
    });
  }
}
