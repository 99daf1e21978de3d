import type { AnyRecord, AnyRow, Calculation, FactBag, Guard, Move, Posting, PostingResult, State, Step } from '../../kernel/definition.ts';
import { placeOf } from '../../kernel/ledger.ts';
import { sumOf } from '../../kernel/numbers.ts';
import { baseQuantityOf } from '../commercial.ts';
import { fact } from '../facts.ts';
import { hasLines } from '../guards.ts';
import { withLots } from '../lots.ts';
import { reversalStates, reverseStep } from '../reversal.ts';
import { averageWorth, costTaker } from './cost.ts';

/** The states of a document that moves goods once somebody with the right has confirmed it. */
export const goodsStates = {
  draft: { editable: 'all', look: 'draft', deletable: true, watermark: true },
  pending: { editable: 'none', look: 'waiting', watermark: true },
  posted: { editable: ['remark'], look: 'done' },
  void: { editable: 'none', look: 'void' },
  ...reversalStates,
} as const satisfies Readonly<Record<string, State>>;

interface GoodsLife {
  readonly posts: Posting;
  /** What must hold besides that there are lines, and that stock of all of them is kept. */
  readonly requires?: readonly Guard[];
  /** What must hold before it is taken back or reversed. */
  readonly undoRequires?: readonly Guard[];
  readonly feeds?: boolean;
  /** How the lots of a row are split, where not all of them go the same way. */
  readonly lotPortions?: Parameters<typeof withLots>[1];
}

/** Confirmed at once by who may, or handed in for approval by who may not; taken back as a whole, reversed in a closed period. */
export const goodsSteps = ({ posts, requires = [], undoRequires = [], feeds = false, lotPortions }: GoodsLife) =>
  ({
    submit: { from: ['draft'], to: 'pending', operation: 'change', requires: [hasLines] },
    post: {
      from: ['draft', 'pending'],
      to: 'posted',
      operation: 'approve',
      requires: [hasLines, onlyGoods, ...requires],
      posts: withLots({ ...posts, facts: ['stockKept', ...(posts.facts ?? [])] }, lotPortions),
      feeds,
    },
    reject: { from: ['pending'], to: 'draft', operation: 'approve', asksReason: true },
    withdraw: { from: ['pending'], to: 'draft', operation: 'change' },
    takeBack: { from: ['posted'], to: 'draft', operation: 'void', undoes: ['post'], requires: undoRequires, asksReason: true },
    reverse: { ...reverseStep, requires: undoRequires },
    void: { from: ['draft'], to: 'void', operation: 'void', asksReason: true, danger: true },
  }) as const satisfies Readonly<Record<string, Step>>;

/** Services and rights have no stock: a line of one would move nothing. */
export const onlyGoods: Guard = {
  name: 'onlyGoods',
  facts: ['stockKept'],
  check: (document, facts) => {
    const kept = fact(facts, 'stockKept');
    const fields = (document.parts.lines ?? []).flatMap((line, index) =>
      kept[Number(line.item)] === false ? [{ path: `lines.${index}.item`, code: 'stock.notKept' }] : [],
    );
    return fields.length > 0 ? { code: 'stock.notKept', facts: { count: fields.length }, fields } : null;
  },
};

/** The sum of what its lines cost, kept on the document. */
export const withCostTotal = (record: AnyRecord): AnyRecord => ({
  ...record,
  values: { ...record.values, costTotal: sumOf((record.parts.lines ?? []).map((line) => Number(line.cost ?? 0))) },
});

/** The arithmetic of a document whose lines cost something. */
export const goodsCost: Calculation = { name: 'goodsCost', run: withCostTotal };

/** What stands on a row once it is posted: what its goods cost, in base minor units. */
const costedRow = (line: AnyRow, cost: number) => ({ part: 'lines', id: line.id, values: { cost } });

/** Goods leave the warehouse in the head for a place outside, and take their moving-average cost to the place of the same name. */
export const takeGoodsTo = (outside: string): Posting => ({
  name: `takeGoodsTo${outside}`,
  facts: ['averageCost', 'mayOverdraw'],
  moves: (document, facts) => {
    const warehouse = Number(document.values.warehouse);
    const takeCost = costTaker(facts);
    return gathered(document, (line, amount) => {
      const cost = takeCost(Number(line.item), amount);
      return {
        cost,
        moves: [
          {
            ledger: 'stock',
            subject: Number(line.item),
            from: placeOf('warehouse', warehouse),
            to: outside,
            amount,
            mayOverdraw: fact(facts, 'mayOverdraw')[warehouse] ?? false,
          },
          { ledger: 'cost', subject: Number(line.item), from: 'stock', to: outside, amount: cost },
        ],
      };
    });
  },
});

/** Goods come into the warehouse in the head from a place outside, at the cost `worth` finds for a line. */
export const bringGoodsFrom = (
  outside: string,
  worth: (line: AnyRow, facts: FactBag) => number = (line, facts) => averageWorth(facts, Number(line.item), baseQuantityOf(line)),
  factsNamed: readonly string[] = [],
): Posting => ({
  name: `bringGoodsFrom${outside}`,
  facts: ['averageCost', ...factsNamed],
  moves: (document, facts) =>
    gathered(document, (line, amount) => {
      const cost = worth(line, facts);
      const to = placeOf('warehouse', Number(document.values.warehouse));
      return {
        cost,
        moves: [
          { ledger: 'stock', subject: Number(line.item), from: outside, to, amount },
          { ledger: 'cost', subject: Number(line.item), from: outside, to: 'stock', amount: cost },
        ],
      };
    }),
});

/** The moves of all lines, each with its row, and the cost noted on each; what amounts to nothing is left out. */
export function gathered(
  document: AnyRecord,
  moved: (line: AnyRow, amount: number) => { readonly cost: number; readonly moves: readonly Move[] },
): PostingResult {
  const results = (document.parts.lines ?? []).map((line) => ({ line, ...moved(line, baseQuantityOf(line)) }));
  return {
    moves: results.flatMap(({ line, moves }) => moves.filter(({ amount }) => amount > 0).map((move) => ({ ...move, row: line.id }))),
    rows: results.map(({ line, cost }) => costedRow(line, cost)),
  };
}
