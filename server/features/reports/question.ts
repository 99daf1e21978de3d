import type { ReportQuestion } from '../../../shared/contracts/reports.ts';
import type { Day } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { ReportDefinition } from '../../../shared/reports/defineReport.ts';
import { reports } from '../../../shared/reports/index.ts';
import type { Work } from '../../work.ts';
import { basesOf, isHidden, measuresFor, type Sight, sightOf } from './sight.ts';
import { type Span, spanOf } from './span.ts';

/** A question as it will be answered: everything in it exists and may be seen. */
export interface Asked {
  readonly report: ReportDefinition;
  readonly sight: Sight;
  readonly groupBy: readonly string[];
  readonly pivot: { readonly axis: string; readonly measure: string } | null;
  readonly filters: Readonly<Record<string, readonly number[]>>;
  readonly span: Span;
  /** To be shown, and to be read for it. */
  readonly measures: readonly string[];
  readonly bases: readonly string[];
}

const axesMax = 3;

/** The report of this name as far as the actor may ask it. Refuses 'report.unknown' {name} where there is nothing of it to see. */
export function seenReport(work: Work, name: string): { report: ReportDefinition; sight: Sight } {
  const report = reports.find((one) => one.name === name);
  const sight = report && sightOf(work, report);
  if (!report || !sight || sight.measures.length === 0) throw new Refusal('report.unknown', { name: name.slice(0, 60) });
  return { report, sight };
}

/** Reads a question. Refuses 'report.unknown', 'report.unknownAxis' {axis}, 'report.unknownMeasure' {measure} and a span that is none. */
export function readQuestion(work: Work, name: string, question: ReportQuestion): Asked {
  const { report, sight } = seenReport(work, name);
  const wished = question.groupBy?.length ? [...new Set(question.groupBy)] : report.groupBy.filter((axis) => sight.axes.includes(axis));
  const groupBy = wished.slice(0, axesMax);
  const filters = question.filters ?? {};
  const pivot = pivotOf(report, sight, question, groupBy);
  const grouped = [...groupBy, ...(pivot ? [pivot.axis] : [])];
  for (const axis of [...grouped, ...Object.keys(filters)]) refuseUnlessKnown(sight, axis);
  const measures = measuresFor(work, report, sight, { grouped, filtered: Object.keys(filters), hasColumns: pivot !== null }).filter(
    (measure) => !isHidden(report.measures[measure]),
  );
  if (pivot && !measures.includes(pivot.measure)) throw new Refusal('report.unknownMeasure', { measure: pivot.measure });
  const shown = pivot ? [pivot.measure] : measures;
  return {
    report,
    sight,
    groupBy,
    pivot,
    filters,
    span: spanOf(work, report, { from: question.from as Day | undefined, to: question.to as Day | undefined }),
    measures: shown,
    bases: [...new Set(shown.flatMap((measure) => basesOf(report, measure)))],
  };
}

function refuseUnlessKnown(sight: Sight, axis: string): void {
  if (!sight.axes.includes(axis)) throw new Refusal('report.unknownAxis', { axis: axis.slice(0, 60) });
}

/** Columns are asked for, or the report has them of its own; an axis that groups the rows makes no columns. */
function pivotOf(report: ReportDefinition, sight: Sight, question: ReportQuestion, groupBy: readonly string[]): Asked['pivot'] {
  if (question.pivot !== undefined) return question.pivot !== null && !groupBy.includes(question.pivot.axis) ? question.pivot : null;
  const own = report.pivot;
  const isSeen = own && sight.axes.includes(own.axis) && sight.measures.includes(own.measure) && !groupBy.includes(own.axis);
  return isSeen ? own : null;
}
