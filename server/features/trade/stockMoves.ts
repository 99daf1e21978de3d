import type { StockMoveRow, StockMovesAnswer } from '../../../shared/contracts/trade.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import { idOfPlace, kindOfPlace } from '../../ledger/balances.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { documentNumbers, keyOf } from './documentNumbers.ts';
import { changeAt, type Places, touches } from './moveSql.ts';

export interface MovesQuery {
  readonly item: number;
  readonly warehouse?: number | undefined;
  /** The oldest move already shown. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;

/**
 * What came and went of an item, the newest first, with the quantity before and after each move: in one warehouse, or over all
 * of them. Refuses 'record.notFound' when the item may not be seen.
 */
export async function stockMoves(work: Work, query: MovesQuery): Promise<StockMovesAnswer> {
  await refuseUnlessSeen(work, work.company.catalogue.get('item'), query.item);
  const places: Places = query.warehouse === undefined ? { kind: 'warehouse' } : [`warehouse:${query.warehouse}`];
  const limit = Math.min(rowsMax, query.limit ?? 100);
  const touched = touches(places);
  const change = changeAt(places);
  const moves = work
    .tx('moves')
    .where({ ledger: 'stock', subject: query.item })
    .whereRaw(touched.sql, [...touched.bindings]);
  if (query.after !== undefined) moves.where('id', '<', query.after);
  const found = (await moves
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select('*', work.tx.raw(`${change.sql} as quantity`, [...change.bindings]))) as (StoredMove & { quantity: number })[];
  const shown = found.slice(0, limit);
  const rows = await rowsFrom(work, shown, await quantityUntil(work, query.item, places, shown[0]?.id ?? 0));
  return { rows, titles: await titlesOf(work, rows), next: found.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** What lay at the places when this move had been made. */
async function quantityUntil(work: Work, item: number, places: Places, id: number): Promise<number> {
  const change = changeAt(places);
  const row = (await work
    .tx('moves')
    .where({ ledger: 'stock', subject: item })
    .where('id', '<=', id)
    .first(work.tx.raw(`coalesce(sum(${change.sql}), 0) as quantity`, [...change.bindings]))) as { quantity: number };
  return row.quantity;
}

async function rowsFrom(work: Work, moves: readonly (StoredMove & { quantity: number })[], latest: number): Promise<StockMoveRow[]> {
  const numbers = await documentNumbers(
    work,
    moves.map((move) => ({ type: move.document_type, id: move.document_id })),
  );
  let after = latest;
  return moves.map((move) => {
    const before = after - move.quantity;
    const number = numbers.get(keyOf({ type: move.document_type, id: move.document_id }));
    const row: StockMoveRow = {
      id: move.id,
      day: move.day,
      at: move.at,
      user: move.actor,
      type: move.document_type,
      document: move.document_id,
      ...(number === undefined ? {} : { number }),
      step: move.step,
      isMirror: move.mirror_of !== null,
      from: warehouseOf(move.from_place),
      to: warehouseOf(move.to_place),
      before,
      quantity: move.quantity,
      after,
    };
    after = before;
    return row;
  });
}

const warehouseOf = (place: string): number | null => (kindOfPlace(place) === 'warehouse' ? idOfPlace(place) : null);

function titlesOf(work: Work, rows: readonly StockMoveRow[]) {
  const warehouses = rows.flatMap((row) => [row.from, row.to]).filter((id) => id !== null);
  return titlesFor(
    work,
    new Map([
      ['user', new Set(rows.map((row) => row.user))],
      ['warehouse', new Set(warehouses)],
    ]),
  );
}
