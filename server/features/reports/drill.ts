import type { Knex } from 'knex';
import type { DrillAnswer, DrillQuestion, DrillRow, ReportFigures } from '../../../shared/contracts/reports.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { linksOf } from '../../../shared/kernel/definition.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { ReportDefinition, ReportSource } from '../../../shared/reports/defineReport.ts';
import { isVisible } from '../../access/trim.ts';
import type { DatabaseRow } from '../../database/codec.ts';
import { columnOf, tableOf } from '../../database/tables.ts';
import { titlesFor } from '../../engine/list/titles.ts';
import type { Work } from '../../work.ts';
import { documentNumbers, keyOf } from '../trade/documentNumbers.ts';
import { workedOut } from './formulas.ts';
import { addUp, type Contribution, limits, turningOf } from './gather.ts';
import { narrowTo } from './keys.ts';
import { seenReport } from './question.ts';
import { basesOf, feeding, isDrillable, type Sight } from './sight.ts';
import { rowsOfSource } from './sourceRows.ts';
import { type Span, spanOf } from './span.ts';

/** One document's part of the figure. */
interface Part {
  readonly type: string;
  readonly id: number;
  readonly day: string;
  readonly figures: ReportFigures;
}

interface PartsReading {
  readonly query: Knex.QueryBuilder;
  readonly read: (row: DatabaseRow) => Part;
}

const rowsMax = 200;

/**
 * The documents a figure is made of, the latest first, each with its part of it; the parts add up to the figure. Refuses
 * 'report.unknown', 'report.unknownAxis', 'report.unknownMeasure' and 'report.tooMany'.
 */
export async function drill(work: Work, name: string, question: DrillQuestion): Promise<DrillAnswer> {
  const { report, sight } = seenReport(work, name);
  const sources = sourcesOf(work, report, sight, question);
  const span = spanOf(work, report, { from: question.from as Day | undefined, to: question.to as Day | undefined });
  const bases = basesOf(report, question.measure);
  const readings: PartsReading[] = [];
  for (const source of sources) readings.push(await partsOf(work, report, source, { question, span, bases }));
  const answers = await work.company.store.readBeside(readings.map(({ query }) => query));
  if (answers.some((found) => found.length > limits.groupsMax)) throw new Refusal('report.tooMany', { most: limits.groupsMax });
  const parts = readings.flatMap(({ read }, index) => (answers[index] ?? []).map(read));
  const rows = together(report, question.measure, parts, span);
  const start = Number(question.after ?? 0);
  const limit = Math.min(rowsMax, question.limit ?? 100);
  const end = start + limit;
  return {
    rows: await named(work, rows.slice(start, end)),
    total: rows.reduce((sum, row) => sum + row.figure, 0),
    next: end < rows.length ? String(end) : null,
  };
}

function sourcesOf(work: Work, report: ReportDefinition, sight: Sight, { measure, keys, filters = {} }: DrillQuestion): ReportSource[] {
  if (!sight.measures.includes(measure) || !isDrillable(work, report, measure, []))
    throw new Refusal('report.unknownMeasure', { measure: measure.slice(0, 60) });
  for (const axis of [...Object.keys(keys), ...Object.keys(filters)]) {
    const isKnown = sight.axes.includes(axis) && isDrillable(work, report, measure, [axis]);
    if (!isKnown) throw new Refusal('report.unknownAxis', { axis: axis.slice(0, 60) });
  }
  return [...new Set(basesOf(report, measure).flatMap((base) => feeding(report, base)))];
}

async function partsOf(
  work: Work,
  report: ReportDefinition,
  source: ReportSource,
  { question, span, bases }: { question: DrillQuestion; span: Span; bases: readonly string[] },
): Promise<PartsReading> {
  const { keys, filters = {} } = question;
  const axes = [...new Set([...Object.keys(keys), ...Object.keys(filters)])];
  const rows = await rowsOfSource(work, report, source, { axes, measures: bases, span, documents: true });
  for (const name of axes) {
    const axis = report.axes[name];
    if (axis && name in filters) narrowTo(work, rows, { name, axis, keys: filters[name] ?? [], exactly: false });
    if (axis && name in keys) narrowTo(work, rows, { name, axis, keys: [keys[name] ?? null], exactly: true });
  }
  const { query, document, values, factors } = rows;
  const type = work.tx.raw(`${document.type.sql} as ??`, [...document.type.bindings, 'document_kind']);
  query.select(type, { document: document.id, document_day: document.day }).groupBy('document_kind', document.id, document.day);
  for (const [name, column] of Object.entries(factors)) query.select({ [`factor_${name}`]: column }).groupBy(column);
  for (const [name, value] of Object.entries(values))
    query.select(work.tx.raw(`${value.sql} as ??`, [...value.bindings, `figure_${name}`]));
  const turn = await turningOf(work, rows);
  const read = (row: DatabaseRow): Part => ({
    type: String(row.document_kind),
    id: Number(row.document),
    day: String(row.document_day),
    figures: turn(row),
  });
  return { query: query.limit(limits.groupsMax + 1), read };
}

/** One row for each document and day, without those that came to nothing. */
function together(report: ReportDefinition, measure: string, parts: readonly Part[], span: Span): DrillRow[] {
  const groups = Map.groupBy(parts, ({ type, id, day }) => `${day} ${type} ${String(id).padStart(16, '0')}`);
  const sorted = [...groups].sort(([a], [b]) => (a < b ? 1 : -1));
  return sorted.flatMap(([, group]): DrillRow[] => {
    const [first] = group;
    const figures = addUp(
      report,
      group.map((part): Contribution['figures'] => part.figures),
    );
    const figure = Number(workedOut(report, measure, figures, span) ?? figures[measure] ?? 0);
    return first && figure !== 0 ? [{ type: first.type, id: first.id, day: first.day, figure }] : [];
  });
}

/** With numbers, and whom the documents are about, as far as the actor may see the documents. */
async function named(work: Work, rows: readonly DrillRow[]): Promise<DrillRow[]> {
  const numbers = await documentNumbers(work, rows);
  const named = rows.map((row) => ({ row, number: numbers.get(keyOf(row)) }));
  const parties = await partiesOf(
    work,
    named.filter(({ number }) => number !== undefined).map(({ row }) => row),
  );
  return named.map(({ row, number }) => {
    const party = parties.get(keyOf(row));
    return { ...row, ...(number === undefined ? {} : { number }), ...(party === undefined ? {} : { party }) };
  });
}

async function partiesOf(work: Work, rows: readonly DrillRow[]): Promise<Map<string, string>> {
  const parties = new Map<string, string>();
  for (const [type, group] of Map.groupBy(rows, (row) => row.type)) {
    const definition = work.company.catalogue.find(type);
    // A document is found by whom it is about: that link is searched.
    const [field, link] = definition ? (linksOf(definition.fields).find(([, one]) => one.search !== undefined) ?? []) : [];
    if (!definition || !field || !link || !isVisible(work.actor, definition, field)) continue;
    const heads = (await work
      .tx(tableOf(definition))
      .whereIn(
        'id',
        group.map(({ id }) => id),
      )
      .select({ id: 'id', party: columnOf(field) })) as { id: number; party: number | null }[];
    const titles =
      (await titlesFor(work, new Map([[link.to, new Set(heads.map(({ party }) => party).filter((id) => id !== null))]])))[link.to] ?? {};
    for (const { id, party } of heads) if (party !== null && titles[party] !== undefined) parties.set(keyOf({ type, id }), titles[party]);
  }
  return parties;
}
