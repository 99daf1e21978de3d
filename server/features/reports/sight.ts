import { fieldAt } from '../../../shared/kernel/definition.ts';
import type { Formula, Given, Measure, ReportDefinition, ReportSource } from '../../../shared/reports/defineReport.ts';
import { isVisible } from '../../access/trim.ts';
import type { Work } from '../../work.ts';
import { homeOf, stepsOf } from './paths.ts';

/** What a report has for this person: its axes and measures, trimmed of what may not be seen. */
export interface Sight {
  readonly sources: readonly ReportSource[];
  readonly axes: readonly string[];
  readonly measures: readonly string[];
}

/**
 * Narrows a report to what the actor may see. A figure that would be made of less than it says is left out as a whole: when one
 * of its sources may not be read, or a field of it is secret.
 */
export function sightOf(work: Work, report: ReportDefinition): Sight {
  const measures = Object.keys(report.measures).filter((name) => isMeasureSeen(work, report, name));
  const sources = report.sources.filter((source) => isSourceSeen(work, source));
  const telling = sources.filter((source) => !source.repeats && Object.keys(source.gives).some((name) => measures.includes(name)));
  const axes = Object.keys(report.axes).filter((axis) =>
    telling.some((source) => source.axes[axis] !== undefined && isPathSeen(work, source, source.axes[axis] ?? '')),
  );
  return { sources, axes, measures: telling.length > 0 ? measures : [] };
}

/** The measures of a question: those whose every source can tell all these axes apart. */
export function measuresFor(
  work: Work,
  report: ReportDefinition,
  sight: Sight,
  asked: { grouped: readonly string[]; filtered: readonly string[]; hasColumns: boolean },
): string[] {
  const known = (source: ReportSource): boolean => {
    const knows = (axis: string) => source.axes[axis] !== undefined && isPathSeen(work, source, source.axes[axis] ?? '');
    if (source.repeats) return !asked.hasColumns && Object.keys(source.axes).some((axis) => asked.grouped.includes(axis));
    return [...asked.grouped, ...asked.filtered].every(knows);
  };
  return sight.measures.filter((name) => basesOf(report, name).every((base) => feeding(report, base).every(known)));
}

/** Whether the documents behind a figure can be told by these axes: it is a sum, and no source of it repeats or shares a whole. */
export function isDrillable(work: Work, report: ReportDefinition, measure: string, axes: readonly string[]): boolean {
  const kind = report.measures[measure]?.kind;
  if (kind !== 'money' && kind !== 'quantity' && kind !== 'count') return false;
  return basesOf(report, measure)
    .flatMap((base) => feeding(report, base))
    .every((source) => !source.repeats && axes.every((axis) => tellsDocumentsApart(work, report, source, axis)));
}

/** What places share of a whole, no document has moved. */
function tellsDocumentsApart(work: Work, report: ReportDefinition, source: ReportSource, axis: string): boolean {
  const path = source.axes[axis];
  const isShared = source.kind === 'balances' && source.sharedBy !== undefined && report.axes[axis]?.kind === 'place';
  return path !== undefined && !isShared && isPathSeen(work, source, path);
}

/** The measures that are read from sources and that this one is made of: itself, unless it is worked out. */
export function basesOf(report: ReportDefinition, name: string): string[] {
  const formula = report.measures[name]?.from;
  return formula ? [...new Set(inputsOf(formula).flatMap((input) => basesOf(report, input)))] : [name];
}

export const inputsOf = (formula: Formula): readonly string[] => {
  if ('plus' in formula) return [...formula.plus, ...formula.minus];
  if ('share' in formula) return formula.share;
  return 'turned' in formula ? formula.turned : formula.lasts;
};

/** The sources a measure is read from. */
export const feeding = (report: ReportDefinition, measure: string): ReportSource[] =>
  report.sources.filter((source) => source.gives[measure] !== undefined);

export const isHidden = (measure: Measure | undefined): boolean => measure?.hidden === true;

function isMeasureSeen(work: Work, report: ReportDefinition, name: string): boolean {
  return basesOf(report, name).every((base) => {
    const sources = feeding(report, base);
    return sources.length > 0 && sources.every((source) => isSourceSeen(work, source) && isGivenSeen(work, source, source.gives[base]));
  });
}

function isSourceSeen(work: Work, source: ReportSource): boolean {
  const home = homeOf(work, source);
  if (!home || work.actor.reach(home.type, 'read') === 'none') return false;
  const secret = source.kind === 'documents' ? undefined : work.company.catalogue.ledger(source.ledger).secret;
  return secret === undefined || work.actor.special.has(`see.${secret}`);
}

function isGivenSeen(work: Work, source: ReportSource, given: Given | undefined): boolean {
  const home = homeOf(work, source);
  if (source.kind !== 'documents' || !home || typeof given !== 'object') return true;
  const paths = 'sum' in given ? [given.sum, given.less, given.times] : 'earliest' in given ? [given.earliest] : [given.latest];
  return paths.every((path) => path === undefined || (fieldAt(home, path) !== undefined && isVisible(work.actor, home, path)));
}

/** Whether every field on the way may be seen, and every type it leads through be read. */
export function isPathSeen(work: Work, source: ReportSource, path: string): boolean {
  return stepsOf(work, source, path)?.every((step) => step.isSeen) ?? false;
}
