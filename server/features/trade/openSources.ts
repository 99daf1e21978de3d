import type { Knex } from 'knex';
import type { OpenSourceRow, OpenSourcesAnswer } from '../../../shared/contracts/trade.ts';
import type { Becoming, Definition, Value } from '../../../shared/kernel/definition.ts';
import { isVisible } from '../../access/trim.ts';
import { refuseUnlessMay, restrict } from '../../access/visibility.ts';
import { columnOf, partTableOf, tableOf } from '../../database/tables.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { cursorFrom, readCursor } from './cursor.ts';

export interface SourcesQuery {
  /** Head fields of the new document and the records they name: only sources that may stand together with them. */
  readonly same?: Readonly<Record<string, number>> | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

const rowsMax = 500;

/**
 * Everything open that can become a document of this type: rows (or whole documents) whose fed amount is below its limit, in a
 * state that allows it, as far as the actor may see them; the oldest documents first, one source type after the other.
 * Refuses 'access.denied' when the actor may make no such document.
 */
export async function openSources(work: Work, target: Definition, query: SourcesQuery): Promise<OpenSourcesAnswer> {
  refuseUnlessMay(work, target, 'create');
  const limit = Math.min(rowsMax, query.limit ?? 200);
  const ways = waysTo(work, target);
  const start = query.after === undefined ? null : readCursor(query.after, ['text', 'number', 'number']);
  const first = start ? ways.findIndex((way) => way.source.type === start[0]) : 0;
  const found: FoundRow[] = [];
  for (const [index, way] of ways.entries()) {
    if (index < first || first < 0 || found.length > limit) continue;
    const after = start && index === first ? { id: Number(start[1]), row: Number(start[2]) } : null;
    const rows = (await openRows(work, way, query, after).limit(limit + 1 - found.length)) as ColumnsRow[];
    found.push(...rows.map((row): FoundRow => ({ ...row, way })));
  }
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const rows = shown.map((row) => rowFrom(work, row));
  const next = last && found.length > limit ? cursorFrom([last.way.source.type, last.id, last.row ?? 0]) : null;
  return { rows, titles: await titlesOf(work, rows), next };
}

interface Way {
  readonly source: Definition;
  readonly becoming: Becoming;
}

/** The definitions that can become the target and that the actor may read at all. */
function waysTo(work: Work, target: Definition): Way[] {
  return work.company.catalogue.definitions.flatMap((source) => {
    const becoming = source.becomes?.[target.type];
    return becoming && work.actor.reach(source.type, 'read') !== 'none' ? [{ source, becoming }] : [];
  });
}

interface ColumnsRow {
  id: number;
  number: string;
  day: string;
  row: number | null;
  most: number;
  fed: number | null;
  [column: string]: unknown;
}
type FoundRow = ColumnsRow & { way: Way };

function openRows(
  work: Work,
  { source, becoming }: Way,
  query: SourcesQuery,
  after: { id: number; row: number } | null,
): Knex.QueryBuilder {
  const holder = becoming.each === 'document' ? 'head' : 'part_row';
  const open = work
    .tx({ head: tableOf(source) })
    .whereNull('head.deleted_at')
    .whereIn('head.state', [...becoming.from]);
  if (becoming.each !== 'document') open.join({ part_row: partTableOf(source, becoming.each.part) }, 'part_row.parent', 'head.id');
  restrict(work, source, open, 'read', 'head');
  const [fed, most] = [`${holder}.${columnOf(becoming.feeds)}`, `${holder}.${columnOf(becoming.offers ?? becoming.limit)}`];
  if (becoming.unlimited) open.where(most, '>', 0);
  else open.whereRaw('coalesce(??, 0) < coalesce(??, 0)', [fed, most]);
  for (const [field, values] of Object.entries(becoming.when ?? {})) goingThisWay(open, `head.${columnOf(field)}`, values);
  // A document may know that nothing is open although nothing was fed: an advance of the first day owes nothing.
  if (becoming.each === 'document' && source.fields.openAmount) open.where('head.open_amount', '>', 0);
  for (const [field, id] of Object.entries(query.same ?? {})) {
    const from = becoming.head[field];
    if (from && becoming.same.includes(from)) open.where(`head.${columnOf(from)}`, id);
  }
  if (after)
    open.whereRaw(
      becoming.each === 'document' ? 'head.id > ?' : '(head.id > ? or (head.id = ? and part_row.id > ?))',
      cursorBindings(becoming, after),
    );
  open.orderBy('head.id');
  if (becoming.each !== 'document') open.orderBy('part_row.id');
  return open.select(columnsOf({ source, becoming }, holder));
}

function goingThisWay(open: Knex.QueryBuilder, column: string, values: readonly Value[]): void {
  const known = values.filter((value) => value !== null);
  open.where((where) => {
    where.whereIn(column, known);
    if (known.length < values.length) where.orWhereNull(column);
  });
}

const cursorBindings = (becoming: Becoming, after: { id: number; row: number }): number[] =>
  becoming.each === 'document' ? [after.id] : [after.id, after.id, after.row];

const headFields = ['customer', 'supplier', 'currency', 'deliverBy'] as const;
const rowFields = ['item', 'name', 'spec', 'unit', 'warehouse'] as const;

function columnsOf({ source, becoming }: Way, holder: string): Record<string, string> {
  const part = becoming.each === 'document' ? undefined : source.parts[becoming.each.part];
  const heads = headFields.filter((name) => source.fields[name]).map((name) => [name, `head.${columnOf(name)}`]);
  const rows = rowFields.filter((name) => part?.fields[name]).map((name) => [name, `part_row.${columnOf(name)}`]);
  return {
    id: 'head.id',
    number: `head.${columnOf(source.title)}`,
    day: 'head.day',
    most: `${holder}.${columnOf(becoming.offers ?? becoming.limit)}`,
    fed: `${holder}.${columnOf(becoming.feeds)}`,
    ...(part ? { row: 'part_row.id' } : {}),
    ...Object.fromEntries([...heads, ...rows]),
  };
}

function rowFrom(work: Work, found: FoundRow): OpenSourceRow {
  const { source, becoming } = found.way;
  const prefix = becoming.each === 'document' ? '' : `${becoming.each.part}.`;
  const sees = (path: string): boolean => isVisible(work.actor, source, path);
  const pick = (names: readonly string[], path: string) =>
    Object.fromEntries(names.filter((name) => found[name] !== undefined && sees(path + name)).map((name) => [name, found[name]]));
  const isCounted = sees(prefix + becoming.limit) && sees(prefix + becoming.feeds);
  return {
    type: source.type,
    id: found.id,
    number: found.number,
    day: found.day,
    ...pick(headFields, ''),
    ...(becoming.each === 'document' ? {} : { row: Number(found.row) }),
    ...pick(rowFields, prefix),
    ...(isCounted ? { open: found.most - (becoming.unlimited ? 0 : (found.fed ?? 0)), limit: found.most } : {}),
  };
}

function titlesOf(work: Work, rows: readonly OpenSourceRow[]) {
  const idsIn = (pick: (row: OpenSourceRow) => number | null | undefined): Set<number> =>
    new Set(rows.map(pick).filter((id) => typeof id === 'number'));
  return titlesFor(
    work,
    new Map([
      ['customer', idsIn((row) => row.customer)],
      ['supplier', idsIn((row) => row.supplier)],
      ['item', idsIn((row) => row.item)],
      ['warehouse', idsIn((row) => row.warehouse)],
      ['currency', idsIn((row) => row.currency)],
    ]),
  );
}
