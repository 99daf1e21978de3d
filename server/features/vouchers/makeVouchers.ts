import type { Voucher, VoucherEntry, VoucherSpan, VouchersAnswer } from '../../../shared/contracts/vouchers.ts';
import { creditLedgers } from '../../../shared/exchange/voucherRules.ts';
import { type Day, endOfMonth } from '../../../shared/kernel/days.ts';
import { mulDiv } from '../../../shared/kernel/numbers.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { accountRules, ruleFinder } from './rules.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

export interface VouchersQuery {
  readonly from: Day;
  readonly to: Day;
  readonly span: VoucherSpan;
}

const movesPerRead = 5000;

/**
 * The ledgers' moves of some days as vouchers of an accounting program, in minor units of the company's currency. A move debits where
 * it goes and credits where it comes from by the same amount, so that every voucher balances by itself. What only passes through an
 * account cancels; what was taken back is there as the move that took it back.
 */
export async function makeVouchers(work: Work, query: VouchersQuery): Promise<VouchersAnswer> {
  const { rules } = await accountRules(work);
  const find = ruleFinder(rules);
  const books = new Map<string, Draft>();
  for await (const moves of movesOf(work, query)) {
    const around = await surroundingsOf(work, moves);
    for (const move of moves) enter(books, move, { query, around, find });
  }
  const drafts = [...books.values()].sort((a, b) => (a.day === b.day ? a.first - b.first : a.day < b.day ? -1 : 1));
  const vouchers: Voucher[] = [];
  const serials = new Map<string, number>();
  for (const draft of drafts) {
    const entries = entriesOf(draft);
    if (entries.length === 0) continue;
    const month = draft.day.slice(0, 7);
    const number = (serials.get(month) ?? 0) + 1;
    serials.set(month, number);
    const title = draft.documents.size === 1 ? ([...draft.documents.values()][0] ?? null) : null;
    vouchers.push({ day: draft.day, number, type: draft.type, title, documents: draft.documents.size, entries });
  }
  const sum = (side: 'debit' | 'credit') => vouchers.flatMap(({ entries }) => entries).reduce((all, entry) => all + entry[side], 0);
  return { vouchers, debit: sum('debit'), credit: sum('credit') };
}

/** Quantities are no money: only ledgers of amounts make vouchers. */
async function* movesOf(work: Work, { from, to }: VouchersQuery): AsyncGenerator<StoredMove[]> {
  const ledgers = work.company.catalogue.ledgers.filter(({ unit }) => unit === 'money').map(({ name }) => name);
  for (let after = 0; ; ) {
    const moves = (await work
      .tx('moves')
      .whereIn('ledger', ledgers)
      .whereBetween('day', [from, to])
      .where('id', '>', after)
      .orderBy('id')
      .limit(movesPerRead)
      .select('*')) as StoredMove[];
    if (moves.length > 0) yield moves;
    if (moves.length < movesPerRead) return;
    after = moves.at(-1)?.id ?? 0;
  }
}

interface Draft {
  readonly day: Day;
  readonly type: string;
  readonly first: number;
  readonly documents: Map<number, string>;
  readonly sums: Map<
    string,
    { rule: { code: string; name: string }; auxiliary: string | null; auxiliaryKind: string | null; amount: number }
  >;
}

interface Entering {
  readonly query: VouchersQuery;
  readonly around: Surroundings;
  readonly find: ReturnType<typeof ruleFinder>;
}

function enter(books: Map<string, Draft>, move: StoredMove, { query, around, find }: Entering): void {
  const day = query.span === 'month' ? endOfMonth(move.day) : move.day;
  const key = [day, move.document_type, ...(query.span === 'document' ? [move.document_id, move.step] : [])].join('|');
  const draft: Draft = books.get(key) ?? { day, type: move.document_type, first: move.id, documents: new Map(), sums: new Map() };
  books.set(key, draft);
  draft.documents.set(move.document_id, around.numberOf(move));
  const amount = around.baseAmount(move);
  const isCredit = creditLedgers.includes(move.ledger);
  const [debit, credit] = isCredit ? [move.from_place, move.to_place] : [move.to_place, move.from_place];
  add(draft, move, { place: debit, amount, around, find });
  add(draft, move, { place: credit, amount: -amount, around, find });
}

interface Adding {
  readonly place: string;
  readonly amount: number;
  readonly around: Surroundings;
  readonly find: ReturnType<typeof ruleFinder>;
}

/** What is sold or bought is net and tax; everything else is one entry. */
function add(draft: Draft, move: StoredMove, { place, amount, around, find }: Adding): void {
  const kind = place.split(':')[0] ?? place;
  const tax = kind === 'sales' || kind === 'purchases' ? around.taxShare(move) : null;
  const taxed = tax === null || move.ledger === 'cost' ? 0 : mulDiv([amount, tax.tax], [tax.total]);
  const put = (value: number, ...places: string[]): void => {
    if (value === 0) return;
    const rule = find(move.ledger, ...places);
    const about = rule.auxiliary ? around.subjectOf(move) : null;
    const key = `${rule.code}|${about?.name ?? ''}`;
    const known = draft.sums.get(key);
    draft.sums.set(key, {
      rule,
      auxiliary: about?.name ?? null,
      auxiliaryKind: about?.type ?? null,
      amount: (known?.amount ?? 0) + value,
    });
  };
  put(amount - taxed, ...around.particular(move, kind), kind);
  put(taxed, `${kind}.tax`, kind);
}

/** Debits first, each side by account; what cancelled is not written. */
function entriesOf(draft: Draft): VoucherEntry[] {
  return [...draft.sums.values()]
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => Number(a.amount < 0) - Number(b.amount < 0) || (a.rule.code < b.rule.code ? -1 : 1))
    .map(({ rule, auxiliary, auxiliaryKind, amount }) => ({
      code: rule.code,
      name: rule.name,
      auxiliary,
      auxiliaryKind,
      debit: Math.max(0, amount),
      credit: Math.max(0, -amount),
    }));
}
