import type { ReportInfo } from '../../../shared/contracts/reports.ts';
import type { ReportDefinition } from '../../../shared/reports/defineReport.ts';
import { reports } from '../../../shared/reports/index.ts';
import { compareScopes } from '../../access/rights.ts';
import type { Work } from '../../work.ts';
import { shownBeside } from './labels.ts';
import { homeOf } from './paths.ts';
import { isHidden, type Sight, sightOf } from './sight.ts';

/** The reports this person may ask, each trimmed to what may be seen of it. */
export function offeredReports(work: Work): ReportInfo[] {
  return reports.flatMap((report) => {
    const sight = sightOf(work, report);
    const isOffered = sight.measures.some((measure) => !isHidden(report.measures[measure])) && sight.axes.length > 0;
    return isOffered ? [infoOf(work, report, sight)] : [];
  });
}

function infoOf(work: Work, report: ReportDefinition, sight: Sight): ReportInfo {
  const measures = sight.measures.filter((measure) => !isHidden(report.measures[measure]));
  const groupBy = report.groupBy.filter((axis) => sight.axes.includes(axis));
  const { pivot } = report;
  return {
    name: report.name,
    area: report.area,
    time: report.time,
    measures: Object.fromEntries(measures.map((measure) => [measure, { kind: report.measures[measure]?.kind ?? 'count' }])),
    axes: Object.fromEntries(
      sight.axes.flatMap((name): [string, ReportInfo['axes'][string]][] => {
        const axis = report.axes[name];
        if (!axis) return [];
        const { kind, to, dictionary } = axis;
        const target = to === undefined ? undefined : work.company.catalogue.find(to);
        const mayFilter = (kind === 'link' || kind === 'place') && target !== undefined && target.kind === 'record';
        return [[name, { kind, ...(to ? { to } : {}), ...(dictionary ? { dictionary } : {}), shows: shownBeside(work, axis), mayFilter }]];
      }),
    ),
    groupBy: groupBy.length > 0 ? groupBy : sight.axes.slice(0, 1),
    pivot: pivot && sight.axes.includes(pivot.axis) && measures.includes(pivot.measure) ? pivot : null,
    sort: report.sort,
    mayExport: mayExport(work, report),
  };
}

/** Whoever may take out of every source as much as they may read of it. */
export function mayExport(work: Work, report: ReportDefinition): boolean {
  return report.sources.every((source) => {
    const home = homeOf(work, source);
    if (!home) return true;
    const reading = work.actor.reach(home.type, 'read');
    return reading === 'none' || compareScopes(work.actor.reach(home.type, 'export'), reading) >= 0;
  });
}
