import type { Knex } from 'knex';
import type { ReportKey } from '../../../shared/contracts/reports.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { Axis, ReportSource } from '../../../shared/reports/defineReport.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import type { Piece, SourceRows } from './rowsShape.ts';

/** What the database groups by for an axis: months by the first seven signs of their days; quarters are put together of months. */
export function keyPiece(axis: Axis, column: string): Piece {
  if (axis.kind === 'month' || axis.kind === 'quarter') return { sql: 'substr(??, 1, 7)', bindings: [column] };
  if (axis.kind === 'year') return { sql: 'substr(??, 1, 4)', bindings: [column] };
  return { sql: '??', bindings: [column] };
}

/** Turns what the database gave into the key of a row. */
export type Folding = (stored: ReportKey, source: ReportSource) => ReportKey;

/** How the keys of an axis are folded; reads the tree of a branch once. */
export async function foldingOf(work: Work, axis: Axis): Promise<Folding> {
  if (axis.kind === 'quarter') return (stored) => (typeof stored === 'string' ? quarterOf(stored) : null);
  if (axis.kind === 'place') return placeFolding(axis);
  if (axis.kind !== 'branch') return (stored) => stored;
  const tops = await topsOf(work, axis.to ?? '');
  return (stored) => (typeof stored === 'number' ? (tops.get(stored) ?? stored) : null);
}

/** There are few places, each in many rows. */
function placeFolding(axis: Axis): Folding {
  const known = new Map<ReportSource, Map<string, string>>();
  return (stored, source) => {
    if (typeof stored !== 'string') return stored;
    const folded = known.get(source) ?? new Map<string, string>();
    known.set(source, folded);
    const usual = folded.get(stored) ?? usualPlace(axis, stored, source);
    folded.set(stored, usual);
    return usual;
  };
}

/** What tells the keys of one row from those of another. */
export function textOfKeys(keys: readonly ReportKey[]): string {
  let text = '';
  for (const key of keys) text += typeof key === 'string' ? `${key.length}:${key}` : `${key};`;
  return text;
}

/** Narrows the rows to keys (`exactly`), or to the branches that filters name. */
export function narrowTo(
  work: Work,
  rows: SourceRows,
  asked: { name: string; axis: Axis; keys: readonly ReportKey[]; exactly: boolean },
): void {
  const { axis, keys, exactly } = asked;
  const column = rows.columns[asked.name];
  if (column === undefined) throw new Refusal('report.unknownAxis', { axis: asked.name });
  rows.query.where((where) => {
    for (const key of keys) where.orWhere((one) => narrowToKey(work, one, { axis, column, key, exactly, source: rows.source }));
    if (keys.length === 0) where.whereRaw('1 = 0');
  });
}

interface KeyPlace {
  readonly axis: Axis;
  readonly column: string;
  readonly key: ReportKey;
  readonly exactly: boolean;
  readonly source: ReportSource;
}

function narrowToKey(work: Work, where: Knex.QueryBuilder, { axis, column, key, exactly, source }: KeyPlace): void {
  if (key === null) return void where.whereNull(column);
  if (axis.kind === 'place') return void where.where(column, storedPlace(axis, key, source));
  const isTree = work.company.catalogue.find(axis.to ?? '')?.tree !== undefined;
  if (axis.kind === 'branch' || (isTree && !exactly)) return void where.whereRaw(...inBranch(work, axis.to ?? '', column, Number(key)));
  if (axis.kind === 'link') return void where.where(column, Number(key));
  const [first, last] = daysOf(axis, String(key));
  where.where(column, '>=', first).where(column, '<=', last);
}

/** Text compares: whatever day a month has, it lies before its '-31'. */
function daysOf(axis: Axis, key: string): [string, string] {
  if (axis.kind === 'month') return [`${key}-01`, `${key}-31`];
  if (axis.kind === 'year') return [`${key}-01-01`, `${key}-12-31`];
  if (axis.kind !== 'quarter') return [key, key];
  const [year = '', quarter = '1'] = key.split('-Q');
  const month = (of: number): string => String(of).padStart(2, '0');
  return [`${year}-${month(Number(quarter) * 3 - 2)}-01`, `${year}-${month(Number(quarter) * 3)}-31`];
}

function quarterOf(month: string): string {
  const [year = '', number = '1'] = month.split('-');
  return `${year}-Q${Math.ceil(Number(number) / 3)}`;
}

/** The first kind of places of a source is what the axis means: `promised:3` and `warehouse:3` stand in one row. */
function usualPlace(axis: Axis, stored: string, source: ReportSource): string {
  const [kind, id] = stored.split(':');
  return axis.to !== undefined && id !== undefined && kind === usualKind(source) ? `${axis.to}:${id}` : stored;
}

function storedPlace(axis: Axis, key: ReportKey, source: ReportSource): string {
  const usual = usualKind(source);
  if (typeof key === 'number') return `${usual}:${key}`;
  const [kind, id] = String(key).split(':');
  return kind === axis.to && id !== undefined ? `${usual}:${id}` : String(key);
}

const usualKind = (source: ReportSource): string => (source.kind === 'documents' ? '' : (source.places[0] ?? ''));

/** The record and everything below it; a circle in the data ends the walk instead of going round. */
function inBranch(work: Work, type: string, column: string, top: number): [string, (string | number)[]] {
  const target = work.company.catalogue.get(type);
  const table = tableOf(target);
  return [
    '?? in (with recursive branch(id) as (select cast(? as bigint) union select ??.id from ?? join branch on ?? = branch.id) select id from branch)',
    [column, top, table, table, `${table}.${columnOf(target.tree?.parent ?? '')}`],
  ];
}

/** The top of the tree above each record; a circle ends where it began. */
async function topsOf(work: Work, type: string): Promise<Map<number, number>> {
  const target = work.company.catalogue.get(type);
  const parent = columnOf(target.tree?.parent ?? '');
  const rows = (await work.tx(tableOf(target)).select('id', { parent })) as { id: number; parent: number | null }[];
  const parents = new Map(rows.map((row) => [row.id, row.parent]));
  return new Map(rows.map(({ id }) => [id, topOf(parents, id)]));
}

function topOf(parents: ReadonlyMap<number, number | null>, id: number): number {
  const seen = new Set([id]);
  let top = id;
  for (let next = parents.get(id) ?? null; next !== null && parents.has(next) && !seen.has(next); next = parents.get(next) ?? null) {
    seen.add(next);
    top = next;
  }
  return top;
}
