import type { Knex } from 'knex';
import { type Day, daysBetween } from '../../../shared/kernel/days.ts';
import type { BalanceSource, MoveSource } from '../../../shared/reports/defineReport.ts';
import { reachesAll, restrict } from '../../access/visibility.ts';
import { tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { homeOf, Joins } from './paths.ts';
import type { Piece, RowsQuestion, SourceRows } from './rowsShape.ts';
import type { Span } from './span.ts';

type LedgerSource = MoveSource | BalanceSource;

/** Moves or balances of a ledger as rows of subject, place and amount. */
export async function ledgerRows(work: Work, source: LedgerSource, asked: RowsQuestion): Promise<SourceRows> {
  const home = homeOf(work, source);
  if (!home) throw new Error(`No subject for the ledger ${source.ledger}`);
  const { sides } = await sidesOf(work, source, asked);
  const query = work.tx.from(sides.as('side'));
  if (!reachesAll(work, home, 'read')) query.whereIn('side.subject', visibleSubjects(work, source));
  const joins = new Joins(work, query);
  const columns = asked.axes.flatMap((axis): [string, string][] => {
    const path = source.axes[axis];
    return path === undefined ? [] : [[axis, columnFor(joins, home.type, path)]];
  });
  return {
    source,
    query,
    columns: Object.fromEntries(columns),
    values: Object.fromEntries(asked.measures.map((name) => [name, figurePiece(source, name)])),
    factors: source.currency === undefined ? {} : { currency: columnFor(joins, home.type, source.currency) },
    document: { type: { sql: '??', bindings: ['side.document_type'] }, id: 'side.document_id', day: 'side.day' },
  };
}

function columnFor(joins: Joins, subject: string, path: string): string {
  const [head = '', ...rest] = path.split('.');
  return head === 'subject' ? joins.column({ column: 'side.subject', type: subject }, rest) : `side.${head}`;
}

function figurePiece(source: LedgerSource, measure: string): Piece {
  const given = source.gives[measure];
  if (typeof given === 'object' && !('sum' in given)) return { sql: 'latest' in given ? 'max(??)' : 'min(??)', bindings: ['side.day'] };
  return { sql: 'sum(??)', bindings: ['side.amount'] };
}

function visibleSubjects(work: Work, source: LedgerSource): Knex.QueryBuilder {
  const home = homeOf(work, source);
  if (!home) throw new Error(`No subject for the ledger ${source.ledger}`);
  const table = tableOf(home);
  const ids = work.tx(table).select(`${table}.id`);
  restrict(work, home, ids, 'read');
  return ids;
}

/** A query in an object: one that is awaited runs. */
async function sidesOf(work: Work, source: LedgerSource, asked: RowsQuestion): Promise<{ sides: Knex.QueryBuilder }> {
  if (source.kind === 'moves') return { sides: movesOf(work, source, source.sinceEver ? { ...asked.span, from: null } : asked.span) };
  const asMoves: MoveSource = { ...source, kind: 'moves', side: 'both' };
  const until = { sides: movesOf(work, asMoves, { from: null, to: asked.span.to }) };
  const day = asked.span.to;
  const isByMoves = asked.documents || (day !== null && (await isNearTheBeginning(work, source.ledger, day)));
  return isByMoves ? until : { sides: balancesAt(work, source, day) };
}

/** One row for each end of a move at the places. What was taken back lies on the side it was taken from, below zero. */
function movesOf(work: Work, source: MoveSource, span: Span): Knex.QueryBuilder {
  const came = { place: 'to_place', other: 'from_place' };
  const left = { place: 'from_place', other: 'to_place' };
  const one = (end: typeof came, sign: 1 | -1, mirrored?: boolean) => {
    const moves = work.tx('moves').where({ ledger: source.ledger });
    atPlaces(moves, end.place, source.places);
    if (source.against) atPlaces(moves, end.other, source.against);
    if (mirrored === true) moves.whereNotNull('mirror_of');
    if (mirrored === false) moves.whereNull('mirror_of');
    if (span.from !== null) moves.where('day', '>=', span.from);
    if (span.to !== null) moves.where('day', '<=', span.to);
    const amount = work.tx.raw(sign === 1 ? '?? as amount' : '-?? as amount', ['amount']);
    return moves.select('subject', 'day', { place: end.place, other: end.other }, amount, 'document_type', 'document_id');
  };
  if (source.side === 'both') return one(came, 1).unionAll(one(left, -1));
  const [straight, back] = source.side === 'in' ? [came, left] : [left, came];
  // A day on which nothing stayed moved is no first or last one.
  if (Object.values(source.gives).some((given) => typeof given === 'object'))
    return one(straight, 1, false).whereNotExists(takenBack(work));
  return one(straight, 1, false).unionAll(one(back, -1, true));
}

const takenBack = (work: Work): Knex.QueryBuilder =>
  work.tx({ mirror: 'moves' }).whereRaw('mirror.mirror_of = moves.id').select('mirror.id');

/** What lay at the places when the day ended: what lies there now without what has moved since. */
function balancesAt(work: Work, source: BalanceSource, day: Day | null): Knex.QueryBuilder {
  const now = work.tx('balances').where({ ledger: source.ledger }).whereNot('amount', 0);
  atPlaces(now, 'place', source.places);
  const held = now.select('subject', 'place', 'amount');
  return day === null ? held : held.unionAll(takenOff(work, source, day));
}

function takenOff(work: Work, { ledger, places }: BalanceSource, day: Day): Knex.QueryBuilder[] {
  return (['to_place', 'from_place'] as const).map((end) => {
    const moves = work.tx('moves').where({ ledger }).where('day', '>', day);
    atPlaces(moves, end, places);
    return moves.select('subject', { place: end }, work.tx.raw(end === 'to_place' ? '-?? as amount' : '?? as amount', ['amount']));
  });
}

/** Whether adding up what had moved by then is shorter than taking off what has moved since. */
async function isNearTheBeginning(work: Work, ledger: string, day: Day): Promise<boolean> {
  const ends = (await work.tx.first(
    work.tx('moves').where({ ledger }).min('day').as('first'),
    work.tx('moves').where({ ledger }).max('day').as('last'),
  )) as { first: Day | null; last: Day | null };
  if (ends.first === null || ends.last === null || day >= ends.last) return false;
  return day < ends.first || daysBetween(ends.first, day) < daysBetween(day, ends.last);
}

/** Places by their kinds: `held`, or `warehouse:` and whatever follows. */
function atPlaces(query: Knex.QueryBuilder, column: string, kinds: readonly string[]): void {
  query.where((where) => {
    for (const kind of kinds) {
      // The names of a kind lie between 'warehouse:' and 'warehouse;', which is the next sign.
      where.orWhere(column, kind).orWhere((range) => range.where(column, '>=', `${kind}:`).where(column, '<', `${kind};`));
    }
  });
}
