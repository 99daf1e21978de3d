import type { ReportAnswer, ReportFigures, ReportKey, ReportQuestion, ReportRow } from '../../../shared/contracts/reports.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { ReportDefinition } from '../../../shared/reports/defineReport.ts';
import type { Work } from '../../work.ts';
import { workedOut } from './formulas.ts';
import { addUp, type Contribution, limits, type Reading, readAll } from './gather.ts';
import { textOfKeys } from './keys.ts';
import { labelsFor } from './labels.ts';
import { pageOf, sortRows } from './paging.ts';
import { type Asked, readQuestion } from './question.ts';
import { gather } from './shares.ts';
import { basesOf, feeding, isDrillable } from './sight.ts';

export const rowsMax = 500;

/**
 * One page of a report: its figures by the axes asked for, with the totals of all pages and the names of what the rows stand for.
 * Refuses 'report.unknown', 'report.unknownAxis', 'report.unknownMeasure', 'report.tooMany' {most}, 'report.tooManyColumns' {most},
 * 'record.invalid' and 'list.badCursor'.
 */
export async function runReport(work: Work, name: string, question: ReportQuestion): Promise<ReportAnswer> {
  const asked = readQuestion(work, name, question);
  const whole = await wholeReport(work, asked);
  const sort = question.sort ?? sortOf(asked);
  const limit = Math.min(rowsMax, question.limit ?? 200);
  const sorted = await sortRows(work, asked, whole.rows, sort);
  const { rows, next } = pageOf(sorted, { after: question.after, limit });
  const columns = whole.pivot?.columns ?? [];
  return {
    groupBy: [...asked.groupBy],
    measures: [...asked.measures],
    drillable: asked.measures.filter((measure) => isDrillable(work, asked.report, measure, axesOf(asked, true))),
    from: asked.span.from,
    to: asked.span.to,
    rows,
    count: whole.rows.length,
    totals: whole.totals,
    pivot: whole.pivot,
    labels: await labelsFor(work, asked, { rows, columns }),
    next,
  };
}

export interface WholeReport {
  readonly rows: ReportRow[];
  readonly totals: ReportFigures;
  readonly pivot: ReportAnswer['pivot'];
}

/** All rows of a report, unsorted. */
export async function wholeReport(work: Work, asked: Asked): Promise<WholeReport> {
  const { report, groupBy } = asked;
  const gathering = { axes: axesOf(asked), measures: asked.bases, span: asked.span, filters: asked.filters };
  const sources = [...new Set(asked.bases.flatMap((base) => feeding(report, base)))];
  // One after the other: a transaction of PostgreSQL has one connection.
  const readings: Reading[] = [];
  for (const source of sources) readings.push(await gather(work, report, source, gathering));
  const answers = await readAll(work, readings);
  const found = sources.flatMap((source, index) => (source.repeats ? [] : (answers[index] ?? [])));
  const rows = asked.pivot ? pivoted(asked, found) : plain(asked, found);
  for (const [index, source] of sources.entries()) {
    const shared = groupBy.map((axis) => source.axes[axis] !== undefined);
    if (source.repeats) repeat(asked, rows.rows, answers[index] ?? [], shared);
  }
  // What stands beside many rows has no total, nor what is worked out from it.
  const summed = asked.measures.filter((measure) =>
    basesOf(report, measure).every((base) => feeding(report, base).every((one) => !one.repeats)),
  );
  const show = showing(asked);
  return {
    ...rows,
    rows: rows.rows.map((row) => ({ ...row, figures: show(row.figures) })),
    totals: showing({ ...asked, measures: summed })(rows.totals),
  };
}

const axesOf = ({ groupBy, pivot, filters }: Asked, isFiltered = false): string[] => [
  ...groupBy,
  ...(pivot ? [pivot.axis] : []),
  ...(isFiltered ? Object.keys(filters) : []),
];

function plain({ report }: Asked, found: readonly Contribution[]): WholeReport {
  const groups = Map.groupBy(found, ({ keys }) => textOfKeys(keys));
  const rows = [...groups.values()].map(
    (group): ReportRow => ({
      keys: [...(group[0]?.keys ?? [])],
      figures: addUp(
        report,
        group.map(({ figures }) => figures),
      ),
    }),
  );
  return { rows: rows.filter(({ figures }) => isSaying(figures)), totals: totalsOf(report, found), pivot: null };
}

