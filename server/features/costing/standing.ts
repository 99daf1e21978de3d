import type { CostedPosting, CostedRow, Stock } from '../../../shared/documents/costReplay.ts';
import { type Valued, valuations } from '../../../shared/documents/valuations.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import type { AnyRecord, AnyRow } from '../../../shared/kernel/definition.ts';
import { balancesOf } from '../../ledger/balances.ts';
import type { StoredMove } from '../../ledger/post.ts';
import type { Work } from '../../work.ts';
import { isInside } from '../trade/stock.ts';
import { Papers } from './papers.ts';

/** A row of a standing posting, with what the cost ledger holds of it now. */
export interface StandingRow extends CostedRow {
  readonly posting: StandingPosting;
  /** The row of the document; null for goods of its head. */
  readonly line: number | null;
  /** By place of the cost ledger outside: what came into stock from there, less what went there. */
  readonly booked: ReadonlyMap<string, number>;
  readonly against: string;
}

export interface StandingPosting extends CostedPosting {
  readonly type: string;
  readonly id: number;
  readonly step: string;
  /** Where it stands on the cost card: behind its last move. */
  readonly turn: number;
  readonly rows: readonly StandingRow[];
}

export interface Standing {
  readonly start: ReadonlyMap<number, Stock>;
  readonly postings: readonly StandingPosting[];
}

/**
 * Everything that stands and has moved goods or value of the items from a day on, and of those items that were made of them or of
 * which they were made; and what lay there before. What was taken back is left out. Whoever may write locks the items.
 */
export async function standingFrom(work: Work, items: readonly number[], from: Day): Promise<Standing> {
  const known = new Map<number, readonly MoveRead[]>();
  let fresh = [...new Set(items)].sort((a, b) => a - b);
  while (fresh.length > 0) {
    await balancesOf(work, 'cost', fresh, !work.readOnly);
    await balancesOf(work, 'stock', fresh, !work.readOnly);
    const moves = await movesOf(work, fresh, from);
    for (const item of fresh) known.set(item, moves.get(item) ?? []);
    fresh = (await itemsMadeWith(work, [...moves.values()].flat())).filter((item) => !known.has(item));
  }
  // In the order in which they were posted, whichever item was asked for first: what is made is worth what went before it.
  const moves = [...known.values()].flat().sort((a, b) => a.id - b.id);
  return { start: await stockBefore(work, [...known.keys()], moves), postings: await postingsFrom(work, moves, from) };
}

interface MoveRead extends StoredMove {
  /** The document whose move it takes back, where that is another one. */
  reversed_id: number | null;
}

async function movesOf(work: Work, items: readonly number[], from: Day): Promise<Map<number, MoveRead[]>> {
  const found: MoveRead[] = [];
  for (let start = 0; start < items.length; start += 500) {
    const rows = (await work
      .tx('moves as m')
      .leftJoin('moves as b', 'b.mirror_of', 'm.id')
      .leftJoin('moves as o', 'o.id', 'm.mirror_of')
      .whereIn('m.ledger', ['stock', 'cost'])
      .whereIn('m.subject', items.slice(start, start + 500))
      .where('m.day', '>=', from)
      // What its own document took back is as if it had never been.
      .where((stands) => stands.whereNull('b.id').orWhereRaw('b.document_id <> m.document_id'))
      .where((stands) => stands.whereNull('o.id').orWhereRaw('o.document_id <> m.document_id'))
      .orderBy('m.id')
      .select('m.*', { reversed_id: 'o.document_id' })) as MoveRead[];
    found.push(...rows);
  }
  return Map.groupBy(found, ({ subject }) => subject);
}

/** Goods that pass through the place where one is made of another share their cost. */
async function itemsMadeWith(work: Work, moves: readonly MoveRead[]): Promise<number[]> {
  const made = moves.filter(({ from_place, to_place }) => [from_place, to_place].includes('assembly'));
  const items = new Set<number>();
  for (const [type, group] of Map.groupBy(made, ({ document_type }) => document_type)) {
    const ids = [...new Set(group.map(({ document_id }) => document_id))];
    for (let start = 0; start < ids.length; start += 500) {
      const rows = work.tx('moves').where({ document_type: type, ledger: 'stock' });
      for (const item of (await rows
        .whereIn('document_id', ids.slice(start, start + 500))
        .distinct('subject')
        .pluck('subject')) as number[])
        items.add(item);
    }
  }
  return [...items];
}

