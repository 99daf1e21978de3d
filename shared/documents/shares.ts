import type { AnyRow, Value } from '../kernel/definition.ts';
import { mulDiv } from '../kernel/numbers.ts';

/** What of a row is shared out among the rows that follow from it, in minor units (`base…` and cost in the company's currency). */
const shared = ['netAmount', 'grossAmount', 'baseNetAmount', 'cost'] as const;
export type SharedAmounts = Readonly<Record<(typeof shared)[number], number>>;

/** The row that sets the amounts of a row: what it is worth as a whole, and how much of that others have taken already. */
export interface Share {
  readonly type: string;
  readonly id: number;
  readonly state: string | null;
  readonly head: Readonly<Record<string, Value>>;
  readonly row: AnyRow;
  /** Decimal digits of the money it is in. */
  readonly currencyDigits: number;
  readonly whole: SharedAmounts;
  readonly taken: SharedAmounts & { readonly quantity: number };
}

/** By the id of the own row. */
export type ShareFacts = Readonly<Record<number, Share>>;

/**
 * What each row takes of the row it came from, in proportion to its quantity. Counted from the beginning: the shares of all that
 * followed always add up to the rounded share of what was taken, and the last one to the whole.
 */
export function dealShares(rows: readonly AnyRow[], shares: ShareFacts): ReadonlyMap<number, SharedAmounts> {
  const taken = new Map<string, Share['taken']>();
  const dealt = new Map<number, SharedAmounts>();
  for (const row of rows) {
    const share = shares[row.id];
    if (!share) continue;
    const key = `${share.type}:${share.row.id}`;
    const before = taken.get(key) ?? share.taken;
    const quantity = before.quantity + Number(row.quantity);
    const own = (name: (typeof shared)[number]): number => Math.max(0, shareOf(share, name, quantity) - before[name]);
    const amounts = {
      netAmount: own('netAmount'),
      grossAmount: own('grossAmount'),
      baseNetAmount: own('baseNetAmount'),
      cost: own('cost'),
    };
    dealt.set(row.id, amounts);
    const sum = (name: (typeof shared)[number]): number => before[name] + amounts[name];
    taken.set(key, {
      quantity,
      netAmount: sum('netAmount'),
      grossAmount: sum('grossAmount'),
      baseNetAmount: sum('baseNetAmount'),
      cost: sum('cost'),
    });
  }
  return dealt;
}

const shareOf = (share: Share, name: (typeof shared)[number], quantity: number): number =>
  portionOf(share.whole[name], quantity, Number(share.row.quantity));

/** What so much of a whole quantity carries of its amount, in the unit of the amount; from the last piece on all of it. */
export const portionOf = (amount: number, quantity: number, all: number): number =>
  quantity >= all ? amount : mulDiv([amount, quantity], [all]);
