import type { AnyRecord, AnyRow, FactBag, Guard, GuardRefusal, Move, Part, Posting, PostingResult } from '../kernel/definition.ts';
import { day, link, quantity, text } from '../kernel/fields.ts';
import { placeOf } from '../kernel/ledger.ts';
import { type FieldRefusal, Refusal } from '../kernel/refusal.ts';
import { lotKey, onePiece } from '../records/lot.ts';
import { baseQuantityOf } from './commercial.ts';
import { handled } from './credit.ts';
import { fact, type LotFact } from './facts.ts';

interface LotRows {
  /** `in`: they may bring lots nobody has seen yet. `out`: they name lots that are there. `back`: the same, and begin with those of the source. */
  readonly go: 'in' | 'out' | 'back';
  /** Each row says for itself into or out of which warehouse. */
  readonly byWarehouse?: boolean;
  readonly extra?: Part['fields'];
}

/**
 * Which batches or serial numbers the goods of a document are, for those items that are told apart: so much of each, in the item's
 * own unit. Together they are as much as the lines say.
 */
export const lotRows = ({ go, byWarehouse = false, extra = {} }: LotRows): Part => ({
  max: 5000,
  key: ['item', 'number'],
  entry: true,
  ofOne: true,
  ...(go === 'back' ? { proposedBy: 'lots' } : {}),
  fields: {
    item: link('item', { required: true }),
    ...(byWarehouse ? { warehouse: link('warehouse') } : {}),
    number: text({ max: 60, required: true }),
    quantity: quantity({ required: true, min: 1, default: onePiece }),
    ...extra,
    madeOn: day(go === 'in' ? {} : { derived: true }),
    expiresOn: day(go === 'in' ? {} : { derived: true }),
    lot: link('lot', { derived: true, hidden: true, indexed: true }),
  },
});

/** A part of what a row says, and the moves it may belong to. */
export interface Portion {
  readonly amount: number;
  readonly fits?: (move: Move) => boolean;
}

/**
 * The same posting, telling also which lots its goods are: every move of an item that is told apart is dealt out to the rows, from
 * and to the same places. Refuses 'lots.notTracked', 'lots.oneEach', 'lots.twice', 'lots.daysReversed', 'lots.unknown' {number},
 * 'lots.missing' {item, wanted, given} and 'lots.surplus' {item}.
 */
export const withLots = (posting: Posting, portionsOf: (row: AnyRow) => readonly Portion[] = wholeRow): Posting => ({
  ...posting,
  facts: [...(posting.facts ?? []), 'tracking'],
  lateFacts: [...(posting.lateFacts ?? []), 'lotIds'],
  details: ['lots'],
  moves: (document, facts) => {
    const result = posting.moves(document, facts);
    return withMoves(result, dealLots({ document, facts, moves: result.moves, portionsOf }));
  },
});

const wholeRow = (row: AnyRow): Portion[] => [{ amount: Number(row.quantity) }];

interface Dealing {
  readonly document: AnyRecord;
  readonly facts: FactBag;
  readonly moves: readonly Move[];
  readonly portionsOf: (row: AnyRow) => readonly Portion[];
}

/** So much of a row's lot made one of the moves. */
interface Dealt {
  readonly move: Move;
  readonly row: AnyRow;
  readonly lot: LotFact;
  readonly amount: number;
}

interface Hand {
  readonly row: AnyRow;
  readonly index: number;
  readonly lot: LotFact;
  readonly fits: (move: Move) => boolean;
  left: number;
}

function dealLots({ document, facts, moves, portionsOf }: Dealing): Dealt[] {
  const tracked = fact(facts, 'tracking');
  const rows = document.parts.lots ?? [];
  const odd = oddRow(rows, facts);
  if (odd) throw new Refusal(odd.code, odd.facts, odd.fields);
  const lots = fact(facts, 'lotIds');
  const hands = rows.flatMap((row, index): Hand[] => {
    const lot = lots[row.id];
    if (!lot) throw at('lots.unknown', `lots.${index}.number`, { number: String(row.number) });
    return portionsOf(row).map(({ amount, fits = () => true }) => ({
      row,
      index,
      lot,
      left: amount,
      fits: (move) => isOf(move, row) && fits(move),
    }));
  });
  const dealt: Dealt[] = [];
  for (const move of moves) {
    if (move.ledger !== 'stock' || !tracked[move.subject]) continue;
    let missing = move.amount;
    for (const hand of hands) {
      const amount = Math.min(missing, hand.left);
      if (amount <= 0 || !hand.fits(move)) continue;
      dealt.push({ move, row: hand.row, lot: hand.lot, amount });
      hand.left -= amount;
      missing -= amount;
    }
    if (missing > 0) throw shortOf(document, move, { item: tracked[move.subject]?.name ?? '', missing });
  }
  const spare = hands.find(({ left }) => left > 0);
  if (spare)
    throw at('lots.surplus', `lots.${spare.index}.quantity`, { item: tracked[Number(spare.row.item)]?.name ?? '', surplus: spare.left });
  return dealt;
}

