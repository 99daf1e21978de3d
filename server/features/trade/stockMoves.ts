import type { Knex } from 'knex';
import type { StockMoveRow, StockMovesAnswer } from '../../../shared/contracts/stock.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { placeOf } from '../../../shared/kernel/ledger.ts';
import { refuseUnlessMay, refuseUnlessSeen } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { warehousesOf } from '../warehousing/warehouseLimit.ts';
import { documentNumbers, keyOf } from './documentNumbers.ts';
import { changeAt, isAt, ourKinds, type Places, touches } from './moveSql.ts';

export interface MovesQuery {
  /** One item, or all of them. */
  readonly item?: number | undefined;
  readonly warehouse?: number | undefined;
  /** Documents of this type alone. */
  readonly type?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** The oldest move already shown. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;

/**
 * What came and went, the newest first, with the quantity of the item before and after each move: in one warehouse, or over all
 * that is ours. Whoever is limited to some warehouses sees what touched these. Refuses 'record.notFound' when the item may not be
 * seen, 'access.denied' when no item may.
 */
export async function stockMoves(work: Work, query: MovesQuery): Promise<StockMovesAnswer> {
  const items = work.company.catalogue.get('item');
  if (query.item === undefined) refuseUnlessMay(work, items, 'read');
  else await refuseUnlessSeen(work, items, query.item);
  const places = await placesOf(work, query.warehouse);
  if (places === null) return { rows: [], titles: {}, next: null };
  const limit = Math.min(rowsMax, query.limit ?? 100);
  const touched = touches(places);
  const moves = work.tx('moves').whereRaw(touched.sql, [...touched.bindings]);
  const isNarrow = query.item !== undefined || query.from !== undefined || query.to !== undefined;
  if (isNarrow) moves.where({ ledger: 'stock' });
  // The newest of all come first in the table itself: read from there, and not gathered out of an index and sorted.
  else moves.whereRaw("ledger || '' = ?", ['stock']);
  narrow(moves, query);
  const found = (await moves
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select('*')) as StoredMove[];
  const shown = found.slice(0, limit);
  const rows = await rowsFrom(work, shown, await standings(work, places, shown));
  return { rows, titles: await titlesOf(work, rows), next: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Null when the person may look at none of them. */
async function placesOf(work: Work, warehouse: number | undefined): Promise<Places | null> {
  const own = await warehousesOf(work);
  if (warehouse !== undefined) return own === null || own.has(warehouse) ? [placeOf('warehouse', warehouse)] : null;
  return own === null ? { kinds: ourKinds } : [...own].map((id) => placeOf('warehouse', id));
}

function narrow(moves: Knex.QueryBuilder, query: MovesQuery): void {
  if (query.item !== undefined) moves.where({ subject: query.item });
  if (query.type !== undefined) moves.where({ document_type: query.type });
  if (query.from !== undefined) moves.where('day', '>=', query.from);
  if (query.to !== undefined) moves.where('day', '<=', query.to);
  if (query.after !== undefined) moves.where('id', '<', query.after);
}

interface Standing {
  id: number;
  change: number;
  after: number;
}

/**
 * By move: how much it changed, and what lay at the places when it had been made, whatever was left out of the list between: what
 * lies there now without what came and went since.
 */
async function standings(work: Work, places: Places, moves: readonly StoredMove[]): Promise<Map<number, Standing>> {
  if (moves.length === 0) return new Map();
  const touched = touches(places);
  const change = changeAt(places);
  const items = [...new Set(moves.map((move) => move.subject))];
  const ids = moves.map((move) => move.id);
  const running = work
    .tx('moves')
    .where({ ledger: 'stock' })
    .whereIn('subject', items)
    .where('id', '>=', Math.min(...ids))
    .whereRaw(touched.sql, [...touched.bindings])
    .select(
      'id',
      'subject',
      work.tx.raw(`${change.sql} as change`, [...change.bindings]),
      work.tx.raw(`sum(${change.sql}) over (partition by subject order by id desc) as since`, [...change.bindings]),
    )
    .as('running');
  const rows = (await work.tx.from(running).whereIn('id', ids).select('id', 'subject', 'change', 'since')) as Since[];
  const held = await heldAt(work, places, items);
  return new Map(rows.map(({ id, subject, change, since }) => [id, { id, change, after: (held.get(subject) ?? 0) - since + change }]));
}

interface Since {
  readonly id: number;
  readonly subject: number;
  readonly change: number;
  /** What this move and all later ones changed. */
  readonly since: number;
}

/** By item: what lies at the places now. */
async function heldAt(work: Work, places: Places, items: readonly number[]): Promise<Map<number, number>> {
  const there = isAt('place', places);
  const rows = (await work
    .tx('balances')
    .where({ ledger: 'stock' })
    .whereIn('subject', [...items])
    .whereRaw(there.sql, [...there.bindings])
    .groupBy('subject')
    .select('subject')
    .sum({ amount: 'amount' })) as { subject: number; amount: number }[];
  return new Map(rows.map(({ subject, amount }) => [subject, amount]));
}

async function rowsFrom(work: Work, moves: readonly StoredMove[], standing: ReadonlyMap<number, Standing>): Promise<StockMoveRow[]> {
  const numbers = await documentNumbers(
    work,
    moves.map((move) => ({ type: move.document_type, id: move.document_id })),
  );
  return moves.map((move): StockMoveRow => {
    const number = numbers.get(keyOf({ type: move.document_type, id: move.document_id }));
    const { change = 0, after = 0 } = standing.get(move.id) ?? {};
    return {
      id: move.id,
      day: move.day,
      at: move.at,
      user: move.actor,
      item: move.subject,
      type: move.document_type,
      document: move.document_id,
      ...(number === undefined ? {} : { number }),
      step: move.step,
      isMirror: move.mirror_of !== null,
      from: warehouseOf(move.from_place),
      to: warehouseOf(move.to_place),
      fromKind: kindOfPlace(move.from_place),
      toKind: kindOfPlace(move.to_place),
      amount: move.amount,
      before: after - change,
      quantity: change,
      after,
    };
  });
}

/** The warehouse it lay in, or is on the way to. */
const warehouseOf = (place: string): number | null => (['warehouse', 'transit'].includes(kindOfPlace(place)) ? idOfPlace(place) : null);

function titlesOf(work: Work, rows: readonly StockMoveRow[]) {
  const warehouses = rows.flatMap((row) => [row.from, row.to]).filter((id) => id !== null);
  return titlesFor(
    work,
    new Map([
      ['user', new Set(rows.map((row) => row.user))],
      ['warehouse', new Set(warehouses)],
      ['item', new Set(rows.map((row) => row.item))],
    ]),
  );
}
