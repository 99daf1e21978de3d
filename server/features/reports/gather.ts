import type { Knex } from 'knex';
import type { ReportKey } from '../../../shared/contracts/reports.ts';
import { assertSafe, mulDiv } from '../../../shared/kernel/numbers.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { ReportDefinition, ReportSource } from '../../../shared/reports/defineReport.ts';
import type { DatabaseRow } from '../../database/codec.ts';
import type { Work } from '../../work.ts';
import { type CurrencyRow, type Exchange, exchangeOf } from '../trade/currencies.ts';
import { type Folding, foldingOf, keyPiece, narrowTo } from './keys.ts';
import type { SourceRows } from './rowsShape.ts';
import { isInDocumentMoney, rowsOfSource } from './sourceRows.ts';
import type { Span } from './span.ts';

/** What one group of stored rows adds to one row of the report. */
export interface Contribution {
  readonly keys: readonly ReportKey[];
  readonly figures: Readonly<Record<string, number | string | null>>;
}

export interface Gathering {
  readonly axes: readonly string[];
  /** Measures that are read, not worked out. */
  readonly measures: readonly string[];
  readonly span: Span;
  readonly filters: Readonly<Record<string, readonly number[]>>;
}

/** More rows are no report any more, and more columns no table. A test has less patience. */
export const limits = { groupsMax: 100_000, columnsMax: 60 };

/** Questions to the database, and what their answers come to. */
export interface Reading {
  readonly queries: readonly Knex.QueryBuilder[];
  readonly read: (answers: readonly DatabaseRow[][]) => Contribution[];
}

/** Asks all questions at once, on one snapshot and beside everybody else's work. Refuses 'report.tooMany' {most}. */
export async function readAll(work: Work, readings: readonly Reading[]): Promise<Contribution[][]> {
  const answers = await eachOnce(
    work,
    readings.flatMap(({ queries }) => queries),
  );
  if (answers.some((rows) => rows.length > limits.groupsMax)) throw new Refusal('report.tooMany', { most: limits.groupsMax });
  let next = 0;
  return readings.map(({ queries, read }) => {
    const start = next;
    next += queries.length;
    return read(answers.slice(start, next));
  });
}

/** Two sources may ask the same (what lies where, and what its value is shared by): that is read once. */
async function eachOnce(work: Work, queries: readonly Knex.QueryBuilder[]): Promise<DatabaseRow[][]> {
  const texts = queries.map((query) => JSON.stringify(query.toSQL().toNative()));
  const first = texts.map((text) => texts.indexOf(text));
  const different = queries.flatMap((query, index) => (first[index] === index ? [{ query, index }] : []));
  const answers = await work.company.store.readBeside(different.map(({ query }) => query));
  const byIndex = new Map(different.map(({ index }, position) => [index, answers[position] ?? []]));
  return first.map((index) => byIndex.get(index) ?? []);
}

/** What a source has to say, by the axes asked for as far as it knows them: each group of the database once. */
export async function gatherSource(work: Work, report: ReportDefinition, source: ReportSource, asked: Gathering): Promise<Reading> {
  const filtered = Object.keys(asked.filters).filter((axis) => source.axes[axis] !== undefined);
  const axes = asked.axes.filter((axis) => source.axes[axis] !== undefined);
  const known = [...new Set([...axes, ...filtered])];
  const rows = await rowsOfSource(work, report, source, { axes: known, measures: asked.measures, span: asked.span });
  for (const name of filtered) {
    const axis = report.axes[name];
    if (axis) narrowTo(work, rows, { name, axis, keys: asked.filters[name] ?? [], exactly: false });
  }
  grouped(work, report, rows, axes);
  const folds = await foldingsOf(work, report, axes);
  const turn = await turningOf(work, rows);
  // Without a group the database answers with one row of nothing.
  const figures = Object.keys(rows.values).map((name) => `figure_${name}`);
  const isFound = (row: DatabaseRow): boolean => figures.some((figure) => row[figure] !== null);
  const folded = folds.map((fold, index) => ({ fold, key: `key_${index}` }));
  return {
    queries: [rows.query],
    read: ([stored = []]) =>
      stored.filter(isFound).map((row) => ({
        keys: folded.map(({ fold, key }) => fold((row[key] ?? null) as ReportKey, source) ?? null),
        figures: turn(row),
      })),
  };
}

