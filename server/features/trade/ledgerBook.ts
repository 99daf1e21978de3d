import type { Knex } from 'knex';
import type { BookRow } from '../../../shared/contracts/trade.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { Work } from '../../work.ts';
import { cursorFrom, readCursor } from './cursor.ts';
import { documentNumbers, keyOf } from './documentNumbers.ts';
import { isAt, type Piece, type Places, touches } from './moveSql.ts';

/** One subject of a ledger kept as a book: debit raises its balance, credit lowers it. */
export interface Book {
  readonly ledger: string;
  readonly subject: number;
  readonly places: Places;
  /** `inside`: the balance lies at the places. `outside`: it lies everywhere else, and what leaves the places raises it. */
  readonly side: 'inside' | 'outside';
}

export interface BookPage {
  readonly from: Day;
  readonly to: Day;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

export interface BookContent {
  readonly opening: number;
  readonly carried: number;
  readonly closing: number;
  readonly debit: number;
  readonly credit: number;
  readonly rows: BookRow[];
  readonly next: string | null;
}

const rowsMax = 500;

/**
 * Reads a book for some days: one row for each step of a document, by day, with the balance running along. A mirror stands on
 * the side of what it takes back with the sign turned (红字), so that turnover is not counted twice. A document's number is
 * there when the actor may see the document.
 */
export async function readBook(work: Work, book: Book, page: BookPage): Promise<BookContent> {
  const limit = Math.min(rowsMax, page.limit ?? rowsMax);
  const { debit, credit, later } = await sumsFrom(work, book, page);
  const closing = (await balanceNow(work, book)) - later;
  const opening = closing - debit + credit;
  const found = await pageOf(work, book, page, limit + 1);
  const shown = found.slice(0, limit);
  const carried = page.after === undefined ? opening : opening + (await balanceOf(work, until(work, book, page)));
  const last = shown.at(-1);
  return {
    opening,
    carried,
    closing,
    debit,
    credit,
    rows: await rowsFrom(work, shown, carried),
    next: last && found.length > limit ? cursorFrom([last.day, last.entry]) : null,
  };
}

interface Entry {
  day: Day;
  document_type: string;
  document_id: number;
  step: string;
  mirrors: number;
  entry: number;
  debit: number;
  credit: number;
}

/** Moves of one step of a document come in one moment and make one row. */
function entries(work: Work, book: Book): Knex.QueryBuilder {
  const [raises, lowers] = book.side === 'inside' ? (['to_place', 'from_place'] as const) : (['from_place', 'to_place'] as const);
  const [up, down] = [isAt(raises, book.places), isAt(lowers, book.places)];
  const touched = touches(book.places);
  const debit = sideSum(up, down, 'debit');
  const credit = sideSum(down, up, 'credit');
  return work
    .tx('moves')
    .where({ ledger: book.ledger, subject: book.subject })
    .whereRaw(touched.sql, [...touched.bindings])
    .groupByRaw('day, document_type, document_id, step, at, case when mirror_of is null then 0 else 1 end')
    .select('day', 'document_type', 'document_id', 'step')
    .select(work.tx.raw('case when mirror_of is null then 0 else 1 end as mirrors, min(id) as entry'))
    .select(work.tx.raw(debit.sql, [...debit.bindings]), work.tx.raw(credit.sql, [...credit.bindings]));
}

/** What a step put on a side, less what a mirror took off it. */
function sideSum(direct: Piece, reversed: Piece, name: string): Piece {
  return {
    sql: `sum(case when mirror_of is null and ${direct.sql} then amount when mirror_of is not null and ${reversed.sql} then -amount else 0 end) as ${name}`,
    bindings: [...direct.bindings, ...reversed.bindings],
  };
}

/** What lies there today, as the ledger keeps it; a period is reckoned backwards from it, so that old years need not be read. */
async function balanceNow(work: Work, book: Book): Promise<number> {
  const places = isAt('place', book.places);
  const row = (await work
    .tx('balances')
    .where({ ledger: book.ledger, subject: book.subject })
    .whereRaw(places.sql, [...places.bindings])
    .first(work.tx.raw('coalesce(sum(amount), 0) as held'))) as { held: number };
  return book.side === 'inside' ? row.held : 0 - row.held;
}

/** Turnover of the period, and by how much the balance has changed since. */
async function sumsFrom(work: Work, book: Book, page: BookPage): Promise<{ debit: number; credit: number; later: number }> {
  const since = entries(work, book).where('day', '>=', page.from).as('entries');
  const sum = (sql: string, name: string) => work.tx.raw(`coalesce(sum(case when ${sql} else 0 end), 0) as ${name}`, [page.to]);
  const row = (await work.tx
    .from(since)
    .first(sum('day <= ? then debit', 'debit'), sum('day <= ? then credit', 'credit'), sum('day > ? then debit - credit', 'later'))) as {
    debit: number;
    credit: number;
    later: number;
  };
  return { debit: row.debit, credit: row.credit, later: row.later };
}

async function balanceOf(work: Work, of: Knex.QueryBuilder): Promise<number> {
  const sum = work.tx.raw('coalesce(sum(debit - credit), 0) as balance');
  return ((await work.tx.from(of.as('entries')).first(sum)) as { balance: number }).balance;
}

async function pageOf(work: Work, book: Book, page: BookPage, limit: number): Promise<Entry[]> {
  const query = work.tx.from(entries(work, book).whereBetween('day', [page.from, page.to]).as('entries'));
  if (page.after !== undefined) {
    const [day = '', entry = 0] = readCursor(page.after, ['text', 'number']);
    query.whereRaw('(day > ? or (day = ? and entry > ?))', [day, day, entry]);
  }
  // A step that moved the same amount to and fro (an advance set against an order) leaves the balance as it was.
  return query.whereRaw('(debit <> 0 or credit <> 0)').orderBy(['day', 'entry']).limit(limit).select('*');
}

/** The entries of the period up to the one that the cursor names. */
function until(work: Work, book: Book, page: BookPage): Knex.QueryBuilder {
  const [day = '', entry = 0] = readCursor(page.after ?? '', ['text', 'number']);
  const period = entries(work, book).whereBetween('day', [page.from, page.to]).as('entries');
  return work.tx.from(period).whereRaw('(day < ? or (day = ? and entry <= ?))', [day, day, entry]).select('debit', 'credit');
}

async function rowsFrom(work: Work, found: readonly Entry[], carried: number): Promise<BookRow[]> {
  const numbers = await documentNumbers(
    work,
    found.map((entry) => ({ type: entry.document_type, id: entry.document_id })),
  );
  let balance = carried;
  return found.map((entry) => {
    balance += entry.debit - entry.credit;
    const number = numbers.get(keyOf({ type: entry.document_type, id: entry.document_id }));
    return {
      day: entry.day,
      type: entry.document_type,
      id: entry.document_id,
      ...(number === undefined ? {} : { number }),
      step: entry.step,
      isMirror: entry.mirrors === 1,
      debit: entry.debit,
      credit: entry.credit,
      balance,
      entry: entry.entry,
    };
  });
}
