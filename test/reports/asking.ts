import { drill } from '../../server/features/reports/drill.ts';
import { offeredReports } from '../../server/features/reports/offeredReports.ts';
import { runReport } from '../../server/features/reports/runReport.ts';
import type { DrillAnswer, DrillQuestion, ReportAnswer, ReportInfo, ReportQuestion } from '../../shared/contracts/reports.ts';
import type { Office } from '../scenarios/office.ts';

export const ask = (office: Office, who: string, name: string, question: ReportQuestion = {}): Promise<ReportAnswer> =>
  office.look(who, (work) => runReport(work, name, question));

export const askDocuments = (office: Office, who: string, name: string, question: DrillQuestion): Promise<DrillAnswer> =>
  office.look(who, (work) => drill(work, name, question));

export const offered = (office: Office, who: string): Promise<ReportInfo[]> => office.look(who, async (work) => offeredReports(work));

/** The rows as somebody reads them: names of the keys, then the figures in the order of the columns. */
export function written(answer: ReportAnswer, measures: readonly string[] = answer.measures): string[] {
  return answer.rows.map(({ keys, figures }) => {
    const names = keys.map((key, index) => answer.labels[answer.groupBy[index] ?? '']?.[String(key)]?.title ?? String(key));
    return [...names, ...measures.map((name) => figures[name] ?? '–')].join(' | ');
  });
}