async function foldingsOf(work: Work, report: ReportDefinition, axes: readonly string[]): Promise<Folding[]> {
  const foldings: Folding[] = [];
  for (const axis of axes) foldings.push(await foldingOf(work, report.axes[axis] ?? { kind: 'link' }));
  return foldings;
}

function grouped(work: Work, report: ReportDefinition, { query, columns, factors, values }: SourceRows, axes: readonly string[]): void {
  const { tx } = work;
  for (const [index, name] of axes.entries()) {
    const axis = report.axes[name];
    const column = columns[name];
    if (!axis || column === undefined) continue;
    const key = keyPiece(axis, column);
    query.select(tx.raw(`${key.sql} as ??`, [...key.bindings, `key_${index}`])).groupByRaw(key.sql, [...key.bindings]);
  }
  for (const [name, column] of Object.entries(factors)) query.select({ [`factor_${name}`]: column }).groupBy(column);
  for (const [name, value] of Object.entries(values)) query.select(tx.raw(`${value.sql} as ??`, [...value.bindings, `figure_${name}`]));
  query.limit(limits.groupsMax + 1);
}

/** Turns the sums of a group into the company's money and the items' own units. */
export async function turningOf(work: Work, rows: SourceRows): Promise<(row: DatabaseRow) => Contribution['figures']> {
  const exchange = await exchangeOf(work);
  const { source } = rows;
  const turned = Object.keys(rows.values).map((name) => {
    const column = `figure_${name}`;
    if (isInDocumentMoney(work, source, name)) return { name, column, turn: (sum: number, row: DatabaseRow) => inBase(exchange, sum, row) };
    const inUnit = (sum: number, row: DatabaseRow): number => mulDiv([sum, Number(row.factor_unit ?? 1_000_000)], [1_000_000]);
    return { name, column, turn: isTimed(source, name) ? inUnit : assertSafe };
  });
  return (row) => {
    const figures: Record<string, number | string | null> = {};
    for (const { name, column, turn } of turned) {
      const stored = row[column] ?? null;
      if (stored === null || typeof stored === 'string')
        figures[name] = typeof stored === 'string' && isSum(source, name) ? Number(stored) : stored;
      else figures[name] = turn(Number(stored), row);
    }
    return figures;
  };
}

function isSum(source: ReportSource, measure: string): boolean {
  const given = source.gives[measure];
  return typeof given !== 'object' || 'sum' in given;
}

function isTimed(source: ReportSource, measure: string): boolean {
  const given = source.gives[measure];
  return typeof given === 'object' && 'sum' in given && given.times !== undefined;
}

/** At the document's own rate where it has one, else at the company's rate of today. */
function inBase(exchange: Exchange, amount: number, row: DatabaseRow): number {
  const currency: CurrencyRow = exchange.of(
    row.factor_currency === null || row.factor_currency === undefined ? null : Number(row.factor_currency),
  );
  if (currency.id === exchange.base.id) return assertSafe(amount);
  if (row.factor_exchange === undefined || row.factor_exchange === null) return exchange.toBase(amount, currency);
  return mulDiv([amount, Number(row.factor_exchange), 10 ** exchange.base.digits], [1_000_000_000, 10 ** currency.digits]);
}

/** Adds up what belongs to one key; of days the first or the last. */
export function addUp(report: ReportDefinition, contributions: readonly Contribution['figures'][]): Record<string, number | string | null> {
  const sum: Record<string, number | string | null> = {};
  for (const figures of contributions)
    for (const name in figures) sum[name] = together(report, name, sum[name] ?? null, figures[name] ?? null);
  return sum;
}

function together(
  report: ReportDefinition,
  measure: string,
  one: number | string | null,
  other: number | string | null,
): number | string | null {
  if (one === null || other === null) return one ?? other;
  if (typeof one === 'number' && typeof other === 'number') return assertSafe(one + other);
  const isLatest = report.sources.some((source) => {
    const given = source.gives[measure];
    return typeof given === 'object' && 'latest' in given;
  });
  return isLatest === one > other ? one : other;
}
