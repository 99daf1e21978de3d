import { addDays, addMonths, type Day, endOfMonth, startOfMonth } from '../../../../shared/kernel/days.ts';

export type PeriodName = 'thisMonth' | 'lastMonth' | 'thisQuarter' | 'lastQuarter' | 'thisYear' | 'lastYear';
export const periodNames: readonly PeriodName[] = ['thisMonth', 'lastMonth', 'thisQuarter', 'lastQuarter', 'thisYear', 'lastYear'];

/** First and last day of a period that is told by today. */
export function periodOf(name: PeriodName, today: Day): [Day, Day] {
  if (name === 'thisMonth') return [startOfMonth(today), endOfMonth(today)];
  if (name === 'lastMonth') return monthsBefore(startOfMonth(today), 1);
  const quarter = startOfQuarter(today);
  if (name === 'thisQuarter') return [quarter, endOfMonth(addMonths(quarter, 2))];
  if (name === 'lastQuarter') return monthsBefore(quarter, 3);
  const year: Day = `${today.slice(0, 4)}-01-01`;
  return name === 'thisYear' ? [year, `${today.slice(0, 4)}-12-31`] : monthsBefore(year, 12);
}

/** So many whole months that end the day before. */
const monthsBefore = (start: Day, months: number): [Day, Day] => [addMonths(start, -months), addDays(start, -1)];

function startOfQuarter(day: Day): Day {
  const month = Number(day.slice(5, 7));
  return addMonths(startOfMonth(day), -((month - 1) % 3));
}
