import { type Definition, fieldAt } from '../../../shared/kernel/definition.ts';
import type { DocumentSource, Given, ReportDefinition, ReportSource } from '../../../shared/reports/defineReport.ts';
import { restrict } from '../../access/visibility.ts';
import { columnOf, partTableOf, tableOf } from '../../database/tables.ts';
import type { Work } from '../../work.ts';
import { ledgerRows } from './ledgerRows.ts';
import { homeOf, Joins } from './paths.ts';
import type { Piece, RowsQuestion, SourceRows } from './rowsShape.ts';

/** The rows of one source that the actor may see, in the span of days asked about. */
export async function rowsOfSource(work: Work, report: ReportDefinition, source: ReportSource, asked: RowsQuestion): Promise<SourceRows> {
  const fed = asked.measures.filter((name) => source.gives[name] !== undefined);
  return source.kind === 'documents'
    ? documentRows(work, report, source, { ...asked, measures: fed })
    : ledgerRows(work, source, { ...asked, measures: fed });
}

function documentRows(work: Work, report: ReportDefinition, source: DocumentSource, asked: RowsQuestion): SourceRows {
  const home = work.company.catalogue.get(source.type);
  const query = work
    .tx({ head: tableOf(home) })
    .whereNull('head.deleted_at')
    .whereIn('head.state', Object.keys(source.states));
  if (source.part) query.join({ part_row: partTableOf(home, source.part) }, 'part_row.parent', 'head.id');
  restrict(work, home, query, 'read', 'head');
  if (report.time !== 'now') {
    if (asked.span.from !== null) query.where('head.day', '>=', asked.span.from);
    if (asked.span.to !== null) query.where('head.day', '<=', asked.span.to);
  }
  for (const [field, values] of Object.entries(source.only ?? {})) query.whereIn(columnIn(field), [...values]);
  if (source.open) query.whereRaw('coalesce(??, 0) < coalesce(??, 0)', source.open.map(columnIn));
  const joins = new Joins(work, query);
  const columns = asked.axes.flatMap((axis): [string, string][] => {
    const path = source.axes[axis];
    return path === undefined ? [] : [[axis, documentColumn(home, joins, path)]];
  });
  const givens = asked.measures.map((name): [string, Given] => [name, source.gives[name] ?? 'count']);
  return {
    source,
    query,
    columns: Object.fromEntries(columns),
    values: Object.fromEntries(givens.map(([name, given]) => [name, pieceOf(source, given)])),
    factors: factorsOf(
      home,
      givens.map(([, given]) => given),
    ),
    document: { type: { sql: '?', bindings: [home.type] }, id: 'head.id', day: 'head.day' },
  };
}

/** Own fields and those of the part stand in the two tables; what lies further is joined. */
function documentColumn(home: Definition, joins: Joins, path: string): string {
  const [head = '', name = '', ...rest] = path.split('.');
  const isPart = home.parts[head] !== undefined;
  const first = isPart ? `${head}.${name}` : head;
  const beyond = isPart ? rest : path.split('.').slice(1);
  if (beyond.length === 0) return columnIn(first);
  const field = fieldAt(home, first);
  const to = field?.kind === 'dictionary' ? 'dictionaryEntry' : field?.kind === 'link' ? field.to : '';
  return joins.column({ column: columnIn(first), type: to }, beyond);
}

/** `total` stands at the document, `lines.quantity` at the row. */
function columnIn(path: string): string {
  const [head = '', name] = path.split('.');
  return name === undefined ? `head.${columnOf(head)}` : `part_row.${columnOf(name)}`;
}

function pieceOf(source: DocumentSource, given: Given): Piece {
  if (given === 'count' || given === 'amount') return signed(source, { sql: '1', bindings: [] });
  if ('earliest' in given) return { sql: 'min(??)', bindings: [columnIn(given.earliest)] };
  if ('latest' in given) return { sql: 'max(??)', bindings: [columnIn(given.latest)] };
  const less = given.less === undefined ? null : columnIn(given.less);
  return signed(source, {
    sql: less === null ? 'coalesce(??, 0)' : '(coalesce(??, 0) - coalesce(??, 0))',
    bindings: less === null ? [columnIn(given.sum)] : [columnIn(given.sum), less],
  });
}

function signed({ states }: DocumentSource, { sql, bindings }: Piece): Piece {
  const minus = Object.keys(states).filter((state) => states[state] === -1);
  if (minus.length === 0) return { sql: `sum(${sql})`, bindings };
  const places = minus.map(() => '?').join(', ');
  return { sql: `sum(case when head.state in (${places}) then -${sql} else ${sql} end)`, bindings: [...minus, ...bindings, ...bindings] };
}

function factorsOf(home: Definition, givens: readonly Given[]): SourceRows['factors'] {
  const sums = givens.flatMap((given) => (typeof given === 'object' && 'sum' in given ? [given] : []));
  const unit = sums.find((given) => given.times !== undefined)?.times;
  return {
    ...(sums.some((given) => isForeign(home, given.sum)) ? currencyFactors(home) : {}),
    ...(unit === undefined ? {} : { unit: columnIn(unit) }),
  };
}

const currencyFactors = (home: Definition): SourceRows['factors'] => ({
  currency: 'head.currency',
  ...(home.fields.exchangeRate ? { exchange: 'head.exchange_rate' } : {}),
});

/** Money in the document's own currency. */
function isForeign(home: Definition, path: string): boolean {
  const field = fieldAt(home, path);
  return field?.kind === 'money' && field.in !== 'base' && home.fields.currency !== undefined;
}

/** Whether a sum of the source has to be turned into the company's money. */
export function isInDocumentMoney(work: Work, source: ReportSource, measure: string): boolean {
  const home = homeOf(work, source);
  const given = source.gives[measure];
  if (!home || given === undefined) return false;
  if (source.kind === 'documents') return typeof given === 'object' && 'sum' in given && isForeign(home, given.sum);
  return source.currency !== undefined;
}