/** A row belongs to a move of its item, at its warehouse where it names one. */
function isOf(move: Move, row: AnyRow): boolean {
  const place = row.warehouse ? placeOf('warehouse', Number(row.warehouse)) : null;
  return move.subject === row.item && (place === null || move.from === place || move.to === place);
}

/**
 * What is wrong with the rows alone: a serial number is one piece and stands once, nothing expires before it is made, and nothing is
 * said of items that nobody tells apart.
 */
function oddRow(rows: readonly AnyRow[], facts: FactBag): GuardRefusal | null {
  const tracked = fact(facts, 'tracking');
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const by = tracked[Number(row.item)]?.by;
    const odd = (code: string, field: string): GuardRefusal => {
      const told = { number: String(row.number) };
      return { code, facts: told, fields: [{ path: `lots.${index}.${field}`, code, facts: told }] };
    };
    if (!by) return odd('lots.notTracked', 'item');
    if (row.madeOn && row.expiresOn && row.expiresOn < row.madeOn) return odd('lots.daysReversed', 'expiresOn');
    if (by === 'serial' && Number(row.quantity) !== onePiece) return odd('lots.oneEach', 'quantity');
    if (by === 'serial' && seen.has(lotKey(row))) return odd('lots.twice', 'number');
    seen.add(lotKey(row));
  }
  return null;
}

const at = (code: string, path: string, facts: FieldRefusal['facts']): Refusal =>
  new Refusal(code, facts ?? {}, [{ path, code, ...(facts ? { facts } : {}) }]);

function shortOf(document: AnyRecord, move: Move, of: { item: string; missing: number }): Refusal {
  const index = (document.parts.lines ?? []).findIndex(({ id }) => id === move.row);
  const facts = { item: of.item, wanted: move.amount, given: move.amount - of.missing };
  return new Refusal('lots.missing', facts, index < 0 ? [] : [{ path: `lines.${index}.quantity`, code: 'lots.missing', facts }]);
}

/** The moves of the lots beside those of the goods, the lots on their rows, and on the lines in words for the paper. */
function withMoves(result: PostingResult, dealt: readonly Dealt[]): PostingResult {
  const moves = dealt.map(
    ({ move, row, lot, amount }): Move => ({ ledger: 'lots', subject: lot.id, from: move.from, to: move.to, amount, row: row.id }),
  );
  const rows = [...new Map(dealt.map(({ row, lot }) => [row.id, lot]))].map(([id, { id: lot, madeOn, expiresOn }]) => ({
    part: 'lots',
    id,
    values: { lot, madeOn, expiresOn },
  }));
  return { ...result, moves: [...result.moves, ...moves], rows: [...(result.rows ?? []), ...rows, ...linesNoted(dealt)] };
}

const wordsMax = 1000;

/** `B2401 2026-12-31 ×30、B2402 ×10`: for whoever reads the paper; a serial number stands for itself. */
function linesNoted(dealt: readonly Dealt[]) {
  const byLine = Map.groupBy(
    dealt.filter(({ move }) => move.row !== undefined),
    ({ move }) => Number(move.row),
  );
  return [...byLine].map(([id, all]) => {
    const words = all.map(({ row, lot, amount }) => [row.number, lot.expiresOn ?? '', lot.by === 'serial' ? '' : `×${amount / onePiece}`]);
    return {
      part: 'lines',
      id,
      values: {
        lotNumbers: words
          .map((word) => word.filter(Boolean).join(' '))
          .join('、')
          .slice(0, wordsMax),
      },
    };
  });
}

/** Which lots the goods of a line were, once it was posted. */
export const lotNumbers = text({ max: wordsMax, derived: true });

/** The days a row tells of a lot that is known with others; what it leaves empty it leaves as it is. */
export const otherDays = (row: AnyRow, lot: LotFact): ('madeOn' | 'expiresOn')[] =>
  (['madeOn', 'expiresOn'] as const).filter((field) => row[field] && row[field] !== lot[field]);

/** Of every item that is told apart something sound is told: whoever brings goods in by the file hears of it before anything is stored. */
export const lotsTold: Guard = {
  name: 'lotsTold',
  facts: ['tracking', 'lots'],
  check: ({ parts }, facts) => {
    const odd = oddRow(parts.lots ?? [], facts) ?? contradictingRow(parts.lots ?? [], facts);
    if (odd) return { ...odd, level: 'block' };
    const tracked = fact(facts, 'tracking');
    const told = new Set((parts.lots ?? []).map(({ item }) => item));
    const index = (parts.lines ?? []).findIndex(({ item = null }) => tracked[Number(item)] && !told.has(item));
    const line = parts.lines?.[index];
    if (!line) return null;
    const missing = { item: tracked[Number(line.item)]?.name ?? '', wanted: baseQuantityOf(line), given: 0 };
    return {
      code: 'lots.missing',
      level: 'block',
      facts: missing,
      fields: [{ path: `lines.${index}.item`, code: 'lots.missing', facts: missing }],
    };
  },
};

