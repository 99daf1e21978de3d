import { closedThroughKey } from '../../shared/contracts/parameters.ts';
import { addDays, type Day, monthOf } from '../../shared/kernel/days.ts';
import type { AnyRecord, Step } from '../../shared/kernel/definition.ts';
import { Refusal } from '../../shared/kernel/refusal.ts';
import type { Work } from '../work.ts';
import { settingOf } from './settings.ts';

/** The day that the moves of a step are of. */
export const dayOfStep = (work: Work, document: AnyRecord, step: Step): Day =>
  step.dated === 'today' ? work.today : String(document.values.day ?? work.today);

/** Those of the steps that change nothing a closed period holds. */
export async function stepsInOpenPeriod(work: Work, document: AnyRecord, steps: readonly [string, Step][]): Promise<string[]> {
  const through = await closedThrough(work);
  return steps.filter(([, step]) => !isClosed(work, document, step, through)).map(([name]) => name);
}

/** Refuses 'period.closed' {day, month, through, by} when the step would change what a closed period holds. */
export async function refuseClosedPeriod(work: Work, document: AnyRecord, step: Step): Promise<void> {
  const through = await closedThrough(work);
  if (!isClosed(work, document, step, through)) return;
  const day = dayOfStep(work, document, step);
  throw new Refusal('period.closed', { day, month: monthOf(day), through, by: await closedBy(work) });
}

function isClosed(work: Work, document: AnyRecord, step: Step, through: Day | null): through is Day {
  return through !== null && movesAnything(step) && dayOfStep(work, document, step) <= through;
}

/** The first day that is not closed; empty when no day is. */
export async function firstOpenDay(work: Work): Promise<Day> {
  const through = await closedThrough(work);
  return through === null ? '' : addDays(through, 1);
}

/** The day itself, or today when its period is closed: for what one document makes another one do. */
export async function dayInOpenPeriod(work: Work, day: Day): Promise<Day> {
  const through = await closedThrough(work);
  return through !== null && day <= through ? work.today : day;
}

/** The name of whoever closed the books last. */
async function closedBy(work: Work): Promise<string> {
  const [row] = (await work
    .tx('settings')
    .join('users', 'users.id', 'settings.changed_by')
    .where('settings.key', closedThroughKey)
    .select('users.name')) as { name: string }[];
  return row?.name ?? '';
}

async function closedThrough(work: Work): Promise<Day | null> {
  const day = await settingOf(work, closedThroughKey);
  return typeof day === 'string' && day !== '' ? day : null;
}

const movesAnything = (step: Step): boolean => step.posts !== undefined || step.feeds === true || (step.undoes ?? []).length > 0;
