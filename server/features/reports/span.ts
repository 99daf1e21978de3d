import { addDays, type Day, daysBetween, startOfMonth } from '../../../shared/kernel/days.ts';
import { Refusal } from '../../../shared/kernel/refusal.ts';
import type { ReportDefinition } from '../../../shared/reports/defineReport.ts';
import type { Work } from '../../work.ts';

/** The days a report speaks of; null where it has no such end. */
export interface Span {
  readonly from: Day | null;
  readonly to: Day | null;
}

/** The span asked for, else this month so far, or today. Refuses 'record.invalid' when it ends before it begins. */
export function spanOf(work: Work, report: ReportDefinition, asked: { from?: Day | undefined; to?: Day | undefined }): Span {
  if (report.time === 'now') return { from: null, to: null };
  const to = asked.to ?? work.today;
  if (report.time === 'day') return { from: null, to };
  const from = asked.from ?? startOfMonth(to);
  if (from > to) throw new Refusal('record.invalid', { count: 1 }, [{ path: 'to', code: 'field.tooSmall' }]);
  return { from, to };
}

/** The days of the span, both ends counted. */
export const daysIn = ({ from, to }: Span): number => (from === null || to === null ? 0 : daysBetween(from, addDays(to, 1)));