/** A row that brings in a piece that is here already, or tells other days of a lot than those it came in with. */
function contradictingRow(rows: readonly AnyRow[], facts: FactBag): GuardRefusal | null {
  const { byRow } = fact(facts, 'lots');
  for (const [index, row] of rows.entries()) {
    const lot = byRow[row.id];
    if (!lot?.inForce) continue;
    const number = String(row.number);
    const isHere = lot.by === 'serial' && lot.held;
    const [field] = isHere ? (['number'] as const) : otherDays(row, lot);
    if (!field) continue;
    const code = field === 'number' ? 'lots.alreadyHere' : 'lots.otherDays';
    const told = field === 'number' ? { number } : { number, day: lot[field] };
    return { code, facts: told, fields: [{ path: `lots.${index}.${field}`, code, facts: told }] };
  }
  return null;
}

/** Nothing that is blocked is sold, lent, used up or built into something. */
const lotsNotBlocked: Guard = {
  name: 'lotsNotBlocked',
  facts: ['lots'],
  check: ({ parts }, facts) => {
    const { byRow } = fact(facts, 'lots');
    const index = (parts.lots ?? []).findIndex(({ id }) => byRow[id]?.blocked);
    const number = String(parts.lots?.[index]?.number ?? '');
    return index < 0
      ? null
      : {
          code: 'lots.blocked',
          level: 'block',
          facts: { number },
          fields: [{ path: `lots.${index}.number`, code: 'lots.blocked', facts: { number } }],
        };
  },
};

/** What is past its day goes to a customer only as far as the company allows it. */
const lotsNotExpired: Guard = {
  name: 'lotsNotExpired',
  facts: ['lots'],
  override: 'delivery.override',
  check: ({ values, parts }, facts) => {
    const { byRow, expired } = fact(facts, 'lots');
    const index = (parts.lots ?? []).findIndex(({ id }) => (byRow[id]?.expiresOn ?? '9999') < String(values.day));
    const row = parts.lots?.[index];
    if (!row) return null;
    const told = { number: String(row.number), expiresOn: byRow[row.id]?.expiresOn ?? '' };
    return handled(expired, {
      code: 'lots.expired',
      facts: told,
      fields: [{ path: `lots.${index}.number`, code: 'lots.expired', facts: told }],
    });
  },
};

/** What must hold of lots that are used up by us, and of those that go to a customer. */
export const usableLots: readonly Guard[] = [lotsNotBlocked];
export const sellableLots: readonly Guard[] = [lotsNotBlocked, lotsNotExpired];

/** A lot that lies somewhere and may be chosen. */
export interface LotHeld {
  readonly number: string;
  readonly madeOn: string | null;
  readonly expiresOn: string | null;
  readonly blocked: boolean;
  /** 10⁻⁶ of the item's own unit. */
  readonly held: number;
}

/** First expired, first out; what never expires comes last, older before younger. */
export const byExpiry = (a: LotHeld, b: LotHeld): number =>
  compare(a.expiresOn ?? '9999', b.expiresOn ?? '9999') || compare(a.madeOn ?? '9999', b.madeOn ?? '9999') || compare(a.number, b.number);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Takes so much of the lots in the order they expire, leaving out what is blocked or past its day; `short` is what could not be found. */
export function firstExpired(
  lots: readonly LotHeld[],
  wanted: number,
  today: string,
): { picked: { number: string; quantity: number }[]; short: number } {
  const picked: { number: string; quantity: number }[] = [];
  let short = wanted;
  for (const { number, held } of lots.filter((lot) => !lot.blocked && (lot.expiresOn ?? '9999') >= today).sort(byExpiry)) {
    const quantity = Math.min(short, held);
    if (quantity <= 0) continue;
    picked.push({ number, quantity });
    short -= quantity;
  }
  return { picked, short };
}

/** The numbers of a list, one a line or parted by commas; `SN0001-SN0100` stands for all between. At most `max`. */
export function numbersIn(typed: string, max = 5000): string[] {
  const numbers: string[] = [];
  for (const piece of typed
    .split(/[\n\r,，、;；\t]+/)
    .map((one) => one.trim())
    .filter(Boolean)) {
    for (const number of rangeOf(piece)) if (numbers.length < max) numbers.push(number);
  }
  return numbers;
}

/** A range has the same words before its digits and as many digits; anything else with a dash in it is a number itself. */
function* rangeOf(piece: string): Generator<string> {
  const [, head = '', first = '', again = '', last = ''] = /^(.*?)(\d+)\s*[-~～至]\s*(.*?)(\d+)$/.exec(piece) ?? [];
  const isRange = first !== '' && (again === head || again === '') && first.length === last.length && Number(first) < Number(last);
  if (!isRange || first.length > 15) return yield piece;
  for (let number = Number(first); number <= Number(last); number += 1) yield head + String(number).padStart(first.length, '0');
}
