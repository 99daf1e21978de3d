import { closedThroughKey } from '../../shared/contracts/parameters.ts';
import type { Day } from '../../shared/kernel/days.ts';
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

/** Refuses 'period.closed' {day, through} when the step would change what a closed period holds. */
export async function refuseClosedPeriod(work: Work, document: AnyRecord, step: Step): Promise<void> {
  const through = await closedThrough(work);
  if (isClosed(work, document, step, through)) throw new Refusal('period.closed', { day: dayOfStep(work, document, step), through });
}

function isClosed(work: Work, document: AnyRecord, step: Step, through: Day | null): through is Day {
  return through !== null && movesAnything(step) && dayOfStep(work, document, step) <= through;
}

async function closedThrough(work: Work): Promise<Day | null> {
  const day = await settingOf(work, closedThroughKey);
  return typeof day === 'string' && day !== '' ? day : null;
}

const movesAnything = (step: Step): boolean => step.posts !== undefined || step.feeds === true || (step.undoes ?? []).length > 0;
