import type { CostCardAnswer, CostCardRow } from '../../../shared/contracts/stock.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from './currencies.ts';
import { cursorFrom, readCursor } from './cursor.ts';
import { type DocumentReference, documentNumbers, keyOf } from './documentNumbers.ts';
import { changeAt, ourKinds, type Piece } from './moveSql.ts';
import { averageOf } from './stock.ts';

export interface CostQuery {
  readonly item: number;
  /** Where the page before ended. */
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const movesMax = 2000;

/**
 * How the moving average of an item came about: every step that changed quantity or value, in the order of days, with both and the
 * average after it. What was corrected or taken back later follows what it is about, a correction with what caused it. The right to
 * see cost is the caller's matter. Refuses 'record.notFound' when the item may not be seen.
 */
export async function costCard(work: Work, query: CostQuery): Promise<CostCardAnswer> {
  await refuseUnlessSeen(work, work.company.catalogue.get('item'), query.item);
  const limit = Math.min(movesMax, query.limit ?? movesMax);
  const after = query.after === undefined ? null : readCursor(query.after, ['text', 'number', 'number']);
  const moves = movesOf(work, query.item);
  if (after) moves.whereRaw('(day, turn, id) > (?, ?, ?)', after);
  const found = (await moves
    .orderBy(['day', 'turn', 'id'])
    .limit(limit + 1)
    .select('*', effect(work))) as CostMove[];
  const steps = stepsOf(found);
  // The last step of a full page may go on behind it and begins the next page.
  const shown = found.length > limit && steps.length > 1 ? steps.slice(0, -1) : steps;
  const rows = await rowsFrom(work, shown, await stateAt(work, query.item, after));
  const last = shown.at(-1)?.at(-1);
  const next = found.length > limit && last ? cursorFrom([last.day, last.turn, last.id]) : null;
  return { item: query.item, rows, titles: await titlesFor(work, new Map([['item', new Set([query.item])]])), next };
}

type CostMove = StoredMove & { turn: number; cause_type: string | null; cause_id: number | null; quantity: number; value: number };

const quantityChange = changeAt({ kinds: ourKinds });
const valueChange = changeAt(['stock']);

/** A correction has the turn of what it corrects, and so has what takes a document back. */
const movesOf = (work: Work, item: number) =>
  work.tx.from(
    work
      .tx('moves as m')
      .leftJoin('cost_corrections as c', 'c.move', 'm.id')
      .leftJoin('moves as o', (on) =>
        on.on('o.id', 'm.mirror_of').andOn('o.document_type', 'm.document_type').andOn('o.document_id', 'm.document_id'),
      )
      .leftJoin('cost_corrections as oc', 'oc.move', 'o.id')
      .where({ 'm.subject': item })
      .whereIn('m.ledger', ['stock', 'cost'])
      .select('m.*', 'c.cause_type', 'c.cause_id')
      .select({
        turn: work.tx.raw(
          `coalesce(c.turn, oc.turn,
            (select max(p.id) from moves as p where p.document_type = o.document_type and p.document_id = o.document_id and p.at = o.at),
            m.id)`,
        ),
      })
      .as('moves'),
  );

/** The same two columns for moves of both ledgers: one of them is zero. */
const effectSql: Piece = {
  sql: `case when ledger = 'stock' then ${quantityChange.sql} else 0 end as quantity, case when ledger = 'cost' then ${valueChange.sql} else 0 end as value`,
  bindings: [...quantityChange.bindings, ...valueChange.bindings],
};
const effect = (work: Work) => work.tx.raw(effectSql.sql, [...effectSql.bindings]);

async function stateAt(work: Work, item: number, after: readonly (string | number)[] | null): Promise<{ quantity: number; value: number }> {
  if (after === null) return { quantity: 0, value: 0 };
  const moves = movesOf(work, item)
    .whereRaw('(day, turn, id) <= (?, ?, ?)', [...after])
    .select(effect(work))
    .as('moves');
  const row = (await work.tx
    .from(moves)
    .first(work.tx.raw('coalesce(sum(quantity), 0) as quantity, coalesce(sum(value), 0) as value'))) as {
    quantity: number;
    value: number;
  };
  return { quantity: row.quantity, value: row.value };
}

/** Moves of one step of a document follow each other and carry one moment. */
function stepsOf(moves: readonly CostMove[]): CostMove[][] {
  const steps: CostMove[][] = [];
  for (const move of moves) {
    const last = steps.at(-1);
    const before = last?.at(-1);
    const isSame = before && keyOfStep(before) === keyOfStep(move);
    if (last && isSame) last.push(move);
    else steps.push([move]);
  }
  return steps;
}

const keyOfStep = (move: CostMove): string =>
  [move.document_type, move.document_id, move.step, move.at, move.cause_type, move.cause_id].join(':');

async function rowsFrom(work: Work, steps: readonly CostMove[][], state: { quantity: number; value: number }): Promise<CostCardRow[]> {
  const numbers = await documentNumbers(
    work,
    steps.flatMap(([move]) => (move ? [{ type: move.document_type, id: move.document_id }, ...causesOf(move)] : [])),
  );
  const currencyDigits = (await exchangeOf(work)).base.digits;
  let { quantity, value } = state;
  return steps.flatMap((moves): CostCardRow[] => {
    const [first] = moves;
    if (!first) return [];
    const added = moves.reduce((sum, move) => sum + move.quantity, 0);
    const worth = moves.reduce((sum, move) => sum + move.value, 0);
    quantity += added;
    value += worth;
    const number = numbers.get(keyOf({ type: first.document_type, id: first.document_id }));
    return [
      {
        day: first.day,
        at: first.at,
        type: first.document_type,
        document: first.document_id,
        ...(number === undefined ? {} : { number }),
        step: first.step,
        isMirror: first.mirror_of !== null,
        quantity: added,
        value: worth,
        quantityAfter: quantity,
        valueAfter: value,
        averageAfter: averageOf({ value, quantity, currencyDigits }),
        ...causedBy(first, numbers),
      },
    ];
  });
}

const causesOf = (move: CostMove): DocumentReference[] =>
  move.cause_type !== null && move.cause_id !== null ? [{ type: move.cause_type, id: move.cause_id }] : [];

function causedBy(move: CostMove, numbers: ReadonlyMap<string, string>): Pick<CostCardRow, 'cause'> {
  const [cause] = causesOf(move);
  if (!cause) return {};
  const number = numbers.get(keyOf(cause));
  return { cause: { type: cause.type, document: cause.id, ...(number === undefined ? {} : { number }) } };
}