async function stockBefore(work: Work, items: readonly number[], moves: readonly MoveRead[]): Promise<Map<number, Stock>> {
  const start = new Map(items.map((item) => [item, { quantity: 0, value: 0 }]));
  for (const balance of await balancesOf(work, 'stock', items)) {
    const stock = start.get(balance.subject);
    if (stock && isInside(work, balance)) stock.quantity += balance.amount;
  }
  for (const { subject, place, amount } of await balancesOf(work, 'cost', items)) {
    const stock = start.get(subject);
    if (stock && place === 'stock') stock.value += amount;
  }
  for (const move of moves) {
    const stock = start.get(move.subject);
    if (!stock) continue;
    if (move.ledger === 'stock') stock.quantity -= changeOf(work, move);
    else stock.value -= changeOf(work, move);
  }
  return start;
}

export type MovedGoods = Pick<StoredMove, 'ledger' | 'subject' | 'from_place' | 'to_place' | 'amount'>;

/** What a move adds to what is ours. */
export function changeOf(work: Work, { ledger, from_place, to_place, amount }: MovedGoods): number {
  const isOurs = (place: string): boolean => isInside(work, { ledger, place, subject: 0, amount: 0 });
  return (isOurs(to_place) ? amount : 0) - (isOurs(from_place) ? amount : 0);
}

async function postingsFrom(work: Work, moves: readonly MoveRead[], from: Day): Promise<StandingPosting[]> {
  const papers = new Papers(work);
  const groups = [...Map.groupBy(moves, ({ document_type, document_id }) => `${document_type}:${document_id}`).values()];
  await papers.bring(groups.flatMap(([first]) => (first && isToldByPaper(first.document_type) ? [first] : [])));
  const postings: StandingPosting[] = [];
  for (const group of groups) {
    const [first] = group;
    if (!first) continue;
    const rows: StandingRow[] = [];
    const { document_type: type, document_id: id, step, day, at } = first;
    const turn = Math.max(...group.flatMap((move) => (move.at === at ? [move.id] : [])));
    const posting = { type, id, step, day, order: first.id, turn, rows };
    for (const own of Map.groupBy(group, ({ row_id, subject }) => `${row_id}:${subject}`).values()) {
      const row = await rowFrom(work, papers, { posting, own, from });
      if (row) rows.push(row);
    }
    postings.push(posting);
  }
  return postings;
}

/** Whether only the document itself says what its goods are worth, or what they came from. */
function isToldByPaper(type: string): boolean {
  const valuing = valuations[type];
  return typeof valuing === 'function' || valuing?.as === 'source';
}

interface RowMoves {
  readonly posting: StandingPosting;
  readonly own: readonly MoveRead[];
  readonly from: Day;
}

async function rowFrom(work: Work, papers: Papers, { posting, own, from }: RowMoves): Promise<StandingRow | null> {
  const [first] = own;
  if (!first) return null;
  const quantity = own.filter(({ ledger }) => ledger === 'stock').reduce((sum, move) => sum + changeOf(work, move), 0);
  const booked = bookedOf(work, own);
  if (quantity === 0 && booked.size === 0) return null;
  const reversed = own.find(({ reversed_id }) => reversed_id !== null)?.reversed_id ?? null;
  const { type } = posting;
  const document = isToldByPaper(type) ? await papers.paper(type, reversed ?? posting.id) : null;
  const line = document?.parts.lines?.find(({ id }) => id === first.row_id) ?? null;
  const valued = valuedAs(type, document, line);
  const keyOf = (id: number): string => `${type}:${id}:${first.row_id ?? 0}:${first.subject}`;
  const row = { key: keyOf(posting.id), item: first.subject, quantity, posting, line: first.row_id, booked, against: valued.against };
  if (reversed !== null) return { ...row, as: 'own', own: mirroredBy(work, own), reverses: keyOf(reversed) };
  const source = valued.as === 'source' && line ? await papers.sourceOf(type, line, { item: first.subject, from }) : undefined;
  return { ...row, as: valued.as, own: valued.worth ?? booked.get(valued.against) ?? 0, ...(source ? { source } : {}) };
}

function valuedAs(type: string, document: AnyRecord | null, line: AnyRow | null): Valued {
  const valuing = valuations[type];
  if (!valuing) throw new Error(`Nothing says how the goods of ${type} are valued`);
  return typeof valuing === 'function' ? valuing(document ?? { id: 0, version: 0, type, values: {}, parts: {} }, line) : valuing;
}

function bookedOf(work: Work, moves: readonly MoveRead[]): Map<string, number> {
  const booked = new Map<string, number>();
  for (const move of moves.filter(({ ledger }) => ledger === 'cost')) {
    const place = move.to_place === 'stock' ? move.from_place : move.to_place;
    booked.set(place, (booked.get(place) ?? 0) + changeOf(work, move));
  }
  return booked;
}

/** What a reversal took back of a document that is not replayed. */
const mirroredBy = (work: Work, moves: readonly MoveRead[]): number =>
  moves.filter((move) => move.ledger === 'cost' && move.mirror_of !== null).reduce((sum, move) => sum + changeOf(work, move), 0);