/** Days have no sum: the total says nothing of them. */
function totalsOf(report: ReportDefinition, found: readonly Contribution[]): ReportFigures {
  const sums = addUp(
    report,
    found.map(({ figures }) => figures),
  );
  return Object.fromEntries(Object.entries(sums).filter(([name]) => report.measures[name]?.kind !== 'day'));
}

/** A row in which everything came to nothing is none. */
const isSaying = (figures: ReportFigures): boolean => Object.values(figures).some((figure) => figure !== 0 && figure !== null);

/** The last key of each contribution is its column. */
function pivoted(asked: Asked, found: readonly Contribution[]): WholeReport {
  const { report, pivot } = asked;
  if (!pivot) return plain(asked, found);
  const columns = [...new Map(found.map(({ keys }) => [textOfKeys([keys.at(-1) ?? null]), keys.at(-1) ?? null])).values()].sort(byKey);
  if (columns.length > limits.columnsMax) throw new Refusal('report.tooManyColumns', { most: limits.columnsMax });
  const show = showing(asked);
  const cellOf = (group: readonly Contribution[]): number | null => {
    const figures = group.map((one) => one.figures);
    const figure = group.length > 0 ? show(addUp(report, figures))[pivot.measure] : null;
    return typeof figure === 'number' ? figure : null;
  };
  const cellsOf = (group: readonly Contribution[]) => {
    const byColumn = Map.groupBy(group, ({ keys }) => textOfKeys([keys.at(-1) ?? null]));
    return columns.map((column) => cellOf(byColumn.get(textOfKeys([column])) ?? []));
  };
  const groups = Map.groupBy(found, ({ keys }) => textOfKeys(keys.slice(0, -1)));
  const rows = [...groups.values()].map((group): ReportRow => {
    const cells = cellsOf(group);
    const row = {
      keys: [...(group[0]?.keys.slice(0, -1) ?? [])],
      figures: addUp(
        report,
        group.map(({ figures }) => figures),
      ),
      cells,
    };
    return report.hint === 'uneven' && isUneven(cells) ? { ...row, uneven: true } : row;
  });
  return {
    rows: rows.filter(({ figures, cells }) => isSaying(figures) || cells?.some((cell) => cell)),
    totals: totalsOf(report, found),
    pivot: { ...pivot, columns, totals: cellsOf(found) },
  };
}

/** One column lacks what another one has to spare. */
const isUneven = (cells: readonly (number | null)[]): boolean =>
  cells.some((cell) => (cell ?? 0) < 0) && cells.some((cell) => (cell ?? 0) > 0);

function byKey(a: ReportKey, b: ReportKey): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

/** Puts what is known of some of the keys beside every row that shares them. */
function repeat(asked: Asked, rows: readonly ReportRow[], beside: readonly Contribution[], shared: readonly boolean[]): void {
  const known = new Map(
    [...Map.groupBy(beside, ({ keys }) => textOfKeys(keys))].map(([key, group]) => [
      key,
      addUp(
        asked.report,
        group.map(({ figures }) => figures),
      ),
    ]),
  );
  for (const row of rows) {
    for (const [name, figure] of Object.entries(known.get(textOfKeys(row.keys.filter((_key, index) => shared[index]))) ?? {}))
      row.figures[name] = figure;
  }
}

/** The figures that are shown: read or worked out; of what nothing was found of there is none. */
function showing({ report, measures, span }: Asked): (figures: ReportFigures) => ReportFigures {
  const shown = measures.map((measure) => {
    const isDay = report.measures[measure]?.kind === 'day';
    return { measure, isDay, empty: !isDay && feeding(report, measure).every((source) => !source.repeats) ? 0 : null };
  });
  return (figures) => {
    const answer: Record<string, ReportFigures[string]> = {};
    for (const { measure, isDay, empty } of shown) {
      const worked = workedOut(report, measure, figures, span);
      const figure = worked !== undefined ? worked : (figures[measure] ?? empty);
      if (figure !== null || !isDay) answer[measure] = figure;
    }
    return answer;
  };
}

/** The report's own order, as far as what it goes by is shown; else the first axis. */
export function sortOf({ report, groupBy, measures }: Asked): ReportDefinition['sort'] {
  if ([...groupBy, ...measures].includes(report.sort.by)) return report.sort;
  const time = groupBy.find((axis) => ['day', 'month', 'quarter', 'year'].includes(report.axes[axis]?.kind ?? ''));
  if (time !== undefined) return { by: time, direction: 'ascending' };
  return measures[0] === undefined ? { by: groupBy[0] ?? '', direction: 'ascending' } : { by: measures[0], direction: 'descending' };
}
