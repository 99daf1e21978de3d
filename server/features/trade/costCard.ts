import type { CostCardAnswer, CostCardRow } from '../../../shared/contracts/stock.ts';
import { refuseUnlessSeen } from '../../access/visibility.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { exchangeOf } from './currencies.ts';
import { documentNumbers, keyOf } from './documentNumbers.ts';
import { changeAt, ourKinds, type Piece } from './moveSql.ts';
import { averageOf } from './stock.ts';

export interface CostQuery {
  readonly item: number;
  /** The last move of the page before. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

const movesMax = 2000;

/**
 * How the moving average of an item came about: every step that changed quantity or value, the oldest first, with both and the
 * average after it. The right to see cost is the caller's matter. Refuses 'record.notFound' when the item may not be seen.
 */
export async function costCard(work: Work, query: CostQuery): Promise<CostCardAnswer> {
  await refuseUnlessSeen(work, work.company.catalogue.get('item'), query.item);
  const limit = Math.min(movesMax, query.limit ?? movesMax);
  const after = query.after ?? 0;
  const found = (await movesOf(work, query.item)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit + 1)
    .select('*', effect(work))) as CostMove[];
  const steps = stepsOf(found);
  // The last step of a full page may go on behind it and begins the next page.
  const shown = found.length > limit && steps.length > 1 ? steps.slice(0, -1) : steps;
  const rows = await rowsFrom(work, shown, await stateAt(work, query.item, after));
  const next = found.length > limit ? (shown.at(-1)?.at(-1)?.id ?? null) : null;
  return { item: query.item, rows, titles: await titlesFor(work, new Map([['item', new Set([query.item])]])), next };
}

type CostMove = StoredMove & { quantity: number; value: number };

const quantityChange = changeAt({ kinds: ourKinds });
const valueChange = changeAt(['stock']);

const movesOf = (work: Work, item: number) => work.tx('moves').where({ subject: item }).whereIn('ledger', ['stock', 'cost']);

/** The same two columns for moves of both ledgers: one of them is zero. */
const effectSql: Piece = {
  sql: `case when ledger = 'stock' then ${quantityChange.sql} else 0 end as quantity, case when ledger = 'cost' then ${valueChange.sql} else 0 end as value`,
  bindings: [...quantityChange.bindings, ...valueChange.bindings],
};
const effect = (work: Work) => work.tx.raw(effectSql.sql, [...effectSql.bindings]);

async function stateAt(work: Work, item: number, id: number): Promise<{ quantity: number; value: number }> {
  if (id === 0) return { quantity: 0, value: 0 };
  const moves = movesOf(work, item).where('id', '<=', id).select(effect(work)).as('moves');
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

const keyOfStep = (move: CostMove): string => `${move.document_type}:${move.document_id}:${move.step}:${move.at}`;

async function rowsFrom(work: Work, steps: readonly CostMove[][], state: { quantity: number; value: number }): Promise<CostCardRow[]> {
  const numbers = await documentNumbers(
    work,
    steps.flatMap(([move]) => (move ? [{ type: move.document_type, id: move.document_id }] : [])),
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
      },
    ];
  });
}
