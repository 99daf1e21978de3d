import type { ReportFigures } from '../../../shared/contracts/reports.ts';
import { assertSafe, mulDiv, ONE } from '../../../shared/kernel/numbers.ts';
import type { Formula, ReportDefinition } from '../../../shared/reports/defineReport.ts';
import { daysIn, type Span } from './span.ts';

/**
 * A measure that is worked out, from the figures beside it; undefined for one that is read. A share of nothing, and a stock of
 * which nothing went, have no figure: null.
 */
export function workedOut(report: ReportDefinition, measure: string, figures: ReportFigures, span: Span): number | null | undefined {
  const formula = report.measures[measure]?.from;
  if (!formula) return undefined;
  const figureOf = (name: string): number => Number(workedOut(report, name, figures, span) ?? figures[name] ?? 0);
  return figure(formula, figureOf, span);
}

function figure(formula: Formula, figureOf: (name: string) => number, span: Span): number | null {
  if ('plus' in formula) {
    const plus = formula.plus.reduce((sum, name) => assertSafe(sum + figureOf(name)), 0);
    return formula.minus.reduce((rest, name) => assertSafe(rest - figureOf(name)), plus);
  }
  if ('share' in formula) {
    const [part, whole] = formula.share.map(figureOf);
    return whole ? mulDiv([part ?? 0, ONE], [whole]) : null;
  }
  if ('turned' in formula) {
    const [out = 0, first = 0, last = 0] = formula.turned.map(figureOf);
    return first + last > 0 ? mulDiv([out, 2, ONE], [assertSafe(first + last)]) : null;
  }
  const [held, gone] = formula.lasts.map(figureOf);
  return gone && gone > 0 ? mulDiv([held ?? 0, daysIn(span)], [gone]) : null;
}
